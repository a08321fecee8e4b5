"""Export: the four formats round-trip through the import of this package and through others'."""

import json
import os
import subprocess
import sys

import bibtexparser
import pytest
import rispy
from coproduction.formats.references import writing
from coproduction.literature.importing import read_file
from coproduction.literature.tables import RECORDS, table_of

SAME = (
    "title",
    "abstract",
    "authors",
    "year",
    "source",
    "volume",
    "issue",
    "pages",
    "doi",
    "keywords",
    "type",
    "language",
    "url",
    "pmid",
    "editors",
    "publisher",
    "place",
    "issn",
    "isbn",
    "series",
    "edition",
    "notes",
)
RECORD = {
    "record": "r0000000001",
    "title": "Costs & benefits of 50% co-production: what {we} know",
    "abstract": "An abstract with $5, a_b, 10 % and <0.05 signs. “Quoted”.",
    "authors": "Alder, Béla; van den Birch, Ada; Ministry of Rivers and Lakes",
    "year": "2019",
    "source": "River & Lake Studies",
    "volume": "12",
    "issue": "3",
    "pages": "101-119",
    "doi": "10.5555/jrs_2019(1)",
    "pmid": "123456",
    "keywords": "co-production; R&D",
    "type": "article",
    "language": "English",
    "databases": "Rivers;Trees",
    "url": "https://example.org/a_b?c=1",
    "editors": "Cedar, Dana; Elm & Sons",
    "place": "Québec",
    "publisher": "River & Sons Press",
    "issn": "1234-5678; 8765-432X",
    "isbn": "978-3-16-148410-0",
    "series": "Studies of Rivers",
    "edition": "2nd",
    "affiliations": "Lake Institute, Graz",
    "notes": "Found by hand; see also p. 3",
}
KINDS = ["article", "conference paper", "chapter", "book", "thesis", "report", "erratum", "preprint"]


@pytest.fixture
def records():
    rows = [RECORD | {"type": k, "record": f"r{i:010}", "doi": f"10.5555/{i}"} for i, k in enumerate(KINDS)]
    return table_of(rows, RECORDS)


def read_back(content, name):
    return read_file(name, content.encode()).entries


@pytest.mark.parametrize("form", ["ris", "bib", "json", "csv"])
def test_round_trip(records, form):
    make = {"ris": writing.to_ris, "bib": writing.to_bibtex, "json": writing.to_csl}
    content = writing.to_table(records).to_csv(index=False) if form == "csv" else make[form](records)
    back = read_back(content, f"records.{form}")
    assert len(back) == len(records)
    for (_, record), entry in zip(records.iterrows(), back, strict=True):
        assert {k: entry[k] for k in SAME} == {k: record[k] for k in SAME}


def test_ris_reads_the_same_in_rispy(records):
    for record, entry in zip(records.to_dict("records"), rispy.loads(writing.to_ris(records)), strict=True):
        assert entry["title"] == record["title"]
        assert "; ".join(entry["authors"]) == record["authors"]
        assert entry["doi"] == record["doi"]


def test_bibtex_reads_the_same_in_bibtexparser(records):
    library = bibtexparser.parse_string(writing.to_bibtex(records))
    assert not library.failed_blocks
    assert len({e.key for e in library.entries}) == len(records)
    authors = library.entries[0].fields_dict["author"].value
    assert authors == "Alder, Béla and van den Birch, Ada and {Ministry of Rivers and Lakes}"


PANDOC = {"ris": (writing.to_ris, "ris"), "bib": (writing.to_bibtex, "biblatex"), "json": (writing.to_csl, "csljson")}


@pytest.mark.parametrize("form", list(PANDOC))
def test_pandoc_reads_the_same(records, form, tmp_path):
    pypandoc = pytest.importorskip("pypandoc")
    write, named = PANDOC[form]
    path = tmp_path / f"records.{form}"
    path.write_text(write(records), encoding="utf-8", newline="")
    command = [pypandoc.get_pandoc_path(), "-f", named, "-t", "csljson", str(path)]
    items = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert len(items) == len(records)
    for item, record in zip(items, records.to_dict("records"), strict=True):
        assert (item["title"], item["DOI"]) == (record["title"], record["doi"])
        assert item["issued"]["date-parts"][0][0] == 2019
        assert item["author"][0] == {"family": "Alder", "given": "Béla"}
        assert item["abstract"] == record["abstract"]
        assert item["publisher"] == record["publisher"]


ASREVIEW = """
import json, sys
from asreview.data.loader import load_records
rows = [[r.title, r.abstract, r.year, r.doi, [a.strip() for a in r.authors]]
        for r in load_records(sys.argv[1])]
print(json.dumps(rows))
"""


@pytest.mark.parametrize("form", ["ris", "csv"])
def test_asreview_loads_the_same(records, form, tmp_path):
    python = os.environ.get("COPRODUCTION_ASREVIEW", sys.executable)
    if subprocess.run([python, "-c", "import asreview"], check=False, capture_output=True).returncode:
        pytest.skip("ASReview is not installed (COPRODUCTION_ASREVIEW names its interpreter)")
    path = tmp_path / f"records.{form}"
    if form == "ris":
        path.write_text(writing.to_ris(records), encoding="utf-8", newline="")
    else:
        writing.to_table(records).to_csv(path, index=False)
    loaded = subprocess.run([python, "-c", ASREVIEW, str(path)], capture_output=True, check=True)
    for row, record in zip(json.loads(loaded.stdout), records.to_dict("records"), strict=True):
        assert row[:4] == [record["title"], record["abstract"], 2019, record["doi"]]
        assert row[4] == record["authors"].split("; ")


def test_csv_has_the_names_that_rayyan_documents(records):
    names = {
        "key",
        "title",
        "year",
        "journal",
        "issn",
        "volume",
        "issue",
        "pages",
        "authors",
        "url",
        "language",
        "publisher",
        "location",
        "abstract",
        "notes",
        "doi",
        "keywords",
        "pubmed_id",
    }
    assert names <= set(writing.to_table(records))


def test_csl_has_the_names_of_the_schema(records):
    item = json.loads(writing.to_csl(records))[0]
    assert item["author"][0] == {"family": "Alder", "given": "Béla"}
    assert item["author"][2] == {"literal": "Ministry of Rivers and Lakes"}
    assert item["issued"] == {"date-parts": [[2019]]}


def test_no_records():
    none = table_of([], RECORDS)
    assert writing.to_ris(none) == writing.to_bibtex(none) == ""
    assert json.loads(writing.to_csl(none)) == []


def test_a_work_has_one_key_in_every_file(records):
    """A study exports all its records and, later, some of them: the keys must be the same."""
    keys = writing.citation_keys(records)
    some = records.iloc[::-2]
    text = writing.to_bibtex(some, keys)
    assert [keys[record] in text for record in some["record"]] == [True] * len(some)
    assert sorted(writing.to_bibtex(records).count(f"{{{key},") for key in keys.values()) == [1] * 8
    assert len(set(keys.values())) == len(records)


def test_an_accession_number_is_written_where_the_table_has_one(records):
    one = records.head(1)
    assert "AN  - " not in writing.to_ris(one)
    assert "AN  - r0000000000\r\n" in writing.to_ris(one.assign(accession=one["record"]))


@pytest.mark.parametrize("make", [writing.to_ris, writing.to_bibtex, writing.to_csl, writing.to_csv])
def test_how_many_records_are_written_at_once_decides_nothing(records, make, monkeypatch):
    whole = make(records)
    monkeypatch.setattr(writing, "AT_ONCE", 3)
    assert make(records) == whole
    assert make(records.iloc[:0]) is not None
