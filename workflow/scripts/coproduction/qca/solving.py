"""The solutions of a QCA: conservative, parsimonious, intermediate, and the enhanced ones.

Follows the standard analysis of Ragin (2008, doi:10.7208/chicago/9780226702797.001.0001): the
conservative solution assumes nothing of logical remainders, the parsimonious one whatever makes it
shorter, the intermediate one only what theory expects. Absence of the outcome is analysed by itself,
because causes may be asymmetric.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from coproduction.methods import minimisation, truth_tables
from coproduction.methods.minimisation import Term
from coproduction.methods.truth_tables import Data, Row
from coproduction.qca.settings import QcaSettings
from coproduction.qca.tables import ENHANCED


@dataclass(frozen=True)
class Solved:
    """Rows sufficient for the outcome, those assumed and the solutions of each kind.

    excluded: remainders that the enhanced solutions do not assume, with the reason.
    """

    positive: list[int]
    assumed: dict[str, list[int]]
    solutions: dict[str, minimisation.Solutions]
    excluded: dict[int, str]

    def shown(self) -> minimisation.Solution:
        """The first solution of the kind that the report shows; empty where there is none."""
        return next(iter(self.solutions[shown_kind(self.solutions)].listed), ())


@dataclass(frozen=True)
class Part:
    """The outcome or its absence: data, truth table and what theory expects."""

    data: Data
    table: list[Row]
    expected: Term
    necessary: tuple[tuple[int, int], ...] = ()


def matrix(sets: pd.DataFrame, calibrated: pd.DataFrame) -> pd.DataFrame:
    """Memberships, cases by sets, in the order of the tables; NaN where there is none."""
    wide = calibrated.pivot(index="case", columns="set", values="membership")
    return wide.reindex(index=calibrated["case"].drop_duplicates(), columns=list(sets["set"]))


def parts_of(of_study: pd.DataFrame, frame: pd.DataFrame, settings: QcaSettings) -> list[Part]:
    """The outcome and its absence, with the cases that have a membership in all sets."""
    outcome = of_study.loc[of_study["role"] == "outcome", "set"].iloc[0]
    conditions = of_study[of_study["role"] == "condition"]
    names, levels = list(conditions["set"]), tuple(int(n) for n in conditions["values"].fillna(2))
    complete = frame[[*names, outcome]].notna().all(axis=1)
    data = truth_tables.of_frame(frame[complete], outcome, names, levels)
    mask, value = _expected(conditions, data.fields)
    return [
        Part(own, truth_tables.rows(own), (mask, bits), tuple(_necessary(own, settings)))
        for own, bits in ((data, value), (data.absent(), value ^ mask))
    ]


def _expected(conditions: pd.DataFrame, fields: minimisation.Fields) -> Term:
    """Mask of the conditions with an expectation and the bits that theory expects of them."""
    mask = value = 0
    for said, own in zip(conditions["expected"], fields.masks, strict=True):
        mask |= own if said else 0
        value |= own if said == "present" else 0
    return mask, value


def _necessary(data: Data, settings: QcaSettings) -> Iterator[tuple[int, int]]:
    """Place and value of each necessary condition that is not trivial."""
    for _, place, value in data.literals():
        if verdict(data.membership(place, value), data.y, settings) == "necessary":
            yield place, value


def solve(part: Part, settings: QcaSettings) -> Solved:
    """The solutions of each kind. Without any expectation there is no intermediate one."""
    table, fields = part.table, part.data.fields
    positive = truth_tables.positive(table, settings.cases, settings.consistency, settings.pri)
    remainders = remainders_of(table, settings)
    plain = minimisation.shortest(positive, [], fields)
    short = minimisation.shortest(positive, remainders, fields)
    found = {"conservative": plain, "parsimonious": short}
    assumed = {"conservative": [], "parsimonious": _covered(remainders, short.listed)}
    if part.expected[0]:
        found["intermediate"] = _intermediate(part, positive, plain, short, remainders)
        assumed["intermediate"] = _covered(remainders, found["intermediate"].listed)
    return Solved(positive, assumed, found, {})


def _intermediate(
    part: Part, positive: list[int], plain: minimisation.Solutions, short: minimisation.Solutions, left: list[int]
) -> minimisation.Solutions:
    """The solutions between the conservative and the parsimonious ones, with the true number of pairs of them."""
    fields = part.data.fields
    between = minimisation.Between(positive, plain.listed, short.listed, left, part.expected, fields)
    found = minimisation.intermediate(between)
    looked = found.between[0] if found.between else 0
    every = plain.number * short.number
    complete = found.complete and plain.complete and short.complete and looked == every
    return replace(found, complete=complete, between=(looked, every))


def remainders_of(table: list[Row], settings: QcaSettings) -> list[int]:
    return [row.number for row in table if row.n < settings.cases]


def enhance(part: Part, own: Solved, other: Solved, settings: QcaSettings) -> Solved:
    """The solutions, and those of the Enhanced Standard Analysis where it excludes a remainder.

    Not assumed are remainders that lack a necessary condition, and those that the parsimonious
    solutions of the outcome and of its absence both assume.

    Source: Schneider and Wagemann (2012), doi:10.1017/CBO9781139004244
    """
    remainders, fields = remainders_of(part.table, settings), part.data.fields
    both = set(own.assumed["parsimonious"]) & set(other.assumed["parsimonious"])
    excluded = dict.fromkeys(sorted(both), "assumed for the outcome and for its absence")
    values = fields.values(remainders)
    for place, value in part.necessary:
        lacking = [row for row, has in zip(remainders, values[:, place] == value, strict=True) if not has]
        excluded |= dict.fromkeys(lacking, "lacks a necessary condition")
    if not excluded or not own.positive:
        return own
    left = [row for row in remainders if row not in excluded]
    plain = own.solutions["conservative"]
    short = minimisation.shortest(own.positive, left, fields)
    found, assumed = own.solutions | {ENHANCED[0]: short}, dict(own.assumed)
    if part.expected[0]:
        found[ENHANCED[1]] = _intermediate(part, own.positive, plain, short, left)
    for kind in [kind for kind in ENHANCED if kind in found]:
        assumed[kind] = _covered(left, found[kind].listed)
    return Solved(own.positive, assumed, found, excluded)


def shown_kind(kinds: Iterable[str]) -> str:
    """The kind of solution that the report shows: intermediate, else conservative."""
    return "intermediate" if "intermediate" in kinds else "conservative"


def _covered(rows: list[int], found: list[minimisation.Solution]) -> list[int]:
    terms = {term for solution in found for term in solution}
    numbers = np.array(rows, dtype=np.int64)
    there = np.zeros(len(rows), dtype=bool)
    for mask, value in terms:
        there |= (numbers & mask) == value
    return [int(row) for row in numbers[there]]


def verdict(x: np.ndarray, y: np.ndarray, settings: QcaSettings) -> str:
    if truth_tables.necessity(x, y) < settings.necessity - 1e-10:
        return ""
    # NaN: nobody is outside the set
    return "necessary" if truth_tables.relevance(x, y) >= settings.relevance else "trivial"
