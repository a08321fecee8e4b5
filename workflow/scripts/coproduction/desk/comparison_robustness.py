"""The comparison under all choices at once, its components, and groups of countries."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core import accounting, countries
from coproduction.desk.comparison import Dimension, dimensions, in_use
from coproduction.desk.settings import OVERALL, DeskSettings
from coproduction.desk.tables import COMPONENTS, COUNTRY_GROUPS, GROUP_NUMBERS, RANK_CHOICES, RANK_UNCERTAINTY
from coproduction.methods import clusters, composite, composite_uncertainty
from coproduction.methods.imputation import impute

CHOICES = ("normalisation", "outliers", "imputation", "aggregation")
OUTLIERS, IMPUTATIONS = ("keep", "winsorise"), ("none", "median", "neighbours")
MOST_GROUPS, BOOTSTRAPS = 7, 200


def vary(
    values: pd.DataFrame, codebook: pd.DataFrame, scores: pd.DataFrame, settings: DeskSettings, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """RANK_UNCERTAINTY and RANK_CHOICES: every choice and all weights drawn together."""
    wide = in_use(values)
    parts = dimensions(wide, codebook, settings.model_copy(update={"imputation": "none"}))
    nothing = accounting.table([], RANK_UNCERTAINTY), accounting.table([], RANK_CHOICES)
    if not parts or not settings.uncertainty_draws:
        return nothing
    columns = [name for part in parts for name in part.normalised]
    groups = [n for n, part in enumerate(parts) for _ in part.normalised]
    taking_part = np.stack([_taking_part(part, settings) for part in parts], axis=1)
    tables = dict(_tables(wide[columns], parts))
    drawn, overall_draws = composite_uncertainty.joint_draws(
        tables, CHOICES, groups, taking_part, settings.uncertainty_draws, seed
    )
    names = [part.name for part in parts] + [OVERALL] * (len(parts) > 1)
    ranks, shares = [], []
    for name, draws in zip(names, [*drawn, overall_draws], strict=False):
        observed_ranks = scores[scores["dimension"] == name].set_index("country")["rank"].reindex(wide.index)
        ranks += _spread(name, observed_ranks, draws)
        explained = composite_uncertainty.shares_of_variance(
            draws, observed_ranks.to_numpy(dtype=float, na_value=np.nan)
        )
        shares += [{"dimension": name, "choice": c, "share": s} for c, s in explained.items()]
    return accounting.table(ranks, RANK_UNCERTAINTY), accounting.table(shares, RANK_CHOICES)


def _taking_part(part: Dimension, settings: DeskSettings) -> np.ndarray:
    scores = composite.aggregate(
        part.normalised, part.weights[part.normalised.columns], "arithmetic", settings.minimum_share
    )
    return scores["score"].notna().to_numpy()


def _tables(wide: pd.DataFrame, parts: list[Dimension]) -> Iterator[tuple[tuple, np.ndarray]]:
    """The normalised values by normalisation, treatment of outliers, imputation and aggregation."""
    lower = set().union(*(part.lower_better for part in parts))
    for outliers in OUTLIERS:
        treated = composite.winsorise(wide) if outliers == "winsorise" else wide
        for imputation in IMPUTATIONS if wide.isna().any(axis=None) else IMPUTATIONS[:1]:
            values = impute(treated, imputation)
            for how in composite.NORMALISATIONS:
                scaled = composite.normalise(values, lower, how).to_numpy()
                for aggregation in composite.AGGREGATIONS:
                    if (how, aggregation) in composite.variants():
                        yield (how, outliers, imputation, aggregation), scaled


def _spread(name: str, observed_ranks: pd.Series, draws: composite_uncertainty.Draws) -> list[dict]:
    is_ranked = ~np.isnan(draws.ranks).all(axis=0)
    low, median, high = np.full((3, len(observed_ranks)), np.nan)
    low[is_ranked], median[is_ranked], high[is_ranked] = np.percentile(draws.ranks[:, is_ranked], [5, 50, 95], axis=0)
    upper = (draws.ranks <= is_ranked.sum() / 3).mean(axis=0)
    return [
        {
            "dimension": name,
            "country": country,
            "rank": "" if pd.isna(rank) else int(rank),
            "median": median[n],
            "low": low[n],
            "high": high[n],
            "upper_third": upper[n] if is_ranked[n] else np.nan,
        }
        for n, (country, rank) in enumerate(observed_ranks.items())
    ]


def components(values: pd.DataFrame, codebook: pd.DataFrame, settings: DeskSettings) -> pd.DataFrame:
    """COMPONENTS: those with an eigenvalue above 1, and the first in any case."""
    rows = []
    for part in dimensions(in_use(values), codebook, settings):
        eigenvalues, loadings = composite.principal_components(part.normalised)
        for number, value in eigenvalues.items():
            if number == 1 or value > 1:
                rows += [
                    {
                        "dimension": part.name,
                        "component": number,
                        "eigenvalue": value,
                        "share": value / len(eigenvalues),
                        "indicator": indicator,
                        "loading": loading,
                    }
                    for indicator, loading in loadings[number].items()
                ]
    return accounting.table(rows, COMPONENTS)


def group_countries(
    values: pd.DataFrame, groups_of_study: dict[str, str], seed: int, codebook: pd.DataFrame, settings: DeskSettings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """COUNTRY_GROUPS and GROUP_NUMBERS, by the standardised indicators of all dimensions.

    Missing values take the mean of the five countries that are most alike; countries with fewer than
    the least share of all indicators are left out.
    """
    wide = in_use(values)
    wide = wide[wide.notna().mean(axis=1) >= settings.minimum_share] if len(wide) else wide
    filled = impute(wide, "neighbours")
    scaled = composite.normalise(filled, set(), "zscore").dropna(axis="columns")
    nothing = accounting.table([], COUNTRY_GROUPS), accounting.table([], GROUP_NUMBERS)
    if len(scaled) < 4 or scaled.shape[1] < 2:
        return nothing
    points = scaled.to_numpy()
    between = clusters.distances(points)
    in_study = np.array([country in groups_of_study for country in scaled.index])
    labels = np.array([groups_of_study.get(country, "") for country in scaled.index])
    partitions = {}
    for k in range(2, min(MOST_GROUPS, len(scaled) - 1) + 1):
        partitions[k] = clusters.ward(points, k), clusters.k_medoids(between, k)
    widths = {k: float(clusters.silhouette(between, ward_groups).mean()) for k, (ward_groups, _) in partitions.items()}
    best = max(widths, key=lambda k: (round(widths[k], 10), -k))
    numbers = [
        {
            "groups": k,
            "chosen": "yes" if k == best else "no",
            "ward": widths[k],
            "medoids": float(clusters.silhouette(between, medoid_groups).mean()),
            "agreement": clusters.adjusted_rand(ward_groups, medoid_groups),
            "given": clusters.adjusted_rand(ward_groups[in_study], labels[in_study]) if in_study.sum() > 3 else "",
        }
        for k, (ward_groups, medoid_groups) in partitions.items()
    ]
    ward_groups, medoid_groups = partitions[best]
    stable = clusters.stability(points, ward_groups, BOOTSTRAPS, seed)
    width = clusters.silhouette(between, ward_groups)
    names = countries.short_names(scaled.index)
    rows = [
        {
            "country": country,
            "name": names[country],
            "group": int(ward_groups[n]),
            "silhouette": width[n],
            "medoid_group": int(medoid_groups[n]),
            "stability": stable[ward_groups[n] - 1],
            "given": groups_of_study.get(country, ""),
        }
        for n, country in enumerate(scaled.index)
    ]
    return accounting.table(rows, COUNTRY_GROUPS), accounting.table(numbers, GROUP_NUMBERS)


def read_groups(path: str | Path | None) -> dict[str, str]:
    """The classification of the study: country code to group; empty without a file.

    Raises StudyError for a name that is no country and a country in two groups.
    """
    if path is None:
        return {}
    from coproduction.core import people_tables
    from coproduction.core.errors import StudyError, raise_all
    from coproduction.desk.tables import STUDY_COUNTRY_GROUPS

    table = people_tables.read_people_table(path, STUDY_COUNTRY_GROUPS)
    codes = countries.iso3(table["country"])
    group_of: dict[str, str] = {}
    errors = []
    for row, entry in zip(table.index, table.itertuples(index=False), strict=True):
        code = codes.get(entry.country)
        if not code:
            problem = f"'{entry.country}' is not a country"
        elif group_of.setdefault(code, entry.group) != entry.group:
            problem = f"{entry.country} is in two groups"
        else:
            continue
        errors.append(StudyError(problem, file=path, row=int(row), column="country", remedy="Correct the row"))
    raise_all(errors)
    return group_of
