"""Agreement of coders, beside published values and independent implementations."""

from itertools import permutations

import krippendorff
import numpy as np
import pandas as pd
import pytest
from coproduction.interviews.agreement import compare
from coproduction.interviews.measures import Alpha, cohen_kappa, masi
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

NAN = float("nan")
# Four observers, twelve units with missing values: the example of Krippendorff (2011), "Computing
# Krippendorff's Alpha-Reliability", section C; nominal alpha 0.743.
PUBLISHED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)


def nominal(ratings):
    """Alpha of a matrix of coders and units."""
    return Alpha([[v for v in unit if not np.isnan(v)] for unit in np.array(ratings).T])


def test_alpha_of_the_published_example():
    assert nominal(PUBLISHED).value() == pytest.approx(0.743, abs=0.0005)


def test_kappa_of_a_textbook_table():
    # 20 of 50 both yes, 15 both no, 5 and 10 split: po 0.7, pe 0.5, kappa 0.4
    assert cohen_kappa(20, 5, 10, 15) == pytest.approx(0.4)


@given(
    st.lists(st.lists(st.sampled_from([0.0, 1.0, 2.0, NAN]), min_size=6, max_size=6), min_size=2)
)
def test_alpha_is_that_of_the_krippendorff_package(rows):
    ratings = np.array(rows)
    try:
        with np.errstate(all="ignore"):
            wanted = krippendorff.alpha(ratings, level_of_measurement="nominal")
    except ValueError:  # the package refuses ratings of one value
        wanted = NAN
    assert nominal(ratings).value() == pytest.approx(wanted, nan_ok=True)


@given(st.tuples(*[st.integers(0, 30)] * 4).filter(lambda cells: sum(cells) > 0))
def test_kappa_is_that_of_statsmodels(cells):
    both, first, second, neither = cells
    table = np.array([[both, first], [second, neither]])
    with np.errstate(all="ignore"):
        wanted = cohens_kappa(table, return_results=False)
    wanted = wanted if np.isfinite(wanted) else NAN
    assert cohen_kappa(*cells) == pytest.approx(wanted, nan_ok=True)


def test_without_units_nothing_is_defined():
    assert np.isnan(cohen_kappa(0, 0, 0, 0))
    assert np.isnan(Alpha([[], [1], []]).value())
    assert all(np.isnan(Alpha([[1, 2], [2, 1]]).interval([0, 0], 1)))


def test_the_interval_holds_alpha_and_repeats_with_its_seed():
    random = np.random.default_rng(1)
    first = random.integers(0, 2, 200).astype(float)
    second = np.where(random.random(200) < 0.85, first, 1 - first)
    alpha = nominal([first, second])
    low, high = alpha.interval(np.arange(200) // 4, 7)
    assert low < alpha.value() < high
    assert alpha.interval(np.arange(200) // 4, 7) == (low, high)


SETS = [frozenset(word) for word in ("", "a", "ab", "abc", "bd", "d")]


def test_masi_of_the_four_relations_of_sets():
    """The values of Passonneau (2006): J times 1, 2/3, 1/3 and 0."""
    a, ab, abc, bd, d = SETS[1:]
    assert masi(ab, ab) == 0
    assert masi(a, ab) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi(ab, abc) == pytest.approx(1 - 2 / 3 * 2 / 3)
    assert masi(abc, bd) == pytest.approx(1 - 1 / 4 * 1 / 3)
    assert masi(a, d) == 1
    assert masi(frozenset(), frozenset()) == 0
    assert masi(frozenset(), a) == 1


def test_alpha_of_sets_by_hand():
    # Three units of two coders: {a}{a}, {a,b}{a}, {d}{a,b}; distances 0, 2/3, 1. D_o = (0+2/3+1)/3.
    # Of the 30 ordered pairs of six values (a a a ab ab d): 12 of a-ab at 2/3, 6 of a-d and 4 of
    # ab-d at 1; D_e = (12*2/3 + 6 + 4)/30 = 0.6.
    a, ab, d = frozenset("a"), frozenset("ab"), frozenset("d")
    alpha = Alpha([[a, a], [ab, a], [d, ab]], masi).value()
    assert alpha == pytest.approx(1 - (5 / 9) / 0.6)


def alpha_by_definition(units, distance):
    """Pair by pair, as Krippendorff (2011) defines it."""
    rated = [unit for unit in units if len(unit) > 1]
    values = [value for unit in rated for value in unit]
    observed = sum(
        distance(a, b) / (len(unit) - 1) for unit in rated for a, b in permutations(unit, 2)
    ) / max(len(values), 1)
    n = max(len(values), 2)
    expected = sum(distance(a, b) for a, b in permutations(values, 2)) / (n * (n - 1))
    return 1 - observed / expected if expected else NAN


@given(st.lists(st.lists(st.sampled_from(SETS), max_size=3), max_size=6))
def test_alpha_of_sets_is_that_of_the_definition(units):
    wanted = alpha_by_definition(units, masi)
    assert Alpha(units, masi).value() == pytest.approx(wanted, nan_ok=True)


def segment(coder, code, start, end, transcript="P01", outcome="at its place"):
    return {"transcript": transcript, "start": start, "end": end, "code": code, "coder": coder,
            "outcome": outcome}  # fmt: skip


TURNS = pd.DataFrame(
    [
        {"transcript": t, "turn": n, "speaker": s, "start": 10 * n, "end": 10 * n + 9}
        for t in ("P01", "P02")
        for n, s in enumerate(["participant", "interviewer", "participant", "participant"], start=1)
    ]
)


def test_turns_of_shared_transcripts_are_compared():
    segments = pd.DataFrame(
        [
            segment("C1", "A", 12, 15),
            segment("C2", "A", 10, 11),
            segment("C1", "A", 30, 49),  # over two turns of the participant
            segment("C2", "A", 39, 41),  # begins in the gap
            segment("C2", "A", 22, 25),  # what the interviewer says does not count
            segment("C1", "A", 12, 15, "P02"),  # coded by C1 alone
            segment("C2", "B", 12, 15, outcome="refused"),
        ]
    )
    by_code, overall = compare(segments, TURNS, ["A"], seed=1)
    (row,) = by_code.to_dict("records")
    cells = [row[name] for name in ("turns", "both", "only_first", "only_second", "neither")]
    assert cells == [3, 2, 1, 0, 0]
    assert row["agreement"] == pytest.approx(2 / 3)
    assert row["positive"] == pytest.approx(4 / 5)
    assert row["kappa"] == pytest.approx(0)
    assert overall.loc[0, ["coders", "transcripts", "units"]].to_list() == ["C1;C2", 1, 3]
    assert overall["units"].to_list() == [3, 3]
    assert overall["value"].iloc[0] == overall["value"].iloc[1]  # of one code, both say the same


def test_one_coder_gives_empty_tables():
    by_code, overall = compare(pd.DataFrame([segment("C1", "A", 12, 15)]), TURNS, ["A"], seed=1)
    assert by_code.empty
    assert overall.empty
