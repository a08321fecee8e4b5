"""The fuzzy cognitive map of a study: weights with a sign, scenarios, maps that do not settle; the option off."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.core.errors import StudyError
from coproduction.ecosystem import cognition
from coproduction.ecosystem.influences import Judged
from coproduction.ecosystem.judgements import read_weights
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import COGNITIVE_MAP, SCENARIOS
from coproduction.methods import cognitive_map as fcm

IDS = ["will", "funds", "trust"]
NAMES = {name: name.title() for name in IDS}
ON = EcosystemSettings(cognitive_map=True)
NOBODY = Judged([], [], np.zeros((0, 0, 0)))


def written(tmp_path, rows, name="weights.csv", head="from,to,rater,weight\n"):
    path = tmp_path / name
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_weights_keep_their_sign_and_are_the_mean_of_those_who_gave_one(tmp_path):
    first = written(tmp_path, "will,funds,E1,0.5\nwill,trust,E1,-1\nfunds,will,E1,\n")
    second = written(tmp_path, "will,funds,E2,-0.25\n", "weights_e2.csv")
    said = read_weights([first, second], set(IDS))
    factors, weights, source = cognition.weights_of(NOBODY, said, IDS)
    assert (factors, source) == (IDS, "weights")
    assert weights.tolist() == [[0, 0.125, -1], [0, 0, 0], [0, 0, 0]]
    account = cognition.account(said, ON)
    accounting.check_account(account)
    assert account.groupby("outcome")["n"].sum().to_dict() == {"left empty": 1, "used": 3}
    off = cognition.account(said, EcosystemSettings())
    assert "not used, since ecosystem.cognitive_map is off" in set(off["outcome"])


def test_one_map_needs_no_expert(tmp_path):
    said = read_weights([written(tmp_path, "will,funds,0.75\n", head="from,to,weight\n")], set(IDS))
    assert cognition.weights_of(NOBODY, said, IDS)[1].tolist() == [[0, 0.75], [0, 0]]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("will,fund,E1,0.5\n", "row 2, column 'to': 'fund' is not a factor. Did you mean 'funds'"),
        ("will,funds,E1,2\n", "row 2, column 'weight': 2 is outside -1 to 1"),
        ("will,will,E1,1\n", "'will' is paired with itself"),
        ("will,funds,,1\nwill,funds,,0\n", "row 3, column 'weight': the file judges 'will' on 'funds' a second time"),
        ("will,funds,E1,much\n", "'much' is not a number"),
    ],
)
def test_bad_weights_are_named(tmp_path, rows, words):
    with pytest.raises(StudyError, match=words):
        read_weights([written(tmp_path, rows)], set(IDS))


def test_without_weights_the_means_of_the_experts_are_divided_by_the_highest():
    values = np.array([[[np.nan, 4, 2], [0, np.nan, np.nan], [1, 0, np.nan]]])
    judged = Judged(IDS, ["E1"], values)
    nothing = read_weights([], set(IDS))
    _, weights, source = cognition.weights_of(judged, nothing, IDS)
    assert source == "influences"
    assert weights.tolist() == [[0, 1, 0.5], [0, 0, 0], [0.25, 0, 0]]
    binary = Judged(IDS, ["E1", "E2"], np.minimum(np.vstack([values, values]), 1))
    assert cognition.weights_of(binary, nothing, IDS)[1].max() == 1


def test_scenarios_are_read_against_the_steady_state():
    weights = np.array([[0, 0.5, -0.8], [0, 0, 0.4], [0.2, 0, 0]])
    table, scenarios, whole = cognition.mapped(IDS, weights, "weights", NAMES, ON)
    tables.conforming(table, COGNITIVE_MAP)
    tables.conforming(scenarios, SCENARIOS)
    assert len(scenarios) == 6
    base = fcm.settle(weights, np.ones(3)).values
    held = fcm.settle(weights, np.ones(3), held={0: 1.0}).values
    own = scenarios[scenarios["held"] == "will"].set_index("factor")["change"]
    assert own["trust"] < 0 < own["funds"]
    assert own["trust"] == pytest.approx(held[2] - base[2])
    effect = table.set_index("factor")["effect"]
    assert effect["will"] == pytest.approx((held - base)[1:].mean())
    assert (whole["negative"], whole["connections"], whole["cycle"]) == (1, 4, 1)


def test_a_map_that_does_not_settle_gives_no_numbers():
    turning = EcosystemSettings(cognitive_map=True, map_activation="trivalent")
    weights = np.array([[0, -1.0], [1, 0]])
    table, _, whole = cognition.mapped(IDS[:2], weights, "weights", NAMES, turning)
    assert whole["cycle"] == 4
    assert table["settled"].isna().all()
    assert table["effect"].isna().all()


def test_nothing_is_made_where_it_is_not_asked_for(prose):
    made = cognition.mapped(IDS, np.zeros((3, 3)), "weights", NAMES, EcosystemSettings())
    assert [len(part) for part in made[:2]] == [0, 0]
    assert made[2] == {"wanted": False, "factors": 0}
    assert isinstance(made[0], pd.DataFrame)
    assert prose("ecosystem").fill("map", {"map": [], "basis": {"map": made[2]}}).strip() == ""
