"""Word files (DOCX): opened alike for documents and transcripts, with the words as a reader sees them.

python-docx gives the structure; the words are taken from the elements themselves, because its `text`
leaves out tracked insertions, text boxes and tables within cells.
"""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.table import Table, _Row
from lxml import etree

from coproduction.core.errors import StudyError

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BREAKS = {"br", "cr", "p"}


def open_word(raw: bytes, name: str) -> Document:
    """The document; StudyError (which calls it `name`) for bytes that are no Word file."""
    try:
        document = docx.Document(io.BytesIO(raw))
    except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise StudyError(
            "this is not a readable Word document (DOCX)", file=name, remedy="Save it again as DOCX"
        ) from error
    for element in list(document.element.body.iter(f"{MARKUP}Fallback")):
        element.getparent().remove(element)  # the same text box a second time
    return document


def blocks(document: Document) -> Iterator:
    """Paragraphs and tables in their order."""
    return document.iter_inner_content()


def is_table(block) -> bool:
    """Whether a block is a table."""
    return isinstance(block, Table)


def words(element) -> str:
    """The visible text of an element: insertions count, deletions do not; lines stay lines."""
    pieces = []
    for node in element.iter():
        tag = str(node.tag).removeprefix(WORD)
        if tag == "t":
            pieces.append(node.text or "")
        elif tag == "tab":
            pieces.append("\t")
        elif tag in BREAKS and node is not element:
            pieces.append("\n")
        elif tag == "noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)


def cells(row: _Row) -> list[str]:
    """Texts of a row's cells, each on one line; a merged cell comes once."""
    kept = {id(cell._tc): cell._tc for cell in row.cells}
    return [" ".join(words(cell).split()) for cell in kept.values()]


def footnotes(document: Document) -> list[str]:
    """Texts of the footnotes, each on one line."""
    parts = [
        relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/footnotes")
    ]
    notes = [note for part in parts for note in etree.fromstring(part.blob).iter("{*}footnote")]
    texts = [" ".join(words(note).split()) for note in notes]
    return [text for text in texts if text]
