"""Boxes of the flow diagram: their lines and their sizes. All lengths are inches."""

from dataclasses import dataclass, field

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

LINE = 0.145  # height of a line of text
PAD = 0.16  # between text and border, above and below together
SIDE = 0.07  # between text and border at each side
SIZE = 7.5  # points
STEP = 0.1  # width of an indent


@dataclass(frozen=True)
class Line:
    """A line of text and how deep it is indented."""

    text: str
    depth: int = 0


@dataclass
class Box:
    """A box: its lines, and where it stands once placed (x left, y upper edge)."""

    lines: list[Line]
    width: float
    unfinished: bool = False
    fill: str = "white"
    bold: bool = False
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        """Height that the lines need."""
        return len(self.lines) * LINE + PAD

    @property
    def middle(self) -> float:
        """Height of the centre."""
        return self.y - self.height / 2


@dataclass
class Row:
    """One level of an arm: the box in the main line, the box beside it, the unfinished below."""

    main: Box | None
    side: Box | None = None
    unfinished: Box | None = None


@dataclass
class Column:
    """An arm of the diagram: heading and rows by level."""

    heading: Box
    rows: dict[str, Row] = field(default_factory=dict)


def number(n: int) -> str:
    """(n = 1,234) as the template writes numbers."""
    return f"(n = {n:,})"


def make_box(texts: list[str], width: float, bold: bool = False, **more) -> Box:
    """A box with `texts`, each wrapped to the width, its number kept on one line.

    Of several texts those that are items, not headings (with a colon), have a hanging indent; an
    item that begins with blanks is one level deeper.
    """
    lines = []
    for text in texts:
        hanging = 0 if len(texts) == 1 or text.endswith(":") else 1
        deeper = 1 if text.startswith(" ") else 0
        kept = text.strip().replace("(n = ", "(n\u00a0=\u00a0")
        room = width - 2 * SIDE - STEP * (deeper + hanging)
        for i, line in enumerate(_wrap(kept, room, bold)):
            lines.append(Line(line, deeper + (hanging if i else 0)))
    return Box(lines, width, bold=bold, **more)


def _wrap(text: str, width: float, bold: bool) -> list[str]:
    """Lines of whole words that are not wider than `width`, as the font measures them."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def text_width(text: str, bold: bool = False) -> float:
    """Width of a line of the diagram in inches."""
    font = FontProperties(family="DejaVu Sans", size=SIZE, weight="bold" if bold else "normal")
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72


def unfinished_box(items: list[tuple[str, int]], width: float) -> Box | None:
    """A box with what still waits for people; None when nothing does."""
    lines = [f"{text} {number(n)}" for text, n in items if n]
    return make_box(lines, width, unfinished=True) if lines else None
