"""Which columns of a table hold a talk: who speaks and what was said, and which lie beside them.

A table may have the translation, notes or codes in a column of their own. These are nobody's words, and which
column was said cannot be told from what is in it: it is asked for, unless the table has one such column.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from coproduction.core.errors import StudyError

WORDS = 5  # in the longest cell of a column of what was said, at least
LABEL = 10  # words of a speaker at most
HEADING = 4  # words of a heading at most
OFTEN = 6  # of so many lines with tabs one must have the last column
FEW = 8  # rows, of which half need not begin with a name that comes again
QUESTION = ("?", "？", "؟")
SHARE = 3  # a table is beside the talk that is less than one part of the text to so many others
ROWS = 3  # of a table that holds a talk, at least
_TIME = r"\d{1,2}(?:[:;]\d{1,2}){1,3}(?:[.,:;-]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_NUMBER = re.compile(r"\(?\d{1,6}(?:[.,]\d{1,3})?[.)]?")
_TIMES = re.compile(rf"[\[(#<{{]?\s*{_TIME}(?:\s*(?:-->|-|–|—)\s*{_TIME})?\s*[\])#>}}]?")
_LABELLED = re.compile(r"[^\W\d_][^\n:：]{0,40}[:：]\s")


Rows = Sequence[Sequence[Sequence[str]]]  # of cells of lines


Cell = TypeVar("Cell")


@dataclass(frozen=True)
class Columns:
    """Columns of a table, from 0: those that are read, in this order (none: all), and the names of speakers.

    speakers: where each column is one speaker's. begins: the row with which the talk of these speakers begins
    """

    order: tuple[int, ...] = ()
    speakers: tuple[str, ...] = ()
    begins: int = 0

    def read(self, row: Sequence[Cell]) -> list[Cell]:
        """The cells of a row that are read."""
        return [row[n] for n in self.order if n < len(row)] if self.order else list(row)


def read_tables(
    tables: Sequence[Rows], around: int = 0, wanted: Sequence[str] = (), file: str = ""
) -> list[list[tuple[str, str]] | str]:
    """The lines of each table as `lines_of` has them; of a form its rows as one text.

    around: the characters of the text around the tables. Only tables that are a good part of the text (those with as
    many columns together) hold the talk, so that their columns are asked about.
    """
    total = around + sum(map(_size, tables))
    of_width: Counter = Counter()
    for rows in tables:
        of_width[_width(rows)] += _size(rows)
    return [
        "\n".join(" | ".join(" ".join(cell) for cell in row if cell) for row in rows)
        if is_form
        else lines_of(rows, wanted, file, total - of_width[_width(rows)])
        for rows, is_form in zip(tables, _forms_among(tables, total), strict=True)
    ]


def _size(rows: Rows) -> int:
    return sum(len(line) for row in rows for cell in row for line in cell)


def _width(rows: Rows) -> int:
    return max(map(len, rows), default=0)


def _forms_among(tables: Sequence[Rows], total: int) -> list[bool]:
    """Which tables are forms (`Date | 3 March`, row by row) and no talk: no cell of their first column comes again."""
    firsts = [[" ".join(row[0]).casefold() for row in rows if row] for rows in tables]
    often = Counter(label for labels in firsts for label in labels)
    return [
        len(labels) >= ROWS
        and all(labels)
        and all(often[label] == 1 and len(label.split()) <= HEADING for label in labels)
        and not any(label.endswith(QUESTION) for label in labels)
        and (all(sum(bool(cell) for cell in row) <= 2 for row in rows) or SHARE * _size(rows) < total)
        for labels, rows in zip(firsts, tables, strict=True)
    ]


def lines_of(rows: Rows, wanted: Sequence[str] = (), file: str = "", around: int = 0) -> list[tuple[str, str]]:
    """The lines of a table that is no form, and the speaker where each has a column.

    rows: the lines of each cell of each row. The cells of a row are joined by tabs, line by line where all of them
    have as many lines. The rest is that of `columns_of`.
    """
    columns = columns_of([[" ".join(cell) for cell in row] for row in rows], wanted, file, around)
    if columns.speakers:
        cells = [cell for row in rows[columns.begins :] for cell in zip(row, columns.speakers, strict=False)]
        return [(" ".join(lines), speaker) for lines, speaker in cells if lines and speaker]
    lines = []
    for row in rows:
        filled = [cell for cell in columns.read(row) if cell]
        if len({len(cell) for cell in filled}) == 1:
            lines += ["\t".join(texts) for texts in zip(*filled, strict=True)]
        elif filled:
            lines.append("\t".join(" ".join(cell) for cell in filled))
    return [(line, "") for line in lines]


def columns_of(rows: Sequence[Sequence[str]], wanted: Sequence[str] = (), file: str = "", around: int = 0) -> Columns:
    """How the columns of a table are read; all of them where at most one holds what was said.

    rows: the cells of each row. wanted: headings or numbers (from 1) of columns that say who speaks and what was said.
    around: the characters of the rest of the text; a table that is a small part of it is read as it is.

    Raises StudyError where several columns may have been said, or say who speaks, and nobody says which.
    """
    width = max(map(len, rows), default=0)
    joined = [row for row in rows if sum(bool(cell.strip()) for cell in row) > 1]  # not: a topic over all columns
    told = joined if len(joined) >= ROWS else rows
    below = [_below([row[n].strip() if len(row) > n else "" for row in told]) for n in range(width)]
    kinds = [_kind(cells) for cells in below]
    if "name" not in kinds and "other" in kinds[: kinds.index("words") if "words" in kinds else 0]:
        kinds[kinds.index("other")] = "name"  # each speaks once
    talk = [n for n, kind in enumerate(kinds) if kind == "words"]
    beside = [n for n, kind in enumerate(kinds) if kind == "other"]
    names = [n for n, kind in enumerate(kinds) if kind == "name"]
    if len(told) < ROWS or not talk or SHARE * sum(len(cell) for row in rows for cell in row) < around:
        return Columns()
    if len(talk) == 1 and not beside and len(names) <= 1:
        return Columns(_order(kinds, names, talk))
    headings = _headings(told[0], width)
    said, speaking = _chosen(wanted, headings, talk + beside), _chosen(wanted, headings, names)
    if said is not None and speaking is not None:
        return Columns(_order(kinds, [speaking] if names else [], [said]))
    labelled = any(_LABELLED.match(cell) for n in talk for cell in below[n])
    asks = any(_asks(below[n]) for n in talk)
    if len(talk + beside) == 2 and (not beside or asks) and not names and not labelled:
        speakers = tuple(heading if n in talk + beside else "" for n, heading in enumerate(headings))
        return Columns(speakers=speakers, begins=int(headings[talk[0]] == " ".join(rows[0][talk[0]].split())))
    raise _which(talk, beside, names, headings, file)


def _order(kinds: Sequence[str], names: Sequence[int], said: Sequence[int]) -> tuple[int, ...]:
    """The columns that are read: a number before who speaks, the first of times, who speaks, what was said.

    Empty where they lie so already, or with the speaker behind.
    """
    first = [*names, *said][0]
    number = [n for n, kind in enumerate(kinds) if kind == "number" and n < first][:1]
    time = [n for n, kind in enumerate(kinds) if kind == "time"][:1]
    order = (*number, *time, *names, *said)
    filled = tuple(n for n, kind in enumerate(kinds) if kind)
    return () if filled in (order, (*time, *said, *names)) else order


def _below(cells: Sequence[str]) -> list[str]:
    """The filled cells of a column without its heading, which does not come again."""
    return [cell for n, cell in enumerate(cells) if cell and (n or cell in cells[1:])]


def without_columns(text: str, wanted: Sequence[str] = (), file: str = "") -> str:
    """A text whose lines have columns between tabs, with those that are read alone (`columns_of`).

    A tab more in one line of many is a tab among words.
    """
    lines = text.split("\n")
    tabs = sorted(line.count("\t") for line in lines if "\t" in line)
    most = tabs[-1 - len(tabs) // OFTEN] if tabs else 0
    if most < 2:
        return text
    places = [n for n, line in enumerate(lines) if "\t" in line]
    rows = [lines[n].split("\t", most) for n in places]
    columns = columns_of(rows, wanted, file, len(text) - sum(len(lines[n]) for n in places))
    if columns.order and columns.order != tuple(range(most + 1)):
        for n, row in zip(places, rows, strict=True):
            lines[n] = "\t".join(columns.read(row))
    return "\n".join(lines)


def _kind(cells: Sequence[str]) -> str:
    """What a column holds: nothing, numbers or times, names that come again, words that were said, or something else."""
    if not cells:
        return ""
    for kind, shape in (("number", _NUMBER), ("time", _TIMES)):
        if all(shape.fullmatch(cell) for cell in cells):
            return kind
    longest = max(len(cell.split()) for cell in cells)
    names = len({cell.casefold() for cell in cells})
    if longest <= LABEL and all(cell.endswith((":", "：")) for cell in cells):
        return "name"
    if longest <= LABEL and (2 * names <= len(cells) or (longest < WORDS and names < len(cells) < FEW)):
        return "name"
    return "words" if longest >= WORDS or _asks(cells) else "other"


def _asks(cells: Sequence[str]) -> bool:
    """Whether most cells of a column are questions."""
    return 2 * sum(cell.endswith(QUESTION) for cell in cells) > len(cells)


def _headings(first: Sequence[str], width: int) -> list[str]:
    """The headings of the columns; `column 2` where the first row has none."""
    filled = [cell for cell in first if cell.strip()]
    are_headings = all(len(cell.split()) <= HEADING and cell.strip()[-1] not in ".?!…" for cell in filled)
    cells = [*first, *[""] * (width - len(first))] if are_headings and filled else [""] * width
    return [" ".join(cell.split()) or f"column {n}" for n, cell in enumerate(cells, start=1)]


def _chosen(wanted: Sequence[str], headings: Sequence[str], possible: Sequence[int]) -> int | None:
    """The column that people name among some, or the only one there is; -1 where there are none, None where that is open."""
    if len(possible) <= 1:
        return possible[0] if possible else -1
    names = {name.strip().casefold() for name in wanted}
    named = [n for n in possible if names & {headings[n].casefold(), str(n + 1)}]
    return named[0] if len(named) == 1 else None


def _which(
    talk: Sequence[int], beside: Sequence[int], names: Sequence[int], headings: Sequence[str], file: str
) -> StudyError:
    if len(talk) + len(beside) > 1:
        doubt, columns = "hold words", sorted([*talk, *beside])
    else:
        doubt, columns = "may say who speaks", list(names)
    return StudyError(
        f"several columns of a table {doubt}: {', '.join(headings[n] for n in columns)}",
        file=file,
        remedy="Name in the settings those that say who speaks and what was said (interviews: table_columns: [Speaker, "
        "Text], by headings or numbers from the left); the others are then not read",
    )
