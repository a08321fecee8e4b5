"""Files that people put together of several, and what a file holds beside its entries."""

import io

import openpyxl
import pytest
from coproduction.literature.importing import read_file

XML = '<?xml version="1.0" encoding="UTF-8"?>\n{}<xml><records><record><titles><title>{}</title></titles></record></records></xml>\n'


def titles(one):
    return [entry["title"] for entry in one.entries]


@pytest.mark.parametrize("head", ["", "<!DOCTYPE x [ <!ENTITY a 'b'> ]>\n", "<!DOCTYPE x>"])
def test_xml_documents_in_one_file(head):
    one = read_file("x.xml", (XML.format(head, "One") + XML.format(head, "Two")).encode())
    assert titles(one) == ["One", "Two"]
    assert one.refused == []
    assert one.entries[1]["line"] > one.entries[0]["line"]


def test_tables_in_one_file():
    text = "Title,Authors,Year\nOne,Alder B,2019\nTitle,Authors,Year\nTwo,Birch C,2020\nYear,Title,Authors\n2021,Three,Cedar D\n"
    one = read_file("x.csv", text.encode())
    assert [(e["title"], e["year"]) for e in one.entries] == [("One", "2019"), ("Two", "2020"), ("Three", "2021")]
    assert [row["reason"] for row in one.outside] == ["the names of the columns again"] * 2


def test_a_work_named_like_columns_is_a_work():
    one = read_file("x.csv", b"Title,Authors,Year\nAbstract,Alder B,2019\nYear,Birch C,2020\n")
    assert titles(one) == ["Abstract", "Year"]


def test_names_again_in_a_workbook():
    book = openpyxl.Workbook()
    for row in (["Title", "Authors", "Year"], ["One", "Alder B", 2019]) * 2:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    assert titles(read_file("x.xlsx", buffer.getvalue())) == ["One", "One"]


def test_lists_of_json_in_one_file():
    text = '[{"title": "One", "DOI": "10.5555/1"}]\n[{"title": "Two", "DOI": "10.5555/2"}]\n'
    assert titles(read_file("x.json", text.encode())) == ["One", "Two"]


def test_what_stands_beside_the_entries_of_xml_is_listed():
    text = (
        "<searchResults><query>TI co-production</query><totalHits>2</totalHits><records>stray "
        "<rec><header uiTerm='1'><controlInfo><artinfo><tig><atl>One</atl></tig></artinfo></controlInfo>"
        "</header></rec><note>A note</note><note>Another</note></records></searchResults>"
    )
    one = read_file("x.xml", text.encode())
    assert titles(one) == ["One"]
    assert {(r["reason"], r["text"], r["lines"]) for r in one.outside} == {
        ("query, beside the entries", "TI co-production", 1),
        ("totalHits, beside the entries", "2", 1),
        ("records, beside the entries", "stray", 1),
        ("note, beside the entries", "A note", 2),
    }


def test_attachments_and_notes_of_zotero_rdf_are_listed_and_journals_are_not():
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:bib="http://purl.org/net/biblio#" xmlns:dcterms="http://purl.org/dc/terms/">'
        '<bib:Article rdf:about="#item_4"><z:itemType>journalArticle</z:itemType>'
        '<dcterms:isPartOf rdf:resource="urn:issn:1234"/><dc:title>One</dc:title></bib:Article>'
        '<bib:Journal rdf:about="urn:issn:1234"><dc:title>Journal of Doors</dc:title></bib:Journal>'
        '<z:Attachment rdf:about="#item_5"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title>'
        "</z:Attachment><bib:Memo rdf:about='#item_6'>Read again</bib:Memo></rdf:RDF>"
    )
    one = read_file("x.rdf", rdf.encode())
    assert (titles(one), one.entries[0]["source"]) == (["One"], "Journal of Doors")
    assert {(r["reason"], r["lines"]) for r in one.outside} == {
        ("Attachment, beside the entries", 1),
        ("Memo, beside the entries", 1),
    }


def test_what_stands_beside_the_list_of_json_is_listed():
    text = '{"meta": {"count": 2}, "status": "ok", "empty": [], "results": [{"title": "One", "doi": "10.5555/1"}]}'
    one = read_file("x.json", text.encode())
    assert titles(one) == ["One"]
    assert {(row["reason"], row["text"]) for row in one.outside} == {
        ("meta, beside the entries", '{"count": 2}'),
        ("status, beside the entries", "ok"),
    }


def test_what_stands_below_a_table_is_listed():
    text = "Title,Authors,Year\nOne,Alder B,2019\n\n© 2024 Press. All rights reserved.\nTotal: 1\nCopyright and care,Birch C,2020\n"
    one = read_file("x.csv", text.encode())
    assert titles(one) == ["One", "Copyright and care"]
    assert [(row["line"], row["reason"]) for row in one.outside] == [(4, "below the table"), (5, "below the table")]


def test_cells_beyond_the_last_column_and_without_a_name_are_kept():
    text = "Title,,Year\nOne,aside,2019\nTwo,,2020 Three,beyond,2021\n"
    one = read_file("x.csv", text.encode())
    assert [(row["number"], row["tag"], row["value"]) for row in one.other] == [
        (1, "", "aside"),
        (2, "beyond the last column", "beyond; 2021"),
    ]
    assert one.entries[1]["repaired"] == "5 cells under 3 names"


def test_more_funding_texts_than_names_in_a_table_of_scopus():
    text = "Title,Funding Text 1,Year,EID\nOne,a grant,2019,2-s2.0-1\nTwo,a grant,another,2020,2-s2.0-2\n"
    one = read_file("x.csv", text.encode())
    assert [(e["year"], e["accession"]) for e in one.entries] == [("2019", "2-s2.0-1"), ("2020", "2-s2.0-2")]
    assert one.other[-1]["value"] == "another"
