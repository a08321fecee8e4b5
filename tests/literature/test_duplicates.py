"""Deduplication: what is the same is merged, what only looks alike is not, people decide."""

from itertools import combinations

import pandas as pd
import pytest
from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.formats.references.fields import FIELDS
from coproduction.literature import features, finding_duplicates
from coproduction.literature.finding_duplicates import find_duplicates, pair_id
from coproduction.literature.importing import exports_in, import_files
from coproduction.literature.merging import link_records, merge_records
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.stable_ids import entry_id, record_id
from coproduction.literature.tables import DUPLICATE_DECISIONS, ENTRIES, SEARCHES, table_of
from coproduction.methods.duplicates import blocking

SETTINGS = LiteratureSettings()
WORK = {
    "title": "Citizens as partners in the provision of home care: a comparison of five rivers",
    "authors": "Alder, Béla; Birch, Ada; Danube, Clara",
    "year": "2019",
    "source": "Journal of River Studies",
    "volume": "12",
    "issue": "3",
    "pages": "101-119",
    "doi": "10.5555/jrs.2019.101",
    "type": "article",
    "abstract": "Home care is provided by citizens and staff together along five rivers. " * 5,
}
AGAIN = {"year": "2020", "volume": "13", "issue": "1", "pages": "201-219", "doi": "10.5555/jrs.2020.201"}


def entries_of(*variants: dict) -> pd.DataFrame:
    rows = []
    for number, changes in enumerate(variants, 1):
        row = dict.fromkeys(FIELDS, "") | WORK | changes
        first = row["authors"].split("; ")[0]
        row |= {"file": f"f{number}.ris", "number": 1, "line": 1, "database": f"D{number}"}
        row["own"] = record_id(row["doi"], row["title"], row["year"], first)
        row["entry"] = entry_id(row)
        rows.append(row)
    return table_of(rows, ENTRIES)


def decisions_of(*rows) -> pd.DataFrame:
    table = table_of([{"pair": p, "decision": d} for p, d in rows], DUPLICATE_DECISIONS)
    table.index = pd.RangeIndex(2, len(table) + 2, name="row")  # as `read_people_table` counts
    return table


def outcome(*variants, decisions=()):
    entries = entries_of(*variants)
    found = find_duplicates(entries, decisions_of(*decisions), SETTINGS)
    return entries, found, found.clusters["cluster"].nunique()


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"doi": ""},
        {"doi": "", "abstract": "", "source": "J River Stud"},
        {"doi": "", "title": WORK["title"].upper(), "authors": "Alder B; Birch A; Danube C"},
        {"doi": "", "title": "Citizens as partners in the provision of home care", "abstract": ""},
        {"doi": "", "title": WORK["title"].replace("comparison", "comparsion")},
        {"doi": "", "year": "2020", "issue": "", "abstract": ""},
        {"doi": "", "pages": "", "volume": "", "issue": ""},
        {"title": "Citizens as partners in the provision of home care: five rivers compared"},
        {"doi": "", "title": WORK["title"] + " [Review] [45 refs]"},
        {"doi": "", "title": WORK["title"] + " 1", "pages": "", "abstract": ""},
        {"doi": "", "title": "SIM competition paper: " + WORK["title"], "pages": "", "abstract": ""},
        {"doi": "", "issue": "Suppl", "pages": "", "source": "Journal of River Studies. Conference: Annual Meeting"},
        {"doi": "", "volume": "2019", "issue": "Mar"},
        # published ahead of print
        {"doi": "", "year": "2018", "volume": "", "issue": "", "pages": "1-19", "abstract": ""},
        # one article under the title that a database gave it in another language
        {"doi": "", "title": "Bürger als Partner in der häuslichen Pflege", "abstract": ""},
        {"doi": "", "title": "[Partnership of inhabitants in home support]", "abstract": ""},
        {"doi": "", "title": f"Der Bürger als Partner [{WORK['title']}]", "abstract": ""},
        {"doi": "", "authors": "Béla, A.; Ada, B.; Clara, D.", "pages": "", "abstract": ""},
        # a heading before a long title, where no field says anything else
        {
            "doi": "",
            "title": "How they did it … " + WORK["title"],
            "authors": "Alder, B.",
            "volume": "2019",
            "issue": "May",
            "pages": "",
            "abstract": "",
        },
        # the same with a misspelling, in the same issue
        {
            "doi": "",
            "title": "Prize paper: " + WORK["title"].replace("provision", "provison"),
            "pages": "",
            "abstract": "",
        },
        # volume and issue one column too far to the right
        {"doi": "", "volume": "", "issue": "12", "pages": "3"},
        {"doi": "", "title": WORK["title"] + " 1", "year": "", "pages": "", "abstract": ""},
        # printed twice, word for word
        AGAIN,
        AGAIN | {"year": "2021", "doi": "10.5555/jrs.2021.201", "volume": "14", "issue": "4"},
    ],
)
def test_same_work_is_merged(other):
    _, found, n = outcome({}, other)
    assert n == 1
    assert found.review.empty


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        ({}, {"title": f"Erratum to: {WORK['title']}", "doi": "10.5555/e1", "pages": "300"}, True),
        ({}, {"title": f"{WORK['title']} (vol 12, pg 101, 2019)", "doi": "", "pages": "300"}, True),
        (
            {"title": "Home care along rivers, part 1: foundations", "doi": "", "abstract": ""},
            {"title": "Home care along rivers, part 2: foundations", "doi": "", "abstract": "", "pages": "120-140"},
            True,
        ),
        (
            {"title": "Report on home care 2018", "doi": "", "volume": "", "pages": "", "issue": ""},
            {"title": "Report on home care 2019", "doi": "", "volume": "", "pages": "", "issue": ""},
            True,
        ),
        (
            {},
            {
                "type": "conference paper",
                "source": "Proceedings of the River Conference",
                "volume": "",
                "issue": "",
                "pages": "7-12",
                "doi": "10.5555/conf.7",
                "year": "2018",
            },
            True,
        ),
        ({"doi": ""}, {"doi": "", "source": "Workshop of River Studies", "volume": "", "issue": "", "pages": ""}, True),
        (
            {},
            {
                "type": "preprint",
                "doi": "10.5555/pre.1",
                "source": "RiverXiv",
                "volume": "",
                "issue": "",
                "pages": "",
                "year": "2018",
            },
            True,
        ),
        (
            {"title": "Editorial", "doi": "", "abstract": ""},
            {"title": "Editorial", "doi": "", "abstract": "", "issue": "4", "pages": "201-203"},
            False,
        ),
        (
            {"doi": ""},
            {
                "doi": "",
                "authors": "Elm, Dora; Fir, Emil",
                "source": "Tree Letters",
                "volume": "1",
                "pages": "5-9",
                "abstract": "",
                "year": "2011",
            },
            False,
        ),
        # another work under its number: shown, since one of the two numbers may be wrong
        ({}, {"title": "Staff as gatekeepers of home care", "abstract": ""}, True),
        # a reply and a comment
        ({}, {"title": f"Reply to: {WORK['title']}", "doi": "", "pages": "300-301"}, True),
        ({}, {"title": f"Comment on: {WORK['title']}", "doi": "", "abstract": "", "pages": "302"}, True),
        # translations that were published: in another issue, and in a journal of two languages
        (
            {},
            {
                "title": "Bürger als Partner in der häuslichen Pflege: fünf Flüsse im Vergleich",
                "doi": "10.5555/jrs.de.7",
                "source": "Zeitschrift für Flusskunde",
                "volume": "3",
                "issue": "1",
                "pages": "7-25",
            },
            True,
        ),
        (
            {"abstract": ""},
            {"title": "Bürger als Partner in der häuslichen Pflege", "doi": "", "pages": "120-138", "abstract": ""},
            True,
        ),
        (
            {"language": "English"},
            {"title": "Bürger als Partner in der häuslichen Pflege", "language": "German", "doi": "", "abstract": ""},
            True,
        ),
        # another work of the first author in another language
        (
            {"language": "English"},
            {
                "title": "Wer pflegt? Gespräche mit Bürgern an der Donau",
                "authors": "Alder, Béla; Elm, Dora",
                "language": "German",
                "doi": "10.5555/x",
                "source": "Annals of Care",
                "pages": "7-9",
                "abstract": "Wir fragen Bürger. " * 20,
            },
            False,
        ),
        # abstracts of a supplement that share its DOI
        (
            {"issue": "S1", "pages": "A134"},
            {
                "title": "Staff as gatekeepers of help for old people at home",
                "issue": "S1",
                "pages": "A134",
                "abstract": "The staff decides. " * 20,
            },
            True,
        ),
        # one abstract printed by two journals
        ({"doi": ""}, {"doi": "", "source": "Annals of Care", "volume": "7", "pages": ""}, True),
        # the same title by other people
        ({"doi": ""}, {"doi": "", "authors": "Elm, Dora; Fir, Emil", "pages": ""}, False),
        # editorials without pages, and at the beginning of two issues
        (
            {
                "title": "Remarks from the editor of the journal on this issue and its many papers",
                "doi": "",
                "abstract": "",
                "pages": "",
            },
            {
                "title": "Remarks from the editor of the journal on this issue and its many papers",
                "doi": "",
                "abstract": "",
                "pages": "",
                "issue": "4",
            },
            False,
        ),
        (
            {"title": "Editorial introduction", "doi": "", "abstract": "", "pages": "5-7"},
            {"title": "Editorial introduction", "doi": "", "abstract": "", "pages": "5-7", "issue": "4"},
            False,
        ),
    ],
)
def test_what_only_looks_alike_is_kept_apart(one, other, linked):
    entries, found, n = outcome(one, other)
    assert n == 2
    _, _, record_of = merge_records(entries, found.clusters)
    assert len(link_records(found.pairs, entries, record_of)) == linked


NEAR = {"volume": "", "issue": "", "pages": "", "doi": "", "abstract": ""}
LONGER = {"title": f"How they did it: {WORK['title']}"}


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        # nearly a text printed twice: another length, another ending, one author, no abstract
        ({}, {"pages": "201-215"}, "doubtful"),
        ({}, {"abstract": WORK["abstract"] + "A year later the rivers had risen."}, "doubtful"),
        ({"authors": "Alder, Béla"}, {"authors": "Alder, Béla"}, "doubtful"),
        ({"abstract": ""}, {"abstract": ""}, "linked"),
        # two parts with one abstract, with and without their numbers
        ({"title": WORK["title"] + ", part 1"}, {"title": WORK["title"] + ", part 2"}, "linked"),
        ({}, {"volume": "12", "issue": "3", "year": "2019", "pages": "120-138"}, "doubtful"),
        # what is revised from year to year: a report, a guideline, an editorial
        *(
            ({"title": title}, {"title": title}, what)
            for title, what in (
                ("Annual report on home care of citizens along five rivers", "doubtful"),
                ("Recommendations for the provision of home care by citizens", "linked"),
                ("Editorial of the editors of the journal on citizens and home care", "linked"),
            )
        ),
        # a long title within another: in another volume, in another year, of another report
        ({"abstract": ""}, NEAR | LONGER | {"volume": "14", "year": "2019"}, ""),
        ({"abstract": ""}, NEAR | LONGER | {"year": "2016"}, ""),
        ({"abstract": ""}, NEAR | {"title": WORK["title"] + ": protocol", "year": "2019"}, "doubtful"),
        # a short one, that of an editorial on a paper
        (
            {"title": "Citizens as partners of staff", "abstract": ""},
            NEAR | {"title": "How they did it: citizens as partners of staff", "year": "2019"},
            "",
        ),
    ],
)
def test_nearly_a_text_printed_twice_or_a_title_within_another(one, other, what):
    _, found, n = outcome(one, AGAIN | other)
    assert n == 2
    assert "".join(found.pairs["outcome"]) == what


def test_titles_whose_words_differ_in_vowels_alone_are_two():
    """Vowels are marks in the scripts of India; without them both entries said the same and were one from the start."""
    common = {"doi": "", "pages": "", "abstract": "", "authors": "Alder, A."}
    day, gift = ({"title": f"ग्रामीण भारत में {word} की देखभाल"} for word in ("दिन", "दान"))
    entries, found, records = outcome(common | day, common | gift)
    assert entries["entry"].nunique() == records == 2
    assert found.pairs["outcome"].tolist() == ["doubtful"]


def test_people_can_keep_apart_and_merge():
    other = {"doi": "", "year": "2020"}
    entries, _, n = outcome({}, other)
    assert n == 1
    pair = pair_id(*entries["entry"])
    assert outcome({}, other, decisions=[(pair, "keep")])[2] == 2
    apart = {"title": "Staff as gatekeepers of home care", "doi": "10.5555/x", "abstract": ""}
    entries, _, n = outcome({}, apart)
    assert n == 2
    pair = "+".join(reversed(pair_id(*entries["entry"]).split("+")))
    _, found, n = outcome({}, apart, decisions=[(pair, "merge")])
    assert n == 1
    assert found.pairs["outcome"].tolist() == ["decided: merge"]
    assert "title -12.0" in found.pairs["evidence"][0]


def test_keep_holds_against_a_chain_through_a_third_entry():
    variants = [{}, {"doi": "", "year": "2020"}, {"doi": "", "issue": "", "abstract": ""}]
    entries, _, n = outcome(*variants)
    assert n == 1
    pair = pair_id(entries["entry"][0], entries["entry"][1])
    _, found, n = outcome(*variants, decisions=[(pair, "keep")])
    cluster = found.clusters["cluster"]
    assert n == 2
    assert cluster[0] != cluster[1]


def test_doubtful_pair_is_shown_and_a_decision_settles_it():
    first = {"pages": "101"}
    other = {"title": "Partnership of inhabitants in home support", "doi": "", "abstract": ""}
    other |= first
    _, found, n = outcome(first, other)
    assert n == 2
    assert found.review["reason"].tolist() == ["same place, different title"]
    assert set(found.review.iloc[0][["first_file", "second_file"]]) == {"f1.ris", "f2.ris"}
    pair = found.review["pair"][0]
    _, found, n = outcome(first, other, decisions=[(pair, "merge")])
    assert (n, len(found.review)) == (1, 0)


def test_same_work_by_other_people_goes_to_people():
    other = {"doi": "", "authors": "Elm, Dora; Fir, Emil", "pages": ""}
    _, found, n = outcome({"doi": ""}, other)
    assert n == 2
    assert found.review["reason"].tolist() == ["no author in common"]


REPORT = {
    "title": "Partners in care by citizens: first report of the observatory on social services in Germany",
    "authors": "Observatory on Care",
    "source": "",
    "volume": "",
    "issue": "",
    "pages": "",
    "doi": "",
    "abstract": "",
    "type": "report",
}


@pytest.mark.parametrize(
    ("said", "merged"),
    [
        ({"title": REPORT["title"].replace("Germany", "Greece")}, False),
        ({"title": REPORT["title"].replace("citizens", "staff")}, False),
        ({"title": REPORT["title"].replace("observatory", "observatry")}, True),
        ({"title": REPORT["title"].replace("services", "service")}, True),
        ({"title": REPORT["title"].replace("observatory on", "observatory of")}, True),
    ],
)
def test_reports_whose_titles_differ_by_a_word_go_to_people(said, merged):
    """With a place in common the same small difference is one of the database's."""
    _, found, n = outcome(REPORT, REPORT | said)
    assert n == (1 if merged else 2)
    assert found.review["reason"].tolist() == ([] if merged else ["a word of the titles differs"])
    place = {"source": "Reports on Care", "volume": "3", "issue": "2", "pages": "5-9"}
    assert outcome(REPORT | place, REPORT | said | place)[2] == 1


@pytest.mark.parametrize("doi", ["", WORK["doi"]])
def test_entry_without_title_is_merged_by_a_number_only(doi):
    """The same place by the same authors may hold two short pieces: people should look."""
    _, found, n = outcome({}, {"title": "", "doi": doi, "abstract": ""})
    assert n == (1 if doi else 2)
    assert found.review["reason"].tolist() == ([] if doi else ["one has no title"])


def test_decision_about_entries_that_are_gone_is_reported():
    _, found, _ = outcome({}, {}, decisions=[("e0000000000+e1111111111", "merge")])
    assert found.unknown == ["e0000000000+e1111111111"]


def test_decisions_that_contradict_each_other_are_refused():
    variants = [{}, {"doi": "", "year": "2020"}, {"doi": "", "issue": "", "abstract": ""}]
    a, b, c = entries_of(*variants)["entry"]
    decisions = [(pair_id(a, b), "merge"), (pair_id(b, c), "merge"), (pair_id(a, c), "keep")]
    with pytest.raises(StudyError, match=r"row 4.*kept apart, but other rows merge"):
        outcome(*variants, decisions=decisions)
    with pytest.raises(StudyError, match=f"row 2.*'{a}' is not the id of a pair"):
        outcome(*variants, decisions=[(a, "keep")])


def test_no_entries_and_one_entry():
    assert outcome()[2] == 0
    assert outcome({})[2] == 1


def test_merged_record_takes_the_best_and_says_from_where():
    entries, found, _ = outcome(
        {"title": WORK["title"].upper(), "abstract": "", "authors": "Alder B; Birch A; Danube C"},
        {"doi": "", "pages": ""},
    )
    records, origins, record_of = merge_records(entries, found.clusters)
    record, origin = records.iloc[0], origins.iloc[0]
    assert record["title"] == WORK["title"]
    assert (origin["title"], origin["doi"], origin["abstract"]) == ("f2.ris#1", "f1.ris#1", "f2.ris#1")
    assert record["databases"] == "D1;D2"
    assert record["record"] == record_id(WORK["doi"], "", "", "")
    assert set(entries["own"]) | set(entries["entry"]) == set(record["members"].split(";"))
    assert record_of.tolist() == [record["record"]] * 2


def test_merged_record_names_the_number_of_each_database():
    entries, found, _ = outcome({"accession": "2-s2.0-1"}, {"doi": "", "accession": "WOS:1"}, {"accession": ""})
    record = merge_records(entries, found.clusters)[0].iloc[0]
    assert record["accessions"] == "D1: 2-s2.0-1; D2: WOS:1"


def test_place_of_a_text_printed_twice_is_one_of_the_two():
    longer = AGAIN | {"doi": AGAIN["doi"] + ".reprint", "issue": "10"}
    entries, found, n = outcome({"issue": "3"}, longer)
    assert n == 1
    record = merge_records(entries, found.clusters)[0].iloc[0]
    place = ("year", "volume", "issue", "pages", "doi")
    assert tuple(record[list(place)]) in {tuple((WORK | e)[f] for f in place) for e in ({}, longer)}
    evidence = found.pairs["evidence"][0]
    assert "doi -6.0" in evidence
    assert "same text +" in evidence


def test_works_kept_apart_under_one_doi_have_two_ids():
    entries, found, n = outcome({}, {"title": "Staff as gatekeepers of home care", "abstract": ""})
    records, _, _ = merge_records(entries, found.clusters)
    assert n == records["record"].nunique() == 2


def test_order_of_entries_does_not_matter():
    variants = [{}, {"doi": ""}, {"doi": "", "year": "2020"}, {"title": "Another", "doi": ""}]
    entries = entries_of(*variants)
    turned = entries.iloc[::-1].reset_index(drop=True)
    none = decisions_of()
    one, two = (find_duplicates(e, none, SETTINGS) for e in (entries, turned))
    pd.testing.assert_frame_equal(one.pairs, two.pairs)
    left = one.clusters.sort_values("file").reset_index(drop=True)
    pd.testing.assert_frame_equal(left, two.clusters.sort_values("file").reset_index(drop=True))


def test_bundled_study_against_its_truth(root):
    folder = root / "data" / "demo" / "searches"
    searches = people_tables.read_people_table(folder / "searches.csv", SEARCHES)
    files = [(p.name, p.read_bytes()) for p in exports_in(folder)]
    entries = import_files(files, searches).entries
    found = find_duplicates(entries, decisions_of(), SETTINGS)
    truth = pd.read_csv(root / "tests" / "demo_truth" / "duplicates.csv")
    both = found.clusters.merge(truth, left_on=["file", "number"], right_on=["file", "entry"])
    assert len(both) == len(entries) == len(truth)
    assert pairs_within(both, "cluster") == pairs_within(both, "truth")


def pairs_within(table: pd.DataFrame, column: str) -> set:
    groups = table.groupby(column).groups.values()
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def test_scoring_in_chunks_changes_nothing(monkeypatch):
    variants = [{}, {"doi": ""}, {"doi": "", "year": "2020"}, {"title": "Another", "doi": ""}]
    whole = outcome(*variants)[1]
    monkeypatch.setattr(finding_duplicates, "CHUNK", 2)
    parts = outcome(*variants)[1]
    pd.testing.assert_frame_equal(whole.pairs, parts.pairs)
    pd.testing.assert_frame_equal(whole.clusters, parts.clusters)


def test_pairs_to_compare_grow_with_the_number_of_entries():
    """However alike the entries, each is compared with a bounded number of neighbours."""
    counts = []
    for n in (100, 400):
        alike = entries_of(*({"volume": str(v), "doi": ""} for v in range(n)))
        counts.append(len(blocking.candidate_pairs(features.build(alike))))
    assert counts[0] > 100
    assert counts[1] < 4.5 * counts[0]


def test_a_sentence_that_stands_before_many_works_joins_none():
    """Editorials with the same few words for an abstract, and the same heading in two journals."""
    editorial = {"title": "Editorial", "doi": "", "pages": "1-2", "abstract": "We introduce this issue."}
    assert outcome(editorial, editorial | {"year": "2020", "volume": "13"})[2] == 2
    short = {"doi": "", "abstract": "We study home care.", "source": "Public Administration"}
    other = {"source": "Public Administration Review", "volume": "79", "pages": "201-219"}
    assert outcome(short, short | other)[2] == 2
