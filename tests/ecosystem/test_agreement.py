"""Agreement between techniques and robustness against another way to score."""

import numpy as np
import pandas as pd
import pytest
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.strength import against_shares, between_techniques


@pytest.mark.parametrize(
    ("a", "b", "tau"),
    [
        ([1, 2, 3, 4], [1, 3, 2, 4], (5 - 1) / 6),  # five pairs in the same order, one not
        ([1, 2, 2], [1, 2, 3], 2 / (2 * 3) ** 0.5),  # two pairs untied in a, three in b
        ([1, 2, 3], [3, 2, 1], -1),
    ],
)
def test_tau_counted_by_hand(a, b, tau):
    table = pd.DataFrame({"standing_a": a, "standing_b": b})
    found = between_techniques(table, ["a", "b"])
    assert found.loc[0, "tau"] == pytest.approx(tau)
    assert found.loc[0, "factors"] == len(a)


def test_only_factors_that_both_asked_about_are_compared():
    table = pd.DataFrame({"standing_a": [0.1, 0.5, 0.9, 0.3], "standing_b": [0.2, 0.4, 0.8, np.nan]})
    found = between_techniques(table, ["a", "b"])
    assert found.loc[0, "factors"] == 3
    assert found.loc[0, "tau"] == pytest.approx(1)


def test_awaited_technique_gives_no_pair_and_ties_no_number():
    table = pd.DataFrame({"standing_a": [0.1, 0.5, 0.9], "standing_b": [np.nan] * 3, "standing_c": [0.5] * 3})
    found = between_techniques(table, ["a", "b", "c"])
    assert found[["technique_a", "technique_b"]].values.tolist() == [["a", "c"]]
    assert found["tau"].isna().all()


def test_shares_and_standings_agree_where_there_is_one_technique():
    settings = EcosystemSettings()
    table = pd.DataFrame(
        {f"sources_{name}": [0, 0, 0, 0] for name in settings.kinds}
        | {"value_delphi": [np.nan] * 4, "verdict": [""] * 4, "strength": [0.9, 0.6, 0.4, 0.0]}
    ).assign(sources_desk=[9, 4, 1, 0])
    assert against_shares(table, settings) == pytest.approx(1)
