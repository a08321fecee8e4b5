"""The truth table: which configuration each case belongs to, and which go with the outcome."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from coproduction.qca import fit
from coproduction.qca.minimising import Solution, Term


@dataclass(frozen=True)
class Data:
    """Memberships of the analysed cases: `x` (cases by conditions) and `y` (cases), without NaN."""

    outcome: str
    conditions: list[str]
    cases: list[str]
    x: np.ndarray
    y: np.ndarray

    @property
    def k(self) -> int:
        return len(self.conditions)

    def absent(self) -> "Data":
        """The same cases with the absence of the outcome as the outcome."""
        return Data(f"~{self.outcome}", self.conditions, self.cases, self.x, 1 - self.y)

    def member(self, term: Term) -> np.ndarray:
        """Membership of each case in a term: the smallest over its conditions, 1 without any."""
        mask, value = term
        parts = [
            self.x[:, i] if value & bit else 1 - self.x[:, i]
            for i, bit in enumerate(self._bits())
            if mask & bit
        ]
        return np.min(parts, axis=0) if parts else np.ones(len(self.y))

    def together(self, solution: Solution) -> np.ndarray:
        """Membership in a solution: the largest over its terms, 0 without any."""
        return np.max([self.member(t) for t in solution], axis=0) if solution else 0 * self.y

    def named(self, where: np.ndarray) -> str:
        return ";".join(case for case, there in zip(self.cases, where, strict=True) if there)

    def words(self, term: Term) -> str:
        """A*~B: the conditions of a term; 'always' for the term without conditions."""
        mask, value = term
        pairs = zip(self.conditions, self._bits(), strict=True)
        return "*".join(("" if value & b else "~") + c for c, b in pairs if mask & b) or "always"

    def formula(self, solution: Solution) -> str:
        return " + ".join(self.words(term) for term in solution)

    def _bits(self) -> list[int]:
        return [1 << (self.k - 1 - i) for i in range(self.k)]


@dataclass(frozen=True)
class Row:
    """One configuration: a number of k bits, its cases and parameters of fit."""

    number: int
    n: int
    consistency: float
    pri: float
    cases: str


def rows(data: Data) -> list[Row]:
    """All 2^k configurations in the order of their bits.

    A case belongs to the one configuration in which its membership is above 0.5 (Ragin 2008); a
    case at 0.5 in a condition belongs to none. Consistency and PRI are taken over all cases.
    """
    found = []
    for number in range(1 << data.k):
        x = data.member(((1 << data.k) - 1, number))
        inside = x > 0.5
        found.append(Row(number, int(inside.sum()), fit.consistency(x, data.y), fit.pri(x, data.y),
                         data.named(inside)))  # fmt: skip
    return found


def observed(table: list[Row], cases: int) -> list[Row]:
    return [row for row in table if row.n >= cases]


def positive(table: list[Row], cases: int, consistency: float, pri: float) -> list[int]:
    """Numbers of the rows with enough cases that are consistent enough (to 10 decimals)."""
    return [
        row.number
        for row in observed(table, cases)
        if row.consistency >= consistency - 1e-10 and (pri == 0 or row.pri >= pri - 1e-10)
    ]


def of_frame(frame: pd.DataFrame, outcome: str, conditions: list[str]) -> Data:
    """The data of a frame of memberships (index: cases)."""
    x = frame[conditions].to_numpy(dtype=float)
    return Data(outcome, conditions, list(frame.index), x, frame[outcome].to_numpy(dtype=float))
