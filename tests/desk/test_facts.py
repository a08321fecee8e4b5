"""What the report says of documents and countries, for studies of every size."""

import re

import pandas as pd
import pytest
from coproduction.core.tables import empty
from coproduction.desk import comparison, comparison_robustness, facts, indicators, tables, value_trail
from coproduction.desk.settings import DeskSettings
from desk.conftest import SETTINGS, book, small

UNVARIED = [
    empty(t)
    for t in (
        tables.RANK_UNCERTAINTY,
        tables.RANK_CHOICES,
        tables.COMPONENTS,
        tables.COUNTRY_GROUPS,
        tables.GROUP_NUMBERS,
    )
]


@pytest.fixture
def report(prose):
    """Methods and results of a study, from the tables of the desk research."""

    def write(
        documents,
        spots,
        factors,
        *compared,
        settings=SETTINGS,
        similar=None,
        varied=UNVARIED,
        values=None,
        downloads=None,
    ):
        told = {"settings": settings.model_dump(mode="json"), "seed": 1}
        values = empty(tables.VALUES) if values is None else values
        told |= facts.of_documents(
            documents,
            empty(tables.SIMILAR_DOCUMENTS) if similar is None else similar,
            spots,
            factors,
            settings.shown_passages,
        )
        told |= facts.of_countries(*compared)
        told |= facts.of_downloads(*(downloads or (empty(tables.DOWNLOADS), empty(tables.DOWNLOADED_SERIES))))
        told |= facts.of_variation(*varied, compared[0]) | facts.of_map(compared[3], varied[3])
        told |= value_trail.of_values(compared[5], values, compared[2], compared[3])
        templates = prose("desk")
        return templates.fill("methods", told), templates.fill("results", told)

    return write


NOTHING = [
    empty(t)
    for t in (tables.COVERAGE, tables.CHANGES, tables.CODEBOOK, tables.SCORES, tables.CONSISTENCY, tables.NORMALISED)
]
NO_DOCUMENTS = empty(tables.DOCUMENTS), empty(tables.PASSAGES), pd.DataFrame()


def compared_of(demo, found=None):
    found = found or demo.compared
    about = demo.coverage, demo.changes, demo.codebook
    return *about, found.scores, found.consistency, found.normalised


def test_the_report_refers_to_what_it_holds(demo, report):
    _, text = report(demo.documents, demo.passages, demo.factors, *compared_of(demo))
    referred = set(re.findall(r"@((?:fig|tbl)-[\w-]+)", text))
    held = set(re.findall(r"\{#((?:fig|tbl)-[\w-]+)", text))
    assert referred == held
    assert "| [Norway](evidence#values-NOR){.fact} |" in text
    assert "draws of all methodological choices" not in text


def test_variation_components_and_groups_are_told(demo, report):
    settings = SETTINGS.model_copy(update={"uncertainty_draws": 200})
    ranks, choices = comparison_robustness.vary(demo.values, demo.codebook, demo.compared.scores, settings, 1)
    groups, numbers = comparison_robustness.group_countries(demo.values, {"FIN": "N"}, 1, demo.codebook, settings)
    found = (ranks, choices, comparison_robustness.components(demo.values, demo.codebook, settings), groups, numbers)
    parts = demo.documents, demo.passages, demo.factors, *compared_of(demo)
    methods, text = report(*parts, varied=found, settings=settings)
    assert "200 draws of all methodological choices and weights together" in text
    assert "In 200 further draws" in methods
    assert re.search(r"mean rank shift, \w+( of \w+)? explains \d+ %", text)
    assert re.search(r"normalisation (explains )?\d+ %", text)
    assert "the countries form 2 groups" in text
    assert {"desk-components", "desk-groups"} <= set(re.findall(r"\{#tbl-([\w-]+)", text))
    referred = set(re.findall(r"@((?:fig|tbl)-[\w-]+)", text))
    assert referred == set(re.findall(r"\{#((?:fig|tbl)-[\w-]+)", text))


@pytest.mark.parametrize("how", ["median", "neighbours"])
def test_imputation_is_told(demo, report, how):
    settings = SETTINGS.model_copy(update={"imputation": how})
    found = comparison.compare(demo.values, demo.codebook, settings, 1)
    parts = demo.documents, demo.passages, demo.factors, *compared_of(demo, found)
    methods, text = report(*parts, settings=settings)
    assert "are imputed by" in methods
    assert "values were imputed; they are marked" in text


def test_an_empty_study_says_what_is_awaited(report):
    _, text = report(*NO_DOCUMENTS, *NOTHING)
    assert "awaited in `desk/documents/`" in text
    assert "awaited in `desk/indicators.csv`" in text
    assert "@fig" not in text


def test_one_country_and_one_indicator_have_no_comparison(report):
    found = comparison.compare(small({("AUT", "a"): 1}), book(a="social"), SETTINGS, 1)
    assert found.scores["score"].isna().all()
    parts = NOTHING[0], NOTHING[1], book(), found.scores, found.consistency, found.normalised
    assert "no comparison of countries yet" in report(*NO_DOCUMENTS, *parts)[1]


@pytest.mark.parametrize("n", [1, 2, 5])
def test_few_countries_and_one_indicator_are_said_in_the_singular(report, n):
    codes = ["AUT", "BEL", "CZE", "DEU", "ESP"][:n]
    values = small({(code, "a"): rank for rank, code in enumerate(codes)} | {("FIN", "a"): 9})
    codebook = book(a="social")
    found = comparison.compare(values, codebook, SETTINGS, 1)
    coverage = indicators.coverage(values, codebook)
    parts = coverage, NOTHING[1], codebook, found.scores, found.consistency, found.normalised
    _, text = report(*NO_DOCUMENTS, *parts)
    assert f"1 indicator covers {n + 1} countries" in text
    assert "1 of them has a value for every country" in text


@pytest.mark.parametrize(("n", "words"), [(1, "is mentioned, in 1 passage."), (2, "is mentioned, in 2 passages.")])
def test_one_passage_and_several(demo, report, n, words):
    spots = demo.passages.head(n).assign(factor=demo.factors["id"].iloc[0])
    _, text = report(demo.documents, spots, demo.factors, *NOTHING)
    assert f"1 of the {len(demo.factors)} conditions {words}" in " ".join(text.split())
    _, text = report(demo.documents, spots, demo.factors.head(1), *NOTHING)
    assert f"The one condition {words}" in " ".join(text.split())


def test_no_passage_at_all(demo, report):
    _, text = report(demo.documents, demo.passages.head(0), demo.factors, *NOTHING)
    assert "None of them contains a term" in text
    assert "@fig" not in text


def test_abbreviations_keep_their_capitals(demo, report):
    factors = pd.DataFrame({"id": ["eu", "trust"], "name": ["EU funds", "Trust"], "dimension": "x"})
    spots = demo.passages.head(2).assign(factor=["eu", "trust"])
    _, text = report(demo.documents, spots, factors, *NOTHING)
    assert "EU funds and trust" in text


@pytest.mark.parametrize("draws", [0, 50])
def test_random_weights_are_named_where_there_are_any(report, draws):
    methods, _ = report(*NO_DOCUMENTS, *NOTHING, settings=DeskSettings(weight_draws=draws))
    assert ("random sets" in methods) == bool(draws)


@pytest.mark.parametrize(
    ("weights", "words"), [([2.0, 1.0], "the weights of the codebook"), ([1.0, 1.0], "with equal weights. The overall")]
)
def test_the_method_says_which_weights_are_used(report, weights, words):
    codebook = book(a="social", b="social").assign(weight=weights)
    methods, _ = report(*NO_DOCUMENTS, NOTHING[0], NOTHING[1], codebook, *NOTHING[3:])
    assert words in methods


@pytest.mark.parametrize("outliers", ["keep", "winsorise"])
@pytest.mark.parametrize("how", ["minmax", "rank"])
def test_every_choice_of_method_is_described(report, how, outliers):
    settings = DeskSettings(normalisation=how, outliers=outliers, aggregation="geometric")
    methods, _ = report(*NO_DOCUMENTS, *NOTHING, settings=settings)
    assert "geometric mean" in methods
    assert ("Outliers are not treated." in methods) == (outliers == "keep")
    assert ("percentile ranks" in methods) == (how == "rank")


def test_judged_passages_and_those_apart_are_told(demo, report):
    spots = demo.passages.head(6).copy()
    spots["part"] = ["text"] * 4 + ["glossary", "imprint"]
    spots["counts"] = ["yes"] * 4 + ["no"] * 2
    _, text = report(demo.documents, spots, demo.factors, *NOTHING)
    assert "do not count: 1 in glossaries, 1 in imprints." in text
    spots["judgement"] = ["confirmed", "rejected", "disputed", "", "", ""]
    spots["counts"] = ["yes"] + ["no"] * 5
    _, text = report(demo.documents, spots, demo.factors, *NOTHING)
    assert "Of 6 passages, 1 was confirmed by readers and 1 rejected" in text
    assert "1 passage is disputed. 3 passages are not yet judged." in text
    assert "conditions is mentioned, in 1 passage." in text
    spots["counts"] = "no"
    _, text = report(demo.documents, spots, demo.factors, *NOTHING)
    assert "@fig" not in text


def test_similar_documents_are_told(demo, report):
    pair = {
        "first": "D01",
        "second": "D02",
        "similarity": "contained",
        "resemblance": 0.5,
        "in_first": 0.5,
        "in_second": 1.0,
        "decided": "no",
    }
    documents = demo.documents.copy()
    documents.loc[2, ["same_as", "counts"]] = ["D02", "no"]
    documents.loc[3, "counts"] = "no"
    rows = pd.DataFrame([pair])
    _, text = report(documents, demo.passages, demo.factors, *NOTHING, similar=rows)
    assert "D03 has the same text as D02; excluded in the register: D04." in text
    assert "1 pair of documents shares most of their text" in text
    assert "| D01 | D02 | contained | 50 | 100 |" in text


def test_an_indicator_that_runs_against_the_others_is_named_and_countries_without_a_group_are(demo, report):
    turned = demo.codebook.copy()
    own = turned["indicator"] == "rule_of_law"
    turned.loc[own, "direction"] = "lower_better"
    parts = comparison_robustness.components(demo.values, turned, SETTINGS)
    groups, numbers = comparison_robustness.group_countries(demo.values, {}, 1, demo.codebook, SETTINGS)
    ranks, choices = comparison_robustness.vary(demo.values, demo.codebook, demo.compared.scores, SETTINGS, 1)
    given = (demo.documents, demo.passages, demo.factors, *compared_of(demo))
    groups = groups[~groups["country"].isin(["FIN", "PRT"])]
    text = report(*given, varied=(ranks, choices, parts, groups, numbers))[1]
    assert re.search(
        r"\*Rule of law\* runs against the other indicators of the political dimension \(loading −0\.\d\d", text
    )
    assert text.count("runs against") == 1
    assert "Not grouped, for lack of values: Finland and Portugal." in text
    plain = comparison_robustness.components(demo.values, demo.codebook, SETTINGS)
    assert "runs against" not in report(*given, varied=(ranks, choices, plain, *UNVARIED[3:]))[1]


def test_indicators_without_a_value_that_is_recent_enough_are_named(demo, report):
    coverage = demo.coverage.copy()
    coverage.loc[coverage["indicator"].isin(["rule_of_law", "gini"]), "countries"] = 0
    about = coverage, demo.changes, demo.codebook
    found = demo.compared
    text = report(
        demo.documents, demo.passages, demo.factors, *about, found.scores, found.consistency, found.normalised
    )[1]
    names = list(coverage.loc[coverage["countries"] == 0, "name"])
    assert f"{len(names)} for none since {SETTINGS.oldest_year}: {' and '.join(names)}" in text


def test_files_as_provided_by_publishers_are_named_in_the_methods(report, demo):
    files = pd.DataFrame({"file": ["a.csv", "b.zip"], "unknown_places": ["Atlantis;Lemuria", ""]})
    series = pd.DataFrame({"indicators": ["trust;gap", "", ""]})
    methods, _ = report(demo.documents, demo.passages, demo.factors, *compared_of(demo), downloads=(files, series))
    said = re.sub(r"\[([^]]*)\]\(fact:[^)]*\)", r"\1", " ".join(methods.split()))
    assert (
        "Values of 2 indicators were read from 2 files as provided by their publishers. The other series in them were not used (2)."
        in said
    )
    assert "2 place names in them are neither that of a known country" in said
