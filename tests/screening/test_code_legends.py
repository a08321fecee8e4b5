"""What the codes of a sheet of decisions mean where the sheet says it."""

import openpyxl
import pytest
from coproduction.core.errors import StudyError
from screening.study_folder import Folder


def said(tmp_path, text, name="title_abstract.csv"):
    settled = Folder(tmp_path).write(name, text).settle()
    rows = settled.decisions[["record", "reviewer", "decision"]]
    return sorted("/".join(row) for row in rows.itertuples(index=False))


TURNED = ["r0/Ann/exclude", "r0/Bo/exclude", "r1/Ann/include", "r1/Bo/exclude"]


@pytest.mark.parametrize(
    "text",
    [
        'record,"Ann (1 = exclude, 0 = include)","Bo (1 = exclude, 0 = include)"\nr0,1,1\nr1,0,1\n',
        'record,"Ann [1=exclude; 0=include]",Bo\nr0,1,1\nr1,0,1\n',
        'record,"Ann: exclude=1, include=0",Bo\nr0,1,1\nr1,0,1\n',
        "Codes: 0 = include; 1 = exclude,,\nrecord,Ann,Bo\nr0,1,1\nr1,0,1\n",
        "0 = include,,\n1 = exclude,,\nrecord,Ann,Bo\nr0,1,1\nr1,0,1\n",
        "record,Ann,Bo\nr0,1,1\nr1,0,1\n,,\n1 = excluded / 0 = included,,\n",
        'record,"Ann (1 = include, 2 = exclude)",Bo\nr0,2,2\nr1,1,2\n',
        'record,"Ann (A = include, B = exclude)",Bo\nr0,B,B\nr1,A,B\n',
        'record,"Ann (Y = exclude, N = include)",Bo\nr0,Y,Y\nr1,N,Y\n',
        'record,"Ann (1 = no, 2 = yes)",Bo\nr0,1,1\nr1,2,1\n',
    ],
)
def test_a_legend_counts(tmp_path, text):
    assert said(tmp_path, text) == TURNED


def test_a_legend_above_with_a_word_for_open_cases(tmp_path):
    text = '"1 = include; 0 = exclude; 9 = unclear",,\nrecord,Ann,Bo\nr0,1,9\nr1,0,0\n'
    assert said(tmp_path, text) == ["r0/Ann/include", "r0/Bo/maybe", "r1/Ann/exclude", "r1/Bo/exclude"]


def test_a_legend_of_the_column_of_decisions(tmp_path):
    text = 'record,reviewer,"decision (1 = include, 2 = exclude, 3 = unclear)"\nr0,Ann,3\nr1,Ann,2\n'
    assert said(tmp_path, text) == ["r0/Ann/maybe", "r1/Ann/exclude"]


def test_a_legend_on_a_sheet_of_its_own(tmp_path):
    book = openpyxl.Workbook()
    for row in (["record", "Ann", "Bo"], ["r0", 1, 1], ["r1", 0, 1]):
        book.active.append(row)
    legend = book.create_sheet("Legend")
    for row in (["code", "meaning"], [1, "exclude"], [0, "include"], ["open access: 1 = yes, 0 = no"]):
        legend.append(row)
    book.save(tmp_path / "title_abstract.xlsx")
    rows = Folder(tmp_path).settle().decisions[["record", "reviewer", "decision"]]
    assert sorted("/".join(row) for row in rows.itertuples(index=False)) == TURNED


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            'record,"Ann (1 = include, 2 = exclude)",Bo\nr0,0,2\nr1,1,1\nr2,2,1\n',
            "'0 \\(not in the legend\\)' is not a decision",
        ),
        ("1 = exclude,,\nrecord,Ann,Bo\nr0,1,0\nr1,0,0\n", "says that 1 means exclude, but not what other codes mean"),
        (
            "1 = exclude; 0 = include,,\n1 = include; 0 = exclude,,\nrecord,Ann,Bo\nr0,1,0\n",
            "1 means exclude and that it",
        ),
        ("record,Ann,Bo\nr0,1,0\nr1,-1,0\n", "'-1' is not a decision"),
    ],
)
def test_what_a_legend_leaves_open_is_asked_about(tmp_path, text, problem):
    with pytest.raises(StudyError, match=problem):
        said(tmp_path, text)


@pytest.mark.parametrize("above", ["1 = English; 2 = other", "Screening: round 1", '"Open access: 1 = no, 0 = yes"'])
def test_what_is_no_legend_of_decisions(tmp_path, above):
    text = f"{above},,\nrecord,Ann,Bo\nr0,0,0\nr1,1,0\n"
    assert said(tmp_path, text) == TURNED
