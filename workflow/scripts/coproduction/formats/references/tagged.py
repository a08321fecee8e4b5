"""Exports whose lines begin with a tag: RIS, PubMed NBIB, Web of Science, EndNote (Refer), RefWorks,
Ovid, Cochrane.

rispy (considered, and the yardstick in the tests: same entries on every clean file) gives neither
line numbers nor an account of what it skipped, and joins entries when an end tag is missing. nbib
(considered) reads one format only and stops at the first broken line. One small state machine
serves the dialects here and accounts for each line.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coproduction.formats.references import maps
from coproduction.formats.references.maps import RawEntry

Split = Callable[[str], tuple[str, str] | None]

_RIS_LINE = re.compile(
    r"[ \t\u200b]{0,3}([A-Z][A-Z0-9])([ \t\xa0]{0,3})[-\u2010-\u2015](.*)", re.DOTALL
)
# fmt: off
_OTHER_RIS_TAGS = (
    "ER", "A3", "A4", "Y2", "DB", "DP", "M1", "M2", "C1", "C2", "C4", "C5", "C6", "C8", "CA", "CN",
    "H1", "H2", "H3", "H4", "L4", "LB", "M4", "NV", "N3", "OP", "RI", "RN", "RP", "SE", "TA", "U1",
    "U4", "U5", "VO",
)
# fmt: on
_RIS_TAGS = frozenset(tag for tags in maps.RIS.values() for tag in tags).union(_OTHER_RIS_TAGS)
_NBIB_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: (.*)|)\Z", re.DOTALL)
_WOS_LINE = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)\Z", re.DOTALL)
_REFER_LINE = re.compile(r"%([A-Z0-9@!?$*^+~&<>#(])(?:[ \t](.*)|)\Z", re.DOTALL)
_COCHRANE_LINE = re.compile(r"(Record #|[A-Z][A-Z0-9]{1,2}: ?)(.*)\Z", re.DOTALL)
_OVID_LINE = re.compile(r" ?(?:([A-Z][A-Z0-9]{1,4}) {1,2}- (.*)|(<\d+\. ?>)\s*)\Z", re.DOTALL)
_HEADING = re.compile(
    r"<?\d{1,7}[.>)]?\Z|Record #?\d+ of \d+|Provider:|Database:|Content:|Link to the |[-=_*]{3,}\Z",
    re.IGNORECASE,
)


def _split_ris(line: str) -> tuple[str, str] | None:
    """Tag and value of "TI  - value"; a known tag may have lost or gained a space."""
    if line[2:5] == "  -" and line[:2] in _RIS_TAGS:
        return line[:2], line[5:]
    found = _RIS_LINE.match(line)
    if not found:
        return None
    tag, gap, value = found.groups()
    exact = len(gap) == 2
    loose = tag in _RIS_TAGS and (not value or value[0] in " \t\xa0" or tag in ("TY", "ER"))
    return (tag, value) if exact or loose else None


def _split_cochrane(line: str) -> tuple[str, str] | None:
    found = _COCHRANE_LINE.match(line)
    return (found.group(1).rstrip(": #"), found.group(2)) if found else None


def _split_ovid(line: str) -> tuple[str, str] | None:
    found = _OVID_LINE.match(line)
    if not found:
        return None
    return ("<", found.group(3)) if found.group(3) else (found.group(1), found.group(2))


def _split_by(pattern: re.Pattern) -> Split:
    def split(line: str) -> tuple[str, str] | None:
        found = pattern.match(line)
        return (found.group(1), found.group(2) or "") if found else None

    return split


@dataclass(frozen=True)
class Dialect:
    """How one tagged format marks its lines.

    `split` gives tag and value of a tagged line; an untagged line after a tag of `lists` is another
    value, after any other tag it is more text of the same value. `start` is the tag that every
    entry begins with, where there is one.
    """

    split: Split
    start: str
    end: str = ""
    header: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    blank_ends: bool = False
    once: frozenset[str] = frozenset()  # a second one of these begins another entry


RIS = Dialect(_split_ris, "TY", "ER", lists=frozenset({"KW", "AU", "A1", "UR", "L1", "L2"}))
NBIB = Dialect(_split_by(_NBIB_LINE), "PMID", blank_ends=True)
WOS = Dialect(
    _split_by(_WOS_LINE),
    "PT",
    "ER",
    header=frozenset({"FN", "VR", "EF"}),
    lists=frozenset({"AU", "AF", "BA", "BF", "BE", "ED", "CR", "CA"}),
)
REFER = Dialect(
    _split_by(_REFER_LINE), "", lists=frozenset({"A", "K"}), blank_ends=True,
    once=frozenset({"0", "T"}),
)  # fmt: skip
REFWORKS = Dialect(_split_by(_WOS_LINE), "RT", blank_ends=True)
OVID = Dialect(_split_ovid, "<", lists=frozenset({"AU", "IN", "DE", "MH"}))
COCHRANE = Dialect(_split_cochrane, "Record")


class _Open:
    """The entry being read: its first line and its fields; the last may still go on."""

    __slots__ = ("fields", "line", "parts", "repaired")

    def __init__(self, line: int, repaired: str = "") -> None:
        self.line, self.repaired = line, repaired
        self.fields: list[tuple[str, str]] = []
        self.parts: list[str] = []  # further lines of the last field

    def add(self, tag: str, value: str) -> None:
        if self.parts:
            self._join()
        self.fields.append((tag, value))

    def more(self, text: str) -> None:
        if not self.fields:
            self.fields.append(("", ""))
        self.parts.append(text)

    def close(self, repaired: str = "", problem: str = "") -> RawEntry:
        if self.parts:
            self._join()
        return RawEntry(self.line, self.fields, problem, self.repaired or repaired)

    def _join(self) -> None:
        tag, first = self.fields[-1]
        self.fields[-1] = (tag, "\n".join(filter(None, [first, *self.parts])))
        self.parts = []


def read_tagged(text: str, dialect: Dialect) -> Iterator[RawEntry]:
    """Entries of `text`; text that belongs to no entry comes as an entry with a problem.

    An entry ends at its end tag, at the next start tag, or at the end of the file. Lines before
    the first tag are the provider's heading.
    """
    reader = _Reader(dialect, headed=bool(dialect.start) and dialect.start in text)
    split, done = dialect.split, reader.done
    bounds = {dialect.start, dialect.end, *dialect.header, *dialect.once}
    for number, line in enumerate(text.split("\n"), 1):
        tagged = split(line)
        if tagged is None:
            reader.untagged(number, line.strip())
        elif reader.entry is not None and not reader.gap and tagged[0] not in bounds:
            reader.entry.add(tagged[0], tagged[1].strip())
        elif tagged[0] not in dialect.header:
            reader.tagged(number, *tagged)
        if done:
            yield from done
            done.clear()
    reader.finish()
    yield from done


class _Reader:
    """The state between two lines: the open entry, stray text, and what is done."""

    def __init__(self, dialect: Dialect, headed: bool) -> None:
        self.dialect = dialect
        self.headed = headed  # some databases leave the start tag out of every entry
        self.gap = False  # a blank line after which a tag begins another entry
        self.entry: _Open | None = None
        self.stray: _Open | None = None
        self.seen = False
        self.done: list[RawEntry] = []

    def untagged(self, number: int, text: str) -> None:
        """More of the field before, a blank line, or text outside all entries."""
        if self.entry is None:
            if text and self.seen:
                self.stray = self.stray or _Open(number)
                self.stray.more(text)
        elif text:
            self.gap = False
            tag, value = self.entry.fields[-1]
            if tag in self.dialect.lists and (value or self.entry.parts):
                self.entry.add(tag, text)
            else:
                self.entry.more(text)
        else:
            self.gap = self.dialect.blank_ends

    def tagged(self, number: int, tag: str, value: str) -> None:
        """A field, the beginning or the end of an entry."""
        self.seen = True
        self._refuse_stray()
        if tag == self.dialect.end:
            self._close()
            return
        if tag == self.dialect.start or self.gap or self.entry is None or self._again(tag):
            self._close(unended=True)
            headless = self.headed and tag != self.dialect.start
            self.entry = _Open(number, f"it does not begin with {self.dialect.start}" * headless)
        self.entry.add(tag, value.strip())

    def _again(self, tag: str) -> bool:
        return tag in self.dialect.once and any(t == tag for t, _ in self.entry.fields)

    def finish(self) -> None:
        self._close(unended=True)
        self._refuse_stray()

    def _close(self, unended: bool = False) -> None:
        if self.entry is not None:
            repaired = "the end tag is missing" if unended and self.dialect.end else ""
            self.done.append(self.entry.close(repaired))
        self.entry, self.gap = None, False

    def _refuse_stray(self) -> None:
        """Text between entries is refused; a counter or the provider's heading is none."""
        if self.stray is not None and not all(map(_HEADING.match, self.stray.parts)):
            self.done.append(self.stray.close(problem="text that belongs to no entry"))
        self.stray = None
