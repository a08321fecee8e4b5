"""Documents of a study folder: what could be read, what is awaited, what is refused."""

import re

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
    read = documents.read_documents(tmp_path, tmp_path / "register.csv", found, "")
    return read.documents, read.pages


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
    found = documents.read_documents(desk, desk / "register.csv", files, "").documents
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
        ("A,documents/a.txt,T,I,AUT,2020,law\nA,b,T,I,AUT,2020,law\n", ["'document'", "more than once"]),
        ("A,,T,I,AUT,2020,law\n", ["row 2", "'file'"]),
        ("A,a.txt,T,I,AUT,MMXX,law\n", ["row 2", "'year'", "MMXX"]),
    ],
)
def test_a_broken_register_is_named(tmp_path, register, parts):
    with pytest.raises(StudyError) as caught:
        study(tmp_path, register)
    for part in ["register.csv", *parts]:
        assert part in str(caught.value)


def test_a_name_of_the_register_that_leads_out_of_the_folder_is_named(tmp_path):
    with pytest.raises(StudyError, match=r"register\.csv, row 2, column 'file': '\.\./a\.txt' leads out of the folder"):
        study(tmp_path, "A,../a.txt,T,I,AUT,2020,law\n")


def test_a_document_is_found_however_its_accents_are_composed(tmp_path):
    found, _ = study(tmp_path, "A,documents\\B\u00fcrger.txt,T,I,AUT,2020,law\n", **{"Bu\u0308rger_txt": "Some words."})
    assert found[["file", "state", "words"]].to_numpy().tolist() == [["documents/B\u00fcrger.txt", "read", 2]]


def test_what_a_browser_saved_beside_a_page_is_part_of_it(tmp_path):
    (tmp_path / "documents" / "a_files").mkdir(parents=True)
    (tmp_path / "documents" / "b_files").mkdir()
    for name in ("a_files/x.js", "b_files/y.js"):
        (tmp_path / "documents" / name).write_text("1", encoding="utf-8")
    (tmp_path / "documents" / "a.html").write_text("<html><body><p>Words.</p></body></html>", encoding="utf-8")
    (tmp_path / "register.csv").write_text(HEAD + "A,documents/a.html,T,I,AUT,2020,law\n", encoding="utf-8")
    files = [path for path in (tmp_path / "documents").rglob("*") if path.is_file()]
    found = documents.read_documents(tmp_path, tmp_path / "register.csv", files, "").documents
    assert found["file"].tolist() == ["documents/a.html", "documents/b_files/y.js"]  # no page shows the other


def test_no_register_is_a_state(tmp_path):
    read = documents.read_documents(tmp_path, None, [], "")
    found, pages = read.documents, read.pages
    assert found.empty
    assert pages.empty


def test_real_documents_are_read_page_by_page(shared_data, tmp_path):
    """Real policy documents: every page read, no divided word left."""
    files = sorted((shared_data / "desk").iterdir())
    lines = [f"R{n},{path.name},Title,Issuer,EUU,2023,method\n" for n, path in enumerate(files)]
    (tmp_path / "register.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    for path in files:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    read = documents.read_documents(tmp_path, tmp_path / "register.csv", [], "")
    found, pages = read.documents, read.pages
    assert set(found["state"]) == {"read"}
    assert found.set_index("file").loc["eu_egov_benchmark_method_paper_2020_2023.pdf", "pages"] == 51
    text = " ".join(pages["text"])
    assert "\ufffe" not in text
    assert "mobile-friendly" in text
    assert "Method Paper 30" not in text  # its running head with the number of the page
    assert "processors" in text

    policy = found[found["file"].str.startswith("site_privacy_policy")]
    assert policy["counts"].tolist() == ["yes", "no", "no", "no"]  # one text in four formats
    assert len(read.similar_documents) == 6
    assert set(read.similar_documents["similarity"]) == {"identical"}
    assert "[e-mail address]" in text
    assert not re.search(r"\w@\w+\.\w", text)


WORDS = " ".join(f"word{n} and then more of it" for n in range(60))


def similar(tmp_path, register, **files):
    (tmp_path / "documents").mkdir(exist_ok=True)
    for name, content in files.items():
        (tmp_path / "documents" / f"{name}.txt").write_text(content, encoding="utf-8")
    head = HEAD.rstrip("\n") + ",counts\n"
    (tmp_path / "register.csv").write_text(head + register, encoding="utf-8")
    return documents.read_documents(tmp_path, tmp_path / "register.csv", [], "")


def line(name, counts=""):
    return f"{name.upper()},documents/{name}.txt,T,I,AUT,2020,law,{counts}\n"


@pytest.mark.parametrize(
    ("first", "second", "counts", "same"),
    [
        ("", "", ["yes", "no"], ["", "A"]),
        ("", "yes", ["yes", "yes"], ["", "A"]),
        ("no", "", ["no", "yes"], ["", "A"]),
        ("no", "no", ["no", "no"], ["", "A"]),
    ],
)
def test_of_two_with_the_same_words_one_counts_unless_the_register_says_more(tmp_path, first, second, counts, same):
    register = line("a", first) + line("b", second)
    read = similar(tmp_path, register, a=WORDS, b=WORDS.upper().replace(" ", "\n", 3))
    assert read.documents["counts"].tolist() == counts
    assert read.documents["same_as"].tolist() == same


def test_near_copies_and_parts_are_listed_and_count(tmp_path):
    read = similar(
        tmp_path,
        line("a") + line("b") + line("c", "yes") + line("d"),
        a=WORDS,
        b=WORDS + " a new end",
        c=WORDS[: len(WORDS) // 3],
        d="Something quite different. " * 40,
    )
    table = read.similar_documents
    assert table[["first", "second", "similarity", "decided"]].to_numpy().tolist() == [
        ["A", "B", "nearly identical", "no"],
        ["A", "C", "contained", "yes"],
        ["B", "C", "contained", "yes"],
    ]
    assert set(read.documents["counts"]) == {"yes"}


def test_many_documents_are_read_side_by_side_to_the_same_result(tmp_path):
    names = [f"n{n}" for n in range(documents.MANY)]
    (tmp_path / "documents").mkdir()
    for n, name in enumerate(names):
        (tmp_path / "documents" / f"{name}.txt").write_text(f"Text {n} of many. " * (n + 1))
    (tmp_path / "register.csv").write_text(
        HEAD + "".join(f"{name},documents/{name}.txt,T,I,AUT,2020,law\n" for name in names)
    )
    one, two = (documents.read_documents(tmp_path, tmp_path / "register.csv", [], "", processes=n) for n in (1, 2))
    assert one.documents.equals(two.documents)
    assert one.pages.equals(two.pages)
    for name in names[:2]:
        (tmp_path / "documents" / f"{name}.txt").write_bytes(b"\0\1\2\0")
    with pytest.raises(StudyError, match="2 problems") as caught:
        documents.read_documents(tmp_path, tmp_path / "register.csv", [], "", processes=2)
    assert "n1.txt (row 3 of register.csv)" in str(caught.value)
