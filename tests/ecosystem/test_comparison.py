"""Pairs that the experts connect beside pairs that come up together."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core import tables
from coproduction.ecosystem.comparison import agreement, compared
from coproduction.ecosystem.influences import Judged
from coproduction.ecosystem.tables import COMPARED, EDGES

FACTORS = ["d", "b", "c", "a"]  # the strongest first, as the model has them


def edges(*rows):
    names = ["factor_a", "factor_b", "units", "association", "clear"]
    table = pd.DataFrame(rows, columns=names).astype({"units": "Int64"})
    return table.assign(expected=1.0, p=0.01, adjusted=0.02, techniques="desk", unread=0)[list(EDGES.columns)]


@pytest.fixture
def judged():
    """d drives b and c, a and b drive each other; nobody said anything of a and c."""
    values = np.full((1, 4, 4), 0.0)
    place = {name: n for n, name in enumerate(FACTORS)}
    for one, other, said in (("d", "b", 4), ("d", "c", 3), ("a", "b", 2), ("b", "a", 3)):
        values[0, place[one], place[other]] = said
    values[0, place["a"], place["c"]] = values[0, place["c"], place["a"]] = np.nan
    values[0, range(4), range(4)] = np.nan
    return Judged(FACTORS, ["E1"], values)


def test_each_pair_is_there_once_with_what_both_say(judged):
    direct = np.nan_to_num(judged.values[0]) >= 2
    found = compared(
        judged, direct, edges(("b", "d", 6, 3.0, "yes"), ("a", "c", 4, 2.5, "yes"), ("a", "b", 1, 0.5, "no"))
    )
    tables.conforming(found, COMPARED)
    shown = {(row.factor_a, row.factor_b): (row.experts, int(row.units), row.said_by) for row in found.itertuples()}
    assert shown == {
        ("b", "d"): ("b on a", 6, "experts and texts"),
        ("a", "b"): ("both", 1, "experts"),
        ("c", "d"): ("b on a", 0, "experts"),
        ("a", "c"): ("not judged", 4, "texts"),
        ("a", "d"): ("none", 0, "nobody"),
        ("b", "c"): ("none", 0, "nobody"),
    }
    assert found["said_by"].tolist() == sorted(
        found["said_by"], key=["experts and texts", "experts", "texts", "nobody"].index
    )
    row = found.set_index(["factor_a", "factor_b"]).loc[("b", "d")]
    assert (row["a_on_b"], row["b_on_a"]) == (0, 4)
    told = agreement(judged, found, 1)
    assert told["said_by"] == {"experts and texts": 1, "experts": 2, "texts": 1, "nobody": 2}
    assert -1 <= told["rho"] <= 1
    assert 0 < told["p"] <= 1
    assert told == agreement(judged, found, 1)


def test_the_same_order_is_seen_and_nothing_together_gives_no_number(judged):
    direct = np.nan_to_num(judged.values[0]) >= 2
    same = edges(("a", "b", 5, 2.5, "yes"), ("b", "d", 4, 2.0, "yes"), ("c", "d", 3, 1.5, "no"))
    assert agreement(judged, compared(judged, direct, same), 1)["rho"] == pytest.approx(1)
    nothing = compared(judged, direct, tables.empty(EDGES))
    assert agreement(judged, nothing, 1)["rho"] is None
    assert compared(judged, None, same).empty
    assert agreement(judged, tables.empty(COMPARED), 1)["said_by"]["experts"] == 0
