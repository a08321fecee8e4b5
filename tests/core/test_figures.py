"""How figures are saved: whole, in live text, the same bytes each time."""

import io
import itertools
import re
import zlib

import numpy as np
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
    assert set("The whole figure".split()) <= set(page.get_textpage().get_text_bounded().split())
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


# How people without one kind of cone see light, after Machado, Oliveira and Fernandes (2009),
# https://doi.org/10.1109/TVCG.2009.113 (severity 1.0).
VISIONS = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
WHITE = [0.95047, 1.0, 1.08883]


def lab(colour, vision):
    """CIELAB of a colour as it is seen; two that are 10 apart are told apart side by side at a glance."""
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = np.array(TO_XYZ) @ np.clip(np.array(VISIONS[vision]) @ light, 0, 1) / WHITE
    x, y, z = (np.cbrt(n) if n > 0.008856 else 7.787 * n + 16 / 116 for n in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", VISIONS)
def test_colours_of_kinds_stay_apart_for_any_colour_vision(vision):
    seen = [lab(colour, vision) for colour in [*figures.CATEGORIES, figures.PALETTE["black"], "#FFFFFF"]]
    assert len(seen) == 10
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 15


def test_kinds_beyond_the_colours_share_one():
    names = [f"kind {n}" for n in range(11)]
    colours = figures.colours_of(names)
    assert len({colours[name] for name in names[:8]}) == 8
    assert {colours[name] for name in names[8:]} == {figures.OTHERS}


def test_fonts_read_once_give_the_bytes_of_fonts_read_for_each_figure(monkeypatch):
    def saved():
        figure, axes = plt.subplots()
        axes.set_title("Łódź ≥ fi – β", fontweight="bold")
        axes.text(0.5, 0.5, "and in italics", style="italic")
        content = io.BytesIO()
        figure.savefig(content, format="pdf", metadata={"CreationDate": None})
        plt.close(figure)
        return content.getvalue()

    def read_anew(*given, **more):
        font = figures.load_whole_font(*given, **more)
        for table in set(figures.LAYOUT_TABLES) & set(font.keys()):
            del font[table]
        return font

    first, second = saved(), saved()
    monkeypatch.setattr(figures.subset, "load_font", read_anew)
    assert first == second == saved()
