"""Rules of consensus against published examples and slow loops."""

import numpy as np
import pandas as pd
import pytest
from coproduction.methods import consensus
from coproduction.methods import distributions as st
from coproduction.methods.consensus import Limits

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
    np.testing.assert_array_equal(consensus.nine_points(np.eye(5, dtype=int), FIVE).argmax(1) + 1, [1, 3, 5, 7, 9])
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
                other = [consensus.verdicts(c, name, rule, np.array(len(row) - 1)).item() for c in left]
                wanted = sum(o not in (kept.item(), "refused") for o in other)
                assert found[s] == (wanted if kept.item() != "refused" else 0)
