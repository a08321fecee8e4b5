"""The model: the evidence of all techniques as one row per factor, and the trace back to it.

Nothing is left out: a factor without evidence stays in the table, the figure and the network
with strength 0 and confidence "none", for what nobody mentioned is also a finding.
"""

from collections.abc import Mapping, Sequence, Set

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.vocabulary import REJECTED, UNDECIDED
from coproduction.ecosystem import strength
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import (
    CONTESTED,
    FAVOURS,
    HINDERS,
    MIXED,
    NOT_ABOUT,
    READ_STATES,
    SILENT,
    TRACE,
    UNREAD,
)
from coproduction.methods import order_agreement

FACTOR_FIELDS = ["id", "name", "level", "dimension"]
NOT_SAID = (REJECTED, UNDECIDED)  # verdicts of a panel that do not speak for a side
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
    joined = pd.concat(filled, ignore_index=True).drop_duplicates()
    return joined.sort_values(order, kind="stable", ignore_index=True)


def verdicts(evidence: pd.DataFrame) -> dict[str, str]:
    """The panel's verdict per factor, from the verdicts of its ratings.

    Several statements on one factor must agree; otherwise there is no consensus on the factor.
    """
    judged = evidence[(evidence["kind"] == "rating") & (evidence["verdict"] != "")]
    words = judged.groupby("factor", sort=True)["verdict"].unique()
    return {
        factor: verdicts_of_factor[0] if len(verdicts_of_factor) == 1 else accounting.UNDECIDED
        for factor, verdicts_of_factor in words.items()
    }


def weigh(
    factors: pd.DataFrame, pieces: pd.DataFrame, verdicts: Mapping[str, str], settings: EcosystemSettings
) -> pd.DataFrame:
    """One row per factor, strongest first; columns as in FACTORS but for the confidence.

    factors: the codebook. pieces: the evidence of all techniques with its directions. verdicts: the
    panel's verdict per factor ("supported", "no consensus", "rejected"); factors it has not judged are
    missing. What hinders is weighed on the scale of what favours, so that one hindering source is
    worth what one favouring source is.
    """
    ids, techniques = list(factors["id"]), list(settings.kinds)
    counting = strength.counted(pieces, settings.kinds)
    read_pieces = counting[counting["state"].isin(READ_STATES)]
    sides = {name: read_pieces[read_pieces["direction"].isin([name, MIXED])] for name in (FAVOURS, HINDERS)}
    counts = {
        name: strength.sources(rows[~rows["verdict"].isin(NOT_SAID)], ids, techniques) for name, rows in sides.items()
    }
    measures = {name: measure(rows, read_pieces, counts[name], verdicts, settings) for name, rows in sides.items()}
    delivered = [name for name in techniques if (read_pieces["technique"] == name).any()]
    among = measures[FAVOURS].to_numpy().T
    standings = {
        name: pd.DataFrame(order_agreement.standings(values.to_numpy().T, among).T, values.index, values.columns)
        for name, values in measures.items()
    }
    by_line = {name: strength.line_standings(values, settings.lines, delivered) for name, values in standings.items()}
    table = factors[FACTOR_FIELDS].set_index("id")
    table = table.join(counts[FAVOURS].add_prefix("sources_"))
    table = table.join(counts[HINDERS].add_prefix("hindering_"))
    shown_standings = standings[FAVOURS].where(_columns_in(standings[FAVOURS], delivered))
    table = table.join(shown_standings.add_prefix("standing_"))
    about = read_pieces[read_pieces["direction"] != NOT_ABOUT]
    table["sources"] = strength.independent(strength.sources(about, ids, techniques), settings.lines)
    unread = counting[counting["state"] == UNREAD]
    table["unread"] = strength.independent(strength.sources(unread, ids, techniques), settings.lines)
    for technique in settings.measured_by_value:
        table[f"value_{technique}"] = strength.mean_values(counting, ids, technique)
    supporting = {
        name: _supporting(values, verdicts, settings).sum(axis="columns").astype(int)
        for name, values in by_line.items()
    }
    table["strength"] = strength.strength(by_line[FAVOURS], settings.weights)
    table["hindrance"] = strength.strength(by_line[HINDERS], settings.weights)
    table = table.join(strength.strength_range(by_line[FAVOURS], settings.weights))
    table["verdict"] = [verdicts.get(factor, "") for factor in table.index]
    table["side"] = [
        side_of(_n(counts[FAVOURS], factor), _n(counts[HINDERS], factor), settings.clear_side) for factor in table.index
    ]
    table["indicators"] = _distinct(pieces[pieces["kind"] == "indicator"], ids)
    hinders = table["side"] == HINDERS
    table["lines"] = supporting[FAVOURS].mask(hinders, supporting[HINDERS])
    enough = table["sources"] >= settings.floor_sources
    enough &= table["lines"] >= settings.floor_lines
    shown_standings = table["strength"].mask(hinders, table["hindrance"])
    table["band"] = [
        strength.band(value, settings.moderate_from, settings.strong_from, is_enough)
        for value, is_enough in zip(shown_standings, enough, strict=True)
    ]
    return _ranked(table)


def measure(
    rows: pd.DataFrame,
    read_pieces: pd.DataFrame,
    counts: pd.DataFrame,
    verdicts: Mapping[str, str],
    settings: EcosystemSettings,
) -> pd.DataFrame:
    """Of each factor (rows) and technique the number of sources, or the mean value where it measures.

    rows: the pieces of one side; read: of both. 0 where the panel agreed that a factor does not matter
    or points the other way; NaN where a measuring technique has not asked.
    """
    measures, ids = counts.astype(float), list(counts.index)
    for technique in settings.measured_by_value:
        asked_values = strength.mean_values(read_pieces, ids, technique)
        values = strength.mean_values(rows, ids, technique).fillna(0.0).where(asked_values.notna())
        measures[technique] = values.mask([verdicts.get(name) == REJECTED for name in ids], 0.0)
    return measures


def _n(counts: pd.DataFrame, factor: str) -> int:
    return int(counts.loc[factor].sum())


def side_of(favouring: int, hindering: int, clear: float) -> str:
    """Which way sources on both sides point together; `clear` is the share that decides."""
    if not favouring + hindering:
        return SILENT
    share = favouring / (favouring + hindering)
    if share >= clear:
        return FAVOURS
    return HINDERS if share <= 1 - clear else CONTESTED


def _supporting(by_line: pd.DataFrame, verdicts: Mapping[str, str], settings: EcosystemSettings) -> pd.DataFrame:
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


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Strongest first, equals in the order of the codebook; ranks of equals are shared."""
    table = table.sort_values("strength", ascending=False, kind="stable")
    table.insert(0, "rank", table["strength"].rank(method="min", ascending=False).astype(int))
    return table.reset_index()


def trace_table(evidence: pd.DataFrame, table: pd.DataFrame, settings: EcosystemSettings) -> pd.DataFrame:
    """All evidence in the order of the model; a row also for each factor without any."""
    place = {name: number for number, name in enumerate(settings.kinds)}
    counts = {(name, kind) for name, kinds in settings.kinds.items() for kind in kinds}
    rows = evidence.assign(
        counts=[
            "yes" if pair in counts else "no" for pair in zip(evidence["technique"], evidence["kind"], strict=True)
        ],
        place=[place.get(name, len(place)) for name in evidence["technique"]],
        context=evidence.get("context", ""),
    )
    rows["aside"] = rows["counts"] == "no"
    rows_of_all = table[["id", "name"]].rename(columns={"id": "factor"}).reset_index(names="order")
    rows_of_all = rows_of_all.merge(rows, on="factor", how="left")
    rows_of_all = rows_of_all.sort_values(ORDER, kind="stable")
    words = [name for name, column in TRACE.columns.items() if column.kind == "text"]
    rows_of_all[words] = rows_of_all[words].astype(object).fillna("").astype(str)
    rows_of_all["value"] = rows_of_all["value"].astype(float)
    return rows_of_all.reset_index(drop=True)
