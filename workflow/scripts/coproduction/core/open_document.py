"""The words of an OpenDocument file (.odt, .ods), as its elements hold them."""

import zipfile
from pathlib import Path
from typing import Any

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LARGEST = 400_000_000  # bytes of the unpacked text
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


def content(path: Path) -> Any:
    """The root of the content; ValueError where it is too large to read, else what a broken file raises."""
    return _part(path, "content.xml")


def styles(path: Path) -> Any:
    """The root of the named styles; None where the file has none."""
    with zipfile.ZipFile(path) as archive:
        if "styles.xml" not in archive.namelist():
            return None
    return _part(path, "styles.xml")


def _part(path: Path, name: str) -> Any:
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(name).file_size > LARGEST:
            raise ValueError("the content is too large")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(archive.read(name), parser)


def words(element: Any) -> str:
    """The words of an element; paragraphs within it are lines."""
    pieces = [element.text or ""]
    for child in element:
        name = str(child.tag).removeprefix(TEXT)
        if name == "s":
            pieces.append(" " * int(child.get(f"{TEXT}c") or 1))
        elif name in ("tab", "line-break"):
            pieces.append("\t" if name == "tab" else "\n")
        else:
            pieces.append(words(child) + ("\n" if name in ("p", "h") else ""))
        pieces.append(child.tail or "")
    return "".join(pieces)
