"""The numbers of the PRISMA 2020 flow, its figure, and the table for the PRISMA2020 tool."""

import itertools
import re
from dataclasses import replace

import pandas as pd
import pytest
from coproduction.core.lettering import width_of
from coproduction.screening.flow_figure import LINE, SIDE, STEP, draw_flow, make_box
from coproduction.screening.prisma import Arm, Flow, arm_of, broken_identities, counts_table, prisma2020_table

REASONS = {"No co-production": 6, "Reason; with, signs and so long that it has to wrap": 9}
NAMED = {"database": {"Scopus": 200, "A, B; C": 89}, "register": {"A register": 15}}
DATABASES = Arm({"database": 289, "register": 15}, 154, 0, 0, 4, 21, 2, 64, 59, 0, 2, 57, 8, REASONS, 34, NAMED)
OTHERS = Arm(
    {"website": 3, "organisation": 5, "citation": 12}, 4, 0, 0, 0, 0, 1, 3, 12, 0, 2, 10, 1, {"No co-production": 3}, 6
)
FLOWS = {
    "databases": Flow(DATABASES, Arm({}), 33, 34),
    "others": Flow(DATABASES, OTHERS, 38, 40),
    "update": Flow(DATABASES, OTHERS, 38, 40, 12, 14),
    "empty": Flow(Arm({}), Arm({}), 0, 0),
}
# Names by which PRISMA2020 looks its rows up in the first column (R's grep), and in the third.
ROWS = [
    "previous_studies",
    "previous_reports",
    "register_results",
    "database_results",
    "database_specific_results",
    "register_specific_results",
    "website_results",
    "organisation_results",
    "citations_results",
    "duplicates",
    "excluded_automatic",
    "excluded_other",
    "records_screened",
    "records_excluded",
    "dbr_sought_reports",
    "dbr_notretrieved_reports",
    "other_sought_reports",
    "other_notretrieved_reports",
    "dbr_assessed",
    "dbr_excluded",
    "other_assessed",
    "other_excluded",
    "new_studies",
    "new_reports",
    "total_studies$",
    "total_reports$",
    "total_studies_ma",
    "total_reports_ma",
    "identification",
    "screening",
    "included",
]


@pytest.mark.parametrize("name", FLOWS)
def test_the_examples_add_up(name):
    assert broken_identities(FLOWS[name]) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"duplicates": 153}, "records identified (304) is not removed + screened + not finished"),
        ({"decided": 120}, "records screened (120) is not excluded + sought (123)"),
        ({"not_retrieved": 3}, "reports sought (59) is not awaited + not retrieved + assessed (60)"),
        ({"included": 33}, "reports assessed (57) is not in assessment + excluded + included"),
        ({"named": {"database": {"Scopus": 300}}}, "is not those of the single sources (300)"),
    ],
)
def test_a_sum_that_is_broken_is_named(change, said):
    problems = broken_identities(Flow(replace(DATABASES, **change), Arm({}), 33, 34))
    assert any(said in problem for problem in problems), problems


def test_the_tool_finds_each_of_its_rows_once():
    """A name that matches two rows would give R two numbers for one box."""
    table = prisma2020_table(FLOWS["update"])
    found = {name: [d for d in table["data"] if re.search(name, d)] for name in ROWS}
    assert {name: len(rows) for name, rows in found.items()} == dict.fromkeys(ROWS, 1)
    assert len(table) == len(ROWS) + 3  # the three headings are found by their box
    headings = table.loc[table["data"] == "NA", "box"].tolist()
    assert headings == ["prevstud", "newstud", "othstud"]
    assert table["n"].tolist()[1:3] == ["12", "14"]


def parsed(cell):
    """As PRISMA2020 takes reasons apart: at each semicolon, the name before the first comma."""
    parts = re.split(r";\s?", cell)
    return {re.sub(",.*$", "", p): int(re.sub(r"[^0-9]", "", p.split(",", 1)[1])) for p in parts}


def test_the_tool_reads_reasons_and_sources_whatever_signs_they_hold(tmp_path):
    path = tmp_path / "prisma2020.csv"
    prisma2020_table(FLOWS["update"]).to_csv(path, index=False)
    n = pd.read_csv(path, dtype=str).set_index("data")["n"]
    assert parsed(n["dbr_excluded"]) == {"No co-production": 6, "Reason with signs and so long that it has to wrap": 9}
    assert parsed(n["database_specific_results"]) == {"Scopus": 200, "A B C": 89}
    assert parsed(n["register_specific_results"]) == {"A register": 15}
    assert parsed(n["other_excluded"]) == {"No co-production": 3}
    assert pd.isna(n["total_studies_ma"])  # NA: the tool leaves the box of meta-analyses out
    assert (n["total_studies"], n["total_reports"]) == ("50", "54")


def boxes_of(figure):
    """Corners (left, bottom, right, top) of the boxes of the figure."""
    patches = [p for p in figure.axes[0].patches if hasattr(p, "get_boxstyle")]
    shapes = [(p.get_x(), p.get_y(), p.get_width(), p.get_height()) for p in patches if hasattr(p, "get_x")]
    return [(x, y, x + w, y + h) for x, y, w, h in shapes]


@pytest.mark.parametrize("name", FLOWS)
def test_boxes_hold_their_text_and_do_not_overlap(name):
    figure = draw_flow(FLOWS[name])
    boxes = boxes_of(figure)
    assert len(boxes) >= 9
    for a, b in itertools.combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (a, b)
    (low, high), (bottom, top) = figure.axes[0].get_xlim(), figure.axes[0].get_ylim()
    assert all(low <= x0 and x1 <= high and bottom <= y0 and y1 <= top for x0, y0, x1, y1 in boxes)
    bars = [text for text in figure.axes[0].texts if text.get_rotation() == 90]
    assert {text.get_text() for text in bars} == {"Identification", "Screening", "Included"}
    for text in bars:
        x, y = text.get_position()
        own = next(box for box in boxes if box[0] < x < box[2] and box[1] < y < box[3])
        assert width_of(text.get_text(), weight="bold") < own[3] - own[1]


@pytest.mark.parametrize("width", [1.3, 2.75])
def test_lines_fit_their_box(width):
    box = make_box(["Records identified from:", "Databases (n = 1,234)", "  W" * 30], width)
    for line in box.lines:
        if " " in line.text:
            assert width_of(line.text) <= width - 2 * SIDE - STEP * line.depth
    assert box.height > len(box.lines) * LINE
    assert "(n\u00a0=\u00a01,234)" in " ".join(line.text for line in box.lines)


def test_sources_are_listed_in_figure_and_table():
    shown = [text.get_text() for text in draw_flow(FLOWS["databases"]).axes[0].texts]
    assert "Scopus (n\u00a0=\u00a0200)" in shown
    table = counts_table(FLOWS["databases"])
    assert table.loc[table["box"] == "identified by database", "n"].tolist() == [200, 89]


def test_a_record_that_a_database_holds_too_is_of_that_arm():
    assert arm_of("citation") == "others"
    assert arm_of("citation;register") == "databases"
    assert arm_of("") == "databases"
