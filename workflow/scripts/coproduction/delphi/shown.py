"""What is shown of the statements: in which order, of which rounds, on which pages, to whom.

A figure of many statements is cut into pages of equal length on which every word can be read in
print, instead of shrinking with their number. The prose knows the pages without drawing them.
"""

import itertools

import pandas as pd

ORDER = ["in", "none", "split", "out", "refused", "too few", "no ratings"]
TALL = 8.5  # inches: what a printed page holds beside a caption
ROUNDS_SHOWN = 3
ACROSS, DOWN = 4, 8  # small figures per page


def closed_latest(summary: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """The rows of SUMMARY that are in DECISIONS, most favourable first."""
    decided = decisions[decisions["verdict"] != "no ratings"]
    latest = decided[["statement", "round", "version", "text", "decision", "stable"]].merge(
        summary, on=["statement", "round", "version"]
    )
    rank = latest["verdict"].map(ORDER.index)
    return latest.assign(rank=rank).sort_values(
        ["rank", "median", "share_high", "statement"], ascending=[True, False, False, True]
    )


def shown_rounds(summary: pd.DataFrame) -> pd.DataFrame:
    """The rows of SUMMARY of each statement's last closed rounds, oldest first."""
    closed = summary[summary["state"] == "closed"].sort_values(["statement", "round"])
    return closed.groupby("statement").tail(ROUNDS_SHOWN)


def pages(items: list, most: int) -> list[list]:
    """The items in their order on as few pages as hold at most *most* each, equally filled."""
    if not items:
        return []
    count = -(-len(items) // most)
    ends = [round(i * len(items) / count) for i in range(count + 1)]
    return [items[a:b] for a, b in itertools.pairwise(ends)]


def distribution_pages(summary: pd.DataFrame, latest: pd.DataFrame) -> list[list[str]]:
    """Statements per page of the distributions: fewer where each has bars of several rounds."""
    bars = shown_rounds(summary).groupby("statement").size().max() if len(latest) else 1
    return pages(latest["statement"].tolist(), int((TALL - 0.8) / row_height(int(bars))))


def row_height(bars: int) -> float:
    """Inches of a statement with so many bars beside up to three lines of text."""
    return max(0.44, 0.145 * bars + 0.09)


def flow_pages(latest, change: pd.DataFrame, summary: pd.DataFrame) -> list[list[str]]:
    """Statements whose present wording was rated in two or more closed rounds, in their order."""
    closed = set(summary.loc[summary["state"] == "closed", "round"])
    twice = change[change["after"].isin(closed)]
    rated_twice = set(zip(twice["statement"], twice["version"], strict=True))
    wordings = zip(latest["statement"], latest["version"], strict=True)
    return pages([s for s, v in wordings if (s, v) in rated_twice], ACROSS * DOWN)


def change_pages(last_change: pd.DataFrame) -> list[list[str]]:
    return pages(last_change["statement"].tolist(), 28)


def changed(change: pd.DataFrame, summary: pd.DataFrame) -> pd.DataFrame:
    """CHANGE of each statement between its last two closed rounds, where somebody rated in both."""
    closed = set(summary.loc[summary["state"] == "closed", "round"])
    rated_in_both = change[change["after"].isin(closed) & (change["pairs"] > 0)]
    return rated_in_both.sort_values(["statement", "after"]).groupby("statement").tail(1)


def whole_panel(flow: pd.DataFrame) -> pd.DataFrame:
    """The rows of the panel flow for all groups together, by round."""
    return flow[flow["group"] == "all"].sort_values("round")


def invited(panel: pd.DataFrame, number: int) -> set[str]:
    """The panellists of a round: all, unless panel.csv says when they came or left."""
    first = panel["first_round"].fillna(1) if "first_round" in panel else 1
    last = panel["last_round"].fillna(10**6) if "last_round" in panel else 10**6
    is_member = pd.Series(True, index=panel.index) & (first <= number) & (last >= number)
    return set(panel.loc[is_member, "panellist"])
