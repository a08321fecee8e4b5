"""How wide the columns of a table are: what is in them decides, so that few cells take several lines.

Typst and browsers share out room themselves where a table leaves it to them, but each in its own way, and
Typst has to measure every cell for it. Here the widths of letters are estimated, once for all formats.
"""

import re
from collections.abc import Sequence

import numpy as np

ROOM, DENSE = 51.0, 56.0  # em: a line of the table's letters across the page; of more than MOST columns, set smaller
MOST = 5
BESIDE = 0.95  # em of a column that are no room for letters
UNIT = 0.5  # em: widths are multiples of it
DIVIDED, INSIDE = 1.5, 0.02  # what a divided word, and a further line beside a higher cell, count in lines of rows
LOOKED_AT = 80  # rows at most, evenly spread, by which the widths are found
_NARROW, _WIDE = frozenset("iljtfrI.,;:'’|!()[]· -–/"), frozenset("mwMW—→←↔%@…")
_MARKS = re.compile(r"\\(.)|\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?|[*`]")


def em_of(text: str) -> float:
    """About how wide a text is set, in em.

    >>> round(em_of("minimum"), 2)
    4.0
    """
    em = 0.0
    for letter in text:
        if letter in _NARROW:
            em += 0.3
        elif letter in _WIDE:
            em += 0.8
        else:
            em += 0.68 if letter.isupper() else 0.5
    return em


def plain(cell: str) -> str:
    """The words of a cell of Markdown, without links and marks.

    >>> plain("[Trust](supplement#x) in \\\\*them\\\\* `a.csv`")
    'Trust in *them* a.csv'
    """
    return _MARKS.sub(lambda found: found[1] or found[2] or "", cell)


class _Column:
    """The cells of a column as the widths of their words, the head first."""

    def __init__(self, cells: Sequence[str]) -> None:
        self._words = [[em_of(word) for word in plain(cell).split()] for cell in cells]
        self._words[0] = [em * 1.08 for em in self._words[0]]  # it is bold
        self._whole = [sum(own) + 0.27 * max(len(own) - 1, 0) for own in self._words]
        self._known: dict[int, tuple[np.ndarray, float]] = {}

    @property
    def most(self) -> int:
        """Units in which every cell is one line."""
        return int(max(self._whole, default=0.0) / UNIT) + 1

    @property
    def area(self) -> float:
        """Em of a typical cell and of the longest, between which a width is likely to be."""
        return float(np.sqrt(np.mean(self._whole) * max(self._whole))) + 1.0

    def lines(self, units: int) -> tuple[np.ndarray, float]:
        """In how many lines each cell is set at this width, and what that counts beside the height of rows."""
        if units not in self._known:
            width, divided, lines = units * UNIT, 0, []
            for em, own in zip(self._whole, self._words, strict=True):
                needed, cut = (1, 0) if em <= width else _lines(own, width)
                lines.append(needed)
                divided += cut
            self._known[units] = np.array(lines), INSIDE * sum(lines) + DIVIDED * divided
        return self._known[units]


def _lines(words: Sequence[float], width: float) -> tuple[int, int]:
    """Lines of a cell, and how many of its words are divided."""
    lines, used, divided = 1, 0.0, 0
    for em in words:
        room = used + 0.27 + em if used else em
        if room <= width:
            used = room
            continue
        lines += bool(used)
        if em > width:
            divided += 1
            lines += int(em / width)
        used = em % width if em > width else em
    return lines, divided


def _cost(columns: Sequence[_Column], units: Sequence[int]) -> float:
    """Lines of all rows together, a row being as high as its highest cell, and what else counts."""
    found = [column.lines(width) for column, width in zip(columns, units, strict=True)]
    return float(np.maximum.reduce([lines for lines, _ in found]).sum() + sum(more for _, more in found))


def column_widths(
    head: Sequence[str], body: Sequence[Sequence[str]], given: Sequence[float] | None = None
) -> list[float]:
    """The share of each column, summing to 1, with which the table takes few lines.

    head, body: cells in Markdown; given: shares to begin with, beside others

    >>> [round(share, 2) for share in column_widths(["n", "Words"], [["1", "words that take several lines " * 9]])]
    [0.14, 0.86]
    """
    rows = [head, *body[:: -(-len(body) // LOOKED_AT) or 1]]
    columns = [_Column([row[place] for row in rows]) for place in range(len(head))]
    across = ROOM if len(columns) <= MOST else DENSE
    room = max(int((across - BESIDE * len(columns)) / UNIT), 2 * len(columns))
    starts = [[column.area for column in columns], [min(c.most, room / 3) for c in columns]]
    if given is not None:
        starts.append(list(given))
    found = [_improved(columns, _shared(room, start)) for start in starts]
    best = min(found, key=lambda units: _cost(columns, units))
    best = _spread(columns, best)
    total = sum(best) * UNIT + BESIDE * len(best)
    return [(units * UNIT + BESIDE) / total for units in best]


def _shared(room: int, shares: Sequence[float]) -> list[int]:
    """A room in units shared out in these proportions, at least two to each."""
    units = [max(2, int(room * share / sum(shares))) for share in shares]
    units[units.index(max(units))] += room - sum(units)
    return [max(1, width) for width in units]


def _improved(columns: Sequence[_Column], units: list[int]) -> list[int]:
    """Room moved from one column to another as long as that helps."""
    now = _cost(columns, units)
    for step in (12, 6, 3, 1) * 2:
        better = True
        while better:
            better = False
            for giver in range(len(units)):
                for taker in range(len(units)):
                    if giver == taker or units[giver] - step < 1:
                        continue
                    tried = units.copy()
                    tried[giver] -= step
                    tried[taker] += step
                    cost = _cost(columns, tried)
                    if cost < now - 1e-9:
                        units, now, better = tried, cost, True
    return units


def _spread(columns: Sequence[_Column], units: list[int]) -> list[int]:
    """What the columns do not need, given to all of them alike."""
    needed = units.copy()
    for n, column in enumerate(columns):
        lines, more = column.lines(units[n])
        while needed[n] > 1:
            fewer, other = column.lines(needed[n] - 1)
            if other > more or not np.array_equal(fewer, lines):
                break
            needed[n] -= 1
    spare = sum(units) - sum(needed)
    each = spare // len(units)
    needed = [width + each for width in needed]
    needed[-1] += spare - each * len(units)
    return needed
