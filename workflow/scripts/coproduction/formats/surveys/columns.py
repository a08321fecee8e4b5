"""What survey tools call their own columns, and what they say of the state of a submission.

The names are in `column_names.csv`: of the person, of the response (a number that identifies
nobody beyond its file), the time, the statement, the value and the round of tables with one row per
answer, and of what else tools write. States are told from Qualtrics' Status, Finished and Progress
(its manual, "Understanding your data set"), LimeSurvey's submitdate and lastpage, REDCap's
`…_complete` and KoboToolbox's validation.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pandas as pd

from coproduction.core.text import normalise
from coproduction.core.truth import yes_or_no
from coproduction.formats.surveys.reading_exports import NOT_SHOWN, Grid

PERSON, RESPONSE, SUBMITTED, ROUND = "person", "response", "submitted", "round"
STATEMENT, VALUE, TOOL, SENT, EMAIL = "statement", "value", "tool", "sent", "e-mail"
FINISHED, UNFINISHED, PREVIEW, SPAM = "finished", "not finished", "test or preview", "spam"
NO_DATE = "1980-01-01 00:00:00"  # LimeSurvey's submitdate where a survey keeps no dates
# Qualtrics' response types as words and as numbers.
KINDS = {
    "survey preview": PREVIEW,
    "preview": PREVIEW,
    "1": PREVIEW,
    "survey test": PREVIEW,
    "test": PREVIEW,
    "2": PREVIEW,
    "offline survey preview": PREVIEW,
    "17": PREVIEW,
    "preview spam": SPAM,
    "spam": SPAM,
    "8": SPAM,
    "9": SPAM,
    "imported spam": SPAM,
    "12": SPAM,
    "40": SPAM,
    "ex spam": SPAM,
}


# Pieces of Qualtrics' words for the kinds in other languages, and what ordinary responses are called.
PREVIEW_WORDS = ("preview", "test", "vorschau", "apercu", "previa", "anteprima", "previzualizare")
ORDINARY = frozenset(
    [
        "",
        "ip address",
        "0",
        "imported",
        "4",
        "offline survey response",
        "16",
        "email",
        "e mail",
        "ip adresse",
        "adresse ip",
        "direccion ip",
        "indirizzo ip",
        "adresa ip",
        "endereco ip",
        "importiert",
        "importe",
        "importado",
        "importato",
    ]
)
NOT_COMPLETED = "[not completed]"  # REDCap's time stamp of a survey that was begun
NOT_APPROVED = "not approved"  # KoboToolbox's validation by people
NOT_ANSWERS = [PREVIEW, SPAM, NOT_APPROVED]  # states in which a submission is nobody's answer


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
    return list(dict.fromkeys(plain[name] for name in names_of(kind) if name in plain))


def is_tools_own(grid: Grid, column: str) -> bool:
    """Whether tools write this column themselves, so that nobody has to say what it is."""
    kinds = (TOOL, RESPONSE, SUBMITTED)
    spelt = {*_spelt(column), *_spelt(grid.keys.get(column, ""))} - {""}
    if any(spelt & set(names_of(kind)) for kind in kinds):
        return True
    return is_quiz(grid, column) or column.endswith("_timestamp") or is_complete(column)


def is_quiz(grid: Grid, column: str) -> bool:
    """Whether Microsoft Forms counts points here ('Points - …', 'Feedback - …' beside a question)."""
    before, dash, question = column.partition(" - ")
    return bool(dash) and before in ("Points", "Feedback") and question in grid.rows


def is_complete(column: str) -> bool:
    """Whether REDCap says in this column whether a form is complete: its name, or its label."""
    return column.endswith("_complete") or re.fullmatch(r"Complete\?( \(\d+\))?", column) is not None


def states_of(grid: Grid, number: int | None = None) -> pd.Series:
    """FINISHED, UNFINISHED, PREVIEW, SPAM, NOT_APPROVED or empty (the tool does not say) of each row.

    `number` is the round, for REDCap's questionnaires that are named after rounds.
    """
    plain = {normalise(column).replace(" ", ""): column for column in grid.rows}
    plain |= {normalise(key).replace(" ", ""): column for column, key in grid.keys.items()}
    state = pd.Series("", grid.rows.index)
    sent_at = columns_named(grid, SENT)
    if {"questnnr", "finished"} <= set(plain):
        return _of_sosci(grid.rows, plain)
    if {"finished", "progress"} & set(plain) and {"status", "responsetype"} & set(plain):
        state = _of_qualtrics(grid.rows, plain)
    elif sent_at:
        sent = grid.rows[sent_at[0]]
        state[:] = UNFINISHED
        state[(sent != "") & ~sent.str.startswith("{")] = FINISHED
    elif "lastpage" in plain:
        page = pd.to_numeric(grid.rows[plain["lastpage"]], errors="coerce").fillna(-1)
        if page.max() > 0:
            state[:] = (page == page.max()).map({True: FINISHED, False: UNFINISHED})
    else:
        state = _of_redcap(grid.rows, number)
    if "validationstatus" in plain:
        validation = grid.rows[plain["validationstatus"]].map(normalise)
        state = state.mask(validation.isin(["validation status not approved", "not approved"]), NOT_APPROVED)
    return state


def _of_sosci(rows: pd.DataFrame, plain: dict[str, str]) -> pd.Series:
    """SoSci Survey: whether the last page was reached, and whether the interview was a pretest."""
    state = rows[plain["finished"]].map({"1": FINISHED, "0": UNFINISHED}).fillna("").astype(object)
    mode = rows[plain["mode"]].str.casefold() if "mode" in plain else pd.Series("", rows.index)
    return state.mask(~mode.isin(["", "interview"]), PREVIEW)


def _of_qualtrics(rows: pd.DataFrame, plain: dict[str, str]) -> pd.Series:
    state = pd.Series("", rows.index)
    if "progress" in plain:
        progress = pd.to_numeric(rows[plain["progress"]], errors="coerce")
        state[progress < 100] = UNFINISHED
        state[progress >= 100] = FINISHED
    if "finished" in plain:
        is_finished = rows[plain["finished"]].map(yes_or_no)
        state[is_finished.eq(False)] = UNFINISHED
        state[is_finished.eq(True)] = FINISHED
    kind = rows[plain.get("status") or plain["responsetype"]].map(_kind)
    return state.mask(kind.isin([PREVIEW, SPAM]), kind)


def _kind(status: str) -> str:
    """PREVIEW, SPAM or empty for an ordinary response; the word itself where it is not known."""
    word = normalise(status)
    if word in KINDS or word in ORDINARY:
        return KINDS.get(word, "")
    if "spam" in word:
        return SPAM
    return PREVIEW if any(piece in word for piece in PREVIEW_WORDS) else word


def unknown_kinds(grid: Grid) -> dict[str, int]:
    """Words in Qualtrics' Status that are not known, by number of rows: such rows count."""
    plain = {normalise(key): column for column, key in grid.keys.items()}
    column = plain.get("status")
    if column is None:
        return {}
    words = grid.rows[column][~grid.rows[column].map(_kind).isin(["", PREVIEW, SPAM])]
    return {str(word): int(n) for word, n in words.value_counts().sort_index().items()}


def _of_redcap(rows: pd.DataFrame, number: int | None) -> pd.Series:
    state = pd.Series("", rows.index)
    forms = [column for column in rows if is_complete(column)]
    of_round = [c for c in forms if number is not None and re.search(rf"(?<!\d)0*{number}(?!\d)", c)]
    of_round = [c for c in of_round if not c.startswith("Complete?")]
    for column in of_round or (forms if len(forms) == 1 else []):
        completion = rows[column].str.casefold()
        state[completion.isin(["0", "1", "incomplete", "unverified"])] = UNFINISHED
        state[completion.isin(["2", "complete"])] = FINISHED
    stamps = [c for c in rows if c.endswith("_timestamp") or c == "Survey Timestamp"]
    of_round = [c for c in stamps if number is not None and re.search(rf"(?<!\d)0*{number}(?!\d)", c)]
    for column in of_round or (stamps if len(stamps) == 1 else []):
        state[rows[column] == NOT_COMPLETED] = UNFINISHED
    return state


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
