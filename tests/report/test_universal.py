"""The PDF for everybody: PDF/UA-1, read back with PDFium as an aid for reading would see it."""

import ctypes
import re

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from coproduction.core.errors import StudyError
from coproduction.report import pandoc

TEXT = """The mean is $\\bar{x}$, and

$$\\kappa = \\frac{p_o - p_e}{1 - p_e}$$

![Bars of topics.](figures/topics/bars){#fig-topics-bars fig-alt="Two bars, the \\"second\\" higher"}

| term | n |
|:-----|--:|
| care | 10 |

: Terms of topics. {#tbl-topics-terms}
"""


def said(function, element):
    """What PDFium says of an element of the structure."""
    size = function(element, None, 0)
    words = ctypes.create_string_buffer(size)
    function(element, ctypes.cast(words, function.argtypes[1]), size)
    return words.raw.decode("utf-16-le").rstrip("\0")


def elements(document):
    """The structure of all pages in reading order, as (kind, alternative text)."""

    def within(element):
        yield (said(pdfium.FPDF_StructElement_GetType, element), said(pdfium.FPDF_StructElement_GetAltText, element))
        for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
            if child:
                yield from within(child)

    for page in document:
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from within(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number))
        pdfium.FPDF_StructTree_Close(tree)


@pytest.fixture
def made(stage, tmp_path, kept):
    """The PDF, rendered once; each test has a copy of its own."""
    path = tmp_path / "report.pdf"
    if not kept:
        pandoc.render(stage(TEXT), "ecosystem", {"pdf": path})
        kept["pdf"] = path.read_bytes()
    path.write_bytes(kept["pdf"])
    return path


def test_it_claims_the_standard_and_says_its_title_and_language(made):
    document = pypdfium2.PdfDocument(made)
    assert pdfium.FPDFCatalog_IsTagged(document)
    assert document.get_metadata_dict()["Title"] == "A title: with colon"
    assert said(pdfium.FPDFCatalog_GetLanguage, document) == "en-GB"
    raw = made.read_bytes()
    assert b"pdfuaid:part>1<" in raw
    assert b"/DisplayDocTitle true" in raw


def test_headings_are_bookmarks_and_tables_have_heads(made):
    document = pypdfium2.PdfDocument(made)
    marks = [mark.get_title() for mark in document.get_toc()]
    assert any("Methods" in mark for mark in marks)
    assert any("Topics of the literature" in mark for mark in marks)
    kinds = [kind for kind, _ in elements(document)]
    for kind in ("H1", "H2", "Table", "TH", "TD", "Caption", "Link"):
        assert kind in kinds, kind


def test_figures_and_formulas_say_what_they_show(made):
    document = pypdfium2.PdfDocument(made)
    alternatives = [(kind, alt) for kind, alt in elements(document) if kind in ("Figure", "Formula")]
    assert ("Figure", "Two bars, the 'second' higher") in alternatives or (
        "Figure",
        'Two bars, the "second" higher',
    ) in alternatives
    assert [alt for kind, alt in alternatives if kind == "Formula"] == [
        "mean of x",
        "kappa equals (p sub o minus p sub e) divided by (1 minus p sub e)",
    ]
    assert all(alt for _, alt in alternatives)


def test_headings_that_leave_out_a_level_are_raised(stage, tmp_path):
    text = "#### Deep\n\nWords.\n\n#### As deep\n\n##### Deeper\n\n### Less deep\n\nWords.\n"
    build, path = stage(text), tmp_path / "report.pdf"
    source = (build / "ecosystem.qmd").read_text(encoding="utf-8")
    start = source.index("# Plain-language summary")
    (build / "ecosystem.qmd").write_text(source[:start] + "### First\n\n" + source[start:])
    page = tmp_path / "report.html"
    pandoc.render(build, "ecosystem", {"pdf": path, "html": page})
    found = re.findall(r"<h(\d)[^>]*>(.*?)</h\1>", page.read_text(encoding="utf-8"), re.DOTALL)
    levels = {re.sub(r"<[^>]*>", "", words).split(" ", 1)[-1]: int(n) for n, words in found}
    assert levels["First"] == 1
    assert [levels[name] for name in ("Deep", "As deep", "Deeper", "Less deep")] == [3, 3, 4, 3]
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(path).get_toc()]
    assert "Deeper" in " ".join(marks)


def test_typst_refuses_what_shuts_readers_out(stage, tmp_path):
    build = stage(TEXT)
    style = build / "typography.typ"
    style.write_text(style.read_text().replace("image(path, alt: alt)", "image(path)"))
    with pytest.raises(StudyError, match=r"Typst could not typeset ecosystem: PDF/UA-1 error: .*alt.*fig-alt"):
        pandoc.render(build, "ecosystem", {"pdf": tmp_path / "report.pdf"})
