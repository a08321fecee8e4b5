"""Colours and comments on sheets of decisions."""

import openpyxl
import pytest
from coproduction.core.errors import StudyError
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from screening.study_folder import Folder

HEAD = ["record", "reviewer", "decision", "note"]
ROWS = [["r0", "Ann", "include", ""], ["r1", "Ann", "exclude", "short"], ["r2", "Ann", "include", ""]]
GREEN, RED = (PatternFill("solid", fgColor=colour) for colour in ("00FF00", "FF0000"))


def settled(tmp_path, rows, change, head=HEAD):
    book = openpyxl.Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    change(book.active)
    book.save(tmp_path / "title_abstract.xlsx")
    return Folder(tmp_path).settle().decisions


def colour(row, fill):
    for cell in row:
        cell.fill = fill


def test_what_is_struck_through_is_asked_about(tmp_path):
    def strike(sheet):
        sheet["C3"].font = Font(strike=True)

    with pytest.raises(StudyError, match=r"struck through.*C3 \('exclude'\)"):
        settled(tmp_path, ROWS, strike)


@pytest.mark.parametrize("head", [HEAD, ["record", "title", "year", "note"]])
def test_colours_in_place_of_decisions_are_asked_about(tmp_path, head):
    def paint(sheet):
        colour(sheet[2], GREEN)
        colour(sheet[3], RED)

    rows = [["r0", "", "", ""], ["r1", "", "", ""], ["r2", "", "", ""]]
    with pytest.raises(StudyError, match="no decision is written, but rows are coloured"):
        settled(tmp_path, rows, paint, head)


def test_colours_beside_decisions_change_nothing(tmp_path):
    decisions = settled(tmp_path, ROWS, lambda sheet: colour(sheet[2], RED))
    assert decisions["decision"].tolist() == ["include", "exclude", "include"]


@pytest.mark.parametrize(
    "paint",
    [
        lambda sheet: [colour(sheet[row], GREEN) for row in range(2, 8)],  # all alike
        lambda sheet: [colour(sheet[row], GREEN) for row in range(2, 8, 2)],  # every second, for the eye
        lambda sheet: colour(sheet[1], GREEN),  # the headings
    ],
)
def test_colours_that_tell_no_rows_apart_are_none(tmp_path, paint):
    assert settled(tmp_path, [[f"r{i}", "", "", ""] for i in range(6)], paint).empty


def test_comments_are_notes(tmp_path):
    def comment(sheet):
        sheet["C3"].comment = Comment("Bo:\nI would\ninclude it", "Bo")
        sheet["A4"].comment = Comment("[Threaded comment]\n\nYour version …\n\nComment:\n    see p. 3", "tc={1}")

    assert settled(tmp_path, ROWS, comment)["note"].tolist() == ["", "short; I would include it", "see p. 3"]
