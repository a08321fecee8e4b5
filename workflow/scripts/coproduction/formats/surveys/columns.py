"""Which columns of an export are of the person, the response (a number that identifies nobody beyond its file), the
time, the statement, the value and the round of tables with one row per answer, and what else tools write.
"""

import re

from coproduction.core.text import normalise
from coproduction.formats.surveys.column_names import names_of
from coproduction.formats.surveys.reading_exports import NOT_SHOWN, Grid
from coproduction.formats.surveys.vocabulary import asks_for_the_round, asks_who

PERSON, RESPONSE, SUBMITTED, ROUND = "person", "response", "submitted", "round"
STATEMENT, VALUE, TOOL, SENT, EMAIL = "statement", "value", "tool", "sent", "e-mail"
STATUS, GROUP = "status", "group"
TIMING = re.compile(
    r"_(?:First Click|Last Click|Page Submit|Click Count)$|^groupTime\d+$|^TIME\d+$|^rts\d+$|^\w+[^\W_]Time$"
)
NO_DATE = "1980-01-01 00:00:00"  # LimeSurvey's submitdate where a survey keeps no dates


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
