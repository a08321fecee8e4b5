"""The Word file that supervisors comment on: what pandoc writes, set as a report.

Pandoc (on its own or within Quarto) makes live tables, headings, captions, links and formulas. A
reference document could give these a look, but is a binary file that nobody can review, and it does
not reach tables; so styles, page, running head and tables are set here with python-docx. At the end
the archive is packed anew without dates, so that the same report has the same bytes.
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coproduction.core import tables
from coproduction.core.archives import repacked

NO_DATE = "1980-01-01"
INK, QUIET, ACCENT, HAIR = "1B1F24", "57606A", "1F4E79", "9AA4AF"
FONT = "Times New Roman"  # the nearest to the letters of the figures that Word brings
BODY, SMALL, TABLE, DENSE = 10.5, 9, 8.5, 8  # points
DENSE_FROM = 8  # columns from which a table is set smaller
HEADINGS = {"Title": 20, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11, "Heading 4": 10.5}


def finish(path: Path, about: Mapping[str, Any]) -> None:
    """Set a Word file as it comes from pandoc, in its place.

    about: title, author, date, lang and notice of the report
    """
    import docx

    document = docx.Document(str(path))
    _describe(document.core_properties, about)
    _styles(document, str(about.get("lang") or "en"))
    _page(document, about)
    for table in document.tables:
        _table(table)
    unpacked = io.BytesIO()
    document.save(unpacked)
    tables.write_bytes(repacked(unpacked.getvalue()), path)


def _describe(properties: Any, about: Mapping[str, Any]) -> None:
    try:
        day = datetime.fromisoformat(str(about.get("date") or NO_DATE))
    except ValueError:  # a date in words is shown on the page, and is no property
        day = datetime.fromisoformat(NO_DATE)
    properties.title = str(about.get("title") or "")
    properties.subject = str(about.get("subtitle") or "")
    properties.author = "; ".join(about.get("author") or [])
    properties.language = str(about.get("lang") or "en")
    properties.last_modified_by, properties.revision = "", 1
    properties.created = properties.modified = day.replace(tzinfo=UTC)


def _styles(document: Any, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    def known(name: str) -> Any:
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
        return document.styles[name]

    def look(name: str, size: float, colour: str = INK, bold: bool | None = None) -> Any:
        style = known(name)
        font = style.font
        font.name, font.size, font.color.rgb, font.bold = (FONT, Pt(size), RGBColor.from_string(colour), bold)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        return style

    normal = look("Normal", BODY)
    run_properties = normal.element.get_or_add_rPr()
    for old in run_properties.findall(qn("w:lang")):
        run_properties.remove(old)
    run_properties.append(run_properties.makeelement(qn("w:lang"), {qn("w:val"): language}))
    for name, size in HEADINGS.items():
        style = look(name, size, ACCENT if name != "Title" else INK, bold=True)
        style.font.italic = False
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.space_before = Pt(size)
        style.paragraph_format.space_after = Pt(size / 3)
    for name in ("Table Caption", "Image Caption"):
        style = look(name, SMALL)
        style.font.italic = False
        style.paragraph_format.keep_with_next = name == "Table Caption"
        style.paragraph_format.space_after = Pt(6)
    subtitle = look("Subtitle", 12, QUIET, bold=False)
    for old in subtitle.element.rPr.findall(qn("w:spacing")):
        subtitle.element.rPr.remove(old)
    look("Captioned Figure", BODY).paragraph_format.keep_with_next = True
    look("Bibliography", SMALL)
    look("Compact", BODY)
    look("TOC Heading", 12, ACCENT, bold=True)
    for level in (1, 2):
        style = look(f"TOC {level}", SMALL, bold=level == 1)
        style.paragraph_format.left_indent = Pt(12 * (level - 1))
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1)
    look("Note Title", BODY, ACCENT, bold=True).paragraph_format.keep_with_next = True
    note = look("Note Text", BODY)
    for name in ("Note Title", "Note Text"):
        document.styles[name].paragraph_format.left_indent = Pt(10)
    note.paragraph_format.space_after = Pt(4)


def _page(document: Any, about: Mapping[str, Any]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.text = "\t".join(filter(None, [str(about.get("title") or ""), about.get("notice")]))
    head.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)
    for run in head.runs:
        run.font.size = Pt(SMALL)
    for foot in (section.footer.paragraphs[0], section.first_page_footer.paragraphs[0]):
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(foot, "PAGE")
        foot.add_run(" / ").font.size = Pt(SMALL)
        _field(foot, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run("1")
    run.font.size = Pt(SMALL)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
    field.append(run._r)


def _table(table: Any) -> None:
    """Lines above, below and under the head; small letters; rows that stay on one page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table.autofit = True  # no column narrower than its longest word
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    borders = OxmlElement("w:tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "2")):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", HAIR)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    after = properties.find(qn("w:tblLook"))
    properties.append(borders) if after is None else after.addprevious(borders)
    letters = DENSE if len(table.columns) >= DENSE_FROM else TABLE
    for place, row in enumerate(table._tbl.tr_lst):
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for run in row.iter(qn("w:r")):
            run_properties = run.get_or_add_rPr()
            run_properties.get_or_add_sz().set(qn("w:val"), str(round(letters * 2)))
            if place == 0:
                run_properties.get_or_add_b()
        for paragraph in row.iter(qn("w:p")):
            spacing = paragraph.get_or_add_pPr().get_or_add_spacing()
            spacing.set(qn("w:before"), "20")
            spacing.set(qn("w:after"), "20")
