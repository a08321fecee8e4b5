"""The PRISMA 2020 flow diagram as a vector figure.

Drawn with matplotlib like every other figure of the study, so that fonts, sizes and file formats
are the same. The R package PRISMA2020 draws the same diagram from the CSV of `prisma`; it needs R
and Graphviz, which the workflow does without. All lengths are inches.
"""

from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from coproduction.core import figures
from coproduction.core.lettering import SIZE, width_of, wrapped
from coproduction.screening.prisma import NO_REASON, Arm, Flow

LINE = 0.133  # height of a line of text
PAD = 0.13  # between text and border, above and below together
SIDE = 0.06  # between text and border at each side
STEP = 0.09  # width of an indent
BAR = 0.26  # width of the stage bars
GAP = 0.17  # between boxes
WORDS = {
    "database": "Databases",
    "register": "Registers",
    "website": "Websites",
    "organisation": "Organisations",
    "citation": "Citation searching",
}
BAR_FILL, HEAD_FILL = "#CFE0EE", "#EFEFEF"
EDGE, OPEN_EDGE, OPEN_FILL = "#333333", "#9A6A00", "#FFF8E6"


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


@dataclass(frozen=True)
class Widths:
    """Of the boxes in the main line of an arm, and of those beside them."""

    main: float
    side: float

    @property
    def both(self) -> float:
        """With the gap between them."""
        return self.main + GAP + self.side


@dataclass
class Column:
    """An arm of the diagram: heading and rows by level."""

    heading: Box
    widths: Widths
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
        unbroken = text.strip().replace("(n = ", "(n\u00a0=\u00a0")
        room = width - 2 * SIDE - STEP * (deeper + hanging)
        for i, line in enumerate(wrapped(unbroken, room, weight="bold" if bold else "normal")):
            lines.append(Line(line, deeper + (hanging if i else 0)))
    return Box(lines, width, bold=bold, **more)


def unfinished_box(items: list[tuple[str, int]], width: float) -> Box | None:
    """A box with what still waits for people; None when nothing does."""
    lines = [f"{text} {number(n)}" for text, n in items if n]
    return make_box(lines, width, unfinished=True) if lines else None


def _screening_rows(arm: Arm, widths: Widths) -> dict[str, Row]:
    reasons = [f"{reason} {number(n)}" for reason, n in arm.reasons.items()]
    return {
        "sought": Row(
            make_box([f"Reports sought for retrieval {number(arm.sought)}"], widths.main),
            make_box([f"Reports not retrieved {number(arm.not_retrieved)}"], widths.side),
            unfinished_box([("Retrieval awaited", arm.awaited)], widths.side),
        ),
        "assessed": Row(
            make_box([f"Reports assessed for eligibility {number(arm.assessed)}"], widths.main),
            make_box(["Reports excluded:", *reasons] if reasons else [f"Reports excluded {number(0)}"], widths.side),
            unfinished_box([("Assessment not finished", arm.assessing)], widths.side),
        ),
    }


def _excluded(arm: Arm) -> list[str]:
    """The records excluded on title and abstract, by reason where reviewers gave any."""
    if set(arm.early_reasons) <= {NO_REASON}:
        return [f"Records excluded {number(arm.excluded)}"]
    reasons = [f"{reason} {number(n)}" for reason, n in arm.early_reasons.items()]
    return [f"Records excluded {number(arm.excluded)}:", *reasons]


def databases_column(arm: Arm, widths: Widths) -> Column:
    """The arm of databases and registers."""
    sources = []
    for kind in ("database", "register"):
        sources.append(f"{WORDS[kind]} {number(arm.identified.get(kind, 0))}")
        sources += [f"  {name} {number(n)}" for name, n in arm.named.get(kind, {}).items()]
    removed = [
        "Records removed before screening:",
        f"Duplicate records {number(arm.duplicates)}",
        f"Records left unscreened below the stop by automation tools {number(arm.automation)}"
        if arm.automation
        else f"Records marked as ineligible by automation tools {number(0)}",
        f"Records removed for other reasons {number(arm.refused)}",
    ]
    waiting = [
        ("Not screened yet", arm.unscreened),
        ("Decided by too few reviewers", arm.partial),
        ("In conflict", arm.conflict),
    ]
    rows = {
        "identified": Row(
            make_box(["Records identified from:", *sources], widths.main), make_box(removed, widths.side)
        ),
        "screened": Row(
            make_box([f"Records screened {number(arm.screened)}"], widths.main),
            make_box(_excluded(arm), widths.side),
            unfinished_box(waiting, widths.side),
        ),
    }
    heading = "Identification of new studies via databases and registers"
    return Column(
        make_box([heading], widths.both, bold=True, fill=HEAD_FILL), widths, rows | _screening_rows(arm, widths)
    )


def others_column(arm: Arm, widths: Widths) -> Column:
    """The arm of other methods; what left it before retrieval is named in its first box."""
    lines = ["Records identified from:"]
    lines += [f"{WORDS[kind]} {number(n)}" for kind, n in arm.identified.items()]
    n_removed = arm.duplicates + arm.refused + arm.excluded + arm.automation
    rows = {
        "identified": Row(
            make_box(lines, widths.main),
            make_box([f"Records removed or excluded {number(n_removed)}"], widths.side) if n_removed else None,
            unfinished_box([("Records not decided yet", arm.unfinished)], widths.side),
        ),
        "screened": Row(None),
    }
    heading = "Identification of new studies via other methods"
    return Column(
        make_box([heading], widths.both, bold=True, fill=HEAD_FILL), widths, rows | _screening_rows(arm, widths)
    )


@dataclass
class Result:
    """The boxes at the foot: new studies and, in an updated review, earlier ones and all."""

    new: Box
    total: Row | None = None

    @property
    def height(self) -> float:
        """Height of all of it."""
        return self.new.height + (GAP + _depth(self.total) if self.total else 0.0)


def result_boxes(flow: Flow, widths: Widths) -> Result:
    """Included studies; an updated review also names the earlier ones and the total."""
    new = [
        f"New studies included in review {number(flow.new_studies)}",
        f"Reports of new included studies {number(flow.new_reports)}",
    ]
    if not flow.previous_studies and not flow.previous_reports:
        plain = [text.replace("New s", "S").replace(" new", "") for text in new]
        return Result(make_box(plain, widths.main))
    total = [
        f"Total studies included in review {number(flow.total_studies)}",
        f"Reports of total included studies {number(flow.total_reports)}",
    ]
    before = [
        "Previous studies:",
        f"Studies included in previous version of review {number(flow.previous_studies)}",
        f"Reports of studies included in previous version of review {number(flow.previous_reports)}",
    ]
    side = make_box(before, widths.side, fill=HEAD_FILL)
    return Result(make_box(new, widths.main), Row(make_box(total, widths.main), side))


LEVELS = ("identified", "screened", "sought", "assessed")
INCLUDED = "Included"
STAGES = (("Identification", "identified", "identified"), ("Screening", "screened", "assessed"))


def draw_flow(flow: Flow) -> Figure:
    """The diagram; its height follows from the text."""
    with_others = bool(sum(flow.others.identified.values()))
    all_of_them = figures.DOUBLE - BAR - 0.1 - GAP
    if with_others:  # the databases by name need most of the room
        share = (all_of_them - 3 * GAP) / 100
        columns = [databases_column(flow.databases, Widths(33 * share, 25 * share))]
        columns.append(others_column(flow.others, Widths(22 * share, 20 * share)))
    else:
        columns = [databases_column(flow.databases, Widths(2.75, 2.75))]
    result = result_boxes(flow, columns[0].widths)
    spans, height = _place(columns, result)
    total = BAR + GAP + sum(column.widths.both + GAP for column in columns) - GAP + 0.1
    figure = Figure(figsize=(total, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, total), ylim=(-height, 0))
    axes.axis("off")
    for name, top, bottom in spans:
        _draw_bar(axes, name, top, bottom)
    for column in columns:
        _draw(axes, column.heading)
        _draw_column(axes, column)
    _draw_result(axes, columns, result)
    return figure


def _place(columns: list[Column], result: Result) -> tuple[list[tuple], float]:
    """Set x and y of all boxes; the stage bars (name, top, bottom) and the height of all."""
    y, bounds = -0.05, {}
    column_starts = [BAR + GAP + i * (columns[0].widths.both + GAP) for i in range(len(columns))]
    for x, column in zip(column_starts, columns, strict=True):
        column.heading.x, column.heading.y = x, y
    y -= max(column.heading.height for column in columns) + GAP
    for level in LEVELS:
        rows = [column.rows[level] for column in columns]
        word = _room_for(STAGES[0][0]) if level == LEVELS[0] else 0.0
        deep, above = max(_depth(row) for row in rows), max(_above(row) for row in rows)
        top, bottom = y, y - max(deep, word)
        above += max(word - deep, 0) / 2
        for x, column, row in zip(column_starts, columns, rows, strict=True):
            _place_row(row, x, column.widths.main, y - above)
        bounds[level] = (top, bottom)
        y = bottom - GAP
    height = max(result.height, _room_for(INCLUDED))
    result.new.x, result.new.y = column_starts[0], y - (height - result.height) / 2
    if result.total:
        middle = result.new.y - result.new.height - GAP - _above(result.total)
        _place_row(result.total, column_starts[0], columns[0].widths.main, middle)
    spans = [(name, bounds[a][0], bounds[b][1]) for name, a, b in STAGES]
    spans.append((INCLUDED, y, y - height))
    return spans, 0.05 - spans[-1][2]


def _room_for(word: str) -> float:
    """Height of a bar on which a word finds room."""
    return width_of(word, weight="bold") + 2 * PAD


def _above(row: Row) -> float:
    """Room above the middle line of a row."""
    return max((box.height / 2 for box in (row.main, row.side) if box), default=0.0)


def _depth(row: Row) -> float:
    below = _above(row)
    if row.unfinished:
        side = row.side.height / 2 if row.side else 0.0
        below = max(below, side + 0.08 + row.unfinished.height)
    return _above(row) + below


def _place_row(row: Row, x: float, width: float, middle: float) -> None:
    if row.main:
        row.main.x, row.main.y = x, middle + row.main.height / 2
    if row.side:
        row.side.x, row.side.y = x + width + GAP, middle + row.side.height / 2
    if row.unfinished:
        side = row.side.height / 2 if row.side else 0.0
        row.unfinished.x, row.unfinished.y = x + width + GAP, middle - side - 0.08


def _draw(axes: Axes, box: Box) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (box.x, box.y - box.height),
            box.width,
            box.height,
            boxstyle="round,pad=0,rounding_size=0.03",
            facecolor=OPEN_FILL if box.unfinished else box.fill,
            edgecolor=OPEN_EDGE if box.unfinished else EDGE,
            linestyle=(0, (3, 2)) if box.unfinished else "-",
            linewidth=0.8,
        )
    )
    for i, line in enumerate(box.lines):
        y = box.y - PAD / 2 - (i + 0.5) * LINE
        x = box.x + (box.width / 2 if box.bold else SIDE + STEP * line.depth)
        axes.text(
            x,
            y,
            line.text,
            fontsize=SIZE,
            va="center",
            ha="center" if box.bold else "left",
            fontweight="bold" if box.bold else "normal",
        )


def _draw_bar(axes: Axes, name: str, top: float, bottom: float) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (0.05, bottom),
            BAR,
            top - bottom,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor=BAR_FILL,
            edgecolor=EDGE,
            linewidth=0.8,
        )
    )
    axes.text(
        0.05 + BAR / 2,
        (top + bottom) / 2,
        name,
        rotation=90,
        fontsize=SIZE,
        ha="center",
        va="center",
        fontweight="bold",
    )


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>",
            "linewidth": 0.8,
            "color": EDGE,
            "shrinkA": 0,
            "shrinkB": 0,
            "mutation_scale": 7,
        },
    )


def _draw_column(axes: Axes, column: Column) -> None:
    previous = None
    for level in LEVELS:
        row = column.rows[level]
        for box in (row.main, row.side, row.unfinished):
            if box:
                _draw(axes, box)
        if row.main and row.side:
            end = (row.side.x, row.main.middle)
            _arrow(axes, (row.main.x + row.main.width, row.main.middle), end)
        if row.main and previous:
            x = row.main.x + row.main.width / 2
            _arrow(axes, (x, previous.y - previous.height), (x, row.main.y))
        previous = row.main or previous


def _required(box: Box | None) -> Box:
    """A box that the diagram of included studies always has."""
    if box is None:
        raise ValueError("a box of the included studies is missing")
    return box


def _draw_result(axes: Axes, columns: list[Column], result: Result) -> None:
    new = result.new
    _draw(axes, new)
    last = _required(columns[0].rows["assessed"].main)
    x = last.x + last.width / 2
    _arrow(axes, (x, last.y - last.height), (x, new.y))
    if len(columns) > 1:
        other = _required(columns[1].rows["assessed"].main)
        side = other.x + other.width / 2
        axes.plot([side, side], [other.y - other.height, new.middle], color=EDGE, linewidth=0.8)
        _arrow(axes, (side, new.middle), (new.x + new.width, new.middle))
    if result.total:
        main, before = _required(result.total.main), _required(result.total.side)
        _draw(axes, main)
        _draw(axes, before)
        _arrow(axes, (x, new.y - new.height), (x, main.y))
        _arrow(axes, (before.x, main.middle), (main.x + main.width, main.middle))
