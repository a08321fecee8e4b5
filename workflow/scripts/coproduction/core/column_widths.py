"""How wide the columns of a table are: what is in them decides, so that few cells take several lines.

Typst and browsers share out room themselves where a table leaves it to them, but each in its own way, and
Typst has to measure every cell for it. Here the widths of letters are estimated, once for all formats.
"""

import re
from collections.abc import Sequence

import numpy as np

ROOM, DENSE = 51.0, 56.0  # em: a line of the table's letters across the page; of more than MOST columns, set smaller
MOST = 5
BESIDE = 1.05  # em of a column that are no room for letters
UNIT = 0.5  # em: widths are multiples of it
DIVIDED, INSIDE = 1.5, 0.02  # what a divided word, and a further line beside a higher cell, count in lines of rows
OVER = 20  # what a word counts that cannot be divided and would reach into the next column
SHORT, NUMBERS = 5.5, 9.0  # em up to which a cell of words, and one with figures, stays on one line
STEPS = (12, 8, 6, 5, 4, 3, 2, 1)  # units that are moved at a time
UNDIVIDED = 8  # letters up to which a word has no hyphen; in tables of few columns none has
SURELY = 1.03  # of what is estimated
LOOKED_AT = 60  # rows at most, evenly spread, by which the widths are found
# Widths of the letters of the report (STIX) in em; others are as wide as a figure, capitals 0.7.
_WIDTHS = {
    letter: em
    for em, letters in {
        0.26: " ,.·|'/:;\\ijlt",
        0.33: "!()-I[]`fr’‘",
        0.39: 'Js"',
        0.44: "?acez“”",
        0.57: "FPS~",
        0.65: "ELTZBCR×",
        0.7: "+<=>±−≥≤ADGHKNOQUVXYw",
        0.78: "&m%",
        0.95: "MW@→←↔—…",
    }.items()
    for letter in letters
}
BOLD = 1.09  # by how much letters of a head are wider
_FIRM = re.compile(r"\w[\d_*=+]|[\d_*=+]\w")
_MARKS = re.compile(r"\\(.)|\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?|[*`]")


def em_of(text: str) -> float:
    """About how wide a text is set, in em.

    >>> round(em_of("minimum"), 2)
    3.98
    """
    return SURELY * sum(_WIDTHS.get(letter) or (0.7 if letter.isupper() else 0.5) for letter in text)


def plain(cell: str) -> str:
    """The words of a cell of Markdown, without links and marks.

    >>> plain("[Trust](supplement#x) in \\\\*them\\\\* `a.csv`")
    'Trust in *them* a.csv'
    """
    return _MARKS.sub(lambda match: match[1] or match[2] or "", cell)


class _Column:
    """The cells of a column as the widths of their words, the head first."""

    def __init__(self, cells: Sequence[str], divisible: bool = True) -> None:
        self._words = [_words_of(plain(cell), divisible) for cell in cells]
        self._words[0] = [(em * BOLD, firm) for em, firm in self._words[0]]
        self._whole = [sum(em for em, _ in words) + 0.26 * max(len(words) - 1, 0) for words in self._words]
        self._known: dict[int, tuple[np.ndarray, float]] = {}
        self._helped: dict[tuple[int, int], bool] = {}

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
            width, divided, lines = units * UNIT, 0.0, []
            for em, words in zip(self._whole, self._words, strict=True):
                needed, cut = (1, 0.0) if em <= width else _lines(words, width)
                lines.append(needed)
                divided += cut
            self._known[units] = np.array(lines), INSIDE * sum(lines) + divided
        return self._known[units]

    def helps(self, units: int, other: int) -> bool:
        """Whether any cell takes fewer lines, or the column counts less, at the other width."""
        if (units, other) not in self._helped:
            (lines, more), (new_lines, new_more) = self.lines(units), self.lines(other)
            self._helped[units, other] = bool(new_more < more or (new_lines < lines).any())
        return self._helped[units, other]


def _words_of(cell: str, divisible: bool) -> list[tuple[float, bool]]:
    """The words of a cell with their width, and whether they cannot be divided; a short cell is one."""
    em = em_of(cell)
    if em <= (NUMBERS if any(letter.isdigit() for letter in cell) else SHORT):
        return [(em, False)] if " " in cell else [(em, _is_firm(cell, divisible))]
    return [(em_of(word), _is_firm(word, divisible)) for word in cell.split()]


def _is_firm(word: str, divisible: bool) -> bool:
    """Whether a word would rather reach into the next column than be divided."""
    return not divisible or len(word) <= UNDIVIDED or bool(_FIRM.search(word))


def _lines(words: Sequence[tuple[float, bool]], width: float) -> tuple[int, float]:
    """Lines of a cell, and what it counts that words of it are divided or reach over its edge."""
    lines, used, divided = 1, 0.0, 0.0
    for em, firm in words:
        room = used + 0.26 + em if used else em
        if room <= width:
            used = room
            continue
        lines += bool(used)
        if em > width:
            divided += OVER if firm else DIVIDED
            lines += int(em / width)
        used = em % width if em > width else em
    return lines, divided


class _Costs:
    """What widths of the columns cost: lines of all rows together, and what else counts.

    A row is as high as its highest cell. What was asked once is known, as the search returns to the same widths.
    """

    def __init__(self, columns: Sequence[_Column]) -> None:
        self._columns = columns
        self._known: dict[tuple[int, ...], float] = {}

    def __call__(self, units: Sequence[int]) -> float:
        key = tuple(units)
        if key not in self._known:
            lines_and_costs = [column.lines(width) for column, width in zip(self._columns, key, strict=True)]
            highest, *others = [lines for lines, _ in lines_and_costs]
            for lines in others:
                highest = np.maximum(highest, lines)
            self._known[key] = float(highest.sum() + sum(cost for _, cost in lines_and_costs))
        return self._known[key]


def column_widths(
    head: Sequence[str], body: Sequence[Sequence[str]], stated_widths: Sequence[float] | None = None
) -> list[float]:
    """The share of each column, summing to 1, with which the table takes few lines.

    head, body: cells in Markdown; given: shares to begin with, beside others

    >>> [round(share, 2) for share in column_widths(["n", "Words"], [["1", "words that take several lines " * 9]])]
    [0.16, 0.84]
    """
    rows = [head, *body[:: -(-len(body) // LOOKED_AT) or 1]]
    columns = [_Column([row[place] for row in rows], len(head) >= MOST) for place in range(len(head))]
    across = ROOM if len(columns) <= MOST else DENSE
    room = max(int((across - BESIDE * len(columns)) / UNIT), 2 * len(columns))
    needed = [column.most for column in columns]
    if sum(needed) <= room:
        return _shares(_spread(needed, room - sum(needed)))
    starts = [[column.area for column in columns], [min(c.most, room / 3) for c in columns]]
    if stated_widths is not None:
        starts.append(list(stated_widths))
    cost = _Costs(columns)
    return _shares(min((_improved(columns, _shared(room, start), cost) for start in starts), key=cost))


def _shares(units: Sequence[int]) -> list[float]:
    total = sum(units) * UNIT + BESIDE * len(units)
    return [(width * UNIT + BESIDE) / total for width in units]


def _shared(room: int, shares: Sequence[float]) -> list[int]:
    """A room in units shared out in these proportions, at least two to each."""
    units = [max(2, int(room * share / sum(shares))) for share in shares]
    units[units.index(max(units))] += room - sum(units)
    return [max(1, width) for width in units]


def _improved(columns: Sequence[_Column], units: list[int], cost: _Costs) -> list[int]:
    """Room moved from one column to another, or given of what none needs, as long as that helps."""
    now, spare = cost(units), 0
    for step in STEPS * 2:
        units, freed = _needed(columns, units)
        spare += freed
        better, sure = True, cost(units) >= now - 1e-9
        while better:
            better = False
            for giver in range(len(units) + 1):
                for taker in range(len(units)):
                    rest = spare - step if giver == len(units) else units[giver] - step
                    if giver == taker or rest < (giver < len(units)):
                        continue
                    helped = columns[taker].helps(units[taker], units[taker] + step)
                    helped = helped or (giver < len(units) and columns[giver].helps(units[giver], rest))
                    if sure and not helped:
                        continue  # neither column is better off
                    tried = units.copy()
                    tried[taker] += step
                    if giver < len(units):
                        tried[giver] = rest
                    if (new := cost(tried)) < now - 1e-9:
                        units, now, better, sure = tried, new, True, True
                        spare = rest if giver == len(units) else spare
    return _spread(units, spare)


def _needed(columns: Sequence[_Column], units: list[int]) -> tuple[list[int], int]:
    """Each column as narrow as it can be with the same lines, and the room that is left."""
    needed = units.copy()
    for n, column in enumerate(columns):
        lines, more = column.lines(units[n])
        while needed[n] > 1:
            fewer, other = column.lines(needed[n] - 1)
            if other > more or not np.array_equal(fewer, lines):
                break
            needed[n] -= 1
    return needed, sum(units) - sum(needed)


def _spread(units: list[int], spare: int) -> list[int]:
    """What no column needs, given to all of them alike."""
    order = sorted(range(len(units)), key=lambda n: -units[n])  # the widest are the likeliest to be too tight
    wider = units.copy()
    for turn in range(spare):
        wider[order[turn % len(order)]] += 1
    return wider
