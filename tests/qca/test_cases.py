"""Which cases are analysed, and which sets are skewed."""

import numpy as np
import pandas as pd
from coproduction.qca import analysis
from coproduction.qca.settings import QcaSettings
from qca.conftest import study


def test_cases_without_membership_or_at_one_half_are_named():
    frame = pd.DataFrame(
        {"A": [1, 0.5, np.nan, 0, 0.8], "B": [1, 1, 1, 0.2, 0.1], "Y": [1, 1, 1, 0, np.nan]},
        index=["full", "half", "gap", "none", "open"],
    )
    found = analysis.analyse(*study(frame, "Y"), QcaSettings())
    states = found.cases.set_index("case")["state"].to_dict()
    assert states == {
        "full": "in a configuration",
        "half": "0.5 in a condition",
        "gap": "without a membership",
        "none": "in a configuration",
        "open": "without a membership",
    }
    assert found.cases.set_index("case").loc["half", "missing"] == "A"
    assert set(found.fitted["case"]) == {"full", "half", "none"}
    assert found.truth_table.loc[found.truth_table["outcome"] == "Y", "n"].sum() == 2


def test_a_set_in_which_nearly_all_cases_lie_is_skewed():
    memberships = {"A": [1, 1, 1, 1, 1, 0], "Y": [1, 1, 1, 0, 0, np.nan]}
    found = analysis.analyse(*study(pd.DataFrame(memberships, index=list("abcdef")), "Y"), QcaSettings())
    rows = found.skewness.set_index("set")
    assert rows.loc["A", ["cases", "inside", "skewed"]].tolist() == [6, 5, "yes"]
    assert rows.loc["Y", ["cases", "inside", "skewed"]].tolist() == [5, 3, "no"]
