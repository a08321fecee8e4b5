"""Transcripts in Markdown without its marks, and which paragraphs stand out.

Headings, and paragraphs that are set apart as a whole, are kept between signs that are no characters of any
text, so that they are found again once the text is in its canonical form.
"""

import re
from collections.abc import Sequence

from coproduction.formats.transcripts import columns

HEADING, BOLD, ITALIC, QUOTED = "heading", "bold", "italic", "quoted"
_SIGNS = {
    HEADING: ("\ufdd0", "\ufdd1"),
    BOLD: ("\ufdd2", "\ufdd3"),
    ITALIC: ("\ufdd4", "\ufdd5"),
    QUOTED: ("\ufdda", "\ufddb"),
}  # begin and end; noncharacters
_SIGN = re.compile("[\ufdd0-\ufdd5\ufdda\ufddb]")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1|(?<!\w)_(?=\S)([^\n_]+?)(?<=\S)_(?!\w)")
_WHOLE = re.compile(r"(\*{1,3}|_{1,3})(?=\S)((?:(?!\1).)+)(?<=\S)\1")
_QUOTE = re.compile(r"^(?:>[ \t]?)+")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")
_NOTE = re.compile(r"^\[\^[^\]\n]+\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\|.*\|[ \t]*\n[ \t]*\|[ \t:|-]+\|[ \t]*(?:\n[ \t]*\|.*\|[ \t]*)*$", re.MULTILINE)
_FRONT = re.compile(  # fields of YAML, not a talk between two lines
    r"\A\ufeff?---[ \t]*\n(?:(?:[a-z][a-z0-9_-]{2,}:(?:[ \t].*)?|[ \t]+.*|-[ \t].*|#.*)?\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_SETEXT = re.compile(r"^(?=\S)(?![-*+>#|][ \t]|\d+\.)(.*\S)[ \t]*\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE)
_TAGS = re.compile(r"</?(?:b|i|u|em|strong|mark|sub|sup|small|span|font|p|div)(?:[ \t][^<>\n]*)?>", re.IGNORECASE)
_SPAN = re.compile(r"\[([^\[\]\n]*)\]\{[^{}\n]*\}")
_LISTED = re.compile(r"^(?:([ \t]*[-*+][ \t]+)\[[ xX]\][ \t]+|:[ \t]+)", re.MULTILINE)  # tasks, definitions
_CODE = re.compile(r"(`+)(?!`)([^`\n]+?)\1(?!`)")
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|\"'$<])")
_NAMES = {"\\" + sign: chr(0xFDD6 + n) for n, sign in enumerate("*_#>")}  # escaped marks, while others are taken out


def signed(words: str, kind: str) -> str:
    """Words between the signs of their kind; as they are where they have none."""
    begin, end = _SIGNS.get(kind, ("", ""))
    return f"{begin}{words}{end}" if words.strip() else words


def without_signs(text: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """A text without signs, and (start, end) of what stood between those of each kind."""
    spans: dict[str, list[tuple[int, int]]] = {kind: [] for kind in _SIGNS}
    begun, pieces, at = 0, list[str](), 0
    for piece in re.split(f"({_SIGN.pattern})", text):
        if not _SIGN.fullmatch(piece):
            pieces.append(piece)
            at += len(piece)
            continue
        kind = next(kind for kind, signs in _SIGNS.items() if piece in signs)
        if piece == _SIGNS[kind][0]:
            begun = at
        else:
            spans[kind].append((begun, at))
    return "".join(pieces), spans


def markdown(raw: str, table_columns: Sequence[str] = (), file: str = "") -> tuple[str, list[str]]:
    """Markdown without its marks, headings and paragraphs in bold or italics between signs; then its footnotes.

    A head of fields (`---`) and remarks are no part of the text. Tables are read as `columns.lines_of` reads them.
    """
    text = _REMARK.sub("", _FRONT.sub("", raw.replace("\r\n", "\n")))
    notes = [_without_marks(" ".join(note.split())) for note in _NOTE.findall(text)]
    text = re.sub(r"\[\^[^\]\n]+\]", "", _NOTE.sub("", text))
    around = len(_TABLE.sub("", text))
    text = _TABLE.sub(lambda table: _rows(table[0], table_columns, file, around), text)
    return _without_marks(text), notes


def _rows(table: str, table_columns: Sequence[str], file: str, around: int) -> str:
    """The rows of a table as paragraphs."""
    lines = [line.strip().strip("|") for n, line in enumerate(table.split("\n")) if n != 1]
    rows = [[[cell.strip()] if cell.strip() else [] for cell in re.split(r"(?<!\\)\|", line)] for line in lines]
    said = columns.lines_of(rows, table_columns, file, around)
    return "\n\n".join(f"{speaker}: {words}" if speaker else words for words, speaker in said)


def _without_marks(text: str) -> str:
    for escaped, kept in _NAMES.items():
        text = text.replace(escaped, kept)
    text = _TAGS.sub("", _CODE.sub(r"\2", text))
    text = _SPAN.sub(r"\1", _LISTED.sub(lambda listed: listed[1] or "", text))
    text = _RULE.sub("", _SETEXT.sub(lambda heading: "# " + heading[1], text))
    lines = text.split("\n")
    for n, quoted in enumerate(lines):
        line = _QUOTE.sub("", quoted)
        alone = (n == 0 or not lines[n - 1].strip()) and (n + 1 == len(lines) or not lines[n + 1].strip())
        if heading := _HEADING.fullmatch(line):
            lines[n] = signed(heading[1], HEADING)
        elif alone and (whole := _WHOLE.fullmatch(line.strip())):
            lines[n] = signed(whole[2], ITALIC if len(whole[1]) == 1 else BOLD)
        elif line != quoted:
            lines[n] = signed(line, QUOTED)
    text, previous = "\n".join(lines), None
    while previous != text:
        previous, text = text, _EMPHASIS.sub(lambda match: match[2] or match[3], text)
    text = re.sub(r"(?:\\|[ ]{2,}|<br ?/?>)$", "", text, flags=re.MULTILINE)
    text = _ESCAPED.sub(r"\1", _LINK.sub(r"\1", text))
    for escaped, kept in _NAMES.items():
        text = text.replace(kept, escaped[1])
    return text
