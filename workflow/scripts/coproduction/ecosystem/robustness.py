"""How firm the order of the conditions is: drawn again, left out, and nearly changed.

Documents, studies and interviews are drawn again with replacement, and so are the panellists with all their
ratings; topics and whatever a technique measures without ratings stay as they are. All draws are evaluated
at once, as counts of sources. Beside it each technique, country and group of the panel is left out, and
for each leading condition the fewest sources are counted whose loss would take it from the lead.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from coproduction.core.vocabulary import REJECTED
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import FAVOURS, LEFT_OUT, MIXED, READ_STATES, ROBUSTNESS
from coproduction.methods import resampling
from coproduction.methods.order_agreement import standings

FOLLOW = {"topics": "literature"}  # topics point where their studies do, which are drawn already


class Panel(NamedTuple):
    """The ratings that count: `ratings[panellist, statement]`, NaN where not rated."""

    panellists: list[str]
    groups: list[str]
    ratings: np.ndarray
    shares: np.ndarray  # statements x factors: each factor is the mean of its statements


class Material(NamedTuple):
    """What the strength of the factors is computed from, side by side for all techniques."""

    factors: list[str]
    techniques: list[str]
    sources: dict[str, list[str]]
    speak: dict[str, np.ndarray]  # technique: sources x factors, 1 where the source favours the factor
    fixed: dict[str, np.ndarray]  # technique: a measure of each factor that no draw changes
    rejected: np.ndarray
    panel: tuple[str, Panel] | None
    lines: dict[str, list[int]]
    weights: dict[str, float]


def gather_material(
    trace: pd.DataFrame, factors: pd.DataFrame, ratings: pd.DataFrame, settings: EcosystemSettings
) -> Material:
    """The material of the model: trace (TRACE), weighed factors (FACTORS), the panel's ratings."""
    ids = list(factors["id"])
    place = {name: number for number, name in enumerate(ids)}
    read_pieces = trace[(trace["counts"] == "yes") & trace["state"].isin(READ_STATES)]
    favours = read_pieces[read_pieces["direction"].isin([FAVOURS, MIXED])]
    techniques = [name for name in settings.kinds if (read_pieces["technique"] == name).any()]
    sources, speak, fixed, panel = {}, {}, {}, None
    for name in techniques:
        of_technique = favours[favours["technique"] == name]
        if name in settings.measured_by_value:
            panel_ratings = _panel(read_pieces[read_pieces["technique"] == name], of_technique, ratings, place)
            panel = (name, panel_ratings) if panel_ratings is not None else panel
            values = factors.set_index("id")[f"value_{name}"]
            favouring_values = values.where(values.isna() | values.index.isin(of_technique["factor"]), 0.0)
            fixed[name] = favouring_values.to_numpy(dtype=float)
            continue
        units = sorted(set(of_technique["source"]))
        at = {unit: number for number, unit in enumerate(units)}
        matrix = np.zeros((len(units), len(ids)))
        matrix[of_technique["source"].map(at).to_numpy(int), of_technique["factor"].map(place).to_numpy(int)] = 1
        sources[name], speak[name] = units, matrix
    return Material(
        factors=ids,
        techniques=techniques,
        sources=sources,
        speak=speak,
        fixed=fixed,
        rejected=(factors["verdict"] == REJECTED).to_numpy(),
        panel=panel,
        lines={
            line: [techniques.index(name) for name in names if name in techniques]
            for line, names in settings.lines.items()
        },
        weights={line: settings.weights.get(line, 1.0) for line in settings.lines},
    )


def _panel(rated: pd.DataFrame, favours: pd.DataFrame, ratings: pd.DataFrame, place: Mapping[str, int]) -> Panel | None:
    """The ratings of the round that each statement's evidence stands for; None without any."""
    rounds = rated["locator"].str.extract(r"(\d+)$")[0].astype("Int64")
    statement_rounds = pd.DataFrame({"statement": rated["source"], "round": rounds, "factor": rated["factor"]})
    statement_rounds = statement_rounds[rated["source"].isin(favours["source"]).to_numpy()]
    filled = ratings[ratings["rating"].notna()]
    matched = filled.merge(statement_rounds[["statement", "round"]].drop_duplicates(), on=["statement", "round"])
    if matched.empty:
        return None
    table = matched.pivot_table(index=["panellist", "group"], columns="statement", values="rating")
    shares = np.zeros((table.shape[1], len(place)))
    for row in statement_rounds[statement_rounds["statement"].isin(table.columns)].itertuples():
        shares[table.columns.get_loc(row.statement), place[row.factor]] = 1
    shares /= np.maximum(shares.sum(axis=0), 1)
    people = table.index.to_frame()
    return Panel(list(people["panellist"]), list(people["group"]), table.to_numpy(dtype=float), shares)


def measures(material: Material, counts: Mapping[str, np.ndarray], panellists: np.ndarray | None = None) -> np.ndarray:
    """The measure of each factor in each technique: (draws, techniques, factors), NaN: not asked.

    counts: of a technique how often each of its sources is in each draw (draws, sources); a technique
    without counts has each source once. panellists: the same for the panel.
    """
    draws = len(panellists) if panellists is not None else max(map(len, counts.values()), default=1)
    measured = np.empty((draws, len(material.techniques), len(material.factors)))
    for place, name in enumerate(material.techniques):
        if name in material.speak:
            matrix = material.speak[name]
            measured[:, place] = counts[name] @ matrix if name in counts else matrix.sum(axis=0)
            continue
        measured[:, place] = material.fixed[name]
        if material.panel is not None and material.panel[0] == name and panellists is not None:
            panel = material.panel[1]
            medians = resampling.weighted_medians(panel.ratings, panellists)
            drawn = np.nan_to_num(medians) @ panel.shares
            was_asked = ~np.isnan(material.fixed[name]) & (panel.shares.sum(axis=0) > 0)
            measured[:, place] = np.where(was_asked, drawn, material.fixed[name])
        measured[:, place, material.rejected] = 0.0
    return measured


def strengths(material: Material, measured: np.ndarray) -> np.ndarray:
    """The strength of each factor for each draw of measures: (draws, factors); see strength.py."""
    draws, number, size = measured.shape
    stand = np.empty(measured.shape)
    for place in range(number):
        stand[:, place] = standings(measured[:, place], measured[:, place])
    total, weight = np.zeros((draws, size)), np.zeros((draws, size))
    for line, members in material.lines.items():
        if not members:
            continue
        was_asked = ~np.isnan(stand[:, members])
        number_asked = was_asked.sum(axis=1)
        mean = np.nansum(stand[:, members], axis=1) / np.maximum(number_asked, 1)
        total += material.weights[line] * np.where(number_asked > 0, mean, 0.0)
        weight += material.weights[line] * (number_asked > 0)
    return np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)


def bootstrap(material: Material, draws: int, seed: int) -> np.ndarray:
    """The strengths in draws of the sources and the panellists: (draws, factors)."""
    random = np.random.default_rng(seed)
    counts = {
        name: resampling.resampled(len(units), draws, random)
        for name, units in material.sources.items()
        if name not in FOLLOW
    }
    people = None
    if material.panel is not None:
        people = resampling.resampled(len(material.panel[1].panellists), draws, random)
    return strengths(material, measures(material, counts, people))


def left_out(material: Material, countries: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str, np.ndarray]]:
    """What is left out (kind and name) and the strengths without it.

    countries: of (technique, source), and of (technique of the panel, panellist). Without the studies nobody
    could say which way their topics point, so that these are left out with them.
    """
    all_measures = measures(material, {})
    for place, name in enumerate(material.techniques):
        without = all_measures.copy()
        dropped = [place, *(n for n, other in enumerate(material.techniques) if FOLLOW.get(other) == name)]
        without[:, dropped] = np.nan
        yield "technique", name, strengths(material, without)[0]
    for country in sorted(set(countries.values()) - {""}):
        counts = {
            name: np.array([[float(countries.get((name, unit)) != country) for unit in units]])
            for name, units in material.sources.items()
        }
        people = _panellists(material, lambda name, _, c=country: countries.get(name) != c)
        if all(rows.all() for rows in counts.values()) and (people is None or people.all()):
            continue
        yield "country", country, strengths(material, measures(material, counts, people))[0]
    groups = sorted(set(material.panel[1].groups) - {""}) if material.panel else []
    for group in groups if len(groups) > 1 else []:
        people = _panellists(material, lambda _, panel_group, g=group: panel_group != g)
        yield "panel group", group, strengths(material, measures(material, {}, people))[0]


def _panellists(material: Material, is_kept) -> np.ndarray | None:
    if material.panel is None:
        return None
    technique, panel = material.panel
    people = zip(panel.panellists, panel.groups, strict=True)
    return np.array([[int(is_kept((technique, name), group)) for name, group in people]])


def robustness_table(
    material: Material, names: Mapping[str, str], drawn: np.ndarray, left_out_ranks: pd.DataFrame, leading: int
) -> pd.DataFrame:
    """Intervals of strength and rank, and the ranks with one thing left out (ROBUSTNESS)."""
    base = strengths(material, measures(material, {}))[0]
    places = resampling.ranks(drawn)
    low, high = resampling.interval(drawn)
    rank_low, rank_high = resampling.interval(places.astype(float))
    ranges = left_out_ranks.groupby("factor")["rank"].agg(["min", "max"]) if len(left_out_ranks) else None
    place = resampling.ranks(base)
    table = pd.DataFrame(
        {
            "factor": material.factors,
            "name": [names[factor] for factor in material.factors],
            "strength": base,
            "low": low,
            "high": high,
            "rank": place,
            "rank_low": np.floor(rank_low).astype(int),
            "rank_high": np.ceil(rank_high).astype(int),
            "leads": (places <= leading).mean(axis=0),
            "left_out_low": [
                place[n] if ranges is None else min(place[n], ranges.loc[factor, "min"])
                for n, factor in enumerate(material.factors)
            ],
            "left_out_high": [
                place[n] if ranges is None else max(place[n], ranges.loc[factor, "max"])
                for n, factor in enumerate(material.factors)
            ],
        }
    )
    return table[list(ROBUSTNESS.columns)].sort_values("rank", kind="stable")


def left_out_table(material: Material, countries: Mapping[tuple[str, str], str]) -> pd.DataFrame:
    """The strength and rank of each factor with one thing left out (LEFT_OUT)."""
    parts = [
        pd.DataFrame(
            {
                "kind": kind,
                "left_out": name,
                "factor": material.factors,
                "strength": values,
                "rank": resampling.ranks(values),
            }
        )
        for kind, name, values in left_out(material, countries)
    ]
    columns = list(LEFT_OUT.columns)
    return pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns)


def smallest_changes(material: Material, names: Mapping[str, str], leading: int) -> pd.DataFrame:
    """Of each leading factor the fewest sources of one technique whose loss ends its lead.

    Columns as in SMALLEST_CHANGE, the smallest first; factors that no loss within one technique takes
    from the lead are left out.
    """
    all_measures = measures(material, {})
    base = strengths(material, all_measures)[0]
    before = resampling.ranks(base)
    rows = []
    for factor in np.flatnonzero((before <= leading) & (base > 0)):
        options = []
        for place, technique in enumerate(material.techniques):
            if technique not in material.speak or technique in FOLLOW:
                continue
            n_sources = int(all_measures[0, place, factor])
            if not n_sources:
                continue
            reduced = np.repeat(all_measures, n_sources, axis=0)
            reduced[:, place, factor] = np.arange(n_sources - 1, -1, -1)
            reduced_strengths = strengths(material, reduced)
            out = np.flatnonzero(resampling.ranks(reduced_strengths)[:, factor] > leading)
            if len(out):
                options.append((int(out[0]) + 1, n_sources, technique, reduced_strengths[out[0]]))
        if not options:
            continue
        removed, n_sources, technique, reduced_strengths = min(options, key=lambda option: option[:3])
        after = resampling.ranks(reduced_strengths)
        risen = [n for n in np.argsort(after, kind="stable") if before[n] > leading >= after[n]]
        riser = material.factors[risen[0]] if risen else ""
        factor_id = material.factors[factor]
        rows.append((factor_id, names[factor_id], technique, n_sources, removed, riser, names.get(riser, "")))
    columns = ["factor", "name", "technique", "sources", "removed", "rises", "rises_name"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["removed", "factor"], kind="stable")


def countries_of(
    documents: pd.DataFrame, transcripts: pd.DataFrame, panel: pd.DataFrame | None = None
) -> dict[tuple[str, str], str]:
    """The country of each document, interview and panellist, by technique and id, where it is known."""
    parts: Sequence[tuple[str, pd.DataFrame | None, str]] = (
        ("desk", documents, "document"),
        ("interviews", transcripts, "transcript"),
        ("delphi", panel, "panellist"),
    )
    return {
        (technique, name): country
        for technique, table, column in parts
        if table is not None and "country" in table
        for name, country in zip(table[column], table["country"], strict=True)
        if name and country
    }
