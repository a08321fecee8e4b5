"""What survey tools call their own columns, and what they say of the state of a submission.

The names are in `column_names.csv`: of the person, of the response (a number that identifies
nobody beyond its file), the time, the statement, the value and the round of tables with one row per
answer, and of what else tools write. States are told from Qualtrics' Status, Finished and Progress
(its manual, "Understanding your data set"), LimeSurvey's submitdate and lastpage, and REDCap's
`…_complete`.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pandas as pd

from coproduction.core.text import normalise
from coproduction.formats.surveys.grid import NOT_SHOWN, Grid

PERSON, RESPONSE, SUBMITTED, ROUND = "person", "response", "submitted", "round"
STATEMENT, VALUE, TOOL = "statement", "value", "tool"
FINISHED, UNFINISHED, PREVIEW, SPAM = "finished", "not finished", "test or preview", "spam"
NO_DATE = "1980-01-01 00:00:00"  # LimeSurvey's submitdate where a survey keeps no dates
# Qualtrics' response types as words and as numbers.
KINDS = {
    "survey preview": PREVIEW, "preview": PREVIEW, "1": PREVIEW, "survey test": PREVIEW,
    "test": PREVIEW, "2": PREVIEW, "offline survey preview": PREVIEW, "17": PREVIEW,
    "preview spam": SPAM, "spam": SPAM, "8": SPAM, "9": SPAM, "imported spam": SPAM, "12": SPAM,
    "40": SPAM, "ex spam": SPAM,
}  # fmt: skip


@cache
def names_of(kind: str) -> tuple[str, ...]:
    """The normalised names of columns of a kind, those first that count more."""
    path = Path(__file__).with_name("column_names.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if row["kind"] == kind)


def columns_named(grid: Grid, kind: str) -> list[str]:
    """The columns whose whole name or heading is of a kind, those first that count more."""
    plain: dict[str, str] = {}
    for column in grid.rows:
        # LimeSurvey can put the code before the text: 'token. Access code'. Jisc numbers headings.
        numbered = re.sub(r"^\d+(\.\w+)*\.?\s+", "", column)
        for spelt in (column, grid.texts[column], column.split(". ")[0], numbered):
            plain.setdefault(normalise(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spelt)), column)
            plain.setdefault(normalise(spelt), column)
    return list(dict.fromkeys(plain[name] for name in names_of(kind) if name in plain))


def is_tools_own(column: str) -> bool:
    """Whether tools write this column themselves, so that nobody has to say what it is."""
    kinds = (TOOL, RESPONSE, SUBMITTED)
    return any(normalise(column) in names_of(kind) for kind in kinds) or column.endswith(
        ("_complete", "_timestamp")
    )


def states_of(grid: Grid, number: int | None = None) -> pd.Series:
    """FINISHED, UNFINISHED, PREVIEW, SPAM or empty (the tool does not say) of each row.

    `number` is the round, for REDCap's questionnaires that are named after rounds.
    """
    plain = {normalise(column).replace(" ", ""): column for column in grid.rows}
    state = pd.Series("", grid.rows.index)
    if {"finished", "progress"} & set(plain) and {"status", "responsetype"} & set(plain):
        state = _of_qualtrics(grid.rows, plain)
    elif "submitdate" in plain:
        sent = grid.rows[plain["submitdate"]]
        state[:] = UNFINISHED
        state[(sent != "") & ~sent.str.startswith("{")] = FINISHED
    elif "lastpage" in plain:
        page = pd.to_numeric(grid.rows[plain["lastpage"]], errors="coerce").fillna(-1)
        if page.max() > 0:
            state[:] = (page == page.max()).map({True: FINISHED, False: UNFINISHED})
    else:
        state = _of_redcap(grid.rows, number)
    return state


def _of_qualtrics(rows: pd.DataFrame, plain: dict[str, str]) -> pd.Series:
    state = pd.Series("", rows.index)
    if "progress" in plain:
        progress = pd.to_numeric(rows[plain["progress"]], errors="coerce")
        state[progress < 100] = UNFINISHED
        state[progress >= 100] = FINISHED
    if "finished" in plain:
        said = rows[plain["finished"]].str.casefold()
        state[said.isin(["false", "0", "no"])] = UNFINISHED
        state[said.isin(["true", "1", "yes"])] = FINISHED
    kind = rows[plain.get("status") or plain["responsetype"]].map(normalise).map(KINDS)
    return state.mask(kind.notna(), kind)


def _of_redcap(rows: pd.DataFrame, number: int | None) -> pd.Series:
    state = pd.Series("", rows.index)
    forms = [column for column in rows if column.endswith("_complete")]
    own = [c for c in forms if number is not None and re.search(rf"(?<!\d)0*{number}(?!\d)", c)]
    for column in own or (forms if len(forms) == 1 else []):
        said = rows[column].str.casefold()
        state[said.isin(["0", "1", "incomplete", "unverified"])] = UNFINISHED
        state[said.isin(["2", "complete"])] = FINISHED
    return state


def round_named(cell: str) -> float:
    """The number of the round that a cell names: '2', 'Round 2', 'round_2_arm_1'; else nan.

    >>> round_named("round_2_arm_1")
    2.0
    """
    if cell == NOT_SHOWN:
        return float("nan")
    plain = re.sub(r"_?\barm_?\d+$|_arm_\d+$", "", cell.strip().casefold())
    named = re.findall(
        r"(?<![a-z0-9])(?:round|wave|runde|ronda|tour|delphi|r|w)[ _.-]*(\d+)", plain
    )
    found = set(map(int, named or re.findall(r"\d+", plain)))
    return float(found.pop()) if len(found) == 1 else float("nan")
