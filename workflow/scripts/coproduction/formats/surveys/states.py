"""What survey tools say of the state of a submission: finished or not, a test, spam, not approved.

Told from Qualtrics' Status, Finished and Progress (its manual, "Understanding your data set"), LimeSurvey's
submitdate and lastpage, REDCap's `…_complete`, EFS's tester and dispcode (31 and 32: completed), the validation
and review of KoboToolbox and ODK Central, and elsewhere from a column such as `Status` with the words in
`states.csv` (`Complete`, `Partial`).
"""

import csv
import re
from functools import cache
from pathlib import Path

import pandas as pd

from coproduction.core.text import normalise
from coproduction.core.truth import yes_or_no
from coproduction.formats.surveys.columns import SENT, STATUS, columns_named, is_complete
from coproduction.formats.surveys.reading_exports import Grid

FINISHED, UNFINISHED, PREVIEW, SPAM = "finished", "not finished", "test or preview", "spam"
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
QUALTRICS_ONLY = ("ip address", "survey preview")
NOT_COMPLETED = "[not completed]"  # REDCap's time stamp of a survey that was begun
NOT_APPROVED = "not approved"  # by people, in KoboToolbox or ODK Central
NOT_ANSWERS = [PREVIEW, SPAM, NOT_APPROVED]  # states in which a submission is nobody's answer
EFS_COMPLETED = ("31", "32", "completed", "completed after break", "beendet", "beendet nach unterbrechung")
REJECTED = ("validation status not approved", "not approved", "rejected")


def states_of(grid: Grid, number: int | None = None) -> pd.Series:
    """FINISHED, UNFINISHED, PREVIEW, SPAM, NOT_APPROVED or empty (the tool does not say) of each row.

    `number` is the round, for REDCap's questionnaires that are named after rounds.
    """
    plain = _plain_names(grid)
    state = _of_tool(grid, plain, number)
    for review in ("validationstatus", "reviewstate"):
        if review in plain:
            state = state.mask(grid.rows[plain[review]].map(normalise).isin(REJECTED), NOT_APPROVED)
    return state


def _plain_names(grid: Grid) -> dict[str, str]:
    """Columns by their names without blanks and signs, their words in a second header row and ImportIds."""
    plain = {normalise(column).replace(" ", ""): column for column in grid.rows}
    for column, text in grid.texts.items():  # Qualtrics' older exports have V1, V2 … above these names
        plain.setdefault(normalise(text).replace(" ", ""), column)
    return plain | {normalise(key).replace(" ", ""): column for column, key in grid.keys.items()}


def _of_tool(grid: Grid, plain: dict[str, str], number: int | None) -> pd.Series:
    """The state as the tool that wrote the file tells it."""
    sent_at = columns_named(grid, SENT)
    if {"questnnr", "finished"} <= set(plain):
        return _of_sosci(grid.rows, plain)
    if {"lfdn", "dispcode"} <= set(plain):
        return _of_efs(grid.rows, plain)
    kind = next((plain[name] for name in ("status", "responsetype") if name in plain), "")
    if {"finished", "progress"} & set(plain) or (kind and grid.rows[kind].map(normalise).isin(QUALTRICS_ONLY).any()):
        return _of_qualtrics(grid.rows, plain, kind)
    by_word = _by_word(grid)
    if by_word is not None:
        return by_word
    state = pd.Series("", grid.rows.index)
    if sent_at:
        sent = grid.rows[sent_at[0]]
        state[:] = UNFINISHED
        state[(sent != "") & ~sent.str.startswith("{")] = FINISHED
    elif "lastpage" in plain:
        page = pd.to_numeric(grid.rows[plain["lastpage"]], errors="coerce").fillna(-1)
        if page.max() > 0:
            state[:] = (page == page.max()).map({True: FINISHED, False: UNFINISHED})
    else:
        state = _of_redcap(grid.rows, number)
    return state


@cache
def _state_words() -> dict[str, str]:
    path = Path(__file__).with_name("states.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["state"] for row in csv.DictReader(file)}


def _status_column(grid: Grid) -> str:
    """The column that says of each row in words whether it is complete; empty where none does."""
    words = _state_words()
    for column in columns_named(grid, STATUS):
        said = grid.rows[column][grid.rows[column] != ""].map(normalise)
        if len(said) and 2 * said.isin(words).sum() >= len(said):
            return column
    return ""


def _by_word(grid: Grid) -> pd.Series | None:
    """The state by a column such as Status; empty where its word is not known."""
    column = _status_column(grid)
    if not column:
        return None
    return grid.rows[column].map(lambda cell: _state_words().get(normalise(cell), ""))


def _of_efs(rows: pd.DataFrame, plain: dict[str, str]) -> pd.Series:
    """EFS (Unipark): whether the last page was reached, and whether a tester answered."""
    completed = rows[plain["dispcode"]].str.casefold().isin(EFS_COMPLETED)
    state = completed.map({True: FINISHED, False: UNFINISHED}).astype(object)
    if "tester" not in plain:
        return state
    return state.mask(rows[plain["tester"]].str.casefold().isin(["1", "yes", "ja", "tester"]), PREVIEW)


def _of_sosci(rows: pd.DataFrame, plain: dict[str, str]) -> pd.Series:
    """SoSci Survey: whether the last page was reached, and whether the interview was a pretest."""
    state = rows[plain["finished"]].map({"1": FINISHED, "0": UNFINISHED}).fillna("").astype(object)
    mode = rows[plain["mode"]].str.casefold() if "mode" in plain else pd.Series("", rows.index)
    return state.mask(~mode.isin(["", "interview"]), PREVIEW)


def _of_qualtrics(rows: pd.DataFrame, plain: dict[str, str], status: str) -> pd.Series:
    state = pd.Series("", rows.index)
    if "progress" in plain:
        progress = pd.to_numeric(rows[plain["progress"]], errors="coerce")
        state[progress < 100] = UNFINISHED
        state[progress >= 100] = FINISHED
    if "finished" in plain:
        is_finished = rows[plain["finished"]].map(yes_or_no)
        state[is_finished.eq(False)] = UNFINISHED
        state[is_finished.eq(True)] = FINISHED
    if not status:
        return state
    kind = rows[status].map(_kind)
    return state.mask(kind.isin([PREVIEW, SPAM]), kind)


def _kind(status: str) -> str:
    """PREVIEW, SPAM or empty for an ordinary response; the word itself where it is not known."""
    word = normalise(status)
    if word in KINDS or word in ORDINARY:
        return KINDS.get(word, "")
    if "spam" in word:
        return SPAM
    return PREVIEW if any(piece in word for piece in PREVIEW_WORDS) else word


def unknown_states(grid: Grid) -> tuple[str, dict[str, int]]:
    """The column that tells the state, and its words that are not known, by number of rows: such rows count."""
    column = {normalise(key): column for column, key in grid.keys.items()}.get("status")
    if column is not None:
        words = grid.rows[column][~grid.rows[column].map(_kind).isin(["", PREVIEW, SPAM])]
    elif column := _status_column(grid):
        said = grid.rows[column].map(normalise)
        words = said[(said != "") & ~said.isin(_state_words())]
    else:
        return "", {}
    return column, {str(word): int(n) for word, n in words.value_counts().sort_index().items()}


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
