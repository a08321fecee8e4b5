"""Fields of common exports, as their programs write them."""

from pathlib import Path

import pytest
from coproduction.formats.references.author_names import split_authors
from coproduction.formats.references.missing import is_missing, is_unsaid
from coproduction.literature.importing import read_file

CASES = Path(__file__).parent / "cases"


def case(name):
    return read_file(name, (CASES / name).read_bytes()).entries


def read(name, text):
    return read_file(name, text.encode()).entries


def ris(*lines, kind="JOUR"):
    return read("x.ris", "\n".join([f"TY  - {kind}", "TI  - Citizens and keys", *lines, "ER  - ", ""]))[0]


@pytest.mark.parametrize(
    "word",
    [
        "[No abstract available]",
        "NA",
        "n/a",
        "null",
        "[No author name available]",
        "n.d.",
        "No abstract.",
        "Abstract not available",
        "<NA>",
        "-",
        "nan",
        "n. pag.",
    ],
)
def test_words_for_missing_are_no_content(word):
    assert is_missing(word)
    entry = ris(f"AB  - {word}", f"AU  - {word}", f"PY  - {word}", f"VL  - {word}", f"KW  - {word}")
    assert [entry[n] for n in ("abstract", "authors", "year", "volume", "keywords")] == [""] * 5


@pytest.mark.parametrize("word", ["Na, Li", "Nathan, N.", "None of us is alone", "No title fits", "Nature", "12"])
def test_words_that_only_begin_so_are_content(word):
    assert not is_missing(word)


def test_no_abstract_in_a_csv_of_scopus():
    assert {e["abstract"] for e in case("placeholder.csv")} == {""}


def test_ieee_types_and_no_accession_number():
    first, second = case("t09_ieee.csv")
    assert (first["type"], second["type"]) == ("conference paper", "article")
    assert (first["accession"], second["accession"]) == ("", "")


def test_ebsco_xml_of_2024():
    entry = case("t08_ebsco.xml")[0]
    assert (entry["pages"], entry["keywords"]) == ("183-191", "Volunteers; Town halls")
    assert entry["url"].endswith("AN=150000001")


def test_publish_or_perish_names_are_cut_and_snippets_no_abstracts():
    entry = case("c_pop.csv")[0]
    assert entry["authors"] == "Alder, RG; Birch, R; Cedar, J; Elm, JE"
    assert entry["abstract"] == ""


def test_subtitle_of_ebsco_where_jf_names_the_journal():
    entry = ris("T2  - What halls are for", "JF  - Journal of Doors", "JO  - Journal of Doors")
    assert entry["source"] == "Journal of Doors"
    assert ris("T2  - Journal of Doors", "J2  - J Doors")["source"] == "Journal of Doors"


def test_free_tags_that_hold_something_else():
    assert ris("CP  - 12th Meeting on Halls")["issue"] == ""
    assert ris("CP  - 3")["issue"] == "3"
    assert ris("C7  - screened")["pages"] == ""
    assert ris("C7  - e61263")["pages"] == "e61263"
    assert ris("C7  - Article 136")["pages"]
    assert ris("C3  - 31234567")["pmid"] == "31234567"
    assert ris("C3  - Proceedings of Halls")["source"] == "Proceedings of Halls"


def test_pages_among_the_numbers_of_pubmed():
    text = "PMID- 31234567\nTI  - Citizens and keys\nLID - e1234 [pii]\nLID - 10.5555/x.1 [doi]\n"
    entry = read("x.nbib", text)[0]
    assert (entry["pages"], entry["doi"]) == ("e1234", "10.5555/x.1")
    assert read("x.nbib", "PMID- 31234567\nTI  - A\nLID - S0001-2345(19)1 [pii]\n")[0]["pages"] == ""


def test_attachment_of_zotero_rdf_is_no_address():
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:bib="http://purl.org/net/biblio#" xmlns:link="http://purl.org/rss/1.0/modules/link/">'
        '<bib:Article rdf:about="#item_4"><z:itemType>journalArticle</z:itemType>'
        '<dc:title>Citizens and keys</dc:title><link:link rdf:resource="#item_5"/></bib:Article>'
        "</rdf:RDF>"
    )
    assert read("x.rdf", rdf)[0]["url"] == ""


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Alder B 2nd, Birch C; River Study Group.", ["Alder, B, 2nd", "Birch, C", "River Study Group"]),
        ("Ministry of Health, Labour and Welfare", ["Ministry of Health, Labour and Welfare"]),
        ("Department of Halls and Doors", ["Department of Halls and Doors"]),
        ("Alder, B. and Department of Halls", ["Alder, B.", "Department of Halls"]),
        ("Alder, B. and Birch, C.", ["Alder, B.", "Birch, C."]),
        ("RG Alder, R Birch, …", ["Alder, RG", "Birch, R"]),
    ],
)
def test_authors(written, names):
    assert [n.rstrip(".") for n in split_authors([written])] == [n.rstrip(".") for n in names]


def test_columns_of_tables():
    head = "title,creator,keywords,keywords plus,issn,abstract\n"
    row = '"Citizens","Alder, Béla","keys,doors,halls",locks,"1234-5678 978-3-16-148410-0","<ns4:p>Words.</ns4:p>"\n'
    entry = read("x.csv", head + row)[0]
    assert entry["authors"] == "Alder, Béla"
    assert entry["keywords"] == "keys; doors; halls; locks"
    assert (entry["issn"], entry["isbn"]) == ("1234-5678", "978-3-16-148410-0")
    assert entry["abstract"] == "Words."


@pytest.mark.parametrize(
    "word",
    [
        "[Abstract not available]",
        "Abstract unavailable",
        "No abstract is available for this article.",
        "There is no abstract available",
        "k. A.",
        "keine Angabe",
        "[o. J.]",
        "Kein Abstract verfügbar",
        "Résumé non disponible",
        "sans date",
        "[s.d.]",
        "Sin resumen",
        "s. f.",
        "Resumo não disponível",
        "Abstract non disponibile",
        "geen samenvatting",
        "brak danych",
        "Нет аннотации",
        "б. г.",
        "暂无摘要",
        "【无摘要】",
        "抄録なし",
        "초록 없음",
        "özet yok",
        "\\N",
        "—",
        "[No author id available]",
    ],
)
def test_words_for_missing_in_other_languages(word):
    assert is_missing(word)
    entry = ris(f"AB  - {word}", f"AU  - {word}", f"PY  - {word}", f"KW  - {word}", f"T2  - {word}")
    assert [entry[n] for n in ("abstract", "authors", "year", "keywords", "source")] == [""] * 5


@pytest.mark.parametrize("word", ["Unknown", "[missing]", "Empty", "无", "нет", "TBA"])
def test_words_that_are_titles_too_are_missing_elsewhere(word):
    assert not is_missing(word)
    assert is_unsaid(word)
    entry = read("x.ris", f"TY  - JOUR\nTI  - {word}\nAB  - {word}\nT2  - {word}\nAU  - {word}\nER  - \n")[0]
    assert entry["title"] == word
    assert [entry[n] for n in ("abstract", "source", "authors")] == ["", "", ""]


@pytest.mark.parametrize("name", ["Anonymous", "[Anon.]", "N. N.", "Unknown author", "佚名", "Anónimo", "Anonyme"])
def test_nobody_is_no_author(name):
    assert ris(f"AU  - {name}")["authors"] == ""


@pytest.mark.parametrize("name", ["Brak, J.", "Nil, A.", "Blank, R.", "None, A.", "Нет, И."])
def test_names_like_words_for_missing_are_names(name):
    assert ris(f"AU  - {name}")["authors"] == name


@pytest.mark.parametrize(
    ("written", "issn", "isbn"),
    [
        ("978-3-16-148410-0, 1234-5678", "1234-5678", "978-3-16-148410-0"),
        ("9783161484100 (hbk); 316148410X (pbk)", "", "9783161484100; 316148410X"),
        ("1234-567X (Print) 8765-4321 (Electronic)", "1234-567X; 8765-4321", ""),
        ("ISSN: 12345678 ISBN: 0-306-40615-2", "12345678", "0-306-40615-2"),
        ("1234\u20135678", "1234-5678", ""),
    ],
)
def test_numbers_of_journals_and_books_in_one_field(written, issn, isbn):
    entry = ris(f"SN  - {written}")
    assert (entry["issn"], entry["isbn"]) == (issn, isbn)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Béla Alder, Carl Birch & Dora Cedar", ["Alder, Béla", "Birch, Carl", "Cedar, Dora"]),
        ("Alder, B., Birch, C., & Cedar, D.", ["Alder, B.", "Birch, C.", "Cedar, D."]),
        ("Béla Alder & Carl Birch", ["Alder, Béla", "Birch, Carl"]),
        ("Institute of Doors & Halls", ["Institute of Doors & Halls"]),
    ],
)
def test_names_with_an_ampersand(written, names):
    assert split_authors([written]) == names


def test_years_in_wide_digits():
    assert ris("PY  - ２０１９年")["year"] == "2019"
