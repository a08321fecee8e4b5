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

    def shown_solution(self) -> minimisation.Solution:
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
        Part(side_data, truth_tables.rows(side_data), (mask, bits), tuple(_necessary(side_data, settings)))
        for side_data, bits in ((data, value), (data.absent(), value ^ mask))
    ]


def _expected(conditions: pd.DataFrame, fields: minimisation.Fields) -> Term:
    """Mask of the conditions with an expectation and the bits that theory expects of them."""
    mask = value = 0
    for expectation, condition_mask in zip(conditions["expected"], fields.masks, strict=True):
        mask |= condition_mask if expectation else 0
        value |= condition_mask if expectation == "present" else 0
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
    conservative = minimisation.shortest(positive, [], fields)
    parsimonious = minimisation.shortest(positive, remainders, fields)
    solutions = {"conservative": conservative, "parsimonious": parsimonious}
    assumed = {"conservative": [], "parsimonious": _covered(remainders, parsimonious.listed)}
    if part.expected[0]:
        solutions["intermediate"] = _intermediate(part, positive, conservative, parsimonious, remainders)
        assumed["intermediate"] = _covered(remainders, solutions["intermediate"].listed)
    return Solved(positive, assumed, solutions, {})


def _intermediate(
    part: Part,
    positive: list[int],
    conservative: minimisation.Solutions,
    parsimonious: minimisation.Solutions,
    remainders: list[int],
) -> minimisation.Solutions:
    """The solutions between the conservative and the parsimonious ones, with the true number of pairs of them."""
    fields = part.data.fields
    between = minimisation.Between(
        positive, conservative.listed, parsimonious.listed, remainders, part.expected, fields
    )
    solutions = minimisation.intermediate(between)
    pairs_compared = solutions.between[0] if solutions.between else 0
    all_pairs = conservative.number * parsimonious.number
    complete = solutions.complete and conservative.complete and parsimonious.complete and pairs_compared == all_pairs
    return replace(solutions, complete=complete, between=(pairs_compared, all_pairs))


def remainders_of(table: list[Row], settings: QcaSettings) -> list[int]:
    return [row.number for row in table if row.n < settings.cases]


def enhance(part: Part, solved: Solved, opposite: Solved, settings: QcaSettings) -> Solved:
    """The solutions, and those of the Enhanced Standard Analysis where it excludes a remainder.

    Not assumed are remainders that lack a necessary condition, and those that the parsimonious
    solutions of the outcome and of its absence both assume.

    Source: Schneider and Wagemann (2012), doi:10.1017/CBO9781139004244
    """
    remainders, fields = remainders_of(part.table, settings), part.data.fields
    both = set(solved.assumed["parsimonious"]) & set(opposite.assumed["parsimonious"])
    excluded = dict.fromkeys(sorted(both), "assumed for the outcome and for its absence")
    values = fields.values(remainders)
    for place, value in part.necessary:
        lacking = [row for row, has in zip(remainders, values[:, place] == value, strict=True) if not has]
        excluded |= dict.fromkeys(lacking, "lacks a necessary condition")
    if not excluded or not solved.positive:
        return solved
    assumable = [row for row in remainders if row not in excluded]
    conservative = solved.solutions["conservative"]
    parsimonious = minimisation.shortest(solved.positive, assumable, fields)
    solutions, assumed = solved.solutions | {ENHANCED[0]: parsimonious}, dict(solved.assumed)
    if part.expected[0]:
        solutions[ENHANCED[1]] = _intermediate(part, solved.positive, conservative, parsimonious, assumable)
    for kind in [kind for kind in ENHANCED if kind in solutions]:
        assumed[kind] = _covered(assumable, solutions[kind].listed)
    return Solved(solved.positive, assumed, solutions, excluded)


def shown_kind(kinds: Iterable[str]) -> str:
    """The kind of solution that the report shows: intermediate, else conservative."""
    return "intermediate" if "intermediate" in kinds else "conservative"


def _covered(rows: list[int], solutions: list[minimisation.Solution]) -> list[int]:
    terms = {term for solution in solutions for term in solution}
    numbers = np.array(rows, dtype=np.int64)
    is_covered = np.zeros(len(rows), dtype=bool)
    for mask, value in terms:
        is_covered |= (numbers & mask) == value
    return [int(row) for row in numbers[is_covered]]


def verdict(x: np.ndarray, y: np.ndarray, settings: QcaSettings) -> str:
    if truth_tables.necessity(x, y) < settings.necessity - 1e-10:
        return ""
    # NaN: nobody is outside the set
    return "necessary" if truth_tables.relevance(x, y) >= settings.relevance else "trivial"
