"""Numbers of a round: quantiles, RAND/UCLA, COMET, agreement, against published examples."""

import numpy as np
import pandas as pd
import pytest
from coproduction.delphi.consensus import limits_of
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods import consensus, stability
from coproduction.methods import distributions as st
from coproduction.methods.consensus import Limits
from coproduction.methods.group_comparison import benjamini_hochberg, holm
from coproduction.methods.ranking import kendall_w
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

NINE = st.Scale(1, 9, 3, 7)
FIVE = st.Scale(1, 5, 2, 4)


def test_example_of_bmj_open_2012():
    ratings = [4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9]
    counts = st.tally(ratings, NINE)
    for method in st.QUANTILES:
        found = consensus.rand(counts, method)
        assert st.median(counts, NINE.points)[0] == 7
        assert (found.p30[0], found.p70[0], found.ipr[0]) == (7, 8, 1)
        assert found.ipras[0] == pytest.approx(6.1)
        assert not found.disagreement[0]


def test_rand_cases_under_four_quantile_types(shared_data):
    cases = pd.read_csv(shared_data / "delphi" / "ram_cases.csv")
    assert len(cases) >= 28
    for case in cases.to_dict("records"):
        counts = st.tally([int(r) for r in case["ratings"].split()], NINE)
        found = consensus.rand(counts, case["method"])
        got = [found.p30, found.p70, found.ipr, found.ipras, found.index]
        wanted = [case[k] for k in ("p30", "p70", "IPR", "IPRAS", "DI")]
        np.testing.assert_allclose(np.concatenate(got), wanted, atol=1e-6, err_msg=case["case"])
        agree, disagree = consensus.rand_classic(counts)
        assert bool(agree[0]) == case["classic_agree"]
        assert bool(disagree[0]) == case["classic_dis"]
        assert bool(found.disagreement[0]) == case["dis_ipras"]
        rule = Limits(NINE, percentiles=case["method"])
        verdict = consensus.verdicts(counts, "rand", rule)[0]
        wanted = {"appropriate": ["in"], "inappropriate": ["out"], "uncertain": ["none", "split"]}
        assert verdict in wanted[case["level"]], case["case"]


@settings(max_examples=150, deadline=None)
@given(
    some.lists(some.integers(1, 9), min_size=1, max_size=40),
    some.sampled_from([0.1, 0.25, 0.3, 0.5, 0.7, 0.75, 0.9]),
    some.sampled_from(sorted(st.QUANTILES)),
)
def test_quantiles_of_counts_are_numpys_of_values(values, q, method):
    found = st.quantile(st.tally(values, NINE), q, NINE.points, method)[0]
    assert found == pytest.approx(np.quantile(values, q, method=method), abs=1e-9)


def test_nobody_rated_gives_no_numbers():
    counts = st.tally(np.full((1, 4), np.nan), NINE)
    assert np.isnan(st.median(counts, NINE.points)[0])
    assert np.isnan(st.share(counts, NINE.high)[0])
    rule = Limits(NINE)
    assert consensus.verdicts(counts, "agreement", rule)[0] == "no ratings"


def test_classic_table_is_silent_outside_the_panels_it_was_made_for():
    agree, disagree = consensus.rand_classic(st.tally([7] * 20, NINE))
    assert np.isnan(agree[0])
    assert np.isnan(disagree[0])


def test_rand_and_comet_are_refused_or_visibly_rescaled_on_other_scales():
    counts = st.tally([5, 5, 4, 5, 4, 5, 4, 5], FIVE)
    refused = Limits(FIVE)
    for name in ("rand", "comet"):
        assert consensus.verdicts(counts, name, refused)[0] == "refused"
    rescaled = Limits(FIVE, rescale=True)
    assert consensus.verdicts(counts, "comet", rescaled)[0] == "in"
    np.testing.assert_array_equal(
        consensus.nine_points(np.eye(5, dtype=int), FIVE).argmax(1) + 1, [1, 3, 5, 7, 9]
    )
    with pytest.raises(ValueError, match="1 to 9"):
        consensus.rand(counts, "linear")


@pytest.mark.parametrize(
    ("ratings", "name", "verdict"),
    [
        ([7] * 12 + [5] * 4, "agreement", "in"),  # exactly 75 %
        ([7] * 11 + [5] * 5, "agreement", "none"),
        ([2] * 12 + [5] * 4, "agreement", "out"),
        ([2] * 8 + [8] * 8, "agreement", "split"),
        ([7] * 8 + [2] * 2, "comet", "none"),  # 80 % in, but 20 % at the other end
        ([7] * 9 + [5], "comet", "in"),
        ([1] * 5 + [9] * 5, "rand", "split"),
        ([6, 6, 7, 7, 8, 8, 8, 9], "iqr", "in"),
    ],
)
def test_verdicts_at_their_limits(ratings, name, verdict):
    rule = Limits(NINE)
    assert consensus.verdicts(st.tally(ratings, NINE), name, rule)[0] == verdict


def test_denominator_of_agreement_is_explicit():
    counts = st.tally([8] * 9 + [5], NINE)
    rated = Limits(NINE, denominator="rated")
    asked = Limits(NINE, denominator="responded")
    responded = np.array([14])  # four without opinion: 9 of 14
    assert consensus.verdicts(counts, "agreement", rated, responded)[0] == "in"
    assert consensus.verdicts(counts, "agreement", asked, responded)[0] == "none"


def test_leaving_one_out_counts_whose_absence_turns_the_verdict():
    counts = st.tally([7] * 3 + [5], NINE)  # 3 of 4 = 75 %: without a 7 it is 67 %
    rule = Limits(NINE)
    assert consensus.hinges_on_one(counts, np.zeros(1, int), "agreement", rule)[0] == 3


def test_bootstrap_on_counts_is_the_bootstrap_on_people():
    ratings = np.array([9, 8, 8, 7, 7, 7, 7, 6, 5, 3, 7, 8, 6, 7])
    rule = Limits(NINE)
    counts = st.tally(ratings, NINE)
    shares = consensus.chances(counts, np.zeros(1, int), rule, 20_000, np.random.default_rng(1))
    kept = consensus.verdicts(counts, "agreement", rule)
    found = consensus.certainty(shares["agreement"], kept)[0]
    rng = np.random.default_rng(2)
    drawn = rng.choice(ratings, size=(20_000, len(ratings)))
    share = (drawn >= 7).mean(1)
    kept = np.mean(share < 0.75) if (ratings >= 7).mean() < 0.75 else np.mean(share >= 0.75)
    assert found == pytest.approx(kept, abs=0.02)


def test_bimodality_coefficient_is_that_of_scipys_moments():
    values = np.array([1, 1, 2, 2, 2, 8, 8, 9, 9, 9, 9], float)
    n = len(values)
    skew = stats.skew(values, bias=False)
    kurtosis = stats.kurtosis(values, bias=False)
    wanted = (skew**2 + 1) / (kurtosis + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))
    found = st.bimodality(st.tally(values, NINE), NINE.points)[0]
    assert found == pytest.approx(wanted)
    assert found > 5 / 9


def test_kendalls_w_is_that_of_r_irr(shared_data):
    anxiety = pd.read_csv(shared_data / "irr" / "anxiety.csv").to_numpy()
    found = kendall_w(anxiety)
    assert found.w == pytest.approx(0.539656876, abs=1e-9)
    assert found.uncorrected == pytest.approx(0.5019214703, abs=1e-9)
    assert found.chi2 == pytest.approx(30.76044193, abs=1e-7)
    assert found.p == pytest.approx(0.04288347313, abs=1e-9)


def test_exact_signed_rank_is_scipys_where_scipy_can_and_brute_force_elsewhere():
    before = np.array([1, 2, 3, 4, 5, 6, 7.0])
    after = before + np.array([0.5, -1, 1.5, 2, 2.5, 3, 3.5])
    p = stats.wilcoxon(after, before, method="exact").pvalue
    assert stability.signed_rank(before, after)[1] == pytest.approx(p)
    change = np.array([0, 1, 1, -1, 2, 2, 3, 0, -2])
    ranks = stats.rankdata(np.abs(change))[change != 0]
    signs = np.array(np.meshgrid(*[[0, 1]] * len(ranks))).reshape(len(ranks), -1)
    sums = ranks @ signs
    up = ranks[change[change != 0] > 0].sum()
    wanted = np.mean(np.abs(sums - ranks.sum() / 2) >= abs(up - ranks.sum() / 2))
    assert stability.signed_rank(np.zeros(9), change)[1] == pytest.approx(wanted)
    assert stability.signed_rank(before, before)[1] == 1


def test_net_change_does_not_see_swapped_places_but_individual_measures_do():
    before, after = np.array([2, 2, 8, 8]), np.array([8, 8, 2, 2])
    assert stability.net_change(before, after) == 0
    assert stability.unchanged(before, after) == 0
    assert stability.net_change(np.array([1, 1, 1, 1]), np.array([1, 1, 2, 2])) == 0.5


def test_holm_and_benjamini_hochberg_leave_gaps_out():
    sm = pytest.importorskip("statsmodels.stats.multitest")
    p = np.array([0.01, np.nan, 0.04, 0.03, 0.005])
    there = ~np.isnan(p)
    for ours, name in ((holm, "holm"), (benjamini_hochberg, "fdr_bh")):
        found = ours(p)
        np.testing.assert_allclose(found[there], sm.multipletests(p[there], method=name)[1])
        assert np.isnan(found[1])


@pytest.mark.parametrize(
    ("ratings", "verdict"),
    [
        ([3] * 4 + [4] * 4, "none"),  # median 3.5 belongs to the middle third
        ([6] * 4 + [7] * 4, "in"),  # median 6.5 to the upper one
        ([3] * 5 + [4] * 3, "out"),
        ([6] * 5 + [7] * 3, "none"),
    ],
)
@pytest.mark.parametrize("name", ["rand", "classic"])
def test_medians_between_two_thirds_belong_to_the_higher_one(ratings, verdict, name):
    rule = Limits(NINE)
    assert consensus.verdicts(st.tally(ratings, NINE), name, rule)[0] == verdict


@pytest.mark.parametrize(
    ("n", "three", "two"),
    [(8, 3, 2), (9, 3, 2), (10, 3, 2), (11, 4, 3), (12, 4, 3), (13, 4, 3), (14, 5, 4), (16, 5, 4)],
)
def test_classic_table_of_panel_sizes_is_the_published_one(n, three, two):
    at_both_ends = [1] * three + [9] * (n - three)
    assert consensus.rand_classic(st.tally(at_both_ends, NINE))[1][0] == 1
    one_less = [1] * (three - 1) + [9] * (n - three + 1)
    assert consensus.rand_classic(st.tally(one_less, NINE))[1][0] == 0
    assert consensus.rand_classic(st.tally([5] * two + [8] * (n - two), NINE))[0][0] == 1
    assert consensus.rand_classic(st.tally([5] * (two + 1) + [8] * (n - two - 1), NINE))[0][0] == 0


def test_classic_rule_is_refused_for_other_panels_and_leaving_one_out_keeps_that_apart():
    rule = Limits(NINE)
    assert consensus.verdicts(st.tally([8] * 20, NINE), "classic", rule)[0] == "refused"
    eight = st.tally([8] * 8, NINE)
    assert consensus.verdicts(eight, "classic", rule)[0] == "in"
    assert consensus.hinges_on_one(eight, np.zeros(1, int), "classic", rule)[0] == 0


def test_iqr_of_consensus_follows_the_scale_and_is_refused_where_none_is_usual():
    def scale(lowest, highest):
        ends = dict(unfavourable_to=lowest + 1, favourable_from=highest - 1)
        return DelphiSettings(scale=dict(lowest=lowest, highest=highest, **ends))

    assert [scale(1, k).iqr_limit for k in (5, 7, 9)] == [1, None, 2]
    assert scale(0, 10).iqr_limit == 2
    seven = limits_of(scale(1, 7))
    assert consensus.verdicts(st.tally([6] * 9, seven.scale), "iqr", seven)[0] == "refused"
    five = limits_of(scale(1, 5))
    wide = st.tally([3, 3, 3, 4, 4, 5, 5, 5, 5], five.scale)  # IQR 2
    assert consensus.verdicts(wide, "iqr", five)[0] == "none"


def test_chances_add_up_and_are_the_same_however_the_statements_are_cut(monkeypatch):
    rng = np.random.default_rng(8)
    counts = st.tally(rng.integers(1, 10, (7, 12)), NINE)
    rule, without = Limits(NINE), np.arange(7) % 3
    whole = consensus.chances(counts, without, rule, 300, np.random.default_rng(1))
    monkeypatch.setattr(consensus, "CHUNK", 600)
    parts = consensus.chances(counts, without, rule, 300, np.random.default_rng(1))
    for name in consensus.RULES:
        np.testing.assert_array_equal(whole[name], parts[name])
    np.testing.assert_allclose(whole["rand"].sum(1), 1)


def test_leaving_each_panellist_out_is_what_a_loop_finds():
    rng = np.random.default_rng(9)
    ratings = rng.integers(1, 10, (20, 13)).astype(float)
    ratings[rng.random(ratings.shape) < 0.1] = np.nan
    counts, without = st.tally(ratings, NINE), np.isnan(ratings).sum(1)
    for denominator in ("rated", "responded"):
        rule = Limits(NINE, denominator=denominator)
        for name in consensus.RULES:
            found = consensus.hinges_on_one(counts, without, name, rule)
            for s, row in enumerate(ratings):
                kept = consensus.verdicts(counts[s], name, rule, np.array(len(row)))
                left = [st.tally(np.delete(row, i), NINE)[0] for i in range(len(row))]
                other = [
                    consensus.verdicts(c, name, rule, np.array(len(row) - 1)).item() for c in left
                ]
                wanted = sum(o not in (kept.item(), "refused") for o in other)
                assert found[s] == (wanted if kept.item() != "refused" else 0)
