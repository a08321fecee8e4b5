"""What a figure looks like in print: the size of its letters, what touches, what is cut."""

import ctypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from coproduction.core import figures

TOUCHING = 0.8  # points by which boxes may overlap: they are a little larger than what they hold


@dataclass
class Letters:
    """A piece of text of a figure: its words, size in print (points) and its four corners."""

    words: str
    size: float
    corners: np.ndarray


def letters_of(path: Path) -> tuple[list[Letters], tuple[float, float]]:
    """The pieces of text of a figure as PDF, as a page of the report prints it, and its size there."""
    return _letters_in(Path(path).read_bytes())


@lru_cache(maxsize=8)
def _letters_in(content: bytes) -> tuple[list[Letters], tuple[float, float]]:
    """The same of what the file holds, which is asked about several times."""
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    width, height = page.get_size()
    shrunk = figures.in_print(width / 72, height / 72)
    text = page.get_textpage()
    found = []
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], textpage=text):
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(each.raw, size)
        matrix = each.get_matrix()
        points = pdfium.FS_QUADPOINTSF()
        pdfium.FPDFPageObj_GetRotatedBounds(each.raw, points)
        corners = [(getattr(points, f"x{n}"), getattr(points, f"y{n}")) for n in (1, 2, 3, 4)]
        words = each.extract() if hasattr(each, "extract") else _words(each, text)
        if words.strip():
            scale = float(np.hypot(matrix.b, matrix.d))
            found.append(Letters(words, size.value * scale * shrunk, np.array(corners) * shrunk))
    document.close()
    return found, (width * shrunk, height * shrunk)


def _words(each, text) -> str:
    length = pdfium.FPDFTextObj_GetText(each.raw, text.raw, None, 0)
    held = (ctypes.c_ushort * length)()
    pdfium.FPDFTextObj_GetText(each.raw, text.raw, held, length)
    return bytes(held).decode("utf-16-le").rstrip("\0")


def too_small(path: Path) -> list[str]:
    """Text below the size that letters have at least."""
    return [f"{t.words!r} ({t.size:.1f} pt)" for t in letters_of(path)[0] if t.size < figures.SMALLEST - 0.05]


def cut(path: Path) -> list[str]:
    """Text that reaches over the edge of the figure."""
    found, (width, height) = letters_of(path)
    return [
        t.words
        for t in found
        if t.corners.min() < -0.5 or t.corners[:, 0].max() > width + 0.5 or t.corners[:, 1].max() > height + 0.5
    ]


def touching(path: Path) -> list[str]:
    """Pairs of texts that overlap."""
    found = letters_of(path)[0]
    return [
        f"{found[a].words!r} and {found[b].words!r}"
        for a, b in _near([each.corners for each in found])
        if _overlap(found[a].corners, found[b].corners)
    ]


def _near(boxes: list[np.ndarray]) -> list[tuple[int, int]]:
    """Pairs of boxes whose upright outlines overlap, in order: most pairs are far apart, and need no closer look."""
    if not boxes:
        return []
    low, high = (end(np.array(boxes), axis=1) for end in (np.min, np.max))
    meet = (low[:, None] <= high[None]).all(axis=2)
    return [(int(a), int(b)) for a, b in np.argwhere(np.triu(meet & meet.T, k=1))]


def _overlap(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two turned boxes overlap by more than they may: no side of either keeps them apart."""
    for box in (one, other):
        for n in range(2):
            side = box[n + 1] - box[n]
            length = float(np.hypot(*side))
            if not length:
                return False
            across = np.array([-side[1], side[0]]) / length
            a, b = one @ across, other @ across
            if min(a.max(), b.max()) - max(a.min(), b.min()) < TOUCHING:
                return False
    return True
