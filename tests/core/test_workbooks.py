"""One reader of workbooks for what people keep and what databases export."""

import io

import openpyxl
import pytest
from coproduction.core import people_tables, tables, workbooks
from coproduction.formats.references.recognising import WORKBOOK

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
