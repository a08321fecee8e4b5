"""The figures of all techniques as readers take them: SVG, PNG and the data as CSV.

PNG is made from the vector PDF by PDFium, which takes a tenth of the time that drawing anew would.
"""

import io
from collections.abc import Iterable
from pathlib import Path

RESOLUTION = 200  # dots per inch
PACKED = 3  # of 9: packing more takes twice the time and saves a fiftieth
KINDS = (".svg", ".pdf", ".csv")


def of_pages(folders: Iterable[str]) -> list[str]:
    """The files of figures in folders that hold as many figures as a study needs."""
    return [str(file) for folder in folders for file in sorted(Path(folder).iterdir()) if file.suffix in KINDS]


def to_take(files: Iterable[str]) -> dict[str, bytes]:
    """The files that are handed out, by their names: `topics/prevalence.png`.

    files: the figures as SVG, PDF and CSV, `…/<technique>/figures/<figure>.svg`; a PDF becomes a PNG.
    """
    contents = {}
    for file in map(Path, files):
        above = file.parts[:-1]
        start = len(above) - 1 - above[::-1].index("figures")
        name = Path(above[start - 1], *above[start + 1 :], file.name)
        if file.suffix == ".pdf":
            contents[name.with_suffix(".png").as_posix()] = png(file)
        else:
            contents[name.as_posix()] = file.read_bytes()
    return contents


def png(path: Path) -> bytes:
    """The first page of a PDF as a PNG, with its resolution noted, so that it prints at its size."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        picture = document[0].render(scale=RESOLUTION / 72).to_pil()
    finally:
        document.close()
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=PACKED, dpi=(RESOLUTION, RESOLUTION))
    return buffer.getvalue()
