"""Documents of a study folder: what could be read, what is awaited, what is refused."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.desk import documents

HEAD = "document,file,title,issuer,country,year,type\n"


def study(tmp_path, register, **files):
    (tmp_path / "documents").mkdir(exist_ok=True)
    for name, content in files.items():
        path = tmp_path / "documents" / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "register.csv").write_text(HEAD + register, encoding="utf-8")
    found = sorted((tmp_path / "documents").iterdir())
    return documents.read_documents(tmp_path, tmp_path / "register.csv", found, "")


def test_states_of_documents(tmp_path):
    found, pages = study(
        tmp_path,
        "A,documents/a.txt,T,I,AUT,2020,law\nB,documents/b.txt,T,I,AUT,2020,law\n",
        a_txt="Text.\n\nMore text.",
        c_md="# loose",
    )
    assert found["state"].tolist() == ["read", "file missing", "not in the register"]
    assert found["words"].tolist() == [3, 0, 0]
    assert pages[["document", "page"]].to_numpy().tolist() == [["A", 1], ["A", 2]]


def test_a_scanned_page_is_a_state(root):
    desk = root / "data" / "demo" / "desk"
    files = sorted((desk / "documents").iterdir())
    found, _ = documents.read_documents(desk, desk / "register.csv", files, "")
    states = found.set_index("document")["state"]
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
    found, pages = documents.read_documents(tmp_path, None, [], "")
    assert found.empty
    assert pages.empty


def test_real_documents_are_read_page_by_page(shared_data, tmp_path):
    """Real policy documents: every page read, no divided word left."""
    files = sorted((shared_data / "desk").iterdir())
    lines = [f"R{n},{path.name},Title,Issuer,EUU,2023,method\n" for n, path in enumerate(files)]
    (tmp_path / "register.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    for path in files:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    found, pages = documents.read_documents(tmp_path, tmp_path / "register.csv", [], "")
    assert set(found["state"]) == {"read"}
    assert (
        found.set_index("file").loc["eu_egov_benchmark_method_paper_2020_2023.pdf", "pages"] == 51
    )
    text = " ".join(pages["text"])
    assert "\ufffe" not in text
    assert "mobile-friendly" in text
    assert "Method Paper 30" not in text  # its running head with the number of the page
    assert "processors" in text
