"""Agreement of the reviewers: which ratings are compared."""

import pandas as pd
import pytest
from coproduction.methods.raters import agree_by_pair, agree_overall


def test_pairs_are_measured_on_the_records_they_share():
    ratings = pd.DataFrame(
        {
            "a": ["in", "in", "out", "out", None],
            "b": ["in", "out", "out", None, "in"],
            "c": [None, None, None, None, "in"],
        }
    )
    rows = agree_by_pair(ratings, ["in", "out"])
    assert [(row["first"], row["second"], row["records"]) for row in rows] == [("a", "b", 3), ("b", "c", 1)]
    assert rows[0]["agreement"] == pytest.approx(2 / 3)
    assert agree_overall(ratings, ["in", "out"])["records"] == 4


def test_without_a_record_decided_twice_there_is_no_agreement_of_all():
    assert agree_overall(pd.DataFrame({"a": ["x"], "b": [None]}), ["x", "y"]) is None
