"""What speaks for a number of topics."""

import numpy as np
import pandas as pd
import pytest
from coproduction.topics import choice, chosen
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
    made, of_topics = choice.compare_numbers(own, settings, 1)
    fitted = fit_topics(own, settings, chosen.chosen_number(made, settings.n_topics))
    return fitted.topics, made, chosen.quality_of(of_topics, made, fitted.topic_terms)


def test_the_planted_number_is_the_best_and_each_topic_is_named():
    topics, made, quality = compared()
    assert list(made["topics"]) == [2, 3, 5]
    best = made.set_index("topics")
    assert best.loc[3, "coherence"] > best.loc[2, "coherence"]
    assert best["stability"].idxmax() == 3
    assert list(made["choice"].eq("chosen")) == [False, True, False]
    assert list(quality["topic"]) == list(topics["topic"])
    for row, terms in zip(quality.itertuples(), topics["terms"], strict=True):
        assert set(terms.split(";")) & set(row.terms.split(";"))


@pytest.mark.parametrize("ngrams", [1, 2])
def test_the_rule_finds_the_planted_number_and_names_the_second(ngrams):
    topics, made, _ = compared(n_topics=0, ngrams=ngrams)
    assert made.loc[made["choice"] == "chosen", "topics"].tolist() == [3]
    assert made.set_index("topics")["place"].tolist() == [made["place"].iloc[0], 1, made["place"].iloc[2]]
    assert (made["choice"] == "runner-up").sum() == 1
    assert len(topics) == 3
    assert made["c_v"].notna().all() == (ngrams == 1)


def test_a_number_that_is_set_is_kept_and_its_place_is_told():
    topics, made, _ = compared(n_topics=5)
    assert made.loc[made["choice"] == "chosen", ["topics", "place"]].to_numpy().tolist()[0][0] == 5
    assert made.loc[made["choice"] == "runner-up", "topics"].tolist() == [3]
    assert len(topics) == 5


def test_the_rule_by_hand():
    means = pd.DataFrame(
        {
            "topics": [3, 4, 5],
            "c_v": [0.5, 0.6, 0.7],
            "coherence": [0.1, 0.2, 0.3],
            "stability": [0.9, 0.8, 0.5],
            "least_stable": [0.8, 0.7, 0.2],
            "diversity": [1.0, 0.9, 0.8],
        }
    )
    placed = choice._placed(means, 0)
    # ranks: 3 topics 3 3 1 1 1, 4 topics 2 2 2 2 2, 5 topics 1 1 3 3 3
    assert placed["mean_rank"].tolist() == pytest.approx([9 / 5, 2, 11 / 5])
    assert placed["choice"].tolist() == ["chosen", "runner-up", ""]
    assert choice._placed(means.iloc[[1]], 0)["choice"].tolist() == ["chosen"]


@pytest.mark.parametrize(
    ("abstracts", "numbers"),
    [(0, []), (3, []), (4, [2]), (9, [3]), (30, [3, 4, 5]), (150, [*range(3, 13)]), (100_000, None)],
)
def test_the_numbers_to_compare_follow_the_size_of_the_corpus(abstracts, numbers):
    found = choice.numbers_for(abstracts)
    if numbers is None:
        assert (found[0], found[-1], len(found)) == (3, 20, 10)
    else:
        assert found == numbers


def test_few_records_are_drawn_from_many_and_numbers_that_are_too_many_are_left_out():
    _, made, quality = compared(compared_records=50)
    assert set(made["topics"]) == {2, 3, 5}
    assert len(quality) == 3
    _, made, _ = compared(n=3, compared_numbers=[2, 4, 9])
    assert 9 not in set(made["topics"])


@pytest.mark.parametrize("fixed", [0, 3])
@pytest.mark.parametrize("n", [0, 1])
def test_without_topics_there_is_nothing_to_compare(n, fixed):
    _, made, quality = compared(n=n, n_topics=fixed)
    assert made.empty
    assert quality.empty
    assert draw_choice(made) is not None


def test_the_same_seed_gives_the_same_tables():
    for first, second in zip(compared()[1:], compared()[1:], strict=True):
        pd.testing.assert_frame_equal(first, second)


def test_settings_refuse_numbers_that_cannot_be_modelled():
    with pytest.raises(ValueError, match="compared_numbers"):
        TopicsSettings(compared_numbers=[1])


def test_one_number_alone_has_whole_numbers_on_its_axis():
    _, made, _ = compared()
    figure = draw_choice(made.head(1))
    ticks = list(figure.axes[0].get_xticks())
    assert len(ticks) <= 3
    assert all(tick == round(tick) for tick in ticks)
