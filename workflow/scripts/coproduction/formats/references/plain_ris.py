"""Entries of RIS that are written as they should be, read at once instead of line by line."""

import re
from functools import cached_property

from coproduction.formats.references import maps
from coproduction.formats.references.cleaning import is_unbroken
from coproduction.formats.references.decoding import perhaps_mojibake
from coproduction.formats.references.entry import values_of
from coproduction.formats.references.maps import RawEntry

_OTHER_TAGS = tuple(
    """
    ER A3 A4 Y2 DB DP M1 M2 C1 C2 C4 C5 C6 C8 CA CN H1 H2 H3 H4 L4 LB M4 NV N3 OP RI RN RP SE TA U1 U4 U5 VO
""".split()
)

RIS_TAGS = frozenset(tag for tags in maps.RIS.values() for tag in tags).union(_OTHER_TAGS)

_START = b"TY  -"
# Tags as RIS writes them that can only be a field of an entry.
PLAIN = {f"{tag}  -": tag for tag in RIS_TAGS - {"TY", "ER"}}
_TAGS = PLAIN | {f"{begin} ": tag for begin, tag in PLAIN.items()}  # what stands before a value, or alone
_DIVIDED = re.compile(r"\n(..  - ?)")
ALONE = len("TY  -")
KEPT_ORDERS = 20_000


class TagOrder:
    """The tags of an entry's lines in their order: `rows`, one a line; `tags`, each once, with the type
    in front; `alone`, the lines without a blank behind the tag; `first` and `ends`, where the values of a tag stand; `several`, the tags of many values;
    and `together`, whether the lines of each tag follow one another."""

    __slots__ = ("alone", "ends", "first", "rows", "several", "tags", "together")

    def __init__(self, rows: list[str], alone: list[int]) -> None:
        self.rows, self.alone = rows, alone
        self.first: dict[str, int] = {}
        self.ends: dict[str, int] = {}
        for place, tag in enumerate(rows):
            self.first.setdefault(tag, place)
            self.ends[tag] = place + 1
        self.tags = ("TY", *self.first)
        self.several = frozenset(tag for tag in self.first if self.ends[tag] - self.first[tag] > 1)
        self.together = all(rows.count(tag) == self.ends[tag] - self.first[tag] for tag in self.several)


_orders: dict[tuple[str, ...], TagOrder] = {}


class WholeEntry(RawEntry):
    """An entry of which every line begins with a tag of `order`, with what is `given` there.

    It is `clean` where its values, if they say something, need no cleaning of signs and white space.
    """

    def __init__(self, line: int, kind: str, given: list[str], body: str, order: TagOrder, clean: bool) -> None:
        self.line, self.kind, self.given, self._body, self.order, self.clean = line, kind, given, body, order, clean

    def _read(self) -> maps.Fields:
        return [(line[:2], line[5:].strip()) for line in self._body.split("\n")]

    @cached_property
    def values(self) -> dict[str, list[str]]:  # type: ignore[override]  # else an attribute
        return values_of([("TY", self.kind), *zip(self.order.rows, self.given, strict=True)])


def whole_entry(number: int, body: bytes) -> WholeEntry | None:
    """The entry that the lines of `body` are, from its start tag on with a tag in each; None otherwise."""
    start = body.find(_START)
    if start < 0 or body[:start].strip(b"\n"):
        return None
    text = body[start:].decode().rstrip()
    first, *pieces = _DIVIDED.split(text)
    begins, values = tuple(pieces[::2]), pieces[1::2]
    order = _orders.get(begins) or _order(begins)
    if order is None or text.count("\n") != len(begins):
        return None
    if order.alone and any(values[place] for place in order.alone):
        return None
    clean = (
        order.together
        and "&" not in text
        and "<" not in text
        and text.count("  ") == len(begins) + 1  # those of the tags
        and (is_unbroken(text) if text.isascii() else _is_clean(text, body))
    )
    return WholeEntry(number + start, first[5:].strip(), list(map(str.strip, values)), text, order, clean)


def _order(begins: tuple[str, ...]) -> TagOrder | None:
    """The order of these tags, kept for the next entry; None where one is none."""
    tags = [_TAGS[begin] for begin in begins if begin in _TAGS]
    if len(tags) < len(begins):
        return None
    order = TagOrder(tags, [place for place, begin in enumerate(begins) if len(begin) == ALONE])
    if len(_orders) < KEPT_ORDERS:
        _orders[begins] = order
    return order


def _is_clean(text: str, body: bytes) -> bool:
    """Whether a text with signs beyond ASCII has no mojibake and no white space but blanks and line ends."""
    return not perhaps_mojibake(body) and text.replace("\n", "").isprintable()
