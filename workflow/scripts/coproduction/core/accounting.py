"""What every technique says of itself: how far it is, where everything went, what it found.

A missing human input is a state, not an error. Every unit that enters (record, segment, rating,
document, value) is counted until it leaves, and every piece of evidence names its source and place.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from coproduction.core import tables, text, vocabulary
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.vocabulary import KINDS, STATES, TECHNIQUES, VERDICTS

SUPPORTED, UNDECIDED, REJECTED = (vocabulary.SUPPORTED, vocabulary.UNDECIDED, vocabulary.REJECTED)
BALANCED = ["technique", "unit", "source"]  # for each of these an account must add up
BEGUN, DONE, NOT_BEGUN = "under way", "done", "not begun"  # how far a technique is
_NONE, _NA = type(None), type(pd.NA)
REPORT_IT = (
    "run the step again; if the problem persists, the workflow has lost or double-counted something: please report it"
)

STATUS = tables.schema(
    "*/status.csv",
    "The progress of each step of a technique, and what it is waiting for.",
    {
        "technique": tables.text("technique of the study", filled=True),
        "step": tables.text("step in the technique's own words", filled=True),
        "state": tables.choice("state of the step", STATES),
        "done": tables.whole("units done", low=0),
        "total": tables.whole("total units, where known", low=0),
        "unit": tables.text("what is counted"),
        "awaited": tables.text("what is awaited and from whom; empty if nothing is"),
        "put_in": tables.text("file to put it in, relative to the study folder"),
    },
)

ACCOUNT = tables.schema(
    "*/account.csv",
    "The outcome of everything that entered: for each unit and source, entered = sum of n over outcomes.",
    {
        "technique": tables.text("technique of the study", filled=True),
        "unit": tables.text("what is counted (record, segment, rating …)", filled=True),
        "source": tables.text("file or step it came from", filled=True),
        "entered": tables.whole("units that entered", low=0),
        "outcome": tables.text("what happened to them", filled=True),
        "n": tables.whole("units with this outcome", low=0),
    },
)

EVIDENCE = tables.schema(
    "*/evidence.csv",
    "One row per piece of evidence for a factor.",
    {
        "factor": tables.text("factor id of factors.csv", filled=True),
        "technique": tables.text("technique that found it", filled=True),
        "kind": tables.choice("kind of evidence", KINDS),
        "source": tables.text("document, record, topic, transcript or statement", filled=True),
        "locator": tables.text("page, position or round within the source"),
        "excerpt": tables.text("the words or the finding itself"),
        "value": tables.number("numerical value, where the evidence has one"),
        "verdict": tables.choice("the panel's verdict on the factor, for ratings", VERDICTS),
        "note": tables.text("how it was found"),
    },
)


def concept_of(note: str) -> str:
    """The concept of a coded segment, which opens its note."""
    return note.split(";", maxsplit=1)[0].strip()


def unit_of(kind: str, factor: str, source: str, excerpt: str, note: str) -> str:
    """The id of what people settle the direction of; it does not change with the place in the source.

    A passage or a study with its words, a statement, a topic, or a concept of the interviews with all its segments.
    """
    if kind == "quote":
        parts = [kind, factor, concept_of(note)]
    elif kind in ("rating", "topic"):
        parts = [kind, factor, source]
    else:
        parts = [kind, factor, source, text.one_line(excerpt)]
    return "U" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]


def title_of(technique: str) -> str:
    """The title of a technique; another name is kept as it is."""
    return TECHNIQUES.get(technique, technique)


def table(rows: list[dict], form) -> pd.DataFrame:
    """A typed table of `form` from dicts; what is left out, None or no number (NaN) is empty."""
    if not rows:
        return _without_rows(tuple((name, column.kind) for name, column in form.columns.items())).copy()
    cells = {name: [row.get(name) for row in rows] for name in form.columns}
    typed = {name: _typed(values, form.columns[name].kind) for name, values in cells.items()}
    if all(values is not None for values in typed.values()):
        return pd.DataFrame(typed, pd.RangeIndex(len(rows)))
    columns = {}
    for name, column in form.columns.items():
        numbers = _numbers(cells[name]) if column.kind != "text" else None
        columns[name] = pd.Series(map(_or_empty, cells[name]), dtype=object) if numbers is None else numbers
    return tables.typed(pd.DataFrame(columns), form)


@cache
def _without_rows(kinds: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """A typed table without rows; most tables of what is wrong have none."""
    return pd.DataFrame({name: _typed([], kind) for name, kind in kinds}, pd.RangeIndex(0))


def _typed(cells: list, kind: str) -> Any:
    """The cells as `tables.typed` leaves them, some times faster; None for what surely needs a closer look.

    Steps make small tables by the hundred, in which it is the columns that cost.
    """
    kinds = set(map(type, cells))
    if kind == "text":
        words = cells if kinds <= {str} else list(map(_or_empty, cells))
        plain = kinds <= {str, float, _NONE, _NA} and all(type(word) is str for word in words)
        return tables.words_of(words) if plain else pd.Series(words, dtype=object).astype(str).array
    if not kinds <= {int, float, np.int64, np.float64, _NONE}:
        return None
    values = np.array([np.nan if cell is None else cell for cell in cells], dtype=float)
    if kind != "whole":
        return values
    nothing = np.isnan(values)
    whole = np.where(nothing, 0, values)
    if not (np.abs(whole) < 2**53).all() or (whole != np.round(whole)).any():
        return None
    return pd.arrays.IntegerArray(whole.astype("int64"), nothing)


def _or_empty(cell: object) -> object:
    """The cell; an empty text for None, NA and NaN."""
    return "" if cell is None or cell is pd.NA or cell != cell else cell  # noqa: PLR0124


def _numbers(cells: list) -> pd.Series | None:
    """The cells as numbers where all are; None where some are empty words or none at all."""
    try:
        numbers = pd.to_numeric(pd.Series(cells, dtype=object))
    except (TypeError, ValueError):
        return None
    return numbers if numbers.dtype != object else None


def status_row(
    technique: str, step: str, done: int, total: int | None, unit: str, awaited: str = "", put_in: str = ""
) -> dict:
    """A row of STATUS whose state follows from the counts.

    done: all of a known, positive total and nothing awaited; partial: some; awaited: none yet but
    something is asked for; not started: none and nothing asked for.
    """
    if total and done >= total and not awaited:
        state = "done"
    elif done:
        state = "partial"
    else:
        state = "awaited" if awaited else "not started"
    row = dict(technique=technique, step=step, state=state, done=done, total=total, unit=unit)
    return row | dict(awaited=awaited, put_in=put_in)


def how_far(steps: Iterable[tuple[str, int | None]]) -> str:
    """How far a technique is by its steps (state, units done): done, under way, or not begun.

    It is under way as soon as a step has something to show.
    """
    states_and_counts = list(steps)
    if not any(state in ("done", "partial") or (pd.notna(done) and done) for state, done in states_and_counts):
        return NOT_BEGUN
    return DONE if all(state == "done" for state, _ in states_and_counts) else BEGUN


def account_rows(technique: str, unit: str, source: str, outcomes: dict[str, int]) -> list[dict]:
    """Rows of ACCOUNT for one source; what entered is what the outcomes add up to."""
    entered = sum(outcomes.values())
    base = dict(technique=technique, unit=unit, source=source, entered=entered)
    return [base | dict(outcome=outcome, n=n) for outcome, n in outcomes.items()]


def broken(accounts: pd.DataFrame) -> list[StudyError]:
    """One error per technique, unit and source whose outcomes do not sum to what entered.

    Also where a source states several numbers for what entered.
    """
    errors = []
    for (technique, unit, source), rows in accounts.groupby(BALANCED, sort=False, dropna=False):
        entered, accounted = sorted(set(rows["entered"])), int(rows["n"].sum())
        if entered != [accounted]:
            stated = " or ".join(str(n) for n in entered)
            problem = (
                f"{title_of(technique)}: {stated} × {unit} entered from {source or 'all sources'}, "
                f"but the outcomes add up to {accounted}"
            )
            errors.append(StudyError(problem, file=f"{technique}/account.csv", remedy=REPORT_IT))
    return errors


def counts(column: pd.Series) -> dict[str, int]:
    """How often each value occurs in a column, by value: the outcomes of an account."""
    return {str(name): int(n) for name, n in column.value_counts().sort_index().items()}


def some(names: Sequence[str]) -> str:
    """The first three names and the number of the others, for what is awaited."""
    return text.some(names)


def check_account(account: pd.DataFrame) -> None:
    """Raise StudyError where a source's outcomes do not add up to what entered."""
    raise_all(broken(account))
