"""One reader of workbooks for what people keep and what databases export."""

import io
import re
import zipfile

import openpyxl
import pytest
from coproduction.core import people_tables, tables, workbooks
from coproduction.core.errors import StudyError
from coproduction.formats.references.recognising import WORKBOOK
from coproduction.formats.statistics import reading as statistics
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

FORM = tables.people("x/ratings.csv", "x", {"title": tables.text("t"), "rating": tables.whole("r")})


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (2.5, "2.5"),
        ("Yes_x000D_", "Yes"),
        ("a_x000D_\nb", "a\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("tab_x0009_here", "tab\there"),
    ],
)
def test_cells_as_people_write_them(cell, text):
    assert workbooks.cell_text(cell) == text


def test_both_readers_undo_what_excel_writes_for_a_line_end(tmp_path):
    """One of two readers lost ratings and quotes by it."""
    data = workbook(["title", "rating"], ["Citizens_x000D_", "7_x000D_"])
    (tmp_path / "ratings.xlsx").write_bytes(data)
    table = people_tables.read_people_table(tmp_path / "ratings.xlsx", FORM)
    assert table.iloc[0].tolist() == ["Citizens", 7]
    assert next(iter(WORKBOOK.read(data))).fields == [("title", "Citizens"), ("rating", "7")]


def sheets(path, *tables, hidden=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    book.save(path)
    return path


def test_a_second_sheet_under_the_same_headings_is_asked_about(tmp_path):
    """The rows of all sheets but the first were passed over in silence."""
    ann, bo = ("Ann", [["title", "rating"], ["A", 7]]), ("Bo", [["Rating", "Title"], [3, "A"]])
    path = sheets(tmp_path / "ratings.xlsx", ann, bo)
    with pytest.raises(StudyError, match="the sheet 'Bo' has rows under the same headings"):
        people_tables.read_people_table(path, FORM)
    hidden = sheets(tmp_path / "ratings.xlsx", ann, bo, hidden=["Bo"])
    assert len(people_tables.read_people_table(hidden, FORM)) == 1
    notes = ("Codes", [["code", "title"], ["1", "x"], ["2", "y"]]), ("Empty", [["title", "rating"]])
    assert len(people_tables.read_people_table(sheets(tmp_path / "b.xlsx", ann, *notes), FORM)) == 1


def test_a_second_sheet_of_an_open_document_is_asked_about(tmp_path):
    def table(name, rows):
        cells = [
            "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows
        ]
        return (
            f'<table:table table:name="{name}">'
            + "".join(f"<table:table-row>{c}</table:table-row>" for c in cells)
            + "</table:table>"
        )

    both = table("Ann", [["title", "rating"], ["A", 7]]) + table("Bo", [["title", "rating"], ["A", 3]])
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    with zipfile.ZipFile(tmp_path / "ratings.ods", "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{both}</office:spreadsheet></office:body></office:document-content>",
        )
    with pytest.raises(StudyError, match="the sheet 'Bo' has rows under the same headings"):
        people_tables.read_people_table(tmp_path / "ratings.ods", FORM)


def test_a_formula_without_its_value_is_named_with_its_cell(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "rating"])
    book.active.append(["p1", "=3+4"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    with pytest.raises(workbooks.Uncalculated, match="B2"):
        workbooks.read_shown_sheet(path)
    with pytest.raises(StudyError, match="the cell B2 contains a formula whose result is not saved in the file"):
        people_tables.read_people_rows(path)
    with pytest.raises(StudyError, match="the cell B2 contains a formula"):
        statistics.sheets(path)


def test_a_formula_with_its_value_is_that(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "=3+4"])
    book.active.append(["p1", '=""'])
    path, saved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                text = re.sub(rb"<f>3\+4</f><v ?/>|<f>3\+4</f><v></v>", b"<f>3+4</f><v>7</v>", text)
                text = re.sub(rb'<c r="B2">', b'<c r="B2" t="str">', text)  # as Excel writes an empty text
            new.writestr(name, text)
    assert workbooks.read_shown_sheet(saved) == [["id", "7"], ["p1", ""]]


def saved(path, rows, change):
    """A workbook of these rows, in whose sheet `change` has done something."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    book.save(path)
    return path


TWO = [["title", "rating"], ["A", 7], ["B", 3]]


def strike_row(sheet):
    for cell in sheet[3]:
        cell.font = Font(strike=True)


def strike_word(sheet):
    sheet["A2"] = CellRichText("A, ", TextBlock(InlineFont(strike=True), "not B"))


def strike_empty(sheet):
    sheet["C2"].font = Font(strike=True)


@pytest.mark.parametrize(
    ("strike", "place", "large"),
    [
        (strike_row, r"A3 \('B'\), B3 \('3'\)", False),
        (strike_row, r"A3 \('B'\), B3 \('3'\)", True),
        (strike_word, r"A2 \('A, not B'\)", False),
    ],
)
def test_what_is_struck_through_is_asked_about(tmp_path, monkeypatch, strike, place, large):
    """People strike out what does not count; it was read like the rest."""
    monkeypatch.setattr(workbooks, "LARGE", 0 if large else workbooks.LARGE)
    path = saved(tmp_path / "ratings.xlsx", TWO, strike)
    with pytest.raises(StudyError, match=f"struck through, so that nobody can tell whether it counts: {place}"):
        people_tables.read_people_table(path, FORM)


def test_an_empty_cell_that_is_struck_through_says_nothing(tmp_path):
    assert len(people_tables.read_people_table(saved(tmp_path / "a.xlsx", TWO, strike_empty), FORM)) == 2


def test_what_is_struck_through_in_an_open_document_is_asked_about(tmp_path):
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text", "style")
    )
    style = (
        '<office:automatic-styles><style:style style:name="c1"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    )

    def row(*cells):
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(text, style=""):
        return f"<table:table-cell{style}><text:p>{text}</text:p></table:table-cell>"

    for struck in (cell("B", ' table:style-name="c1"'), cell('<text:span text:style-name="c1">B</text:span> or C')):
        body = row(cell("title"), cell("rating")) + row(struck, cell("3"))
        with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
            archive.writestr(
                "content.xml",
                f"<office:document-content {spaces}>{style}<office:body><office:spreadsheet><table:table>{body}</table:table>"
                "</office:spreadsheet></office:body></office:document-content>",
            )
        with pytest.raises(StudyError, match=r"struck through, .*: 'B"):
            people_tables.read_people_table(tmp_path / "a.ods", FORM)


def formatted(form):
    def change(sheet):
        sheet["B2"].number_format = form

    return change


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.45, "0%", "45%"),
        (0.125, "0.00%", "12.5%"),
        (0.07, '0" %"', "0.07"),  # a word, not a percentage
        (7, "000", "007"),
        (7.5, "000", "7.5"),
        (1200.5, '#,##0.00 "€"', "1200.5"),
    ],
)
def test_percentages_and_leading_noughts_are_read_as_they_are_shown(tmp_path, value, form, text):
    path = saved(tmp_path / "a.xlsx", [["title", "rating"], ["A", value]], formatted(form))
    assert workbooks.read_shown_sheet(path)[1][1] == text
    assert statistics.sheets(path)[0].rows[1][1] == text


def test_a_block_of_joined_cells_holds_its_words_in_each_row(tmp_path):
    rows = [["title", "rating", "note"], ["A", 7, None], ["B", None, None]]
    path = saved(tmp_path / "a.xlsx", rows, lambda sheet: sheet.merge_cells("B2:C3"))
    assert people_tables.read_people_table(path, FORM)["rating"].tolist() == [7, 7]


def test_the_sheets_that_are_shown_tell_their_first_rows_and_what_they_hide(tmp_path):
    path = sheets(
        tmp_path / "a.xlsx",
        ("Notes", [["see below"]]),
        ("Old", [["x"]]),
        ("Data", [["a", "b", "c"], [1, 2, 3]]),
        hidden=["Old"],
    )
    book = openpyxl.load_workbook(path)
    book["Data"].row_dimensions[2].hidden = True
    book["Data"].column_dimensions["B"].hidden = True
    book.save(path)
    notes, data = workbooks.shown_sheets(path)
    assert (notes.name, notes.top, notes.hidden_rows, notes.hidden_columns) == ("Notes", [["see below"]], (), ())
    assert (data.name, data.top[1], data.hidden_rows, data.hidden_columns) == ("Data", ["1", "2", "3"], (2,), ("B",))
    assert workbooks.read_shown_sheet(path, "Data")[0] == ["a", "b", "c"]
