"""Figures of the QCA: the configurations of the solutions, and the cases in them."""

import matplotlib.pyplot as plt
import pandas as pd

from coproduction.core import figures, lettering
from coproduction.core.lettering import SIZE
from coproduction.qca.tables import PLACES

INK = figures.PALETTE["black"]
MARKS = {"typical": "o", "deviant": "X", "uncovered": "s", "outside": "o"}
COLOURS = {"typical": "blue", "deviant": "vermilion", "uncovered": "orange", "outside": "grey"}
WORDS = {
    "typical": "in the solution and the outcome",
    "deviant": "in the solution, not in the outcome",
    "uncovered": "in the outcome, not in the solution",
    "outside": "in neither",
}
NAMES = 2.3  # inches: the names of conditions
NOTHING_YET = "No configurations yet: {}."


def draw_configurations(configurations: pd.DataFrame, of_study: pd.DataFrame) -> plt.Figure:
    """Conditions by terms, in the notation of Fiss (2011): full circle present, crossed absent."""
    if configurations.empty:
        return figures.awaited(NOTHING_YET.format("the sets and their cases are awaited in qca/"))
    conditions = of_study[of_study["role"] == "condition"]
    columns = configurations.drop_duplicates(["outcome", "term"])
    gaps = (columns["outcome"] != columns["outcome"].iloc[0]).astype(float) * 0.6
    x = {key: n + gap for n, (key, gap) in enumerate(zip(_keys(columns), gaps, strict=True))}
    y = {name: -n for n, name in enumerate(conditions["set"])}
    labels = ["\n".join(lines) for lines in lettering.fitted_apart(list(conditions["name"]), NAMES, 2)]
    rows = len(y) + 3
    span = max(x.values()) + 1.4
    wide = min(0.8, (figures.DOUBLE - NAMES - 0.1) / span)
    height = 0.34 * rows + 0.8
    figure = plt.figure(figsize=(NAMES + 0.1 + wide * span, height))
    across = 1 - (NAMES + 0.1) / figure.get_size_inches()[0]
    ax = figure.add_axes((1 - across, 0, across, 1 - 0.5 / height))
    for row in configurations.itertuples(index=False):
        _symbol(ax, x[row.outcome, row.term], y[row.condition], row.state, row.core)
    _measures(ax, columns, x, -len(y) - 0.1)
    _headings(ax, columns, x, of_study, wide)
    measures = ["Consistency", "Raw coverage", "Unique coverage"]
    ticks = [*y.values(), *(-len(y) - 0.1 - n for n in range(3))]
    ax.set_yticks(ticks, [*labels, *measures])
    ax.set_xticks([])
    ax.set_ylim(-rows + 0.3, 1.7)
    ax.set_xlim(-0.7, max(x.values()) + 0.7)
    ax.tick_params(length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.hlines([0.5, -len(y) + 0.4], *ax.get_xlim(), color="#BBBBBB", lw=0.6)
    return figure


def _keys(columns: pd.DataFrame) -> list[tuple]:
    return list(zip(columns["outcome"], columns["term"], strict=True))


def _symbol(ax: plt.Axes, x: float, y: float, state: str, core: int) -> None:
    if state not in ("present", "absent"):  # the value of a multi-value condition
        ax.scatter([x], [y], s=150 if core else 90, facecolor="white", edgecolor=INK, zorder=3)
        ax.text(x, y, state, ha="center", va="center", size=SIZE, zorder=4)
        return
    size = 150 if core else 62
    face = figures.PALETTE["blue"] if state == "present" else "white"
    edge = figures.PALETTE["blue"] if state == "present" else figures.PALETTE["vermilion"]
    ax.scatter([x], [y], s=size, facecolor=face, edgecolor=edge, linewidth=1.3, zorder=3)
    if state == "absent":
        ax.scatter([x], [y], s=size * 0.42, marker="x", color=edge, linewidth=1.3, zorder=4)


def _measures(ax: plt.Axes, columns: pd.DataFrame, x: dict, top: float) -> None:
    for key, row in zip(_keys(columns), columns.itertuples(index=False), strict=True):
        for n, value in enumerate((row.consistency, row.coverage, row.unique)):
            ax.text(x[key], top - n, f"{value:.2f}", ha="center", va="center", size=SIZE)


def _headings(ax: plt.Axes, columns: pd.DataFrame, x: dict, of_study: pd.DataFrame, wide: float) -> None:
    """The outcomes above their terms; `wide` is how many inches one term has."""
    name = of_study.loc[of_study["role"] == "outcome", "name"].iloc[0]
    for outcome in columns["outcome"].unique():
        places = [x[key] for key in _keys(columns) if key[0] == outcome]
        words = f"Absence of: {name}" if outcome.startswith("~") else name
        room = (max(places) - min(places) + 1) * wide
        ax.text(
            sum(places) / len(places),
            1.15,
            "\n".join(lettering.fitted(words, room, 4, weight="bold")),
            ha="center",
            va="bottom",
            size=SIZE,
            weight="bold",
        )
        for n, place in enumerate(places, 1):
            ax.text(place, 0.8, str(n), ha="center", va="center", size=SIZE)


def draw_cases(fitted: pd.DataFrame, of_study: pd.DataFrame) -> plt.Figure:
    """Membership in the solution and in the outcome, case by case."""
    if fitted.empty:
        return figures.awaited(NOTHING_YET.format("the sets and their cases are awaited in qca/"))
    name = of_study.loc[of_study["role"] == "outcome", "name"].iloc[0]
    panels = list(fitted["outcome"].unique())
    figure, axes = plt.subplots(1, len(panels), figsize=(figures.DOUBLE, 3.7), squeeze=False, sharey=True)
    for ax, outcome in zip(axes[0], panels, strict=True):
        _panel(ax, fitted[fitted["outcome"] == outcome])
        words = f"Absence of: {name}" if outcome.startswith("~") else name
        ax.set_title("\n".join(lettering.fitted(words, 4.7 / len(panels), 3)), size=SIZE)
        ax.set_xlabel("Membership in the solution")
    axes[0][0].set_ylabel("Membership in the outcome (left)\nor in its absence (right)")
    handles = [
        plt.Line2D([], [], ls="", marker=MARKS[p], color=figures.PALETTE[COLOURS[p]], ms=5, label=WORDS[p])
        for p in PLACES
    ]
    figure.legend(handles=handles, loc="lower center", ncols=2, bbox_to_anchor=(0.5, 0.0))
    figure.subplots_adjust(bottom=0.27, top=0.88, wspace=0.08)
    return figure


def draw_terms(terms: pd.DataFrame, of_study: pd.DataFrame) -> plt.Figure:
    """Membership in each configuration of the solution and in the outcome (Schneider and Rohlfing)."""
    if terms.empty:
        return figures.awaited(NOTHING_YET.format("no configuration is sufficient for the outcome"))
    expressions = list(terms["expression"].unique())
    columns = min(3, len(expressions))
    rows = -(-len(expressions) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(figures.DOUBLE, 2.5 * rows + 0.7), squeeze=False, sharey=True, sharex=True
    )
    for ax, expression in zip(axes.flat, expressions, strict=False):
        _panel(ax, terms[terms["expression"] == expression])
        ax.set_title(
            "\n".join(lettering.wrapped(expression.replace("*", " * "), figures.DOUBLE / columns - 0.35)), size=SIZE
        )
    for ax in axes.flat[len(expressions) :]:
        ax.set_visible(False)
    for ax in axes[:, 0]:
        ax.set_ylabel("Outcome")
    for ax in axes[-1]:
        ax.set_xlabel("Configuration")
    figure.tight_layout()
    return figure


def _panel(ax: plt.Axes, cases: pd.DataFrame) -> None:
    ax.plot([0, 1], [0, 1], color="#999999", lw=0.7, zorder=1)
    ax.axhline(0.5, color="#CCCCCC", lw=0.6, zorder=0)
    ax.axvline(0.5, color="#CCCCCC", lw=0.6, zorder=0)
    for place in PLACES:
        part = cases[cases["place"] == place]
        size = 26 if place != "outside" else 9
        ax.scatter(
            part["solution"],
            part["membership"],
            s=size,
            marker=MARKS[place],
            color=figures.PALETTE[COLOURS[place]],
            linewidths=0,
            zorder=3,
        )
    _labels(ax, cases[cases["place"].isin(["deviant", "uncovered"])])
    ax.set_xlim(-0.04, 1.04)
    ax.set_ylim(-0.04, 1.04)
    ax.set_aspect("equal")


def _labels(ax: plt.Axes, cases: pd.DataFrame) -> None:
    """The names of the cases that contradict the solution; close ones are shifted upwards."""
    label_positions: list[tuple[float, float]] = []
    for case in cases.sort_values(["membership", "solution", "case"]).itertuples(index=False):
        y = case.membership
        while any(abs(y - other) < 0.045 and abs(case.solution - x) < 0.4 for x, other in label_positions):
            y += 0.045
        label_positions.append((case.solution, y))
        left = case.solution > 0.55
        ax.annotate(
            case.name,
            (case.solution, y),
            xytext=(-4 if left else 4, 0),
            size=SIZE,
            va="center",
            textcoords="offset points",
            ha="right" if left else "left",
            color=INK,
        )
