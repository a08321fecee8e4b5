"""Figures of the desk research."""

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from coproduction.core import countries, figures
from coproduction.desk.tables import DIMENSIONS, OVERALL

COLOURS = figures.DIMENSIONS | {OVERALL: figures.PALETTE["black"]}
DARK = {figures.PALETTE[name] for name in ("blue", "green", "vermilion")}
COLUMNS_AT_MOST = 30
LARGEST_CIRCLE = 120  # area in square points: a row is high enough for it
NOTHING_YET = "No comparison of countries yet: indicators.csv and codebook.csv are awaited."


def shown_countries(scores: pd.DataFrame) -> pd.DataFrame:
    """What the figure of the countries shows: SCORES, the best country over all dimensions first."""
    if scores.empty:
        return scores
    lead = OVERALL if (scores["dimension"] == OVERALL).any() else scores["dimension"].iloc[0]
    own = scores[scores["dimension"] == lead].sort_values(["rank", "name"], na_position="last")
    place = {code: n for n, code in enumerate(own["country"])}
    panel = {name: n for n, name in enumerate([*DIMENSIONS, OVERALL])}
    order = scores["country"].map(place).fillna(len(place))
    return (
        scores.assign(_p=scores["dimension"].map(panel), _o=order)
        .sort_values(["_p", "_o", "country"])
        .drop(columns=["_p", "_o"])
        .reset_index(drop=True)
    )


def draw_countries(shown: pd.DataFrame) -> plt.Figure:
    """Ranks by country and dimension: the dot is the chosen method, the line all variants of it."""
    if shown.empty or shown["rank"].isna().all():
        return figures.awaited(NOTHING_YET)
    panels = list(shown["dimension"].unique())
    order = list(shown.loc[shown["dimension"] == panels[-1], "country"])
    names = shown.drop_duplicates("country").set_index("country")["name"]
    height = 0.175 * len(order) + 1.0
    figure, axes = plt.subplots(1, len(panels), sharey=True, figsize=(figures.DOUBLE, height), squeeze=False)
    for ax, dimension in zip(axes[0], panels, strict=True):
        own = shown[shown["dimension"] == dimension].set_index("country").reindex(order)
        _rank_panel(ax, own, dimension, len(order))
    axes[0][0].set_yticks(range(len(order)), [names[code] for code in order])
    axes[0][0].set_ylim(len(order) - 0.4, -0.6)
    figure.subplots_adjust(wspace=0.09, bottom=0.5 / height, top=1 - 0.3 / height)
    figure.supxlabel("Rank (1 is the most favourable)", fontsize=8, y=0.08 / height, va="bottom")
    return figure


def _rank_panel(ax: plt.Axes, own: pd.DataFrame, dimension: str, n: int) -> None:
    positions = np.arange(n)
    colour = COLOURS[dimension]
    for row in range(0, n, 2):
        ax.axhspan(row - 0.5, row + 0.5, color="#F4F4F4", linewidth=0, zorder=0)
    drawn = ~own["weights_low"].isna().to_numpy()
    spread = own[drawn].astype(float, errors="ignore")
    ax.hlines(
        positions[drawn],
        spread["weights_low"],
        spread["weights_high"],
        color=colour,
        alpha=0.25,
        linewidth=4.2,
        zorder=1,
    )
    known = ~own["rank"].isna().to_numpy()
    ranks = own[known]
    ax.hlines(
        positions[known],
        ranks["best_rank"].astype(float),
        ranks["worst_rank"].astype(float),
        color=colour,
        linewidth=1.1,
        zorder=2,
    )
    ax.plot(ranks["rank"].astype(float), positions[known], "o", color=colour, ms=4.2, zorder=3)
    for position in positions[~known]:
        ax.text(1, position, "too few values", fontsize=6, va="center", color=COLOURS[OVERALL])
    ax.set_title(dimension.capitalize())
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
    shown = normalised.assign(
        percentile=share, _c=normalised["indicator"].map(column), _r=normalised["country"].map(place)
    )
    return shown.sort_values(["_c", "_r"]).drop(columns=["_c", "_r"]).reset_index(drop=True)


def draw_indicators(shown: pd.DataFrame, coverage: pd.DataFrame) -> plt.Figure:
    """Heat map, countries by indicators; where there is no value the cell is crossed."""
    if shown.empty:
        return figures.awaited(NOTHING_YET)
    rows = list(dict.fromkeys(shown["country"]))
    columns = [code for code in coverage["indicator"] if code in set(shown["indicator"])]
    grid = shown.pivot_table(index="country", columns="indicator", values="percentile")
    grid = grid.reindex(index=_overall_order(shown, rows), columns=columns)
    about = coverage.set_index("indicator").loc[columns]
    labels = [_label(name) for name in about["name"]]
    tall = 0.165 * len(grid) + 0.5 + 0.035 * max(map(len, labels))
    figure, ax = plt.subplots(figsize=(figures.DOUBLE, tall), layout="constrained")
    mesh = ax.imshow(
        grid.to_numpy(dtype=float), cmap=figures.SEQUENTIAL, vmin=0, vmax=100, aspect="auto", interpolation="nearest"
    )
    for row, column in zip(*np.nonzero(grid.isna().to_numpy()), strict=True):
        ax.plot(column, row, "x", color=figures.PALETTE["grey"], ms=4, mew=0.8)
    names = countries.short_names(grid.index)
    ax.set_yticks(range(len(grid)), [names[code] for code in grid.index])
    ax.set_xticks(range(len(columns)), labels, rotation=55, ha="right", rotation_mode="anchor")
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    _mark_dimensions(ax, list(about["dimension"]))
    bar = figure.colorbar(mesh, ax=ax, shrink=0.4, aspect=18, pad=0.015)
    bar.set_label("Percentile (100 = most favourable)")
    bar.outline.set_visible(False)
    return figure


def _overall_order(shown: pd.DataFrame, rows: list[str]) -> list[str]:
    """Rows in the order given by the table, which is that of the overall rank."""
    first = shown.groupby("country", sort=False).size()
    return [code for code in first.index if code in rows]


def _label(name: str, longest: int = 72) -> str:
    """The name without what is in brackets; on one line, as slanted lines would run together."""
    return textwrap.shorten(name.split(" (", maxsplit=1)[0], longest, placeholder=" …")


def _mark_dimensions(ax: plt.Axes, dimensions: list[str]) -> None:
    """Names of the dimensions above their columns, with a gap between the groups."""
    start = 0
    for n, name in enumerate([*dimensions[1:], None], start=1):
        if name != dimensions[n - 1]:
            own = dimensions[n - 1]
            ax.text(
                (start + n - 1) / 2,
                -0.9,
                own.capitalize(),
                ha="center",
                va="bottom",
                color=COLOURS[own],
                fontweight="bold",
            )
            ax.plot([start - 0.4, n - 0.6], [-0.7, -0.7], color=COLOURS[own], lw=2, clip_on=False)
            if name is not None:
                ax.axvline(n - 0.5, color="white", linewidth=3)
            start = n


def shown_passages(passages: pd.DataFrame, documents: pd.DataFrame, factors: pd.DataFrame) -> pd.DataFrame:
    """Passages by factor and document (long; zeros included), the factors as in the codebook.

    Columns factor, document, passages, documents, name, dimension. Of many documents a column is
    the kind of document instead (`document` holds the kind, `documents` how many of it have any).
    """
    read = documents[documents["state"].isin(["read", "partly read"])]
    read = read.assign(type=read["type"].replace("", "kind not stated"))
    by = "document" if len(read) <= COLUMNS_AT_MOST else "type"
    columns = sorted(read[by].unique())
    placed = passages.merge(read[["document", "type"]], on="document")
    found = placed.groupby(["factor", by]).agg(passages=("excerpt", "size"), documents=("document", "nunique"))
    grid = pd.MultiIndex.from_product([factors["id"], columns], names=["factor", "document"])
    shown = found.rename_axis(["factor", "document"]).reindex(grid, fill_value=0).reset_index()
    about = factors[["id", "name", "dimension"]].rename(columns={"id": "factor"})
    return shown.merge(about, on="factor", how="left")


def draw_passages(shown: pd.DataFrame) -> plt.Figure:
    """Circles by factor and document, their area the number of passages, with row sums."""
    if shown.empty:
        return figures.awaited("No passages yet: no document with text is there.")
    rows = {code: n for n, code in enumerate(dict.fromkeys(shown["factor"]))}
    columns = {name: n for n, name in enumerate(dict.fromkeys(shown["document"]))}
    width = min(figures.DOUBLE - 2.6, 0.42 * len(columns)) + 2.6
    figure, ax = plt.subplots(figsize=(width, 0.19 * len(rows) + 0.7))
    for row in range(0, len(rows), 2):
        ax.axhspan(row - 0.5, row + 0.5, color="#F4F4F4", linewidth=0, zorder=0)
    _circles(ax, shown[shown["passages"] > 0], rows, columns)
    sums = shown.groupby("factor")[["passages", "documents"]].sum()
    edge = len(columns) - 0.3
    for code, row in rows.items():
        n, held = sums.loc[code]
        ax.text(edge, row, f"{n} in {held}" if n else "–", va="center", fontsize=6.5)
    ax.text(edge, -1.1, "passages in\ndocuments", fontsize=6.5, va="center")
    ax.set_yticks(range(len(rows)), shown.drop_duplicates("factor")["name"])
    ax.set_xticks(range(len(columns)), columns, rotation=90 if len(columns) > 10 else 0)
    ax.xaxis.tick_top()
    ax.set_xlim(-0.6, len(columns) - 0.4)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    _dimension_legend(ax, list(dict.fromkeys(shown["dimension"])))
    return figure


def _dimension_legend(ax: plt.Axes, dimensions: list[str]) -> None:
    known = [name for name in dimensions if name in COLOURS]
    marks = [plt.Line2D([], [], marker="o", linestyle="", ms=5, color=COLOURS[name]) for name in known]
    ax.legend(
        marks,
        [name.capitalize() for name in known],
        loc="upper center",
        ncols=len(known) or 1,
        bbox_to_anchor=(0.2, -0.01),
        handletextpad=0,
        columnspacing=1,
    )


def _circles(ax: plt.Axes, some: pd.DataFrame, rows: dict, columns: dict) -> None:
    if some.empty:
        return
    size = LARGEST_CIRCLE / max(some["passages"].max(), 5)
    for cell in some.itertuples(index=False):
        place = columns[cell.document], rows[cell.factor]
        colour = COLOURS.get(cell.dimension, "#555555")
        ax.scatter(*place, s=size * cell.passages, color=colour, linewidths=0, zorder=2)
        if cell.passages > 1 and len(columns) <= 20:
            ink = "white" if colour in DARK else "black"
            ax.text(*place, cell.passages, color=ink, fontsize=5.5, ha="center", va="center_baseline", zorder=3)
