"""Passages found in documents."""

import pandas as pd
from coproduction.core.text import TermIndex
from coproduction.desk import documents, passages, tables

INDEX = TermIndex({"trust": ["trust in government"], "funds": ["fund*", "grants"]})


def page(text, **more):
    row = dict(document="A", page=1, unit="page", heading="", text=text) | more
    return pd.DataFrame([row]).astype({"page": "Int64"})


def test_one_passage_per_sentence_and_factor():
    text = "First. Funds and grants help. Trust in\ngovernment and funding differ."
    found = passages.find_passages(page(text), INDEX, 400)
    assert found[["factor", "sentence", "hits"]].to_numpy().tolist() == [
        ["funds", 2, 2],
        ["trust", 3, 1],
        ["funds", 4, 1],
    ]
    first = found.iloc[0]
    assert text[first["start"] : first["end"]] == "Funds"
    assert (first["excerpt"], first["before"], first["terms"]) == ("Funds and grants help.", "First.", "funds;grants")


def test_the_position_leads_back_to_the_term(root):
    desk = root / "data" / "demo" / "desk"
    pages = documents.read_documents(desk, desk / "register.csv", [], "").pages
    found = passages.find_passages(pages, INDEX, 300)
    texts = pages.set_index(["document", "page"])["text"]
    assert len(found) > 5
    for row in found.itertuples(index=False):
        term = texts[row.document, row.page][row.start : row.end]
        assert " ".join(term.split()).lower() == row.terms.split(";")[0]


def test_long_sentences_are_cut_around_the_term():
    text = "word " * 200 + "grants " + "word " * 200
    found = passages.find_passages(page(text), INDEX, 100)
    cut = found["excerpt"].iloc[0]
    assert "grants" in cut
    assert cut.startswith("… word")
    assert cut.endswith("word …")
    assert len(cut) <= 104


def test_no_term_no_passage():
    assert passages.find_passages(page("Nothing here."), INDEX, 400).empty
    assert list(passages.find_passages(page(""), INDEX, 400).columns) == list(tables.PASSAGES.columns)
