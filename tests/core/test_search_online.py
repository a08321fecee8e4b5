"""Searches by API: frozen in the study folder, described in searches.csv, and imported like any export."""

import json

import pandas as pd
import pytest
from coproduction import command, search_online
from coproduction.config import load_config
from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.formats.services import Client
from coproduction.literature.correcting import read_corrections
from coproduction.literature.importing import exports_in, import_files
from coproduction.literature.tables import RECORDS, SEARCHES
from coproduction.screening.prisma import kind_of
from service_server import Service, served, work

# W1 and W2 are included; W1 cites W3 and W2, W4 cites W1.
WORKS = [
    work(1, "Care in common", "10.1234/one", cites=[3, 2]),
    work(2, "Care again", "10.1234/two"),
    work(3, "Older work"),
    work(4, "Later care", cites=[1]),
]
CROSSREF = [
    {
        "DOI": "10.1234/NEW",
        "title": ["A title without a DOI"],
        "author": [{"family": "Birch", "given": "Ada"}],
        "issued": {"date-parts": [[2018]]},
        "abstract": "<jats:title>Aim</jats:title><jats:p>Rivers &amp; lakes.</jats:p>",
    },
    {"DOI": "10.1234/one", "title": ["Care in common"], "abstract": "<jats:p>What we found.</jats:p>"},
]


@pytest.fixture
def study(tmp_path):
    """A study with two included reports and the tables that a search reads."""
    for folder in ("searches", "results/screening", "results/literature"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "results/screening/included.csv").write_text("record,doi\nr1,10.1234/one\nr2,10.1234/two\nr3,\n")
    rows = [
        {"record": "r1", "title": "Care in common", "doi": "10.1234/one", "year": "2019", "abstract": ""},
        {"record": "r5", "title": "A Title without a DOI", "authors": "Birch, Ada", "year": "2018", "abstract": "x"},
        {"record": "r6", "title": "Another title", "year": "2018", "abstract": ""},
        {"record": "r7", "title": "Complete", "doi": "10.1234/seven", "year": "2018", "abstract": "x"},
    ]
    table = pd.DataFrame(rows).reindex(columns=list(RECORDS.columns), fill_value="").astype(object).fillna("")
    table.to_csv(tmp_path / "results/literature/records.csv", index=False)
    return tmp_path


def searched(study, what, service=None, mail="a@b.org", **settings):
    """What is said; the services are on this computer."""
    said = []
    with served(service or Service(WORKS, CROSSREF)) as base:
        online = {"mail": mail, "openalex": base, "crossref": base, "queries": {"care": "care"}} | settings
        config = load_config({"study": str(study), "results": str(study / "results"), "literature": {"online": online}})
        client = Client("a@b.org", 0, lambda seconds: None)
        search_online.search(config, what, client, "2026-11-29", said.append)
    return "\n".join(said)


def described(study):
    return people_tables.read_people_table(study / "searches/searches.csv", SEARCHES)


def imported(study):
    folder = study / "searches"
    files = ((p.relative_to(folder).as_posix(), p.read_bytes()) for p in exports_in(folder))
    return import_files(files, described(study))


def test_a_query_is_frozen_described_and_imported(study):
    said = searched(study, [], filter="language:en")
    assert "OpenAlex: 3 of 3 works" in said
    row = described(study).iloc[0]
    assert row[["database", "date", "file", "hits"]].tolist() == [
        "OpenAlex",
        "2026-11-29",
        "online/openalex_care_2026-11-29.json",
        3,
    ]
    assert row["query"] == "care [filter: language:en]"
    got = imported(study)
    assert got.entries["title"].tolist() == ["Care in common", "Care again", "Later care"]
    assert got.entries.loc[0, ["doi", "abstract", "year"]].tolist() == ["10.1234/one", "Rivers matter.", "2019"]
    assert got.imports.loc[0, ["found", "refused", "note"]].tolist() == [3, 0, ""]
    assert not list((study / "searches/online").glob(".*"))
    raw = json.loads((study / "searches/online/openalex_care_2026-11-29.json").read_text())
    assert raw["results"][0]["referenced_works"] == WORKS[0]["referenced_works"]  # the answer as it came


def test_what_was_searched_is_not_asked_again(study):
    searched(study, [])
    service = Service(WORKS)
    assert "already searched" in searched(study, [], service)
    assert service.asked == []
    assert len(described(study)) == 1


def test_an_interrupted_search_goes_on(study):
    service = Service(WORKS)
    service.faults = [None, *["cut"] * 6]
    with pytest.raises(StudyError, match="everything received so far is kept"):
        searched(study, [], service)
    assert not (study / "searches/searches.csv").exists()
    assert exports_in(study / "searches") == []  # pages that have come are no export
    assert "3 of 3 works" in searched(study, [])


def test_snowballing_goes_both_ways_into_the_other_arm(study):
    said = searched(study, ["snowball"])
    assert "2 of 3 included reports were found in OpenAlex (1 have no DOI to search by)" in said
    rows = described(study)
    assert rows["hits"].tolist() == [1, 1]  # W3 backward, W4 forward; W2 is included itself
    assert imported(study).entries["title"].tolist() == ["Older work", "Later care"]
    assert {kind_of(name, {}) for name in rows["database"]} == {"citation"}
    assert kind_of("OpenAlex", {}) == "database"


def test_what_records_lack_comes_as_corrections(study):
    said = searched(study, ["complete"])
    assert "Crossref knows 2 of 3 records" in said
    rows = read_corrections([str(study / "searches/corrections_crossref.csv")])
    assert [(row["record"], row["field"], row["who"]) for row in rows] == [
        ("r1", "abstract", "Crossref"),
        ("r5", "doi", "Crossref"),
    ]
    assert rows[0]["value"] == "What we found."
    service = Service(WORKS, CROSSREF)
    searched(study, ["complete"], service)
    assert service.asked == []  # each record is asked about once
    assert exports_in(study / "searches") == []


@pytest.mark.parametrize("mark", [",", ";"])
def test_lines_are_added_as_the_table_is_written(study, mark):
    path = study / "searches/searches.csv"
    path.write_text(
        f"\ufeffFile{mark}Database{mark}Query{mark}Hits{mark}Date{mark}Platform\na.ris{mark}Scopus{mark}x{mark}3",
        encoding="utf-8",
    )
    searched(study, [])
    rows = described(study)
    assert rows["database"].tolist() == ["Scopus", "OpenAlex"]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_workbook_is_not_touched(study):
    (study / "searches/searches.xlsx").write_bytes(b"PK")
    assert "Add the following to" in searched(study, [])
    assert (study / "searches/searches.xlsx").read_bytes() == b"PK"


@pytest.mark.parametrize(
    ("what", "settings", "words"),
    [
        (["snowbal"], {}, "'snowbal' is not a kind of search"),
        ([], {"mail": ""}, "literature.online.mail"),
        ([], {"queries": {}}, "literature.online.queries"),
        ([], {"queries": {"a/b": "x"}}, "used as a file name"),
    ],
)
def test_what_is_missing_is_said(study, what, settings, words):
    with pytest.raises(StudyError, match=words):
        searched(study, what, **settings)


def test_snowballing_before_anything_is_included_says_so(study):
    (study / "results/screening/included.csv").unlink()
    with pytest.raises(StudyError, match="no report is included yet"):
        searched(study, ["snowball"])


def test_the_command_asks_for_a_study_with_settings(tmp_path, capsys):
    (tmp_path / "study.yaml").write_text(f"study: {tmp_path}\nresults: {tmp_path / 'results'}\n")
    assert command.main(["search", str(tmp_path)]) == 1
    assert "literature.online.mail" in capsys.readouterr().err
