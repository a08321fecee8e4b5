"""New things by interview, beside counts by hand."""

import pytest
from coproduction.methods.saturation import chao2, discoveries, new_information_ratios, order_interval
from hypothesis import given
from hypothesis import strategies as st

INTERVIEWS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), max_size=8)


def test_the_ratio_by_hand():
    # 37 things in the base of four; 4 + 3 new in the first run of two, then 3 + 0 and 0 + 0
    new, interviews, total = [19, 8, 6, 4, 4, 3, 0, 0], [], 0
    for count in new:
        interviews.append(range(total, total + count))
        total += count
    ratios = new_information_ratios(interviews, base=4, run=2)
    assert ratios[:5] == [None] * 5
    assert ratios[5:] == pytest.approx([7 / 37, 3 / 37, 0])


def test_a_base_without_anything_has_no_ratio():
    assert new_information_ratios(["", "a", "b"], base=1, run=1) == [None, None, None]


@given(INTERVIEWS)
def test_everything_is_new_once(interviews):
    counted = discoveries(interviews)
    assert sum(new for _, new, _ in counted) == len(set().union(*interviews))
    assert [own for own, _, _ in counted] == [len(set(things)) for things in interviews]
    assert [total for *_, total in counted] == [len(set().union(*interviews[: n + 1])) for n in range(len(interviews))]


VEGAN = ["abc", "abd", "ace", "abf", "ag"]  # specpool of R vegan 2.6-4: chao 13.4, 7 observed


def test_chao2_is_that_of_vegan():
    made = chao2(VEGAN)
    assert made.observed == 7
    assert made.estimate == pytest.approx(13.4)
    assert made.observed < made.low < made.estimate < made.high
    # by hand: 14 incidences, Q1 = 4, Q2 = 1: 1 - 4/14 * 16 / (16 + 2)
    assert made.coverage == pytest.approx(1 - 4 / 14 * 16 / 18)


def test_where_nothing_is_in_two_the_other_form_is_taken():
    assert chao2(["abx", "acx", "ax"]).estimate == pytest.approx(4 + 2 / 3 * 2 * 1 / 2)


def test_what_everybody_says_is_all_there_is():
    made = chao2(["ab", "ab", "ab"])
    assert (made.estimate, made.low, made.high, made.coverage) == (2, 2, 2, 1)


@pytest.mark.parametrize("interviews", [[], ["ab"], ["", ""]])
def test_too_little_has_no_estimate(interviews):
    assert str(chao2(interviews).estimate) == "nan"


def test_random_orders_have_the_limits_of_all_orders():
    assert order_interval(["a", "b"], base=1, run=1, seed=1) == (1, 1, 1)
    assert order_interval(["a", "a", "b"], base=1, run=1, seed=1)[1:] == (0, 1)
    assert str(order_interval(["a"], base=1, run=1, seed=1)[0]) == "nan"
    assert order_interval(VEGAN, 2, 1, seed=7) == order_interval(VEGAN, 2, 1, seed=7)
