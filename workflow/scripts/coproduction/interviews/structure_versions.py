"""What was merged, split and renamed in the data structure since the version before, told by the quotes.

A concept is followed by its quotes: where those of a concept that is gone are now says what it became.
The rows are proposed for `interviews/code_changes.csv`, where people add who decided and why; a proposal
stays until it is there, or until the structure no longer shows it.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.text import normalise, split_list
from coproduction.interviews.gioia import concepts_of
from coproduction.interviews.tables import PROPOSED_CHANGES

SHARE = 0.25  # of the quotes of a concept, from which another one has taken a part of it over
Row = dict[str, str]


def earlier(path: str | Path, form: tables.Table) -> pd.DataFrame:
    """A table of the run before; no rows where there is none, or one of another form."""
    if not Path(path).exists():
        return tables.empty(form)
    table = tables.read_result(path, form)
    return (
        table
        if {name for name, column in form.columns.items() if column.required} <= set(table)
        else tables.empty(form)
    )


def proposed(
    before: tuple[pd.DataFrame, pd.DataFrame],
    after: tuple[pd.DataFrame, pd.DataFrame],
    open_: pd.DataFrame,
    recorded: pd.DataFrame,
) -> pd.DataFrame:
    """PROPOSED_CHANGES: what changed since the version before, and earlier proposals nobody has told of yet.

    before, after: STRUCTURE and QUOTES of the two versions; open_: PROPOSED_CHANGES of the run before;
    told: CODE_CHANGES
    """
    new = differences(before, after)
    recorded_keys = {_key(row) for row in recorded.to_dict("records")}
    concepts = set(concepts_of(after[0])["concept"].map(normalise))
    undone = {(_reversed(row["change"]), row["after"], row["before"]) for row in new}
    still_open = []
    for row in open_.to_dict("records"):
        same = (row["change"], row["before"], row["after"])
        if same in undone:
            new = [n for n in new if (_reversed(n["change"]), n["after"], n["before"]) != same]
        elif all(normalise(name) in concepts for name in split_list(row["after"])):
            still_open.append(row)
    rows = {_key(row): row for row in [*still_open, *new] if _key(row) not in recorded_keys}
    return accounting.table(list(rows.values()), PROPOSED_CHANGES)


def _reversed(change: str) -> str:
    return {"merged": "split", "split": "merged", "added": "removed", "removed": "added"}.get(change, change)


def _key(row: Mapping) -> tuple:
    return row["change"], *(frozenset(map(normalise, split_list(row[name]))) for name in ("before", "after"))


def differences(before: tuple[pd.DataFrame, pd.DataFrame], after: tuple[pd.DataFrame, pd.DataFrame]) -> list[Row]:
    """The rows of PROPOSED_CHANGES between two versions; none where there was no version before."""
    old, new = _themes(before[0]), _themes(after[0])
    if not old:
        return []
    removed, added = [c for c in old if c not in new], [c for c in new if c not in old]
    became = _became(before[1], after[1])
    rows: list[Row] = []
    parts: dict[str, list[str]] = {}  # concepts that took quotes of others over, with these
    explained: set[str] = set()
    for concept in old:
        shares = became.get(concept, Counter())
        total = sum(shares.values())
        heirs = [c for c, n in shares.items() if c in new and c != concept and n >= SHARE * total]
        heirs = heirs if concept in removed else [c for c in heirs if c in added]
        if len(heirs) > 1 or (heirs and concept in new):
            names = [concept, *heirs] if concept in new else heirs
            rows.append(_row("split", [concept], sorted(names, key=list(new).index), shares, total))
            explained |= {concept, *heirs}
        elif heirs:
            parts.setdefault(heirs[0], []).append(concept)
    for heir, concepts in parts.items():
        shares = Counter(became[c][heir] for c in concepts)
        shares = Counter({heir: sum(n * times for n, times in shares.items())})
        total = sum(sum(became[c].values()) for c in concepts)
        merged = len(concepts) > 1 or heir in old
        names = [*concepts, heir] if heir in old else concepts
        rows.append(_row("merged" if merged else "renamed", names, [heir], shares, total))
        explained |= {*concepts, heir}
    rows += [_row("removed", [c], [], Counter(), 0) for c in removed if c not in explained]
    rows += [_row("added", [], [c], Counter(), 0) for c in added if c not in explained]
    for concept in old:
        if concept in new and old[concept] != new[concept]:
            where = f"theme '{old[concept][0]}' to '{new[concept][0]}'"
            if old[concept][0] == new[concept][0]:
                where = f"dimension '{old[concept][1]}' to '{new[concept][1]}'"
            rows.append({"change": "moved", "before": concept, "after": concept, "basis": where})
    return rows


def _themes(structure: pd.DataFrame) -> dict[str, tuple[str, str]]:
    placed = concepts_of(structure)
    return {r.concept: (r.theme, r.dimension) for r in placed.itertuples(index=False)}


def _became(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, Counter]:
    """By concept of the version before: in which concepts its quotes are now, and how many."""
    now: dict[tuple[str, str], set[str]] = {}
    for row in after.itertuples(index=False):
        now.setdefault((row.transcript, row.text), set()).add(row.concept)
    concepts_of: dict[str, Counter] = {}
    for row in before.itertuples(index=False):
        concepts_now = now.get((row.transcript, row.text), set())
        where_now = {row.concept} if row.concept in concepts_now else concepts_now
        concepts_of.setdefault(row.concept, Counter()).update(sorted(where_now) or [""])
    return concepts_of


def _row(change: str, before: list[str], after: list[str], shares: Counter, total: int) -> Row:
    moved = [f"{shares[name]} of {total} quotes in '{name}'" for name in after if shares[name]]
    basis = (
        "; ".join(moved)
        if moved
        else "no quotes show what it was"
        if change == "added"
        else "no quotes show what it became"
    )
    return {"change": change, "before": ";".join(before), "after": ";".join(after), "basis": basis}
