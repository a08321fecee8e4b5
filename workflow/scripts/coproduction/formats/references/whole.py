"""Entries of RIS that are written as they should be, read at once instead of line by line."""

from coproduction.formats.references import maps
from coproduction.formats.references.maps import RawEntry
from coproduction.formats.references.missing import MISSING_BEGINS, MISSING_SIGNS, is_missing

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


class _WholeEntry(RawEntry):
    """An entry of which every line begins with a tag, its values told apart at once."""

    def __init__(self, line: int, values: dict[str, list[str]], body: str) -> None:
        self.line, self.values, self._body = line, values, body

    def _read(self) -> maps.Fields:
        return [(line[:2], line[5:].strip()) for line in self._body.split("\n")]


def whole_entry(number: int, body: bytes) -> RawEntry | None:
    """The entry that the lines of `body` are, from its start tag on with a tag in each; None otherwise."""
    start = body.find(_START)
    if start < 0 or body[:start].strip(b"\n"):
        return None
    text = body[start:].decode().rstrip()
    lines = text.split("\n")
    kind = lines[0][5:].strip()
    values = {} if not kind or is_missing(kind) else {"TY": [kind]}
    several = set()
    tags, begins, signs = _TAGS, MISSING_BEGINS, MISSING_SIGNS  # looked up for each line
    for line in lines[1:]:
        tag = tags.get(line[:6])
        if tag is None:
            return None
        value = line[6:].strip()
        if (value[:3] in begins or value[:1] in signs) and (not value or is_missing(value)):
            continue
        if tag in values:
            values[tag].append(value)
            several.add(tag)
        else:
            values[tag] = [value]
    for tag in several:
        values[tag] = list(dict.fromkeys(values[tag]))
    return _WholeEntry(number + start, values, text)
