"""New things by interview, beside counts by hand."""

import pytest
from coproduction.methods.saturation import discoveries, new_information_ratios
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
    assert [total for *_, total in counted] == [
        len(set().union(*interviews[: n + 1])) for n in range(len(interviews))
    ]
