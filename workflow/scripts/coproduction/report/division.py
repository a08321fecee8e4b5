"""What stands in the report and what in its supplement.

The report tells; the supplement keeps the evidence. Of each section of results the first figures and
the short tables stay (but for those marked `.more`), all others move to the supplement under the same heading, and each reference
to one of them becomes a link to the other document. Nothing is left out: what moves and is not
mentioned by the text around it gets a mention.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile

LABEL = re.compile(r"\{#((?:fig|tbl)-[\w-]+)")
MORE = re.compile(r"\{#tbl-[\w-]+ \.more\}\s*$")  # a table that the supplement shows in any case
REFERENCE = re.compile(r"(?<![\w@])@((?:fig|tbl|sec)-[\w-]*\w)")
PARAGRAPH = re.compile(r"(?:\*{0,2}|\[|`)[^\W_](?!\w*[.)] )")  # no list, quotation, division or formula
HEADING = re.compile(r"^(#{1,4}) (.*?)(?:\s*\{#([\w-]+)[^}]*\})?\s*$")
WORDS = {"fig": "Figure", "tbl": "Table"}


@dataclass(frozen=True)
class Block:
    """A block of Markdown: `kind` is heading, figure, table or text; `rows` are those of a table."""

    kind: str
    text: str
    label: str = ""
    rows: int = 0


@dataclass(frozen=True)
class Document:
    """A document: its name, what others call it, its text, and the words and numbers of its captions.

    sections: by label of a figure or table the heading it stands under
    """

    name: str
    title: str
    text: str
    words: Mapping[str, str] = field(default_factory=lambda: WORDS)
    numbers: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)


def blocks(text: str) -> list[Block]:
    """The blocks of `text`; a division (`:::`) with all that it holds is one block of text."""
    divided: list[Block] = []
    for chunk in _chunks(text):
        first = chunk.lstrip().splitlines()[0]
        if HEADING.match(first):
            divided.append(Block("heading", chunk))
        elif first.startswith("!["):
            divided.append(Block("figure", chunk, _label(chunk)))
        elif first.startswith(": ") and divided and divided[-1].kind == "table":
            table = divided.pop()
            divided.append(Block("table", f"{table.text}\n\n{chunk}", _label(chunk), table.rows))
        elif first.startswith("|"):
            divided.append(Block("table", chunk, rows=len(chunk.splitlines()) - 2))
        else:
            divided.append(Block("text", chunk))
    return divided


def _chunks(text: str) -> list[str]:
    """Paragraphs and the like, apart by blank lines outside of divisions and fences."""
    chunks: list[list[str]] = [[]]
    depth, fence = 0, ""
    for line in text.splitlines():
        mark = re.match(r"\s*(`{3,}|~{3,})", line)
        if mark:
            fence = "" if fence else mark.group(1)
        elif not fence and re.match(r":::+\s*\S", line):
            depth += 1
        elif not fence and re.match(r":::+\s*$", line):
            depth -= 1
        if line.strip() or depth or fence:
            chunks[-1].append(line)
        elif chunks[-1]:
            chunks.append([])
    return ["\n".join(chunk) for chunk in chunks if chunk]


def _label(text: str) -> str:
    match = LABEL.search(text)
    return match.group(1) if match else ""


def divide(text: str, figures: int, rows: int, elsewhere: frozenset[str] = frozenset()) -> tuple[str, str]:
    """What of a section stays in the report, and what moves to the supplement.

    figures: how many figures stay
    rows: up to how many rows a table stays
    elsewhere: labels that stand in another place of the report; they neither stay nor move
    """
    staying: list[Block] = []
    moved: list[Block] = []
    for block in blocks(text):
        if block.label in elsewhere:
            continue
        if block.kind == "heading":
            staying.append(block)
            moved.append(block)
        elif block.kind == "figure" and block.label:
            (staying if figures > 0 else moved).append(block)
            figures -= 1
        elif block.kind == "table" and block.label and (block.rows > rows or MORE.search(block.text)):
            moved.append(block)
        else:
            staying.append(block)
    return _joined(_without_empty(_mentioning(staying, moved))), _joined(_introduced(_without_empty(moved)))


def _mentioning(staying: list[Block], moved: list[Block]) -> list[Block]:
    """What stays, with a mention of each moved element that nothing else in the text mentions."""
    mentioned = set(REFERENCE.findall(" ".join(block.text for block in staying)))
    place: dict[str, list[str]] = {}
    heading = ""
    for block in moved:
        if block.kind == "heading":
            heading = block.text
        elif block.label not in mentioned:
            place.setdefault(heading, []).append(f"@{block.label}")
    with_mentions: list[Block] = []
    for position, block in enumerate(staying):
        with_mentions.append(block)
        last = position + 1 == len(staying) or staying[position + 1].kind == "heading"
        under = next((b.text for b in reversed(with_mentions) if b.kind == "heading"), "")
        if last and place.get(under):
            _add(with_mentions, f"See also {', '.join(place.pop(under))}.")
    remaining = [name for names in place.values() for name in names]
    if remaining:
        _add(with_mentions, f"See also {', '.join(remaining)}.")
    return with_mentions


def _add(blocks: list[Block], sentence: str) -> None:
    """Add a sentence to the last paragraph; after anything else than a paragraph it is one of its own."""
    last = blocks[-1] if blocks else None
    if last and last.kind == "text" and PARAGRAPH.match(last.text):
        blocks[-1] = replace(last, text=f"{last.text} {sentence}")
    else:
        blocks.append(Block("text", sentence))


def _without_empty(moved: list[Block]) -> list[Block]:
    """Without headings under which nothing is left."""
    filled: list[Block] = []
    for block in reversed(moved):
        if block.kind != "heading" or (filled and filled[-1].kind != "heading") or _holds(block, filled):
            filled.append(block)
    return filled[::-1]


def _introduced(moved: list[Block]) -> list[Block]:
    """With a line under each heading that has only figures: they may float to another page than the heading."""
    introduced: list[Block] = []
    for position, block in enumerate(moved):
        introduced.append(block)
        if block.kind == "heading":
            under = list(takewhile(lambda other: other.kind != "heading", moved[position + 1 :]))
            if under and all(other.kind == "figure" for other in under):
                introduced.append(Block("text", f"See {', '.join(f'@{other.label}' for other in under)}."))
    return introduced


def _holds(heading: Block, later: list[Block]) -> bool:
    """Whether a deeper heading that holds something follows."""
    return bool(later) and later[-1].kind == "heading" and _level(later[-1]) > _level(heading)


def _level(heading: Block) -> int:
    return len(heading.text) - len(heading.text.lstrip("#"))


def _joined(parts: list[Block]) -> str:
    return "\n\n".join(block.text for block in parts) + "\n" if parts else ""


def numbered(document: Document) -> Document:
    """The document with the numbers of its figures and tables by label, and the titles of sections."""
    counts = {"fig": 0, "tbl": 0}
    numbers: dict[str, str] = {}
    sections: dict[str, str] = {}
    under = ""
    for line in document.text.splitlines():
        heading = HEADING.match(line)
        if heading and heading.group(3):
            under = heading.group(3)
            numbers[under] = heading.group(2)
        label = LABEL.search(line) if line.startswith(("![", ": ")) else None
        if label:
            kind = label.group(1)[:3]
            counts[kind] += 1
            numbers[label.group(1)] = f"{document.words[kind]} {counts[kind]}"
            sections[label.group(1)] = under
    return replace(document, numbers=numbers, sections=sections)


def linked(document: Document, others: Mapping[str, Document]) -> str:
    """The text in which each reference to another document is a link to it.

    The link's target is `name#label`; the filter of the engines gives it the ending of its format, and
    in a PDF, where only headings can be reached from outside, the heading above.
    """

    def link(match: re.Match[str]) -> str:
        label = match.group(1)
        if label in document.numbers:
            return match.group(0)
        for other in others.values():
            if label in other.numbers:
                words = other.numbers[label].replace(" ", "\u00a0")
                if label.startswith("sec-"):
                    words = f"“{other.numbers[label]}” in the {other.title}"
                elif other.words == document.words:
                    words += f" of the {other.title}"
                section = other.sections.get(label)
                return f"[{words}]({other.name}#{label})" + (f"{{section={section}}}" if section else "")
        return match.group(0)

    return REFERENCE.sub(link, document.text)
