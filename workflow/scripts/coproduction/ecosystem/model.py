"""The model: the evidence of all techniques as one row per factor, and the trace back to it.

Nothing is left out: a factor without evidence stays in the table, the figure and the network
with strength 0 and confidence "none", for what nobody mentioned is also a finding.
"""

from collections.abc import Mapping, Sequence, Set

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.ecosystem import confidence, strength
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import FACTORS, NONE
from coproduction.methods.standing import standing

FACTOR_FIELDS = ["id", "name", "level", "dimension"]
ORDER = ["order", "place", "technique", "aside", "kind", "source"]


def gather(parts: Mapping[str, pd.DataFrame], known: Set[str]) -> pd.DataFrame:
    """The tables (by file name) one below the other, equal rows once, in a fixed order.

    Raises StudyError for evidence of a factor that is not in the codebook: some file of the
    study names a factor that has been renamed or taken out.
    """
    raise_all(
        [
            StudyError(
                f"there is evidence for '{factor}', which is not in the codebook",
                file=path,
                remedy="Add the factor to factors.csv or correct the file that names it",
            )
            for path, table in parts.items()
            for factor in sorted(set(table["factor"]) - set(known))
        ]
    )
    filled = [table for table in parts.values() if len(table)]
    if not filled:
        return tables.empty(accounting.EVIDENCE)
    order = ["technique", "kind", "factor", "source", "locator", "excerpt"]
    whole = pd.concat(filled, ignore_index=True).drop_duplicates()
    return whole.sort_values(order, kind="stable", ignore_index=True)


def verdicts(evidence: pd.DataFrame) -> dict[str, str]:
    """The panel's verdict per factor, from the verdicts of its ratings.

    Several statements on one factor must agree; otherwise there is no consensus on the factor.
    """
    judged = evidence[(evidence["kind"] == "rating") & (evidence["verdict"] != "")]
    words = judged.groupby("factor", sort=True)["verdict"].unique()
    return {
        factor: said[0] if len(said) == 1 else accounting.UNDECIDED
        for factor, said in words.items()
    }


def weigh(
    factors: pd.DataFrame,
    evidence: pd.DataFrame,
    verdicts: Mapping[str, str],
    judgements: pd.DataFrame,
    settings: EcosystemSettings,
) -> pd.DataFrame:
    """One row per factor, strongest first; columns as in FACTORS.

    `factors`: the codebook. `evidence`: of all techniques. `verdicts`: the panel's verdict
    per factor ("supported", "no consensus", "rejected"); factors it has not judged are
    missing. `judgements`: confidence as the team judges it (JUDGEMENTS).
    """
    ids, techniques = list(factors["id"]), list(settings.kinds)
    counting = strength.counted(evidence, settings.kinds)
    counts = strength.sources(counting, ids, techniques)
    measures = counts.astype(float)
    for technique in settings.measured_by_value:
        measures[technique] = strength.mean_values(counting, ids, technique)
        against = [factor for factor in ids if verdicts.get(factor) == "rejected"]
        measures.loc[against, technique] = 0.0
    delivered = [name for name in techniques if measures[name].fillna(0).gt(0).any()]
    standings = measures.apply(standing)
    by_line = strength.line_standings(standings, settings.lines, delivered)
    table = factors[FACTOR_FIELDS].set_index("id")
    table = table.join(counts.add_prefix("sources_"))
    table = table.join(standings.where(_columns_in(standings, delivered)).add_prefix("standing_"))
    table["sources"] = strength.independent(counts, settings.lines)
    for technique in settings.measured_by_value:
        table[f"value_{technique}"] = strength.mean_values(counting, ids, technique)
    table["lines"] = _supporting(by_line, verdicts, settings).sum(axis="columns").astype(int)
    table["strength"] = strength.strength(by_line, settings.weights)
    table = table.join(strength.strength_range(by_line, settings.weights))
    table["verdict"] = [verdicts.get(factor, "") for factor in table.index]
    table["indicators"] = _distinct(evidence[evidence["kind"] == "indicator"], ids)
    ranked = _ranked(_proposed(table, counting, settings))
    ranked = confidence.with_judgements(ranked, judgements)
    return ranked[list(FACTORS.columns_in(list(ranked)))]


def _supporting(
    by_line: pd.DataFrame, verdicts: Mapping[str, str], settings: EcosystemSettings
) -> pd.DataFrame:
    """Which line supports which factor; lines of ratings only where the panel agreed on it."""
    support = by_line > 0
    agreed = by_line.index.map(lambda factor: verdicts.get(factor) == "supported")
    for line in by_line:
        if set(settings.lines[line]) <= set(settings.measured_by_value):
            support[line] = support[line] & agreed.to_numpy(dtype=bool)
    return support


def _columns_in(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """A mask of the frame's shape: true in the named columns."""
    return pd.DataFrame({column: column in names for column in frame}, index=frame.index)


def _distinct(evidence: pd.DataFrame, ids: Sequence[str]) -> pd.Series:
    return evidence.groupby("factor")["source"].nunique().reindex(ids, fill_value=0)


def _proposed(
    table: pd.DataFrame, counting: pd.DataFrame, settings: EcosystemSettings
) -> pd.DataFrame:
    """Add the bands of strength, the confidence and the reasons for it."""
    kinds = counting.groupby("factor")["kind"].agg(lambda names: sorted(set(names)))
    levels, reasons = [], []
    for row in table.itertuples():
        if row.sources == 0:
            levels.append(NONE)
            reasons.append("no evidence")
            continue
        found = confidence.concerns(
            row.sources, row.lines, kinds[row.Index], row.verdict, settings.thresholds()
        )
        levels.append(confidence.level(found))
        reasons.append("; ".join(f"{item.component}: {item.words}" for item in found))
    bands = settings.moderate_from, settings.strong_from
    table["band"] = [strength.band(value, *bands) for value in table["strength"]]
    return table.assign(confidence=levels, reasons=reasons)


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Strongest first, equals in the order of the codebook; ranks of equals are shared."""
    table = table.sort_values("strength", ascending=False, kind="stable")
    table.insert(0, "rank", table["strength"].rank(method="min", ascending=False).astype(int))
    return table.reset_index()


def trace_table(
    evidence: pd.DataFrame, table: pd.DataFrame, settings: EcosystemSettings
) -> pd.DataFrame:
    """All evidence in the order of the model; a row also for each factor without any."""
    place = {name: number for number, name in enumerate(settings.kinds)}
    counts = {(name, kind) for name, kinds in settings.kinds.items() for kind in kinds}
    rows = evidence.assign(
        counts=[
            "yes" if pair in counts else "no"
            for pair in zip(evidence["technique"], evidence["kind"], strict=True)
        ],
        place=[place.get(name, len(place)) for name in evidence["technique"]],
    )
    rows["aside"] = rows["counts"] == "no"
    whole = table[["id", "name"]].rename(columns={"id": "factor"}).reset_index(names="order")
    whole = whole.merge(rows, on="factor", how="left")
    whole = whole.sort_values(ORDER, kind="stable")
    words = ["technique", "kind", "counts", "source", "locator", "excerpt", "note"]
    whole[words] = whole[words].astype(object).fillna("").astype(str)
    whole["value"] = whole["value"].astype(float)
    return whole.reset_index(drop=True)
