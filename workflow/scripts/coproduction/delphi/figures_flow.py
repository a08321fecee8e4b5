"""Figures of movement: how ratings go from one closed round to the next, and the panel with them."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.ticker import MaxNLocator

from coproduction.core import figures
from coproduction.delphi.consensus import CALLED
from coproduction.delphi.figures import (
    COLOURS,
    NONE,
    PALETTE,
    TEXT,
    WAITING,
    classes_of,
    few_points,
    legend_of_thirds,
    points_of,
    scale_colours,
    third_colours,
)
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.shown import ACROSS, closed_latest, flow_pages, invited
from coproduction.methods.stability import thirds

PANEL = 1.02  # inches of the height of each small figure
Flows = dict[tuple[int, int], int]  # (from, to) → panellists
KINDS = ["responded", "no response", "left the panel"]
ANSWER_COLOURS = dict(zip(KINDS, (PALETTE["blue"], PALETTE["orange"], PALETTE["light"]), strict=True))

LINES = [
    "-",
    (0, (5, 1.5)),
    (0, (1.2, 1.2)),
    (0, (6, 1.5, 1.2, 1.5)),
]  # so that rounds can be told apart without colour


def band(axes, x0: float, x1: float, y0: float, y1: float, n: float, colour, alpha: float) -> None:
    """A band of height *n* that swings from (x0, y0) to (x1, y1), both its lower edges.

    As an artist and no patch: the limits of the axes are set, so that none need be worked out of it.
    """
    bend = (x0 + x1) / 2
    points = [
        (x0, y0),
        (bend, y0),
        (bend, y1),
        (x1, y1),
        (x1, y1 + n),
        (bend, y1 + n),
        (bend, y0 + n),
        (x0, y0 + n),
        (x0, y0),
    ]
    codes = [1, 4, 4, 4, 2, 4, 4, 4, 79]
    axes.add_artist(PathPatch(Outline(points, codes), facecolor=colour, alpha=alpha, lw=0))


def draw_statements(
    ratings: pd.DataFrame,
    change: pd.DataFrame,
    summary: pd.DataFrame,
    decisions: pd.DataFrame,
    rounds: dict[int, str],
    settings: DelphiSettings,
) -> list[tuple[plt.Figure, pd.DataFrame]]:
    """One small alluvial per statement, from third to third of the scale, in pages."""
    latest = closed_latest(summary, decisions)
    closed = [r for r, state in sorted(rounds.items()) if state == "closed"]
    page_lists = flow_pages(latest, change, summary)
    if not page_lists:
        return [(figures.awaited(WAITING), pd.DataFrame(columns=_COLUMNS))]
    return [_page(page, ratings, latest, closed, settings) for page in page_lists]


_COLUMNS = ["statement", "version", "before", "after", "from", "to", "panellists"]


def _page(page, ratings, latest, closed, settings) -> tuple[plt.Figure, pd.DataFrame]:
    down = -(-len(page) // ACROSS)
    tall = PANEL * down + 0.35
    figure, grid = plt.subplots(
        down,
        ACROSS,
        figsize=(figures.DOUBLE, tall),
        squeeze=False,
        gridspec_kw=dict(left=0.01, right=0.99, top=1 - 0.5 / tall, bottom=0.16 / tall, hspace=0.42, wspace=0.12),
    )
    info, rows = latest.set_index("statement"), []
    for axes, statement in itertools.zip_longest(grid.ravel(), page):
        axes.set_axis_off()
        if statement is None:
            continue
        row = info.loc[statement]
        nodes = _nodes(ratings, statement, row["version"], closed, settings)
        rows += _panel(axes, statement, row, nodes)
    legend_of_thirds(figure, 1 - 0.13 / tall, settings)
    return figure, pd.DataFrame(rows, columns=_COLUMNS)


def _nodes(ratings, statement, version, closed, settings) -> pd.DataFrame:
    """Third of the scale per panellist and round, NONE where they gave no rating."""
    of_wording = ratings[(ratings["statement"] == statement) & (ratings["version"] == version)]
    rated_rounds = of_wording.loc[of_wording["status"] == "rated", "round"]
    of_wording = of_wording[of_wording["round"].isin(set(rated_rounds) & set(closed))]
    wide = of_wording.pivot(index="panellist", columns="round", values="rating").astype(float)
    scale = settings.scale
    third = thirds(wide.fillna(-9).to_numpy(), scale.unfavourable_to, scale.favourable_from)
    nodes = pd.DataFrame(np.where(wide.isna(), NONE, third), wide.index, wide.columns)
    return nodes[(nodes != NONE).any(axis=1)]


def _panel(axes, statement: str, row, nodes: pd.DataFrame) -> list[dict]:
    colours, rows, gap = third_colours(), [], 0.03 * len(nodes)
    order = [NONE, 0, 1, 2]
    for (x, before), (_, after) in itertools.pairwise(enumerate(nodes)):
        flows = nodes.groupby([before, after]).size().to_dict()
        draw_flows(axes, x, flows, order, colours, gap, 0.07 * (len(nodes.columns) - 0.8))
        rows += [
            dict(zip(_COLUMNS, (statement, row["version"], before, after, *_named(f), n), strict=True))
            for f, n in sorted(flows.items())
        ]
    for x, number in enumerate(nodes):
        sizes = nodes[number].value_counts().to_dict()
        draw_nodes(axes, x, sizes, order, colours, gap, 0.07 * (len(nodes.columns) - 0.8))
        axes.annotate(
            f"{number}",
            (x, 0),
            xytext=(0, -2),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=TEXT,
            color="#707070",
        )
    edge = 0.07 * (len(nodes.columns) - 0.8) + 0.02
    axes.set_xlim(-edge, len(nodes.columns) - 1 + edge)
    axes.set_ylim(0, len(nodes) + 3.4 * gap)
    stable = {"yes": ", stable", "no": ", not stable"}.get(row["stable"], "")
    words = {"none": "none", "in": "in", "out": "out"}.get(row["verdict"], CALLED[row["verdict"]])
    axes.set_title(f"{statement}  {words}{stable}", fontsize=TEXT, color=COLOURS[row["verdict"]], pad=2.5)
    return rows


def _named(flow: tuple[int, int]) -> tuple[str, str]:
    names = {NONE: "no rating", 0: "unfavourable", 1: "between", 2: "favourable"}
    return names[flow[0]], names[flow[1]]


def draw_flows(axes, x: float, flows: Flows, order: list, colours: dict, gap, half) -> None:
    """Bands between two columns at x and x + 1, coloured by where they come from.

    *gap* stands between the nodes of a column, *half* is half a column's width.
    """
    start = _levels(_sums(flows, 0), order, gap)
    end = _levels(_sums(flows, 1), order, gap)
    for source in order:
        for target in order:
            n = flows.get((source, target), 0)
            if n:
                stays = source == target
                alpha = 0.35 if stays else 0.75
                shade = _visible(colours[source]) if source != NONE else PALETTE["grey"]
                band(axes, x + half, x + 1 - half, start[source], end[target], n, shade, alpha)
                start[source] += n
                end[target] += n


def _visible(colour: tuple) -> tuple:
    """A colour for a band: nearly white ones would not be seen on paper."""
    pale = min(colour[:3]) > 0.8 and max(colour[:3]) - min(colour[:3]) < 0.05
    return (0.68, 0.68, 0.68) if pale else colour[:3]


def _sums(flows: Flows, side: int) -> dict[int, int]:
    sums: dict[int, int] = {}
    for flow, n in flows.items():
        sums[flow[side]] = sums.get(flow[side], 0) + n
    return sums


def _levels(sizes: dict[int, int], order: list, gap: float) -> dict[int, float]:
    """Lower edge of each node of a column."""
    edges, level = {}, 0.0
    for node in order:
        edges[node] = level
        level += sizes.get(node, 0) + (gap if sizes.get(node) else 0)
    return edges


def draw_nodes(axes, x: float, sizes: dict, order: list, colours: dict, gap, half) -> None:
    """A column of nodes with their size in numbers where there is room."""
    inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    total = sum(sizes.values()) + 3.2 * gap
    for node, level in _levels(sizes, order, gap).items():
        n = sizes.get(node, 0)
        if not n:
            continue
        axes.add_artist(
            Rectangle((x - half, level), 2 * half, n, facecolor=colours[node], edgecolor="#666666", linewidth=0.4)
        )
        if n / total * inches > 0.12:
            dark = node != NONE and sum(colours[node][:3]) < 1.8
            axes.text(
                x,
                level + n / 2,
                f"{n}",
                ha="center",
                va="center",
                fontsize=TEXT,
                color="white" if dark else PALETTE["black"],
            )


def draw_alluvial(
    ratings: pd.DataFrame, rounds: dict[int, str], settings: DelphiSettings
) -> tuple[plt.Figure, pd.DataFrame]:
    """All ratings from point to point, between each two closed rounds that share statements."""
    closed = [r for r, state in sorted(rounds.items()) if state == "closed"]
    steps = [_step(ratings, a, b, settings) for a, b in itertools.pairwise(closed)]
    steps = [step for step in steps if step[2]]
    columns = ["before", "after", "from", "to", "ratings"]
    if not steps:
        return figures.awaited(WAITING), pd.DataFrame(columns=columns)
    figure, grid = plt.subplots(
        1,
        len(steps),
        figsize=(figures.DOUBLE, 3.6),
        squeeze=False,
        gridspec_kw=dict(left=0.03, right=0.97, top=0.9, bottom=0.09, wspace=0.18),
    )
    points, shades = points_of(settings), scale_colours(settings)
    if not few_points(settings):
        classes = np.linspace(0, len(points) - 1, 11).round().astype(int)[:-1]
        points, shades = points[classes], shades[classes]
    colours = dict(zip(points, map(tuple, shades), strict=True))
    colours[NONE] = (1, 1, 1, 1)
    rows = []
    for axes, (before, after, flows, statements) in zip(grid[0], steps, strict=True):
        order = [NONE, *points]
        gap = 0.02 * sum(flows.values())
        _draw_step(axes, flows, order, colours, gap, (before, after))
        axes.set_title(f"{statements} statements")
        rows += [
            dict(
                zip(
                    columns,
                    (before, after, *("" if v == NONE else int(v) if v == int(v) else v for v in f), n),
                    strict=True,
                )
            )
            for f, n in sorted(flows.items())
        ]
    return figure, pd.DataFrame(rows, columns=columns)


def _step(ratings: pd.DataFrame, before: int, after: int, settings: DelphiSettings) -> tuple:
    """Flows of ratings between two rounds over the wordings that were rated in both."""
    rated = ratings[ratings["round"].isin([before, after]) & ratings["status"].eq("rated")]
    keys = ["statement", "version"]
    both = rated.groupby(keys)["round"].nunique()
    rated_in_both = rated.merge(both[both == 2].reset_index()[keys], on=keys)
    if rated_in_both.empty:
        return before, after, {}, 0
    wide = rated_in_both.pivot(index=[*keys, "panellist"], columns="round", values="rating")
    wide = wide.astype(float)
    wide = classes_of(wide, settings).fillna(NONE)
    flows = wide.groupby([before, after]).size().to_dict()
    return before, after, flows, int((both == 2).sum())


def _draw_step(axes, flows: Flows, order, colours, gap, numbers) -> None:
    axes.set_axis_off()
    half = 0.03 * len(axes.figure.axes)
    draw_flows(axes, 0, flows, order, colours, gap, half)
    for side, number in enumerate(numbers):
        sizes = _sums(flows, side)
        draw_nodes(axes, side, sizes, order, colours, gap, half)
        for node, level in _levels(sizes, order, gap).items():
            if sizes.get(node):
                axes.annotate(
                    "none" if node == NONE else f"{node}",
                    (side + (half if side else -half), level + sizes[node] / 2),
                    xytext=(3 if side else -3, 0),
                    textcoords="offset points",
                    va="center",
                    ha="left" if side else "right",
                    fontsize=TEXT,
                    annotation_clip=False,
                )
        axes.annotate(
            f"Round {number}",
            (side, 0),
            xytext=(0, -5),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=TEXT,
            annotation_clip=False,
        )
    axes.set_xlim(-half, 1 + half)
    axes.set_ylim(0, sum(flows.values()) + gap * len(order))


def draw_flow(
    submissions: pd.DataFrame, panel: pd.DataFrame, rounds: dict[int, str]
) -> tuple[plt.Figure, pd.DataFrame]:
    """Left who responded, who did not and who had left; right responses by day of the round."""
    numbers = [r for r in sorted(rounds) if (submissions["round"] == r).any()]
    if not numbers:
        return figures.awaited("No responses to the Delphi yet."), panel.iloc[:0]
    state = _states(submissions, panel, numbers)
    days = {r: response_days(submissions, r) for r in numbers}
    days = {r: values for r, values in days.items() if len(values) > 1}
    figure, axes = _axes(bool(days))
    _streams(axes[0], state, numbers, max(map(len, state.values())))
    names = [f"Round {r}" + ("\n(open)" if rounds[r] == "open" else "") for r in numbers]
    axes[0].set_xticks(range(len(numbers)), names)
    so_far = " (so far, in an open round)" if any(rounds[r] == "open" for r in numbers) else ""
    words = {"no response": f"no response{so_far}"}
    kinds_shown = {k for values in state.values() for k in values.values()}
    handles = [Patch(color=ANSWER_COLOURS[k], label=words.get(k, k)) for k in KINDS if k in kinds_shown]
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.01, -0.01), ncols=3)
    if days:
        _by_day(axes[1], days, rounds)
    rows = [dict(round=r, panellists=list(state[r].values()).count(k), state=k) for r in numbers for k in KINDS]
    return figure, pd.DataFrame(rows)


def _axes(with_days: bool):
    if not with_days:
        figure, axes = plt.subplots(figsize=(figures.DOUBLE, 3.0))
        figure.subplots_adjust(left=0.02, right=0.98, bottom=0.22, top=0.97)
        return figure, [axes]
    figure, axes = plt.subplots(
        1,
        2,
        figsize=(figures.DOUBLE, 3.0),
        width_ratios=[2.1, 1],
        gridspec_kw=dict(left=0.02, right=0.985, bottom=0.22, top=0.95, wspace=0.2),
    )
    return figure, list(axes)


def _states(submissions, panel, numbers) -> dict[int, dict[str, str]]:
    states = {}
    for number in numbers:
        is_counted = (submissions["round"] == number) & (submissions["outcome"] == "counts")
        responded, invited_panellists = set(submissions.loc[is_counted, "panellist"]), invited(panel, number)
        if panel.empty:  # anonymous rounds, in which the same id need not be the same person
            states[number] = {f"{number} {p}": "responded" for p in responded}
            continue
        states[number] = {
            p: "responded" if p in responded else "no response" if p in invited_panellists else "left the panel"
            for p in panel["panellist"]
        }
    return states


def _streams(axes, state: dict, numbers: list[int], total: int) -> None:
    gap, tops = 0.05 * total, {}
    for x, number in enumerate(numbers):
        level, kinds = 0.0, list(state[number].values())
        for kind in KINDS:
            n = kinds.count(kind)
            tops[number, kind] = level
            if n:
                axes.bar(x, n, 0.16, bottom=level, color=ANSWER_COLOURS[kind])
                axes.text(
                    x,
                    level + n / 2,
                    f"{n}",
                    ha="center",
                    va="center",
                    color="white" if kind == "responded" else PALETTE["black"],
                )
                level += n + gap
    for x, (earlier, later) in enumerate(itertools.pairwise(numbers)):
        start = {k: tops[earlier, k] for k in KINDS}
        end = {k: tops[later, k] for k in KINDS}
        for source, target in itertools.product(KINDS, KINDS):
            n = sum(state[earlier][p] == source and state[later].get(p) == target for p in state[earlier])
            if n:
                band(axes, x + 0.08, x + 0.92, start[source], end[target], n, ANSWER_COLOURS[target], 0.35)
                start[source] += n
                end[target] += n
    axes.set_xlim(-0.2, max(len(numbers) - 0.8, 0.7))
    axes.set_ylim(-0.3, total + 2.4 * gap)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)


def response_days(submissions: pd.DataFrame, number: int) -> np.ndarray:
    """Days from the first response of a round to each response with a date, sorted."""
    is_counted = (submissions["round"] == number) & (submissions["outcome"] == "counts")
    dates = pd.to_datetime(submissions.loc[is_counted, "submitted"].str[:10], errors="coerce").dropna()
    return np.sort((dates - dates.min()).dt.days.to_numpy()) if len(dates) else np.array([])


def _by_day(axes, days: dict[int, np.ndarray], rounds: dict[int, str]) -> None:
    shades = [PALETTE[c] for c in ("blue", "vermilion", "green", "orange", "purple", "black")]
    for i, (number, response_day) in enumerate(sorted(days.items())):
        x, y = np.repeat(response_day, 2), np.repeat(np.arange(len(response_day) + 1), 2)[1:-1]
        line = LINES[i % len(LINES)]
        name = f"round {number}" + (" (open)" if rounds[number] == "open" else "")
        axes.plot(x, y, linestyle=line, color=shades[i % len(shades)], linewidth=1.4, label=name)
    axes.set_xlim(left=0)
    if max(response_day[-1] for response_day in days.values() if len(response_day)) == 0:  # all came on one day
        axes.set_xlim(0, 1)
    axes.set_ylim(0, max(map(len, days.values())) * 1.05)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("Days since the first response")
    axes.set_ylabel("Dated responses")
    axes.grid(axis="y")
    axes.legend(loc="lower right")
