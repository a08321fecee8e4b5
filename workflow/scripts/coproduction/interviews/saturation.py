"""Whether further interviews still bring new concepts.

The ratio is that of Guest, Namey and Chen (2020), PLoS ONE 15(5), e0232076,
doi:10.1371/journal.pone.0232076: new concepts in a run of interviews as a share of the concepts in
the first ones (the base).
"""

import pandas as pd

from coproduction.core import accounting
from coproduction.interviews.tables import SATURATION


def saturation(
    quotes: pd.DataFrame, transcripts: pd.DataFrame, base: int, run: int
) -> pd.DataFrame:
    """SATURATION: coded interviews in the order of their dates (those without a date last).

    quotes: transcript and concept; `base` and `run` are numbers of interviews. A run ends at every
    interview from base + run on, so that runs overlap; the ratio is empty before.
    """
    coded = transcripts[transcripts["transcript"].isin(set(quotes["transcript"]))]
    order = coded.assign(undated=coded["date"] == "").sort_values(["undated", "date", "transcript"])
    seen: set[str] = set()
    rows = []
    for number, transcript in enumerate(order["transcript"], start=1):
        here = set(quotes.loc[quotes["transcript"] == transcript, "concept"])
        new = len(here - seen)
        seen |= here
        rows.append(
            {
                "order": number,
                "transcript": transcript,
                "concepts": len(here),
                "new": new,
                "cumulative": len(seen),
            }
        )
    for row in rows[base + run - 1 :]:
        recent = sum(r["new"] for r in rows[row["order"] - run : row["order"]])
        row["ratio"] = recent / rows[base - 1]["cumulative"]
    return accounting.table(rows, SATURATION)


def saturated_at(table: pd.DataFrame, threshold: float) -> int | None:
    """The first interview that ends a run with a ratio of at most the threshold."""
    low = table[table["ratio"].notna() & (table["ratio"] <= threshold)]
    return int(low["order"].iloc[0]) if len(low) else None
