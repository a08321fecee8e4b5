"""One look for all figures: palette, font, sizes and how they are saved.

The palette is Okabe and Ito's (Color Universal Design, 2008), which people with any colour vision
can tell apart; the letters are those of the report, STIX, which ships with matplotlib. Nothing in a
saved file depends on clock or chance.
"""

import copy
import logging
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
from cycler import cycler
from fontTools import subset
from matplotlib import font_manager
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from coproduction.core import tables

PRINTED = 160 / 25.4, 222 / 25.4  # inches that a figure and its caption leave it on paper; a larger one is shrunk
AROUND = 0.04  # inches around what was drawn
SINGLE, DOUBLE = 3.0, PRINTED[0] - 2 * AROUND  # widths in inches: half of the text, all of it
SMALLEST = 8.0  # points that letters have at least in print, see `make_legible`
LETTERS = 9.0  # points that they mostly have: letters of 9 points are as high as those of the tables look
FAMILY = ["STIXGeneral", "DejaVu Sans"]  # the second for what the first lacks; the report is set in the same
ELSEWHERE = "'STIX Two Text', 'Times New Roman', 'Liberation Serif', serif"  # near it, where people edit a figure
PALETTE = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "vermilion": "#D55E00",
    "purple": "#CC79A7",
    "sky": "#56B4E9",
    "yellow": "#F0E442",
    "black": "#222222",
    "grey": "#8A8A8A",
    "light": "#E6E6E6",
}
# For kinds of things, in order: six of the palette, and two that stay as far apart from them for any colour vision.
CATEGORIES = [PALETTE[name] for name in ("blue", "orange", "green", "purple", "sky", "vermilion")] + [
    "#664019",
    "#730BDA",
]
OTHERS = "#555555"  # for what comes after them
SEQUENTIAL, DIVERGING = "cividis", "PuOr"

_STYLE: dict[Any, Any] = {
    "figure.max_open_warning": 0,  # a step draws all its figures, however many pages they have, and saves them then
    "font.family": FAMILY,
    "mathtext.fontset": "stix",
    "font.size": LETTERS,
    "axes.titlesize": LETTERS + 0.5,
    "axes.labelsize": LETTERS,
    "xtick.labelsize": LETTERS,
    "ytick.labelsize": LETTERS,
    "legend.fontsize": LETTERS,
    "figure.labelsize": LETTERS,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#555555",
    "axes.prop_cycle": cycler(color=[c for n, c in PALETTE.items() if n not in ("light", "black")]),
    "axes.axisbelow": True,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.5,
    "figure.dpi": 150,
    "svg.hashsalt": "co-production",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "path.simplify": False,
}


def colours_of(kinds: Iterable[str]) -> dict[str, str]:
    """A colour for each kind by its place among them; those after the eighth share one.

    >>> colours_of(["political", "economic", "political"])
    {'political': '#0072B2', 'economic': '#E69F00'}
    """
    names = list(dict.fromkeys(kinds))
    return dict(zip(names, [*CATEGORIES, *[OTHERS] * len(names)], strict=False))


matplotlib.rcdefaults()
matplotlib.rcParams.update(_STYLE)  # whoever imports this module draws in the house style


# matplotlib embeds the glyphs that a PDF shows through fontTools and leaves no say in it. The tables
# by which a font sets text serve nobody in a finished PDF; to read and cut them took most of each saving.
# The tables of all glyphs are read once a process and not for each figure: that took a tenth of the drawing.
LAYOUT_TABLES = ["GSUB", "GPOS", "GDEF", "MATH"]
GLYPH_TABLES = ["cmap", "glyf", "hmtx", "post"]
load_whole_font = subset.load_font
_read: dict[str, tuple[list[str], dict[str, Any]]] = {}  # by font file: its glyphs and their tables, as they were read


def load_font(file: Any, *given: Any, **more: Any) -> Any:
    """A font without the tables by which text is set."""
    font = load_whole_font(file, *given, **more)
    for table in LAYOUT_TABLES:
        if table in font:
            del font[table]
    key = f"{file} {getattr(file, 'face_index', 0)}"
    if key not in _read:
        whole = load_whole_font(file, *given, **more)
        _read[key] = whole.getGlyphOrder(), {tag: whole[tag] for tag in GLYPH_TABLES if tag in whole}
        for part in whole["cmap"].tables if "cmap" in whole else []:
            part.ensureDecompiled()
    order, glyph_tables = _read[key]
    font.setGlyphOrder(list(order))
    font.tables |= {tag: _copy_of(table) for tag, table in glyph_tables.items()}
    return font


class _Outlines(dict):
    """The outlines of glyphs, each copied when it is asked for: few of some six thousand are."""

    def __getitem__(self, glyph: str) -> Any:
        if glyph not in self._own:
            self._own.add(glyph)
            self[glyph] = copy.copy(super().__getitem__(glyph))
        return super().__getitem__(glyph)

    def __init__(self, outlines: dict[str, Any]) -> None:
        super().__init__(outlines)
        self._own: set[str] = set()


def _copy_of(table: Any) -> Any:
    """A table of a font whose lists and mappings of glyphs are its own: what is left of them is cut to what is shown."""
    own = copy.copy(table)
    for name, value in vars(table).items():
        if name == "glyphs":
            own.glyphs = _Outlines(value)
        elif name == "tables":
            own.tables = [_copy_of(part) for part in value]
        elif isinstance(value, (dict, list)):
            setattr(own, name, value.copy())
    return own


subset.load_font = load_font
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every glyph


@contextmanager
def _fonts_found_once():
    """Within this context the fonts of text are looked for once each; how matplotlib draws must not change in it.

    It looks for them whenever a text is measured or drawn, and asks eleven settings each time whether it need not
    look: a fifteenth of the time of a figure.
    """
    manager, found = font_manager.fontManager, {}
    look = type(manager)._find_fonts_by_props

    def find(prop: Any, *given: Any, **more: Any) -> Any:
        key = prop, given, *more.items()
        if key not in found:
            found[key] = look(manager, prop, *given, **more)
        return list(found[key])

    manager._find_fonts_by_props = find
    try:
        yield
    finally:
        del manager._find_fonts_by_props


@contextmanager
def style():
    """Within this context matplotlib draws in the house style, whatever was set since."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


@dataclass(frozen=True)
class Drawn:
    """A figure and the table of what it shows; a step saves both.

    live_text: whether words of the SVG stay words, for people who edit it; otherwise they are drawn,
    and look alike wherever they are shown
    """

    figure: plt.Figure
    data: pd.DataFrame
    live_text: bool = False

    def save(self, svg: str, pdf: str, csv: str) -> None:
        """Save the figure in both formats and its data."""
        save(self.figure, self.data, svg, pdf, csv, self.live_text)


def in_print(width: float, height: float) -> float:
    """By how much a figure of that size (inches) is shrunk to fit the page: 1 where it fits.

    >>> in_print(2 * PRINTED[0], 1)
    0.5
    """
    return min(1.0, PRINTED[0] / width, PRINTED[1] / height)


def make_legible(figure: plt.Figure) -> Bbox:
    """Enlarge letters that would be smaller than SMALLEST in print, and the height with them.

    Returns the box around what was drawn, in inches. A drawing function chooses its sizes so that there is
    nothing to enlarge; this catches what it could not foresee.

    A figure that is wider than the text is shrunk to it in print, and its letters with it, so that
    the sizes in a drawing function say little. Rows get as much higher as their letters grow; where
    the axes keep their proportions the height stays. Words that were placed side by side by their
    size may touch then: look at the figure before it is made legible so.
    """
    grown = False
    for _ in range(6):
        figure.draw_without_rendering()
        box = figure.get_tightbbox()
        shrunk = in_print(box.width + 2 * AROUND, box.height + 2 * AROUND)
        needed = SMALLEST / shrunk
        small = [
            text
            for text in figure.findobj(Text)
            if text.get_visible() and text.get_text().strip() and float(text.get_fontsize()) < needed - 0.01
        ]
        if not small:
            break
        if not grown:
            ratios = sorted(needed / float(text.get_fontsize()) for text in small)
            width, height = figure.get_size_inches()
            fixed = any(axes.get_aspect() != "auto" for axes in figure.get_axes())
            figure.set_size_inches(width, height * (1 if fixed else min(ratios[len(ratios) // 2], 1.4)))
            grown = True
        for axes in figure.get_axes():
            for which in ("x", "y"):
                labels = getattr(axes, f"get_{which}ticklabels")()
                if labels and float(labels[0].get_fontsize()) < needed:
                    axes.tick_params(axis=which, labelsize=needed)
        for text in small:
            text.set_fontsize(needed)
    return box


def save(figure: plt.Figure, data: pd.DataFrame, svg: str, pdf: str, csv: str, live_text: bool = False) -> None:
    """Save a figure as SVG and PDF and what it shows as CSV, then close it.

    The box around what was drawn is measured once for both, which halves the drawing.
    """
    with matplotlib.rc_context(_STYLE | ({"svg.fonttype": "none"} if live_text else {})), _fonts_found_once():
        for text in figure.findobj(Text):
            text.set_fontfeatures(["-liga"])  # whoever searches a PDF for a word finds it
        box = make_legible(figure).padded(AROUND)
        figure.set_layout_engine("none")  # what it laid out stays; it need not be asked again
        for path, metadata in ((svg, {"Date": None}), (pdf, {"CreationDate": None})):
            with tables.written_whole(path) as part:
                figure.savefig(part, format=Path(path).suffix[1:], metadata=metadata, bbox_inches=box)
        if live_text:
            words = Path(svg).read_text(encoding="utf-8")
            tables.write_text(words.replace(f"'{FAMILY[0]}'", f"'{FAMILY[0]}', {ELSEWHERE}"), svg)
    plt.close(figure)
    tables.write_csv(data, csv)


def awaited(message: str) -> plt.Figure:
    """A small figure that says what is awaited, where there is nothing to draw yet."""
    figure, axes = plt.subplots(figsize=(DOUBLE, 1.2))
    axes.set_axis_off()
    axes.text(0.5, 0.5, message, ha="center", va="center", wrap=True, color=PALETTE["grey"])
    return figure
