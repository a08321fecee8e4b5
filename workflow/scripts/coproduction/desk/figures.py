"""Figures of the desk research."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import Normalize, to_rgb
from matplotlib.patches import Rectangle

from coproduction.core import countries, figures
from coproduction.core.lettering import (
    LINE,
    SIZE,
    draw_list,
    fitted,
    fitted_apart,
    list_height,
    rows_that_fit,
    width_of,
    wrapped,
)
from coproduction.core.prose import noun
from coproduction.desk.settings import OVERALL
from coproduction.desk.tile_map import drawn_tiles, without_tile

COLUMNS_AT_MOST = 30
LARGEST_CIRCLE = 95  # area in square points: a row is high enough for it
SMALLEST_CIRCLE = 5.0  # still seen in print beside one of many passages
TALLEST = figures.PRINTED[1] - 2 * figures.AROUND
SLANTED = 0.145  # inches that a slanted name needs beside the next
NAMES, EDGE = 2.3, 0.75  # inches: names of factors at the left, sums at the right
TILE, GAP, KEYS = 0.5, 0.03, 1.55  # inches: a tile, between two, and what explains them
MARKS = ["o", "s", "^", "D", "v", "P", "X", "*"]  # one a group of countries; of more groups none is marked
NO_MAP = "No map: too few of the compared countries are in Europe."
NOTHING_YET = "No comparison of countries yet: indicators.csv and codebook.csv are awaited."


def shown_countries(scores: pd.DataFrame) -> pd.DataFrame:
    """What the figure of the countries shows: SCORES, the best country over all dimensions first."""
    if scores.empty:
        return scores
    lead = OVERALL if (scores["dimension"] == OVERALL).any() else scores["dimension"].iloc[0]
    lead_scores = scores[scores["dimension"] == lead].sort_values(["rank", "name"], na_position="last")
    place = {code: n for n, code in enumerate(lead_scores["country"])}
    panel = {name: n for n, name in enumerate(dict.fromkeys(scores["dimension"]))}  # overall is the last
    order = scores["country"].map(place).fillna(len(place))
    return (
        scores.assign(_p=scores["dimension"].map(panel), _o=order)
        .sort_values(["_p", "_o", "country"])
        .drop(columns=["_p", "_o"])
        .reset_index(drop=True)
    )


def draw_countries(scores: pd.DataFrame, dimensions: Sequence[str]) -> plt.Figure:
    """Ranks by country and dimension: the dot is the chosen method, the line all variants of it.

    dimensions: all of the study in their order, by which each has its colour
    """
    if scores.empty or scores["rank"].isna().all():
        return figures.awaited(NOTHING_YET)
    colours = figures.colours_of(dimensions) | {OVERALL: figures.PALETTE["black"]}
    panels = list(scores["dimension"].unique())
    order = list(scores.loc[scores["dimension"] == panels[-1], "country"])
    names = scores.drop_duplicates("country").set_index("country")["name"]
    step = max(0.13, min(0.175, (TALLEST - 1.1) / len(order)))
    order, left_out = order[: int((TALLEST - 1.1) / step + 1e-9)], len(order)
    left_out -= len(order)
    heads = [fitted(name.capitalize(), (figures.DOUBLE - 1.6) / len(panels) - 0.06, 2) for name in panels]
    above = 0.3 + 0.14 * (max(map(len, heads)) - 1)
    height = step * len(order) + above + (0.85 if left_out else 0.7)
    figure, axes = plt.subplots(1, len(panels), sharey=True, figsize=(figures.DOUBLE, height), squeeze=False)
    for ax, dimension, head in zip(axes[0], panels, heads, strict=True):
        ax.set_title("\n".join(head), size=SIZE)
        of_dimension = scores[scores["dimension"] == dimension].set_index("country").reindex(order)
        _rank_panel(ax, of_dimension, dimension, len(order), colours[dimension])
    labels = [fitted(names[code], 1.5, 1)[0] for code in order]
    axes[0][0].set_yticks(range(len(order)), labels)
    axes[0][0].set_ylim(len(order) - 0.4, -0.6)
    figure.subplots_adjust(wspace=0.09, bottom=0.5 / height, top=1 - above / height)
    words = "Rank (1 is the most favourable)" + _not_shown(left_out)
    figure.supxlabel(words, fontsize=SIZE, y=0.08 / height, va="bottom")
    return figure


def _rank_panel(ax: plt.Axes, ranking: pd.DataFrame, dimension: str, n: int, colour: str) -> None:
    positions = np.arange(n)
    for row in range(0, n, 2):
        ax.axhspan(row - 0.5, row + 0.5, color="#F4F4F4", linewidth=0, zorder=0)
    has_interval = ~ranking["weights_low"].isna().to_numpy()
    spread = ranking[has_interval].astype(float, errors="ignore")
    ax.hlines(
        positions[has_interval],
        spread["weights_low"],
        spread["weights_high"],
        color=colour,
        alpha=0.25,
        linewidth=4.2,
        zorder=1,
    )
    is_ranked = ~ranking["rank"].isna().to_numpy()
    ranks = ranking[is_ranked]
    ax.hlines(
        positions[is_ranked],
        ranks["best_rank"].astype(float),
        ranks["worst_rank"].astype(float),
        color=colour,
        linewidth=1.1,
        zorder=2,
    )
    ax.plot(ranks["rank"].astype(float), positions[is_ranked], "o", color=colour, ms=4.2, zorder=3)
    for position in positions[~is_ranked]:
        ax.text(1, position, "–", fontsize=SIZE, va="center", color=figures.PALETTE["black"])
    ax.set_xlim(-0.5, n + 1.5)
    ax.set_xticks([1, *range(10, n + 1, 10)])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")


def shown_indicators(normalised: pd.DataFrame, scores: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """What the heat map shows: the value of each country and indicator as a percentile.

    Percentiles (share of the countries that are not above, in %) are used whatever the chosen
    normalisation is, so that one outlier does not wash out the colours of all others.
    """
    normalised = normalised[normalised["imputed"] == "no"]
    if normalised.empty:
        return normalised.assign(percentile=pd.Series(dtype=float))
    order = list(dict.fromkeys(shown_countries(scores)["country"]))
    place = {code: n for n, code in enumerate(order)}
    column = {code: n for n, code in enumerate(coverage["indicator"])}
    share = normalised.groupby("indicator")["normalised"].rank(pct=True) * 100
    with_percentile = normalised.assign(
        percentile=share, _c=normalised["indicator"].map(column), _r=normalised["country"].map(place)
    )
    return with_percentile.sort_values(["_c", "_r"]).drop(columns=["_c", "_r"]).reset_index(drop=True)


def draw_indicators(percentiles: pd.DataFrame, coverage: pd.DataFrame, dimensions: Sequence[str]) -> plt.Figure:
    """Heat map, countries by indicators; where there is no value the cell is crossed.

    dimensions: as for `draw_countries`
    """
    if percentiles.empty:
        return figures.awaited(NOTHING_YET)
    rows = list(dict.fromkeys(percentiles["country"]))
    coverage = coverage.sort_values(
        "dimension", key=lambda dimension_names: dimension_names.map(list(dimensions).index), kind="stable"
    )
    columns = [code for code in coverage["indicator"] if code in set(percentiles["indicator"])]
    grid = percentiles.pivot_table(index="country", columns="indicator", values="percentile")
    grid = grid.reindex(index=_overall_order(percentiles, rows), columns=columns)
    about = coverage.set_index("indicator").loc[columns]
    labels = [_label(name) for name in about["name"]]
    names = {code: fitted(name, 1.5, 1)[0] for code, name in countries.short_names(grid.index).items()}
    beside = max(map(width_of, names.values())) + 0.1
    numbered = len(columns) * SLANTED > figures.DOUBLE - beside - 0.85
    foot = 0.3 if numbered else 0.82 * min(2.9, max(map(width_of, labels))) + 0.15
    key = [name.split(" (", maxsplit=1)[0] for name in about["name"]] if numbered else []
    below = list_height(key, 1) if key else 0.0
    if below > TALLEST / 3:
        key, below = [], 0.2
    room = TALLEST - 0.4 - foot - below
    step = max(0.13, min(0.165, room / len(grid)))
    left_out = len(grid) - int(room / step + 1e-9)
    grid = grid.head(int(room / step + 1e-9))
    tall = 0.4 + step * len(grid) + foot + below + (0.16 if left_out > 0 else 0)
    figure = plt.figure(figsize=(figures.DOUBLE, tall))
    wide = figures.DOUBLE - beside - 0.75
    ax = figure.add_axes(
        (beside / figures.DOUBLE, 1 - (0.4 + step * len(grid)) / tall, wide / figures.DOUBLE, step * len(grid) / tall)
    )
    mesh = ax.imshow(
        grid.to_numpy(dtype=float), cmap=figures.SEQUENTIAL, vmin=0, vmax=100, aspect="auto", interpolation="nearest"
    )
    for row, column in zip(*np.nonzero(grid.isna().to_numpy()), strict=True):
        ax.plot(column, row, "x", color=figures.PALETTE["grey"], ms=4, mew=0.8)
    ax.set_yticks(range(len(grid)), [names[code] for code in grid.index])
    if numbered:
        each = -(-len(columns) * 14 // int(100 * wide))  # every which number finds room
        ax.set_xticks(range(0, len(columns), each), [str(n) for n in range(1, len(columns) + 1, each)], rotation=90)
    else:
        words = _slanted(labels, beside, wide / len(columns))
        ax.set_xticks(range(len(columns)), words, rotation=55, ha="right", rotation_mode="anchor")
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    _mark_dimensions(ax, list(about["dimension"]), wide / len(columns), figures.colours_of(dimensions))
    high = min(1.8, step * len(grid))
    place = ((beside + wide + 0.12) / figures.DOUBLE, 1 - (0.4 + high) / tall, 0.09 / figures.DOUBLE, high / tall)
    bar = figure.colorbar(mesh, cax=figure.add_axes(place))
    bar.set_label("Percentile (100 = most favourable)" if high > 1.6 else "Percentile")
    bar.outline.set_visible(False)
    page = figure.add_axes((0, 0, 1, 1), xlim=(0, figures.DOUBLE), ylim=(0, tall))
    page.set_axis_off()
    if key:
        draw_list(page, key, below - 0.04, -1, 1)
    remark = "Columns in the order of the table of indicators." if numbered and not key else ""
    remark += _not_shown(max(left_out, 0))
    if remark:
        page.text(0.05, 0.05, remark.strip(" ;"), size=SIZE)
    return figure


def _not_shown(number: int) -> str:
    """What a page does not hold; nothing where it holds all."""
    return f"; {number} more {noun(number, 'country')}: see the table" if number else ""


def _overall_order(percentiles: pd.DataFrame, rows: list[str]) -> list[str]:
    """Rows in the order given by the table, which is that of the overall rank."""
    first = percentiles.groupby("country", sort=False).size()
    return [code for code in first.index if code in rows]


def _slanted(labels: list[str], left: float, pitch: float) -> list[str]:
    """Names below columns that many inches apart, each so long that it ends within the figure."""
    return [
        fitted(label, min(2.9, (left + (n + 0.5) * pitch - 0.1) / np.cos(np.radians(55))), 1)[0]
        for n, label in enumerate(labels)
    ]


def _label(name: str, longest: int = 72) -> str:
    """The name without what is in brackets; on one line, as slanted lines would run together."""
    return textwrap.shorten(name.split(" (", maxsplit=1)[0], longest, placeholder=" …")


def _mark_dimensions(ax: plt.Axes, dimensions: list[str], width: float, colours: Mapping[str, str]) -> None:
    """Names of the dimensions above their columns, with a gap between the groups; raised where they are wider."""
    start, raised_to = 0, 0.0  # how far names of the upper line go, in inches
    for n, name in enumerate([*dimensions[1:], None], start=1):
        if name != dimensions[n - 1]:
            dimension = dimensions[n - 1]
            words = dimension.capitalize()
            long = width_of(words, weight="bold")
            left = min(max(width * (start + n) / 2 - long / 2, 0.0), width * len(dimensions) - long)
            raised = long > width * (n - start) and left >= raised_to
            if raised:
                raised_to = left + long + 0.08
            else:
                words = fitted(words, width * (n - start), 1, weight="bold")[0]
            ax.annotate(
                words,
                ((left + long / 2) / width - 0.5 if raised else (start + n - 1) / 2, -0.9),
                (0, SIZE * 1.2 if raised else 0),
                textcoords="offset points",
                ha="center",
                va="bottom",
                size=SIZE,
                color=colours[dimension],
                fontweight="bold",
                annotation_clip=False,
            )
            ax.plot([start - 0.4, n - 0.6], [-0.7, -0.7], color=colours[dimension], lw=2, clip_on=False)
            if name is not None:
                ax.axvline(n - 0.5, color="white", linewidth=3)
            start = n


def draw_tiles(map_tiles: pd.DataFrame) -> plt.Figure:
    """The map of `tile_map.shown_tiles`: code and rank in each tile, its colour the score, a mark for its group."""
    if not drawn_tiles(map_tiles):
        return figures.awaited(NO_MAP if map_tiles["score"].notna().any() else NOTHING_YET)
    tiles = map_tiles[map_tiles["column"].notna()]
    tiles = tiles.assign(column=tiles["column"] - tiles["column"].min(), row=tiles["row"] - tiles["row"].min())
    columns, rows = int(tiles["column"].max()) + 1, int(tiles["row"].max()) + 1
    tile = min(TILE, (figures.DOUBLE - KEYS) / columns)
    off = without_tile(map_tiles)
    notes = wrapped(f"Without a tile: {', '.join(off)}." if off else "", tile * columns + KEYS)
    width, below = tile * columns + KEYS, LINE * len(notes) + 0.1 if off else 0.0
    groups = sorted(tiles["group"].dropna().unique())
    marks = dict(zip(groups, MARKS, strict=False)) if 1 < len(groups) <= len(MARKS) else {}
    height = max(tile * rows, 1.8 + 0.17 * len(marks)) + below
    figure = plt.figure(figsize=(width, height))
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    scale, colours = Normalize(tiles["score"].min(), tiles["score"].max()), plt.get_cmap(figures.SEQUENTIAL)
    for row in tiles.itertuples(index=False):
        colour = "white" if pd.isna(row.score) else colours(scale(row.score))
        _draw_tile(ax, row, tile, colour, marks.get(row.group, ""))
    left = tile * columns + 0.25
    ax.text(left, 0.1, f"{map_tiles['dimension'].iloc[0].capitalize()} score", size=SIZE, va="center")
    bar = figure.add_axes((left / width, 1 - 1.55 / height, 0.12 / width, 1.3 / height))
    figure.colorbar(plt.cm.ScalarMappable(scale, colours), cax=bar).outline.set_visible(False)
    for place, (group, mark) in enumerate(marks.items()):
        y = 1.8 + 0.17 * place
        ax.scatter(left + 0.06, y, s=26, marker=mark, color=figures.PALETTE["black"], linewidths=0)
        ax.text(left + 0.2, y, f"Group {group}", size=SIZE, va="center_baseline")
    if off:
        ax.text(0, height, "\n".join(notes), size=SIZE, va="bottom", linespacing=1.05)
    return figure


def _draw_tile(ax: plt.Axes, row: Any, tile: float, colour: Any, mark: str) -> None:
    """One country; letters are black or white, whichever stands out more, and a tile without a score has an edge."""
    x, y, side = tile * row.column, tile * row.row, tile - GAP
    edge = figures.PALETTE["grey"] if colour == "white" else colour
    ax.add_patch(Rectangle((x, y), side, side, facecolor=colour, edgecolor=edge, linewidth=0.8))
    ink = "white" if _luminance(colour) < 0.18 else figures.PALETTE["black"]
    size = SIZE if width_of(row.country) < side - 0.06 else figures.SMALLEST
    style: dict[str, Any] = {"size": size, "ha": "center", "va": "center_baseline", "color": ink}
    ax.text(x + side / 2, y + 0.3 * side, row.country, **style)
    rank = "–" if pd.isna(row.rank) else str(row.rank)
    ax.text(x + side * (0.36 if mark else 0.5), y + 0.74 * side, rank, weight="bold", **style)
    if mark:
        ax.scatter(x + 0.74 * side, y + 0.72 * side, s=22, marker=mark, color=ink, linewidths=0)


def _luminance(colour: Any) -> float:
    """Relative luminance of a colour (WCAG 2): below 0.18, white letters stand out more than black ones."""
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def shown_passages(passages: pd.DataFrame, documents: pd.DataFrame, factors: pd.DataFrame) -> pd.DataFrame:
    """Passages by factor and document (long; zeros included), the factors as in the codebook.

    Columns factor, document, passages, documents, name, dimension. Of many documents a column is
    the kind of document instead (`document` holds the kind, `documents` how many of it have any).
    """
    readable = documents[documents["state"].isin(["read", "partly read"])]
    readable = readable.assign(type=readable["type"].replace("", "kind not stated"))
    by = "document" if len(readable) <= COLUMNS_AT_MOST else "type"
    columns = sorted(readable[by].unique())
    placed = passages.merge(readable[["document", "type"]], on="document")
    counts = placed.groupby(["factor", by]).agg(passages=("excerpt", "size"), documents=("document", "nunique"))
    grid = pd.MultiIndex.from_product([factors["id"], columns], names=["factor", "document"])
    filled = counts.rename_axis(["factor", "document"]).reindex(grid, fill_value=0).reset_index()
    about = factors[["id", "name", "dimension"]].rename(columns={"id": "factor"})
    return filled.merge(about, on="factor", how="left")


def draw_passages(passage_counts: pd.DataFrame, dimensions: Sequence[str]) -> plt.Figure:
    """Circles by factor and document, their area the number of passages, with row sums.

    Of more factors than a page holds those with most passages are shown.

    dimensions: as for `draw_countries`; conditions may have more, whose colours follow
    """
    if passage_counts.empty:
        return figures.awaited("No passages yet: there is no document with text.")
    sums = passage_counts.groupby("factor")[["passages", "documents"]].sum()
    names = passage_counts.drop_duplicates("factor").set_index("factor")["name"]
    columns = {name: n for n, name in enumerate(dict.fromkeys(passage_counts["document"]))}
    step = min(0.5, (figures.DOUBLE - NAMES - 0.1 - EDGE) / len(columns))
    turned = max(map(width_of, columns)) > step - 0.06
    head = max(0.34, (min(1.2, max(map(width_of, columns))) if turned else 0.16) + 0.1)
    lines = dict(zip(names.index, fitted_apart(list(names), NAMES, 2), strict=True))
    most = sums["passages"].reindex(names.index).sort_values(ascending=False, kind="stable").index
    kept_factors = set(most[: rows_that_fit([0.045 + LINE * len(lines[code]) for code in most], TALLEST - head - 0.5)])
    rows = {code: 0.0 for code in names.index if code in kept_factors}
    top = head
    height = head + sum(0.045 + LINE * len(lines[code]) for code in rows) + 0.32
    left_out = len(names) - len(rows)
    height += 0.16 if left_out else 0
    width = NAMES + 0.1 + step * len(columns) + EDGE
    figure = plt.figure(figsize=(width, height))
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    for n, code in enumerate(rows):
        tall = 0.045 + LINE * len(lines[code])
        if n % 2 == 0:
            ax.axhspan(top, top + tall, color="#F4F4F4", linewidth=0, zorder=0)
        rows[code] = top + tall / 2
        top += tall
        number, n_documents = sums.loc[code]
        ax.text(NAMES, rows[code], "\n".join(lines[code]), size=SIZE, ha="right", va="center", linespacing=1.0)
        words = f"{number} in {n_documents}" if number else "–"
        ax.text(width - EDGE + 0.06, rows[code], words, size=SIZE, va="center_baseline")
    ax.text(width - EDGE + 0.06, head - 0.05, "passages in\ndocuments", size=SIZE, va="bottom", linespacing=1.0)
    places = {name: NAMES + 0.1 + step * (n + 0.5) for name, n in columns.items()}
    for name, x in places.items():
        words = fitted(name, 1.2, 1)[0]
        ax.text(x, head - 0.05, words, size=SIZE, ha="center", va="bottom", rotation=90 if turned else 0)
    present = passage_counts[(passage_counts["passages"] > 0) & passage_counts["factor"].isin(rows)]
    colours = figures.colours_of([*dimensions, *passage_counts["dimension"]])
    _circles(ax, present.assign(colour=present["dimension"].map(colours)), rows, places, step > 0.36)
    _dimension_legend(ax, {name: colours[name] for name in passage_counts["dimension"]}, top + 0.18)
    if left_out:
        words = f"{left_out} more {noun(left_out, 'condition')} with fewer passages: see the table"
        ax.text(0.05, height - 0.1, words, size=SIZE, va="center")
    return figure


def _dimension_legend(ax: plt.Axes, colours: Mapping[str, str], y: float) -> None:
    """One line, with as many names as it holds; those that share the last colour are one."""
    x = 0.1
    named = {name.capitalize(): colour for name, colour in colours.items() if colour != figures.OTHERS}
    if figures.OTHERS in colours.values():
        named["Others"] = figures.OTHERS
    for name, colour in named.items():
        ax.scatter(x, y, s=26, color=colour, linewidths=0)
        ax.text(x + 0.09, y, name, size=SIZE, va="center_baseline")
        x += 0.3 + width_of(name)


def _circles(ax: plt.Axes, some: pd.DataFrame, rows: dict[str, float], places: dict[str, float], numbers: bool) -> None:
    """A circle for each cell, and its number beside it where there is room."""
    size = LARGEST_CIRCLE / max(some["passages"].max(), 5) if len(some) else 0
    for cell in some.itertuples(index=False):
        x, y = places[cell.document], rows[cell.factor]
        area = max(size * cell.passages, SMALLEST_CIRCLE)
        ax.scatter(x, y, s=area, color=cell.colour, linewidths=0, zorder=2)
        if cell.passages > 1 and numbers:
            beside = (area / 3.14) ** 0.5 / 72 + 0.025
            ax.text(x + beside, y, cell.passages, size=SIZE, va="center_baseline", zorder=3)
