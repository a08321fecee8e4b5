"""What the desk research hands on: evidence, how far it is, where everything went."""

import pandas as pd
from coproduction.core import accounting
from coproduction.core.tables import empty
from coproduction.desk import handover, tables

NO_SERIES = empty(tables.DOWNLOADED_SERIES)


def test_evidence_status_and_account_of_the_demo(demo):
    spots, codebook, values = demo.passages, demo.codebook, demo.values
    evidence = handover.evidence(spots, demo.compared.normalised, codebook, "minmax")
    assert set(evidence["factor"]) <= set(demo.factors["id"])
    kinds = evidence["kind"].value_counts()
    pairs = codebook["factors"].str.split(";").str.len().sum()
    assert kinds.to_dict() == {"passage": len(spots), "indicator": pairs}
    rule = evidence[evidence["source"] == "rule_of_law"].iloc[0]
    assert rule["factor"] == "legal-framework"
    assert "31 countries" in rule["excerpt"]
    account = handover.account(demo.documents, spots, empty(tables.JUDGEMENTS), values, NO_SERIES)
    accounting.check_account(account)
    entered = account.groupby("unit")["entered"].first()
    assert entered["document"] == 9
    assert entered["indicator value"] == len(values)
    assert entered["occurrence of a term"] == spots["hits"].sum()
    status = handover.status(demo.documents, demo.similar, spots, values, demo.coverage, NO_SERIES).set_index("step")
    assert status.loc["Documents read", "state"] == "partial"
    assert "D09" in status.loc["Documents read", "awaited"]
    assert status.loc["Indicators compared", "state"] == "done"


def test_an_empty_study_says_what_is_awaited():
    documents, spots = empty(tables.DOCUMENTS), empty(tables.PASSAGES)
    similar = empty(tables.SIMILAR_DOCUMENTS)
    values, coverage = empty(tables.VALUES), empty(tables.COVERAGE)
    status = handover.status(documents, similar, spots, values, coverage, NO_SERIES)
    assert status["state"].tolist() == ["awaited", "not started", "awaited"]
    assert status["put_in"].tolist() == ["desk/register.csv", "", "desk/indicators.csv"]
    assert handover.account(documents, spots, empty(tables.JUDGEMENTS), values, NO_SERIES).empty


def test_downloaded_series_are_counted_and_where_none_is_named_the_codebook_is_asked_for():
    series = pd.DataFrame({"file": ["a.csv", "a.csv"], "series": ["A", "B"], "indicators": ["", ""]})
    values, coverage = empty(tables.VALUES), empty(tables.COVERAGE)
    nothing = empty(tables.DOCUMENTS), empty(tables.SIMILAR_DOCUMENTS), empty(tables.PASSAGES)
    asked = handover.status(*nothing, values, coverage, series).set_index("step").loc["Indicators compared"]
    assert asked["put_in"] == "desk/codebook.csv"
    assert "downloaded_series.csv" in asked["awaited"]
    named = series.assign(indicators=["trust", ""])
    account = handover.account(nothing[0], nothing[2], empty(tables.JUDGEMENTS), values, named)
    accounting.check_account(account)
    assert account[["unit", "source", "outcome", "n"]].to_numpy().tolist() == [
        ["downloaded series", "desk/downloads/a.csv", "not used by any indicator", 1],
        ["downloaded series", "desk/downloads/a.csv", "used", 1],
    ]
