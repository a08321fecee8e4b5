"""Transcripts as OpenDocument text (ODT): paragraphs, tables and notes, and which paragraphs stand out."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coproduction.core import open_document
from coproduction.core.archives import BROKEN
from coproduction.core.errors import StudyError

LETTERS = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
TEXT = open_document.TEXT
_LOOKS = {
    "bold": f"{LETTERS}font-weight",
    "italic": f"{LETTERS}font-style",
    "underline": f"{open_document.STYLE}text-underline-style",
    "colour": f"{LETTERS}color",
}
_PLAIN = {"normal", "400", "none", "#000000"}
_UNSEEN = {"note", "tracked-changes", "table-of-content", "sequence-decls"}
Table = list[list[list[str]]]  # rows of cells of lines


def parts_of(path: Path) -> tuple[list[tuple[str, str] | Table], list[str]]:
    """Paragraphs (words, and whether they are a heading, or how they are set) and tables in their order; then the notes.

    Deleted text, comments and tables of contents are left out. A frame with text comes behind its paragraph.

    Raises StudyError for another or an unreadable file.
    """
    from lxml import etree

    try:
        root = open_document.content(path)
        looks = _looks(root, open_document.styles(path))
    except ValueError as error:
        raise StudyError("the document is too large", file=path, remedy="Divide it") from error
    except (*BROKEN, KeyError, etree.XMLSyntaxError) as error:
        raise StudyError(
            "this is not a readable ODT document", file=path, remedy="Save it again as ODT or DOCX"
        ) from error
    notes = [open_document.words(note) for note in root.iter(f"{TEXT}note-body")]
    for name in _UNSEEN:
        for element in list(root.iter(f"{TEXT}{name}")):
            _remove(element)
    for element in list(root.iter("{*}annotation", "{*}annotation-end")):
        _remove(element)
    return list(_blocks(root, looks)), notes


def _blocks(element: Any, looks: Mapping[str, dict[str, bool]]) -> Iterator[tuple[str, str] | Table]:
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if child.tag in open_document.PARAGRAPHS:
            frames = [box for box in child.iter("{*}text-box") if not _within_another(box, child)]
            for box in frames:
                _remove(box)
            kind = "heading" if name == "h" else _kind(child, looks)
            yield open_document.words(child), kind
            for box in frames:
                yield from _blocks(box, looks)
        elif name == "table":
            yield [
                [
                    [line for line in open_document.words(cell).split("\n") if line.strip()]
                    for cell in row
                    if str(cell.tag).endswith("table-cell")
                ]
                for row in child.iter("{*}table-row")
                if next(row.iterancestors("{*}table")) is child
            ]
        else:
            yield from _blocks(child, looks)


def _within_another(box: Any, paragraph: Any) -> bool:
    above = next(box.iterancestors("{*}text-box", paragraph.tag), None)
    return above is not paragraph


def _looks(*roots: Any) -> dict[str, dict[str, bool]]:
    """Whether each style is bold, italic, underlined or coloured; what it leaves open is that of the style above it."""
    own: dict[str, dict[str, bool]] = {}
    above: dict[str, str] = {}
    for style in (style for root in roots if root is not None for style in root.iter(f"{open_document.STYLE}style")):
        name = style.get(f"{open_document.STYLE}name", "")
        above[name] = style.get(f"{open_document.STYLE}parent-style-name", "")
        own[name] = {
            look: properties.get(attribute) not in _PLAIN
            for properties in style.iter(f"{open_document.STYLE}text-properties")
            for look, attribute in _LOOKS.items()
            if properties.get(attribute)
        }
    looks: dict[str, dict[str, bool]] = {}
    for name in own:
        chain, at = list[str](), name
        while at and at not in chain:
            chain.append(at)
            at = above.get(at, "")
        looks[name] = {look: is_so for style in reversed(chain) for look, is_so in own.get(style, {}).items()}
    return looks


def _kind(paragraph: Any, looks: Mapping[str, dict[str, bool]]) -> str:
    """`bold`, `italic`, `underline` or `colour` where all words of a paragraph are so; else empty."""
    runs = list(_runs(paragraph, looks, {}))
    return next((look for look in _LOOKS if runs and all(run.get(look, False) for run in runs)), "")


def _runs(
    element: Any, looks: Mapping[str, dict[str, bool]], inherited: Mapping[str, bool]
) -> Iterator[Mapping[str, bool]]:
    own = {**inherited, **looks.get(element.get(f"{TEXT}style-name", ""), {})}
    if (element.text or "").strip():
        yield own
    for child in element:
        yield from _runs(child, looks, own)
        if (child.tail or "").strip():
            yield own


def _remove(element: Any) -> None:
    """Take an element out of its tree, not the text behind it."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail:
        if before is None:
            above.text = (above.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    above.remove(element)
