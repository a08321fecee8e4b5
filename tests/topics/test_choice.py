"""What speaks for a number of topics."""

import numpy as np
import pandas as pd
import pytest
from coproduction.topics import choice
from coproduction.topics.figures import draw_choice
from coproduction.topics.model import fit_topics
from coproduction.topics.settings import TopicsSettings

SETTINGS = TopicsSettings(n_topics=3, min_documents=2, max_share=0.6, n_terms=4, ngrams=2, stop_words=[])
THEMES = {
    "care": "elderly care nurses home visits residents",
    "housing": "housing estate tenants renewal neighbourhood",
    "digital": "digital platform data algorithm interface",
}


def records(n):
    """Each record has four words of its theme and one of another."""
    rng = np.random.default_rng(3)
    pool = " ".join(THEMES.values()).split()
    rows = [
        {
            "record": f"r{k}{i}",
            "title": "",
            "abstract": " ".join([*rng.choice(words.split(), 4, replace=False), rng.choice(pool)]),
            "keywords": "",
        }
        for i in range(n)
        for k, words in enumerate(THEMES.values())
    ]
    return pd.DataFrame(rows)


def compared(n=20, **changed):
    settings = SETTINGS.model_copy(update={"compared_numbers": [2, 3, 5], **changed})
    own = records(n) if n else records(1).iloc[:0]
    topics, _ = fit_topics(own, settings)
    return topics, *choice.compare_numbers(own, topics, settings, 1)


def test_the_planted_number_is_the_best_and_each_topic_is_named():
    topics, made, quality = compared()
    assert list(made["topics"]) == [2, 3, 5]
    best = made.set_index("topics")
    assert best.loc[3, "coherence"] > best.loc[2, "coherence"]
    assert best["stability"].idxmax() == 3
    assert list(made["chosen"]) == ["no", "yes", "no"]
    assert list(quality["topic"]) == list(topics["topic"])
    for row, terms in zip(quality.itertuples(), topics["terms"], strict=True):
        assert set(terms.split(";")) & set(row.terms.split(";"))


def test_few_records_are_drawn_from_many_and_numbers_that_are_too_many_are_left_out():
    _, made, quality = compared(compared_records=50)
    assert set(made["topics"]) == {2, 3, 5}
    assert len(quality) == 3
    _, made, _ = compared(n=3, compared_numbers=[2, 4, 9])
    assert 9 not in set(made["topics"])


@pytest.mark.parametrize("n", [0, 1])
def test_without_topics_there_is_nothing_to_compare(n):
    _, made, quality = compared(n=n)
    assert made.empty
    assert quality.empty
    assert draw_choice(made) is not None


def test_the_same_seed_gives_the_same_tables():
    for first, second in zip(compared()[1:], compared()[1:], strict=True):
        pd.testing.assert_frame_equal(first, second)


def test_settings_refuse_numbers_that_cannot_be_modelled():
    with pytest.raises(ValueError, match="compared_numbers"):
        TopicsSettings(compared_numbers=[1])
