"""Import of what Zotero's own export translators write.

The entries are as Zotero wrote them (translation-server with zotero/translators, 2026), the expected
values what stood in the items; benchmarks/literature_interchange.py runs the translators themselves.
"""

import pytest
from coproduction.core.errors import StudyError
from coproduction.literature.importing import read_file


def read(text, name="zotero.txt"):
    one = read_file(name, text.encode())
    assert not one.refused
    return one.entries


def test_initials_are_not_et_al():
    text = "TY  - JOUR\nTI  - Water\nAU  - Shah, U. A.\nAU  - Yousaf, S.\nAU  - Birch, A., u.a.\nER  - \n"
    assert read(text)[0]["authors"] == "Shah, U. A.; Yousaf, S.; Birch, A."


def test_a_book_review_is_an_article():
    text = "PT J\nAU Shah, UA\nTI Water\nSO Church History\nDT Book Review\nPY 2001\nER\n\nEF\n"
    assert read(text)[0]["type"] == "article"


@pytest.mark.parametrize("name", ["Heppner, Jr., D. G.", "Heppner, D. G., Jr."])
def test_bibtex_suffixes_stand_last(name):
    text = f"@article{{a, title={{Eels}}, author={{{name} and {{World Bank}}}}}}\n"
    assert read(text)[0]["authors"] == "Heppner, D. G., Jr.; World Bank"


BIBTEX = r"""
@article{birch__2019,
	title = {A {\textless} b {\textbar} {\textasciitilde}c and 5 {\textgreater} 4},
	doi = {10.1300/j082v53n03\_06},
	author = {Birch, III, Ada and {World Bank}},
	editor = {Itor, Ed},
	year = {2019},
	pmid = {99},
	keywords = {k1, k2},
	pages = {{72-\&}},
}
"""


def test_bibtex():
    entry = read(BIBTEX)[0]
    assert entry["title"] == "A < b | ~c and 5 > 4"
    assert entry["authors"] == "Birch, Ada, III; World Bank"
    assert (entry["doi"], entry["pmid"]) == ("10.1300/j082v53n03_06", "99")
    assert entry["pages"] == "72-&"


CSL = """[{"id": "A", "type": "article-journal", "title": "Eels", "note": "PMID: 99\\nmore",
"author": [{"family": "Birch", "given": "Ada", "suffix": "III"},
{"family": "Donato", "given": "F", "non-dropping-particle": "de'"},
{"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}]}]"""


def test_csl_json():
    entry = read(CSL)[0]
    assert entry["authors"] == "Birch, Ada, III; de'Donato, F; Beethoven, Ludwig van"
    assert (entry["pmid"], entry["notes"]) == ("99", "PMID: 99 more")


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:dc="http://purl.org/dc/elements/1.1/">
<rdf:Description rdf:about="urn:isbn:978-3-16-148410-0">
 <z:itemType>conferencePaper</z:itemType>
 <dcterms:isPartOf><bib:Journal>
  <dcterms:isPartOf><bib:Series><dc:title>LNCS</dc:title></bib:Series></dcterms:isPartOf>
  <dc:title>Proceedings of the River Days</dc:title>
  <dc:identifier>ISBN 978-3-16-148410-0</dc:identifier>
 </bib:Journal></dcterms:isPartOf>
 <dc:title>Eels</dc:title><dc:date>2011</dc:date>
 <dc:description>PMID: 99</dc:description>
</rdf:Description></rdf:RDF>"""


def test_rdf_tells_the_series_from_the_proceedings():
    entry = read(RDF)[0]
    assert (entry["source"], entry["series"]) == ("Proceedings of the River Days", "LNCS")
    assert (entry["isbn"], entry["pmid"]) == ("978-3-16-148410-0", "99")


DUBLIN_CORE = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
    <rdf:Description rdf:about="https://a.org">
        <dc:title>Eels</dc:title>
        <dc:type>journalArticle</dc:type>
        <dc:creator>Birch, Ada</dc:creator>
        <dc:creator>World Bank</dc:creator>
        <dc:contributor>Itor, Ed</dc:contributor>
        <dc:date>2019-03</dc:date>
        <dc:identifier>ISSN 1234-5678</dc:identifier>
        <dc:identifier>DOI 10.5555/a</dc:identifier>
    </rdf:Description>
    <rdf:Description rdf:nodeID="n42">
        <dc:title>Reeds</dc:title>
        <dc:type>book</dc:type>
        <dc:publisher>Spr</dc:publisher>
    </rdf:Description>
</rdf:RDF>"""


def test_dublin_core_in_rdf_is_read():
    eels, reeds = read(DUBLIN_CORE)
    assert (eels["title"], eels["authors"], eels["year"]) == ("Eels", "Birch, Ada; World Bank", "2019")
    assert (eels["doi"], eels["issn"], eels["type"]) == ("10.5555/a", "1234-5678", "article")
    assert (reeds["title"], reeds["publisher"], reeds["type"]) == ("Reeds", "Spr", "book")


def test_rdf_of_the_bibliographic_ontology_says_what_to_export():
    text = '<rdf:RDF\n xmlns:rdf="x"\n xmlns:bibo="http://purl.org/ontology/bibo/">\n</rdf:RDF>'
    with pytest.raises(StudyError, match=r"Bibliographic Ontology(?s:.)*RIS or Zotero RDF"):
        read(text)


MODS = """<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods>
<titleInfo><title>Eels</title></titleInfo><genre authority="local">conferencePaper</genre>
<name type="personal"><namePart type="family">Birch</namePart><namePart type="given">Ada</namePart>
<role><roleTerm type="code" authority="marcrelator">aut</roleTerm></role></name>
<relatedItem type="host"><name type="personal"><namePart type="family">Au</namePart>
<role><roleTerm type="code" authority="marcrelator">pbd</roleTerm></role></name>
<originInfo><dateCreated>2011</dateCreated></originInfo>
<titleInfo><title>Proc</title></titleInfo></relatedItem></mods></modsCollection>"""


def test_mods():
    entry = read(MODS)[0]
    assert (entry["authors"], entry["year"], entry["source"]) == ("Birch, Ada", "2011", "Proc")


def test_refworks_names_sections_of_books_with_a_comma():
    assert read("RT Book, Section\nT1 Eels\nA1 Birch, Ada\nT2 Rivers\n\n")[0]["type"] == "chapter"


def test_endnotes_own_address_is_none():
    text = "TY  - JOUR\nTI  - Eels\nUR  - <Go to ISI>://WOS:000123400001\nER  - \n"
    one = read_file("endnote.ris", text.encode())
    assert one.entries[0]["url"] == ""
    assert "<Go to ISI>://WOS:000123400001" in {o["value"] for o in one.other} | {c["raw"] for c in one.changes}


def test_dublin_core_of_two_works_of_one_book_gives_two():
    text = DUBLIN_CORE.replace('    </rdf:Description>\n    <rdf:Description rdf:nodeID="n42">\n', "")
    assert [entry["title"] for entry in read(text)] == ["Eels", "Reeds"]


PLACED = {
    "RIS": "TY  - CONF\nTI  - Eels\nA3  - Itor, Ed\nC1  - Graz\nC3  - Proc\nER  - \n",
    "RefWorks": "RT Conference Proceedings\nT1 Eels\nA3 Itor, Ed\nU1 Graz\nT2 Proc\n\n",
    "EndNote": '<xml><records><record><ref-type name="Conference Proceedings">10</ref-type>'
    "<contributors><tertiary-authors><author>Itor, Ed</author></tertiary-authors></contributors>"
    "<titles><title>Eels</title></titles><periodical><full-title>Proc</full-title></periodical>"
    "<custom1>Graz</custom1></record></records></xml>",
}


@pytest.mark.parametrize("form", list(PLACED))
def test_place_of_a_conference_and_editors_of_a_book(form):
    entry = read(PLACED[form])[0]
    assert (entry["place"], entry["source"], entry["editors"]) == ("Graz", "Proc", "Itor, Ed")


def test_free_field_of_an_article_is_no_place():
    one = read_file("x.ris", b"TY  - JOUR\nTI  - Eels\nC1  - Graz\nER  - \n")
    assert one.entries[0]["place"] == ""
    assert [(o["tag"], o["value"]) for o in one.other] == [("C1", "Graz")]


def test_signs_of_tex_that_begin_like_accents():
    text = r"@article{a, title={On $\rho$ and \v{C}apek, \c{c} and \{\vphantom{\}}x \~{}5 \~n}, year={2001}}"
    assert read(text)[0]["title"] == r"On $\rho$ and Čapek, ç and {x ~5 ñ"


def test_nbib_without_a_pubmed_number_as_rayyan_writes_it():
    entry = "PMID- \nPT  - Journal Article\nTI  - {}\nDP  - 2016\nJT  - Rivers\nAU  - Birch, Ada\n\n"
    one = read_file("rayyan.nbib", (entry.format("Eels") + entry.format("Reeds")).encode())
    assert one.format == "PubMed NBIB"
    assert [(e["title"], e["source"]) for e in one.entries] == [("Eels", "Rivers"), ("Reeds", "Rivers")]


def test_nbib_of_eric_has_the_issn_under_its_own_tag():
    text = "OWN - ERIC\nTI  - Tests\nJT  - Rivers\nISSN - EISSN-2375-5636\nPT  - Journal Articles\n\n"
    assert read(text)[0]["issn"] == "2375-5636"


@pytest.mark.parametrize("between", ["", "\n"])
def test_nbib_of_eric_with_and_without_empty_lines(between):
    entry = "OWN - ERIC\nTI  - {}\nAU  - Lee, Ann\nDP  - 2019\nOID - EJ{}\n"
    made = read_file("eric.nbib", between.join([entry.format("Eels", 1), entry.format("Reeds", 2)]).encode())
    assert [(row["title"], row["accession"]) for row in made.entries] == [("Eels", "EJ1"), ("Reeds", "EJ2")]
