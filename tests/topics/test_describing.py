"""How common topics are, among whom, and whether they grow."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core.tables import conforming, empty
from coproduction.topics.describing import prevalence
from coproduction.topics.tables import DOCUMENTS, PREVALENCE

TITLES = {"T1": "Home care", "T2": "city, budgets"}


def corpus(growth: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Six years of five records; the share of T1 grows by `growth` a year, a little less or more."""
    rows, records = [], []
    for year in range(6):
        for n in range(5):
            share = 0.3 + growth * year + 0.01 * (n - 2)
            name = f"r{year}{n}"
            rows.append(
                {
                    "record": name,
                    "topic": "T1" if share >= 0.5 else "T2",
                    "share": max(share, 1 - share),
                    "outcome": "assigned",
                    "shares": f"{share:.4f};{1 - share:.4f}",
                }
            )
            records.append({"record": name, "year": str(2015 + year)})
    return pd.DataFrame(rows), pd.DataFrame(records)


def test_a_growing_topic_is_told_and_the_other_shrinks():
    documents, records = corpus(0.1)
    made = prevalence(documents, records, {"r00", "r50"}, TITLES, 1).set_index("topic")
    conforming(made.reset_index(), PREVALENCE)
    assert made["title"].tolist() == list(TITLES.values())
    assert made["change_a_year"].tolist() == pytest.approx([0.1, -0.1])
    assert (made["p_adjusted"] < 0.05).all()
    assert made["prevalence"].sum() == pytest.approx(1)
    assert ((made["low"] < made["prevalence"]) & (made["prevalence"] < made["high"])).all()
    assert made["included"].tolist() == [1, 1]
    assert made.loc["T1", "prevalence_included"] == pytest.approx((0.28 + 0.78) / 2)


def test_a_steady_topic_has_no_trend_and_nobody_included_leaves_cells_empty():
    documents, records = corpus(0.0)
    made = prevalence(documents, records, set(), TITLES, 1)
    assert made["p"].isna().all()
    assert made["prevalence_included"].isna().all()


def test_few_years_are_not_tested():
    documents, records = corpus(0.1)
    made = prevalence(documents, records.assign(year="2020"), set(), TITLES, 1)
    assert made["years"].tolist() == [1, 1]
    assert made["p"].isna().all()


def test_no_topics_give_no_rows():
    assert prevalence(empty(DOCUMENTS), pd.DataFrame({"record": [], "year": []}), set(), {}, 1).empty


def test_the_same_seed_gives_the_same_interval():
    documents, records = corpus(0.05)
    first, second = (prevalence(documents, records, set(), TITLES, 3) for _ in range(2))
    np.testing.assert_array_equal(first["low"], second["low"])
