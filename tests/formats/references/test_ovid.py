"""Ovid's tagged format as its databases fill it (BIOSIS, PsycINFO, Journals@Ovid, Zoological Record)."""

import pytest
from coproduction.literature.importing import read_file


def read(*lines):
    text = "\n".join(["<1. >", "VN  - Ovid Technologies", *lines, ""])
    one = read_file("ovid.txt", text.encode())
    assert (one.format, len(one.entries), one.refused) == ("Ovid tagged", 1, [])
    return one.entries[0]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Alder, B. J. [Author, Reprint Author; E-mail: alder@example.org]", "Alder, B. J."),
        ("Alder, Béla [Inventor]", "Alder, Béla"),
        ("Alder, Béla MD, PhD *", "Alder, Béla"),
        ("Alder, Béla J. Ph.D., FACSM", "Alder, Béla J."),
        ("Alder, Béla 1,2,+", "Alder, Béla"),
        ("ALDER, Béla.", "ALDER, Béla"),
        ("Alder, MS", "Alder, MS"),  # initials, not a degree
        ("Alder, BJ", "Alder, BJ"),
    ],
)
def test_names(written, name):
    assert read("TI  - Eels", f"AU  - {written}")["authors"] == name


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Eels in rivers.  [Article]", "Eels in rivers"),
        ("Are there eels?. [References].", "Are there eels?"),
        ("Eels in rivers. [Review] [33 refs]", "Eels in rivers"),
        ("[Eels in rivers.]", "[Eels in rivers.]"),
        ("Eels [Anguilla]", "Eels [Anguilla]"),
    ],
)
def test_titles(written, title):
    assert read(f"TI  - {written}")["title"] == title


@pytest.mark.parametrize(
    ("source", "journal", "volume", "issue", "pages"),
    [
        ("River Studies. Vol.3(2), Jan 2019, pp. 101-119.", "River Studies", "3", "2", "101-119"),
        ("River Studies January/February 2010;14(1):56", "River Studies", "14", "1", "56"),
        ("River Studies May 2010;6:611-613", "River Studies", "6", "", "611-613"),
        ("River Studies. 201(2-3):327-334, May 15, 2004.", "River Studies", "201", "2-3", "327-334"),
        ("River Studies 12, Winter 2007: 7-14.", "River Studies", "12", "", "7-14"),
    ],
)
def test_places(source, journal, volume, issue, pages):
    entry = read("TI  - Eels", f"SO  - {source}")
    found = tuple(entry[name] for name in ("source", "volume", "issue", "pages"))
    assert found == (journal, volume, issue, pages)


BOOKS = {
    "PsycINFO": "SO  - Cedar, Dana [Ed]; Elm, J. [Ed]. (2012). Rivers: Practice and care. (pp. 11-31). "
    "xvii, 254 pp. New York, NY, US: River Press.",
    "BIOSIS": "SO  - Cedar, Dana [Editor, Reprint Author], Elm, J. [Editor]. Rivers: Practice and care. : 11-31, 2012.",
    "Zoological Record": "BT  - Cedar, Dana [Ed.]; Elm, J. [Ed.]. [Rivers: Practice and care.] River "
    "Press, Graz. 2012: 1-234. Chapter pagination: 11-31.",
}


@pytest.mark.parametrize("database", list(BOOKS))
def test_chapters(database):
    entry = read("TI  - Eels", "DT  - Chapter", "PT  - Book", BOOKS[database])
    assert entry["editors"] == "Cedar, Dana; Elm, J."
    assert entry["source"] == "Rivers: Practice and care"
    assert entry["pages"] == "11-31"
    assert entry["type"] == "chapter"


def test_numbers_without_what_stands_behind_them():
    entry = read("TI  - Eels", "IS  - 0378-1127 (ISSN print)", "IB  - 978-0-415-47263-0 (Paperback)")
    assert (entry["issn"], entry["isbn"]) == ("0378-1127", "978-0-415-47263-0")


def test_keywords_of_web_of_science_go_on_over_lines():
    text = "PT J\nTI Eels\nDE conference control\n   protocol; full mesh\nER\n\nEF\n"
    assert read_file("x", text.encode()).entries[0]["keywords"] == "conference control protocol; full mesh"


def test_case_reports_are_articles():
    text = "PMID- 1\nTI  - Eels\nPT  - Case Reports\nPT  - Journal Article\n"
    assert read_file("x", text.encode()).entries[0]["type"] == "article"
    text = "PMID- 1\nTI  - Eels\nPT  - Technical Report\n"
    assert read_file("x", text.encode()).entries[0]["type"] == "report"
