"""CSV as people save it: what separates the cells, and rows that a line end has broken."""

import pytest
from coproduction.core import people_tables, tables, text_tables
from coproduction.core.errors import StudyError

FORM = tables.people(
    "x/cases.csv",
    "x",
    {
        "case": tables.text("c", filled=True),
        "set": tables.text("s"),
        "membership": tables.number("m"),
        "reason": tables.text("r", required=False),
    },
)


@pytest.mark.parametrize(
    "content",
    [
        "case,set,membership\nAUT,s,0.5\n",
        "case;set;membership\nAUT;s;0,5\n",
        "case\tset\tmembership\nAUT\ts\t0.5\n",
        "case|set|membership\nAUT|s|0.5\n",
        "sep=|\r\ncase|set|membership\r\nAUT|s|0.5\r\n",
        "\ufeffsep=;\r\ncase;set;membership\r\nAUT;s;0,5\r\n",
        "Our cases, state of March\ncase;set;membership\nAUT;s;0,5\n",
        "Our cases, state of March\n\ncase\tset\tmembership\nAUT\ts\t0,5\n",
        "case,set,membership\rAUT,s,0.5\r",
    ],
)
def test_the_separator_is_told(tmp_path, content):
    path = tmp_path / "cases.csv"
    path.write_bytes(content.encode())
    assert people_tables.read_people_table(path, FORM).to_numpy().tolist() == [["AUT", "s", 0.5]]


def test_lists_within_cells_are_no_columns():
    lines = "id,terms\n" + "a,x; y; z\n" * 3
    assert text_tables.separator_of(lines) == ","
    assert text_tables.separator_of("q1|a,q2|b\n") == ","


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (
            "AUT,s,1,first half\nsecond half\n",
            "row 4: the row has one cell, as if a line end in the row before or after",
        ),
        ("AUT,s,1,first half\n\nsecond half\n", "row 5: the row has one cell"),
        ("A long\nname,s,1,x\n", "row 3: the row has one cell"),
        ("AUT,two\nwords,1,x\n", "row 3: the rows 3 to 4 together have the cells of one"),
        ("AUT,three\nshort\nwords,1,x\n", "row 3: the rows 3 to 5 together"),
    ],
)
def test_a_row_that_a_line_end_has_broken_is_named(tmp_path, rows, place):
    path = tmp_path / "cases.csv"
    path.write_text(f"case,set,membership,reason\nBEL,s,0,why\n{rows}FRA,s,0,why\n", encoding="utf-8")
    with pytest.raises(StudyError, match=place):
        people_tables.read_people_table(path, FORM)


@pytest.mark.parametrize("rows", ["BEL,s,0,why\nAUT,s,1\nFRA,s,1\n", "AUT,s,1\nFRA,s,1\n", 'AUT,s,1,"two\nlines"\n'])
def test_cells_left_out_at_the_end_and_quoted_line_ends_are_no_broken_rows(tmp_path, rows):
    path = tmp_path / "cases.csv"
    path.write_text(f"case,set,membership,reason\n{rows}", encoding="utf-8")
    assert people_tables.read_people_table(path, FORM)["set"].unique().tolist() == ["s"]


def test_rows_that_end_where_they_may_are_none_that_a_line_end_has_broken(tmp_path):
    """Three cells and two have those of one row of four, and the first alone is needed."""
    columns = {"id": tables.text("i")} | {name: tables.text(name, required=False) for name in "abc"}
    path = tmp_path / "x.csv"
    path.write_text("id,a,b,c\nx,1,2,3\ny,1,2\nz,1\n", encoding="utf-8")
    assert people_tables.read_people_table(path, tables.people("x/x.csv", "x", columns))["id"].tolist() == [
        "x",
        "y",
        "z",
    ]


def test_rows_in_quotation_marks_as_a_whole_have_the_cells_in_them(tmp_path):
    """So Excel saves a table that it did not divide into columns."""
    path = tmp_path / "cases.csv"
    path.write_text('"case,set,membership,reason"\n"AUT,s,0.5,""one, two"""\n"BEL,s,1,"\n', encoding="utf-8")
    table = people_tables.read_people_table(path, FORM)
    assert table.to_numpy().tolist() == [["AUT", "s", 0.5, "one, two"], ["BEL", "s", 1.0, ""]]
    path.write_text('"case,set,membership"\n"AUT,s"\n', encoding="utf-8")
    with pytest.raises(StudyError, match="are missing"):
        people_tables.read_people_table(path, FORM)


def test_a_quotation_mark_that_takes_in_the_rows_below_is_named(tmp_path):
    """The rows below it were part of its cell."""
    path = tmp_path / "cases.csv"
    path.write_text('case,set,membership,reason\nAUT,s,1,"open\nBEL,s,1,x"\nFRA,s,0,y\n', encoding="utf-8")
    with pytest.raises(StudyError, match="row 2: a quotation mark seems to take in the rows below it"):
        people_tables.read_people_table(path, FORM)
    path.write_text(
        'case,set,membership,reason\nAUT,s,1,"one, two, three, four\nfive, six, seven, eight"\n', encoding="utf-8"
    )
    assert len(people_tables.read_people_table(path, FORM)) == 1


def test_words_that_a_program_writes_as_a_formula(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text('case,set,membership\n"=""007""",s,1\n="010",s,1\n', encoding="utf-8")
    assert people_tables.read_people_table(path, FORM)["case"].tolist() == ["007", "010"]
