"""How wide words are in a figure, and where they break into lines.

matplotlib wraps text at the edge of the figure alone; labels that must not touch need their lines
known before they are drawn.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from coproduction.core.figures import DOUBLE, FAMILY, LETTERS

SIZE = LETTERS
LINE = SIZE * 1.05 / 72  # inches from line to line
LIST_COLUMNS, APART = 2, 0.012  # of a list below a figure; inches between its names


@lru_cache(maxsize=100_000)
def width_of(words: str, size: float = SIZE, weight: str = "normal") -> float:
    """Width of a line of words in inches, in the font of the figures."""
    font = FontProperties(family=FAMILY, size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(words, font, False)[0] / 72


def wrapped(words: str, width: float, size: float = SIZE, weight: str = "normal") -> list[str]:
    """`words` in lines of at most `width` inches; a word that is too long is cut with a hyphen.

    Where a blank must not break, it is a no-break space.

    >>> wrapped("one two three", 0.5)
    ['one two', 'three']
    """
    return list(_lines_of(words, width, size, weight))


@lru_cache(maxsize=10_000)
def _lines_of(words: str, width: float, size: float, weight: str) -> tuple[str, ...]:
    def wide(piece: str) -> bool:
        return width_of(piece, size, weight) > width

    lines = [""]
    for written_word in filter(None, re.split(r"[ \t\n]+", words)):
        word = written_word
        if lines[-1] and wide(f"{lines[-1]} {word}"):
            lines.append("")
        while wide(word) and len(word) > 1:
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or not wide(word[:n] + "-"))
            lines[-1:] = [word[:cut] + "-", ""]
            word = word[cut:]
        lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)


def fitted(words: str, width: float, most: int, size: float = SIZE, weight: str = "normal") -> list[str]:
    """`words` in at most `most` lines; what finds no room is left out, with … for it.

    >>> fitted("one two three four", 0.44, 2)
    ['one two', 'three…']
    """
    lines = wrapped(words, width, size, weight)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width_of(f"{last}…", size, weight) > width:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], f"{last}…"]


def fitted_apart(names: Sequence[str], width: float, most: int, size: float = SIZE) -> list[list[str]]:
    """Each name in at most `most` lines, as `fitted`; names that would be cut alike lose words in their middle.

    >>> [lines[0] for lines in fitted_apart(["Trust of people in banks", "Trust of people in law"], 0.99, 1)]
    ['Trust of … banks', 'Trust of … law']
    """
    fitted_names = [fitted(name, width, most, size) for name in names]
    alike: dict[str, list[int]] = {}
    for place, lines in enumerate(fitted_names):
        alike.setdefault("\n".join(lines), []).append(place)
    for places in alike.values():
        words = [names[place].split() for place in places]
        if len({*map(tuple, words)}) > 1:
            shared = _beginning(words)
            for place, name_words in zip(places, words, strict=True):
                fitted_names[place] = _without_middle(name_words, shared, width, most, size)
    return fitted_names


def _beginning(names: Sequence[Sequence[str]]) -> int:
    """How many words all names begin with alike."""
    alike = 0
    for words in zip(*names, strict=False):
        if len(set(words)) > 1:
            break
        alike += 1
    return alike


def _without_middle(words: Sequence[str], shared: int, width: float, most: int, size: float) -> list[str]:
    """What makes a name its own, behind as many words of its beginning as there is room for."""
    ending = " ".join(words[shared:]) or words[-1]
    for n_kept in range(shared - 1, 0, -1):
        lines = wrapped(f"{' '.join(words[:n_kept])} … {ending}", width, size)
        if len(lines) <= most:
            return lines
    return fitted(f"… {ending}", width, most, size)


def rows_that_fit(heights: Sequence[float], room: float) -> int:
    """How many rows of these heights a room holds.

    >>> rows_that_fit([1, 1, 1], 2.5)
    2
    """
    used = 0.0
    for number, height in enumerate(heights):
        used += height
        if used > room:
            return number
    return len(heights)


def _listed(names: Sequence[str], most: int, numbers: Sequence[str] = ()) -> list[list[tuple[str, list[str]]]]:
    """The names with their numbers in the columns of a list, each in its lines."""
    numbers = numbers or [str(n) for n in range(1, len(names) + 1)]
    down = -(-len(names) // LIST_COLUMNS)
    each = zip(numbers, fitted_apart(names, DOUBLE / LIST_COLUMNS - 0.36, most), strict=True)
    lines = list(each)
    return [lines[at : at + down] for at in range(0, len(lines), down)]


def list_height(names: Sequence[str], most: int = 2) -> float:
    """Inches that a list of numbered names needs."""
    return max(sum(LINE * len(lines) + APART for _, lines in column) for column in _listed(names, most)) + 0.12


def draw_list(
    axes: Axes, names: Sequence[str], top: float, down: int, most: int = 2, numbers: Sequence[str] = ()
) -> None:
    """Which number is which name, in axes in inches; `down` is 1 where they count downwards, else -1.

    numbers: those of the names, where they are not 1, 2, 3 …; an empty one is not written.
    """
    for place, column in enumerate(_listed(names, most, numbers)):
        x, y = 0.05 + place * DOUBLE / LIST_COLUMNS, top
        for number, lines in column:
            style: dict[str, Any] = {"size": SIZE, "va": "top", "color": "#1a1a1a"}
            axes.text(x + 0.2, y, number, weight="bold", ha="right", **style)
            axes.text(x + 0.27, y, "\n".join(lines), linespacing=1.05, **style)
            y += down * (LINE * len(lines) + APART)
