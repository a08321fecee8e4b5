"""The experts of the bundled study: as the script writes them, and what is found in them."""

import csv
import runpy

import numpy as np
import pytest
from coproduction.core import accounting
from coproduction.core.factors import read_factors
from coproduction.ecosystem import influences, structure
from coproduction.ecosystem.judgements import read_influences
from coproduction.ecosystem.settings import StructureSettings
from coproduction.ecosystem.structure import influence_account, summary
from coproduction.methods import ism

SETTINGS = StructureSettings()


@pytest.fixture(scope="module")
def truth(root):
    return runpy.run_path(str(root / "tests" / "demo_truth" / "make_influences.py"))


@pytest.fixture(scope="module")
def said(root):
    known = set(read_factors(root / "config" / "factors.csv")["id"])
    return read_influences([root / "data/demo/ecosystem/influences.csv"], known)


def test_the_file_is_what_the_script_writes(root, truth):
    with (root / "data/demo/ecosystem/influences.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["from", "to", "rater", "influence"]
    assert rows == [[str(cell) for cell in row] for row in truth["rows"]()]


def test_every_judgement_is_accounted_for(said, truth):
    factors = truth["FACTORS"][:-1]
    judged = influences.judgements_on(said, factors)
    found = influence_account(said, judged)
    accounting.check_account(found)
    parts = found.set_index("outcome")["n"]
    assert parts["used"] == np.isfinite(judged.values).sum()
    assert parts["left empty"] == said["influence"].isna().sum() > 0
    assert parts["about a factor that is not asked about"] > 0
    assert parts["judged by no expert, taken as no influence"] == 1
    basis = summary(said, judged, structure.analyse(judged.values, False, SETTINGS), SETTINGS)
    assert (basis["experts"], basis["pairs"], basis["judged_by_nobody"]) == (7, 90, 1)
    assert basis["not_asked"]["factors"] == [truth["FACTORS"][-1]]
    assert basis["not_asked"]["judgements"] == parts["about a factor that is not asked about"]


def test_the_order_behind_the_answers_is_found_again(said, truth):
    judged = influences.judgements_on(said, truth["FACTORS"])
    found = structure.analyse(judged.values, judged.binary, SETTINGS)
    strong = np.zeros((len(judged.factors),) * 2, bool)
    place = {name: number for number, name in enumerate(judged.factors)}
    for a, b in truth["STRONG"]:
        strong[place[a], place[b]] = True
    assert (found.direct & ~strong).sum() == 0
    assert (strong & ~found.direct).sum() <= 2  # influences of 2 lie at the limit
    level = dict(zip(judged.factors, found.levels, strict=True))
    assert max(level, key=level.get) == "political-commitment"
    assert level["citizen-motivation"] == level["civic-engagement"] == 1
    assert found.quadrants[place["political-commitment"]] == ism.DRIVER
