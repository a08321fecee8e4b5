"""What the report says of the searches; every state gives valid fragments."""

import pytest
from coproduction.literature.settings import LiteratureSettings

from .chain import Chain
from .test_importing import BIBTEX, RIS


@pytest.fixture
def texts(prose):
    def of(chain):
        return {
            name: prose("literature").fill(name, chain.facts()) for name in ("methods", "results")
        }

    return of


def test_results_give_the_flow_and_the_mismatch(two, texts):
    text = texts(two)["results"]
    assert "5 entries in 2 files" in text
    assert "2 unique records" in text
    assert "b.bib: 2 read of 5 stated" in text
    assert "| a.ris | it has neither title, abstract, DOI nor PubMed number | 1 | 1 |" in text
    assert "Not stated in `searches/searches.csv`: platform, date, search string." in text
    for label in ("@tbl-literature-searches", "@tbl-literature-flow", "@fig-literature-overlap"):
        assert label in text
        assert "{#" + label[1:] in text


def test_methods_follow_the_settings(texts):
    settings = LiteratureSettings(merge_score=4.5, window=9)
    text = texts(Chain([("a.ris", RIS.encode())], settings=settings))["methods"]
    assert "score of 4.5" in text
    assert "9 nearest" in text
    assert "(here: RIS)" in text


def test_nothing_yet_is_a_state(texts):
    text = texts(Chain([]))["results"]
    assert "awaited" in text
    assert "fig-" not in text


def test_exports_without_an_entry_that_can_be_read(texts):
    text = texts(Chain([("a.ris", b"TY  - JOUR\nER  - \n")]))["results"]
    assert "The exports hold no entry that can be read." in text
    assert "| a.ris | it has neither" in text
    assert "fig-" not in text


@pytest.mark.parametrize(("files", "words"), [
    ([("a.ris", RIS)], ("1 source gave 2 entries in 1 file", "0 (0 %", "were duplicates", "None of")),
    ([("a.ris", RIS), ("b.ris", RIS)], ("2 (50 % of those read) were duplicates", "2 of them were")),
    ([("a.ris", RIS.split("TY  - ")[1].join(["TY  - ", ""])), ("b.bib", BIBTEX)],
     ("1 (33 % of those read) was a duplicate", "1 of them was found")),
])  # fmt: skip
def test_numbers_and_verbs_agree(files, words, texts):
    text = texts(Chain([(name, content.encode()) for name, content in files]))["results"]
    assert [word for word in words if word not in text] == []


def test_files_with_the_same_remark_share_a_line(texts):
    chain = Chain([("a.ris", RIS.encode()), ("b.bib", BIBTEX.encode())])
    text = texts(chain)["results"]
    assert text.count("a.ris, b.bib: not described in searches.csv") == 1
