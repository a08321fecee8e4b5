"""The comparison of countries."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core.tables import empty
from coproduction.desk import comparison, tables
from coproduction.desk.settings import DIMENSIONS, OVERALL, DeskSettings
from coproduction.methods import composite
from desk.conftest import SETTINGS, book, small


def test_worked_example_of_scores_and_missing_values():
    values = small(
        {
            ("AUT", "a"): 0,
            ("BEL", "a"): 5,
            ("CYP", "a"): 10,
            ("AUT", "b"): 4,
            ("BEL", "b"): 2,
            ("AUT", "c"): 1,
            ("BEL", "c"): 3,
        }
    )
    codebook = book(a="political", b="political", c="social")
    found = comparison.compare(values, codebook, DeskSettings(minimum_share=0.6), 1)
    scores = found.scores.set_index(["dimension", "country"])
    assert scores.loc[("political", "AUT"), "score"] == pytest.approx(50)
    assert scores.loc[("political", "BEL"), "score"] == pytest.approx(25)
    assert np.isnan(scores.loc[("political", "CYP"), "score"])
    assert scores.loc[("social", "BEL"), "rank"] == 1
    assert scores.loc[("overall", "BEL"), "score"] == pytest.approx((25 + 100) / 2)
    assert pd.isna(scores.loc[("overall", "CYP"), "rank"])


def test_a_study_with_six_dimensions_is_compared_in_all_in_their_order():
    names = ["political", "economic", "social", "technological", "ecological", "legal"]
    codes = "abcdef"
    values = small({(country, code): n + m for n, country in enumerate(("AUT", "BEL")) for m, code in enumerate(codes)})
    codebook = book(**dict(zip(codes, reversed(names), strict=True)))
    settings = DeskSettings(dimensions=names, dimension_weights={"legal": 2})
    found = comparison.compare(values, codebook, settings, 1)
    assert list(dict.fromkeys(found.scores["dimension"])) == [*names, OVERALL]
    assert list(dict.fromkeys(found.normalised["dimension"])) == names
    overall = found.scores[found.scores["dimension"] == OVERALL]
    assert overall["of"].tolist() == [6, 6]
    fewer = comparison.compare(values, codebook, DeskSettings(dimensions=["legal"]), 1)
    assert set(fewer.scores["dimension"]) == {"legal"}


def test_the_demo_covers_all_eu_members_in_four_dimensions(demo):
    found = demo.compared
    overall = found.scores[found.scores["dimension"] == OVERALL]
    assert len(overall) == 31
    assert overall["score"].notna().all()
    assert set(found.scores["dimension"]) == {*DIMENSIONS, OVERALL}


def test_rank_ranges_hold_the_rank_and_every_variant_has_ranks(demo):
    found = demo.compared
    ranked = found.scores.dropna(subset="rank")
    assert (ranked["best_rank"] <= ranked["rank"]).all()
    assert (ranked["rank"] <= ranked["worst_rank"]).all()
    by_method = found.ranks[~found.ranks["variant"].str.startswith("without")]
    assert by_method["rank"].notna().all()
    methods = {f"{how}, {together}" for how, together in composite.variants()}
    for dimension in DIMENSIONS:
        assert methods <= set(found.ranks.loc[found.ranks["dimension"] == dimension, "variant"])


def test_same_seed_same_tables(demo):
    values, codebook, found = demo.values, demo.codebook, demo.compared
    again = comparison.compare(values.sample(frac=1, random_state=3), codebook, SETTINGS, 1)
    pd.testing.assert_frame_equal(found.scores, again.scores)


def test_every_value_in_use_is_in_normalised(demo):
    values, found = demo.values, demo.compared
    assert len(found.normalised) == (values["outcome"] == "used").sum()
    assert found.normalised["normalised"].between(0, 100).all()


def test_no_indicators_give_empty_tables(demo):
    codebook = demo.codebook
    found = comparison.compare(empty(tables.VALUES), codebook, SETTINGS, 1)
    assert found.scores.empty
    assert found.ranks.empty
    assert list(found.normalised.columns) == list(tables.NORMALISED.columns)


def test_pulling_outliers_in_changes_the_score_but_not_the_input():
    rows = {(code, "a"): n for n, code in enumerate(["AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST"])}
    values, codebook = small({**rows, ("FIN", "a"): 1000}), book(a="social")
    kept = comparison.compare(values, codebook, SETTINGS, 1)
    pulled = comparison.compare(values, codebook, DeskSettings(outliers="winsorise"), 1)
    score = [t.scores.set_index("country")["score"] for t in (kept, pulled)]
    assert score[0]["EST"] == pytest.approx(0.8)
    assert score[1]["EST"] == pytest.approx(100)
    assert pulled.normalised["value"].max() == 1000


def weighed(**weights):
    values = {
        ("AUT", "a"): 0,
        ("AUT", "b"): 100,
        ("BEL", "a"): 100,
        ("BEL", "b"): 0,
        ("DEU", "a"): 50,
        ("DEU", "b"): 20,
    }
    codebook = book(a="political", b="political")
    codebook["weight"] = codebook["indicator"].map(weights).astype(float)
    return comparison.compare(small(values), codebook, SETTINGS, 1)


def test_weights_of_the_codebook_are_used_and_equal_ones_are_a_variant():
    found = weighed(a=3, b=1)
    scores = found.scores.set_index(["dimension", "country"])["score"]
    by_hand = {"AUT": 25.0, "BEL": 75.0, "DEU": (3 * 50 + 20) / 4}
    assert scores["political"].to_dict() == pytest.approx(by_hand)
    equal = found.ranks[found.ranks["variant"] == "equal weights"]
    assert dict(zip(equal["country"], equal["rank"], strict=True)) == {"AUT": 1, "BEL": 1, "DEU": 3}


def test_weights_that_are_all_the_same_are_equal_weights():
    twice, once = weighed(a=2, b=2), weighed(a=1, b=1)
    pd.testing.assert_frame_equal(twice.scores, once.scores)
    pd.testing.assert_frame_equal(twice.ranks, once.ranks)
    assert "equal weights" not in set(once.ranks["variant"])


@pytest.mark.parametrize(("how", "together"), composite.variants())
def test_every_setting_reports(demo, how, together):
    values, codebook = demo.values, demo.codebook
    settings = DeskSettings(normalisation=how, aggregation=together, weight_draws=0)
    found = comparison.compare(values, codebook, settings, 1)
    assert found.scores["weights_low"].isna().all()
    chosen = found.ranks[found.ranks["variant"] == f"{how}, {together}"]
    own = found.scores.merge(chosen, on=["dimension", "country"], suffixes=("", "_variant"))
    own = own[own["dimension"] != OVERALL]
    assert (own["rank"] == own["rank_variant"]).all()
