"""Boolean minimisation: the shortest expressions of the rows of a truth table.

A row is a number made of fields, one per condition, the first condition in the highest field. A field
of one bit is a condition that is present or absent; wider fields hold the values of a multi-value
condition. A term is a pair (mask, value): the conditions in the mask are fixed to their value, the
others do not matter.

Instead of merging rows pair by pair (Quine 1952, doi:10.2307/2308219; McCluskey 1956,
doi:10.1002/j.1538-7305.1956.tb03835.x) the prime implicants are found from the rows that must not be
covered: a choice of conditions of a positive row makes a term if each of those rows differs in one of
them (the idea of Dusa 2018, doi:10.1080/0022250X.2018.1461860). All choices of k conditions are
decided at once by a sum over subsets, so that time grows with 2^k and not with 3^k.

sympy's SOPform was left out: it returns one of several equally short expressions and not the prime
implicants, and a QCA has to show all. The R package QCA was run beside this module (see tests).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice, product

import numpy as np

from coproduction.methods.minimal_covers import in_order, smallest_covers

Term = tuple[int, int]
Solution = tuple[Term, ...]
LISTED = 5000  # equally short solutions that are listed; their number is counted beyond that
COUNTED = 200_000  # and up to this
PAIRS = 500  # pairs of a conservative and a parsimonious solution that are looked between
_ROWS_AT_ONCE = 1 << 22  # cells of the table of choices that are held at once


@dataclass(frozen=True)
class Fields:
    """Where each condition is in the number of a row, from the number of its values."""

    levels: tuple[int, ...]

    @cached_property
    def widths(self) -> list[int]:
        """Bits of each field: 1 for two values, 2 for up to four, and so on.

        >>> Fields((2, 3, 2)).widths
        [1, 2, 1]
        """
        return [max(1, (n - 1).bit_length()) for n in self.levels]

    @cached_property
    def shifts(self) -> list[int]:
        """How far each field is shifted to the left.

        >>> Fields((2, 3, 2)).shifts
        [3, 1, 0]
        """
        widths = self.widths
        return [sum(widths[i + 1 :]) for i in range(len(widths))]

    @cached_property
    def masks(self) -> list[int]:
        """The bits of each field, all set.

        >>> Fields((2, 3, 2)).masks
        [8, 6, 1]
        """
        pairs = zip(self.widths, self.shifts, strict=True)
        return [((1 << width) - 1) << shift for width, shift in pairs]

    def rows(self) -> list[int]:
        """All rows, in order.

        >>> Fields((2, 3)).rows()
        [0, 1, 2, 4, 5, 6]
        """
        parts = zip(self.levels, self.shifts, strict=True)
        return [sum(parts_of_row) for parts_of_row in product(*([v << s for v in range(n)] for n, s in parts))]

    def values(self, rows: Sequence[int] | np.ndarray) -> np.ndarray:
        """The value of each condition in each row, rows x conditions.

        >>> Fields((2, 3)).values([5]).tolist()
        [[1, 1]]
        """
        numbers = np.asarray(rows, dtype=np.int64).reshape(-1, 1)
        shifts, masks = np.array(self.shifts), np.array(self.masks)
        return (numbers & masks) >> shifts


@lru_cache(maxsize=8)
def _rows(fields: Fields) -> np.ndarray:
    return np.array(fields.rows(), dtype=np.int64)


def binary(k: int) -> Fields:
    """The fields of k conditions that are present or absent.

    >>> binary(3).levels
    (2, 2, 2)
    """
    return Fields((2,) * k)


def covers(term: Term, row: int) -> bool:
    """Whether a row is one of the term's.

    >>> covers((0b10, 0b10), 0b11), covers((0b10, 0b10), 0b01)
    (True, False)
    """
    return row & term[0] == term[1]


def within(narrow: Term, wide: Term) -> bool:
    """Whether each row of `narrow` is one of `wide`.

    >>> within((0b11, 0b11), (0b10, 0b10)), within((0b10, 0b10), (0b11, 0b11))
    (True, False)
    """
    return wide[0] & ~narrow[0] == 0 and narrow[1] & wide[0] == wide[1]


def prime_implicants(positive: Iterable[int], assumed: Iterable[int], fields: Fields) -> list[Term]:
    """The widest terms that cover a row of `positive` and none but those and `assumed`.

    Source: Dusa (2018), doi:10.1080/0022250X.2018.1461860

    >>> prime_implicants([0b10, 0b11, 0b01], [], binary(2))  # A or B
    [(2, 2), (1, 1)]
    """
    positive_rows = sorted(set(positive))
    allowed = {*positive_rows, *assumed}
    every = _rows(fields)
    negative = fields.values(every[~np.isin(every, sorted(allowed))])
    k = len(fields.levels)
    chosen = np.arange(1 << k)
    masks = np.zeros(1 << k, dtype=np.int64)
    for place, mask in enumerate(reversed(fields.masks)):
        masks += np.where(chosen >> place & 1, mask, 0)
    terms: set[Term] = set()
    step = max(1, _ROWS_AT_ONCE >> k)
    for start in range(0, len(positive_rows), step):
        rows = positive_rows[start : start + step]
        which, choice = np.nonzero(_minimal(_choices(fields.values(rows), negative, k), k))
        fixed = masks[choice]
        values = fixed & np.array(rows, dtype=np.int64)[which]
        terms |= set(zip(fixed.tolist(), values.tolist(), strict=True))
    return sorted(terms, key=_order)


def _choices(rows: np.ndarray, negative: np.ndarray, k: int) -> np.ndarray:
    """rows x 2^k: whether the conditions chosen tell the row from every negative one.

    The first condition is the highest bit of a choice.
    """
    bits = 1 << np.arange(k)[::-1]
    agree = np.zeros((len(rows), 1 << k), dtype=bool)  # which sets of conditions a negative differs in
    if max(negative.max(initial=0), rows.max(initial=0)) <= 1:  # two values each: their bits are the conditions
        others = negative @ bits
        for place, row in enumerate(rows @ bits):
            agree[place, others ^ row] = True
    else:
        for place, row in enumerate(rows):
            agree[place, (negative != row) @ bits] = True
    for bit in range(k):  # or over all subsets
        halves = agree.reshape(len(rows), -1, 2, 1 << bit)
        halves[:, :, 1] |= halves[:, :, 0]
    # no negative row may differ only outside the choice
    return ~agree[:, ::-1]


def _minimal(valid: np.ndarray, k: int) -> np.ndarray:
    """The choices that hold without any smaller one holding."""
    minimal = valid.copy()
    for bit in range(k):
        smaller = valid.reshape(len(valid), -1, 2, 1 << bit)[:, :, 0]
        minimal.reshape(len(valid), -1, 2, 1 << bit)[:, :, 1] &= ~smaller
    return minimal


def _order(term: Term) -> tuple[int, int, int]:
    """Fewer conditions first, then those that come first."""
    return term[0].bit_count(), -term[0], -term[1]


@dataclass(frozen=True)
class Solutions:
    """The shortest solutions that are listed, in a fixed order, and how many there are.

    `complete` is False where there are more than were counted; `between` is told of intermediate solutions: between
    how many pairs of a conservative and a parsimonious solution they were looked for, and how many pairs there are.
    """

    listed: list[Solution]
    number: int
    complete: bool = True
    between: tuple[int, int] | None = None


def shortest(positive: Iterable[int], assumed: Iterable[int], fields: Fields) -> Solutions:
    """All sets of the fewest prime implicants that cover `positive`; `assumed` rows may be covered.

    Source: McCluskey (1956), doi:10.1002/j.1538-7305.1956.tb03835.x

    >>> shortest([0b11], [0b10], binary(2))  # A*B, and A*~B may be assumed
    Solutions(listed=[((2, 2),)], number=1, complete=True, between=None)
    """
    return _shortest(tuple(sorted(set(positive))), tuple(sorted(set(assumed))), fields)


@lru_cache(maxsize=128)  # who moves cut-offs and anchors comes upon the same rows again and again
def _shortest(positive: tuple[int, ...], assumed: tuple[int, ...], fields: Fields) -> Solutions:
    if not positive:
        return Solutions([], 0)
    primes = prime_implicants(positive, assumed, fields)
    alike: dict[int, list[int]] = {}  # places of terms that cover the same positive rows
    for place, covered in enumerate(_covered(primes, positive)):
        alike.setdefault(covered, []).append(place)
    covers, complete = smallest_covers(list(alike), len(positive), COUNTED)
    places = list(alike.values())
    many = np.array([len(cover) for cover in places], dtype=object)
    number = int(many[covers].prod(axis=1).sum())
    listed = _listed(covers, places)
    return Solutions([tuple([primes[place] for place in cover]) for cover in listed], number, complete)


def _listed(covers: np.ndarray, places: list[list[int]]) -> list[list[int]]:
    """The first solutions in order, by the places of their terms, which are in order, too.

    covers: sets of each cover; places: terms that are such a set.
    """
    covers = covers[: 20 * LISTED]
    if all(len(term_places) == 1 for term_places in places):
        terms = np.array([term_places[0] for term_places in places], dtype=np.int64)
        return in_order(np.sort(terms[covers], axis=1), int(terms.max(initial=0)) + 1)[:LISTED].tolist()
    every = (
        sorted(term_places)
        for cover in covers.tolist()
        for term_places in product(*[places[term_places] for term_places in cover])
    )
    return sorted(islice(every, 20 * LISTED))[:LISTED]


def _covered(terms: Sequence[Term], rows: Sequence[int]) -> list[int]:
    """For each term the rows it covers, as the bits of a number."""
    pairs = np.array(terms, dtype=np.int64).reshape(-1, 2)
    table = (np.array(rows, dtype=np.int64)[None, :] & pairs[:, :1]) == pairs[:, 1:]
    packed = np.packbits(table, axis=1, bitorder="little")
    return [int.from_bytes(line.tobytes(), "little") for line in packed]


def solutions(positive: Iterable[int], assumed: Iterable[int], fields: Fields) -> list[Solution]:
    """The shortest solutions that are listed; see `shortest`.

    >>> solutions([0b11], [0b10], binary(2))
    [((2, 2),)]
    """
    return shortest(positive, assumed, fields).listed


def easy_rows(conservative: Solution, parsimonious: Solution, remainders: Iterable[int], expected: Term) -> list[int]:
    """Logical remainders that theory lets one assume, the easy counterfactuals.

    A term of the conservative solution within one of the parsimonious solution may drop a condition
    that the latter does not need where the term has it the other way than expected. `expected` is
    (mask of the conditions with an expectation, their expected bits).

    Source: Ragin (2008), doi:10.7208/chicago/9780226702797.001.0001

    >>> easy_rows(((0b11, 0b10),), ((0b10, 0b10),), [0b11, 0b01], (0b01, 0b01))
    [3]
    """
    rows = np.array(sorted(remainders), dtype=np.int64)
    easy = np.zeros(len(rows), dtype=bool)
    for mask, value in _dropped(conservative, parsimonious, expected):
        easy |= (rows & mask) == value
    return [int(row) for row in rows[easy]]


def _dropped(conservative: Solution, parsimonious: Solution, expected: Term) -> set[Term]:
    """The terms of the conservative solution without what stands against the expectation."""
    reduced = set()
    for narrow in conservative:
        for wide in parsimonious:
            if within(narrow, wide):
                against = narrow[0] & ~wide[0] & expected[0] & (narrow[1] ^ expected[1])
                reduced.add((narrow[0] & ~against, narrow[1] & ~against))
    return reduced


@dataclass(frozen=True)
class Between:
    """Conservative and parsimonious solutions of the `positive` rows, and what may be assumed between them.

    expected: as of `easy_rows`
    """

    positive: Sequence[int]
    conservative: Sequence[Solution]
    parsimonious: Sequence[Solution]
    remainders: Sequence[int]
    expected: Term
    fields: Fields

    @property
    def pairs(self) -> int:
        """How many pairs of one conservative and one parsimonious solution there are."""
        return len(self.conservative) * len(self.parsimonious)

    def solutions_by_pair(self) -> Iterator[tuple[int, Solutions]]:
        """How many pairs were looked between, and the shortest solutions of the last; pairs of the same terms once.

        Ends after PAIRS pairs, and when as many solutions have been found as are counted.
        """
        rows = sorted(self.remainders)
        tried: set[frozenset[Term]] = set()
        n_found = 0
        for pairs, (plain, short) in enumerate(islice(product(self.conservative, self.parsimonious), PAIRS), start=1):
            terms = frozenset(_dropped(plain, short, self.expected))
            if terms in tried:
                continue
            tried.add(terms)
            solutions = shortest(self.positive, easy_rows(plain, short, rows, self.expected), self.fields)
            n_found += solutions.number
            yield pairs, solutions
            if n_found >= COUNTED:
                return


def intermediate(between: Between) -> Solutions:
    """The intermediate solutions between each conservative and each parsimonious one.

    As in the R package QCA, where they are called C1P1, C1P2 and so on; each once, the one with the
    fewest terms first. Not complete where there are more pairs than are looked between.

    Source: Ragin (2008), doi:10.7208/chicago/9780226702797.001.0001

    >>> pairs = [((0b11, 0b10),)], [((0b10, 0b10),)]
    >>> found = intermediate(Between([0b10], *pairs, [0b11], (0b01, 0b01), binary(2)))
    >>> found.listed, found.between
    ([((2, 2),)], (1, 1))
    """
    number, results = between.pairs, list(between.solutions_by_pair())
    solutions_between = [solutions for _, solutions in results]
    # pairs behind the last have the same terms as others, where there were not too many solutions
    pairs = min(number, PAIRS) if sum(solutions.number for solutions in solutions_between) < COUNTED else results[-1][0]
    complete = pairs == number and all(
        solutions.complete and solutions.number == len(solutions.listed) for solutions in solutions_between
    )
    distinct_solutions = {solution for solutions in solutions_between for solution in solutions.listed}
    ranks = {term: rank for rank, term in enumerate(sorted({*chain.from_iterable(distinct_solutions)}, key=_order))}
    listed = sorted(distinct_solutions, key=lambda solution: (len(solution), [ranks[term] for term in solution]))
    return Solutions(listed[:LISTED], len(listed), complete, (pairs, number))


def first_intermediate(between: Between) -> Solution:
    """The first of the solutions of `intermediate`, without putting all in order; empty where there is none.

    Source: Ragin (2008), doi:10.7208/chicago/9780226702797.001.0001

    >>> pairs = [((0b11, 0b10),)], [((0b10, 0b10),)]
    >>> first_intermediate(Between([0b10], *pairs, [0b11], (0b01, 0b01), binary(2)))
    ((2, 2),)
    """
    firsts = [solutions.listed[0] for _, solutions in between.solutions_by_pair() if solutions.listed]
    return min(firsts, key=lambda solution: (len(solution), [_order(term) for term in solution]), default=())
