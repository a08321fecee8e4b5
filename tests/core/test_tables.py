"""Reading what people keep in CSV and Excel, and what is said of broken files."""

import os
import subprocess
import sys
import zipfile
from functools import cache

import openpyxl
import pandas as pd
import pandera.pandas as pa
import pytest
from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError
from hypothesis import given
from hypothesis import strategies as st

FORM = tables.schema(
    "ratings",
    "A small table.",
    {
        "who": tables.text("who", filled=True, unique=True),
        "score": tables.whole("score", low=1),
        "share": tables.number("share", required=False),
        "kind": tables.choice("kind", ["a", "b"]),
    },
)


def written(tmp_path, content, encoding="utf-8", name="f.csv"):
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_unicode_encodings_are_found(tmp_path, mark, encoding):
    content = "who,score,kind\nÅsa,3,a\n\nB,,b\n".replace(",", mark)
    table = people_tables.read_people_table(written(tmp_path, content, encoding), FORM)
    assert table["who"].tolist() == ["Åsa", "B"]
    assert table["score"].tolist() == [3, pd.NA]
    assert table.index.tolist() == [2, 4]


def test_capitals_and_spaces_in_the_header_do_not_matter(tmp_path):
    table = people_tables.read_people_table(written(tmp_path, " Who ,SCORE,kind,Note\nA,3,a,x\n"), FORM)
    assert list(table) == ["who", "score", "kind", "Note"]


def test_a_column_twice_in_other_capitals_is_named(tmp_path):
    with pytest.raises(StudyError, match="the column 'who' appears twice"):
        people_tables.read_people_table(written(tmp_path, "who,Who,score,kind\nA,B,3,a\n"), FORM)


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;\r"])
def test_a_line_that_names_the_separator_is_no_header(tmp_path, line):
    content = f'{line}\nwho;score;kind\n"A, B, C and D\nand E";3;a\nF;x;b\n'
    with pytest.raises(StudyError, match=r"f.csv, row 5, column 'score': 'x'"):
        people_tables.read_people_table(written(tmp_path, content), FORM)
    table = people_tables.read_people_table(written(tmp_path, content.replace("x", "4")), FORM)
    assert table["score"].tolist() == [3, 4]


def test_quoted_line_breaks_keep_the_row_numbers_true(tmp_path):
    path = written(tmp_path, 'who,score,kind\n"A\nB",1,a\nC,x,b\n')
    with pytest.raises(StudyError, match=r"f.csv, row 4, column 'score': 'x' is not a whole number"):
        people_tables.read_people_table(path, FORM)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"f.csv: the file is empty. It needs a header with the columns who, score, kind"),
        ("who,score\nA,1\n", r"row 1: the column 'kind' is missing \(found: who, score\)"),
        ("score\n1\n", r"row 1: the columns 'who', 'kind' are missing \(found: score\)"),
        ("who,who,score,kind\n", r"row 1: the column 'who' appears twice"),
        ("who,score,kind\nA,1,a,surplus\n", r"row 2: the row has 4 cells, the header 3"),
        ('who,score,kind\nA,1,a\n"B,2,b\n', r"row 3: .*quotation mark is not closed"),
        ("who,score,kind\nA,0,a\n", r"row 2, column 'score': '0' must be 1 or more"),
        ("who,score,kind\nA,1.5,a\n", r"row 2, column 'score': '1.5' is not a whole number"),
        ("who,score,kind\nA,1,c\n", r"row 2, column 'kind': 'c' must be one of: a, b"),
        ("who,score,kind\n,1,a\n", r"row 2, column 'who': the cell must not be empty"),
        ("who,score,kind\nA,1,a\nA,2,b\n", r"column 'who': 'A' appears more than once"),
    ],
)
def test_broken_files_get_one_clear_message(tmp_path, content, message):
    with pytest.raises(StudyError, match=message):
        people_tables.read_people_table(written(tmp_path, content), FORM)


def test_another_encoding_is_named_with_its_row(tmp_path):
    path = written(tmp_path, "who,score,kind\nA,1,a\nŁucja,2,b\n", "cp1250")
    with pytest.raises(StudyError, match=r"row 3: the file is not valid UTF-8"):
        people_tables.read_people_table(path, FORM)


def test_a_workbook_renamed_to_csv_is_named_as_such(tmp_path):
    path = tmp_path / "f.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(StudyError, match=r"f\.csv: the file is a workbook.* save it as CSV UTF-8"):
        people_tables.read_people_table(path, FORM)


def test_a_workbook_reads_as_its_csv(tmp_path):
    book = openpyxl.Workbook()
    for row in (["who", "score", "kind"], ["A", 3, "a"], [None, None, None], ["B", 4, "b"]):
        book.active.append(row)
    book.save(tmp_path / "f.xlsx")
    table = people_tables.read_people_table(tmp_path / "f.xlsx", FORM)
    assert table["score"].tolist() == [3, 4]
    assert table.index.tolist() == [2, 4]


def test_a_workbook_that_states_a_size_of_one_cell_is_read_whole(tmp_path):
    book = openpyxl.Workbook()
    for row in (["who", "score", "kind"], ["A", 3, "a"]):
        book.active.append(row)
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as old, zipfile.ZipFile(tmp_path / "f.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'ref="A1:C2"', b'ref="A1"'))
    assert b'ref="A1"' in zipfile.ZipFile(tmp_path / "f.xlsx").read("xl/worksheets/sheet1.xml")
    assert len(people_tables.read_people_table(tmp_path / "f.xlsx", FORM)) == 1


def test_a_broken_workbook_is_named(tmp_path):
    (tmp_path / "f.xlsx").write_bytes(b"PK\x03\x04broken")
    with pytest.raises(StudyError, match="not a readable Excel workbook"):
        people_tables.read_people_table(tmp_path / "f.xlsx", FORM)


def test_results_round_trip_and_are_written_whole(tmp_path):
    table = pd.DataFrame({"who": ["A", "NA"], "score": [1, pd.NA], "share": [1 / 3, None], "kind": ["a", "b"]})
    table = table.astype({"score": "Int64", "share": float})
    path = tmp_path / "deep" / "r.csv"
    tables.write_csv(table, path, FORM)
    back = tables.read_result(path, FORM)
    assert back["who"].tolist() == ["A", "NA"]
    assert back["score"].tolist() == [1, pd.NA]
    assert back["share"].iloc[0] == pytest.approx(1 / 3, abs=1e-9)
    assert [p.name for p in path.parent.iterdir()] == ["r.csv"]


def test_an_empty_table_round_trips_with_its_header(tmp_path):
    tables.write_csv(tables.empty(FORM), tmp_path / "e.csv", FORM)
    back = tables.read_result(tmp_path / "e.csv", FORM)
    assert back.empty
    assert back.columns.tolist() == ["who", "score", "share", "kind"]


CELLS = {
    "who": st.sampled_from(["", "A", "B", "C1", "12"]),
    "score": st.sampled_from(["", "0", "1", "5"]),
    "share": st.sampled_from(["", "0", "0.5", "-1"]),
    "kind": st.sampled_from(["a", "b", "", "c"]),
}
STRICT = tables.people(
    "strict.csv",
    "One of each kind of rule.",
    {
        "who": tables.text("who", filled=True, unique=True, pattern=("[A-Z]", "is no code")),
        "score": tables.whole("score", low=1),
        "share": tables.number("share", above=0),
        "kind": tables.choice("kind", ["a", "b"]),
    },
)


@cache
def strict_schema():
    return people_tables.pandera_schema(STRICT)


@given(st.lists(st.fixed_dictionaries(CELLS), max_size=4))
def test_what_needs_no_pandera_is_what_pandera_lets_through(rows):
    table = tables.typed(pd.DataFrame(rows, columns=list(CELLS), dtype=str), STRICT)
    plain = all(people_tables._surely_fits(table[name], c) for name, c in STRICT.columns.items())
    try:
        strict_schema().validate(table)
        passes = True
    except pa.errors.SchemaError:
        passes = False
    assert plain == passes


def test_a_table_in_order_is_read_without_what_words_the_errors(root):
    read = "from coproduction.core import factors as f; f.read_factors('config/factors.csv')"
    ask = "import sys; print(sorted({'pandera', 'openpyxl', 'matplotlib'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{read}\n{ask}"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "workflow/scripts")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_long_tables_are_written_as_short_ones_are(tmp_path, monkeypatch):
    """A long table is put into lines here, a short one by pandas: the same bytes."""
    words = ["x", "y,z", 'q"r', "li\nne", "", "é", "a\rb", " lead", '"', ","]
    table = pd.DataFrame(
        {
            "a,b": words * 3,
            "whole": range(30),
            "gaps": pd.array([1, None, -3] * 10, dtype="Int64"),
            "number": [0.0, -0.0, float("nan"), 1e16, 1e-12, 1 / 3, 100.0, -2.5, 1e300, 7] * 3,
        }
    )
    mixed = table.assign(other=[None, "x", 3] * 10)
    for whole in (table, table[["a,b"]], table.iloc[:0], mixed):
        written = []
        for long in (1, 10**9):
            monkeypatch.setattr(tables, "LONG", long)
            tables.write_csv(whole, tmp_path / "t.csv")
            written.append((tmp_path / "t.csv").read_bytes())
        assert written[0] == written[1]


@pytest.mark.parametrize("pieces", [["a\n", "b\n\n"], ["a"], [], [""], ["a\r\n", "é"]])
def test_a_text_in_pieces_is_written_as_in_one(tmp_path, pieces):
    tables.write_text("".join(pieces), tmp_path / "whole")
    tables.write_pieces(iter(pieces), tmp_path / "pieces")
    assert (tmp_path / "pieces").read_bytes() == (tmp_path / "whole").read_bytes()


def test_rows_are_those_of_pandas():
    table = pd.DataFrame({"text": ["a", ""], "whole": pd.array([1, 2], dtype="Int64"), "number": [0.5, 2.0]})
    assert tables.rows_of(table) == table.to_dict("records")
    assert [type(cell) for cell in tables.rows_of(table)[0].values()] == [str, int, float]
    assert tables.rows_of(table.iloc[:0]) == []


@pytest.mark.parametrize("rows", [0, 1, 5])
def test_a_table_in_pieces_is_the_whole(tmp_path, monkeypatch, rows):
    form = tables.schema("x/t.csv", "A table.", {"text": tables.text("words"), "n": tables.whole("number")})
    table = tables.typed(pd.DataFrame({"text": list("abcde")[:rows], "n": [1, 2, 3, 4, 5][:rows]}), form)
    tables.write_csv(table, tmp_path / "t.csv", form)
    monkeypatch.setattr(tables, "BLOCK", 2)
    pieces = list(tables.read_pieces(tmp_path / "t.csv", form))
    assert [len(piece) for piece in pieces] == {0: [0], 1: [1], 5: [2, 2, 1]}[rows]
    pd.testing.assert_frame_equal(pd.concat(pieces), table, check_dtype=rows > 0)
