"""The comparison of countries, and what is handed on and reported."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core import accounting, figures
from coproduction.core.errors import StudyError
from coproduction.core.factors import read_factors
from coproduction.core.tables import empty
from coproduction.desk import (
    comparison,
    composite,
    drawing,
    indicators,
    outcomes,
    reporting,
    tables,
)
from coproduction.desk.settings import DeskSettings
from pydantic import ValidationError

SETTINGS = DeskSettings(weight_draws=50)


@pytest.fixture(scope="module")
def demo(root):
    desk = root / "data" / "demo" / "desk"
    factors = read_factors(root / "config" / "factors.csv")
    codebook = indicators.read_codebook(desk / "codebook.csv", set(factors["id"]))
    values = indicators.read_values(desk / "indicators.csv", codebook, [], 2015)
    return values, codebook, comparison.compare(values, codebook, SETTINGS, 1)


def small(rows):
    """VALUES in use from {(country, indicator): value}."""
    table = pd.DataFrame(
        [(c, i, 2020, float(v), "used") for (c, i), v in rows.items()],
        columns=["country", "indicator", "year", "value", "outcome"],
    )
    return table.assign(row=range(2, len(table) + 2)).astype({"year": "Int64", "row": "Int64"})


def book(**dimensions):
    return pd.DataFrame(
        [(name, name, dim, "higher_better") for name, dim in dimensions.items()],
        columns=["indicator", "name", "dimension", "direction"],
    ).assign(unit="", source="S", licence="", url="", retrieved="", factors="")


def test_worked_example_of_scores_and_missing_values():
    values = small(
        {
            ("AUT", "a"): 0, ("BEL", "a"): 5, ("CYP", "a"): 10,
            ("AUT", "b"): 4, ("BEL", "b"): 2, ("AUT", "c"): 1, ("BEL", "c"): 3,
        }
    )  # fmt: skip
    codebook = book(a="political", b="political", c="social")
    found = comparison.compare(values, codebook, DeskSettings(minimum_share=0.6), 1)
    scores = found.scores.set_index(["dimension", "country"])
    assert scores.loc[("political", "AUT"), "score"] == pytest.approx(50)
    assert scores.loc[("political", "BEL"), "score"] == pytest.approx(25)
    assert np.isnan(scores.loc[("political", "CYP"), "score"])
    assert scores.loc[("social", "BEL"), "rank"] == 1
    assert scores.loc[("overall", "BEL"), "score"] == pytest.approx((25 + 100) / 2)
    assert pd.isna(scores.loc[("overall", "CYP"), "rank"])


def test_the_demo_covers_all_eu_members_in_four_dimensions(demo):
    _, _, found = demo
    overall = found.scores[found.scores["dimension"] == tables.OVERALL]
    assert len(overall) == 31
    assert overall["score"].notna().all()
    assert set(found.scores["dimension"]) == {*tables.DIMENSIONS, tables.OVERALL}


def test_rank_ranges_hold_the_rank_and_every_variant_has_ranks(demo):
    _, _, found = demo
    ranked = found.scores.dropna(subset="rank")
    assert (ranked["best_rank"] <= ranked["rank"]).all()
    assert (ranked["rank"] <= ranked["worst_rank"]).all()
    by_method = found.ranks[~found.ranks["variant"].str.startswith("without")]
    assert by_method["rank"].notna().all()
    methods = {f"{how}, {together}" for how, together in composite.variants()}
    for dimension in tables.DIMENSIONS:
        assert methods <= set(found.ranks.loc[found.ranks["dimension"] == dimension, "variant"])


def test_same_seed_same_tables(demo):
    values, codebook, found = demo
    again = comparison.compare(values.sample(frac=1, random_state=3), codebook, SETTINGS, 1)
    pd.testing.assert_frame_equal(found.scores, again.scores)


def test_every_value_in_use_is_in_normalised(demo):
    values, _, found = demo
    assert len(found.normalised) == (values["outcome"] == "used").sum()
    assert found.normalised["normalised"].between(0, 100).all()


def test_no_indicators_give_empty_tables(demo):
    _, codebook, _ = demo
    found = comparison.compare(empty(tables.VALUES), codebook, SETTINGS, 1)
    assert found.scores.empty
    assert found.ranks.empty
    assert list(found.normalised.columns) == list(tables.NORMALISED.columns)


def test_one_country_and_one_indicator_do_not_break():
    found = comparison.compare(small({("AUT", "a"): 1}), book(a="social"), SETTINGS, 1)
    assert found.scores["score"].isna().all()
    text = reporting.results(
        empty(tables.DOCUMENTS), empty(tables.PASSAGES), pd.DataFrame(), empty(tables.COVERAGE),
        empty(tables.CHANGES), book(), found.scores, found.consistency, SETTINGS,
    )  # fmt: skip
    assert "no comparison of countries yet" in text


def test_zscores_with_geometric_mean_are_refused_in_the_settings():
    with pytest.raises(ValidationError, match="no geometric mean"):
        DeskSettings(normalisation="zscore", aggregation="geometric")


@pytest.mark.parametrize(("how", "together"), composite.variants())
def test_every_setting_reports(demo, how, together):
    values, codebook, _ = demo
    settings = DeskSettings(normalisation=how, aggregation=together, weight_draws=0)
    found = comparison.compare(values, codebook, settings, 1)
    assert found.scores["weights_low"].isna().all()
    chosen = found.ranks[found.ranks["variant"] == f"{how}, {together}"]
    own = found.scores.merge(chosen, on=["dimension", "country"], suffixes=("", "_variant"))
    own = own[own["dimension"] != tables.OVERALL]
    assert (own["rank"] == own["rank_variant"]).all()
    assert "random sets" not in reporting.methods(settings, 1)


def desk_tables(root):
    from coproduction.core.factors import term_index
    from coproduction.desk import passages

    desk = root / "data" / "demo" / "desk"
    factors = read_factors(root / "config" / "factors.csv")
    files = sorted((desk / "documents").iterdir())
    documents, pages = passages.read_documents(desk, desk / "register.csv", files, "")
    return documents, passages.find_passages(pages, term_index(factors), 400), factors


def test_evidence_status_and_account_of_the_demo(root, demo):
    values, codebook, found = demo
    documents, spots, factors = desk_tables(root)
    evidence = outcomes.evidence(spots, found.normalised, codebook, "minmax")
    assert set(evidence["factor"]) <= set(factors["id"])
    kinds = evidence["kind"].value_counts()
    pairs = codebook["factors"].str.split(";").str.len().sum()
    assert kinds.to_dict() == {"passage": len(spots), "indicator": pairs}
    rule = evidence[evidence["source"] == "rule_of_law"].iloc[0]
    assert rule["factor"] == "legal-framework"
    assert "31 countries" in rule["excerpt"]
    account = outcomes.account(documents, spots, values)
    accounting.check_account(account)
    entered = account.groupby("unit")["entered"].first()
    assert entered["document"] == 9
    assert entered["indicator value"] == len(values)
    assert entered["term found"] == spots["hits"].sum()
    coverage = indicators.coverage(values, codebook)
    status = outcomes.status(documents, values, coverage).set_index("step")
    assert status.loc["Documents read", "state"] == "partial"
    assert "D09" in status.loc["Documents read", "awaited"]
    assert status.loc["Indicators compared", "state"] == "done"


def test_an_empty_study_says_what_is_awaited():
    documents, spots = empty(tables.DOCUMENTS), empty(tables.PASSAGES)
    values, coverage = empty(tables.VALUES), empty(tables.COVERAGE)
    status = outcomes.status(documents, values, coverage)
    assert status["state"].tolist() == ["awaited", "awaited"]
    assert status["put_in"].tolist() == ["desk/register.csv", "desk/indicators.csv"]
    assert outcomes.account(documents, spots, values).empty
    text = reporting.results(
        documents, spots, pd.DataFrame(), coverage, empty(tables.CHANGES), empty(tables.CODEBOOK),
        empty(tables.SCORES), empty(tables.CONSISTENCY), SETTINGS,
    )  # fmt: skip
    assert "awaited" in text
    assert "@fig" not in text


def test_the_report_refers_to_what_it_holds(root, demo):
    import re

    values, codebook, found = demo
    documents, spots, factors = desk_tables(root)
    coverage = indicators.coverage(values, codebook)
    text = reporting.results(
        documents, spots, factors, coverage, indicators.changes(values, codebook), codebook,
        found.scores, found.consistency, SETTINGS,
    )  # fmt: skip
    referred = set(re.findall(r"@((?:fig|tbl)-[\w-]+)", text))
    held = set(re.findall(r"\{#((?:fig|tbl)-[\w-]+)", text))
    assert referred == held
    assert "| Norway |" in text


def test_figures_of_the_demo_and_of_nothing(root, demo, tmp_path):
    values, codebook, found = demo
    documents, spots, factors = desk_tables(root)
    coverage = indicators.coverage(values, codebook)
    nothing = empty(tables.SCORES), empty(tables.NORMALISED), empty(tables.COVERAGE)
    with figures.style():
        shown = drawing.figure_passages(spots, documents, factors)
        assert shown["passages"].sum() == len(spots)
        drawing.draw_passages(shown)
        axes = drawing.draw_countries(drawing.figure_countries(found.scores)).axes
        assert [ax.get_title() for ax in axes][-1] == "Overall"
        heat = drawing.figure_indicators(found.normalised, found.scores, coverage)
        drawing.draw_indicators(heat, coverage)
        for figure in (
            drawing.draw_passages(
                drawing.figure_passages(spots.head(0), documents.head(0), factors)
            ),
            drawing.draw_countries(drawing.figure_countries(nothing[0])),
            drawing.draw_indicators(
                drawing.figure_indicators(nothing[1], nothing[0], nothing[2]), nothing[2]
            ),
        ):
            assert "awaited" in figure.axes[0].texts[0].get_text() or "No " in (
                figure.axes[0].texts[0].get_text()
            )
    import matplotlib.pyplot as plt

    plt.close("all")


def test_many_documents_are_drawn_by_kind(root):
    documents, spots, factors = desk_tables(root)
    many = pd.concat([documents.head(8)] * 5, ignore_index=True)
    many["document"] = [f"N{n}" for n in range(len(many))]
    copies = spots.assign(document="N0")
    shown = drawing.figure_passages(copies, many, factors)
    assert set(shown["document"]) == set(documents.head(8)["type"])
    assert shown["passages"].sum() == len(copies)


def test_pulling_outliers_in_changes_the_score_but_not_the_input():
    rows = {
        (code, "a"): n
        for n, code in enumerate(["AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST"])
    }
    values, codebook = small({**rows, ("FIN", "a"): 1000}), book(a="social")
    kept = comparison.compare(values, codebook, SETTINGS, 1)
    pulled = comparison.compare(values, codebook, DeskSettings(outliers="winsorise"), 1)
    score = [t.scores.set_index("country")["score"] for t in (kept, pulled)]
    assert score[0]["EST"] == pytest.approx(0.8)
    assert score[1]["EST"] == pytest.approx(100)
    assert pulled.normalised["value"].max() == 1000


def test_changes_take_the_value_nearest_to_ten_years_before():
    values = pd.DataFrame(
        [
            ("AUT", year, value)
            for year, value in ((2022, 5.0), (2020, 4.0), (2013, 7.0), (2005, 1.0))
        ],
        columns=["country", "year", "value"],
    ).astype({"year": "Int64"})
    values = values.assign(row=range(2, 6), indicator="a")
    values["outcome"] = ["used", "superseded by a later year", *["before the oldest year"] * 2]
    found = indicators.changes(values, book(a="social"))
    assert found[["year_before", "change", "better"]].to_numpy().tolist() == [[2013, -2.0, -1]]
    lower = book(a="social").assign(direction="lower_better")
    assert indicators.changes(values, lower)["better"].tolist() == [1]
    assert indicators.changes(values.head(2), book(a="social")).empty


def known(root):
    return set(read_factors(root / "config" / "factors.csv")["id"])


def weighed(**weights):
    values = {("AUT", "a"): 0, ("AUT", "b"): 100, ("BEL", "a"): 100, ("BEL", "b"): 0,
              ("DEU", "a"): 50, ("DEU", "b"): 20}  # fmt: skip
    codebook = book(a="political", b="political")
    codebook["weight"] = codebook["indicator"].map(weights).astype(float)
    return comparison.compare(small(values), codebook, SETTINGS, 1)


def test_weights_of_the_codebook_are_used_and_equal_ones_are_a_variant():
    found = weighed(a=3, b=1)
    scores = found.scores.set_index(["dimension", "country"])["score"]
    by_hand = {"AUT": 25.0, "BEL": 75.0, "DEU": (3 * 50 + 20) / 4}
    assert scores["political"].to_dict() == pytest.approx(by_hand)
    equal = found.ranks[found.ranks["variant"] == "equal weights"]
    assert dict(zip(equal["country"], equal["rank"], strict=True)) == {
        "AUT": 1, "BEL": 1, "DEU": 3
    }  # fmt: skip


def test_weights_that_are_all_the_same_are_equal_weights():
    twice, once = weighed(a=2, b=2), weighed(a=1, b=1)
    pd.testing.assert_frame_equal(twice.scores, once.scores)
    pd.testing.assert_frame_equal(twice.ranks, once.ranks)
    assert "equal weights" not in set(once.ranks["variant"])


@pytest.mark.parametrize("cell", ["0", "-1"])
def test_a_weight_that_is_none_is_named(root, tmp_path, cell):
    lines = (root / "data/demo/desk/codebook.csv").read_text().splitlines()
    path = tmp_path / "codebook.csv"
    path.write_text("\n".join([f"{lines[0]},weight", f"{lines[1]},{cell}"]))
    with pytest.raises(StudyError, match=r"row 2, column 'weight'.*more than 0"):
        indicators.read_codebook(path, known(root))


def test_empty_weights_are_one_and_the_report_says_which_are_used(root, tmp_path):
    lines = (root / "data/demo/desk/codebook.csv").read_text().splitlines()
    path = tmp_path / "codebook.csv"
    path.write_text("\n".join([f"{lines[0]},weight", f"{lines[1]},2.5", f"{lines[2]},"]))
    codebook = indicators.read_codebook(path, known(root))
    assert list(codebook["weight"]) == [2.5, 1.0]
    assert not indicators.weighted(codebook.assign(dimension=["political", "social"]))
    assert indicators.weighted(codebook.assign(dimension="social"))
    assert "the weights of the codebook" in reporting.methods(SETTINGS, 1, weighted=True)
    assert "with equal weights. The overall" in reporting.methods(SETTINGS, 1)
