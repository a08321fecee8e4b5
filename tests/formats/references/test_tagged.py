"""Tagged exports: tags in any order and within text; every line belongs to an entry or is listed."""

from pathlib import Path

import pytest
from coproduction.formats.references.recognising import find_format
from coproduction.literature.importing import read_file

CASES = Path(__file__).parent / "cases"
ENTRY = "TY  - JOUR\nTI  - {}\nAU  - Alder, B.\nPY  - 2019\nER  - \n"


def read(name, text=None):
    return read_file(name, text.encode() if text is not None else (CASES / name).read_bytes())


def words_of(one):
    """All words that the import of a file keeps, wherever it keeps them."""
    values = [v for e in one.entries for v in e.values()]
    values += [r["text"] for r in (*one.refused, *one.outside)]
    values += [c["raw"] for c in one.changes] + [o["value"] for o in one.other]
    return " ".join(map(str, values))


def test_what_ovid_writes_between_entries_is_none():
    """A real file of 157 gave "identified 291, other reasons 134"."""
    one = read("r01_ovid_c1.ris")
    assert (one.found, len(one.entries), one.refused) == (2, 2, [])
    reasons = {row["reason"]: row["lines"] for row in one.outside}
    assert reasons == {"between entries": 8, "counters and headings": 3}
    assert one.entries[1]["doi"] == "10.5555/r01.2"


def test_an_end_tag_within_text_does_not_tear_the_entry():
    one = read("r08_er_line.ris")
    first = one.entries[0]
    assert (one.found, one.refused) == (2, [])
    assert (first["year"], first["source"], first["doi"]) == ("2018", "Journal of River Studies", "10.5555/r08.1")
    assert first["abstract"].endswith("began in the ER - especially on weekends - and stayed low for two years.")


@pytest.mark.parametrize(
    "line",
    [
        "ER-",
        "ER -",
        "ER- and after",
        "ER  - of the hospital",
        "TY - the type - is not said here",
        "TY  - of all the words that could begin a line",
    ],
)
def test_lines_that_look_like_bounds_stay_in_the_abstract(line):
    text = f"TY  - JOUR\nTI  - One\nAB  - Visits to the\n{line}\nwere fewer.\nPY  - 2018\nER  - \n\n"
    one = read("x.ris", text + ENTRY.format("Two"))
    assert [e["title"] for e in one.entries] == ["One", "Two"]
    assert one.entries[0]["year"] == "2018"
    assert one.entries[0]["abstract"] == " ".join(f"Visits to the {line} were fewer.".split())


@pytest.mark.parametrize("end", ["ER  - ", "ER  -", "ER - ", "ER-", "  ER  - ", "ER  - 1"])
def test_end_tags_as_programs_write_them(end):
    text = ENTRY.format("One").replace("ER  - ", end) + "\n" + ENTRY.format("Two")
    one = read("x.ris", text)
    assert [e["title"] for e in one.entries] == ["One", "Two"]
    assert not any(e["repaired"] for e in one.entries)


def test_the_start_tag_in_the_middle_does_not_divide_an_entry():
    one = read("r20_ty_middle.ris")
    assert (one.found, one.refused) == (2, [])
    first, second = one.entries
    assert first["authors"] == "Marais, A. J.; Brown, L. R."
    assert (first["source"], first["volume"], first["pages"], first["abstract"]) == ("Koeld", "49", "67-76", "")
    assert (second["year"], second["authors"], second["pages"]) == ("2011", "Hill, P.", "1-9")


def test_a_start_tag_in_the_middle_before_the_title():
    """R's packages order tags by name: DB, PY, TY, TI."""
    entry = "AU  - Alder, B.\nDB  - X\nPY  - 2011\nTY  - JOUR\nTI  - {}\nVL  - 3\nER  - \n\n"
    one = read("x.ris", entry.format("One") + entry.format("Two"))
    assert [(e["title"], e["year"], e["authors"]) for e in one.entries] == [
        ("One", "2011", "Alder, B."),
        ("Two", "2011", "Alder, B."),
    ]


def test_an_entry_without_its_start_tag_before_another():
    text = ENTRY.format("One") + "TI  - Lost\nAU  - Birch, C.\n" + ENTRY.format("Two")
    assert [e["title"] for e in read("x.ris", text).entries] == ["One", "Lost", "Two"]


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.glob("*.ris")))
@pytest.mark.parametrize("torn", range(0, 40, 3))
def test_no_line_is_lost_wherever_a_file_is_torn(name, torn):
    lines = (CASES / name).read_text().splitlines()
    for kept in (lines[torn:], lines[:torn] + lines[torn + 2 :], lines[::-1]):
        raws = list(find_format("TY  - \n").read("\n".join(kept)))
        have = " ".join(f"{tag} {value}" for raw in raws for tag, value in raw.fields)
        listed = sum(raw.lines for raw in raws if raw.outside == "counters and headings")
        missing = [line for line in kept if line.strip() and not all(w in have for w in line.split("  -")[-1].split())]
        assert len(missing) <= listed, missing


def test_counters_and_headings_are_listed_once_per_file():
    text = "Exported by a program\n" + "".join(f"\n{n}. \n" + ENTRY.format(n) for n in range(1, 6))
    one = read("x.ris", text)
    assert len(one.entries) == 5
    assert [(r["reason"], r["lines"], r["text"]) for r in one.outside] == [
        ("before the first entry", 1, "Exported by a program"),
        ("counters and headings", 5, "1."),
    ]


def test_noteexpress_of_cnki():
    """Any file that begins with a brace was called JSON."""
    text = (
        "{Reference Type}: Journal Article\n{Title}: Citizens and keys\n{Author}: Li, Na;Wang, Wei\n"
        "{Author Address}: River University\n{Journal}: Journal of Doors\n{Year}: 2019\n{Issue}: 2\n"
        "{Pages}: 5-9\n{Keywords}: keys;doors\n{Abstract}: Words.\n{DOI}: 10.5555/cnki.1\n\n"
        "{Reference Type}: Thesis\n{Title}: Doors\n{Author}: Li, Na\n{Year}: 2020\n"
    )
    one = read("x.txt", text)
    assert one.format == "NoteExpress tagged"
    first, second = one.entries
    assert first["authors"] == "Li, Na; Wang, Wei"
    assert (first["source"], first["pages"], first["doi"]) == ("Journal of Doors", "5-9", "10.5555/cnki.1")
    assert first["keywords"] == "keys; doors"
    assert (second["type"], second["year"]) == ("thesis", "2020")


OVID_TAIL = """TY  - JOUR
T1  - Carers and councils
A1  - Alder B.
ER  - 

C1  - Database: PsycINFO
Search Strategy:
1     co-production.ti.
TI  - co-production.ti.
AB  - co-production.ab.
DO  - 10.5555/not.mine

2. 
TY  - JOUR
T1  - Volunteers
A1  - Birch C.
ER  - 
UR  - https://search.example.org/login.aspx?AN=150000002
DP  - EBSCOhost
AB  - What somebody wrote behind the end
"""


def test_fields_behind_an_end_tag_are_listed_and_make_no_entry():
    """A search strategy has lines that look like titles and abstracts; EBSCO repeats addresses there."""
    one = read("x.ris", OVID_TAIL)
    assert [e["title"] for e in one.entries] == ["Carers and councils", "Volunteers"]
    assert (one.refused, [e["doi"] for e in one.entries]) == ([], ["", ""])
    listed = " ".join(row["text"] for row in one.outside)
    assert "co-production.ti." in listed
    assert "AN=150000002" in listed
    rows = sum(bool(line.strip()) for line in OVID_TAIL.splitlines())
    assert sum(row["lines"] for row in one.outside) == rows - 8


def test_lines_of_an_abstract_that_begin_with_letters_and_a_dash():
    text = (
        "TY  - JOUR\nTI  - One\nAB  - We look at\nAD - the disease, and\nPM - particles, while\n"
        "AU - gold\nfell.\nPY - 2018\nPY  - 2019\nER  - \n"
    )
    entry = read("x.ris", text).entries[0]
    assert entry["abstract"].startswith("We look at AD - the disease, and PM - particles, while AU -")
    assert (entry["authors"], entry["affiliations"], entry["year"]) == ("", "", "2019")


def test_tags_with_one_blank_are_read_where_the_file_writes_them_so():
    entry = read("x.ris", "TY - JOUR\nTI - One\nAB - Words\nPY - 2018\nAU - Alder, B.\nER -\n").entries[0]
    assert (entry["abstract"], entry["year"], entry["authors"]) == ("Words", "2018", "Alder, B.")


def test_start_and_end_tags_alone_on_lines_of_a_text():
    text = (
        "TY  - JOUR\nTI  - Tags\nAB  - A file begins with\nTY  - JOUR\nand ends with\nER  - \n"
        "and nothing else matters.\nPY  - 2018\nER  - \n\n"
    )
    one = read("x.ris", text + ENTRY.format("Two"))
    assert [e["title"] for e in one.entries] == ["Tags", "Two"]
    assert one.entries[0]["abstract"].endswith("ER - and nothing else matters.")
    assert (one.entries[0]["year"], one.outside, one.refused) == ("2018", [], [])


@pytest.mark.parametrize("glue", ["ER  - TY  - JOUR", "ER  -TY  - JOUR", "ER  - \ufeffTY  - JOUR"])
def test_files_put_together_without_a_line_end(glue):
    text = f"TY  - JOUR\nTI  - One\nAU  - Alder, B.\n{glue}\nTI  - Two\nER  - \n"
    one = read("x.ris", text)
    assert [e["title"] for e in one.entries] == ["One", "Two"]
    assert one.entries[0]["authors"] == "Alder, B."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.txt", "FN Clarivate\nVR 1.0\nPT J\nTI One\nAB Text of the\nER visits and the\n   doors\nPY 2018\nER\n\nEF"),
        ("x.nbib", "PMID- 1\nTI  - One\nAB  - Text\nPMID- 77 is at the beginning\nDP  - 2018\n\nPMID- 2\nTI  - Two\n"),
    ],
)
def test_bounds_within_text_of_other_tagged_forms(name, text):
    one = read(name, text)
    assert one.entries[0]["year"] == "2018"
    assert one.refused == []


def test_tabs_around_the_dash():
    entry = read("x.ris", "TY\t-\tJOUR\nTI\t-\tOne\nAU\t-\tAlder, B.\nER\t-\t\n").entries[0]
    assert (entry["title"], entry["authors"], entry["type"]) == ("One", "Alder, B.", "article")


PUBMED = """PMID- 1
TI  - Rural nurses
FAU - Alder, Ann
CN  - European Collaborative Group for the Study of Shared Care in Rural Areas and in Remote
      Towns
OT  - rural nurses
OT  - shared decision making in long-term care of older persons and its consequences for
      patients
DP  - 2020
"""


def test_a_keyword_or_group_that_pubmed_has_broken_is_one():
    """The second lines were a keyword and an author: findings/biopython_wrapped_keywords.sh."""
    entry = read("x.nbib", PUBMED).entries[0]
    long_keyword = "shared decision making in long-term care of older persons and its consequences for patients"
    assert entry["keywords"] == f"rural nurses; {long_keyword}"
    group = "European Collaborative Group for the Study of Shared Care in Rural Areas and in Remote Towns"
    assert entry["authors"] == f"Alder, Ann; {group}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.nbib", "PMID- 1\nTI  - Rural nurses\nFAU - Alder, Ann\nCN  - {}\nDP  - 2020\n"),
        ("x.ciw", "FN x\nVR 1.0\nPT J\nAU Alder, Ann\nCA {}\nTI Rural nurses\nPY 2020\nER\n\nEF\n"),
    ],
)
@pytest.mark.parametrize(
    "body",
    ["Working Group on Rural Health and Ageing, Elmstead", "Nurses & Midwives Group, Elmstead", "Care/Trust Group"],
)
def test_a_body_under_its_own_tag_is_one_author(name, text, body):
    """Its name was divided at "and" and commas."""
    one = read(name, text.format(body))
    assert one.entries[0]["authors"] == f"Alder, Ann; {body}"
    assert not [change for change in one.changes if change["field"] == "authors"]


def test_keywords_on_lines_that_had_place_are_several():
    """A list under one tag, as other programs write it into the format."""
    entry = read("x.nbib", "PMID- 1\nTI  - Rural nurses\nOT  - care\n      trust\n      budgets\nDP  - 2020\n").entries[
        0
    ]
    assert entry["keywords"] == "care; trust; budgets"
