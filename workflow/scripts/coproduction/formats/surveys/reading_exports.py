"""The header rows of survey tools' exports: one, two or three, and what each column is called.

LimeSurvey's VV file has a row of texts and a row of codes and writes line breaks and tabs as words
in braces (as its own export code does); Qualtrics has codes, texts and a row of ImportIds, older
exports only two; SoSci Survey has codes and, on demand, texts; SurveyMonkey repeats no heading over the columns of one question, and tables made by
hand have a second row under merged cells. Names that appear twice (Google Forms: one 'Comments' after
each question) get a number instead of being refused. Rows of a title above the header and columns
without a heading are named (`outside`).
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.core.text import one_line

VV_CODES = {"lastpage", "startlanguage", "seed", "startdate", "datestamp", "submitdate", "token"}
# The order matters: lbrace stands for the brace that opens all others and is undone last.
VV_WORDS = {"{newline}": "\n", "{cr}": "", "{tab}": " ", "{quote}": '"', "{lbrace}": "{"}
NOT_SHOWN = "{question_not_shown}"
RESPONSE_WORDS = {"response", "open ended response", ""}
IMPORT_ID = re.compile(r"""['"]ImportId['"]\s*:\s*['"]([^'"]+)['"]""")


@dataclass(frozen=True)
class Grid:
    """Rows of an export as text (index: row in the file), and the question above each column.

    A column's name is its code where the tool writes codes, else its heading; `texts` has the words
    of a second header row (empty: there is none, or it says the same), `keys` Qualtrics' ImportIds,
    which are the same in every language. `outside` tells of rows and columns that are no part of the
    table: row (None for a column), content and reason. `leading` has, by row, the words at its beginning
    that stand in a column without a heading.
    """

    rows: pd.DataFrame
    texts: dict[str, str]
    keys: dict[str, str] = field(default_factory=dict)
    outside: list[dict[str, Any]] = field(default_factory=list)
    leading: dict[int, str] = field(default_factory=dict)

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
    rows, lines, outside = _without_title(rows, lines)
    names, texts_written, skip = _header(rows)
    vv = skip == 2 and _is_vv(rows)
    ids = next((row for row in rows[1:skip] if any(map(IMPORT_ID.search, row))), [])
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
    texts = dict(zip(names, texts_written, strict=True))
    keys = {name: match[1] for name, cell in zip(names, ids, strict=False) if (match := IMPORT_ID.search(cell))}
    named_columns = [name for name in names if name]
    outside += _without_heading(names, body)
    first_named = next((place for place, name in enumerate(names) if name), 0)
    leading = {
        line: first for line, row in zip(index, body, strict=True) if (first := one_line(" ".join(row[:first_named])))
    }
    return Grid(table[named_columns], {name: one_line(texts[name]) for name in named_columns}, keys, outside, leading)


def _without_title(rows: list[list[str]], lines: list[int]) -> tuple[list[list[str]], list[int], list[dict[str, Any]]]:
    """The rows from the header on, and the rows of a single cell above it, which are a title."""
    filled = [sum(map(bool, row)) for row in rows]
    header = next((place for place, n in enumerate(filled) if n > 1), 0)
    outside = [
        dict(row=line, content=one_line(" ".join(row))[:60], reason="a title above the header")
        for row, line in zip(rows[:header], lines[:header], strict=True)
    ]
    return rows[header:], lines[header:], outside


def _without_heading(names: list[str], body: list[list[str]]) -> list[dict[str, Any]]:
    """The columns that hold something and have no heading."""
    notes = []
    for place, name in enumerate(names):
        cells = 0 if name else sum(bool(row[place]) for row in body)
        if cells:
            content = f"column {place + 1}, cells: {cells}"
            notes.append(dict(row=None, content=content, reason="the column has no heading"))
    return notes


def _header(rows: list[list[str]]) -> tuple[list[str], list[str], int]:
    """Names, words of a second header row, and the number of header rows."""
    first = rows[0]
    width = max(len(row) for row in rows[:3])
    first = first + [""] * (width - len(first))
    second = (rows[1] if len(rows) > 1 else []) + [""] * width
    second = second[:width]
    third = rows[2] if len(rows) > 2 else []
    none = [""] * width
    if any(map(IMPORT_ID.search, third)):
        return first, second, 3
    if any(map(IMPORT_ID.search, second)):
        return first, none, 2
    if _is_vv(rows):
        return second, first, 2
    of_sosci = {"CASE", "QUESTNNR"} <= set(first) and second[0] and not second[0].isdigit()
    if of_sosci or (first[0], second[0]) in {("StartDate", "Start Date"), ("V1", "ResponseID")}:
        return first, second, 2
    if _is_surveymonkey(first, second) or (len(rows) > 2 and _is_merged(first, second)):
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
    begins_as_known = one_line(first[0]).lower().replace(" ", "") in {"respondentid", "collectorid"}
    return begins_as_known and not second[0] and any(second)


def _is_merged(first: list[str], second: list[str]) -> bool:
    """Whether headings by hand go on in a second row: words under the gaps of the first, no answers."""
    under_gaps = [below for above, below in zip(first, second, strict=True) if below and not above]
    words = not any(re.search(r"\d", cell) for cell in second)
    return bool(first[0]) and not second[0] and bool(under_gaps) and words


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
    times_seen: dict[str, int] = {}
    unique_names = []
    for name in names:
        times_seen[name] = times_seen.get(name, 0) + 1
        unique_names.append(name if times_seen[name] == 1 or not name else f"{name} ({times_seen[name]})")
    return unique_names
