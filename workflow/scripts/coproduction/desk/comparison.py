"""The comparison of countries: scores, ranks and how much they depend on the method."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from coproduction.core import accounting, countries
from coproduction.desk.settings import OVERALL, DeskSettings
from coproduction.desk.tables import CONSISTENCY, CORRELATIONS, NORMALISED, RANKS, SCORES
from coproduction.methods import composite
from coproduction.methods.imputation import impute

EQUAL = "equal weights"


@dataclass(frozen=True)
class Comparison:
    """The tables NORMALISED, SCORES, RANKS, CONSISTENCY and CORRELATIONS."""

    normalised: pd.DataFrame
    scores: pd.DataFrame
    ranks: pd.DataFrame
    consistency: pd.DataFrame
    correlations: pd.DataFrame


@dataclass(frozen=True)
class Dimension:
    """One dimension: values and normalised values (countries x indicators) and their codebook."""

    name: str
    values: pd.DataFrame
    normalised: pd.DataFrame
    lower_better: set[str]
    weights: pd.Series
    measured: pd.DataFrame

    @property
    def weighted(self) -> bool:
        """Whether the indicators in use have different weights."""
        return len(set(self.weights[self.normalised.columns])) > 1


def compare(values: pd.DataFrame, codebook: pd.DataFrame, settings: DeskSettings, seed: int) -> Comparison:
    """Compare the countries in each dimension and over all (mean of the dimensions, all required)."""
    wide = in_use(values)
    parts = dimensions(wide, codebook, settings)
    ranked = {part.name: _variant_ranks(part, settings) for part in parts}
    scores = {part.name: _scores(part.normalised, part.weights, settings, seed, part.measured) for part in parts}
    overall, overall_ranks = _overall(parts, scores, ranked, settings, seed)
    if len(parts) > 1:
        scores[OVERALL], ranked[OVERALL] = overall, overall_ranks
    return Comparison(
        _long_normalised(values, parts),
        _long_scores(scores, ranked, parts),
        _long_ranks(ranked),
        accounting.table([_consistency(p, scores, ranked, settings) for p in parts], CONSISTENCY),
        _correlations(parts),
    )


def dimensions(wide: pd.DataFrame, codebook: pd.DataFrame, settings: DeskSettings) -> list[Dimension]:
    """The dimensions that have indicators, with values that are missing imputed as the settings say."""
    filled = impute(wide, settings.imputation)
    parts = [_dimension(name, wide, filled, codebook, settings) for name in settings.dimensions]
    return [part for part in parts if len(part.values.columns)]


def in_use(values: pd.DataFrame) -> pd.DataFrame:
    """The values in use, countries in rows and indicators in columns."""
    used = values[values["outcome"] == "used"]
    return used.pivot_table(index="country", columns="indicator", values="value").sort_index()


def _dimension(
    name: str, wide: pd.DataFrame, filled: pd.DataFrame, codebook: pd.DataFrame, settings: DeskSettings
) -> Dimension:
    entries = codebook[codebook["dimension"] == name]
    with_values = [code for code in entries["indicator"] if code in wide.columns]
    lower = set(entries.loc[entries["direction"] == "lower_better", "indicator"])
    pull = settings.outliers == "winsorise"
    values = composite.winsorise(wide[with_values]) if pull else wide[with_values]
    values = filled[with_values].where(values.isna(), values)
    normalised = composite.normalise(values, lower, settings.normalisation)
    weights = entries.set_index("indicator")["weight"][with_values]
    scaled = normalised.dropna(axis="columns", how="all")
    return Dimension(name, values, scaled, lower, weights, wide[with_values].notna())


def dimension_weights(names: list[str], settings: DeskSettings) -> pd.Series:
    """The weight of each dimension in the overall score; 1 where the settings say nothing."""
    return pd.Series({name: settings.dimension_weights.get(name, 1.0) for name in names})


def _equal(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(1.0, index=frame.columns)


def _scores(
    normalised: pd.DataFrame,
    weights: pd.Series,
    settings: DeskSettings,
    seed: int,
    measured: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Score, n, share, rank and the interval of the rank under random weights."""
    how, share = settings.aggregation, settings.minimum_share
    scored = composite.aggregate(normalised, weights[normalised.columns], how, share, measured)
    scored["rank"] = composite.rank(scored["score"])
    if settings.weight_draws and len(normalised.columns) > 1:
        drawn = composite.weight_uncertainty(normalised, how, share, settings.weight_draws, seed, measured)
        scored = scored.join(drawn[["low", "high"]])
    return scored.reindex(columns=["score", "n", "share", "rank", "low", "high"])


def _variant_ranks(part: Dimension, settings: DeskSettings) -> pd.DataFrame:
    values = part.values[part.normalised.columns]
    chosen = (settings.normalisation, settings.aggregation)
    weights = part.weights[values.columns]
    ranks = composite.variant_ranks(values, part.lower_better, weights, settings.minimum_share, chosen, part.measured)
    if part.weighted:
        equally_weighted = replace(part, weights=_equal(part.values))
        ranks[EQUAL] = composite.rank(_scores_alone(equally_weighted, settings))
    return ranks


def _overall(
    parts: list[Dimension], scores: dict, ranked: dict, settings: DeskSettings, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mean of the dimensions' scores, and its ranks without one dimension at a time.

    The variants of method change the scores of all dimensions at once.
    """
    dimension_scores = pd.DataFrame({part.name: scores[part.name]["score"] for part in parts})
    overall = settings.overall_aggregation
    strict = settings.model_copy(update={"aggregation": overall, "minimum_share": 1.0})
    weights = dimension_weights(list(dimension_scores), settings)
    overall_scores = _scores(dimension_scores, weights, strict, seed)
    ranks = {}
    for how, aggregation in composite.variants():
        variant = settings.model_copy(update={"normalisation": how, "aggregation": aggregation})
        ranks[f"{how}, {aggregation}"] = _overall_rank(parts, variant)
    pulled = [replace(part, values=composite.winsorise(part.values)) for part in parts]
    ranks["outliers winsorised"] = _overall_rank(pulled, settings)
    if any(part.weighted for part in parts):
        equally_weighted = [replace(part, weights=_equal(part.values)) for part in parts]
        ranks[EQUAL] = _overall_rank(equally_weighted, settings)
    for part in parts:
        remaining = dimension_scores.drop(columns=part.name)
        ranks[f"without {part.name}"] = composite.rank(
            composite.aggregate(remaining, weights.drop(part.name), overall, 1.0)["score"].where(
                dimension_scores.notna().all(axis=1)
            )
        )
    return overall_scores, pd.DataFrame(ranks)


def _overall_rank(parts: list[Dimension], settings: DeskSettings) -> pd.Series:
    means = pd.DataFrame({part.name: _scores_alone(part, settings) for part in parts})
    weights = dimension_weights(list(means), settings)
    # z-scores have no geometric mean
    how = "arithmetic" if settings.normalisation == "zscore" else settings.overall_aggregation
    return composite.rank(composite.aggregate(means, weights, how, 1.0)["score"])


def _scores_alone(part: Dimension, settings: DeskSettings) -> pd.Series:
    values = part.values[part.normalised.columns]
    normalised = composite.normalise(values, part.lower_better, settings.normalisation)
    how, share = settings.aggregation, settings.minimum_share
    weights = part.weights[values.columns]
    return composite.aggregate(normalised, weights, how, share, part.measured)["score"]


def _long_normalised(values: pd.DataFrame, parts: list[Dimension]) -> pd.DataFrame:
    used = values[values["outcome"] == "used"].set_index(["country", "indicator"])
    rows = []
    for part in parts:
        for code in part.values.columns:
            scale = part.normalised[code] if code in part.normalised else pd.Series(dtype=float)
            in_use = used.xs(code, level="indicator").sort_index()
            gaps = part.values.index[part.values[code].notna() & ~part.measured[code]]
            in_use = in_use.reindex([*in_use.index, *gaps])
            rows.append(
                pd.DataFrame(
                    {
                        "country": in_use.index,
                        "indicator": code,
                        "dimension": part.name,
                        "year": in_use["year"].to_numpy(),
                        "value": in_use["value"].fillna(part.values[code]).to_numpy(),
                        "normalised": scale.reindex(in_use.index).to_numpy(),
                        "imputed": ["no"] * (len(in_use) - len(gaps)) + ["yes"] * len(gaps),
                    }
                )
            )
    return pd.concat(rows, ignore_index=True) if rows else accounting.table([], NORMALISED)


def _long_scores(scores: dict, ranked: dict, parts: list[Dimension]) -> pd.DataFrame:
    sizes = {part.name: len(part.normalised.columns) for part in parts} | {OVERALL: len(parts)}
    pieces = []
    for dimension, table in scores.items():
        variants = ranked[dimension].reindex(table.index)
        pieces.append(
            pd.DataFrame(
                {
                    "country": table.index,
                    "dimension": dimension,
                    "score": table["score"].to_numpy(),
                    "indicators": table["n"].to_numpy(),
                    "of": sizes[dimension],
                    "rank": table["rank"].to_numpy(),
                    "best_rank": variants.min(axis=1).to_numpy(),
                    "worst_rank": variants.max(axis=1).to_numpy(),
                    "weights_low": table["low"].to_numpy(),
                    "weights_high": table["high"].to_numpy(),
                }
            )
        )
    if not pieces:
        return accounting.table([], SCORES)
    joined = pd.concat(pieces, ignore_index=True)
    whole_numbers = ["indicators", "of", "rank", "best_rank", "worst_rank"]
    joined[whole_numbers] = joined[whole_numbers].astype("Int64")
    names = countries.short_names(joined["country"])
    joined["name"] = joined["country"].map(names)
    return joined[list(SCORES.columns)]


def _long_ranks(ranked: dict) -> pd.DataFrame:
    pieces = [
        table.rename_axis("country")
        .reset_index()
        .melt(id_vars="country", var_name="variant", value_name="rank")
        .assign(dimension=dimension)
        for dimension, table in ranked.items()
    ]
    if not pieces:
        return accounting.table([], RANKS)
    joined = pd.concat(pieces, ignore_index=True)
    return joined.astype({"rank": "Int64"})[list(RANKS.columns)]


def _consistency(part: Dimension, scores: dict, ranked: dict, settings: DeskSettings) -> dict:
    standard = composite.normalise(part.values, part.lower_better, "zscore")
    alpha, complete = composite.cronbach_alpha(standard[part.normalised.columns])
    rho = composite.correlations(part.normalised)["rho"]
    shifts = ranked[part.name].sub(scores[part.name]["rank"], axis=0).abs().to_numpy().ravel()
    shifts = shifts[~np.isnan(shifts)]
    return {
        "dimension": part.name,
        "indicators": len(part.normalised.columns),
        "countries": int(scores[part.name]["score"].notna().sum()),
        "complete": complete,
        "alpha": _or_empty(alpha),
        "mean_rho": _or_empty(rho.mean()),
        "lowest_rho": _or_empty(rho.min()),
        "mean_shift": _or_empty(shifts.mean()) if len(shifts) else "",
        "largest_shift": int(shifts.max()) if len(shifts) else "",
    }


def _or_empty(value: float) -> float | str:
    return "" if pd.isna(value) else float(value)


def _correlations(parts: list[Dimension]) -> pd.DataFrame:
    pieces = [composite.correlations(part.normalised).assign(dimension=part.name) for part in parts]
    if not pieces:
        return accounting.table([], CORRELATIONS)
    joined = pd.concat(pieces, ignore_index=True).astype({"n": "Int64", "rho": float})
    return joined[list(CORRELATIONS.columns)]
