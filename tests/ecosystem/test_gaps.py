"""What the literature is silent about: counted by hand, and beside scipy's exact test."""

import pandas as pd
import pytest
from coproduction.core.tables import empty
from coproduction.ecosystem.gap_figure import draw_gaps
from coproduction.ecosystem.gaps import clear, literature_gaps, told_gaps, topic_conditions
from coproduction.ecosystem.tables import LITERATURE_GAPS, TOPIC_CONDITIONS
from scipy.stats import fisher_exact

CODEBOOK = pd.DataFrame(
    {
        "id": ["trust", "law", "skills"],
        "name": ["Trust", "Law", "Skills"],
        "level": ["citizens", "environment", "citizens"],
    }
)
TOPICS = pd.DataFrame({"topic": ["T1", "T2"], "terms": ["care;home;visits;nurses", "city;budgets"]})
RECORDS = [f"r{n}" for n in range(12)]
STUDY_OF = dict(zip(RECORDS, ["s0", "s0", *[f"s{n}" for n in range(2, 12)]], strict=True))
DOCUMENTS = pd.DataFrame(
    {"record": [*RECORDS, "unscreened"], "topic": ["T1"] * 6 + ["T2"] * 6 + ["T1"], "outcome": ["assigned"] * 13}
)
MENTIONED = pd.DataFrame(
    [(record, "trust") for record in [*RECORDS[:6], "unscreened"]] + [("r7", "law"), ("unscreened", "skills")],
    columns=["record", "factor"],
)
FACTORS = pd.DataFrame(
    {
        "id": ["law", "trust", "skills"],
        "sources_literature": [1, 5, 0],
        "sources_topics": [0, 1, 0],
        "sources_interviews": [0, 2, 3],
        "sources_delphi": [1, 1, 0],
    }
)


def linked():
    return topic_conditions(CODEBOOK, TOPICS, DOCUMENTS, MENTIONED, STUDY_OF)


def test_every_pair_is_counted_on_included_records_alone_and_tested_as_fisher_does():
    found = linked().set_index(["topic", "factor"])
    assert len(found) == 6
    first = found.loc[("T1", "trust")]
    assert (first["records"], first["of"], first["expected"]) == (6, 6, 3)
    assert first["p"] == pytest.approx(fisher_exact([[6, 0], [0, 6]], alternative="greater")[1])
    assert first["examples"] == "s0;s2;s3"
    law = found.loc[("T2", "law")]
    assert law["p"] == pytest.approx(fisher_exact([[1, 5], [0, 6]], alternative="greater")[1])
    assert found.loc[("T1", "skills"), "records"] == 0  # only a record that nobody has included mentions it
    assert clear(linked())[["topic", "factor"]].to_numpy().tolist() == [["T1", "trust"]]


def test_gaps_count_studies_and_say_who_else_knows():
    gaps = literature_gaps(CODEBOOK, FACTORS, MENTIONED, STUDY_OF)
    assert gaps[["factor", "studies", "gap", "elsewhere"]].to_numpy().tolist() == [
        ["skills", 0, "silent", "interviews"],
        ["law", 1, "one study", "delphi"],
        ["trust", 5, "several studies", "interviews;delphi"],
    ]


def test_the_report_names_the_silent_the_thin_and_the_topics_without_a_condition(prose):
    gaps = literature_gaps(CODEBOOK, FACTORS, MENTIONED, STUDY_OF)
    titles = {"T1": "Home care", "T2": "city, budgets"}
    told = told_gaps(gaps, linked(), titles, {"interviews": "Interviews", "delphi": "Panel"})
    text = prose("ecosystem").fill("gaps", {"gaps": told})
    assert "mentions 1 of the 3 conditions in title, abstract or keywords: Skills." in text
    assert "Other techniques provide evidence on it; here this study adds to the literature." in text
    assert "1 more condition rests on a single study" in text
    assert "topics mention Trust in 6 of 6 included records on Home care" in text
    assert "1 topic has no condition of its own: city, budgets." in text
    assert draw_gaps(gaps, linked(), titles).axes[0].collections


def test_without_studies_or_topics_nothing_is_claimed(prose):
    none = topic_conditions(CODEBOOK, TOPICS.iloc[:0], DOCUMENTS.iloc[:0], MENTIONED.iloc[:0], {})
    assert none.empty
    gaps = literature_gaps(CODEBOOK, FACTORS, MENTIONED, {})
    assert set(gaps["gap"]) == {"silent"}
    told = told_gaps(gaps, none, {}, {})
    assert "No included study mentions a condition yet." in prose("ecosystem").fill("gaps", {"gaps": told})
    assert draw_gaps(gaps, none, {}) is not None
    assert draw_gaps(empty(LITERATURE_GAPS), empty(TOPIC_CONDITIONS), {}) is not None
    nobody = topic_conditions(CODEBOOK, TOPICS, DOCUMENTS.iloc[:0], MENTIONED.iloc[:0], {})
    assert nobody["records"].sum() == 0
    assert clear(nobody).empty


def test_a_long_list_of_silent_conditions_is_cut_and_the_table_has_them_all(prose):
    gaps = literature_gaps(CODEBOOK, FACTORS, MENTIONED, STUDY_OF)
    told = told_gaps(
        gaps, linked(), {"T1": "Home care", "T2": "city, budgets"}, {"interviews": "Interviews", "delphi": "Panel"}
    )
    told["silent"] = [f"Condition {n}" for n in range(1, 45)]
    text = prose("ecosystem").fill("gaps", {"gaps": told})
    assert "Condition 8 and 36 more (@tbl-ecosystem-gaps)." in text
    assert "Condition 9" not in text
