"""How figures are saved: whole, in live text, the same bytes each time."""

import io
import re
import zlib

import pandas as pd
import pypdfium2
import pytest
from coproduction.core import figures
from fontTools.ttLib import TTFont

plt = figures.plt


def drawn(layout=None):
    figure, axes = plt.subplots(figsize=(3, 2), layout=layout)
    axes.plot([1, 2], [3, 4])
    axes.set_title("The whole figure", weight="bold")
    axes.text(1.4, 1.1, "far outside", transform=axes.transAxes)
    return figures.Drawn(figure, pd.DataFrame({"x": [1, 2], "y": [3, 4]}))


@pytest.fixture(params=[None, "constrained", "tight"])
def saved(request, tmp_path):
    names = [str(tmp_path / f"a.{kind}") for kind in ("svg", "pdf", "csv")]
    drawn(request.param).save(*names)
    return tmp_path


def fonts(path):
    """The TrueType fonts among the compressed streams of a PDF."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", path.read_bytes(), re.DOTALL):
        content = zlib.decompress(found[1])
        if content.startswith(b"\0\1\0\0"):
            yield TTFont(io.BytesIO(content))


def test_what_stands_outside_the_axes_is_on_the_page(saved):
    page = pypdfium2.PdfDocument(saved / "a.pdf")[0]
    assert "far outside" in page.get_textpage().get_text_bounded()
    width = float(re.search(r'<svg [^>]*width="([\d.]+)pt"', (saved / "a.svg").read_text())[1])
    assert width == pytest.approx(page.get_width(), abs=0.01)


def test_text_in_a_pdf_is_live_and_its_fonts_hold_no_tables_for_setting_text(saved):
    page = pypdfium2.PdfDocument(saved / "a.pdf")[0]
    assert "The whole figure" in page.get_textpage().get_text_bounded()
    tables = [set(font.keys()) for font in fonts(saved / "a.pdf")]
    assert tables
    assert all("glyf" in names for names in tables)
    assert not any(set(figures.LAYOUT_TABLES) & names for names in tables)


def test_the_same_figure_gives_the_same_bytes(tmp_path):
    written = []
    for name in "ab":
        names = [str(tmp_path / f"{name}.{kind}") for kind in ("svg", "pdf", "csv")]
        drawn().save(*names)
        written.append([(tmp_path / f"{name}.{kind}").read_bytes() for kind in ("svg", "pdf")])
    assert written[0] == written[1]


def test_letters_that_print_would_make_too_small_are_enlarged():
    with figures.style():
        figure, axes = plt.subplots(figsize=(figures.DOUBLE + 1, 2))
        axes.barh(["a row", "another row"], [1, 2])
        axes.text(1, 0.5, "a remark", size=5)
        figures.make_legible(figure)
        figure.draw_without_rendering()
        box = figure.get_tightbbox()
        shrunk = figures.in_print(box.width + 0.08, box.height + 0.08)
        words = [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
        assert min(text.get_fontsize() * shrunk for text in words) > figures.SMALLEST - 0.05
        assert figure.get_size_inches()[1] > 2
        plt.close(figure)
