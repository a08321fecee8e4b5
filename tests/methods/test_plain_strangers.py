"""Pairs that are left out before all fields are compared: nothing would have been said of any of them."""

import random
from itertools import combinations

import numpy as np
import pytest
from coproduction.literature import features
from coproduction.literature.settings import LiteratureSettings
from coproduction.methods.duplicates.plain_strangers import BOUND, PlainStrangers
from coproduction.methods.duplicates.same_work import score_pairs

from tests.literature.test_duplicates import entries_of

REVIEW = LiteratureSettings().review_score
TITLES = (
    "Citizens as partners in the provision of home care: a comparison of five rivers",
    "Citizens as partners in the provision of home care",
    "Home care and citizens as partners: five rivers in comparison",
    "Invited article: citizens as partners in the provision of home care",
    "Bürger als Partner der häuslichen Pflege an fünf Flüssen",
    "[Bürger als Partner] Citizens as partners in care [Bürger als Partner der häuslichen Pflege]",
    "Doors of old houses",
    "Editorial",
    "Annual report 2019",
    "Annual report 2020",
    "",
)
VALUES = {
    "title": TITLES,
    "authors": ("Alder, Béla; Birch, Ada", "Alder, Béla", "Elm, Cy; Fir, Di", "Birch, Ada; Alder, Béla", ""),
    "year": ("2019", "2020", "2012", ""),
    "source": (
        "Journal of River Studies",
        "J River Stud",
        "Public Administration",
        "Proceedings of the River Conference",
        "",
    ),
    "volume": ("12", "13", ""),
    "issue": ("3", "4", ""),
    "pages": ("101-119", "101-105", "101", "1-19", "233", ""),
    "doi": ("10.5555/a", "10.5555/b", "10.5555/a.v2", ""),
    "pmid": ("31000001", "31000002", ""),
    "type": ("article", "conference paper", "book", "chapter", "preprint", "erratum", ""),
    "language": ("eng", "ger", ""),
    "abstract": (
        "Home care is provided by citizens and staff together along five rivers. " * 5,
        "",
        "Doors are old. " * 30,
    ),
}


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_said_of_those_that_are_left_out(seed):
    """Of made entries of which any two may share any of their fields."""
    chance = random.Random(seed)
    rows = [{name: chance.choice(values) for name, values in VALUES.items()} for _ in range(160)]
    f = features.build(entries_of(*rows))
    pairs = np.array(list(combinations(range(len(rows)), 2)))
    out = PlainStrangers(f).among(pairs)
    scores = score_pairs(f, pairs)
    assert out.mean() > 0.03
    assert not np.isin(np.flatnonzero(out), scores.worth_keeping(REVIEW)).any()
    assert scores.score[out].max() <= BOUND


def test_what_may_be_one_work_is_compared():
    same = {"title": TITLES[0]}
    variants = ({}, {"title": TITLES[4]}, {"title": TITLES[1]}, {"title": TITLES[6], "doi": ""})
    f = features.build(entries_of(same, *(same | changes for changes in variants)))
    pairs = np.array([(0, i) for i in range(1, len(variants) + 1)])
    assert not PlainStrangers(f).among(pairs)[:3].any()
