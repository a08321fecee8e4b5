"""Exports whose lines begin with a tag: RIS, PubMed NBIB, Web of Science, EndNote (Refer).

rispy (considered, and the yardstick in the tests: same entries on every clean file) gives neither
line numbers nor an account of what it skipped, and joins entries when an end tag is missing. nbib
(considered) reads one format only and stops at the first broken line. One small state machine
serves the four dialects here and accounts for each line.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .raw import RawEntry

LINE_END = re.compile(r"\r\n|\n|\r")
_RIS_LINE = re.compile(r"[ \t\u200b]{0,3}([A-Z][A-Z0-9])([ \t\xa0]{0,3})[-–](.*)", re.DOTALL)
_RIS_TAGS = frozenset(
    "TY ER TI T1 T2 T3 TT AU A1 A2 A3 A4 AB N1 N2 PY Y1 Y2 DA JO JF JA J1 J2 VL IS SP EP DO KW UR "
    "SN LA AN ID PB CY AD DB DP M1 M3 L1 L2 L3 L4 ST BT CT CP ED ET LK U1 U2 C1".split()
)
_NBIB_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|)\Z", re.DOTALL)
_WOS_LINE = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)\Z", re.DOTALL)
_REFER_LINE = re.compile(r"%([A-Z0-9@!?$*^+~&<>#(])(?: (.*)|)\Z", re.DOTALL)


def _split_ris(line: str) -> tuple[str, str] | None:
    """Tag and value of "TI  - value"; a known tag may have lost or gained a space."""
    found = _RIS_LINE.match(line)
    if not found:
        return None
    tag, gap, value = found.groups()
    exact = len(gap) == 2
    loose = tag in _RIS_TAGS and (not value or value[0] in " \t\xa0" or tag in ("TY", "ER"))
    return (tag, value) if exact or loose else None


def _split_by(pattern: re.Pattern) -> Callable[[str], tuple[str, str] | None]:
    def split(line: str) -> tuple[str, str] | None:
        found = pattern.match(line)
        return (found.group(1), found.group(2) or "") if found else None

    return split


@dataclass(frozen=True)
class Dialect:
    """How one tagged format marks its lines.

    `split` gives tag and value of a tagged line; an untagged line after a tag of `lists` is another
    value, after any other tag it is more text of the same value.
    """

    split: Callable[[str], tuple[str, str] | None]
    start: str
    end: str = ""
    header: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    blank_ends: bool = False


RIS = Dialect(_split_ris, "TY", "ER", lists=frozenset({"KW", "AU", "A1", "UR", "L1", "L2"}))
NBIB = Dialect(_split_by(_NBIB_LINE), "PMID", blank_ends=True)
WOS = Dialect(
    _split_by(_WOS_LINE),
    "PT",
    "ER",
    header=frozenset({"FN", "VR", "EF"}),
    lists=frozenset({"AU", "AF", "BA", "BF", "BE", "ED", "CR", "CA"}),
)
REFER = Dialect(_split_by(_REFER_LINE), "0", lists=frozenset({"A", "K"}), blank_ends=True)


class _Open:
    """The entry being read: its first line and its fields as lists of lines."""

    def __init__(self, line: int, mended: str = "") -> None:
        self.line, self.mended, self.fields = line, mended, []

    def add(self, tag: str, value: str) -> None:
        self.fields.append((tag, [value]))

    def more(self, text: str) -> None:
        if self.fields:
            self.fields[-1][1].append(text)
        else:
            self.add("", text)

    def close(self, mended: str = "", problem: str = "") -> RawEntry:
        fields = [(tag, "\n".join(filter(None, parts))) for tag, parts in self.fields]
        return RawEntry(self.line, fields, problem, self.mended or mended)


def read_tagged(text: str, dialect: Dialect) -> Iterator[RawEntry]:
    """Entries of `text`; text that belongs to no entry comes as an entry with a problem.

    An entry ends at its end tag, at the next start tag, or at the end of the file. Lines before
    the first tag are the provider's heading.
    """
    unended = "the end tag is missing" if dialect.end else ""
    entry: _Open | None = None
    stray: _Open | None = None
    seen = False
    for number, line in enumerate(LINE_END.split(text), 1):
        tagged = dialect.split(line)
        if tagged is None:
            rest = line.strip()
            if entry is None and rest and seen:
                stray = stray or _Open(number)
                stray.more(rest)
            elif entry is not None and not rest and dialect.blank_ends:
                yield entry.close()
                entry = None
            elif entry is not None and rest:
                _continue(entry, rest, dialect)
            continue
        tag, value = tagged
        if tag in dialect.header:
            continue
        seen = True
        if stray is not None:
            yield _refused(stray)
            stray = None
        if tag == dialect.end:
            if entry is not None:
                yield entry.close()
            entry = None
            continue
        if tag == dialect.start or entry is None:
            if entry is not None:
                yield entry.close(unended)
            headless = "" if tag == dialect.start else f"it does not begin with {dialect.start}"
            entry = _Open(number, headless)
        entry.add(tag, value.strip())
    if entry is not None:
        yield entry.close(unended)
    if stray is not None:
        yield _refused(stray)


def _continue(entry: _Open, text: str, dialect: Dialect) -> None:
    tag, parts = entry.fields[-1]
    if tag in dialect.lists and parts[-1]:
        entry.add(tag, text)
    else:
        entry.more(text)


def _refused(stray: _Open) -> RawEntry:
    return stray.close(problem="text that belongs to no entry")
