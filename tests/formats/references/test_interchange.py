"""What Zotero and Rayyan read of the exports.

The expected values are what the import translators of Zotero (RIS.js, BibTeX.js, CSL JSON.js of
zotero/translators) and the parsers of rayyan-formats do with a tag or field, as measured by
benchmarks/literature_interchange.py. Where COPRODUCTION_ZOTERO names a translation-server, or
COPRODUCTION_RAYYAN the folders of Rayyan's parsers (separated by ":"), they are asked themselves.
"""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from coproduction.formats.references import writing
from coproduction.literature.importing import read_file
from coproduction.literature.tables import RECORDS, table_of

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))
import interchange_programs

CONFERENCE = {
    "record": "r0000000001",
    "title": "ACOUSTIC TELEMETRY OF EELS",
    "type": "conference paper",
    "authors": "Heppner, D. G., Jr.; Alexander, Sandra; Institute of Rivers",
    "year": "2019",
    "editors": "Cedar, Dana",
    "source": "Proceedings of the River Days",
    "pages": "1-9",
    "issn": "1234-5678; 8765-432X",
    "isbn": "978-3-16-148410-0",
    "pmid": "123456",
    "databases": "Scopus; Rivers",
    "affiliations": "Lake Institute, Graz; Reed Centre, Wien",
    "abstract": "Eels.",
    "keywords": "SATELLITE TAGS; eels",
    "doi": "10.5555/eels",
    "place": "Graz",
    "publisher": "INTELLECT",
}
ARTICLE = CONFERENCE | {
    "record": "r0000000002",
    "type": "article",
    "title": "Eels in the river",
    "doi": "10.5555/two",
    "source": "River Studies",
    "volume": "12",
    "issue": "3",
}
UNKNOWN = ARTICLE | {"record": "r0000000003", "type": "", "title": "Of unknown kind", "doi": ""}


def records(*rows):
    return table_of(list(rows), RECORDS)


def tags(text):
    found = {}
    for line in text.split("\r\n"):
        if "  - " in line:
            found.setdefault(line[:2], []).append(line[6:])
    return found


def test_ris_has_the_proceedings_where_zotero_looks_for_them():
    assert tags(writing.to_ris(records(CONFERENCE)))["C3"] == ["Proceedings of the River Days"]
    assert "C3" not in tags(writing.to_ris(records(ARTICLE)))


def test_ris_has_editors_under_a_tag_that_is_no_author_in_rayyan():
    found = tags(writing.to_ris(records(CONFERENCE)))
    assert found["ED"] == ["Cedar, Dana"]
    assert not {"A1", "A2", "A3", "A4"} & set(found)  # all authors, says Rayyan


def test_ris_has_the_number_first_that_fits_the_type():
    assert tags(writing.to_ris(records(CONFERENCE)))["SN"][0] == "978-3-16-148410-0"
    assert tags(writing.to_ris(records(ARTICLE)))["SN"][0] == "1234-5678; 8765-432X"


def test_ris_makes_no_attachment_of_a_pubmed_number():
    found = tags(writing.to_ris(records(ARTICLE)))
    assert found["M2"] == ["PMID: 123456"]  # Zotero: Extra
    assert not {"L1", "L2", "L3", "L4"} & set(found)  # Zotero: attachments


def test_ris_names_databases_as_catalogue_not_as_archive():
    found = tags(writing.to_ris(records(ARTICLE)))
    assert found["DP"] == ["Scopus; Rivers"]
    assert "DB" not in found  # Zotero: Archive, which styles print


@pytest.mark.parametrize("make", [writing.to_ris, writing.to_bibtex, writing.to_csl])
def test_suffixes_come_back(make):
    back = read_file("x", make(records(CONFERENCE)).encode()).entries
    assert back[0]["authors"] == CONFERENCE["authors"]


def test_bibtex_has_suffixes_between_the_names():
    text = writing.to_bibtex(records(CONFERENCE))
    assert "author = {Heppner, Jr., D. G. and Alexander, Sandra and {Institute of Rivers}}" in text


def test_bibtex_begins_with_an_article():
    text = writing.to_bibtex(records(CONFERENCE, ARTICLE))
    assert re.findall(r"@(\w+)\{", text) == ["article", "inproceedings"]


def test_bibtex_has_no_letters_that_zotero_takes_for_one_sign():
    assert "TEL" not in writing.to_bibtex(records(CONFERENCE))
    back = read_file("x", writing.to_bibtex(records(CONFERENCE)).encode()).entries[0]
    assert (back["title"], back["keywords"]) == (CONFERENCE["title"], CONFERENCE["keywords"])


@pytest.mark.parametrize("text", ["a } b", "} {", "{x} {", r"~5 \\alpha ''q'' ``x`` a--b---c", "$5 and $6 & 7%"])
def test_bibtex_keeps_every_sign(text):
    """Braces of BibTeX must pair even where they are escaped, or the file ends there for Rayyan."""
    made = writing.to_bibtex(records(ARTICLE | {"title": text, "abstract": text}))
    assert made.count("{") == made.count("}")
    back = read_file("x", made.encode()).entries[0]
    assert (back["title"], back["abstract"]) == (text, text)


def test_what_has_a_journal_is_an_article_where_nothing_else_is_known():
    assert writing.to_bibtex(records(UNKNOWN)).startswith("@article{")
    assert json.loads(writing.to_csl(records(UNKNOWN)))[0]["type"] == "article-journal"


SAME = ("title", "authors", "year", "source", "pages", "doi", "abstract", "place", "publisher")
ASKED = {"ris": writing.to_ris, "bib": writing.to_bibtex, "json": writing.to_csl}


@pytest.mark.skipif("COPRODUCTION_ZOTERO" not in os.environ, reason="COPRODUCTION_ZOTERO")
def test_zotero_reads_the_same():
    with interchange_programs.Zotero(Path(os.environ["COPRODUCTION_ZOTERO"])) as zotero:
        for make in ASKED.values():
            items = interchange_programs.of_zotero(zotero.read(make(records(ARTICLE, CONFERENCE))))
            for record, item in zip((ARTICLE, CONFERENCE), items, strict=True):
                read = {k: item[k].replace("–", "-") for k in (*SAME, "editors", "pmid", "isbn")}
                wanted = {k: record[k] for k in read}
                if record is ARTICLE:  # Zotero has no place for it in articles
                    read["isbn"] = wanted["isbn"]
                if record is CONFERENCE and make is writing.to_csl:
                    read["pmid"] = wanted["pmid"]
                assert read == wanted


@pytest.mark.skipif("COPRODUCTION_RAYYAN" not in os.environ, reason="COPRODUCTION_RAYYAN")
def test_rayyan_reads_the_same():
    folders = [Path(f) for f in os.environ["COPRODUCTION_RAYYAN"].split(":")]
    table = records(CONFERENCE, ARTICLE)
    csv = writing.to_table(table).to_csv(index=False)
    for form, text in (("ris", writing.to_ris(table)), ("csv", csv)):
        read = interchange_programs.of_rayyan(text, form, folders)
        for record, target in zip((CONFERENCE, ARTICLE), read, strict=True):
            for name in ("title", "authors", "year", "source", "pages", "abstract"):
                assert target[name] == record[name]
    assert len(interchange_programs.of_rayyan(writing.to_bibtex(table), "bib", folders)) == 2
