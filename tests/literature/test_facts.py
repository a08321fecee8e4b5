"""What the report says of the searches; every state gives valid fragments."""

from pathlib import Path

import pytest
from coproduction.literature.settings import LiteratureSettings

from .chain import Chain
from .test_importing import BIBTEX, RIS

CASES = Path(__file__).parents[1] / "formats" / "references" / "cases"


@pytest.fixture
def texts(prose):
    def of(chain):
        return {name: prose("literature").fill(name, chain.facts()) for name in ("methods", "results", "merges")}

    return of


def test_results_give_the_flow_and_the_mismatch(two, texts):
    text = texts(two)["results"]
    assert "5 entries in 2 files" in text
    assert "2 unique records" in text
    assert "b.bib: 2 read of 5 stated" in text
    assert "| a.ris | it has neither title, abstract, DOI nor PubMed number | 1 | 1 |" in text
    assert "Not given in `searches/searches.csv`: platform, date, search string." in text
    for label in ("@tbl-literature-searches", "@tbl-literature-flow", "@fig-literature-overlap"):
        assert label in text
        assert "{#" + label[1:] in text


def test_methods_follow_the_settings(texts):
    settings = LiteratureSettings(merge_score=4.5, window=9)
    text = texts(Chain([("a.ris", RIS.encode())], settings=settings))["methods"]
    assert "score of 4.5" in text
    assert "9 nearest" in text
    assert "downloaded (RIS)" in text


def test_nothing_yet_is_a_state(texts):
    text = texts(Chain([]))["results"]
    assert "awaited" in text
    assert "fig-" not in text


def test_exports_without_an_entry_that_can_be_read(texts):
    text = texts(Chain([("a.ris", b"TY  - JOUR\nER  - \n")]))["results"]
    assert "The exports contain no readable entries." in text
    assert "| a.ris | it has neither" in text
    assert "fig-" not in text


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            [("a.ris", RIS)],
            ("Searches of 1 source yielded 2 entries in 1 file", "None were duplicates, leaving 2 unique records"),
        ),
        ([("a.ris", RIS), ("b.ris", "TY  - JOUR\nTI  - Shade trees\nPY  - 1999\nER  - \n")], ("None of them were",)),
        ([("a.ris", RIS), ("b.ris", RIS)], ("2 (50 % of those read) were duplicates", "2 of them were")),
        (
            [("a.ris", RIS.split("TY  - ")[1].join(["TY  - ", ""])), ("b.bib", BIBTEX)],
            ("1 (33 % of those read) was a duplicate", "1 of them was found"),
        ),
    ],
)
def test_numbers_and_verbs_agree(files, words, texts):
    searches = [{"database": name, "file": name} for name, _ in files]
    text = texts(Chain([(name, content.encode()) for name, content in files], searches))["results"]
    assert [word for word in words if word not in text] == []


def test_files_with_the_same_remark_share_a_line(texts):
    chain = Chain([("a.ris", RIS.encode()), ("b.bib", BIBTEX.replace("20", "19").encode())])
    text = texts(chain)["results"]
    assert text.count("a.ris, b.bib: not described in searches.csv") == 1


def test_a_file_without_abstracts_is_named(two, texts):
    text = texts(two)["results"]
    assert "| b.bib | 2 | 1 | 2 | 2 | 1 |" in text
    bare = Chain([("a.ris", b"TY  - JOUR\nTI  - One\nER  - \n"), ("b.ris", RIS.encode())])
    assert "No entry of a.ris has an abstract or keywords." in texts(bare)["results"]


def test_of_many_files_with_the_same_lack_the_first_are_named(texts):
    files = [(f"{n:02}.ris", f"TY  - JOUR\nTI  - Number {n}\nER  - \n".encode()) for n in range(12)]
    text = texts(Chain(files))["results"]
    assert text.count("No entry of") == 10
    assert "No entry of 09.ris has an abstract or keywords. 2 more files also lack abstracts or keywords." in text
    assert "- 00.ris, 01.ris, 02.ris, 03.ris, 04.ris, 05.ris, 06.ris, 07.ris, 08.ris, 09.ris and 2 more: not" in text


def test_merges_are_shown_with_what_to_write(two, texts):
    text = texts(two)["merges"]
    assert "`keep` (keep apart)" in text
    assert two.check["to_change"].tolist() == ["keep", "keep"]
    assert two.check["score"].is_monotonic_increasing
    assert "{#tbl-literature-merged}" in text
    assert "{#tbl-literature-unmerged}" not in text
    assert "Danube, C. (2020). Trust in bridges" in text


def test_no_pairs_no_tables(texts):
    text = texts(Chain([("a.ris", RIS.encode())]))["merges"]
    assert text.startswith("No two entries")
    assert "tbl" not in text


def test_pairs_that_were_not_merged_are_shown_once_a_pair_of_clusters(texts):
    name = "r16_bookdoi.ris"
    chain = Chain([(name, (CASES / name).read_bytes())])
    assert set(chain.check["to_change"]) == {"merge"}
    assert "parts of one volume under its DOI" in texts(chain)["merges"]
    assert chain.check["score"].is_monotonic_decreasing


def test_one_source_alone_has_no_overlap_with_others(texts):
    text = texts(Chain([("a.ris", b"TY  - JOUR\nTI  - Shade in cities\nPY  - 2020\nER  - \n")]))["results"]
    assert "Searches of 1 source yielded" in text
    assert "overlap" not in text
    assert "more than one source" not in text
