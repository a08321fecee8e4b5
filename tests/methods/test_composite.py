"""Composite indicators against COINr's published stages and against small worked examples."""

import numpy as np
import pandas as pd
import pytest
from coproduction.methods import composite

EXAMPLE = pd.DataFrame(
    {"a": [1.0, 2.0, 4.0], "b": [30.0, 20.0, 10.0], "c": [5.0, np.nan, 7.0]}, index=["AUT", "BEL", "CHE"]
)


def equal(frame):
    return pd.Series(1.0, index=frame.columns)


def test_minmax_turns_indicators_in_which_less_is_better():
    found = composite.normalise(EXAMPLE, {"b"}, "minmax")
    assert found["a"].tolist() == pytest.approx([0, 100 / 3, 100])
    assert found["b"].tolist() == pytest.approx([0, 50, 100])
    assert np.isnan(found.loc["BEL", "c"])


def test_zscore_has_mean_zero_and_sample_deviation_one():
    found = composite.normalise(EXAMPLE, set(), "zscore")
    assert found.mean().tolist() == pytest.approx([0, 0, 0])
    assert found["a"].tolist() == pytest.approx([-0.872872, -0.218218, 1.091089], abs=1e-6)


def test_rank_normalisation_shares_ties():
    found = composite.normalise(pd.DataFrame({"a": [1, 1, 2, 3]}), set(), "rank")
    assert found["a"].tolist() == pytest.approx([25, 25, 62.5, 87.5])


@pytest.mark.parametrize("how", composite.NORMALISATIONS)
def test_a_constant_indicator_separates_nobody(how):
    found = composite.normalise(pd.DataFrame({"a": [3.0, 3.0, 3.0]}), set(), how)
    assert found["a"].isna().all()


def test_a_country_below_the_minimum_share_gets_no_score():
    data = pd.DataFrame({"a": [0.0, 50.0], "b": [100.0, np.nan], "c": [50.0, np.nan]})
    found = composite.aggregate(data, equal(data), "arithmetic", 0.5)
    assert found.loc[0, "score"] == pytest.approx(50)
    assert np.isnan(found.loc[1, "score"])
    assert found.loc[1, ["n", "share"]].tolist() == pytest.approx([1, 1 / 3])


def test_exactly_the_minimum_share_is_enough():
    data = pd.DataFrame({name: [1.0] for name in "ab"} | {"c": [np.nan]})
    assert composite.aggregate(data, equal(data), "arithmetic", 2 / 3)["score"].notna().all()


def test_geometric_mean_moves_the_scale_to_one_to_hundred():
    data = pd.DataFrame({"a": [0.0], "b": [100.0]})
    found = composite.aggregate(data, equal(data), "geometric", 1)
    assert found.loc[0, "score"] == pytest.approx(10)


def test_geometric_never_exceeds_arithmetic():
    data = pd.DataFrame(np.random.default_rng(1).uniform(0, 100, (40, 5)))
    weights = pd.Series([1, 2, 1, 1, 3.0])
    moved = 1 + data * 0.99
    arithmetic = composite.aggregate(moved, weights, "arithmetic", 1)["score"]
    geometric = composite.aggregate(data, weights, "geometric", 1)["score"]
    assert (geometric <= arithmetic + 1e-9).all()


def test_zscores_have_no_geometric_mean():
    scores = composite.normalise(EXAMPLE, set(), "zscore")
    with pytest.raises(ValueError, match="positive"):
        composite.aggregate(scores, equal(scores), "geometric", 0)
    assert ("zscore", "geometric") not in composite.variants()


def test_ranks_with_ties_and_gaps():
    found = composite.rank(pd.Series([5.0, 9.0, 9.0, np.nan, 1.0]))
    assert found.tolist()[:3] == [3, 1, 1]
    assert np.isnan(found[3])
    assert found[4] == 4


def test_an_indicator_that_repeats_another_does_not_move_the_ranks():
    data = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 2, 3, 4]}, index=list("wxyz"))
    found = composite.variant_ranks(data, set(), equal(data), 0.5, ("minmax", "arithmetic"))
    assert set(found.columns) >= {"minmax, arithmetic", "rank, geometric", "without a"}
    assert (found.max(axis=1) == found.min(axis=1)).all()


def test_weight_uncertainty_leaves_a_dominating_country_first():
    data = pd.DataFrame({"a": [100, 90, 0], "b": [100, 0, 90]}, index=["X", "Y", "Z"], dtype=float)
    found = composite.weight_uncertainty(data, "arithmetic", 0.5, 500, 7)
    assert found.loc["X"].tolist() == [1, 1, 1]
    assert found.loc["Y", ["low", "high"]].tolist() == [2, 3]
    again = composite.weight_uncertainty(data, "arithmetic", 0.5, 500, 7)
    pd.testing.assert_frame_equal(found, again)


def test_winsorise_pulls_in_one_high_and_one_low_outlier_and_leaves_the_rest():
    plain = [float(n) for n in range(1, 21)]
    data = pd.DataFrame({"high": [*plain, 500.0], "low": [*plain, -500.0], "none": [*plain, 21.0]})
    data.loc[0, "none"] = np.nan
    found = composite.winsorise(data)
    assert found["high"].max() == 20
    assert found["low"].min() == 1
    pd.testing.assert_series_equal(found["none"], data["none"])


def test_alpha_of_standardised_items_equals_the_mean_correlation_formula():
    """For standardised items alpha = k r / (1 + (k - 1) r) with the mean correlation r."""
    data = np.random.default_rng(3).normal(size=(60, 4)) + np.random.default_rng(4).normal(size=(60, 1))
    scores = composite.normalise(pd.DataFrame(data), set(), "zscore")
    r = np.corrcoef(data.T)[np.triu_indices(4, 1)].mean()
    alpha, n = composite.cronbach_alpha(scores)
    assert (alpha, n) == (pytest.approx(4 * r / (1 + 3 * r)), 60)


def test_alpha_needs_two_indicators_and_three_complete_countries():
    assert np.isnan(composite.cronbach_alpha(EXAMPLE[["a"]])[0])
    alpha, n = composite.cronbach_alpha(EXAMPLE)
    assert np.isnan(alpha)
    assert n == 2


def test_correlations_are_spearmans():
    from scipy.stats import spearmanr

    data = pd.DataFrame(np.random.default_rng(5).normal(size=(20, 2)), columns=["p", "q"])
    found = composite.correlations(data)
    assert found.loc[0, "rho"] == pytest.approx(spearmanr(data["p"], data["q"]).statistic)


# COINr 1.1.14 on the ASEM data: 51 countries, 49 indicators, two levels of groups.


@pytest.fixture(scope="module")
def asem(shared_data):
    folder = shared_data / "coinr"
    read = {
        name: pd.read_csv(folder / f"expected_{name}.csv", index_col="uCode")
        for name in ("Imputed", "Treated", "Normalised", "Aggregated")
    }
    read["meta"] = pd.read_csv(folder / "ASEM_iMeta.csv", index_col="iCode")
    read["table"] = pd.read_csv(folder / "expected_results_table.csv", index_col="uCode")
    return read


def test_outliers_treated_as_in_coinr(asem):
    found = composite.winsorise(asem["Imputed"])
    expected = asem["Treated"][found.columns]
    assert (found != asem["Imputed"]).any().sum() == 15
    pd.testing.assert_frame_equal(found, expected, rtol=1e-12, check_dtype=False)


def test_normalised_as_in_coinr(asem):
    meta = asem["meta"]
    lower = set(meta.index[meta["Direction"].eq(-1)])
    found = composite.normalise(asem["Treated"], lower, "minmax")
    expected = asem["Normalised"][found.columns]
    pd.testing.assert_frame_equal(found, expected, rtol=1e-9, atol=1e-9, check_dtype=False)


def test_aggregated_as_in_coinr(asem):
    meta, expected = asem["meta"], asem["Aggregated"]
    level = asem["Normalised"]
    for depth in (2, 3, 4):
        groups = meta.index[meta["Level"].eq(depth)]
        found = {}
        for group in groups:
            inside = meta.index[meta["Parent"].eq(group) & meta["Level"].eq(depth - 1)]
            weights = meta.loc[inside, "Weight"]
            found[group] = composite.aggregate(level[inside], weights, "arithmetic", 0)["score"]
        level = pd.DataFrame(found)
        pd.testing.assert_frame_equal(level, expected[list(groups)], rtol=1e-9, atol=1e-9, check_names=False)
    ranks = composite.rank(level["Index"])
    assert ranks.reindex(asem["table"].index).tolist() == asem["table"]["Rank"].tolist()


def test_imputed_values_do_not_count_towards_the_share():
    data = pd.DataFrame({"a": [0.0, 50.0], "b": [100.0, 100.0], "c": [50.0, 30.0]})
    measured = pd.DataFrame({"a": [True, True], "b": [True, False], "c": [True, False]})
    found = composite.aggregate(data, equal(data), "arithmetic", 0.5, measured)
    assert found.loc[0, "score"] == pytest.approx(50)
    assert np.isnan(found.loc[1, "score"])
    found = composite.aggregate(data, equal(data), "arithmetic", 0.3, measured)
    assert found.loc[1, ["score", "n", "share"]].tolist() == pytest.approx([60, 1, 1 / 3])


def test_components_are_those_of_scikit_learn():
    from sklearn.decomposition import PCA

    chance = np.random.default_rng(4)
    data = pd.DataFrame(chance.normal(size=(40, 4)) + chance.normal(size=(40, 1)), columns=list("abcd"))
    scaled = (data - data.mean()) / data.std(ddof=1)
    theirs = PCA().fit(scaled)
    values, loadings = composite.principal_components(data)
    np.testing.assert_allclose(values, theirs.explained_variance_)
    expected = np.abs(theirs.components_.T * np.sqrt(theirs.explained_variance_))
    np.testing.assert_allclose(loadings.abs(), expected, atol=1e-9)
    assert (loadings.abs().max() == loadings.max()).all()
