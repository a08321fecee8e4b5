"""What goes to screening tools and reference managers: one writer, one key, the kinds as known."""

import re

import pandas as pd
import pytest
import rispy
from coproduction.core import tables
from coproduction.formats.references import writing
from coproduction.screening.exporting import list_included, to_asreview, to_bibtex, to_ris
from coproduction.screening.tables import ASREVIEW, FULL_TEXTS
from screening.study_folder import Folder, records, rows

FACTORS = pd.DataFrame({"id": ["trust"], "name": ["Trust"], "terms": ["coproduce"]})


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("kind", "tag"),
    [
        ("article", "JOUR"),
        ("conference paper", "CPAPER"),
        ("chapter", "CHAP"),
        ("book", "BOOK"),
        ("thesis", "THES"),
        ("report", "RPRT"),
        ("preprint", "UNPB"),
        ("", "GEN"),
    ],
)
def test_records_to_screen_keep_their_kind_and_their_id(folder, kind, tag):
    table = records().assign(type=kind)
    states = folder.settle().states
    entries = rispy.loads(to_ris(table, states, "title_abstract"))
    assert {entry["type_of_reference"] for entry in entries} == {tag}
    assert [entry["accession_number"] for entry in entries] == table["record"].tolist()
    assert entries[0]["notes"] == ["record r0"]
    assert to_ris(table, states, "full_text") == ""


def test_the_key_of_a_work_is_the_same_in_every_file(folder):
    decided = rows(*(f"r{i},{w},include,,," for i in (1, 4, 7) for w in "AB"))
    folder.write("title_abstract.csv", decided).write("full_text.csv", decided)
    table = records()
    included = list_included(table, folder.settle().states, FACTORS, tables.empty(FULL_TEXTS))
    every = set(re.findall(r"^@\w+{(.+),$", writing.to_bibtex(table), re.MULTILINE))
    own = re.findall(r"^@\w+{(.+),$", to_bibtex(included, table), re.MULTILINE)
    assert sorted(own) == sorted(included["key"])
    assert set(own) <= every
    assert len(every) == 8


def test_braces_in_a_title_stay(folder):
    decided = rows(*(f"r0,{w},include,,," for w in "AB"))
    folder.write("title_abstract.csv", decided).write("full_text.csv", decided)
    table = records()
    table.loc[0, "title"] = "Care in the set {users, officials} of B&B"
    included = list_included(table, folder.settle().states, FACTORS, tables.empty(FULL_TEXTS))
    assert "{users, officials" in to_bibtex(included, table)
    assert r"B\&B" in to_bibtex(included, table)


def test_without_included_reports_the_file_says_so(folder):
    included = list_included(records(), folder.settle().states, FACTORS, tables.empty(FULL_TEXTS))
    assert to_bibtex(included, records()).startswith("% No report")


def test_asreview_is_told_what_is_settled(folder):
    folder.write("title_abstract.csv", rows("r0,A,include,,,", "r0,B,include,,,", "r1,A,exclude,,,"))
    table = tables.conforming(to_asreview(records(), folder.settle().states), ASREVIEW)
    assert table["included"].tolist() == ["1"] + [""] * 7


def test_included_studies_as_table_and_bibtex(folder):
    folder.write("title_abstract.csv", rows(*(f"r{i},{w},include,,," for i in (0, 1) for w in "AB"))).write(
        "full_text.csv", rows(*(f"r{i},{w},include,,," for i in (0, 1) for w in "AB"))
    )
    states = folder.settle().states
    included = list_included(records(), states, FACTORS, tables.empty(FULL_TEXTS))
    assert included["key"].tolist() == ["alder2020title", "alder2020title-2"]
    assert included["factors"].tolist() == ["trust", ""]
    assert included["factor_names"].tolist() == ["Trust", ""]
    bib = to_bibtex(included, records())
    assert bib.count("@article{") == 2
    assert r"journal = {A \& B Journal}" in bib
    assert "author = {Alder, Ann and Birch, Bo}" in bib
    assert "pages = {3--9}" in bib
