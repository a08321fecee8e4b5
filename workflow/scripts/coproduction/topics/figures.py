"""The figures of the topics."""

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import Circle, Rectangle
from matplotlib.ticker import MaxNLocator

from coproduction.core import figures
from coproduction.core.lettering import LINE, fitted, width_of
from coproduction.core.text import split_list
from coproduction.methods.topic_map import pushed_apart
from coproduction.topics.facts import FEWEST_ON_MAP

SHOWN_TERMS = 5
LABELS = 2.7  # inches: names or terms at the left
MAP_HEIGHT, ROOM = 4.2, 0.05  # inches: of the map, between the names below it
COLOURS = [  # of groups, with the colour of letters that can be read on them
    (figures.PALETTE[name], letters)
    for name, letters in [
        ("blue", "white"),
        ("orange", "black"),
        ("green", "black"),
        ("purple", "black"),
        ("sky", "black"),
        ("vermilion", "white"),
        ("yellow", "black"),
        ("light", "black"),
    ]
]


def draw_prevalence(topics: pd.DataFrame, names: Mapping[str, str]) -> plt.Figure:
    """Bars of the topics' prevalence, with their names or terms; a sentence where there are none yet."""
    if topics.empty:
        return figures.awaited("No topics yet: there are too few records with an abstract.")
    labels = [
        "\n".join(fitted(f"{topic}\u00a0 {names.get(topic) or ', '.join(split_list(terms)[:SHOWN_TERMS])}", LABELS, 2))
        for topic, terms in zip(topics["topic"], topics["terms"], strict=True)
    ]
    step = max(0.3, min(0.42, (figures.PRINTED[1] - 1) / len(topics)))
    height = step * len(topics) + 0.55
    figure = plt.figure(figsize=(figures.DOUBLE, height))
    left = (LABELS + 0.15) / figures.DOUBLE
    axes = figure.add_axes((left, 0.45 / height, 0.99 - left, step * len(topics) / height))
    values = 100 * topics["prevalence"].to_numpy()
    positions = range(len(topics))
    axes.barh(positions, values, height=0.62, color=figures.PALETTE["blue"])
    axes.set_yticks(positions, labels)
    axes.invert_yaxis()
    for position, (value, n) in enumerate(zip(values, topics["documents"], strict=True)):
        axes.annotate(f"{value:.0f} %  ({n:,})", (value, position), (3, 0), textcoords="offset points", va="center")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(0, values.max() * 1.2)
    axes.set_xlabel("Prevalence, % (in brackets: records that count for it)")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    return figure


def draw_choice(choice: pd.DataFrame) -> plt.Figure:
    """Coherence, stability and mean rank over the number of topics; a sentence where nothing is compared."""
    if choice.empty:
        return figures.awaited("Numbers of topics are compared once there are topics.")
    figure, panels = plt.subplots(1, 3, figsize=(figures.DOUBLE, 2.4))
    coherence, stability, rank = panels
    numbers = choice["topics"].astype(int)
    _lines(coherence, choice, {"c_v": "C_v", "coherence": "NPMI"}, "coherence")
    _lines(stability, choice, {"stability": "mean", "least_stable": "least stable topic"}, "stability")
    _lines(rank, choice, {"mean_rank": ""}, "mean rank (lower is better)")
    stability.set_ylim(0, 1)
    chosen = numbers[choice["choice"] == "chosen"]
    for axes in panels:
        for number in chosen:
            axes.axvline(int(number), color="#888888", zorder=0)
        if numbers.min() == numbers.max():
            axes.set_xlim(numbers.min() - 1, numbers.min() + 1)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axes.set_xlabel("number of topics")
        axes.grid(axis="y")
    figure.tight_layout(w_pad=1.5)
    return figure


def _lines(axes: plt.Axes, choice: pd.DataFrame, named: Mapping[str, str], label: str) -> None:
    """A line for each column, told apart by colour and dashes; those without values are left out."""
    looks = [(figures.PALETTE["blue"], "-"), (figures.PALETTE["orange"], "--")]
    drawn = [name for name in named if choice[name].notna().any()]
    for name, (colour, dashes) in zip(drawn, looks, strict=False):
        numbers = choice["topics"].astype(int)
        axes.plot(numbers, choice[name], color=colour, linestyle=dashes, label=named[name], marker="o", markersize=3)
    axes.set_ylabel(label)
    axes.margins(y=0.1)
    if any(named[name] for name in drawn):
        axes.legend(loc="lower left", bbox_to_anchor=(-0.05, 1), ncols=2, columnspacing=1, handlelength=1.5)


def draw_map(topics: pd.DataFrame, topic_map: pd.DataFrame, names: Mapping[str, str]) -> plt.Figure:
    """Topics as circles, the nearer the more terms they share, by group; a sentence where there are under three.

    The area of a circle is its prevalence. Circles that would overlap are pushed apart. Each has its id in it or
    beside a small one; names or terms are listed below.
    """
    if len(topics) < FEWEST_ON_MAP:
        return figures.awaited("A map can be drawn once there are three topics or more.")
    labels = [
        f"{topic}  {names.get(topic) or ', '.join(split_list(terms)[:SHOWN_TERMS])}"
        for topic, terms in zip(topics["topic"], topics["terms"], strict=True)
    ]
    groups = topic_map["group"].tolist()
    columns = _listed_by_group(labels, groups)
    listed = max(sum(len(lines) * LINE + ROOM for _, lines in column) for column in columns)
    radii = np.sqrt(topics["prevalence"].to_numpy(float)) * MAP_HEIGHT / 3.2
    radii = np.maximum(radii, width_of("T99") / 2 + 0.03)
    places = topic_map[["x", "y"]].to_numpy(float)
    span = max(float(np.ptp(places, axis=0).max()), 1e-9)
    places = pushed_apart(places / span * (MAP_HEIGHT - 0.6), radii)
    low, high = (places - radii[:, None]).min(axis=0), (places + radii[:, None]).max(axis=0)
    middle, wide = (low + high) / 2, high - low
    scale = min(1.0, (figures.DOUBLE - 0.1) / wide[0])
    height = wide[1] * scale + 0.1
    figure = plt.figure(figsize=(figures.DOUBLE, height + listed + 0.1))
    axes = figure.add_axes((0, (listed + 0.1) / (height + listed + 0.1), 1, height / (height + listed + 0.1)))
    axes.set_axis_off()
    half = figures.DOUBLE / scale / 2, height / scale / 2
    axes.set_xlim(middle[0] - half[0], middle[0] + half[0])
    axes.set_ylim(middle[1] - half[1], middle[1] + half[1])
    colours = {group: COLOURS[n % len(COLOURS)] for n, group in enumerate(sorted(set(groups), key=_number))}
    for (x, y), radius, topic, group in zip(places, radii, topics["topic"], groups, strict=True):
        fill, letters = colours[group]
        axes.add_patch(Circle((x, y), radius, facecolor=fill, edgecolor="white", linewidth=0.8))
        axes.text(x, y, topic, ha="center", va="center", color=letters, size=figures.LETTERS)
    _write_list(figure.add_axes((0, 0, 1, listed / (height + listed + 0.1))), columns, listed, colours)
    return figure


def _number(group: str) -> int:
    return int(group[1:] or 0)


def _listed_by_group(labels: list[str], groups: list[str]) -> list[list[tuple[str, list[str]]]]:
    """The labels with their groups in two columns of lines, group by group."""
    width = figures.DOUBLE / 2 - 0.35
    order = sorted(range(len(labels)), key=lambda n: (_number(groups[n]), n))
    rows = [(groups[n], fitted(labels[n].replace("  ", "\u00a0 "), width, 2)) for n in order]
    half = -(-len(rows) // 2)
    return [rows[:half], rows[half:]] if rows[half:] else [rows]


def _write_list(
    axes: plt.Axes, columns: list[list[tuple[str, list[str]]]], height: float, colours: Mapping[str, tuple[str, str]]
) -> None:
    """Each label, after the id of its group in the group's colour where it has one, in axes in inches."""
    axes.set_axis_off()
    axes.set_xlim(0, figures.DOUBLE)
    axes.set_ylim(height, 0)
    for place, column in enumerate(columns):
        left, down = place * figures.DOUBLE / 2 + 0.03, 0.0
        for group, lines in column:
            style: dict[str, Any] = {"size": figures.LETTERS}
            if group:
                axes.add_patch(Rectangle((left, down + 0.005), 0.2, LINE, color=colours[group][0], linewidth=0))
                middle = left + 0.1, down + 0.005 + LINE / 2
                axes.text(*middle, group, ha="center", va="center_baseline", color=colours[group][1], **style)
            black, beside = figures.PALETTE["black"], left + (0.26 if group else 0)
            axes.text(beside, down, "\n".join(lines), va="top", linespacing=1.05, color=black, **style)
            down += len(lines) * LINE + ROOM
