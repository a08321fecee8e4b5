"""All smallest covers: every choice of the fewest sets that together hold all rows.

A set is the bits of a number, one for each row. Sets within larger ones and rows that come with other
rows are put aside first (column and row dominance), which leaves a small core; covers of the core are
found by branch and bound, many partial covers at a time as matrices, and then every cover of all rows
is read from them, those with the sets put aside included.

The R package QCA tries all combinations of prime implicants; python-sat and OR-Tools (considered) find
one best cover, and forbidding each cover that was found makes their search for the next one slower.

Source: McCluskey (1956), doi:10.1002/j.1538-7305.1956.tb03835.x; Coudert (1994),
doi:10.1016/0167-9260(94)00007-7
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

Partial = tuple[np.ndarray, np.ndarray, np.ndarray]  # what is to be covered, sets that are free, sets chosen
BLOCK = 1 << 11  # partial covers that are looked at together, at most
CELLS = 1 << 25  # cells of the matrices that may come from them
AT_ONCE = 1 << 19  # multiplications of a product, so few that no second thread is woken for them
EFFORT = 2000  # blocks of partial covers in which covers are looked for
STATES = 1 << 15  # partial covers that are widened at once
BLOCKS = 100  # of the search for the number of sets, before integer programming takes over


def smallest_covers(sets: Sequence[int], rows: int, most: int) -> tuple[np.ndarray, bool]:
    """Each cover of all rows by the fewest of the sets (covers x sets, their places in order); whether these are all.

    sets: different numbers, bit r of which says that row r is held; rows: how many there are; most: how
    many covers are listed at most (fewer, too, where the search for all of them is very long). No cover
    where some row is in no set, one without sets for no rows.

    >>> covers, complete = smallest_covers([0b011, 0b110, 0b101], 3, 10)
    >>> covers.tolist(), complete
    ([[0, 1], [0, 2], [1, 2]], True)
    """
    everything = (1 << rows) - 1
    if _union(sets) & everything != everything:
        return np.zeros((0, 0), dtype=np.int32), True
    table = _table(sets, rows)
    needed, widest = _core(table)
    core = table[np.ix_(widest, needed)]
    is_within = _times(table[:, needed], (1 - core).T).T == 0  # core sets x sets: which are within it there
    within = [np.flatnonzero(set_covers).tolist() for set_covers in is_within]
    first = one_smallest(core)
    search = _Search(core)
    bits = _words_of_bits(table)
    tables = [np.zeros((0, len(first)), dtype=np.int32)]
    n_distinct = n_new = 0
    for cover in chain([first], search.covers(len(first), EFFORT)):
        for set_covers in _with_smaller(_possible([within[place] for place in cover], sets, everything), bits):
            tables.append(set_covers)
            n_new += len(set_covers)
            if n_distinct + n_new >= most:  # some may be the same as others
                tables, n_new = [in_order(np.vstack(tables), len(sets))], 0
                n_distinct = len(tables[0])
                if n_distinct >= most:
                    return tables[0][:most], False
    return in_order(np.vstack(tables), len(sets)), not search.broken_off


def in_order(table: np.ndarray, n: int) -> np.ndarray:
    """The different rows of a table of numbers below `n`, in order.

    >>> in_order(np.array([[1, 2], [0, 3], [1, 2]]), 4).tolist()
    [[0, 3], [1, 2]]
    """
    bits = max(1, (n - 1).bit_length())
    at_once = 63 // bits  # columns that one number holds
    keys = []
    for start in range(0, table.shape[1], at_once):
        key = np.zeros(len(table), dtype=np.int64)
        for column in table[:, start : start + at_once].T:
            key = (key << bits) | column
        keys.append(key)
    if not keys:
        return table[:1]
    order = np.lexsort(keys[::-1])
    new = np.zeros(len(table), dtype=bool)
    new[:1] = True
    for key in keys:
        sorted_key = key[order]
        new[1:] |= sorted_key[1:] != sorted_key[:-1]
    return table[order[new]]


def _union(sets: Iterable[int]) -> int:
    union = 0
    for members in sets:
        union |= members
    return union


def _table(sets: Sequence[int], rows: int) -> np.ndarray:
    """sets x rows: 1 where the set holds the row."""
    width = (rows + 7) // 8
    packed = np.frombuffer(b"".join(members.to_bytes(width, "little") for members in sets), dtype=np.uint8)
    return np.unpackbits(packed.reshape(len(sets), width), axis=1, count=rows, bitorder="little").astype(np.float32)


def _times(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The product of two matrices, in slices: threads cost more than they bring in small ones."""
    step = max(1, AT_ONCE // max(1, second.size))
    slices = [first[start : start + step] @ second for start in range(0, len(first), step)]
    return np.vstack(slices) if slices else np.zeros((0, second.shape[1]), dtype=np.float32)


def _core(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places of the rows and of the sets that are left when what comes with others is put aside."""
    rows, sets = np.arange(table.shape[1]), np.arange(table.shape[0])
    while True:
        kept_table = table[np.ix_(sets, rows)]
        kept_rows = _rows_alone(kept_table)
        kept_sets = _widest(kept_table[:, kept_rows])
        if len(kept_rows) == len(rows) and len(kept_sets) == len(sets):
            return rows, sets
        rows, sets = rows[kept_rows], sets[kept_sets]


def _rows_alone(table: np.ndarray) -> np.ndarray:
    """Rows that are not held as a matter of course by whoever holds another one; of equal rows the first."""
    outside = _times(table.T, 1 - table)  # in how many sets of the first row the second one is lacking
    implied = outside.T == 0
    before = np.arange(len(outside))
    equal = implied & implied.T
    follows = np.where(equal, before[:, None] > before, implied)
    np.fill_diagonal(follows, False)
    return np.flatnonzero(~follows.any(axis=1))


def _widest(table: np.ndarray) -> np.ndarray:
    """Sets that are not within another one; of equal sets the first."""
    unique, first = np.unique(table, axis=0, return_index=True)
    sizes = unique.sum(axis=1).astype(int)
    widest = np.zeros((0, table.shape[1]), dtype=np.float32)
    places: list[int] = []
    for n in sorted(set(sizes.tolist()) - {0}, reverse=True):
        of_size = np.flatnonzero(sizes == n)
        not_within = of_size[~(_times(unique[of_size], (1 - widest).T) == 0).any(axis=1)] if len(widest) else of_size
        widest = np.vstack([widest, unique[not_within]])
        places += first[not_within].tolist()
    return np.array(sorted(places), dtype=np.int64)


def one_smallest(table: np.ndarray) -> tuple[int, ...]:
    """The fewest sets (rows of `table`) that together hold every column: one such choice.

    Looked for from below; where that takes long by integer programming (HiGHS, as in SciPy).

    >>> one_smallest(np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]], dtype=np.float32))
    (0, 1)
    """
    search = _Search(table)
    for size in range(search.at_least(), table.shape[1] + 1):
        cover = next(search.covers(size, BLOCKS), None)
        if cover is not None:
            return cover
        if search.broken_off:
            break
    from scipy.optimize import Bounds, LinearConstraint, milp

    ones = np.ones(len(table))
    solved = milp(ones, integrality=ones, bounds=Bounds(0, 1), constraints=LinearConstraint(table.T, lb=1))
    return tuple(np.flatnonzero(solved.x > 0.5).tolist())


class _Search:
    """Covers of all columns of a table by a given number of its rows (the sets).

    broken_off: whether the last search ended before its end.
    """

    def __init__(self, table: np.ndarray) -> None:
        self.table = table
        self.at_once = int(np.clip(CELLS // max(1, len(table)) ** 2, 8, BLOCK))
        self.broken_off = False

    def at_least(self) -> int:
        """Columns of which no two share a set: so many sets are needed at least."""
        near = _times(self.table.T, self.table) > 0
        uncovered, n = np.ones(len(near), dtype=bool), 0
        while uncovered.any():
            width = np.where(uncovered, near[:, uncovered].sum(axis=1), np.inf)
            uncovered &= ~near[int(np.argmin(width))]
            n += 1
        return n

    def covers(self, size: int, blocks: int | None = None) -> Iterator[tuple[int, ...]]:
        """Each cover of `size` sets (or fewer) once, as their places; looked for in at most `blocks` blocks.

        The column that the fewest sets hold is covered first; a set that was tried for it is barred
        from the covers that follow, so that none comes twice.
        """
        n, columns = self.table.shape
        self.broken_off = False
        if not columns:
            yield ()
            return
        n_blocks = 0
        stack: list[Partial] = [(np.ones((1, columns), np.float32), np.ones((1, n), bool), np.zeros((1, 0), np.int64))]
        while stack:
            if n_blocks == blocks:
                self.broken_off = True
                return
            n_blocks += 1
            to_cover, free, chosen = stack.pop()
            if len(chosen) > self.at_once:
                cut = self.at_once
                stack.append((to_cover[cut:], free[cut:], chosen[cut:]))
                to_cover, free, chosen = to_cover[:cut], free[:cut], chosen[:cut]
            n_missing = size - chosen.shape[1]
            gains = np.where(free, _times(to_cover, self.table.T), 0)
            n_uncovered = to_cover.sum(axis=1)
            if n_missing == 1:
                for place, last in np.argwhere(gains == n_uncovered[:, None]):
                    yield (*chosen[place].tolist(), int(last))
            else:
                extended = self._next((to_cover, free, chosen), gains, n_uncovered, n_missing)
                stack += [] if extended is None else [extended]

    def _next(self, partial: Partial, gains: np.ndarray, n_uncovered: np.ndarray, n_missing: int) -> Partial | None:
        """The partial covers with one set more, as far as they can still become covers."""
        rest = max(0, gains.shape[1] - n_missing)
        best = np.partition(gains, rest, axis=1)[:, rest:]
        keep = best.sum(axis=1) >= n_uncovered
        if not keep.any():
            return None
        to_cover, free, chosen = partial[0][keep], partial[1][keep], partial[2][keep]
        gains, n_uncovered = gains[keep], n_uncovered[keep]
        holding = np.where(to_cover > 0, _times(free.astype(np.float32), self.table), np.inf)
        hardest = np.argmin(holding, axis=1)
        candidates = free & (self.table[:, hardest].T > 0)
        # what is left must be within reach of the sets that follow
        reach = gains + (n_missing - 1) * gains.max(axis=1)[:, None]
        state, place = np.nonzero(candidates & (reach >= n_uncovered[:, None]))
        if not len(state):
            return None
        barred = candidates[state] & (np.arange(free.shape[1]) <= place[:, None])
        return (
            to_cover[state] * (1 - self.table[place]),
            free[state] & ~barred,
            np.hstack([chosen[state], place[:, None]]),
        )


def _words_of_bits(table: np.ndarray) -> np.ndarray:
    """sets x words of 64 bits: the rows that each set holds."""
    wide = np.zeros((len(table), -(-max(1, table.shape[1]) // 64) * 64), dtype=np.uint8)
    wide[:, : table.shape[1]] = table > 0
    return np.packbits(wide, axis=1).view(np.uint64)


def _with_smaller(within: list[list[int]] | None, bits: np.ndarray) -> Iterator[np.ndarray]:
    """The covers of all rows that have one of each list of sets: covers x sets, the sets in order, many at a time."""
    if within is None:
        return
    lists = [np.array(members, dtype=np.int32) for members in sorted(within, key=len)]
    behind = [np.bitwise_or.reduce(bits[members], axis=0) for members in lists]
    for place in range(len(behind) - 2, -1, -1):
        behind[place] |= behind[place + 1]
    words = bits.shape[1]
    everything, behind = behind[0] if behind else np.zeros(words, np.uint64), [*behind[1:], np.zeros(words, np.uint64)]
    stack = [(np.zeros((1, 0), dtype=np.int32), np.zeros((1, words), dtype=np.uint64))]
    while stack:
        chosen, covered = stack.pop()
        place = chosen.shape[1]
        if place == len(lists):
            yield np.sort(chosen, axis=1)
            continue
        step = max(1, STATES // len(lists[place]))
        if len(chosen) > step:
            stack.append((chosen[step:], covered[step:]))
            chosen, covered = chosen[:step], covered[:step]
        union = covered[:, None] | bits[lists[place]]
        state, members = np.nonzero(((union | behind[place]) == everything).all(axis=2))
        if len(state):
            stack.append((np.hstack([chosen[state], lists[place][members][:, None]]), union[state, members]))


def _possible(within: list[list[int]], sets: Sequence[int], everything: int) -> list[list[int]] | None:
    """The lists without the sets that lack a row which no other list reaches; None where a row is left."""
    while True:
        reach = [_union(sets[candidate] for candidate in candidates) for candidates in within]
        once = twice = 0
        for reached in reach:
            twice |= once & reached
            once |= reached
        if once & everything != everything:
            return None
        alone = once & ~twice & everything
        still_possible = [
            candidates
            if len(candidates) == 1
            else [candidate for candidate in candidates if not alone & reached & ~sets[candidate]]
            for candidates, reached in zip(within, reach, strict=True)
        ]
        if still_possible == within:
            return within
        if not all(still_possible):
            return None
        within = still_possible
