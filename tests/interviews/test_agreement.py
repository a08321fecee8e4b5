"""Agreement of coders, beside published values and independent implementations."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from coproduction.interviews.agreement import (
    alpha_interval,
    cohen_kappa,
    compare,
    krippendorff_alpha,
)
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


def test_alpha_of_the_published_example():
    assert krippendorff_alpha(PUBLISHED) == pytest.approx(0.743, abs=0.0005)


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
    assert krippendorff_alpha(ratings) == pytest.approx(wanted, nan_ok=True)


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
    assert np.isnan(krippendorff_alpha(np.full((2, 3), NAN)))
    assert all(np.isnan(alpha_interval(np.ones((2, 3)), np.zeros(3), 1)))


def test_the_interval_holds_alpha_and_repeats_with_its_seed():
    random = np.random.default_rng(1)
    first = random.integers(0, 2, 200).astype(float)
    second = np.where(random.random(200) < 0.85, first, 1 - first)
    ratings = np.vstack([first, second])
    low, high = alpha_interval(ratings, np.arange(200) // 4, 7)
    assert low < krippendorff_alpha(ratings) < high
    assert alpha_interval(ratings, np.arange(200) // 4, 7) == (low, high)


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


def test_one_coder_gives_empty_tables():
    by_code, overall = compare(pd.DataFrame([segment("C1", "A", 12, 15)]), TURNS, ["A"], seed=1)
    assert by_code.empty
    assert overall.empty
