"""What single providers write in their own way, in files as their programs write them."""

import pytest
from coproduction.formats.references.providers import adapt
from coproduction.literature.importing import read_file


def read(name, text):
    one = read_file(name, text.encode())
    return one.entries[0], {row["tag"]: row["value"] for row in one.other}


@pytest.mark.parametrize(
    ("name", "text", "authors"),
    [
        (
            "x.nbib",
            "PMID- 1\nTI  - Doors\nFAU - Alder, Béla\nAU  - Alder B\nCN  - River Study Group\n",
            "Alder, Béla; River Study Group",
        ),
        ("x.nbib", "PMID- 1\nTI  - Doors\nCN  - River Study Group\n", "River Study Group"),
        (
            "x.txt",
            "FN Clarivate\nVR 1.0\nPT J\nAU Alder, B\nAF Alder, Bela\nCA River Study Grp\nTI Doors\nER\n",
            "Alder, Bela; River Study Grp",
        ),
        (
            "x.txt",
            "<1. >\nUI  - 1\nTI  - Doors.\nAU  - Alder B\nCN  - River Study Group\n",
            "Alder, B; River Study Group",
        ),
        (
            "x.csv",
            'PMID,Title,Authors\n1,Doors,"Alder B, van der Elm C; River Study Group."\n',
            "Alder, B; van der Elm, C; River Study Group",
        ),
        ("x.csv", "Title,Authors,Year\nDoors,B. {Alder}; C. Birch,2019\n", "Alder, B.; Birch, C."),
    ],
)
def test_bodies_among_the_authors(name, text, authors):
    assert read(name, text)[0]["authors"] == authors


def test_mark_of_google_scholar_before_a_title():
    head = "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,GSRank,Type\n"
    entry, other = read("x.csv", head + "3,B Alder,[PDF] Shared desks,2012,Rivers,Press,https://x.org,2,PDF\n")
    assert entry["title"] == "Shared desks"
    assert other["mark before the title"] == "[PDF]"
    assert read("x.csv", "Title,Authors,Year\n[PDF] is a format,Alder B,2019\n")[0]["title"].startswith("[PDF]")


def test_all_pages_beside_the_first_in_a_table_of_proquest():
    head = "Title,Authors,pages,pubtitle,startPage,year,subjectTerms,identifierKeywords\n"
    entry, other = read("x.csv", head + 'Doors,"Alder, B.",101-119,Rivers,101,2019,"Care, Trust, Home","a; b"\n')
    assert entry["pages"] == "101-119"
    assert entry["keywords"] == "a; b; Care; Trust; Home"
    assert other["first of the pages"] == "101"


@pytest.mark.parametrize(
    ("archive", "pmid", "kind"),
    [
        ("eprinttype = {pmid}, journaltitle = {Rivers}", "31234567", "article"),
        ("eprinttype = {arxiv}", "", "preprint"),
        ("archivePrefix = {arXiv}", "", "preprint"),
        ("archivePrefix = {arXiv}, journal = {Rivers}, volume = {3}", "", "article"),
        ("eprinttype = {jstor}", "", "article"),
    ],
)
def test_eprints_of_bibtex(archive, pmid, kind):
    text = f"@article{{a, title = {{Doors}}, author = {{Alder, B.}}, eprint = {{31234567}}, {archive}}}"
    entry, other = read("x.bib", text)
    assert (entry["pmid"], entry["type"]) == (pmid, kind)
    assert pmid or "eprint" in other


def test_embase_has_all_its_terms_and_addresses():
    head = '"TITLE","AUTHOR NAMES","SOURCE","AUTHOR KEYWORDS","EMTREE DRUG INDEX TERMS (MAJOR FOCUS)","LANGUAGE OF ARTICLE","EMBASE LINK"\n'
    row = '"Doors","Alder B., Birch C.","Rivers (2019) 3:2 (101-119)","keys,doors","a,b,c","English","https://embase.example.com/1"\n'
    entry, _ = read("x.csv", head + row)
    assert entry["keywords"] == "keys; doors; a; b; c"
    assert (entry["language"], entry["url"]) == ("English", "https://embase.example.com/1")


def test_ebscos_notice_of_property_is_no_abstract():
    notice = "Copyright of Rivers is the property of Press and its content may not be copied or emailed."
    entry, _ = read("x.ris", f"TY  - JOUR\nTI  - Doors\nAB  - {notice}\nER  - \n")
    assert entry["abstract"] == ""
    words = f"Copyright of public data is discussed. {notice}"
    assert read("x.ris", f"TY  - JOUR\nTI  - Doors\nAB  - Words. {words}\nER  - \n")[0]["abstract"] != ""


def test_subtitle_of_crossref_joins_the_title():
    work = '{"DOI": "10.5555/x", "title": ["Doors"], "subtitle": ["A study"], "type": "journal-article"}'
    assert read("x.json", f"[{work}]")[0]["title"] == "Doors: A study"
    assert read("x.json", f"[{work.replace('Doors', 'Doors: a study')}]")[0]["title"] == "Doors: a study"


def test_keywords_that_web_of_science_breaks_at_a_hyphen():
    text = "FN Clarivate\nVR 1.0\nPT J\nTI Doors\nDE care; co-\n   production; home\n   visits\nER\n"
    assert read("x.txt", text)[0]["keywords"] == "care; co-production; home visits"


def test_formulas_of_ieee_leave_no_tags():
    text = 'Title,Authors,Abstract\nDoors,Alder B,"We find <inline-formula><tex-math notation=""LaTeX"">$x$</tex-math></inline-formula> doors"\n'
    assert read("x.csv", text)[0]["abstract"] == "We find $x$ doors"


def test_isbn_of_ris_under_a_tag_of_its_own():
    entry, _ = read("x.ris", "TY  - CHAP\nTI  - Doors\nSN  - 1234-5678\nBN  - 978-3-16-148410-0\nER  - \n")
    assert (entry["issn"], entry["isbn"]) == ("1234-5678", "978-3-16-148410-0")


def test_other_formats_stay_as_they_are():
    fields = [("TI", "Doors"), ("CN", "12")]
    assert adapt(fields, "RIS") is fields
