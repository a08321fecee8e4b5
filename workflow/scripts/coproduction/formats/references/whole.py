"""Entries of RIS that are written as they should be, read at once instead of line by line."""

import re

from coproduction.formats.references import maps
from coproduction.formats.references.maps import RawEntry
from coproduction.formats.references.missing import MISSING_BEGINS, MISSING_SIGNS, is_missing

_OTHER_TAGS = tuple(
    """
    ER A3 A4 Y2 DB DP M1 M2 C1 C2 C4 C5 C6 C8 CA CN H1 H2 H3 H4 L4 LB M4 NV N3 OP RI RN RP SE TA U1 U4 U5 VO
""".split()
)

RIS_TAGS = frozenset(tag for tags in maps.RIS.values() for tag in tags).union(_OTHER_TAGS)

_START = "TY  -"
# Tags as RIS writes them that can only be a field of an entry.
PLAIN = {f"{tag}  -": tag for tag in RIS_TAGS - {"TY", "ER"}}
_OF_WHOLE = PLAIN | {_START: "TY"}
# Lines with a tag and a value that begins with a letter or digit and ends with no blank.
_TAGGED_LINES = re.compile(r"^([A-Z][A-Z0-9])  -\ *([^\W_].*)(?<![ \t])$", re.MULTILINE)


class _WholeEntry(RawEntry):
    """An entry of which every line begins with a tag, its values told apart at once."""

    def __init__(self, line: int, values: dict[str, list[str]], body: str) -> None:
        self.line, self.values, self._body = line, values, body

    def _read(self) -> maps.Fields:
        return [(line[:2], line[5:].strip()) for line in self._body.rstrip().split("\n")]


def whole_entry(number: int, lines: int, body: str) -> RawEntry | None:
    """The entry that the lines of `body` are, from its start tag on with a tag in each; None otherwise."""
    start = body.find(_START)
    if start:
        above = body[: max(start, 0)]
        if start < 0 or above.strip("\n"):
            return None
        number += start
        lines -= start
        body = body[start:]
    fields = _TAGGED_LINES.findall(body)
    if len(fields) != lines:
        body = body.rstrip()
        try:
            fields = [(_OF_WHOLE[line[:5]], line[5:].strip()) for line in body.split("\n")]
        except KeyError:
            return None
        fields = [
            (tag, value) for tag, value in fields if value[:1] not in MISSING_SIGNS or (value and not is_missing(value))
        ]
    values: dict[str, list[str]] = {}
    several = False
    for tag, value in fields:
        if value[:3] in MISSING_BEGINS and is_missing(value):
            continue
        if tag in values:
            values[tag].append(value)
            several = True
        else:
            values[tag] = [value]
    if several:
        if len(values["TY"]) > 1 or "ER" in values:
            return None
        for tag, found in values.items():
            if len(found) > 1:
                values[tag] = list(dict.fromkeys(found))
    return _WholeEntry(number, values, body)
