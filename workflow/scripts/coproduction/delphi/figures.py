"""Figures of the statements: median and spread, and distributions with their verdicts."""

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import Patch, Rectangle

from coproduction.core import figures
from coproduction.core.lettering import fitted, width_of
from coproduction.delphi.consensus import CALLED
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.shown import ORDER, closed_latest, distribution_pages, row_height, shown_rounds

PALETTE = figures.PALETTE
COLOURS = {
    "in": PALETTE["blue"],
    "out": PALETTE["vermilion"],
    "split": "#A0478C",
    "none": "#666666",
    "refused": PALETTE["grey"],
    "too few": PALETTE["grey"],
    "no ratings": PALETTE["grey"],
}
NONE = -99  # in place of a rating for those who gave none
MARKS = {"in": "o", "out": "s", "split": "D", "none": "p", "refused": "x", "too few": "x", "no ratings": "x"}
NOTHING = "No round of the Delphi is closed yet."
WAITING = "Change can be shown once two rounds with the same wording are closed."
TEXT = figures.LETTERS
FEW = 45  # statements up to which each one's id stands beside its spot
LINES = 4  # of ids beside a spot
LABELS, BARS, WORDS = 2.3, 1.72, 2.2  # inches: wording, bars, verdict
ROUND_AT, N_AT, VERDICT_AT = 1.1, 1.24, 1.28  # where these columns are, in widths of the bars
STABLE = {"yes": ", stable", "no": ", not stable"}


def scale_colours(settings: DelphiSettings) -> np.ndarray:
    """One colour per point of the scale, from unfavourable to favourable."""
    k = len(settings.scale.points)
    return plt.get_cmap(figures.DIVERGING)(np.linspace(0.08, 0.92, k))


def few_points(settings: DelphiSettings) -> bool:
    """Whether each point of the scale can be shown and named on its own."""
    return len(settings.scale.points) <= 15


def points_of(settings: DelphiSettings) -> np.ndarray:
    return np.array(settings.scale.points)


def classes_of(values: pd.DataFrame, settings: DelphiSettings) -> pd.DataFrame:
    """Ratings as the points of a short scale, else as the lower ends of ten classes of equal width."""
    scale = settings.scale
    if few_points(settings):
        return values
    width = (scale.highest - scale.lowest) / 10
    place = np.clip(np.floor((values - scale.lowest) / width + 1e-9), 0, 9)
    return (scale.lowest + place * width).round(9)


def third_colours() -> dict:
    colours = plt.get_cmap(figures.DIVERGING)
    return {NONE: (1, 1, 1, 1), 0: colours(0.14), 1: (0.87, 0.87, 0.87, 1), 2: colours(0.86)}


def legend_of_thirds(figure, top: float, settings: DelphiSettings) -> None:
    scale, colours = settings.scale, third_colours()
    low, high = (round(v, 9) for v in (scale.unfavourable_to + scale.step, scale.favourable_from - scale.step))
    between = f"{low:g}–{high:g}"
    words = {
        2: f"favourable ({scale.favourable_from}–{scale.highest})",
        1: f"between ({between})",
        0: f"unfavourable ({scale.lowest}–{scale.unfavourable_to})",
        NONE: "no rating",
    }
    if low > high:
        words.pop(1)
    handles = [Patch(facecolor=colours[k], edgecolor="#666666", linewidth=0.4, label=w) for k, w in words.items()]
    figure.legend(handles=handles, ncols=4, loc="center", bbox_to_anchor=(0.5, top), fontsize=TEXT)


def draw_map(
    summary: pd.DataFrame, decisions: pd.DataFrame, settings: DelphiSettings
) -> tuple[plt.Figure, pd.DataFrame]:
    """One spot per median, range and verdict; its size is the number of statements there."""
    latest = closed_latest(summary, decisions)
    if latest.empty:
        return figures.awaited(NOTHING), latest
    figure, axes = plt.subplots(figsize=(figures.DOUBLE, 4.3 if len(latest) <= FEW else 4.8))
    figure.subplots_adjust(left=0.075, right=0.985, bottom=0.11, top=0.92)
    _map_frame(axes, latest, settings)
    _spots(axes, latest)
    columns = ["statement", "round", "n", "median", "iqr", "share_high", "share_low", "verdict"]
    return figure, latest[columns]


def _map_frame(axes, latest: pd.DataFrame, settings: DelphiSettings) -> None:
    scale, limit = settings.scale, settings.iqr_limit
    for low, high in ((scale.favourable_from, scale.highest + 0.5), (scale.lowest - 0.5, scale.unfavourable_to)):
        axes.axvspan(low, high, color="#F1F1F1", zorder=0)
    if limit is not None:
        axes.axhline(limit, color=PALETTE["grey"], linestyle="--", linewidth=0.8, zorder=1)
    used = [v for v in ORDER if v in set(latest["verdict"])]
    handles = [plt.Line2D([], [], color=COLOURS[v], marker=MARKS[v], linestyle="", label=CALLED[v]) for v in used]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(handles))
    margin = 0.5 if few_points(settings) else (scale.highest - scale.lowest) / 20
    axes.set_xlim(scale.lowest - margin, scale.highest + margin)
    if few_points(settings):
        axes.set_xticks(points_of(settings))
    axes.set_ylim(-0.5, max(latest["iqr"].max(), limit or 0) + 0.6)
    axes.set_xlabel("Median (shaded: unfavourable and favourable end of the scale)")
    axes.set_ylabel("Interquartile range, points")


def _spots(axes, latest: pd.DataFrame) -> None:
    """Spots side by side where verdicts share a place, then ids where there is room for them."""
    width, height = (72 * inches for inches in axes.figure.get_size_inches())
    (left, right), (low, top) = axes.get_xlim(), axes.get_ylim()
    box = axes.get_position()
    scale = box.width * width / (right - left), box.height * height / (top - low)
    few = len(latest) <= FEW
    spots = []
    for (middle, spread), part in latest.groupby(["median", "iqr"], sort=True):
        shift = 0.0
        for verdict, of_verdict in part.groupby("verdict", sort=True):
            size = 5.5 if few else 5.5 + 2.8 * np.sqrt(len(of_verdict))
            x = middle + shift
            shift += size / scale[0] * 1.1
            axes.plot(
                x,
                spread,
                MARKS[verdict],
                color=COLOURS[verdict],
                markersize=size,
                markeredgecolor="white",
                markeredgewidth=0.4,
                zorder=3,
            )
            if not few and len(of_verdict) > 1:
                axes.annotate(
                    f"{len(of_verdict)}", (x, spread), ha="center", va="center", color="white", fontsize=TEXT, zorder=4
                )
            spots.append(((x, spread), size, sorted(of_verdict["statement"]), COLOURS[verdict]))
    _ids(axes, spots, scale, few, (left * scale[0], low * scale[1], right * scale[0], top * scale[1]))


def _listed(ids: list[str]) -> str:
    """Ids in lines; of many lines the first ones and how many ids are not shown."""
    lines = textwrap.wrap(" ".join(ids), 15)
    if len(lines) <= LINES:
        return "\n".join(lines)
    first_lines = lines[: LINES - 1]
    return "\n".join([*first_lines, f"and {len(ids) - len(' '.join(first_lines).split())} more"])


def _ids(axes, spots: list, scale: tuple[float, float], few: bool, frame: tuple) -> None:
    places = [(x * scale[0], y * scale[1]) for (x, y), *_ in spots]
    boxes = [
        (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
        for (x, y), (_, size, *_) in zip(places, spots, strict=True)
    ]
    # The longest ids first: they find the least room.
    order = sorted(range(len(spots)), key=lambda i: (-len(spots[i][2]), places[i]))
    for i in order:
        place, size, ids, colour = spots[i]
        if not few and len(ids) > 3:
            continue
        words = _listed(ids)
        lines = words.split("\n")
        wide, tall = 72 * max(map(width_of, lines)) + 2, 1.05 * TEXT * len(lines) + 2
        clashes, free, shift = _free_place(*places[i], size / 2, wide, tall, boxes, frame)
        if not few and clashes:
            continue
        boxes.append(free)
        axes.annotate(
            words,
            place,
            shift,
            textcoords="offset points",
            fontsize=TEXT,
            color=colour,
            ha="center",
            va="center",
            linespacing=1.0,
            zorder=5,
            bbox=dict(facecolor="white", alpha=0.75, linewidth=0, pad=0.4),
        )


def _free_place(x, y, radius, wide, tall, taken: list, frame: tuple) -> tuple:
    """The nearest box around a spot that overlaps the fewest taken ones, and its shift (points).

    A box that leaves the frame of the axes covers what stands there, and is taken last.
    """
    candidates: list[tuple] = []
    for reach in (radius + 2, radius + 8, radius + 15, radius + 22):
        sides = [(0, tall / 2 + reach), (0, -tall / 2 - reach)]
        sides += [(wide / 2 + reach, 0), (-wide / 2 - reach, 0)]
        sides += [(a * (wide / 2 + reach * 0.7), b * (tall / 2 + reach * 0.7)) for a in (1, -1) for b in (1, -1)]
        for dx, dy in sides:
            box = (x + dx - wide / 2, y + dy - tall / 2, x + dx + wide / 2, y + dy + tall / 2)
            clashes = sum(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken)
            out = box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]
            clashes += len(taken) * out
            candidates.append((clashes, len(candidates), box, (dx, dy)))
    clashes, _, box, shift = min(candidates)
    return clashes, box, shift


def draw_distribution(
    summary: pd.DataFrame, decisions: pd.DataFrame, settings: DelphiSettings
) -> list[tuple[plt.Figure, pd.DataFrame]]:
    """One figure per page of statements, most favourable first."""
    latest = closed_latest(summary, decisions)
    if latest.empty:
        return [(figures.awaited(NOTHING), summary)]
    rounds = shown_rounds(summary)
    bars = int(rounds.groupby("statement").size().max())
    return [
        _distribution_page(latest[latest["statement"].isin(page)], rounds, bars, settings)
        for page in distribution_pages(summary, latest)
    ]


def _distribution_page(latest, rows, bars: int, settings: DelphiSettings) -> tuple[plt.Figure, pd.DataFrame]:
    rows = _placed(rows, latest, bars)
    step = row_height(bars)
    tall = step * len(latest)
    figure = plt.figure(figsize=(figures.DOUBLE, tall + 0.85))
    wide, height = figures.DOUBLE, tall + 0.85
    axes = figure.add_axes((LABELS / wide, 0.38 / height, BARS / wide, tall / height))
    colours = scale_colours(settings)
    for row in rows.to_dict("records"):
        _bar(axes, row, 0.122 / step, colours, settings)
        _verdict(axes, row)
    _wordings(axes, latest)
    _distribution_frame(axes, rows)
    _distribution_legend(figure, 1 - 0.13 / height, colours, settings)
    return figure, rows.drop(columns=["place", "last", "stable", "other"])


def _placed(rounds, latest, bars: int) -> pd.DataFrame:
    """The bars with their place on the axis: a statement is one unit high."""
    place = {s: i for i, s in enumerate(latest["statement"])}
    rounds = rounds[rounds["statement"].isin(place)]
    slots = rounds.groupby("statement")["round"].transform("size")
    slot = rounds.groupby("statement").cumcount()
    offset = (slot - (slots - 1) / 2) * 0.145 / row_height(bars)
    columns = ["statement", "version", "round", "n", "counts", "median", "iqr", "verdict"]
    stable = rounds["statement"].map(latest.set_index("statement")["stable"])
    wording = rounds["statement"].map(latest.set_index("statement")["version"])
    bar_rows = rounds[columns].assign(
        place=rounds["statement"].map(place) + offset,
        last=slot == slots - 1,
        stable=stable,
        other=rounds["version"] != wording,
    )
    return bar_rows.sort_values("place", kind="stable")


def _bar(axes, row: dict, thick: float, colours, settings: DelphiSettings) -> None:
    counts = np.array([int(c) for c in row["counts"].split(";")], float)
    share = 100 * counts / max(counts.sum(), 1)
    points = points_of(settings)
    below = points <= settings.scale.unfavourable_to
    middle = ~below & (points < settings.scale.favourable_from)
    left = -share[below].sum() - share[middle].sum() / 2
    for value, colour in zip(share, colours, strict=True):
        if value:
            corner, edge = (left, row["place"] - thick / 2), "#9A9A9A"  # `barh` takes several times as long
            axes.add_artist(Rectangle(corner, value, thick, facecolor=colour, edgecolor=edge, linewidth=0.25))
        left += value


def _verdict(axes, row: dict) -> None:
    """At the right of each bar: round, n and verdict; stability beside the last one."""
    at = dict(xycoords=("axes fraction", "data"), va="center", annotation_clip=False)
    shade = PALETTE["black"] if row["last"] else "#707070"
    for x, words in ((ROUND_AT, f"{row['round']}"), (N_AT, f"{row['n']}")):
        axes.annotate(words, (x, row["place"]), ha="right", fontsize=TEXT, color=shade, **at)
    words = CALLED[row["verdict"]]
    words = "no rule for this" if row["verdict"] == "refused" else words
    words += STABLE.get(row["stable"], "") if row["last"] else ""
    words += f" (wording {row['version']})" if row["other"] else ""
    weight = "bold" if row["last"] and row["verdict"] != "none" else "normal"
    axes.annotate(
        words,
        (VERDICT_AT, row["place"]),
        fontsize=TEXT,
        color=COLOURS[row["verdict"]],
        weight=weight if len(words) < 22 else "normal",
        **at,
    )


def _wordings(axes, latest: pd.DataFrame) -> None:
    words = zip(latest["statement"], latest["text"], strict=True)
    for place, (statement, text) in enumerate(words):
        axes.annotate(
            "\n".join(fitted(f"{statement}\u00a0 {text}", LABELS - 0.08, 3)),
            (-(LABELS - 0.03) / BARS, place),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=TEXT,
            linespacing=1.05,
            annotation_clip=False,
        )
    axes.set_yticks([])
    axes.set_ylim(len(latest) - 0.5, -0.5)
    for place in range(1, len(latest)):
        axes.axhline(
            place - 0.5,
            xmin=-LABELS / BARS,
            xmax=1 + WORDS / BARS,
            color="#DDDDDD",
            linewidth=0.5,
            clip_on=False,
            zorder=0,
        )


def _distribution_frame(axes, rows: pd.DataFrame) -> None:
    axes.axvline(0, color=PALETTE["black"], linewidth=0.7)
    axes.set_xlim(-100, 100)
    axes.set_xticks([-100, -50, 0, 50, 100], ["100", "50", "0", "50", "100"], fontsize=TEXT)
    axes.set_xlabel("← unfavourable      share of ratings, %      favourable →", fontsize=TEXT)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    at = dict(xycoords="axes fraction", fontsize=TEXT, color=PALETTE["black"])
    at |= dict(xytext=(0, 3), textcoords="offset points", va="bottom", annotation_clip=False)
    axes.annotate("round", (ROUND_AT + 0.03, 1), ha="right", **at)
    axes.annotate("n", (N_AT, 1), ha="right", **at)
    axes.annotate("verdict", (VERDICT_AT, 1), **at)


def _distribution_legend(figure, top: float, colours, settings: DelphiSettings) -> None:
    scale = settings.scale
    words = {scale.lowest: f"{scale.lowest} ({scale.lowest_label})"}
    words[scale.highest] = f"{scale.highest} ({scale.highest_label})"
    points = settings.scale.points
    if len(colours) > 11:
        points = [scale.lowest, scale.highest]
    handles = [
        Patch(
            facecolor=colours[settings.scale.points.index(p)],
            edgecolor="#9A9A9A",
            linewidth=0.25,
            label=words.get(p, str(p)),
        )
        for p in points
    ]
    figure.legend(
        handles=handles,
        ncols=len(handles),
        loc="center",
        bbox_to_anchor=(0.5, top),
        columnspacing=0.8,
        handlelength=0.8,
        handletextpad=0.4,
        fontsize=TEXT,
    )
