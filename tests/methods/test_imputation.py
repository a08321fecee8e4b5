"""Missing values are filled as the OECD's handbook has it."""

import numpy as np
import pandas as pd
import pytest
from coproduction.methods.imputation import impute


def test_imputation_by_the_median_and_by_the_units_most_alike():
    data = pd.DataFrame({"a": [1.0, 2.0, 10.0, 11.0], "b": [1.0, np.nan, 8.0, 10.0]})
    assert impute(data, "median").loc[1, "b"] == 8
    assert impute(data, "neighbours", 1).loc[1, "b"] == 1
    assert impute(data, "neighbours", 3).loc[1, "b"] == pytest.approx(19 / 3)
    assert impute(data, "none") is data
    empty = data.assign(c=np.nan)
    assert impute(empty, "neighbours")["c"].isna().all()
