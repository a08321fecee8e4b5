"""Corrections by people: obeyed, counted, and refused where they contradict each other."""

import pandas as pd
import pytest
from coproduction.core import tables
from coproduction.core.errors import StudyError
from coproduction.literature import handover
from coproduction.literature import tables as forms
from coproduction.literature.correcting import correct, read_corrections
from coproduction.literature.facts import facts
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import ORIGINS, RECORDS

RECORD = {"record": "r1", "title": "A", "abstract": "of another article", "doi": "10.1234/a", "members": "r1;e1;r0"}


def tried(tmp_path, *lines, head="record,field,value,who,date,note"):
    path = tmp_path / "corrections.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    records = pd.DataFrame([RECORD]).reindex(columns=list(RECORDS.columns), fill_value="")
    origins = pd.DataFrame([{"record": "r1", "abstract": "a.ris#1"}]).reindex(
        columns=list(ORIGINS.columns), fill_value=""
    )
    return correct(records, origins, read_corrections([str(path)]))


def test_a_wrong_abstract_is_replaced_and_what_was_there_is_kept(tmp_path):
    records, origins, told = tried(tmp_path, "e1,Abstract,The right one,AB,14.3.2026,on the publisher's page")
    assert records.loc[0, "abstract"] == "The right one"
    assert records.loc[0, "record"] == "r1"
    assert origins.loc[0, "abstract"] == "corrections.csv#2"
    kept = ["record", "field", "before", "who", "date", "outcome"]
    assert told.loc[0, kept].tolist() == ["r1", "abstract", "of another article", "AB", "2026-03-14", "obeyed"]


def test_a_doi_gets_its_usual_form(tmp_path):
    records, _, told = tried(tmp_path, "r1,doi,https://doi.org/10.1234/A,,,", "r0,title,B,,,")
    assert told["outcome"].tolist() == ["no change", "obeyed"]
    assert records.loc[0, ["doi", "title"]].tolist() == ["10.1234/a", "B"]


def test_a_correction_of_no_record_does_not_count_and_is_awaited(tmp_path):
    records, _, told = tried(tmp_path, "r9,title,B,,,")
    assert told["outcome"].tolist() == ["record not found"]
    assert records.loc[0, "title"] == "A"
    state = handover.status(tables.empty(forms.IMPORTS), tables.empty(forms.PAIRS), told)
    assert "in place of r9" in state["awaited"].iloc[-1]


def test_what_contradicts_itself_or_names_no_field_is_refused(tmp_path):
    with pytest.raises(
        StudyError, match=r"row 3, column 'value': the title of r1 is corrected differently in row 2 of"
    ):
        tried(tmp_path, "r1,title,B,,,", "e1,title,C,,,")
    with pytest.raises(
        StudyError, match=r"row 2, column 'field': 'abstrct' is not a field of a record\. Did you mean 'abstract'"
    ):
        tried(tmp_path, "r1,abstrct,B,,,")


def test_the_report_names_them(tmp_path, prose):
    _, _, told = tried(tmp_path, "r1,title,B,AB,,", "r9,title,B,AB,,")
    empty = {name: tables.empty(getattr(forms, name)) for name in ("ENTRIES", "RECORDS", "PAIRS", "REFUSED", "LINKS")}
    more = {name: tables.empty(getattr(forms, name)) for name in ("FIELD_COUNTS", "MERGES_TO_CHECK")}
    one = {"file": "a.ris", "database": "Scopus", "found": 1, "read": 1, "refused": 0}
    imports = pd.DataFrame([one]).reindex(columns=list(forms.IMPORTS.columns), fill_value="").assign(repaired=0)
    given = facts(imports, *empty.values(), *more.values(), LiteratureSettings(), told)
    text = prose("literature").fill("results", given | {"read": 1, "unique": 1})
    assert "1 field of records was corrected by hand" in text
    assert "1 correction refers to no record and was disregarded." in text
    assert "| r1 | title | AB |" in text
