"""BibTeX and BibLaTeX files, entry by entry.

bibtexparser 2 (considered, and the yardstick in the tests: same entries and values on every clean
file) reads a whole file with one grammar, so a brace that is missing in one entry moves the
boundaries of the ones after it, and it needs about ten times as long. Here the file is first cut
where an entry begins a line; what is broken inside stays inside.
"""

import re
from collections.abc import Iterator

from coproduction.formats.references.maps import RawEntry, outside

# A key or a field follows; "@alder{at}rivers.org" may begin a line of a text.
_START = re.compile(
    r"[ \t]{0,8}@[ \t]*(?:(?i:comment|preamble|string)[ \t]*[{(]"
    r"|[A-Za-z]+[ \t]*(?:\{[^\n}]*(?:[,=]|\Z)|\([^\n)]*(?:[,=]|\Z)))"
)
_ANYWHERE = re.compile(r"@[ \t]*([A-Za-z]+)[ \t]*[{(]")
_KEY = re.compile(r"[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]\s*(?:([^,={}\n]{1,300}?)[ \t]*(?=[,}\n]|\Z))?")
_NAME = re.compile(r"[\s,]*([^\s=,{}\"#]+)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}()\"]+")
_BREAK = re.compile(r"[{}\"]")
_CROSSREF = re.compile(r"\bcrossref\s*=", re.IGNORECASE)
_INHERITED = ("title", "booktitle", "editor", "year", "date", "publisher", "address", "series", "volume", "isbn")
_SUBTITLES = {"subtitle": "title", "booksubtitle": "booktitle", "journalsubtitle": "journaltitle"}
_SUBTITLE_OF = {main: name for name, main in _SUBTITLES.items()}
_MONTHS = {m: m for m in ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]}


def read_bibtex(text: str) -> Iterator[RawEntry]:
    """Entries of `text`, with the fields ENTRYTYPE and ID first; what is none comes as outside.

    An entry takes from the one that its crossref names what it does not say itself. A subtitle of
    BibLaTeX joins its title.
    """
    if not _CROSSREF.search(text):
        yield from _read(text)
        return
    entries = list(_read(text))
    parents = {dict(e.fields).get("ID", "").lower(): e.fields for e in entries if not e.outside}
    for entry in entries:
        fields = dict(entry.fields)
        parent_key = fields.get("crossref", "").lower()
        of_itself = parent_key == fields.get("ID", "").lower()
        for name, value in [] if of_itself or not parent_key else parents.get(parent_key, []):
            inherited = "booktitle" if name == "title" else name
            if inherited not in fields and name in _INHERITED:
                entry.fields.append((inherited, value))
        yield entry


def _read(text: str) -> Iterator[RawEntry]:
    macros = dict(_MONTHS)
    for line, block in _blocks(text):
        at = 0
        while at < len(block):  # mostly once: a second entry may begin on the line of the first
            started = _ANYWHERE.search(block, at)
            before = block[at : started.start() if started else len(block)]
            if before.strip():
                lines = sum(bool(part.strip()) for part in before.split("\n"))
                yield outside(_line_of(block, line, at, before), before, "between entries", lines)
            if not started:
                break
            entry_line = line + block.count("\n", 0, started.start())
            at, entry = _entry(block, started, entry_line, macros)
            yield entry


def _line_of(block: str, line: int, at: int, text: str) -> int:
    """The line on which the words of `text`, from position `at` of the block on, begin."""
    return line + block.count("\n", 0, at + len(text) - len(text.lstrip()))


def _entry(block: str, started: re.Match[str], line: int, macros: dict) -> tuple[int, RawEntry]:
    """The entry that begins at `started`, and the position behind it."""
    kind = started.group(1).lower()
    if kind in ("comment", "preamble"):
        end = min(_closing(block, started.end() - 1) + 1, len(block))
        text = block[started.start() : end]
        lines = sum(bool(part.strip()) for part in text.split("\n"))
        return end, outside(line, text, f"{kind} of BibTeX", lines)
    key = _KEY.match(block, started.start())
    assert key is not None  # it begins as _ANYWHERE does
    fields, repaired, end = _fields(block, key.end(), macros)
    if kind == "string":
        macros |= dict(fields)
        text = block[started.start() : end]
        return end, outside(line, text, "abbreviation of BibTeX", 1 + text.strip().count("\n"))
    name = (key.group(1) or "").strip()
    fields = [("ENTRYTYPE", kind), ("ID", name), *_with_subtitles(fields)]
    return end, RawEntry(line, fields, repaired=repaired)


def _with_subtitles(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The fields with each subtitle behind the title that it belongs to."""
    names = {name for name, _ in fields}
    if not names & _SUBTITLES.keys():
        return fields
    value_of = dict(reversed(fields))
    joined = []
    for name, value in fields:
        main = _SUBTITLES.get(name)
        if main in names:
            continue
        subtitle = value_of.get(_SUBTITLE_OF.get(name, ""), "")
        mark = " " if value.rstrip("}").endswith(("?", "!", ":", ".")) else ": "
        joined.append((name, f"{value}{mark}{subtitle}" if subtitle and subtitle not in value else value))
    return joined


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of each part of the file that begins with "@kind{" at the beginning of a line."""
    first = 1
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if _START.match(line) and lines:
            yield first, "\n".join(lines)
            first, lines = number, []
        lines.append(line)
    if lines:
        yield first, "\n".join(lines)


def _fields(block: str, at: int, macros: dict) -> tuple[list[tuple[str, str]], str, int]:
    """Fields of a block from position `at` on, what was amiss, and the position behind the entry."""
    fields: list[tuple[str, str]] = []
    repaired = ""
    while at < len(block):
        match = _NAME.match(block, at)
        if match:
            value, at, is_closed = _value(block, match.end(), macros)
            fields.append((match.group(1).lower(), value))
            repaired = repaired if is_closed else f"the value of {match.group(1).lower()} is not closed"
            continue
        at = _after_space(block, at, ",")
        if block[at : at + 1] in ("}", ")"):
            return fields, repaired, at + 1
        following = [p for p in (block.find("\n", at + 1), block.find(",", at + 1)) if p > 0]
        end = min(following, default=len(block))
        skipped = block[at:end].strip(" ,\n\t")
        if skipped:
            repaired = repaired or "text between the fields has no name"
            fields.append(("", skipped))
        at = end
    return fields, repaired or "the entry is not closed", at


def _after_space(block: str, at: int, also: str = "") -> int:
    """The first position from `at` on that holds neither white space nor one of the signs `also`."""
    while block[at : at + 1].isspace() or (also and at < len(block) and block[at] in also):
        at += 1
    return at


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
        after = _after_space(block, at)
        if block[after : after + 1] != "#":
            break
        at = _after_space(block, after + 1)
    return "".join(parts).strip(), at, True


def _closing(block: str, at: int) -> int:
    """Position of the brace or quote that closes the one at `at`; the length when none does."""
    depth, quoted = 0, block[at] == '"'
    if not quoted:  # mostly there are no braces inside
        end = block.find("}", at)
        if end > 0 and block[end - 1] != "\\" and block.find("{", at + 1, end) < 0:
            return end
    for match in _BREAK.finditer(block, at + quoted):
        char, position = match.group(), match.start()
        if block[position - 1] == "\\" and block[position - 2] != "\\" and char != '"':
            continue  # an escaped brace; BibTeX would count it, exporters do not
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0 and not quoted:
                return position
        elif char == '"' and quoted and depth <= 0:
            return position
    return len(block)
