"""One reader of workbooks for what people keep and what databases export."""

import base64
import io
import re
import zipfile
import zlib

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


# A workbook of Excel 97 to 2003: 45.0% and 007 beside each other, the last row struck through
OLD = (
    "c-rk)L1+^}6n(SVq)BMgB&I?ugb--eT4Y-"
    "<dZ=qFwkJ#VqKIJAHb`krWK9nBpw*g#2SM<pcqvrDOVx{2RM4BCP|<@R2#Fp&i3%RttbcxX+r&m_z!og~mi_bR&%BwxGk<1h_w7O"
    "`Kl8AqfIqMwE)-24JY_aPx6jT5LFJ|?RXg?4Z94d`;PcW%dfa&0@TN}Ap`7mm6g*I0k_0}}eG+FekWM9I8;D-^At9s>-"
    "6REWlO=#=_A1PBgyj~N_qpaXmIv5!jb%60&5ILQ&<EQ0T2XvliE~*1vfX*+d}K=}n(#_S@x|++RM(9jV=OVTxeC0i3!-"
    "X0W<ep)pG+kUnfKuiR6yIUwMJDh?$U+;P1Ev-"
    "P>{^xrx^o&*t@}tm}B2qy8zjLRod(RV)xQiR<rwPR;$_lRoc0sP%uov9OA{8BkonT6hVnaT4f$<@1O`en9im$#w3+?X`TBx>C(vF"
    "lRcNAP$R83IdOU{dxq-"
    "w8Hv<L(l1{uyb%Q}HlhYzp!Fn2(a3s;muZlmXz|{+cZY`u^;2w_;+Ie971b&|g^5d&LF53Ju(L9T(awxrEH87b+gNX58KD(HY1?3"
    "vrSwg6ohw}0M*Zwzyw|sv={rczeLeCxn){;fBz>;Ga6U5kL7zdKMrxG!@|s46=n%JVN<7i+R9M^DCzj2twl=R4w0t+M_i!VY;Ab_"
    "&vXqmfBbIZDHCB=>s;~vK<#;@&{-"
    "t+e%yXYnW=oz@g{Lr2wRj5iUb8K}%yY3;$#Yp_3tUiSPV&CXgN72uBiSfz+bi(HfddB)95`^`z`?pe@KLRFFqVfp_sTh*|LZK#U3"
    "7kvY+4*enyw6e>>WaiQUjAU#m`o_h254|Bgg(<C~=H>H!zN2_G7%}_@z$}QT{w@CI<iA5~{WTVl95IbN{~q`b6!6"
)


def test_an_old_workbook_as_it_is_shown():
    book = zlib.decompress(base64.b85decode(OLD))
    with pytest.raises(workbooks.Struck, match=r"A4 \('France'\)"):
        workbooks.read_old_sheets(book, as_shown=True)
    plain = [["Country", "2019", "2020"], ["Austria", "0.45", "7"], ["Belgium", "0.5", "8"], ["France", "0.6", ""]]
    assert workbooks.read_old_sheets(book) == [plain]


def test_percentages_of_an_old_workbook(monkeypatch):
    monkeypatch.setattr(workbooks, "_refuse_struck", lambda cells: None)
    (rows,) = workbooks.read_old_sheets(zlib.decompress(base64.b85decode(OLD)), as_shown=True)
    assert rows[1:3] == [["Austria", "45%", "007"], ["Belgium", "50%", "8"]]
