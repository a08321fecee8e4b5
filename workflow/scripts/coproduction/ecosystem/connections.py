"""Which factors come up together: the edges of the ecosystem.

Two factors are joined by each *unit* in which both have evidence: the same study, the same
turn of an interview, the same page of a document. A single piece of evidence joins nothing: where
the codebook assigns one concept to two factors, each of its segments speaks for both by design,
and counting them would only return that decision. What people have settled as not about a factor joins
nothing either, and what nobody has read is counted apart.

Beside the count stands what chance would give, the association strength, and whether the pair is *clear*: so
high a count is unlikely by chance, given in how many units of each technique either comes up, with the false
discovery rate over all possible pairs held at a limit (see methods/association).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from coproduction.core import tables
from coproduction.ecosystem.tables import EDGES, NOT_ABOUT, READ_STATES, TOGETHER
from coproduction.methods import association

UNIT = ["technique", "unit", "factor", "piece", "read"]
Pair = tuple[str, str]


class _Technique(NamedTuple):
    """What one technique joins: units by factor and by pair, of pieces that were read; pairs in unread ones."""

    units: int
    alone: dict[str, int]
    together: dict[Pair, int]
    unread: dict[Pair, int]


def units(pieces: pd.DataFrame, unit_columns: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """One row per technique, unit, factor and piece; `unit_columns` says per kind what a unit is.

    pieces: evidence with its directions (`with_directions`). A unit is made of the `source` and, where
    asked for, the `place`: the first part of the locator (the page, the turn). Pieces are told apart
    by locator and note; `read` says whether people have read it. Kinds that are not listed form no edges
    (an indicator or a panel's statement belongs to one factor by design).
    """
    about = pieces[pieces["direction"] != NOT_ABOUT]
    with_place = about.assign(
        place=about["locator"].str.split(",").str[0],
        piece=about["locator"] + " · " + about["note"],
        read=about["state"].isin(READ_STATES),
    )
    parts = [pd.DataFrame(columns=UNIT, dtype=str)]
    for kind, columns in sorted(unit_columns.items()):
        rows = with_place[with_place["kind"] == kind]
        if len(rows):
            unit = [" · ".join(parts) for parts in rows[list(columns)].itertuples(index=False)]
            parts.append(rows[["technique", "factor", "piece", "read"]].assign(unit=unit))
    joined = pd.concat(parts)[UNIT].drop_duplicates()
    return joined.sort_values(UNIT, ignore_index=True)


def joined(units_of_factors: pd.DataFrame, false_discoveries: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pairs that come up together at least once (EDGES), and the same by technique (TOGETHER).

    Input: as returned by `units`. A pair is named in alphabetical order, the most frequent first. What is
    expected adds up all techniques in which both factors occur, also those in which they never meet.
    """
    by_technique = {name: _joined_in(part) for name, part in units_of_factors.groupby("technique", sort=True)}
    edges = _edges(by_technique, false_discoveries)
    rows = [_together(name, part, false_discoveries) for name, part in by_technique.items()]
    filled = [table for table in rows if len(table)]
    if not filled:
        return edges, tables.empty(TOGETHER)
    together = pd.concat(filled, ignore_index=True)
    order = {pair: place for place, pair in enumerate(zip(edges["factor_a"], edges["factor_b"], strict=True))}
    places = [order[pair] for pair in zip(together["factor_a"], together["factor_b"], strict=True)]
    together = together.assign(order=places).sort_values(["order", "technique"], kind="stable", ignore_index=True)
    return edges, together[list(TOGETHER.columns)]


def _joined_in(part: pd.DataFrame) -> _Technique:
    all_pieces: dict[str, dict[str, set]] = defaultdict(lambda: defaultdict(set))
    read_pieces: dict[str, dict[str, set]] = defaultdict(lambda: defaultdict(set))
    names = ("unit", "factor", "piece", "read")
    for unit, factor, piece, is_read in zip(*(part[name] for name in names), strict=True):
        all_pieces[unit][factor].add(piece)
        if is_read:
            read_pieces[unit][factor].add(piece)
    alone: dict[str, int] = defaultdict(int)
    for factors in read_pieces.values():
        for factor in factors:
            alone[factor] += 1
    together, everything = _pairs(read_pieces), _pairs(all_pieces)
    unread = {pair: number - together.get(pair, 0) for pair, number in everything.items()}
    return _Technique(len(read_pieces), dict(alone), together, unread)


def _pairs(pieces: Mapping[str, Mapping[str, set]]) -> dict[Pair, int]:
    """In how many units each pair rests on at least two pieces of evidence."""
    counts: dict[Pair, int] = defaultdict(int)
    for factors in pieces.values():
        for a, b in combinations(sorted(factors), 2):
            if len(factors[a] | factors[b]) > 1:
                counts[a, b] += 1
    return dict(counts)


def _possible(part: _Technique) -> list[Pair]:
    return list(combinations(sorted(part.alone), 2))


def _edges(by_technique: Mapping[str, _Technique], false_discoveries: float) -> pd.DataFrame:
    parts = list(by_technique.values())
    pairs = sorted({pair for part in parts for pair in [*part.together, *part.unread]})
    if not pairs:
        return tables.empty(EDGES)
    possible = {pair for part in parts for pair in _possible(part)}
    rows = []
    for a, b in pairs:
        counts = {name: part.together.get((a, b), 0) for name, part in by_technique.items()}
        groups = [(part.alone[a], part.alone[b], part.units) for part in parts if a in part.alone and b in part.alone]
        number = sum(counts.values())
        chance = sum(association.expected_together(*group) for group in groups)
        p = association.more_than_chance(number, groups)
        names_joined = "; ".join(name for name, count in counts.items() if count)
        rows.append([a, b, number, chance, p, names_joined, sum(part.unread.get((a, b), 0) for part in parts)])
    names = ["factor_a", "factor_b", "units", "expected", "p", "techniques", "unread"]
    table = _tested(pd.DataFrame(rows, columns=names), len(possible), false_discoveries)
    order = ["units", "association", "factor_a", "factor_b"]
    table = table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)
    return table[list(EDGES.columns)]


def _together(name: str, part: _Technique, false_discoveries: float) -> pd.DataFrame:
    rows = []
    for a, b in sorted({*part.together, *part.unread}):
        group = (part.alone.get(a, 0), part.alone.get(b, 0), part.units)
        number = part.together.get((a, b), 0)
        chance = association.expected_together(*group) if part.units else 0.0
        p = association.more_than_chance(number, [group])
        rows.append([a, b, name, number, *group, chance, p, part.unread.get((a, b), 0)])
    names = ["factor_a", "factor_b", "technique", "units", "units_a", "units_b", "units_all", "expected", "p", "unread"]
    return _tested(pd.DataFrame(rows, columns=names), len(_possible(part)), false_discoveries)


def _tested(table: pd.DataFrame, possible: int, false_discoveries: float) -> pd.DataFrame:
    """The rows with association and what is clear over all possible pairs."""
    counts, chance = table["units"].to_numpy(dtype=int), table["expected"].to_numpy(dtype=float)
    adjusted = association.adjusted(table["p"].to_numpy(dtype=float), possible) if len(table) else np.zeros(0)
    return table.assign(
        association=association.association_strength(counts, chance),
        adjusted=adjusted,
        clear=np.where(adjusted <= false_discoveries, "yes", "no"),
    )
