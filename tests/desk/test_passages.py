"""Documents of a study folder, and passages found in them."""

import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.text import TermIndex
from coproduction.desk import passages, tables

HEAD = "document,file,title,issuer,country,year,type\n"
INDEX = TermIndex({"trust": ["trust in government"], "funds": ["fund*", "grants"]})


def study(tmp_path, register, **files):
    (tmp_path / "documents").mkdir(exist_ok=True)
    for name, content in files.items():
        path = tmp_path / "documents" / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "register.csv").write_text(HEAD + register, encoding="utf-8")
    found = sorted((tmp_path / "documents").iterdir())
    return passages.read_documents(tmp_path, tmp_path / "register.csv", found, "")


def test_states_of_documents(tmp_path):
    documents, pages = study(
        tmp_path,
        "A,documents/a.txt,T,I,AUT,2020,law\nB,documents/b.txt,T,I,AUT,2020,law\n",
        a_txt="Text.\n\nMore text.",
        c_md="# loose",
    )
    assert documents["state"].tolist() == ["read", "file missing", "not in the register"]
    assert documents["words"].tolist() == [3, 0, 0]
    assert pages[["document", "page"]].to_numpy().tolist() == [["A", 1], ["A", 2]]


def test_a_scanned_page_is_a_state(root):
    desk = root / "data" / "demo" / "desk"
    files = sorted((desk / "documents").iterdir())
    documents, _ = passages.read_documents(desk, desk / "register.csv", files, "")
    states = documents.set_index("document")["state"]
    assert states["D09"] == "no text"
    assert set(states.drop("D09")) == {"read"}


def test_all_broken_documents_are_named_with_their_row(tmp_path):
    with pytest.raises(StudyError) as caught:
        study(
            tmp_path,
            "A,documents/a.pdf,T,I,AUT,2020,law\nB,documents/b.docx,T,I,AUT,2020,law\n",
            a_pdf=b"no pdf",
            b_docx=b"no docx",
        )
    for part in ("2 problems", "a.pdf (row 2 of register.csv)", "b.docx (row 3 of register.csv)"):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("register", "parts"),
    [
        (
            "A,documents/a.txt,T,I,AUT,2020,law\nA,b,T,I,AUT,2020,law\n",
            ["'document'", "more than once"],
        ),
        ("A,,T,I,AUT,2020,law\n", ["row 2", "'file'"]),
        ("A,a.txt,T,I,AUT,MMXX,law\n", ["row 2", "'year'", "MMXX"]),
    ],
)
def test_a_broken_register_is_named(tmp_path, register, parts):
    with pytest.raises(StudyError) as caught:
        study(tmp_path, register)
    for part in ["register.csv", *parts]:
        assert part in str(caught.value)


def test_no_register_is_a_state(tmp_path):
    documents, pages = passages.read_documents(tmp_path, None, [], "")
    assert documents.empty
    assert pages.empty


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
    assert (first["excerpt"], first["before"], first["terms"]) == (
        "Funds and grants help.",
        "First.",
        "funds;grants",
    )


def test_the_position_leads_back_to_the_term(root):
    desk = root / "data" / "demo" / "desk"
    _, pages = passages.read_documents(desk, desk / "register.csv", [], "")
    found = passages.find_passages(pages, INDEX, 300)
    texts = pages.set_index(["document", "page"])["text"]
    assert len(found) > 5
    for row in found.itertuples(index=False):
        term = texts[row.document, row.page][row.start : row.end]
        assert " ".join(term.split()).lower() == row.terms.split(";")[0]


def test_long_sentences_are_cut_around_the_term():
    text = "word " * 200 + "grants " + "word " * 200
    cut = passages.shortened(text, text.index("grants"), 100)
    assert "grants" in cut
    assert cut.startswith("… word")
    assert cut.endswith("word …")
    assert len(cut) <= 104


def test_no_term_no_passage():
    assert passages.find_passages(page("Nothing here."), INDEX, 400).empty
    assert list(passages.find_passages(page(""), INDEX, 400).columns) == list(
        tables.PASSAGES.columns
    )


def test_real_documents_yield_passages_with_their_page(shared_data, tmp_path):
    """Real policy documents: every page read, no divided word left, positions that hold."""
    files = sorted((shared_data / "desk").iterdir())
    lines = [f"R{n},{path.name},Title,Issuer,EUU,2023,method\n" for n, path in enumerate(files)]
    (tmp_path / "register.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    for path in files:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    documents, pages = passages.read_documents(tmp_path, tmp_path / "register.csv", [], "")
    assert set(documents["state"]) == {"read"}
    assert (
        documents.set_index("file").loc["eu_egov_benchmark_method_paper_2020_2023.pdf", "pages"]
        == 51
    )
    text = " ".join(pages["text"])
    assert "\ufffe" not in text
    assert "mobile-friendly" in text
    assert "Method Paper 30" not in text  # its running head with the number of the page
    assert "processors" in text
