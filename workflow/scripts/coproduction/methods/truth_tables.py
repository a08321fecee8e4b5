"""The truth table of a QCA and its parameters of fit: what is sufficient for the outcome, and how surely.

Memberships x (condition or configuration) and y (outcome) are between 0 and 1, one per case and
without NaN; sums run over the cases. A measure whose denominator is 0 is NaN: nobody is in the set.

The R package QCA is the reference of the tests; no package on the index for Python gives its truth
tables and parameters.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from coproduction.methods.minimisation import Fields, Solution, Term


def consistency(x: np.ndarray, y: np.ndarray) -> float:
    """Consistency of sufficiency, Σ min(x, y) / Σ x: how far x is a subset of y.

    Source: Ragin (2006), doi:10.1093/pan/mpj019

    >>> consistency(np.array([0.2, 0.8]), np.array([0.4, 0.6]))
    0.8
    """
    return ratio(np.minimum(x, y).sum(), x.sum())


def coverage(x: np.ndarray, y: np.ndarray) -> float:
    """Raw coverage, Σ min(x, y) / Σ y: how much of the outcome x accounts for.

    Source: Ragin (2006), doi:10.1093/pan/mpj019

    >>> coverage(np.array([0.2, 0.8]), np.array([0.5, 1.0]))
    0.6666666666666666
    """
    return consistency(y, x)


def pri(x: np.ndarray, y: np.ndarray) -> float:
    """Proportional reduction in inconsistency: consistency without what x shares with y and not-y.

    (Σ min(x, y) − Σ min(x, y, 1 − y)) / (Σ x − Σ min(x, y, 1 − y)).

    Source: Schneider and Wagemann (2012), doi:10.1017/CBO9781139004244

    >>> pri(np.array([0.5, 1.0]), np.array([0.5, 1.0]))
    1.0
    """
    both = np.minimum(x, np.minimum(y, 1 - y)).sum()
    return ratio(np.minimum(x, y).sum() - both, x.sum() - both)


def necessity(x: np.ndarray, y: np.ndarray) -> float:
    """Consistency of necessity, Σ min(x, y) / Σ y: how far the outcome is a subset of x.

    Source: Ragin (2006), doi:10.1093/pan/mpj019

    >>> necessity(np.array([1.0, 0.5]), np.array([1.0, 0.25]))
    1.0
    """
    return consistency(y, x)


def relevance(x: np.ndarray, y: np.ndarray) -> float:
    """Relevance of necessity (RoN), Σ (1 − x) / Σ (1 − min(x, y)): low where x is nearly constant.

    Source: Schneider and Wagemann (2012), doi:10.1017/CBO9781139004244

    >>> relevance(np.array([1.0, 0.5]), np.array([1.0, 0.5]))
    1.0
    """
    return ratio((1 - x).sum(), (1 - np.minimum(x, y)).sum())


def ratio(part: float, whole: float) -> float:
    """The part of a whole; nan where there is none.

    >>> ratio(1, 2), ratio(0, 0)
    (0.5, nan)
    """
    return float(part / whole) if whole > 1e-12 else float("nan")


@dataclass(frozen=True)
class Data:
    """Memberships of the analysed cases: `x` (cases by conditions) and `y` (cases), without NaN.

    levels: the number of values of each condition; 2 for a set (crisp or fuzzy), 3 or more for a
    multi-value condition, whose column holds the values 0, 1, 2 …

    >>> data = Data("Y", ["A", "B"], ["c1", "c2"], np.array([[0.8, 0.1], [0.3, 0.6]]), np.ones(2))
    >>> data.words((0b11, 0b10)), data.member((0b11, 0b10)).round(1).tolist()
    ('A*~B', [0.8, 0.3])
    """

    outcome: str
    conditions: list[str]
    cases: list[str]
    x: np.ndarray
    y: np.ndarray
    levels: tuple[int, ...] = field(default=())

    @property
    def k(self) -> int:
        """The number of conditions."""
        return len(self.conditions)

    @property
    def fields(self) -> Fields:
        """Where each condition is in the number of a row."""
        return Fields(self.levels or (2,) * self.k)

    def absent(self) -> "Data":
        """The same cases with the absence of the outcome as the outcome."""
        return replace(self, outcome=f"~{self.outcome}", y=1 - self.y)

    def literals(self) -> list[tuple[str, int, int]]:
        """Each value of each condition: its words, the condition's place, the value.

        >>> [words for words, _, _ in Data("Y", ["A", "B"], [], np.zeros(0), np.zeros(0), (2, 3)).literals()]
        ['A', '~A', 'B[0]', 'B[1]', 'B[2]']
        """
        described = []
        for place, (name, n) in enumerate(zip(self.conditions, self.fields.levels, strict=True)):
            values = [1, 0] if n == 2 else list(range(n))
            described += [(literal(name, value, n), place, value) for value in values]
        return described

    def membership(self, place: int, value: int) -> np.ndarray:
        """Membership of each case in a value of the condition at `place`."""
        memberships = self.x[:, place]
        if self.fields.levels[place] > 2:
            return (memberships == value).astype(float)
        return memberships if value else 1 - memberships

    def member(self, term: Term) -> np.ndarray:
        """Membership of each case in a term: the smallest over its conditions, 1 without any."""
        parts = [self.membership(place, value) for place, value in self._fixed(term)]
        return np.min(parts, axis=0) if parts else np.ones(len(self.y))

    def together(self, solution: Solution) -> np.ndarray:
        """Membership in a solution: the largest over its terms, 0 without any."""
        return np.max([self.member(t) for t in solution], axis=0) if solution else 0 * self.y

    def named(self, where: np.ndarray) -> str:
        """The cases for which `where` (one truth value per case) holds, separated by ;"""
        return ";".join([self.cases[place] for place in np.flatnonzero(where)])

    def words(self, term: Term) -> str:
        """A*~B, or A[2]*B of a multi-value A; 'always' for the term without conditions."""
        levels = self.fields.levels
        pairs = self._fixed(term)
        return "*".join(literal(self.conditions[i], v, levels[i]) for i, v in pairs) or "always"

    def formula(self, solution: Solution) -> str:
        """A*~B + C: the terms of a solution."""
        return " + ".join(self.words(term) for term in solution)

    def _fixed(self, term: Term) -> list[tuple[int, int]]:
        """The conditions of a term by their place, with their value."""
        fields = self.fields
        return [
            (place, (term[1] & mask) >> shift)
            for place, (mask, shift) in enumerate(zip(fields.masks, fields.shifts, strict=True))
            if term[0] & mask
        ]


def literal(name: str, value: int, levels: int) -> str:
    """A, ~A or A[2]: a value of a condition in an expression.

    >>> literal("A", 0, 2), literal("A", 2, 3)
    ('~A', 'A[2]')
    """
    if levels > 2:
        return f"{name}[{value}]"
    return name if value else f"~{name}"


@dataclass(frozen=True)
class Row:
    """One configuration: its number, its cases and parameters of fit."""

    number: int
    n: int
    consistency: float
    pri: float
    cases: str


def of_frame(frame: pd.DataFrame, outcome: str, conditions: list[str], levels: tuple[int, ...] = ()) -> Data:
    """The data of a frame of memberships (index: cases).

    >>> frame = pd.DataFrame({"A": [1, 0], "Y": [1, 1]}, index=["c1", "c2"])
    >>> of_frame(frame, "Y", ["A"]).cases
    ['c1', 'c2']
    """
    x = frame[conditions].to_numpy(dtype=float)
    y = frame[outcome].to_numpy(dtype=float)
    return Data(outcome, conditions, list(frame.index), x, y, levels)


def rows(data: Data) -> list[Row]:
    """All configurations in the order of their numbers.

    A case belongs to the one configuration in which its membership is above 0.5; a case at 0.5 in a
    condition belongs to none. Consistency and PRI are taken over all cases.

    Source: Ragin (2008), doi:10.7208/chicago/9780226702797.001.0001

    >>> data = Data("Y", ["A"], ["c1", "c2"], np.array([[1.0], [0.0]]), np.array([1.0, 0.0]))
    >>> [(row.number, row.consistency, row.cases) for row in rows(data)]
    [(0, 0.0, 'c2'), (1, 1.0, 'c1')]
    """
    member = np.ones((len(data.y), 1))
    for place, n in enumerate(data.fields.levels):
        values = np.stack([data.membership(place, value) for value in range(n)], axis=1)
        member = np.minimum(member[:, :, None], values[:, None, :])
        member = member.reshape(len(data.y), member.shape[1] * n)
    y = data.y[:, None]
    shared = np.minimum(member, y)
    both = np.minimum(shared, 1 - y).sum(axis=0)
    total, shared = member.sum(axis=0), shared.sum(axis=0)
    fit = _ratios(shared, total), _ratios(shared - both, total - both)
    inside = member > 0.5
    observed = np.flatnonzero(inside.any(axis=0)).tolist()
    cases: dict[int, str] = {place: data.named(inside[:, place]) for place in observed}
    return [
        Row(number, int(n), float(cons), float(pri), cases.get(place, ""))
        for place, (number, n, cons, pri) in enumerate(zip(data.fields.rows(), inside.sum(axis=0), *fit, strict=True))
    ]


def _ratios(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    known = whole > 1e-12
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=known)


def observed(table: list[Row], cases: int) -> list[Row]:
    """The rows with at least `cases` cases.

    >>> [row.number for row in observed([Row(0, 1, 1.0, 1.0, "a"), Row(1, 3, 1.0, 1.0, "b;c;d")], 2)]
    [1]
    """
    return [row for row in table if row.n >= cases]


def positive(table: list[Row], cases: int, least_consistency: float, least_pri: float) -> list[int]:
    """Numbers of the rows with enough cases that are consistent enough (to 10 decimals).

    >>> table = [Row(0, 1, 0.8, 0.4, "a"), Row(1, 2, 0.9, 0.7, "b;c")]
    >>> positive(table, 1, 0.8, 0.5), positive(table, 1, 0.8, 0)
    ([1], [0, 1])
    """
    return [
        row.number
        for row in observed(table, cases)
        if row.consistency >= least_consistency - 1e-10 and (least_pri == 0 or row.pri >= least_pri - 1e-10)
    ]
