"""Which databases have which records: an UpSet-like figure (Lex et al. 2014).

upsetplot (considered) is no longer kept for current pandas and matplotlib, and draws more than the
few sets here need.
"""

import matplotlib.pyplot as plt
import pandas as pd

from coproduction.core import figures
from coproduction.core.lettering import fitted, width_of

SHOWN = 18
BARS, ROW = 1.2, 0.29  # inches: the bars, and one database
NAMES = 2.3  # inches: the names of the databases


def count_overlap(records: pd.DataFrame) -> pd.DataFrame:
    """Combinations of databases with their number of records, the largest first."""
    counts = records["databases"].value_counts().rename("records").reset_index()
    counts = counts.sort_values(["records", "databases"], ascending=[False, True])
    return counts.astype({"records": "Int64"}).reset_index(drop=True)


def draw_overlap(overlap: pd.DataFrame) -> plt.Figure:
    """Bars of the combinations above a matrix of databases; a sentence where there are none."""
    if overlap.empty:
        return figures.awaited("No records yet: the exports of the databases are awaited.")
    sets = [frozenset(d.split(";")) for d in overlap["databases"]]
    counts = overlap["records"].astype(int).tolist()
    totals: dict[str, int] = {}
    for names, n in zip(sets, counts, strict=True):
        for name in names:
            totals[name] = totals.get(name, 0) + n
    databases = sorted(totals, key=lambda d: (-totals[d], d))
    n_shown = min(SHOWN, len(sets))
    height = BARS + ROW * len(databases) + 0.4
    figure, (bars, matrix) = plt.subplots(
        2,
        1,
        figsize=(figures.DOUBLE, height),
        sharex=True,
        height_ratios=[BARS, ROW * len(databases)],
        layout="constrained",
    )
    _draw_bars(bars, counts[:n_shown], len(sets) - n_shown)
    _draw_matrix(matrix, sets[:n_shown], databases, totals)
    return figure


def _draw_bars(axes: plt.Axes, counts: list[int], left_out: int) -> None:
    axes.bar(range(len(counts)), counts, width=0.6, color=figures.PALETTE["blue"])
    for x, n in enumerate(counts):
        axes.annotate(f"{n:,}", (x, n), (0, 2), textcoords="offset points", ha="center")
    axes.set_ylabel("Unique records")
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.grid(axis="y")
    axes.margins(y=0.15)
    if left_out:
        note = f"{left_out} smaller combinations are in the table"
        axes.text(1, 1, note, transform=axes.transAxes, ha="right", va="top")


def _label(database: str, records: int) -> str:
    """The database with its number of records, on two lines at most."""
    number = f"({records:,})"
    lines = fitted(database, NAMES - width_of(f" {number}"), 2)
    return "\n".join(lines) + f" {number}"


def _draw_matrix(axes: plt.Axes, sets: list[frozenset], databases: list[str], totals) -> None:
    for row in range(0, len(databases), 2):
        axes.axhspan(row - 0.5, row + 0.5, color=figures.PALETTE["light"], alpha=0.5, lw=0)
    for x, names in enumerate(sets):
        rows = [i for i, name in enumerate(databases) if name in names]
        others = [i for i in range(len(databases)) if i not in rows]
        axes.scatter([x] * len(others), others, s=18, color="#CFCFCF", zorder=2)
        axes.plot([x, x], [rows[0], rows[-1]], color=figures.PALETTE["black"], lw=1.2, zorder=2)
        axes.scatter([x] * len(rows), rows, s=24, color=figures.PALETTE["black"], zorder=3)
    axes.set_yticks(range(len(databases)), [_label(d, totals[d]) for d in databases], linespacing=0.95)
    axes.set_ylim(len(databases) - 0.5, -0.5)
    axes.set_xlim(-0.6, len(sets) - 0.4)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    for side in axes.spines.values():
        side.set_visible(False)
