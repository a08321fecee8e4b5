"""Boolean minimisation: the shortest expressions of the rows of a truth table.

A row of k conditions is a number of k bits, the first condition the highest bit. A term is a pair
(mask, value): the conditions in the mask are fixed to the bits of the value, the others do not
matter. Method of Quine (1952, doi:10.2307/2308219) and McCluskey (1956,
doi:10.1002/j.1538-7305.1956.tb03835.x).

sympy's SOPform was left out: it returns one of several equally short expressions and not the prime
implicants, and a QCA has to show all. The R package QCA was run beside this module (see tests).
"""

from collections.abc import Iterable
from itertools import product

Term = tuple[int, int]
Solution = tuple[Term, ...]
MOST = 50  # equally short solutions that are kept; more say that the data decide little


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


def prime_implicants(rows: Iterable[int], k: int) -> list[Term]:
    """The widest terms that cover only `rows` (of k conditions).

    >>> prime_implicants([0b10, 0b11, 0b01], 2)  # A or B
    [(2, 2), (1, 1)]
    """
    full = (1 << k) - 1
    current = {(full, row) for row in rows}
    primes: set[Term] = set()
    while current:
        wider, merged = set(), set()
        for mask, value in current:
            for bit in (1 << i for i in range(k)):
                if mask & bit and (mask, value ^ bit) in current:
                    merged.add((mask, value))
                    wider.add((mask & ~bit, value & ~bit))
        primes |= current - merged
        current = wider
    return sorted(primes, key=_order)


def _order(term: Term) -> tuple[int, int, int]:
    """Fewer conditions first, then those that come first."""
    return term[0].bit_count(), -term[0], -term[1]


def solutions(positive: Iterable[int], assumed: Iterable[int], k: int) -> list[Solution]:
    """All sets of the fewest prime implicants that cover `positive`; `assumed` rows may be covered.

    Empty where nothing is positive. At most MOST solutions, in a fixed order.

    >>> solutions([0b11], [0b10], 2)  # A*B, and A*~B may be assumed
    [((2, 2),)]
    """
    wanted = sorted(set(positive))
    if not wanted:
        return []
    primes = prime_implicants({*wanted, *assumed}, k)
    able = {row: [p for p in primes if covers(p, row)] for row in wanted}
    for size in range(1, len(wanted) + 1):
        found: set[Solution] = set()
        _search(able, frozenset(), size, found)
        if found:
            return sorted(found, key=lambda s: [_order(t) for t in s])[:MOST]
    raise AssertionError("each row is covered by itself")


def _search(able: dict, chosen: frozenset, size: int, found: set) -> None:
    """Add to `found` each cover that completes `chosen` with at most `size` more terms."""
    open_rows = [r for r in able if not any(covers(t, r) for t in chosen)]
    if not open_rows:
        found.add(tuple(sorted(chosen, key=_order)))
        return
    widest = max((_gain(t, open_rows) for r in open_rows for t in able[r]), default=1)
    if size * widest < len(open_rows) or len(found) > 20 * MOST:
        return
    hardest = min(open_rows, key=lambda r: len(able[r]))
    for term in able[hardest]:
        _search(able, chosen | {term}, size - 1, found)


def _gain(term: Term, rows: list[int]) -> int:
    return sum(covers(term, row) for row in rows)


def easy_rows(
    conservative: Solution, parsimonious: Solution, remainders: Iterable[int], expected: Term
) -> list[int]:
    """Logical remainders that theory lets one assume, the easy counterfactuals.

    A term of the conservative solution within one of the parsimonious solution may drop a condition
    that the latter does not need where the term has it the other way than expected. `expected` is
    (mask of the conditions with an expectation, their expected bits).

    Source: Ragin (2008), doi:10.7208/chicago/9780226702797.001.0001

    >>> easy_rows(((0b11, 0b10),), ((0b10, 0b10),), [0b11, 0b01], (0b01, 0b01))
    [3]
    """
    easy: set[int] = set()
    for narrow in conservative:
        for wide in parsimonious:
            if within(narrow, wide):
                against = narrow[0] & ~wide[0] & expected[0] & (narrow[1] ^ expected[1])
                term = (narrow[0] & ~against, narrow[1] & ~against)
                easy |= {row for row in remainders if covers(term, row)}
    return sorted(easy)


def intermediate(
    positive: Iterable[int],
    conservative: Iterable[Solution],
    parsimonious: Iterable[Solution],
    remainders: Iterable[int],
    expected: Term,
    k: int,
) -> list[Solution]:
    """The intermediate solutions between each conservative and each parsimonious one.

    As in the R package QCA, where they are called C1P1, C1P2 and so on; each once, the one with the
    fewest terms first, at most MOST.

    >>> intermediate([0b10], [((0b11, 0b10),)], [((0b10, 0b10),)], [0b11], (0b01, 0b01), 2)
    [((2, 2),)]
    """
    found: set[Solution] = set()
    for plain, short in product(conservative, parsimonious):
        easy = easy_rows(plain, short, remainders, expected)
        found |= set(solutions(positive, easy, k))
    return sorted(found, key=lambda s: (len(s), [_order(t) for t in s]))[:MOST]
