"""The words of RTF files: what is hidden or a tracked change deleted is none, cells are joined by a tab, notes apart.

striprtf reads them; it leaves footnotes and endnotes out without a word, so their groups are read apart.
"""

import re

START = b"{\\rtf"
_UNSEEN = re.compile(r"\{[^{}]*\\(?:deleted|v)(?![a-z0-9])[^{}]*\}")  # or hidden


def words_and_notes(raw: bytes) -> tuple[str, list[str]]:
    """The text of an RTF file, a paragraph a line, and its footnotes and endnotes."""
    text = re.sub(r"\\cell(?![a-z])", r"\\tab", _UNSEEN.sub("", raw.decode("latin-1")))
    head = text[: text.find("\\pard")] if "\\pard" in text else "{\\rtf1\\ansi"
    return _words(text), [_words(f"{head}\\pard {note}}}").strip() for note in _notes(text)]


def _words(text: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return rtf_to_text(text, encoding="cp1252", errors="replace")


def _notes(text: str) -> list[str]:
    """What the footnotes and endnotes hold, their groups closed by a brace."""
    notes = []
    for opened in re.finditer(r"\{\s*(?:\\\*\s*)?\\footnote(?![a-z])(?:\\ftnalt)?", text):
        depth, place = 1, opened.end()
        while depth and place < len(text):
            escaped = text[place] == "\\"
            depth += 0 if escaped else {"{": 1, "}": -1}.get(text[place], 0)
            place += 2 if escaped else 1
        notes.append(text[opened.end() : place - 1])
    return notes
