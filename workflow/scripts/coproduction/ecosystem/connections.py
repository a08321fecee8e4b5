"""Which factors come up together: the edges of the ecosystem.

Two factors are joined by each *unit* in which both have evidence: the same study, the same
turn of an interview, the same page of a document. A single piece of evidence joins nothing: where
the codebook assigns one concept to two factors, each of its segments speaks for both by design,
and counting them would only return that decision. The count is reported as it is.
Beside it stands what chance would give, the association strength, and whether the pair is *clear*: so
high a count is unlikely by chance, with the false discovery rate over all possible pairs held at a
limit (see methods/association).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from coproduction.core import tables
from coproduction.ecosystem.tables import EDGES
from coproduction.methods import association

UNIT = ["technique", "unit", "factor", "piece"]


def units(evidence: pd.DataFrame, unit_columns: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """One row per technique, unit, factor and piece; `unit_columns` says per kind what a unit is.

    A unit is made of the `source` and, where asked for, the `place`: the first part of the
    locator (the page, the turn). Pieces are told apart by locator and note. Kinds that are not
    listed form no edges (an indicator or a panel's statement belongs to one factor by design).
    """
    with_place = evidence.assign(
        place=evidence["locator"].str.split(",").str[0], piece=evidence["locator"] + " · " + evidence["note"]
    )
    parts = [pd.DataFrame(columns=UNIT, dtype=str)]
    for kind, columns in sorted(unit_columns.items()):
        rows = with_place[with_place["kind"] == kind]
        if len(rows):
            unit = [" · ".join(parts) for parts in rows[list(columns)].itertuples(index=False)]
            parts.append(rows[["technique", "factor", "piece"]].assign(unit=unit))
    whole = pd.concat(parts)[UNIT].drop_duplicates()
    return whole.sort_values(UNIT, ignore_index=True)


def edges(units_of_factors: pd.DataFrame, false_discoveries: float) -> pd.DataFrame:
    """The pairs that come up together at least once (EDGES), the most frequent first.

    Input: as returned by `units`. A pair is named in alphabetical order. `expected` adds up all
    techniques in which both factors occur, also those in which they never meet.
    """
    together: dict[tuple[str, str], dict[str, int]] = {}
    expected: dict[tuple[str, str], float] = {}
    for technique, part in units_of_factors.groupby("technique", sort=True):
        alone = part.groupby("factor")["unit"].nunique()
        for a, b in combinations(alone.index, 2):
            chance = association.expected_together(alone[a], alone[b], part["unit"].nunique())
            expected[a, b] = expected.get((a, b), 0.0) + chance
        for _, unit in part.groupby("unit", sort=True):
            for pair in _joined(unit):
                counts = together.setdefault(pair, {})
                counts[technique] = counts.get(technique, 0) + 1
    if not together:
        return tables.empty(EDGES)
    rows = [
        [*pair, sum(counts.values()), expected[pair], "; ".join(sorted(counts))]
        for pair, counts in sorted(together.items())
    ]
    names = ["factor_a", "factor_b", "units", "expected", "techniques"]
    table = pd.DataFrame(rows, columns=names).astype({"units": "Int64"})
    counts, chance = table["units"].to_numpy(dtype=int), table["expected"].to_numpy()
    table["association"] = association.association_strength(counts, chance)
    table["p"] = association.more_than_chance(counts, chance)
    is_clear = association.adjusted(table["p"].to_numpy(), len(expected)) <= false_discoveries
    table["clear"] = np.where(is_clear, "yes", "no")
    order = ["units", "association", "factor_a", "factor_b"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def _joined(unit: pd.DataFrame) -> list[tuple[str, str]]:
    """The pairs of factors in one unit that rest on at least two pieces of evidence."""
    pieces = unit.groupby("factor", sort=True)["piece"].agg(set)
    return [(a, b) for a, b in combinations(pieces.index, 2) if len(pieces[a] | pieces[b]) > 1]
