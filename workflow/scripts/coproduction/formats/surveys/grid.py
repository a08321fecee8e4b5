"""The header rows of survey tools' exports: one, two or three, and what each column is called.

LimeSurvey's VV file has a row of texts and a row of codes and writes line breaks and tabs as words
in braces (as its own export code does); Qualtrics has codes, texts and a row of ImportIds, older
exports only two; SurveyMonkey repeats no heading over the columns of one question. Names that appear
twice (Google Forms: one 'Comments' after each question) get a number instead of being refused.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.core.text import one_line

VV_CODES = {"lastpage", "startlanguage", "seed", "startdate", "datestamp", "submitdate", "token"}
# The order matters: lbrace stands for the brace that opens all others and is undone last.
VV_WORDS = {"{newline}": "\n", "{cr}": "", "{tab}": " ", "{quote}": '"', "{lbrace}": "{"}
NOT_SHOWN = "{question_not_shown}"
RESPONSE_WORDS = {"response", "open ended response", ""}


@dataclass(frozen=True)
class Grid:
    """Rows of an export as text (index: row in the file), and the question above each column.

    A column's name is its code where the tool writes codes, else its heading; `texts` has the words
    of a second header row (empty: there is none, or it says the same).
    """

    rows: pd.DataFrame
    texts: dict[str, str]

    def title(self, column: str) -> str:
        """The name and the words above a column."""
        return one_line(f"{column} {self.texts[column]}")


def read_grid(path: Path) -> Grid:
    """The rows below all header rows, under names that are unique.

    Raises StudyError for an empty file and for a row with more cells than the header.
    """
    rows, lines = people_tables.read_people_rows(path, older="cp1252")
    if not rows:
        raise StudyError("the file is empty", file=path, remedy="Export the round again")
    names, written, skip = _header(rows)
    vv = skip == 2 and _is_vv(rows)
    names = _unique([one_line(name) for name in names])
    width = len(names)
    for row, line in zip(rows[skip:], lines[skip:], strict=True):
        if len(row) > width and any(row[width:]):
            raise StudyError(
                f"the row has {len(row)} cells, the header {width}",
                file=path,
                row=line,
                remedy="Put text that contains the separator in quotation marks",
            )
    body = [(row + [""] * width)[:width] for row in rows[skip:]]
    if vv:
        body = [[_from_vv(cell) for cell in row] for row in body]
    index = pd.Index(lines[skip:], name="row")
    table = pd.DataFrame(body, columns=names, index=index, dtype=str)
    texts = dict(zip(names, written, strict=True))
    kept = [name for name in names if name]
    return Grid(table[kept], {name: one_line(texts[name]) for name in kept})


def _header(rows: list[list[str]]) -> tuple[list[str], list[str], int]:
    """Names, words of a second header row, and the number of header rows."""
    first = rows[0]
    width = max(len(row) for row in rows[:3])
    first = first + [""] * (width - len(first))
    second = (rows[1] if len(rows) > 1 else []) + [""] * width
    second = second[:width]
    third = rows[2] if len(rows) > 2 else []
    none = [""] * width
    if any('"ImportId"' in cell or "{'ImportId'" in cell for cell in third):
        return first, second, 3
    if any('"ImportId"' in cell for cell in second):
        return first, none, 2
    if _is_vv(rows):
        return second, first, 2
    if (first[0], second[0]) in {("StartDate", "Start Date"), ("V1", "ResponseID")}:
        return first, second, 2
    if _is_surveymonkey(first, second):
        names = _filled(first, second)
        return names, none, 2
    return rows[0], [""] * len(rows[0]), 1


def _is_vv(rows: list[list[str]]) -> bool:
    if len(rows) < 2:
        return False
    codes = {cell.strip().lower() for cell in rows[1]}
    texts = {cell.strip().lower() for cell in rows[0]}
    return "id" in codes and len(codes & VV_CODES) >= 2 and not len(texts & VV_CODES) >= 2


def _from_vv(cell: str) -> str:
    if cell == NOT_SHOWN:
        return cell
    for word, sign in VV_WORDS.items():
        cell = cell.replace(word, sign)
    return cell


def _is_surveymonkey(first: list[str], second: list[str]) -> bool:
    known = one_line(first[0]).lower().replace(" ", "") in {"respondentid", "collectorid"}
    return known and not second[0] and any(second)


def _filled(first: list[str], second: list[str]) -> list[str]:
    """One name a column: the question (which stands once over its columns) and what is under it."""
    names, question = [], ""
    for above, below in zip(first, second, strict=True):
        question = above or question
        plain = below.strip().lower().replace("-", " ") in RESPONSE_WORDS
        names.append(question if plain else f"{question} [{below}]")
    return names


def _unique(names: list[str]) -> list[str]:
    """Names with a number behind each repetition; the first keeps its name."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 or not name else f"{name} ({seen[name]})")
    return found
