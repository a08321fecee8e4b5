"""Every public statistic of the Delphi with nobody, one, two, all equal and all missing.

Each gives a number within its bounds, or NaN (or an empty word); never an error, a warning or a
number made up of nothing.
"""

import inspect
import warnings

import numpy as np
import pandas as pd
import pytest
from coproduction.methods import (
    agreement,
    alpha,
    consensus,
    distributions,
    fuzzy,
    group_comparison,
    ranking_type,
    stability,
)

NAN, POINTS = float("nan"), np.arange(1.0, 10)
LIMITS = consensus.Limits(distributions.Scale(1, 9, 3, 7))


def numbers(*values):
    return np.array(values, float)


def draws():
    return np.random.default_rng(1)


def at(point, n=1, statements=1):
    """Counts of `n` ratings at one point of nine."""
    return np.tile(np.eye(9, dtype=int)[point - 1] * n, (statements, 1))


PAIRS = {
    "nobody": (numbers(), numbers()),
    "one": (numbers(5), numbers(6)),
    "two": (numbers(5, 6), numbers(6, 6)),
    "equal": (numbers(5, 5, 5), numbers(5, 5, 5)),
    "missing": (numbers(NAN, NAN), numbers(NAN, NAN)),
}
COUNTS = {
    "no statement": np.zeros((0, 9), int),
    "nobody": np.zeros((2, 9), int),
    "one": at(5),
    "two": at(5, 2),
    "equal": at(9, 12),
}
TABLES = {
    "no rater": np.zeros((3, 0)),
    "no subject": np.zeros((0, 3)),
    "one rater": np.ones((3, 1)),
    "one subject": np.ones((1, 3)),
    "two": numbers(1, 2, 2, 1).reshape(2, 2),
    "equal": np.full((4, 3), 5.0),
    "missing": np.full((4, 3), NAN),
}


def thirds(pair):
    return tuple(stability.thirds(side, 3, 7) for side in pair)


def crossed(pair):
    return stability.crossed_thirds(*thirds(pair))


# What each function is called with, by kind; and the kinds for which it has nothing to say.
ON_PAIRS = {
    stability.paired: (lambda p: stability.paired(*p)[0].sum(), ()),
    stability.unchanged: (lambda p: stability.unchanged(*p), ("nobody", "missing")),
    stability.net_change: (lambda p: stability.net_change(*p), ("nobody", "missing")),
    stability.variation: (lambda p: stability.variation(p[0]), ("nobody", "one", "missing")),
    stability.signed_rank: (lambda p: stability.signed_rank(*p), ("nobody", "missing")),
    stability.mcnemar: (lambda p: stability.mcnemar(p[0] >= 7, p[1] >= 7), ("nobody",)),
    stability.spearman: (lambda p: stability.spearman(*p), tuple(PAIRS)),
    stability.thirds: (lambda p: stability.thirds(p[0], 3, 7), ()),
    stability.crossed_thirds: (crossed, ()),
    stability.chi_square: (lambda p: stability.chi_square(crossed(p)).p, tuple(PAIRS)),
    stability.group_stability: (lambda p: stability.group_stability(*thirds(p)).p, tuple(PAIRS)),
    stability.individual_stability: (lambda p: stability.individual_stability(crossed(p)).p, tuple(PAIRS)),
    stability.association: (lambda p: stability.association(crossed(p)), tuple(PAIRS)),
    stability.permuted_independence: (lambda p: stability.permuted_independence(crossed(p), draws()), tuple(PAIRS)),
    stability.homogeneity: (lambda p: stability.homogeneity(crossed(p)), ("nobody", "missing")),
    agreement.weighted_kappa: (
        lambda p: [agreement.weighted_kappa(*p, POINTS, w) for w in ("linear", "quadratic")],
        ("nobody", "equal", "missing"),
    ),
    agreement.cross_table: (lambda p: agreement.cross_table(*p, POINTS) if not np.isnan(p[0]).any() else 0, ()),
    agreement.cohen_kappa: (lambda p: agreement.cohen_kappa(crossed(p)).value, tuple(PAIRS)),
    agreement.pabak: (lambda p: agreement.pabak(crossed(p)).value, ("nobody", "missing")),
}
NONE = ("no statement", "nobody")
ON_COUNTS = {
    distributions.quantile: (
        lambda c: [distributions.quantile(c, 0.3, POINTS, m) for m in distributions.QUANTILES],
        ("nobody",),
    ),
    distributions.median: (lambda c: distributions.median(c, POINTS), ("nobody",)),
    distributions.mean_and_sd: (lambda c: distributions.mean_and_sd(c, POINTS)[1], ("nobody", "one")),
    distributions.share: (lambda c: distributions.share(c, LIMITS.scale.high), ("nobody",)),
    distributions.bimodality: (lambda c: distributions.bimodality(c, POINTS), ("nobody", "one", "two", "equal")),
    consensus.verdicts: (lambda c: [consensus.verdicts(c, r, LIMITS, c.sum(-1)) for r in consensus.RULES], ()),
    consensus.made_for: (lambda c: consensus.made_for("rand", LIMITS), ()),
    consensus.fits: (lambda c: consensus.fits(LIMITS), ()),
    consensus.is_split: (lambda c: consensus.is_split(c, LIMITS), ()),
    consensus.on_nine: (lambda c: consensus.on_nine(c, LIMITS), ()),
    consensus.nine_points: (lambda c: consensus.nine_points(c, LIMITS.scale), ()),
    consensus.chances: (
        lambda c: consensus.chances(c, np.zeros(len(c), int), LIMITS, 100, draws())["iqr"],
        ("nobody",),
    ),
    consensus.certainty: (
        lambda c: consensus.certainty(
            consensus.chances(c, np.zeros(len(c), int), LIMITS, 100, draws())["iqr"],
            consensus.verdicts(c, "iqr", LIMITS),
        ),
        ("nobody",),
    ),
    consensus.hinges_on_one: (lambda c: consensus.hinges_on_one(c, np.zeros(len(c), int), "rand", LIMITS), ()),
    consensus.rand: (lambda c: consensus.rand(c, "linear").index, ("nobody",)),
    consensus.rand_classic: (consensus.rand_classic, ("nobody", "one", "two")),
    consensus.tertile: (consensus.tertile, ()),
    group_comparison.midranks: (group_comparison.midranks, ()),
    group_comparison.cliffs_delta: (lambda c: group_comparison.cliffs_delta(c, c), ("nobody",)),
    group_comparison.kruskal_wallis: (
        lambda c: group_comparison.kruskal_wallis(np.stack([c, c]))[0],
        ("nobody", "one", "two", "equal"),
    ),
    group_comparison.differ: (
        lambda c: group_comparison.differ(np.stack([c, c]), [1]),
        ("nobody", "one", "two", "equal"),
    ),
    agreement.mean_agreement: (agreement.mean_agreement, (*NONE, "one")),
    agreement.gwet_ac1: (lambda c: agreement.gwet_ac1(c).value, (*NONE, "one")),
    agreement.gwet_ac2: (lambda c: agreement.gwet_ac2(c, POINTS), (*NONE, "one")),
    agreement.fleiss_kappa: (lambda c: agreement.fleiss_kappa(c).value, tuple(COUNTS)),
    agreement.mean_pabak: (lambda c: agreement.mean_pabak(c).value, (*NONE, "one")),
    agreement.krippendorff_alpha: (
        lambda c: [agreement.krippendorff_alpha(c), agreement.krippendorff_alpha(c, POINTS)],
        tuple(COUNTS),
    ),
    alpha.nominal_distances: (lambda c: alpha.nominal_distances(len(c)).sum(), ()),
    alpha.masi_distances: (lambda c: alpha.masi_distances(c > 0).sum(), ()),
    alpha.Alpha: (lambda c: alpha.Alpha([[]] * len(c)).value(), tuple(COUNTS)),
    fuzzy.judge: (lambda c: fuzzy.judge(c, fuzzy.usual_numbers(9), 0.2, 0.75, 0.5)["score"], ("nobody",)),
    fuzzy.judge_max_min: (lambda c: fuzzy.judge_max_min(c, fuzzy.usual_numbers(9), 0.5)["value"], ("nobody",)),
    fuzzy.distance: (lambda c: fuzzy.distance(np.zeros((len(c), 3)), np.zeros(3)), ()),
    fuzzy.max_min: (
        lambda c: fuzzy.max_min(np.full((len(c), 3), NAN), np.full((len(c), 3), NAN))["value"],
        ("nobody", "one", "two", "equal"),
    ),
    fuzzy.usual_numbers: (lambda c: [fuzzy.usual_numbers(k).sum() for k in (1, 2, 3, 5, 7)], ()),
}
ALL_BUT_TWO = tuple(kind for kind in TABLES if kind != "two")
ON_TABLES = {
    distributions.tally: (lambda t: distributions.tally(t, LIMITS.scale), ()),
    stability.friedman: (lambda t: stability.friedman(t.T), tuple(TABLES)),
    ranking_type.kendall_w: (lambda t: ranking_type.kendall_w(t).w, ALL_BUT_TWO),
    ranking_type.permuted_p: (lambda t: ranking_type.permuted_p(t, draws()), ALL_BUT_TWO),
    ranking_type.top_weights: (lambda t: ranking_type.top_weights(np.nan_to_num(t), 2), ()),
    ranking_type.overlap: (
        lambda t: ranking_type.overlap(ranking_type.top_weights(np.nan_to_num(t), 2), 2),
        ("no rater", "no subject", "one rater"),
    ),
    ranking_type.level: (lambda t: ranking_type.level(NAN), ()),
    agreement.ordinal_alpha: (agreement.ordinal_alpha, ALL_BUT_TWO),
    agreement.ratio_alpha: (agreement.ratio_alpha, ALL_BUT_TWO),
    agreement.interval_alpha: (agreement.interval_alpha, ALL_BUT_TWO),
    agreement.rating_counts: (lambda t: agreement.rating_counts(pd.DataFrame(t), POINTS), ()),
    alpha.masi: (lambda t: alpha.masi(frozenset(), frozenset()), ()),
    agreement.describe_kappa: (lambda t: agreement.describe_kappa(NAN), ()),
    group_comparison.holm: (lambda t: group_comparison.holm(np.full(len(t), NAN)), ALL_BUT_TWO[1:]),
    group_comparison.benjamini_hochberg: (
        lambda t: group_comparison.benjamini_hochberg(np.full(len(t), NAN)),
        ALL_BUT_TWO[1:],
    ),
}
CASES = [
    (function, kind, given[kind], call, empty)
    for calls, given in ((ON_PAIRS, PAIRS), (ON_COUNTS, COUNTS), (ON_TABLES, TABLES))
    for function, (call, empty) in calls.items()
    for kind in given
]


@pytest.mark.parametrize(
    ("function", "kind", "given", "call", "empty"), CASES, ids=[f"{case[0].__name__}, {case[1]}" for case in CASES]
)
def test_a_number_or_nothing(function, kind, given, call, empty):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = call(given)
    values = np.asarray(found)
    if values.dtype.kind == "f" and function not in (group_comparison.holm, group_comparison.benjamini_hochberg):
        nothing = bool(np.isnan(values).all()) and values.size > 0
        assert nothing == (kind in empty), found
        assert not np.isinf(values).any()


def test_every_public_function_is_in_the_table():
    listed = {function.__name__ for function, *_ in CASES}
    for module in (agreement, alpha, consensus, distributions, fuzzy, group_comparison, ranking_type, stability):
        own = {
            name
            for name, value in inspect.getmembers(module, inspect.isroutine)
            if value.__module__ == module.__name__ and not name.startswith("_")
        }
        assert own <= listed, (module.__name__, sorted(own - listed))
