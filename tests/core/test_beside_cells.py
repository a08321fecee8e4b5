"""Comments, hidden rows and columns, and other sheets: nothing of it is passed over in silence."""

import zipfile

import openpyxl
from coproduction.core import beside_cells
from openpyxl.comments import Comment


def asked(path):
    return [str(question).removeprefix(f"{path}: ") for question in beside_cells.questions(path)]


def saved(path, change):
    book = openpyxl.Workbook()
    for row in (["case", "set", "membership"], ["AUT", "y", 1], ["BEL", "y", 0], ["FRA", "y", 0]):
        book.active.append(row)
    change(book)
    book.save(path)
    return path


def test_what_stands_beside_the_cells_is_told(tmp_path):
    def change(book):
        sheet = book.active
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[9].hidden = True  # nothing is in row 9
        sheet.column_dimensions["B"].hidden = True
        sheet["C2"].comment = Comment("wrong,\nshould be 0", "Somebody")
        sheet["C4"].comment = Comment("see mail", "Somebody")
        book.create_sheet("Old").append(["x", "y"])
        book.create_sheet("how to fill in").append(["as our forms say"])
        book.create_sheet("Empty")
        book.create_sheet("Away").append(["x"])
        book["Away"].sheet_state = "hidden"

    assert asked(saved(tmp_path / "memberships.xlsx", change)) == [
        "hidden rows count all the same: 3. Delete what does not count; a filter that hides it changes nothing.",
        "hidden columns count all the same: B. Delete what does not count; a filter that hides it changes nothing.",
        "no step reads the comment at C2, 'wrong, should be 0' (and 1 more). Where it changes what the table says, write "
        "that into a cell.",
        "no step reads the sheet 'Old': the first that is not hidden counts. Save what counts as a file of its own, or hide "
        "the sheet.",
    ]


def test_a_plain_workbook_and_a_csv_are_not_asked_about(tmp_path):
    assert asked(saved(tmp_path / "a.xlsx", lambda book: None)) == []
    (tmp_path / "a.csv").write_text("case\nAUT\n", encoding="utf-8")
    assert asked(tmp_path / "a.csv") == []


def test_the_same_of_an_open_document(tmp_path):
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    note = "<office:annotation><text:p>see mail</text:p></office:annotation>"
    row = "<table:table-row{}><table:table-cell>{}<text:p>BEL</text:p></table:table-cell></table:table-row>"
    body = row.format("", note) + row.format(' table:visibility="filter"', "")
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table>{body}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    told = asked(tmp_path / "a.ods")
    assert told[0].startswith("hidden rows count all the same: 'BEL'")
    assert told[1].startswith("no step reads the comment, 'see mail'")
