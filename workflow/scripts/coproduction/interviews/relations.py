"""Which interviews speak of which concepts, which concepts are spoken of together, what is still new.

The tables that QDA programs call code matrix and code co-occurrence, from quotes instead of segments,
so that two coders who coded the same words do not count twice.
"""

from itertools import combinations

import pandas as pd

from coproduction.core import accounting
from coproduction.interviews.tables import BY_INTERVIEW, RICHNESS, SATURATION, TOGETHER
from coproduction.methods.saturation import chao2, discoveries, new_information_ratios, order_interval


def by_interview(structure: pd.DataFrame, quotes: pd.DataFrame, transcripts: pd.DataFrame) -> pd.DataFrame:
    """BY_INTERVIEW: each concept of the structure with each coded interview, none left out."""
    placed = structure[structure["theme"] != ""]
    counted = quotes.groupby(["concept", "transcript"]).size()
    rows = [
        {
            "dimension": row.dimension,
            "theme": row.theme,
            "concept": row.concept,
            "transcript": transcript,
            "quotes": int(counted.get((row.concept, transcript), 0)),
        }
        for row in placed.itertuples(index=False)
        for transcript in in_order(quotes, transcripts)
    ]
    return accounting.table(rows, BY_INTERVIEW)


def in_order(quotes: pd.DataFrame, transcripts: pd.DataFrame) -> list[str]:
    """The interviews with quotes by date, those without a date last."""
    coded = transcripts[transcripts["transcript"].isin(set(quotes["transcript"]))]
    order = coded.assign(undated=coded["date"] == "").sort_values(["undated", "date", "transcript"])
    return list(order["transcript"])


def together(quotes: pd.DataFrame) -> pd.DataFrame:
    """TOGETHER: pairs of concepts that have quotes in the same turn, the closest first.

    closeness: turns with both by turns with either (Jaccard 1912, New Phytologist 11(2), 37-50,
    doi:10.1111/j.1469-8137.1912.tb05611.x), which ATLAS.ti calls the c-coefficient. 1: never one
    without the other. Quotes outside of turns have no turn to share and are left out.
    """
    in_turns = quotes[quotes["turn"].notna()]
    turns: dict[str, set] = {}
    for row in in_turns.itertuples(index=False):
        turns.setdefault(row.concept, set()).add((row.transcript, int(row.turn)))
    rows: list[dict] = []
    for first, second in combinations(sorted(turns), 2):
        both = turns[first] & turns[second]
        if both:
            rows.append(
                {
                    "first": first,
                    "second": second,
                    "turns_first": len(turns[first]),
                    "turns_second": len(turns[second]),
                    "turns_both": len(both),
                    "interviews_both": len({transcript for transcript, _ in both}),
                    "closeness": round(len(both) / len(turns[first] | turns[second]), 6),
                }
            )
    rows.sort(key=lambda row: (-row["turns_both"], -row["closeness"], row["first"], row["second"]))
    return accounting.table(rows, TOGETHER)


def by_theme(table: pd.DataFrame) -> pd.DataFrame:
    """Quotes per theme and interview, in the order of BY_INTERVIEW: what the figure shows."""
    keys = ["dimension", "theme", "transcript"]
    return table.groupby(keys, sort=False, as_index=False)["quotes"].sum()


def saturation(quotes: pd.DataFrame, transcripts: pd.DataFrame, base: int, run: int) -> pd.DataFrame:
    """SATURATION: new concepts of the coded interviews in the order of their dates.

    quotes: transcript and concept; `base` and `run` are numbers of interviews.
    """
    order = in_order(quotes, transcripts)
    concepts = [quotes.loc[quotes["transcript"] == name, "concept"] for name in order]
    ratios = new_information_ratios(concepts, base, run)
    rows = [
        {"order": n, "transcript": name, "concepts": n_concepts, "new": new, "cumulative": all_so_far, "ratio": ratio}
        for n, (name, (n_concepts, new, all_so_far), ratio) in enumerate(
            zip(order, discoveries(concepts), ratios, strict=True), start=1
        )
    ]
    return accounting.table(rows, SATURATION)


def richness(quotes: pd.DataFrame, transcripts: pd.DataFrame, base: int, run: int, seed: int) -> pd.DataFrame:
    """RICHNESS: how many concepts there may be, what was covered, and the last run in random orders."""
    order = in_order(quotes, transcripts)
    concepts = [quotes.loc[quotes["transcript"] == name, "concept"] for name in order]
    estimate = chao2(concepts)
    middle, low, high = order_interval(concepts, base, run, seed)
    row = vars(estimate) | {"interviews": len(order), "ratio": middle, "ratio_low": low, "ratio_high": high}
    return accounting.table([row] if order else [], RICHNESS)


def saturated_at(table: pd.DataFrame, threshold: float) -> int | None:
    """The first interview that ends a run with a ratio of at most the threshold."""
    low = table[table["ratio"].notna() & (table["ratio"] <= threshold)]
    return int(low["order"].iloc[0]) if len(low) else None
