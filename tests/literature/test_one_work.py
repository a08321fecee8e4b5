"""What is one work and what is not: numbers, preprints, journals, entries equal but for a little."""

from pathlib import Path

import pytest
from coproduction.formats.references.cleaning import is_preprint
from coproduction.literature.finding_duplicates import find_duplicates
from coproduction.literature.stable_ids import entry_id, entry_ids
from coproduction.literature.tables import DUPLICATE_DECISIONS, table_of
from coproduction.methods.duplicates.same_work import _another_journal

from .chain import SETTINGS, Chain

CASES = Path(__file__).parents[1] / "formats" / "references" / "cases"
ENTRY = {"type": "JOUR", "TI": "Citizens as partners in home care of rural districts", "AU": "Alder, B.", "PY": "2019"}


def case(name):
    return Chain([(name, (CASES / name).read_bytes())])


def chain(*entries):
    text = ""
    for entry in entries:
        kind = entry.get("type", "JOUR")
        lines = [f"{tag}  - {value}" for tag, value in entry.items() if tag != "type" and value]
        text += "\n".join([f"TY  - {kind}", *lines, "ER  - ", "", ""])
    return Chain([("x.ris", text.encode())])


def outcomes(made):
    return [(row["outcome"], row["reason"]) for row in made.pairs.to_dict("records")]


def test_parts_with_dois_of_the_nineties_are_linked():
    made = case("sici2.ris")
    assert len(made.records) == 2
    assert outcomes(made) == [("linked", "the numbers in the titles differ")]


def test_chapters_under_the_doi_of_their_book_stay_apart():
    made = case("r16_bookdoi.ris")
    assert len(made.records) == 5
    assert {outcome for outcome, _ in outcomes(made)} == {"linked"}
    assert len(set(made.records["record"])) == 5


def test_one_chapter_from_two_databases_is_merged_on_the_doi_of_its_book():
    chapter = {
        "type": "CHAP",
        "TI": "Doors in Norway",
        "AU": "Alder, B.",
        "PY": "2016",
        "T2": "Handbook of Doors",
        "SP": "20",
        "EP": "40",
        "DO": "10.5555/978",
    }
    assert len(chain(chapter, chapter | {"AU": "Alder, Béla", "T2": "The handbook of doors"}).records) == 1
    other = chapter | {"TI": "Doors in Sweden", "SP": "41", "EP": "60"}
    assert len(chain(chapter, other).records) == 2


@pytest.mark.parametrize(
    "change",
    [{"SP": "30", "EP": "40"}, {"SP": "30", "EP": "40", "AU": "Birch, C."}, {"AU": "Birch, C.", "SP": "", "EP": ""}],
)
def test_chapters_under_one_heading_and_the_doi_of_their_book_stay_apart(change):
    opening = {"type": "CHAP", "TI": "Introduction", "AU": "Alder, B.", "PY": "2016", "T2": "Handbook of Doors"}
    opening |= {"SP": "1", "EP": "10", "DO": "10.5555/978"}
    made = chain(opening, opening | change)
    assert outcomes(made) == [("linked", "parts of one volume under its DOI")]
    assert len(chain(opening, opening | {"AU": "Alder, Béla", "EP": ""}).records) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"TI": "Citizens as partners in home care of rural districts: part 2", "SP": "251", "EP": "262"},
        {"TI": "Citizens as partners in home care of northern districts", "SP": "251", "EP": "262"},
    ],
)
def test_a_doi_of_a_supplement_does_not_merge_against_pages_and_titles(change):
    first = ENTRY | {"T2": "Rivers", "SP": "241", "EP": "250", "DO": "10.5555/suppl"}
    first |= {"TI": first["TI"] + (": part 1" if "part" in change["TI"] else "")}
    made = chain(first, first | change)
    assert len(made.records) == 2
    assert outcomes(made)[0][0] == "linked"


def test_a_page_mistyped_under_one_doi_and_title_is_merged():
    first = ENTRY | {"T2": "Rivers", "SP": "241", "EP": "250", "DO": "10.5555/x"}
    assert len(chain(first, first | {"SP": "214", "EP": "250"}).records) == 1


def test_a_preprint_typed_as_article_is_linked():
    made = case("preprint.ris")
    assert len(made.records) == 2
    assert outcomes(made) == [("linked", "preprint and published version")]


@pytest.mark.parametrize(
    ("source", "doi", "preprint"),
    [
        ("medRxiv", "", True),
        ("", "10.1101/2024.04.08.24300000", True),
        ("", "10.1101/123456", True),
        ("SSRN Electronic Journal", "", True),
        ("", "10.48550/arxiv.2001.1", True),
        ("", "10.31234/osf.io/abc", True),
        ("Genome Research", "10.1101/gr.123.45", False),
        ("Journal of Doors", "10.5555/x", False),
        ("Advance Care", "", False),
        ("Advances in Nursing", "", False),
        ("Preprinting today", "", False),
    ],
)
def test_servers_of_preprints(source, doi, preprint):
    assert is_preprint(source, doi) is preprint


def test_an_article_that_has_the_doi_of_its_preprint_is_no_preprint():
    made = chain(ENTRY | {"T2": "Rivers", "VL": "3", "DO": "10.31234/osf.io/abc"})
    assert made.records["type"].tolist() == ["article"]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("public administration", "public administration review", True),
        ("nature", "nature communications", True),
        ("care", "home care", True),
        ("lancet", "lancet london england", False),
        ("bmj", "bmj clinical research ed", False),
        ("public administration", "public management", False),
    ],
)
def test_a_name_within_another_is_another_journal(one, other, differ):
    assert _another_journal(one, other) is differ


def test_one_title_in_two_journals_of_alike_names_goes_to_nobody_unseen():
    first = ENTRY | {"TI": "Trust in councils", "T2": "Public Administration", "VL": "3"}
    other = first | {"T2": "Public Administration Review", "VL": "14", "AU": "Alder, B."}
    assert len(chain(first, other).records) == 2


def test_words_for_missing_are_no_evidence():
    made = case("placeholder.csv")
    titles = made.records["title"].tolist()
    assert sum("Germany" in t or "Greece" in t for t in titles) == 2
    assert not made.pairs["evidence"].str.contains("abstract").any()


def test_a_doi_in_a_publishers_address_merges():
    made = case("tail.ris")
    assert len(made.records) == 2
    assert (made.records["doi"] != "").all()


def test_entries_equal_but_for_their_abstract_are_visible():
    made = case("t01_same_meta.csv")
    assert len(set(made.entries["entry"])) == 2
    assert len(made.pairs) == 1


def test_no_merge_without_a_line_and_each_can_be_undone():
    """Equal in all but the accession number: merged, with its evidence, until people say keep."""
    one, two = ENTRY | {"AN": "a1"}, ENTRY | {"AN": "b2"}
    made = chain(one, two)
    assert len(made.records) == 1
    assert outcomes(made) == [("merged", "")]
    assert "every field" in made.pairs["evidence"][0]
    decision = {"pair": made.pairs["pair"][0], "decision": "keep"}
    apart = find_duplicates(made.entries, table_of([decision], DUPLICATE_DECISIONS), SETTINGS)
    assert apart.clusters["cluster"].nunique() == 2
    assert len(chain(one, one).records) == 1
    assert chain(one, one).pairs.empty


def test_ids_do_not_depend_on_the_order_of_files():
    rows = [
        dict.fromkeys(
            (
                "doi",
                "title",
                "year",
                "authors",
                "source",
                "volume",
                "issue",
                "pages",
                "pmid",
                "type",
                "abstract",
                "accession",
            ),
            "",
        )
        | {"title": "Doors", "accession": a}
        for a in ("b", "a", "a")
    ]

    def ids_of(rows):
        return entry_ids({name: [row[name] for row in rows] for name in rows[0]})

    ids = ids_of(rows)
    assert ids[1] == ids[2] != ids[0]
    assert ids_of(rows[::-1]) == ids[::-1]
    assert ids[1] == ids_of(rows[1:2])[0]
    assert [ids[1]] == [entry_id(row) for row in rows[1:2]]


PLACE = {"T2": "Journal of River Studies", "VL": "12", "IS": "3", "SP": "101", "EP": "119"}
FULL = ENTRY | PLACE | {"AU": "Alder, Béla"}


def apart_and_shown(one, other):
    """What became of two entries: how many records, and under which outcomes the pair is shown."""
    made = chain(one, other)
    return len(made.records), {outcome for outcome, _ in outcomes(made)}


@pytest.mark.parametrize(
    ("change", "as_what"),
    [
        # chapters, parts, supplements and books under one number
        ({"TI": "Doors and keys in halls at night", "SP": "300", "EP": "320", "AU": "Elm, E."}, "linked"),
        ({"TI": "Citizens as partners in home care of mining villages", "SP": "102", "EP": ""}, "doubtful"),
        ({"TI": "Erratum: Citizens as partners in home care of rural districts", "SP": "400", "EP": ""}, "linked"),
    ],
)
def test_other_works_under_one_number_are_shown(change, as_what):
    first = FULL | {"DO": "10.5555/x"}
    assert apart_and_shown(first, first | change) == (2, {as_what})


def test_parts_under_one_number_without_pages_go_to_people():
    first = ENTRY | {"TI": "Care in rural districts: part 1", "DO": "10.5555/x"}
    assert apart_and_shown(first, first | {"TI": "Care in rural districts: part 2"}) == (2, {"doubtful"})


def test_a_book_with_and_without_its_subtitle_is_one():
    book = {"type": "BOOK", "TI": "Handbook of Shared Services", "AU": "Alder, B.", "PY": "2016", "DO": "10.5555/978"}
    assert len(chain(book, book | {"TI": "Handbook of Shared Services: Theory and Practice"}).records) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.5555/rev.1.pub2", "10.5555/rev.1.pub3"),
        ("10.12688/f1000research.1234.1", "10.12688/f1000research.1234.2"),
        ("10.21203/rs.3.rs-1/v1", "10.21203/rs.3.rs-1/v2"),
        ("10.6084/m9.figshare.1", "10.6084/m9.figshare.1.v1"),
    ],
)
def test_versions_by_their_dois_are_linked(one, other):
    first = ENTRY | {"DO": one, "T2": "Database of Doors", "PY": "2015"}
    assert apart_and_shown(first, first | {"DO": other, "PY": "2019"}) == (2, {"linked"})


@pytest.mark.parametrize(
    "change",
    [
        {"T2": "CoRR", "VL": "abs/2001.1234"},
        {"UR": "https://arxiv.org/abs/2001.12345"},
        {"PB": "PsyArXiv"},
        {"UR": "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1"},
        {"T2": "arXiv preprint arXiv:2001.1234"},
        {"T2": "bioRxiv : the preprint server for biology"},
        {"T2": "SSRN Electronic Journal"},
        {"type": "GEN", "T2": "Research Square"},
    ],
)
def test_preprints_by_server_publisher_and_address(change):
    assert apart_and_shown(ENTRY | change, FULL) == (2, {"linked"})


def test_an_address_of_a_server_beside_a_journal_makes_no_preprint():
    made = chain(FULL | {"UR": "https://arxiv.org/abs/2001.12345"})
    assert made.records["type"].tolist() == ["article"]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "CONF", "T2": "Proceedings of the River Studies Conference", "SP": "1", "EP": "9", "PY": "2018"},
        {"type": "CONF", "T2": "Conference on River Studies", "SP": "1", "EP": "9", "PY": "2018"},
        {"type": "CONF", "T2": "River Studies Symposium", "PY": "2018"},
        {"T2": "Workshop on River Studies", "PY": "2018"},
    ],
)
def test_conference_and_journal_of_alike_names_are_two(change):
    number, shown = apart_and_shown(ENTRY | {"AU": "Alder, Béla"} | change, FULL)
    assert number == 2
    assert shown <= {"linked", "doubtful"}
    assert shown


def test_a_journal_that_prints_proceedings_is_one_place():
    one = FULL | {"T2": "Procedia River Studies"}
    assert len(chain(one, one | {"type": "CONF", "AU": "Alder, B."}).records) == 1


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"T2": "Journal of River …"},
        {"PY": ""},
        {"PY": "2018"},
        {"T2": "J River Stud"},
        {"T2": "Press of Rivers"},
        {"AU": "", "T2": "Journal of River Studies"},
    ],
)
def test_short_titles_of_google_scholar_go_to_people(row):
    full = FULL | {"TI": "Shared desks", "DO": "10.5555/x"}
    short = {"TI": "Shared desks", "AU": "Alder, B", "PY": "2019"}
    number, shown = apart_and_shown(short | row, full)
    assert (number, shown) == (2, {"doubtful"})


@pytest.mark.parametrize("other", [{"AU": "Elm, E."}, {"TI": "Shared keys"}])
def test_short_titles_that_differ_do_not(other):
    one = {"TI": "Shared desks", "AU": "Alder, B", "PY": "2019"}
    assert apart_and_shown(one | other, FULL | {"TI": "Shared desks"})[1] == set()


def test_headings_that_recur_are_not_asked_about():
    one = FULL | {"TI": "Editorial"}
    assert apart_and_shown(one, one | {"IS": "4", "SP": "201", "EP": "202"}) == (2, set())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"EP": ""}, {"TI": "Ciudadanos como socios en la atención domiciliaria rural", "EP": ""}),
        (
            {"IS": "600", "T2": "Arch Riv Stud"},
            {"TI": "[Rural home care with citizens]", "IS": "241", "T2": "Archivos de River Studies"},
        ),
        (
            {"AU": "", "T2": "Dtsch Flus Wochenschr"},
            {"TI": "[Bürger als Partner der Pflege]", "IS": "77", "T2": "Deutsche Fluss Wochenschrift (1946)"},
        ),
    ],
)
def test_translated_titles_in_one_place_go_to_people(one, other):
    assert apart_and_shown(FULL | one, FULL | other) == (2, {"doubtful"})


def test_ranges_of_pages_in_another_order_are_one_place():
    one = FULL | {"SP": "233-8, 230-5, 246-51", "EP": "", "IS": "7"}
    assert len(chain(one, FULL | {"SP": "230-235+233-238+246-251", "EP": "", "IS": "8"}).records) == 1


@pytest.mark.parametrize("place", [{"IS": "4", "SP": "201", "EP": "219"}, {"IS": "S1", "SP": "S33", "EP": "S38"}])
def test_one_title_in_two_issues_goes_to_people(place):
    assert apart_and_shown(FULL, FULL | place) == (2, {"doubtful"})


def test_an_abstract_of_a_meeting_printed_by_two_journals_is_linked():
    one = FULL | {"type": "CONF", "T2": "Rivers and Infections", "VL": "2", "IS": "", "SP": "", "EP": ""}
    other = one | {"T2": "Value of Doors", "VL": "16", "IS": "7", "SP": "A353"}
    assert apart_and_shown(one, other) == (2, {"linked"})


@pytest.mark.parametrize("title", ["RETRACTED: {}", "Retracted article: {}", "{} (Retracted article)"])
def test_a_retracted_work_is_that_work_and_its_retraction_is_not(title):
    first = FULL | {"DO": "10.5555/x"}
    marked = chain(first, first | {"TI": title.format(first["TI"]), "AU": "Alder B"})
    assert len(marked.records) == 1
    assert "etracted" in marked.records["title"][0] or "RETRACTED" in marked.records["title"][0]
    notice = {"TI": f"Retraction: {first['TI']}", "DO": "10.5555/y", "SP": "400", "EP": "400"}
    assert apart_and_shown(first, first | notice) == (2, {"linked"})


TWO_TOWNS = "Citizens as partners in river care: evidence from two towns"
NOWHERE = {"TI": TWO_TOWNS, "AU": "Alder, Béla", "PY": "2019"}
ARTICLE = FULL | NOWHERE


@pytest.mark.parametrize(
    ("kind", "as_what"), [("THES", "linked"), ("RPRT", "doubtful"), ("BOOK", "doubtful"), ("DATA", "doubtful")]
)
def test_a_thesis_report_or_book_and_an_article_of_its_title_are_not_merged_unasked(kind, as_what):
    assert apart_and_shown(NOWHERE | {"type": kind, "PB": "River University"}, ARTICLE) == (2, {as_what})


def test_an_article_that_one_database_calls_a_report_is_one_where_the_place_agrees():
    assert len(chain(ARTICLE | {"type": "RPRT"}, ARTICLE | {"AU": "Alder, B."}).records) == 1


def test_titles_that_differ_by_a_name_alone_on_other_pages_go_to_people():
    first = ARTICLE | {"TI": "Citizens as partners in river care in Austria"}
    other = ARTICLE | {"TI": "Citizens as partners in river care in Australia", "SP": "120", "EP": "139"}
    assert apart_and_shown(first, other) == (2, {"doubtful"})
    misspelt = first | {"TI": "Citizens as partners in river care in Austira", "AU": "Alder, B."}
    assert len(chain(first, misspelt).records) == 1


def test_a_translated_title_under_the_same_number_in_the_same_place_is_one_work():
    first = ARTICLE | {"DO": "10.5555/x.1"}
    assert len(chain(first, first | {"TI": "公民作为河流管理的伙伴"}).records) == 1
    elsewhere = first | {"TI": "公民作为河流管理的伙伴", "SP": "300", "EP": "309"}
    assert len(chain(first, elsewhere).records) == 2
