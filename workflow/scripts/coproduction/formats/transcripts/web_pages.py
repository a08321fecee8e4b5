"""Transcripts as HTML (noScribe, oTranscribe, pages saved from an editor): paragraphs, tables, and what stands out."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from coproduction.formats.transcripts import columns
from coproduction.formats.transcripts.markup import BOLD, HEADING, ITALIC, signed

_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dt", "dd", "body"}
_UNSEEN = {"head", "style", "script", "title"}
_PLAIN_BLANKS = re.compile(r"[ \u00a0]*\n[ \u00a0]*")


class _Page(HTMLParser):
    """The paragraphs of a page: their words, and whether they are headings or all of them bold or italic."""

    def __init__(self, table_columns: Sequence[str], file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[tuple[str, str]] = []
        self._pieces: list[tuple[str, bool, bool]] = []
        self._unseen = self._bold = self._italic = 0
        self._kind = ""
        self._time = False
        self._rows: list[list[list[str]]] = []  # of the table that is open
        self._depth = 0  # of tables; those within a cell are words of it
        self._about = (table_columns, file)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if not self._depth:
                self._end()
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._pieces = []
        elif tag in _BLOCKS:
            self._end()
            self._kind = HEADING if re.fullmatch(r"h[1-6]", tag) else ""
        elif tag == "br":
            self._add("\n")
        elif tag == "span" and "timestamp" in (dict(attrs).get("class") or ""):
            self._time = True
            self._add("[")
        if tag == "body":
            self._unseen = 0
        self._count(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_table()
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif tag in _BLOCKS:
            self._end()
        elif tag == "span" and self._time:
            self._time = False
            self._add("] ")
        self._count(tag, -1)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._add(re.sub(r"\s+", " ", data), self._bold > 0, self._italic > 0)

    def _count(self, tag: str, step: int) -> None:
        self._unseen = max(0, self._unseen + step * (tag in _UNSEEN))
        self._bold = max(0, self._bold + step * (tag in ("b", "strong")))
        self._italic = max(0, self._italic + step * (tag in ("i", "em")))

    def _add(self, words: str, bold: bool = True, italic: bool = True) -> None:
        self._pieces.append((words, bold, italic))

    def _words(self) -> str:
        words = "".join(piece for piece, _, _ in self._pieces).strip()
        return _PLAIN_BLANKS.sub("\n", re.sub(r"\n{2,}", "\n\n", words))

    def _end(self) -> None:
        """End a paragraph; within a table, a line of a cell."""
        if self._depth:
            self._add("\n")
            return
        words, looks = self._words(), [piece[1:] for piece in self._pieces if piece[0].strip()]
        kind = next((kind for n, kind in enumerate((BOLD, ITALIC)) if looks and all(look[n] for look in looks)), "")
        if words:
            self.paragraphs.append((words, self._kind or kind))
        self._pieces, self._kind = [], ""

    def _end_cell(self) -> None:
        if self._rows:
            self._rows[-1].append([line for line in self._words().split("\n") if line.strip()])
        self._pieces = []

    def _end_table(self) -> None:
        said = columns.lines_of(self._rows, *self._about, sum(len(words) for words, _ in self.paragraphs))
        self.paragraphs += [(f"{speaker}: {words}" if speaker else words, "") for words, speaker in said]
        self._rows, self._pieces = [], []

    def finish(self) -> None:
        """End what is still open."""
        self.close()
        if self._depth:
            self._depth = 0
            self._end_table()
        self._end()


def of_html(raw: str, table_columns: Sequence[str] = (), file: str = "") -> str:
    """The paragraphs of an HTML page, times of oTranscribe between brackets; headings and the like between signs.

    Tables are read as `columns.lines_of` reads them.
    """
    page = _Page(table_columns, file)
    page.feed(raw)
    page.finish()
    return "\n\n".join(signed(words, kind) for words, kind in page.paragraphs)
