"""Cells of a table with one comma: two names or one, two keywords or one?

"Béla Alder, Ada Birch" and "García López, Ana María" look alike. Where other cells of the same file have
three names or more with commas between them and none has another sign or a family name in front of a comma,
the file parts at commas; else the cell stays one.
"""

import re
from collections.abc import Callable, Sequence

from coproduction.formats.references.author_names import is_corporate

Cells = Sequence[str]  # one a row, as the file has them; empty where the entry has none

_OTHER_SIGN = re.compile(r"[;|\n]|//")
_AND = re.compile(r"\s(?:and|&|und|et|y)\s")
_FULL_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,3}[^\W\d_][\w'’-]+\Z")


def names_at_commas(authors: Cells) -> dict[int, list[str]]:
    """The two names of each cell with one comma, by its place, where the file parts names at commas.

    >>> names_at_commas(["Béla Alder, Ada Birch", "Bo Elm, Cy Fir, Di Oak", "Ada Birch"])
    {0: ['Béla Alder', 'Ada Birch']}
    >>> names_at_commas(["García López, Ana María", "Elm, Bo", "Bo Elm, Cy Fir, Di Oak"])
    {}
    """
    if any(map(_AND.search, authors)):
        return {}
    return _parted(authors, lambda parts: all(map(_FULL_NAME.match, parts)) and not any(map(is_corporate, parts)))


def keywords_at_commas(keywords: Cells) -> dict[int, list[str]]:
    """The two keywords of each cell with one comma, by its place, where the file parts them at commas.

    >>> keywords_at_commas(["care, trust", "health, home care, rivers"])
    {0: ['care', 'trust']}
    """
    return _parted(keywords, lambda parts: all(parts) and all(len(part.split()) < 7 for part in parts))


def _parted(cells: Cells, are_alike: Callable[[list[str]], bool]) -> dict[int, list[str]]:
    pairs: dict[int, list[str]] = {}
    lists = False
    for place, cell in enumerate(cells):
        if _OTHER_SIGN.search(cell):
            return {}
        parts = [part.strip() for part in re.split(r",\s", cell)]
        if len(parts) < 2:
            if "," in cell:
                return {}
            continue
        if not are_alike(parts):
            return {}
        if len(parts) > 2:
            lists = True
        else:
            pairs[place] = parts
    return pairs if lists else {}
