"""The data structure as a table in Word, so that authors can change words and move boxes."""

import io
import zipfile

import pandas as pd
from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Cm, Pt
from docx.table import _Cell

from coproduction.interviews.structure_figure import HEADS

WIDTHS = [8.4, 4.6, 3.5]  # centimetres
_WHEN = (2020, 1, 1, 0, 0, 0)


def word_table(shown: pd.DataFrame) -> bytes:
    """A Word file with a row for each theme; the same content gives the same bytes.

    shown: from structure_figure.figure_structure
    """
    document = Document()
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(9)
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        _write(cell, [head], bold=True)
    for dimension, rows in shown.groupby("dimension", sort=False):
        first = None
        for theme, own in rows.groupby("theme", sort=False):
            cells = table.add_row().cells
            concepts = [f"{row.concept} ({row.transcripts})" for row in own.itertuples(index=False)]
            _write(cells[0], [f"\u2022 {concept}" for concept in concepts])
            _write(cells[1], [str(theme)])
            if first is None:
                first = cells[2]
                _write(first, [str(dimension)], bold=True)
            else:
                merged = first.merge(cells[2])
                for empty in merged.paragraphs[1:]:
                    empty._p.getparent().remove(empty._p)
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Cm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    note = "In brackets: interviews in which the concept was coded."
    document.add_paragraph(note).paragraph_format.space_before = Pt(4)
    held = io.BytesIO()
    document.save(held)
    return _without_times(held.getvalue())


def _write(cell: _Cell, lines: list[str], bold: bool = False) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold


def _without_times(content: bytes) -> bytes:
    """The archive with one time for all entries, which python-docx sets to that of writing."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _WHEN), old.read(name), zipfile.ZIP_DEFLATED)
    return held.getvalue()
