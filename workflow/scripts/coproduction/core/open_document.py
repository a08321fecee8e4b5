"""The words of an OpenDocument file (.odt, .ods), as its elements hold them."""

from typing import Any

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")


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
