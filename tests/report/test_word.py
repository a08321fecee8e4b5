"""The report for Word: opened again as a supervisor would get it."""

import zipfile

import docx
import pytest
from coproduction.core import archives
from coproduction.report import checking, pandoc, word
from docx.oxml.ns import qn

TEXT = """See @fig-topics-bars and @tbl-topics-terms, as @lee1999 say: $x^2$.

![Bars of topics.](figures/topics/bars){#fig-topics-bars fig-alt="Two bars, the second higher"}

| term | a rather long heading |
|:-----|----------------------:|
| care | 10 |
| trust | 9 |

: Terms of topics. {#tbl-topics-terms}

::: {.callout-warning}
## Take care

These are words of a note.
:::
"""
ABOUT = {
    "title": "A title: with colon",
    "author": ["A. Author", "B. Author"],
    "date": "2026-11-28",
    "lang": "en-GB",
    "notice": "Illustrative",
}


@pytest.fixture
def made(stage, tmp_path, kept):
    """The file, rendered once; each test has a copy of its own."""
    path = tmp_path / "report.docx"
    if not kept:
        pandoc.render(stage(TEXT), "ecosystem", {"docx": path})
        word.finish(path, ABOUT)
        kept["docx"] = path.read_bytes()
    path.write_bytes(kept["docx"])
    return path


def test_headings_captions_tables_and_figures_are_words_own(made):
    document = docx.Document(made)
    heads = {p.text: p.style.name for p in document.paragraphs}
    assert heads["7 Methods"] == "Heading 1"
    assert heads["4.5 Topics of the literature"] == "Heading 2"
    assert heads["Table\u00a01: Terms of topics."] == "Table Caption"
    assert heads["Figure\u00a01: Bars of topics."] == "Image Caption"
    assert heads["Take care"] == "Note Title"
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][2] == ["trust", "9"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    (drawn,) = document.inline_shapes
    assert drawn._inline.docPr.get("descr") == "Two bars, the second higher"
    assert 2.4 < drawn.width.inches < 3.3
    assert list(document.element.body.iter(qn("m:oMath")))


def test_links_lead_to_bookmarks_and_contents_to_headings(made):
    assert checking.check_docx(made, checking.Expected({"fig-topics-bars": "Figure 1"}, {})) == []
    document = docx.Document(made)
    contents = [p for p in document.paragraphs if p.style.name.lower().startswith("toc ")]
    assert "7 Methods" in [p.text for p in contents]
    assert 'TOC \\n \\h \\o "1-2"' in document.element.xml
    raw = {kind: document.element.xml.count(f'fldCharType="{kind}"') for kind in ("begin", "end")}
    assert raw == {"begin": 1, "end": 1}


def test_it_says_what_it_is(made):
    document = docx.Document(made)
    properties, section = document.core_properties, document.sections[0]
    assert (properties.title, properties.author) == (ABOUT["title"], "A. Author; B. Author")
    assert properties.created.date().isoformat() == "2026-11-28"
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"
    assert section.header.paragraphs[0].text == "A title: with colon\tIllustrative"
    codes = [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert round(section.page_width.mm) == 210


def test_no_entry_of_the_archive_has_a_date(made):
    with zipfile.ZipFile(made) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {archives.WHEN}
        assert archive.testzip() is None


def test_what_is_lost_in_a_word_file_is_found(made):
    wanted = checking.Expected({"fig-x": "Figure 7"}, {"tbl-x": ["nowhere"]})
    problems = checking.check_docx(made, wanted)
    assert problems == ["the caption of fig-x has no number (Figure 7)", "the last row of tbl-x is missing (nowhere)"]
    raw = made.read_bytes()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(made.with_suffix(".x"), "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b'descr="Two bars, the second higher"', b"")
                content = content.replace(b'w:name="sec-methods"', b'w:name="elsewhere"')
            new.writestr(entry.filename, content)
    assert made.read_bytes() == raw
    problems = checking.check_docx(made.with_suffix(".x"), checking.Expected({}, {}))
    assert "a figure has no alternative text" in problems
    assert any(p.startswith("a link leads to #sec-methods") for p in problems)
