"""Tables as people keep them: in CSV, Excel or LibreOffice, spelled and dated as people do."""

import io
import zipfile

import openpyxl
import pytest
from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError

FORM = tables.people(
    "x/cases.csv",
    "x",
    {
        "case": tables.text("c", filled=True, unique=True),
        "theme": tables.text("t", required=False),
        "state": tables.choice("s", ["closed", "open", ""], required=False),
        "share": tables.number("n", required=False),
        "day": tables.day("d", required=False),
        "seen": tables.day("d", exact=False, required=False),
    },
)
HEADER = ["case", "theme", "state", "share", "day"]


def excel(path, sheets, joined=(), hidden=()):
    """A workbook of sheets (title → rows); `joined` cells of the last one."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    for cells in joined:
        book.worksheets[-1].merge_cells(cells)
    book.save(path)
    return path


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def open_document(path, *sheets, styles=""):
    """An .ods file of sheets, each the XML of its rows."""
    names = "".join(f' xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    body = "".join(sheets)
    content = f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    path.write_bytes(made.getvalue())
    return path


def row(*cells):
    return "<table:table-row>" + "".join(CELL.format(cell) for cell in cells) + "</table:table-row>"


def told(caught):
    return str(caught.value)


def test_a_table_of_excel_and_one_of_libreoffice_are_read_alike(tmp_path):
    book = excel(tmp_path / "a.xlsx", {"Sheet1": [HEADER, ["c1", "trust", "Closed", 0.5, "28.01.2026"]]})
    number = '<table:table-cell office:value-type="float" office:value="0.5"><text:p>0,5</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="2026-01-28"><text:p>x</text:p></table:table-cell>'
    cells = "".join(CELL.format(cell) for cell in ("c1", "trust", "Closed"))
    sheet = f"<table:table>{row(*HEADER)}<table:table-row>{cells}{number}{day}</table:table-row></table:table>"
    ods = open_document(tmp_path / "a.ods", sheet)
    first, second = (people_tables.read_people_table(path, FORM) for path in (book, ods))
    assert first.equals(second)
    assert first.iloc[0].to_dict() == {
        "case": "c1",
        "theme": "trust",
        "state": "closed",
        "share": 0.5,
        "day": "2026-01-28",
    }


def test_a_hidden_first_sheet_is_not_read(tmp_path):
    sheets = {"old": [["case"], ["c9"]], "now": [["case"], ["c1"]]}
    book = excel(tmp_path / "a.xlsx", sheets, hidden=["old"])
    assert list(people_tables.read_people_table(book, FORM)["case"]) == ["c1"]
    hide = '<style:style style:name="ta9"><style:table-properties table:display="false"/></style:style>'
    old = f'<table:table table:style-name="ta9">{row("case")}{row("c9")}</table:table>'
    ods = open_document(tmp_path / "a.ods", old, f"<table:table>{row('case')}{row('c1')}</table:table>", styles=hide)
    assert list(people_tables.read_people_table(ods, FORM)["case"]) == ["c1"]


def test_cells_joined_downwards_hold_their_words_in_each_row(tmp_path):
    rows = [["case", "theme"], ["c1", "trust"], ["c2", None], ["c3", "money"]]
    book = excel(tmp_path / "a.xlsx", {"x": rows}, joined=["B2:B3"])
    assert list(people_tables.read_people_table(book, FORM)["theme"]) == ["trust", "trust", "money"]
    joined = CELL.format("trust").replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"')
    first = f"<table:table-row>{CELL.format('c1')}{joined}</table:table-row>"
    second = f"<table:table-row>{CELL.format('c2')}<table:covered-table-cell/></table:table-row>"
    ods = open_document(tmp_path / "a.ods", f"<table:table>{row('case', 'theme')}{first}{second}</table:table>")
    assert list(people_tables.read_people_table(ods, FORM)["theme"]) == ["trust", "trust"]


def test_a_joined_cell_that_names_the_row_is_not_spread(tmp_path):
    rows = [["case", "theme"], ["c1", "trust"], [None, "money"]]
    book = excel(tmp_path / "a.xlsx", {"x": rows}, joined=["A2:A3"])
    with pytest.raises(StudyError, match=r"row 3, column 'case'.*must not be empty"):
        people_tables.read_people_table(book, FORM)
    assert people_tables.read_people_rows(book)[0][2] == ["", "money"]


def test_repeated_rows_comments_and_breaks_of_libreoffice(tmp_path):
    note = "<office:annotation><text:p>a comment</text:p></office:annotation>"
    theme = f"<table:table-cell>{note}<text:p>a<text:s text:c='2'/>b<text:line-break/>c</text:p></table:table-cell>"
    end = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    last = f"<table:table-row>{CELL.format('c2')}</table:table-row>"
    first = f"<table:table-row>{CELL.format('c1')}{theme}</table:table-row>"
    ods = open_document(
        tmp_path / "a.ods", f"<table:table>{row('case', 'theme')}{first}{empty}{last}{end}</table:table>"
    )
    table = people_tables.read_people_table(ods, FORM)
    assert list(table["theme"]) == ["a  b\nc", ""]
    assert list(table.index) == [2, 6]


def test_a_title_above_the_header_is_passed_over(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("Our cases,\n(state of March),\ncase,theme\nc1,trust\n", encoding="utf-8")
    table = people_tables.read_people_table(path, FORM)
    assert list(table["case"]) == ["c1"]
    assert list(table.index) == [4]


@pytest.mark.parametrize(
    ("cell", "read"), [("0,5", 0.5), ("-12,25", -12.25), ("0.5", 0.5), ("1,2345", 1.2345), ("12", 12.0)]
)
def test_decimal_commas(tmp_path, cell, read):
    path = tmp_path / "cases.csv"
    path.write_text(f"case;share\nc1;{cell}\n", encoding="utf-8")
    assert people_tables.read_people_table(path, FORM)["share"].iloc[0] == read


@pytest.mark.parametrize("cell", ["1,234", "1.234,5", "1,234,567", "a,5"])
def test_a_number_that_has_two_readings_is_asked_about(tmp_path, cell):
    path = tmp_path / "cases.csv"
    path.write_text(f"case;share\nc1;{cell}\n", encoding="utf-8")
    with pytest.raises(StudyError, match="is not a number"):
        people_tables.read_people_table(path, FORM)


@pytest.mark.parametrize("word", ["closed", "Closed", " CLOSED "])
def test_words_count_in_any_capitals(tmp_path, word):
    path = tmp_path / "cases.csv"
    path.write_text(f"case,state\nc1,{word}\n", encoding="utf-8")
    assert people_tables.read_people_table(path, FORM)["state"].iloc[0] == "closed"


def test_a_day_with_two_readings_is_asked_about_and_words_only_where_a_day_is_needed(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("case,seen\nc1,in spring\nc2,3.2.2026\n", encoding="utf-8")
    assert list(people_tables.read_people_table(path, FORM)["seen"]) == ["in spring", "2026-02-03"]
    path.write_text("case,seen\nc1,03/02/2026\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        people_tables.read_people_table(path, FORM)
    assert "'03/02/2026' can be read as two dates" in told(caught)
    path.write_text("case,day\nc1,in spring\n", encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        people_tables.read_people_table(path, FORM)
    assert "row 2, column 'day': 'in spring' is not a date" in told(caught)


def test_the_order_of_day_and_month_follows_from_the_column(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("case,day\nc1,03/02/2026\nc2,28/02/2026\n", encoding="utf-8")
    assert list(people_tables.read_people_table(path, FORM)["day"]) == ["2026-02-03", "2026-02-28"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1250"])
def test_encodings_that_can_be_told(tmp_path, encoding):
    path = tmp_path / "cases.csv"
    path.write_bytes("case,theme\nc1,Café für Bürger – Träger\n".encode(encoding))
    assert people_tables.read_people_table(path, FORM)["theme"].iloc[0] == "Café für Bürger – Träger"


@pytest.mark.parametrize(
    ("words", "encoding"),
    [("Łódź", "cp1250"), ("Français à Liège", "cp1252"), ("Café", "mac_roman"), ("Грижа за хора", "cp1251")],
)
def test_encodings_that_cannot_be_told_are_asked_about(tmp_path, words, encoding):
    path = tmp_path / "cases.csv"
    path.write_bytes(f"case,theme\nc1,{words}\n".encode(encoding))
    with pytest.raises(StudyError, match="CSV UTF-8"):
        people_tables.read_people_table(path, FORM)


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_a_workbook_that_cannot_be_read_is_named(tmp_path, name):
    (tmp_path / name).write_bytes(b"not a workbook")
    with pytest.raises(StudyError, match=rf"{name}.*this is not a readable"):
        people_tables.read_people_table(tmp_path / name, FORM)
