"""What survey tools and people call the columns beside the answers.

The names are in `column_names.csv`: of the person, of the response (a number that identifies
nobody beyond its file), the time, the statement, the value and the round of tables with one row per
answer, and of what else tools write. Where people ask for a code or name the round in words of their own
("Please enter your participant code"), the words in `vocabulary.csv` tell.
"""

import csv
import re
from functools import cache
from pathlib import Path

from coproduction.core.text import normalise
from coproduction.formats.surveys.reading_exports import NOT_SHOWN, Grid

PERSON, RESPONSE, SUBMITTED, ROUND = "person", "response", "submitted", "round"
STATEMENT, VALUE, TOOL, SENT, EMAIL = "statement", "value", "tool", "sent", "e-mail"
STATUS, GROUP = "status", "group"
TIMING = re.compile(r"_(?:First Click|Last Click|Page Submit|Click Count)$|^groupTime\d+$|^TIME\d+$|^\w+[^\W_]Time$")
NO_DATE = "1980-01-01 00:00:00"  # LimeSurvey's submitdate where a survey keeps no dates


@cache
def _vocabulary(kind: str) -> frozenset[str]:
    path = Path(__file__).with_name("vocabulary.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if row["kind"] == kind)


@cache
def names_of(kind: str) -> tuple[str, ...]:
    """The normalised names of columns of a kind, those first that count more."""
    path = Path(__file__).with_name("column_names.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if row["kind"] == kind)


def _spelt(name: str) -> list[str]:
    """A name as it may stand in the list: 'externalDataReference' is 'external data reference'."""
    return [normalise(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)), normalise(name)]


def columns_named(grid: Grid, kind: str) -> list[str]:
    """The columns whose whole name, heading or ImportId is of a kind, those first that count more."""
    plain: dict[str, str] = {}
    for column in grid.rows:
        # LimeSurvey can put the code before the text: 'token. Access code'. Jisc numbers headings.
        numbered = re.sub(r"^\d+(\.\w+)*\.?\s+", "", column)
        names = (column, grid.texts[column], column.split(". ")[0], numbered)
        for name in (*names, grid.keys.get(column, "")):
            for spelt in _spelt(name):
                plain.setdefault(spelt, column)
    named = [plain[name] for name in names_of(kind) if name in plain]
    asking = {PERSON: asks_who, ROUND: asks_for_the_round}.get(kind)
    if asking:
        others = {plain[name] for other in (RESPONSE, SUBMITTED, EMAIL) for name in names_of(other) if name in plain}
        named += [c for c in grid.rows if c not in others and (asking(c) or asking(grid.texts[c]))]
    return list(dict.fromkeys(named))


def asks_who(heading: str) -> bool:
    """Whether a heading asks in words of its own for the code of a person; what explains it behind counts not.

    >>> [asks_who(heading) for heading in ("Your code (initials and year of birth)", "Postal code", "Panellist no.")]
    [True, False, True]
    """
    words = set(normalise(re.split(r"[(:;,.?–\n]| - ", heading.strip() + " ", maxsplit=1)[0]).split())
    names_one = words & _vocabulary("code") or (words & _vocabulary("number") and words & _vocabulary("person"))
    kinds = ("code", "number", "person", "filling")
    return bool(names_one) and words <= frozenset().union(*map(_vocabulary, kinds))


def asks_for_the_round(heading: str) -> bool:
    """Whether a heading names nothing but the round.

    >>> asks_for_the_round("Delphi-Runde"), asks_for_the_round("Comments on this round")
    (True, False)
    """
    words = set(normalise(heading).split())
    return bool(words & _vocabulary("round")) and words <= frozenset().union(
        *map(_vocabulary, ("round", "number", "filling"))
    )


def is_tools_own(grid: Grid, column: str) -> bool:
    """Whether tools write this column themselves, so that nobody has to say what it is."""
    kinds = (TOOL, RESPONSE, SUBMITTED)
    spelt = {*_spelt(column), *_spelt(grid.keys.get(column, ""))} - {""}
    if any(spelt & set(names_of(kind)) for kind in kinds):
        return True
    return is_quiz(grid, column) or column.endswith("_timestamp") or is_complete(column) or is_timing(column)


def is_timing(column: str) -> bool:
    """Whether Qualtrics, LimeSurvey or SoSci Survey measures times or clicks here.

    >>> is_timing("S01_First Click"), is_timing("groupTime12"), is_timing("S01")
    (True, True, False)
    """
    return TIMING.search(column) is not None


def is_quiz(grid: Grid, column: str) -> bool:
    """Whether Microsoft Forms counts points here ('Points - …', 'Feedback - …' beside a question)."""
    before, dash, question = column.partition(" - ")
    return bool(dash) and before in ("Points", "Feedback") and question in grid.rows


def is_complete(column: str) -> bool:
    """Whether REDCap says in this column whether a form is complete: its name, or its label."""
    return column.endswith("_complete") or re.fullmatch(r"Complete\?( \(\d+\))?", column) is not None


ORDINALS = {
    word: number
    for number, words in enumerate(
        [
            "first erste erster premier premiere primera primer prima primo i",
            "second zweite zweiter deuxieme segunda segundo seconda secondo doua ii",
            "third dritte dritter troisieme tercera tercer terza terzo treia iii",
            "fourth vierte vierter quatrieme cuarta cuarto quarta quarto patra iv",
        ],
        start=1,
    )
    for word in words.split()
}


def round_named(cell: str) -> float:
    """The number of the round that a cell names: '2', 'Round 2', 'second round'; else nan.

    >>> round_named("round_2_arm_1")
    2.0
    >>> round_named("Second round")
    2.0
    """
    if cell == NOT_SHOWN:
        return float("nan")
    plain = re.sub(r"_?\barm_?\d+$|_arm_\d+$|\(arm .*\)$", "", cell.strip().casefold())
    named_numbers = re.findall(r"(?<![a-z0-9])(?:round|wave|runde|ronda|tour|delphi|r|w)[ _.-]*(\d+)", plain)
    numbers = set(map(int, named_numbers or re.findall(r"\d+", plain)))
    numbers = numbers or {ORDINALS[word] for word in normalise(plain).split() if word in ORDINALS}
    return float(numbers.pop()) if len(numbers) == 1 else float("nan")
