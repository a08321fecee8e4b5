"""Word files (DOCX): opened alike for documents and transcripts, with the words as a reader sees them.

python-docx gives the structure. It passes over what is within a content control (the fields of a
form, a whole table of contents), takes moved text at both places and knows neither check boxes nor
drop-down lists of older forms, so the document is first brought to what a reader sees; the words are
then taken from the elements themselves, because `text` leaves out tracked insertions and text boxes.
"""

import io
from collections.abc import Iterator
from contextlib import suppress

import docx
from docx.document import Document
from docx.table import Table, _Row
from docx.text.font import Font
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from coproduction.core.archives import BROKEN
from coproduction.core.errors import StudyError

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BREAKS = {"br", "cr", "p"}
OFF = {"0", "false", "off", "none"}
CHECKED, UNCHECKED = "\u2612", "\u2610"
# Boxes that forms take from the symbol fonts Wingdings and Wingdings 2, by font and code
BOXES = {
    ("Wingdings", "F0FE"): CHECKED,
    ("Wingdings", "F0FD"): CHECKED,
    ("Wingdings", "F078"): CHECKED,
    ("Wingdings", "F0A8"): UNCHECKED,
    ("Wingdings", "F06F"): UNCHECKED,
    ("Wingdings 2", "F052"): CHECKED,
    ("Wingdings 2", "F053"): CHECKED,
    ("Wingdings 2", "F0A3"): UNCHECKED,
}
LOCKED = b"\xd0\xcf\x11\xe0"  # the container of files with a password, and of Word files before 2007
LOOKS = ("bold", "italic", "underline", "colour")
CONTENTS = "Table of Contents"  # a gallery of Word; its lines repeat the headings


def open_word(raw: bytes, name: str) -> Document:
    """The document as a reader sees it; StudyError (which calls it `name`) for other bytes.

    Content controls are opened and their placeholders ('Click here to enter text') dropped; text
    that was moved away, hidden text and a table of contents are taken out.
    """
    if raw.startswith(LOCKED):
        raise StudyError(
            "the Word file is protected by a password or older than Word 2007",
            file=name,
            remedy="Save it without a password as a Word document (DOCX)",
        )
    try:
        document = docx.Document(io.BytesIO(raw))
        body = document.element.body
    except (*BROKEN, AttributeError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise StudyError(
            "this is not a readable Word document (DOCX)",
            file=name,
            remedy="Save it again as a Word document (DOCX, not 'Strict Open XML')",
        ) from error
    if next(body.iter(f"{WORD}altChunk"), None) is not None:
        raise StudyError(
            "the document contains another file that Word merges only when it opens the document",
            file=name,
            remedy="Open it in Word and save it again as DOCX",
        )
    _as_seen(body)
    return document


def _as_seen(root) -> None:
    """Change the elements to what a reader of the document sees."""
    for choices in list(root.iter(f"{MARKUP}AlternateContent")):  # a text box, a second time for older programs
        choice = choices.find(f"{MARKUP}Choice")
        fallback = choices.find(f"{MARKUP}Fallback")
        if choice is not None and fallback is not None:
            _remove(fallback if words(choice).strip() or not words(fallback).strip() else choice)
    for element in list(root.iter(f"{WORD}moveFrom")):  # moved text a second time
        _remove(element)
    for run in list(root.iter(f"{WORD}r")):
        hidden = run.find(f"{WORD}rPr/{WORD}vanish")
        if hidden is not None and hidden.get(f"{WORD}val") not in OFF:
            _remove(run)
    for control in list(root.iter(f"{WORD}sdt")):
        _open_control(control)
    for wrapper in [*root.iter(f"{WORD}customXml"), *root.iter(f"{WORD}smartTag")]:
        _unwrap(wrapper, [child for child in wrapper if not _tag(child).endswith("Pr")])


def _open_control(control) -> None:
    """Put the content of a content control in its place, without its placeholder."""
    gallery = control.find(f"{WORD}sdtPr/{WORD}docPartObj/{WORD}docPartGallery")
    if gallery is not None and gallery.get(f"{WORD}val") == CONTENTS:
        _remove(control)
        return
    content = control.find(f"{WORD}sdtContent")
    placeholder = control.find(f"{WORD}sdtPr/{WORD}showingPlcHdr")
    if content is not None and placeholder is not None and placeholder.get(f"{WORD}val") not in OFF:
        runs = list(content.iter(f"{WORD}r"))
        styled = [run for run in runs if run.find(f"{WORD}rPr/{WORD}rStyle") is not None]
        # some programs keep the mark when somebody has written there, in letters of no style
        for text in [text for run in styled or runs for text in run.iter(f"{WORD}t")]:
            _remove(text)
    elif content is not None:
        _answer_of_control(control, content)
    _unwrap(control, [] if content is None else list(content))


def _answer_of_control(control, content) -> None:
    """Put in words what a control knows beside its content: whether a box is checked, which date was picked."""
    box = control.find(f"{WORD}sdtPr/{WORD_2010}checkbox")
    date = control.find(f"{WORD}sdtPr/{WORD}date")
    text_nodes = [node for node in content.iter() if _tag(node) in ("t", "sym")]
    if box is not None and text_nodes:  # the sign itself may be of any font
        checked = box.find(f"{WORD_2010}checked")
        on = checked is not None and checked.get(f"{WORD_2010}val") not in OFF
        for node in text_nodes[1:]:
            _remove(node)
        text_nodes[0].tag = f"{WORD}t"
        text_nodes[0].text = CHECKED if on else UNCHECKED
    elif date is not None and not words(content).strip() and date.get(f"{WORD}fullDate"):
        run = next(iter(content.iter(f"{WORD}r")), None)
        if run is not None:
            etree.SubElement(run, f"{WORD}t").text = date.get(f"{WORD}fullDate")[:10]


def _unwrap(element, children: list) -> None:
    for child in children:
        element.addprevious(child)
    _remove(element)


def _remove(element) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _tag(node) -> str:
    return str(node.tag).removeprefix(WORD)


def blocks(document: Document) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in their order."""
    return document.iter_inner_content()


def is_heading(block: Paragraph) -> bool:
    """Whether a paragraph has a style of headings, or one that is based on such a style."""
    style, depth = block.style, 0
    while style is not None and depth < 10:
        if (style.name or "").startswith(("Heading", "Title")):
            return True
        style, depth = getattr(style, "base_style", None), depth + 1
    return False


def words(element) -> str:
    """The visible text of an element: insertions count, deletions do not; lines stay lines."""
    pieces = []
    for node in element.iter():
        tag = _tag(node)
        if tag in ("t", f"{FORMULA}t"):
            pieces.append(node.text or "")
        elif tag in ("tab", "ptab"):
            pieces.append("\t")
        elif tag in BREAKS and node is not element:
            pieces.append("\n")
        elif tag == "noBreakHyphen":
            pieces.append("-")
        elif tag == "sym":
            pieces.append(BOXES.get((node.get(f"{WORD}font"), node.get(f"{WORD}char")), ""))
        elif tag == "ffData":
            pieces.append(_answer(node))
    return "".join(pieces)


def _answer(field) -> str:
    """What is chosen in a check box or a drop-down list of an older form."""
    box, choices = field.find(f"{WORD}checkBox"), field.find(f"{WORD}ddList")
    if box is not None:
        states = [box.find(f"{WORD}{name}") for name in ("checked", "default")]
        state = next((state for state in states if state is not None), None)
        return UNCHECKED if state is None or state.get(f"{WORD}val") in OFF else CHECKED
    if choices is not None:
        numbers = [choices.find(f"{WORD}{name}") for name in ("result", "default")]
        chosen = next((int(n.get(f"{WORD}val", "0")) for n in numbers if n is not None), 0)
        entries = [entry.get(f"{WORD}val", "") for entry in choices.iter(f"{WORD}listEntry")]
        return entries[chosen] if chosen < len(entries) else ""
    return ""


def cells(row: _Row, once: bool = False) -> list[str]:
    """Texts of a row's cells, each on one line; a cell over several columns comes once.

    A cell over several rows comes in each of them, with `once` in its first alone.
    """
    if once:
        return [" ".join(words(cell).split()) for cell in row._tr.tc_lst if cell.vMerge != "continue"]
    distinct_cells = {id(cell._tc): cell._tc for cell in row.cells}
    return [" ".join(words(cell).split()) for cell in distinct_cells.values()]


def grid(row: _Row) -> list[list[str]]:
    """The filled lines of a row's cells, by column; a cell over several columns is in the first of them.

    What is in a table within a cell is one line.
    """
    distinct_cells: set[int] = set()
    columns = []
    for cell in row.cells:
        texts = [] if id(cell._tc) in distinct_cells else [words(p._p) for p in cell.paragraphs]
        if texts and cell.tables:
            texts = [" ".join(words(cell._tc).split())]
        distinct_cells.add(id(cell._tc))
        columns.append(
            [words_of_line for text in texts for line in text.split("\n") if (words_of_line := " ".join(line.split()))]
        )
    return columns


def emphasis(paragraph: Paragraph) -> str:
    """`bold`, `italic`, `underline` or `colour` where all words of a paragraph are so, by themselves or by style."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    return next((look for look in LOOKS if runs and all(_looks(run, paragraph, look) for run in runs)), "")


def _looks(run: Run, paragraph: Paragraph, look: str) -> bool:
    """Whether a run is bold (or italic …): by itself, by its style, by that of its paragraph, or by those below these."""
    if (own := _look_of(run.font, look)) is not None:
        return own
    for style in (run.style, paragraph.style):
        above = style
        while above is not None:
            if (is_so := _look_of(above.font, look)) is not None:
                return is_so
            above = above.base_style
    return False


def _look_of(font: Font, look: str) -> bool | None:
    """Whether letters are so; None where that is left open, or what is written is no colour or line."""
    with suppress(ValueError):
        if look != "colour":
            is_so = getattr(font, look)
            return None if is_so is None else bool(is_so)
        if font.highlight_color is not None:
            return True
        return None if font.color.rgb is None else str(font.color.rgb) != "000000"
    return None


def notes(document: Document) -> list[str]:
    """Texts of the footnotes, then of the endnotes, each on one line."""
    return _beside(document, "footnote") + _beside(document, "endnote")


def comments(document: Document) -> list[str]:
    """Texts of the comments, each on one line, without the names of those who wrote them."""
    return _beside(document, "comment")


def drawings(document: Document) -> list[str]:
    """Texts of the diagrams (SmartArt), which are in parts of their own; one line a shape."""
    texts = []
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/diagramData"):
            root = etree.fromstring(relation.target_part.blob)
            for paragraph in root.iter(f"{DRAWING}p"):
                texts.append(" ".join("".join(t.text or "" for t in paragraph.iter(f"{DRAWING}t")).split()))
    return [text for text in texts if text]


def _beside(document: Document, kind: str) -> list[str]:
    texts = []
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}s"):
            root = etree.fromstring(relation.target_part.blob)
            _as_seen(root)
            texts += [" ".join(words(note).split()) for note in root.iter(f"{{*}}{kind}")]
    return [text for text in texts if text]
