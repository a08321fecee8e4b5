"""Exports whose lines begin with a tag: RIS, PubMed NBIB, Web of Science, EndNote (Refer), RefWorks,
Ovid, Cochrane, NoteExpress (CNKI).

rispy (considered, and the yardstick in the tests: same entries on every clean file) gives neither
line numbers nor an account of what it skipped, and joins entries when an end tag is missing. nbib
(considered) reads one format only and stops at the first broken line. One small state machine
serves the dialects here and accounts for each line.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

from coproduction.formats.references.maps import RawEntry, outside
from coproduction.formats.references.plain_ris import PLAIN, whole_entry
from coproduction.formats.references.tagged_dialects import Dialect, split_ris

_HEADING = re.compile(
    r"<?\d{1,7}[.>)]?\Z|Record #?\d+ of \d+|Provider:|Database:|Content:|Link to the |[-=_*]{3,}\Z", re.IGNORECASE
)
_TYPE = re.compile(r"(?:[A-Z]{2,8}|[A-Z][a-z]+(?: [A-Za-z][a-z]+)?)\Z")
FULL = 80  # signs of a line of PubMed, at least, behind which the next word goes to the next line
_TITLES = frozenset(["TI", "T1"])
# What tells a work; the rest (links, notes, numbers of calls) a provider may write anywhere.
_TELLING = _TITLES | {"CT", "BT", "TT", "ST", "AB", "N2", "DO", "DI", "PM", "AU", "A1"}
# Beside a title, these tell a work also behind an end tag.
_OF_WORKS = frozenset(["AU", "A1", "A2", "ED", "PY", "Y1", "DA", "JO", "JF", "T2"])
_ADDRESSES = frozenset(["UR", "L1", "L2"])  # of which one may run over two lines
_ADDRESS = re.compile(r"\w+://|www\.|10\.\d{4}|<", re.IGNORECASE)
# Fields of running text, in which a line may begin with letters and a dash ("AD - the disease").
_TEXTS = frozenset(["AB", "N2", "N1"])


class _Open:
    """The entry being read: its first line and its fields; the last may still go on."""

    __slots__ = ("fields", "line", "parts", "start_at", "start_line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.fields: list[tuple[str, str]] = []
        self.parts: list[str] = []  # further lines of the last field
        self.start_at = -1  # position of the start tag among the fields
        self.start_line = line

    def add(self, tag: str, value: str) -> None:
        if self.parts:
            self.join()
        self.fields.append((tag, value))

    def more(self, text: str) -> None:
        if not self.fields:
            self.fields.append(("", ""))
        self.parts.append(text)

    def go_on(self, text: str) -> None:
        """More of the last line."""
        if self.parts:
            self.parts[-1] += f" {text}"
        else:
            tag, value = self.fields[-1]
            self.fields[-1] = (tag, f"{value} {text}")

    def join(self) -> None:
        if self.parts:
            tag, first = self.fields[-1]
            self.fields[-1] = (tag, "\n".join(filter(None, [first, *self.parts])))
            self.parts = []


def read_tagged(content: str | bytes, dialect: Dialect) -> Iterator[RawEntry]:
    """Entries of a text (or its UTF-8), and what belongs to none: every line that is not blank is in
    one of them.

    An entry ends at its end tag, at the next start tag, or at the end of the file. Lines before the
    first tag are the provider's heading; what follows an end tag belongs to no entry unless it tells
    a work, and a start tag in the middle of an entry does not divide it.
    """
    reader = _Reader(dialect, content)
    if dialect.split is split_ris:
        yield from _read_ris(content if isinstance(content, bytes) else content.encode(), reader)
    else:
        yield from reader.read(1, reader.lines)
    reader.finish()
    yield from reader.done


_END = b"\nER  -"


def _read_ris(data: bytes, reader: "_Reader") -> Iterator[RawEntry]:
    """Entries of RIS: what stands between two end tags and is written as it should be is an entry as
    it is; everything else goes line by line through the reader, with the same result.

    Each entry is decoded by itself, so that a large file is not in memory as a text too.
    """
    number = 1  # of the line on which `body` begins
    start, end = 0, data.find(_END)
    above = True  # a line ends in front of `body`, so that it has lines of its own
    while end >= 0:
        behind = data.find(b"\n", end + 1)
        below = behind >= 0
        behind = behind if below else len(data)
        body, tail = data[start:end], data[end + len(_END) : behind]
        following = data[behind + 1 : behind + 6]
        clean = reader.entry is None and not tail.strip() and (following[:1] in (b"", b"\n") or following == b"TY  -")
        entry = whole_entry(number, body) if clean else None
        lines = body.count(b"\n") + above
        if entry is not None:
            if reader.stray is not None or not reader.ended:
                yield from reader.whole()
            yield entry
        else:
            yield from reader.read(number, [*_lines(body)[:lines], *_lines(_END[1:] + tail)])
        number += lines + 1
        # the next end tag may come at once, on the line that begins here
        start, above = behind + 1, below
        end = data.find(_END, behind)
        if end == behind:
            above = False
    yield from reader.read(number, _lines(data[start:])[: data.count(b"\n", start) + above])


def _lines(data: bytes) -> list[str]:
    return data.decode().split("\n")


class _Lines(Sequence[str]):
    """The lines of a large file, each decoded when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ends = array("q", (line_end.start() for line_end in re.finditer(b"\n", data)))
        self._ends.append(len(data))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        start = self._ends[at - 1] + 1 if at else 0
        return self._data[start : self._ends[at]].decode()


class _Reader:
    """The state between two lines: the open entry, stray text, and what is done."""

    def __init__(self, dialect: Dialect, content: str | bytes) -> None:
        self.dialect = dialect
        self.content = content
        self.bounds = {dialect.start, dialect.end, *dialect.header, *dialect.once} - {""}
        # some databases leave the start tag out of every entry
        if isinstance(content, str):
            self.headed = bool(dialect.start) and dialect.start in content
        else:
            self.headed = bool(dialect.start) and dialect.start.encode() in content
        self.start_first = False  # the first tag of the file is the one that entries begin with
        self.exact = False  # the start tag of the entry is written as the format has it
        self.ended = False  # the entry before has its end tag
        self.gap = False  # a blank line after which a tag begins another entry
        self.entry: _Open | None = None
        self.stray: _Open | None = None
        self.seen = False
        self.heads: list[int] = []  # lines of counters and of the provider's headings
        self.done: list[RawEntry] = []

    @cached_property
    def lines(self) -> Sequence[str]:
        """All lines of the file."""
        return self.content.split("\n") if isinstance(self.content, str) else _Lines(self.content)

    def read(self, first: int, lines: Sequence[str]) -> Iterator[RawEntry]:
        """What ends within these lines, the first of which is line `first` of the file."""
        split, finished_entries, bounds = self.dialect.split, self.done, self.bounds
        ris = split is split_ris
        for number, line in enumerate(lines, first):
            entry = self.entry
            if ris and entry is not None and line[:5] in PLAIN:
                if entry.parts:
                    entry.join()
                entry.fields.append((line[:2], line[5:].strip()))
                continue
            tagged = split(line)
            if tagged is None or (tagged[0] in bounds and self.is_text(number, line, *tagged)):
                self.untagged(number, line.strip())
            elif entry is not None and not self.gap and tagged[0] not in bounds:
                loose = ris and self.exact and line[2:5] != "  -"
                if loose and entry.fields[-1][0] in _TEXTS:
                    self.untagged(number, line.strip())
                else:
                    entry.add(tagged[0], tagged[1].strip())
            else:
                self.tagged(number, *tagged)
            if finished_entries:
                yield from finished_entries
                finished_entries.clear()

    def whole(self) -> list[RawEntry]:
        """The text in front of a whole entry that is read at once; what comes then follows its end."""
        self._list_stray()
        self.start_first |= not self.seen
        self.seen = self.ended = True
        listed, self.done = self.done, []
        return listed

    def is_text(self, number: int, line: str, tag: str, value: str) -> bool:
        """Whether a line that looks like a start or end tag is more text of a field.

        An end tag has no value; one that has, or is not written as it should be, counts only in
        front of another entry. A start tag has the name of a type, not a sentence. In RIS, text
        goes on behind neither.
        """
        if self.entry is None or tag not in (self.dialect.start, self.dialect.end):
            return False
        value, ris = value.strip(), self.dialect.split is split_ris
        if tag == self.dialect.end:
            plain = not value and (line[2:5] == "  -" or not ris)
            if plain:
                return ris and self._text_goes_on(number)
            return not self._before_an_entry(number) and not self._glued(value)
        if not ris or line[2:5] == "  -":
            sentence = len(value.split()) > 3
            return sentence or (ris and self._text_goes_on(number))
        return not _TYPE.match(value)

    def _text_goes_on(self, number: int) -> bool:
        """Whether text follows line `number` at once, and behind it fields, but no other entry."""
        after = self.lines[number].strip() if number < len(self.lines) else ""
        if not after or _HEADING.match(after) or self.dialect.split(self.lines[number]):
            return False
        following = filter(None, map(self.dialect.split, self.lines[number + 1 : number + 20]))
        return next(following, ("TY", ""))[0] != self.dialect.start

    def _glued(self, value: str) -> bool:
        """Whether an entry begins on the line that ends another: files were put together."""
        tagged = self.dialect.split(value)
        return tagged is not None and tagged[0] == self.dialect.start

    def _before_an_entry(self, number: int) -> bool:
        """Whether an entry, its counter or the end of the file follows line `number`."""
        after = next((line for line in self.lines[number : number + 20] if line.strip()), None)
        if after is None or _HEADING.match(after.strip()):
            return True
        tagged = self.dialect.split(after)
        return tagged is not None and tagged[0] == self.dialect.start

    def untagged(self, number: int, text: str) -> None:
        """More of the field before, a blank line, or text outside all entries."""
        if self.entry is None:
            if text:
                if _HEADING.match(text):
                    self.heads.append(number)
                else:
                    self.stray = self.stray or _Open(number)
                    self.stray.more(text)
        elif text:
            self.gap = False
            tag, value = self.entry.fields[-1]
            another = tag not in _ADDRESSES or " " in text or _ADDRESS.match(text)
            if tag in self.dialect.lists and (value or self.entry.parts) and another:
                self.entry.add(tag, text)
            elif tag in self.dialect.broken and self._is_full(number - 1, text):
                self.entry.go_on(text)
            else:
                self.entry.more(text)
        else:
            self.gap = self.dialect.blank_ends

    def _is_full(self, number: int, text: str) -> bool:
        """Whether line `number` had no place left for the first word of `text`, so that this goes on with it."""
        return len(self.lines[number - 1].rstrip()) + 1 + len(text.split(" ", 1)[0]) > FULL

    def tagged(self, number: int, tag: str, value: str) -> None:
        """A field, the beginning or the end of an entry."""
        start = tag == self.dialect.start
        if tag in self.dialect.header:
            self._close(number, unended=True)
            self.heads.append(number)
            return
        self.start_first |= start and not self.seen
        self._list_stray()
        self.seen = True
        if tag == self.dialect.end:
            following = self.dialect.split(value.strip()) if self._glued(value.strip()) else None
            if self.entry is None:
                self.heads.append(number)
            elif value.strip() and following is None:
                self.entry.add(tag, value.strip())
            self._close(number + 1)
            self.ended = True
            if following is not None:
                self.tagged(number, *following)
            return
        entry = self.entry
        inside = start and entry is not None and entry.start_at < 0 and not self.gap
        if not inside and (start or self.gap or entry is None or self._again(tag)):
            self._close(number, unended=True)
            entry = self.entry = _Open(number)
            self.exact = False
        assert entry is not None
        if start:
            entry.join()
            entry.start_at, entry.start_line = len(entry.fields), number
            self.exact = self.lines[number - 1][2:5] == "  -"
        entry.add(tag, value.strip())

    def _again(self, tag: str) -> bool:
        entry = self.entry
        return entry is not None and tag in self.dialect.once and any(t == tag for t, _ in entry.fields)

    def finish(self) -> None:
        if self.entry is not None:
            self._close(len(self.lines) + 1, unended=True)
        self._list_stray()
        if self.heads:
            first = self.lines[self.heads[0] - 1].strip()
            self.done.append(outside(self.heads[0], first, "counters and headings", len(self.heads)))

    def _close(self, after: int, unended: bool = False) -> None:
        """End the open entry before line `after`: one entry, two, or text that tells no work."""
        entry, self.entry, self.gap = self.entry, None, False
        if entry is None:
            return
        entry.join()
        unended_text = "the end tag is missing" if unended and self.dialect.end else ""
        if not self.headed or entry.start_at == 0:
            self.done.append(RawEntry(entry.line, entry.fields, repaired=unended_text))
        elif entry.start_at < 0:
            self._headless(entry.fields, entry.line, after)
        else:
            before, entry_fields = entry.fields[: entry.start_at], entry.fields[entry.start_at :]
            if _has(before, _TITLES) != _has(entry_fields, _TITLES) and (_has(before, _TITLES) or not self.start_first):
                middle = f"{self.dialect.start} is in its middle"
                self.done.append(RawEntry(entry.line, entry.fields, repaired=middle))
            else:
                self._headless(before, entry.line, entry.start_line)
                self.done.append(RawEntry(entry.start_line, entry_fields, repaired=unended_text))

    def _headless(self, fields: list[tuple[str, str]], line: int, after: int) -> None:
        """What has no start tag: an entry where it tells a work, else what a provider adds.

        Behind an end tag, in a file whose entries begin as they should, a title alone may be part of a
        search strategy, and a DOI alone the link of the entry before.
        """
        if self.start_first and self.ended:
            work = _has(fields, _TITLES) and _has(fields, _OF_WORKS)
        else:
            work = _has(fields, _TELLING)
        if work or self.dialect.split is not split_ris:
            headless = f"it does not begin with {self.dialect.start}"
            self.done.append(RawEntry(line, fields, repaired=headless))
            return
        text = " ".join(f"{tag}  - {value}" if tag else value for tag, value in fields)
        self._outside(line, after, text, "between entries")

    def _list_stray(self) -> None:
        """Text between entries is listed, and so is the heading of the file."""
        if self.stray is not None:
            where = "between entries" if self.seen else "before the first entry"
            self.done.append(outside(self.stray.line, " ".join(self.stray.parts), where, len(self.stray.parts)))
        self.stray = None

    def _outside(self, line: int, after: int, text: str, reason: str) -> None:
        count = sum(bool(row.strip()) for row in self.lines[line - 1 : after - 1])
        self.done.append(outside(line, text, reason, count))


def _has(fields: list[tuple[str, str]], tags: frozenset[str]) -> bool:
    return any(tag in tags and value for tag, value in fields)
