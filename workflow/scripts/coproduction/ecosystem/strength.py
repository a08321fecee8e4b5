"""How strongly the evidence supports each factor, per technique and overall.

Three steps, each a plain function of tables:

1. **Support.** Within a technique a factor is measured by the number of *independent
   sources* that speak for it (documents, studies, topics, participants), never by the number
   of passages: one long report must not outweigh ten short ones. Where a technique measures
   the factor itself (the ratings of a Delphi panel), the measure is the mean value instead.
2. **Standing.** Sources of different techniques cannot be added, so each measure is turned
   into a standing between 0 and 1: the share of factors that the factor outranks, ties
   counted half (a ridit, see methods/order_agreement), with a factor without support fixed at 0.
3. **Strength.** Techniques that read the same material form one *line of evidence* (studies
   and topics both come from the same abstracts). The strength is the weighted mean of the
   standings over the lines that have delivered anything and asked about the factor; leaving out one line at a time
   (jackknife) shows how much the result hangs on a single line.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.methods.order_agreement import tau

COLUMNS = ["technique_a", "technique_b", "tau", "factors"]


def counted(evidence: pd.DataFrame, kinds: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Rows of `evidence` whose kind counts towards strength in their technique.

    `kinds` maps a technique to the kinds of evidence that count. Other rows stay in the
    trace; indicators, for instance, say how a country stands, not that the factor matters.
    """
    counting_pairs = {(technique, kind) for technique, names in kinds.items() for kind in names}
    keep = [pair in counting_pairs for pair in zip(evidence["technique"], evidence["kind"], strict=True)]
    return evidence[pd.Series(keep, index=evidence.index, dtype=bool)]


def sources(evidence: pd.DataFrame, factors: Sequence[str], techniques: Sequence[str]) -> pd.DataFrame:
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
    asked_weight = by_line.notna().mul(chosen, axis="columns").sum(axis="columns")
    total = by_line.mul(chosen, axis="columns").sum(axis="columns")
    return (total / asked_weight.where(asked_weight > 0)).fillna(0.0).astype(float)


def strength_range(by_line: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """Lowest and highest strength when one line of evidence is left out at a time.

    Columns `low` and `high`; both equal the strength itself with fewer than two lines.
    """
    if len(by_line.columns) < 2:
        base = strength(by_line, weights)
        return pd.DataFrame({"low": base, "high": base})
    left_out = [strength(by_line.drop(columns=line), weights) for line in by_line]
    ranges = pd.concat(left_out, axis="columns")
    return pd.DataFrame({"low": ranges.min(axis=1), "high": ranges.max(axis=1)})


def band(value: float, moderate_from: float, strong_from: float, enough: bool = True) -> str:
    """The word for a strength: none, weak, moderate or strong; no verdict where there is not enough."""
    if value <= 0:
        return "none"
    if not enough:
        return "too little evidence"
    if value >= strong_from:
        return "strong"
    return "moderate" if value >= moderate_from else "weak"


def between_techniques(table: pd.DataFrame, techniques: Sequence[str]) -> pd.DataFrame:
    """Kendall's tau-b for each pair of techniques, over the factors that both asked about.

    Pairs with fewer than three common factors, or where one technique does not tell them apart,
    have no tau (NaN).
    """
    rows = []
    for a, b in combinations(techniques, 2):
        both = table[[f"standing_{a}", f"standing_{b}"]].dropna()
        if len(both):
            rows.append([a, b, tau(both.iloc[:, 0], both.iloc[:, 1]), len(both)])
    return pd.DataFrame(rows, columns=COLUMNS).astype({"tau": float, "factors": "Int64"})


def against_shares(table: pd.DataFrame, settings: EcosystemSettings) -> float:
    """Kendall's tau-b between the strengths and those from shares of the largest measure.

    The other way to make measures comparable is to divide each by the largest in its technique.
    It keeps distances but lets one technique with a few extreme counts decide.
    """
    shares = pd.DataFrame(index=table.index)
    delivered = []
    for name in settings.kinds:
        rated = name in settings.measured_by_value
        measure = table[f"value_{name}" if rated else f"sources_{name}"].astype(float)
        measure = measure.where(~(rated & (table["verdict"] == "rejected")), 0.0)
        if measure.max() > 0:
            delivered.append(name)
            shares[name] = measure / measure.max()
    by_line = line_standings(shares, settings.lines, delivered)
    return tau(table["strength"], strength(by_line, settings.weights))
