"""What the desk research hands on: evidence, how far it is, where everything went."""

from coproduction.core import accounting
from coproduction.core.tables import empty
from coproduction.desk import handover, tables


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
    account = handover.account(demo.documents, spots, empty(tables.JUDGEMENTS), values)
    accounting.check_account(account)
    entered = account.groupby("unit")["entered"].first()
    assert entered["document"] == 9
    assert entered["indicator value"] == len(values)
    assert entered["term found"] == spots["hits"].sum()
    status = handover.status(demo.documents, demo.similar, spots, values, demo.coverage).set_index("step")
    assert status.loc["Documents read", "state"] == "partial"
    assert "D09" in status.loc["Documents read", "awaited"]
    assert status.loc["Indicators compared", "state"] == "done"


def test_an_empty_study_says_what_is_awaited():
    documents, spots = empty(tables.DOCUMENTS), empty(tables.PASSAGES)
    similar = empty(tables.SIMILAR_DOCUMENTS)
    values, coverage = empty(tables.VALUES), empty(tables.COVERAGE)
    status = handover.status(documents, similar, spots, values, coverage)
    assert status["state"].tolist() == ["awaited", "not started", "awaited"]
    assert status["put_in"].tolist() == ["desk/register.csv", "", "desk/indicators.csv"]
    assert handover.account(documents, spots, empty(tables.JUDGEMENTS), values).empty
