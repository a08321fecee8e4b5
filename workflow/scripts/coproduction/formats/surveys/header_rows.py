"""Which rows of an export are headings, and what each column is called by them.

LimeSurvey's VV file has a row of texts and a row of codes; Qualtrics has codes, texts and a row of ImportIds, older
exports only two; SoSci Survey has codes and, on demand, texts; SurveyMonkey repeats no heading over the columns of one
question. In tables made by hand the heading is the row that names most statements: above it may stand what groups its
columns ("Round 1" over S01 and S02), below it a row with the wordings, or under merged cells what each column holds.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coproduction.core.text import one_line, some

Names = Callable[[str], str]  # the statement that a heading names; empty for none
VV_CODES = {"lastpage", "startlanguage", "seed", "startdate", "datestamp", "submitdate", "token"}
RESPONSE_WORDS = {"response", "open ended response", ""}
IMPORT_ID = re.compile(r"""['"]ImportId['"]\s*:\s*['"]([^'"]+)['"]""")
OF_HEADINGS = re.compile(  # numbers that a second row of headings may have: of a round, or the ends of the scale
    r"(?<![a-z])(?:r|t|w|round|runde|ronda|ronde|tour|wave|vuelta)[ _.-]?\d{1,2}(?!\d)|(?<!\d)\d{1,3}\s*[-–]\s*\d{1,3}(?!\d)",
    re.IGNORECASE,
)
MOST_ABOVE = 5  # rows that may stand above the heading beside a title


@dataclass(frozen=True)
class Header:
    """Names of the columns, the words of a second row of headings, and how many rows both are.

    `ids` are Qualtrics' ImportIds; `above` the places of rows above the heading that are no part of it.
    """

    names: list[str]
    texts: list[str]
    size: int
    ids: Sequence[str] = ()
    above: Sequence[int] = ()


def header_of(rows: list[list[str]], names: Names) -> Header:
    """The heading of a table that begins with it, or with rows of a few words above it."""
    width = max(len(row) for row in rows[:3])
    first, second, third = ((list(row) + [""] * width)[:width] for row in ([*rows, [], []])[:3])
    none = [""] * width
    if any(map(IMPORT_ID.search, third)):
        return Header(first, second, 3, third)
    if any(map(IMPORT_ID.search, second)):
        return Header(first, none, 2, second)
    if is_vv(rows):
        return Header(second, first, 2)
    of_sosci = {"CASE", "QUESTNNR"} <= set(first) and second[0] and not second[0].isdigit()
    if of_sosci or (first[0], second[0]) in {("StartDate", "Start Date"), ("V1", "ResponseID")}:
        return Header(first, second, 2)
    if _is_surveymonkey(first, second):
        return Header(filled(first, second), none, 2)
    return _by_hand(rows, names)


def is_vv(rows: list[list[str]]) -> bool:
    """Whether a row of texts stands above LimeSurvey's codes."""
    if len(rows) < 2:
        return False
    codes = {cell.strip().lower() for cell in rows[1]}
    texts = {cell.strip().lower() for cell in rows[0]}
    return "id" in codes and len(codes & VV_CODES) >= 2 and not len(texts & VV_CODES) >= 2


def statements_in(row: Sequence[str], names: Names) -> list[str]:
    """The statement that each cell of a row names; empty where it names none."""
    return [names(cell) if cell else "" for cell in row]


def heading_row(rows: list[list[str]], names: Names) -> int:
    """The place of the first of the rows that name most statements; 0 where fewer than two are named.

    Below the first row numbers name nothing: they are answers. Rows that name statements in changing order are answers
    too (ranks), and a heading has a row below it.
    """
    named = [statements_in(row, names if not at else _in_words(names)) for at, row in enumerate(rows[: MOST_ABOVE + 1])]
    counts = [len(set(statements) - {""}) for statements in named]
    most = max(counts[:-1] if len(rows) <= len(counts) else counts, default=0)
    at = counts.index(most) if most > 1 else 0
    return 0 if any(count > 1 and not _agree(named[at], row) for count, row in zip(counts, named, strict=True)) else at


def _in_words(names: Names) -> Names:
    return lambda cell: names(cell) if any(map(str.isalpha, cell)) else ""


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows name the same statement wherever both name one."""
    return all(a == b for a, b in zip(one, other, strict=False) if a and b)


def _by_hand(rows: list[list[str]], names: Names) -> Header:
    """The heading of a table by people, or of a tool that writes one row."""
    at = heading_row(rows, names)
    width = max(len(row) for row in rows[at : at + 2])
    head, below = ((list(row) + [""] * width)[:width] for row in ([*rows, []])[at : at + 2])
    above = (list(rows[at - 1]) + [""] * width)[:width] if at else [""] * width
    if len(rows) > at + 2 and _goes_on(head, below):
        return Header(filled(head, below), [""] * width, at + 2, above=range(at))
    here, there = statements_in(head, names), statements_in(below, _in_words(names))
    # an id and a wording: LimeSurvey's answers A1, A2 may look like ids
    pairs = [
        (one, other if (" " in above_it) != (" " in below_it) else "")
        for one, other, above_it, below_it in zip(here, there, head, below, strict=True)
        if one
    ]
    if not at and (len(rows) < 3 or len(pairs) < 2 or any(one != other for one, other in pairs)):
        return Header(rows[0], [""] * len(rows[0]), 1)
    called = _under(above, head, here)
    outside = range(at - (called != head))
    if len(rows) > at + 2 and len(pairs) > 1 and all(one == other for one, other in pairs):
        return Header(called, below, at + 2, above=outside)
    return Header(called, [""] * width, at + 1, above=outside)


def _under(above: list[str], head: list[str], statements: list[str]) -> list[str]:
    """The names of a row of headings with what stands above them: in their place where they are empty, before a
    statement that is named more than once."""
    names, group = [], ""
    for over, name, statement in zip(above, head, statements, strict=True):
        group = over or group
        again = statement and statements.count(statement) > 1
        names.append(over if not name else f"{group} [{name}]" if again and group else name)
    return names


def _goes_on(first: list[str], second: list[str]) -> bool:
    """Whether headings by hand go on in a second row: words under the gaps of the first, no answers."""
    under_gaps = [below for above, below in zip(first, second, strict=True) if below and not above]
    words = not any(cell[:1].isdigit() or re.search(r"\d", OF_HEADINGS.sub("", cell)) for cell in second)
    return bool(first[0]) and not second[0] and bool(under_gaps) and words


def _is_surveymonkey(first: list[str], second: list[str]) -> bool:
    begins_as_known = one_line(first[0]).lower().replace(" ", "").replace("_", "") in {"respondentid", "collectorid"}
    return begins_as_known and not second[0] and any(second)


def filled(first: list[str], second: list[str]) -> list[str]:
    """One name a column: the question (which stands once over its columns) and what is under it."""
    names, question = [], ""
    for above, below in zip(first, second, strict=True):
        question = above or question
        plain = below.strip().lower().replace("-", " ") in RESPONSE_WORDS
        names.append(question if plain else f"{question} [{below}]")
    return names


def repeated(rows: list[list[str]], names: Sequence[str]) -> list[int]:
    """The places of rows below the heading that are the heading again, as on printed pages or above a second table."""
    wanted = {at: name for at, name in enumerate(names) if name}
    return [
        place
        for place, row in enumerate(rows)
        if sum(map(bool, row)) > 1 and all(one_line(cell) == wanted.get(at, "") for at, cell in enumerate(row) if cell)
    ]


def words_of(row: Sequence[str]) -> str:
    """The words of a row outside the table, for a note."""
    return some([cell for cell in row if cell], more="…")[:60]
