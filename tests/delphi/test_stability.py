"""Change between rounds, against published rules, SciPy, statsmodels or slow loops."""

import numpy as np
import pytest
from coproduction.core import accounting
from coproduction.delphi import change_between_rounds
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings, StabilitySettings
from hypothesis import strategies as some
from scipy import stats

pairs = some.lists(some.tuples(some.integers(0, 2), some.integers(0, 2)), min_size=1, max_size=9)


def ratings_of(before, after, extra=()):
    rows = [
        dict(round=r, panellist=f"D{i:02d}", group="x", statement="S1", version=1, status="rated", rating=v, comment="")
        for r, values in enumerate([before, after, *extra], 1)
        for i, v in enumerate(values)
        if v
    ]
    return accounting.table(rows, forms.RATINGS)


def compared(before, after, extra=(), **stability):
    settings = DelphiSettings(stability=StabilitySettings(**stability))
    rounds = {r: "closed" for r in range(1, 3 + len(extra))}
    return change_between_rounds.compare(ratings_of(before, after, extra), rounds, settings)


def test_only_those_who_rated_in_both_rounds_are_compared():
    found = compared([7, 8, 9, 2, None], [7, 8, None, 3, 9]).iloc[0]
    assert (found["pairs"], found["changed"]) == (3, 1)
    assert found["unchanged"] == pytest.approx(2 / 3)


def test_limits_say_what_few_pairs_and_few_changes_cannot_show():
    few = compared([7, 8, 9, 2], [7, 8, 9, 3]).iloc[0]
    assert "fewer than 10 pairs" in few["limits"]
    assert "Wilcoxon p cannot fall below 1" in few["limits"]
    assert "one panellist is 0.25 of net change" in few["limits"]
    flat = compared([7] * 12, [7] * 6 + [8] * 6).iloc[0]
    assert "single point" in flat["limits"]
    assert np.isnan(flat["spearman"])
    none = compared([7, None], [None, 7]).iloc[0]
    assert (none["pairs"], none["limits"], none["stable"]) == (0, "", "")


@pytest.mark.parametrize("rule", ["individual", "net_change", "variation", "kappa"])
def test_where_nobody_changes_every_rule_says_stable(rule):
    assert compared([7] * 12, [7] * 12, rule=rule).iloc[0]["stable"] == "yes"
    swung = compared([1] * 6 + [9] * 6, [9] * 12, rule=rule).iloc[0]
    assert swung["stable"] == "no"


def test_three_rounds_give_a_friedman_test_on_those_who_rated_in_all():
    one, two, three = [2, 3, 4, 5, 6, 7], [4, 4, 6, 6, 7, None], [6, 7, 7, 8, 9, 9]
    found = compared(one, two, [three])
    wanted = stats.friedmanchisquare(one[:5], two[:5], three[:5]).pvalue
    assert found["friedman_p"].tolist() == pytest.approx([wanted, wanted])
