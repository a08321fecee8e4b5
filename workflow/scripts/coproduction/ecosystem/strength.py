"""How strongly the evidence supports each factor, per technique and overall.

Three steps, each a plain function of tables:

1. **Support.** Within a technique a factor is measured by the number of *independent
   sources* that speak for it (documents, studies, topics, participants), never by the number
   of passages: one long report must not outweigh ten short ones. Where a technique measures
   the factor itself (the ratings of a Delphi panel), the measure is the mean value instead.
2. **Standing.** Sources of different techniques cannot be added, so each measure is turned
   into a standing between 0 and 1: the share of factors that the factor outranks, ties
   counted half. This is the ridit (Bross 1958, Biometrics 14(1), 18-38,
   doi:10.2307/2527727), with a factor without support fixed at 0.
3. **Strength.** Techniques that read the same material form one *line of evidence* (studies
   and topics both come from the same abstracts). The strength is the weighted mean of the
   standings over the lines that have delivered anything and asked about the factor; leaving out one line at a time
   (jackknife) shows how much the result hangs on a single line.

scipy.stats.rankdata would give the mid-ranks; pandas' own ``rank`` does the same on the
table as a whole, so nothing is imported for it.
"""

from collections.abc import Mapping, Sequence

import pandas as pd


def counted(evidence: pd.DataFrame, kinds: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Rows of `evidence` whose kind counts towards strength in their technique.

    `kinds` maps a technique to the kinds of evidence that count. Other rows stay in the
    trace; indicators, for instance, say how a country stands, not that the factor matters.
    """
    wanted = {(technique, kind) for technique, names in kinds.items() for kind in names}
    keep = [pair in wanted for pair in zip(evidence["technique"], evidence["kind"], strict=True)]
    return evidence[pd.Series(keep, index=evidence.index, dtype=bool)]


def sources(
    evidence: pd.DataFrame, factors: Sequence[str], techniques: Sequence[str]
) -> pd.DataFrame:
    """Number of distinct sources, factors × techniques, zero where there is none."""
    unique = evidence.drop_duplicates(["factor", "technique", "source"])
    table = pd.crosstab(unique["factor"], unique["technique"])
    return table.reindex(index=factors, columns=techniques, fill_value=0).astype(int)


def independent(counts: pd.DataFrame, lines: Mapping[str, Sequence[str]]) -> pd.Series:
    """Number of independent sources per factor over all lines of evidence.

    Within a line the largest number of its techniques counts, not their sum: a topic is made of
    the same abstracts as the studies and is no further source.
    """
    largest = [counts[list(techniques)].max(axis="columns") for techniques in lines.values()]
    return pd.concat(largest, axis="columns").sum(axis="columns").astype(int)


def mean_values(evidence: pd.DataFrame, factors: Sequence[str], technique: str) -> pd.Series:
    """Mean `value` of a technique's evidence per factor; NaN where it has no value."""
    rows = evidence[evidence["technique"] == technique]
    values = pd.to_numeric(rows["value"], errors="coerce")
    return values.groupby(rows["factor"]).mean().reindex(factors)


def standing(measure: pd.Series) -> pd.Series:
    """Share of factors that each factor outranks, ties counted half; 0 without support.

    `measure`: one number per factor; 0 means no support, NaN that the technique did not ask
    about the factor, which then has no standing (NaN) and is not ranked. Returns numbers from 0
    to 1 with the same index.
    """
    asked = measure.astype(float).dropna()
    ridits = (asked.rank(method="average") - 0.5) / max(len(asked), 1)
    return ridits.where(asked > 0, 0.0).reindex(measure.index)


def line_standings(
    standings: pd.DataFrame, lines: Mapping[str, Sequence[str]], delivered: Sequence[str]
) -> pd.DataFrame:
    """Mean standing per line of evidence, over the techniques that have delivered.

    Lines of which no technique has delivered are left out: a study that has not yet asked
    its panel is not a study whose panel said no.
    """
    columns = {}
    for line, techniques in lines.items():
        present = [name for name in techniques if name in delivered]
        if present:
            columns[line] = standings[present].mean(axis="columns")
    return pd.DataFrame(columns, index=standings.index)


def strength(by_line: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Weighted mean of the standings over the lines of evidence, 0 to 1.

    A line that did not ask about a factor (NaN) is left out of that factor's mean; a factor that
    no line asked about has strength 0.
    """
    chosen = pd.Series({line: weights.get(line, 1.0) for line in by_line}, dtype=float)
    asked = by_line.notna().mul(chosen, axis="columns").sum(axis="columns")
    total = by_line.mul(chosen, axis="columns").sum(axis="columns")
    return (total / asked.where(asked > 0)).fillna(0.0).astype(float)


def strength_range(by_line: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Lowest and highest strength when one line of evidence is left out at a time.

    Columns `low` and `high`; both equal the strength itself with fewer than two lines.
    """
    if len(by_line.columns) < 2:
        whole = strength(by_line, weights)
        return pd.DataFrame({"low": whole, "high": whole})
    left_out = [strength(by_line.drop(columns=line), weights) for line in by_line]
    together = pd.concat(left_out, axis="columns")
    return pd.DataFrame({"low": together.min(axis=1), "high": together.max(axis=1)})


def band(value: float, moderate_from: float, strong_from: float) -> str:
    """The word for a strength: none, weak, moderate or strong."""
    if value <= 0:
        return "none"
    if value >= strong_from:
        return "strong"
    return "moderate" if value >= moderate_from else "weak"
