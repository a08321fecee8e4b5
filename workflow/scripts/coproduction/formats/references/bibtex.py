"""BibTeX and BibLaTeX files, entry by entry.

bibtexparser 2 (considered, and the yardstick in the tests: same entries and values on every clean
file) reads a whole file with one grammar, so a brace that is missing in one entry moves the
boundaries of the ones after it, and it needs about ten times as long. Here the file is first cut
where an entry begins a line; what is broken inside stays inside.
"""

import re
from collections.abc import Iterator

from coproduction.formats.references.maps import RawEntry

_START = re.compile(r"[ \t]{0,8}@[ \t]*([A-Za-z]+)[ \t]*[{(]")
_KEY = re.compile(r"[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]\s*(?:([^,={}\n]{1,300}?)[ \t]*(?=[,}\n]|\Z))?")
_NAME = re.compile(r"[\s,]*([^\s=,{}\"#]+)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"]+")
_SPACE = re.compile(r"\s*")
_BREAK = re.compile(r"[{}\"]")
_CROSSREF = re.compile(r"\bcrossref\s*=", re.IGNORECASE)
_INHERITED = (
    "title", "booktitle", "editor", "year", "date", "publisher", "address", "series", "volume", "isbn",
)  # fmt: skip
_MONTHS = {
    m: m
    for m in ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
}


def read_bibtex(text: str) -> Iterator[RawEntry]:
    """Entries of `text`, with the fields ENTRYTYPE and ID first; comments and strings are none.

    An entry takes from the one that its crossref names what it does not say itself.
    """
    entries = _read(text)
    if not _CROSSREF.search(text):
        yield from entries
        return
    entries = list(entries)
    parents = {dict(e.fields).get("ID", "").lower(): e.fields for e in entries}
    for entry in entries:
        own = dict(entry.fields)
        for name, value in parents.get(own.get("crossref", "").lower(), ()):
            inherited = "booktitle" if name == "title" else name
            if inherited not in own and name in _INHERITED:
                entry.fields.append((inherited, value))
        yield entry


def _read(text: str) -> Iterator[RawEntry]:
    macros = dict(_MONTHS)
    for line, kind, lines in _blocks(text):
        if kind in ("comment", "preamble"):
            continue
        block = "\n".join(lines)
        key = _KEY.match(block)
        name = (key.group(1) or "").strip()
        if kind == "string":
            macros |= dict(_fields(block, key.end(), macros)[0])
            continue
        fields, repaired = _fields(block, key.end(), macros)
        yield RawEntry(line, [("ENTRYTYPE", kind), ("ID", name), *fields], repaired=repaired)


def _blocks(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Line, kind and lines of each block that begins with "@kind{" at the beginning of a line."""
    block: tuple[int, str, list[str]] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        found = _START.match(line)
        if found:
            if block:
                yield block
            block = (number, found.group(1).lower(), [])
        if block:
            block[2].append(line)
    if block:
        yield block


def _fields(block: str, at: int, macros: dict) -> tuple[list[tuple[str, str]], str]:
    """Fields of a block from position `at` on, and what was amiss."""
    fields: list[tuple[str, str]] = []
    repaired = ""
    while at < len(block):
        found = _NAME.match(block, at)
        if found:
            value, at, whole = _value(block, found.end(), macros)
            fields.append((found.group(1).lower(), value))
            repaired = repaired if whole else f"the value of {found.group(1).lower()} is not closed"
            continue
        at = _SPACE.match(block, at).end()
        if block[at : at + 1] in ("}", ")"):
            return fields, repaired
        if block[at : at + 1] not in ("", ","):
            repaired = repaired or "text between the fields was skipped"
        following = [p for p in (block.find("\n", at + 1), block.find(",", at + 1)) if p > 0]
        at = min(following, default=len(block))
    return fields, repaired or "the entry is not closed"


def _value(block: str, at: int, macros: dict) -> tuple[str, int, bool]:
    """A value (parts joined by #) from `at` on, where it ends, and whether it was closed."""
    parts = []
    while at < len(block):
        if block[at] in '{"':
            end = _closing(block, at)
            parts.append(block[at + 1 : end])
            at = end + 1
            if end >= len(block):
                return "".join(parts).strip(), end, False
        elif bare := _BARE.match(block, at):
            parts.append(macros.get(bare.group().lower(), bare.group()))
            at = bare.end()
        after = _SPACE.match(block, at).end()
        if block[after : after + 1] != "#":
            break
        at = _SPACE.match(block, after + 1).end()
    return "".join(parts).strip(), at, True


def _closing(block: str, at: int) -> int:
    """Position of the brace or quote that closes the one at `at`; the length when none does."""
    depth, quoted = 0, block[at] == '"'
    if not quoted:  # mostly there are no braces inside
        end = block.find("}", at)
        if end > 0 and block[end - 1] != "\\" and block.find("{", at + 1, end) < 0:
            return end
    for found in _BREAK.finditer(block, at + quoted):
        char, here = found.group(), found.start()
        if block[here - 1] == "\\" and block[here - 2] != "\\" and char != '"':
            continue  # an escaped brace; BibTeX would count it, exporters do not
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0 and not quoted:
                return here
        elif char == '"' and quoted and depth <= 0:
            return here
    return len(block)
