"""The data structure in Word: as a table, and as boxes and lines that authors can move and rewrite.

The boxes are drawing shapes with text, written as XML since python-docx has none; python-pptx has, but
is one more package for this single file, and a manuscript is a Word file.
"""

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape

import pandas as pd
from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import parse_xml
from docx.shared import Cm, Inches, Pt
from docx.table import _Cell

from coproduction.core.archives import repacked
from coproduction.interviews.structure_figure import CLASSIC, HEADS, Piece, as_pieces, pages

WIDTHS = [8.4, 4.6, 3.5]  # centimetres
MARGIN = 0.68  # inches: the figure is as wide as what they leave of A4
EMU, THIN = 914_400, 8_890  # an inch and a fine line in the unit of drawings
_NAMES = " ".join(
    f'xmlns:{prefix}="{place}"'
    for prefix, place in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def word_table(structure: pd.DataFrame) -> bytes:
    """A Word file with a table, a row for each theme, and behind it pages of boxes; same content, same bytes.

    shown: from structure_figure.figure_structure
    """
    document = Document()
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(9)
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        _write(cell, [head], bold=True)
    for dimension, rows in structure.groupby("dimension", sort=False):
        first = None
        for theme, theme_rows in rows.groupby("theme", sort=False):
            cells = table.add_row().cells
            concepts = [f"{row.concept} ({row.transcripts})" for row in theme_rows.itertuples(index=False)]
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
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Inches(MARGIN)
    number = 0
    for page in pages(structure, CLASSIC) if len(structure) else []:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.page_break_before = True
        for piece in as_pieces(page, CLASSIC):
            number += 1
            paragraph.add_run()._r.append(parse_xml(_drawn(piece, number)))
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())


def _drawn(piece: Piece, number: int) -> str:
    """A box with its words, or a line, at its place on the page (mc:AlternateContent, WordprocessingML 2010)."""
    left, top, width, height = (round(inches * EMU) for inches in (piece.left, piece.top, piece.width, piece.height))
    width, height = max(width, THIN), max(height, THIN)  # a line is a thin box: LibreOffice turns upright lines
    fill, edge = (f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' for colour in ("FFFFFF", "000000"))
    if not piece.lines or not piece.framed:
        fill, edge = (fill if piece.lines else edge), "<a:noFill/>"
    text = "".join(_paragraphs(piece))
    holds = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    return f"""<mc:AlternateContent {_NAMES}><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0"
layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="{number}" name="{"Box" if piece.lines else "Line"} {number}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp><wps:cNvSpPr/><wps:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln w="{THIN}">{edge}</a:ln></wps:spPr>{holds}
<wps:bodyPr lIns="36000" tIns="0" rIns="36000" bIns="0" anchor="ctr"/></wps:wsp></a:graphicData></a:graphic>
</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"""


def _paragraphs(piece: Piece) -> Iterator[str]:
    side = "left" if piece.listed else "center"
    bold = "<w:b/>" if piece.bold else ""
    for line in piece.lines:
        yield (
            f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="{side}"/></w:pPr><w:r><w:rPr>'
            f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>{bold}<w:sz w:val="16"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        )


def _write(cell: _Cell, lines: list[str], bold: bool = False) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold
