"""Confidence judged by the team: what it does and what is refused."""

import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.ecosystem.confidence import confidence_form, with_judgements
from coproduction.ecosystem.judgements import read_judgements

KNOWN = {"open-data", "local-autonomy"}
HEAD = "factor,confidence,reason,judges,date\n"
TABLE = pd.DataFrame(
    {
        "id": ["open-data", "local-autonomy", "self-efficacy"],
        "name": ["Open data", "Local autonomy", "Self-efficacy"],
        "confidence": ["moderate", "low", "none"],
        "reasons": ["adequacy: 5 sources", "coherence: 1 line of evidence", "no evidence"],
    }
)


def written(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "judgements.csv"
    path.write_bytes(content.encode(encoding))
    return path


def test_a_judgement_stands_over_the_proposal(tmp_path):
    rows = "open-data,low,Only one country,AB CD,2026-03-01\nlocal-autonomy,,,,\n"
    said = read_judgements(written(tmp_path, HEAD + rows), KNOWN)
    table = with_judgements(TABLE, said)
    assert table["confidence"].tolist() == ["low", "low", "none"]
    assert table["proposed"].tolist() == ["moderate", "low", "none"]
    assert table["judgement"].tolist() == ["Only one country (AB CD)", "", ""]


def test_a_factor_without_evidence_cannot_be_judged(tmp_path):
    path = written(tmp_path, HEAD + "self-efficacy,high,We are sure,AB,\n")
    table = with_judgements(TABLE, read_judgements(path, {"self-efficacy"}))
    assert table["confidence"].tolist()[-1] == "none"
    said = [
        "adequacy: 5 sources",
        "coherence: 1 line of evidence",
        "no evidence, so that the team's judgement does not count",
    ]
    assert table["reasons"].tolist() == said
    concerns = pd.DataFrame({"factor": ["self-efficacy"]})
    assert with_judgements(TABLE, read_judgements(None, KNOWN), concerns)["reasons"].tolist() == said


def test_no_file_leaves_the_proposals():
    assert with_judgements(TABLE, read_judgements(None, KNOWN))["confidence"].tolist() == (TABLE["confidence"].tolist())


def test_the_form_comes_back_as_it_went_out(tmp_path):
    path = tmp_path / "judgements.csv"
    confidence_form(with_judgements(TABLE, read_judgements(None, KNOWN))).to_csv(path, index=False)
    assert read_judgements(path, KNOWN).empty


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        ("factor,confidence\n", "'reason', 'judges', 'date' are missing"),
        (HEAD + "open-data,very sure,x,AB,\n", "row 2, column 'confidence'"),
        (HEAD + "open-dat,low,x,AB,\n", "row 2, column 'factor': 'open-dat' is not a factor. Did you mean 'open-data'"),
        (HEAD + "Open data,open-data,low,x,AB\n", "row 2, column 'confidence'"),
        (HEAD + "open-data,low,,AB,\n", "row 2, column 'reason'"),
        (HEAD + "open-data,low,x,,\nopen-data,high,y,,\n", "row 3, column 'factor': .* twice"),
        (HEAD + 'open-data,low,"x,AB,\n', "row 2: the table is truncated"),
    ],
)
def test_bad_files_are_named_with_row_and_column(tmp_path, content, message):
    with pytest.raises(StudyError, match=message) as failed:
        read_judgements(written(tmp_path, content), KNOWN)
    assert "judgements.csv" in str(failed.value)


def test_another_encoding_is_named(tmp_path):
    path = written(tmp_path, HEAD + "open-data,low,Łódź,AB,\n", "cp1250")
    with pytest.raises(StudyError, match="row 2: the file is not valid UTF-8"):
        read_judgements(path, KNOWN)
