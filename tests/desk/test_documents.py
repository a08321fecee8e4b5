"""Documents of a study folder: what could be read, what is awaited, what is refused."""

import re

import pytest
from coproduction.core import identities
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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Write to anna.alder@example.org now.", "Write to [e-mail address] now."),
        ("Tel.: +43 1 234 567-89, room 5", "Tel. [telephone number], room 5"),
        ("Phone 0123 456789", "Phone [telephone number]"),
        ("In 2014 2015 2016 the sum was 12 345 678 euros.", None),
        ("Call +49 30 1234567 today", "Call  [telephone number] today"),
        ("Telefon: 030 1234-567", "Telefon [telephone number]"),
        ("Tél. : 01 23 45 67 89", "Tél. [telephone number]"),
        ("Phone number: 020 7946 0018", "Phone number [telephone number]"),
        ("Write to anna.alder(at)example.org", "Write to [e-mail address]"),
        ("Mobile 2019 2020 2021 and telework 2020 2021 2022", None),
        ("☎ 030 1234567", "☎ [telephone number]"),
        ("Tel. (direct): 02 299 11 11", "Tel. [telephone number]"),
        ("Τηλ. 210 1234567", "Τηλ. [telephone number]"),
        ("тел. 02 123 45 67", "тел. [telephone number]"),
        ("Puhelin 09 1234 5678", "Puhelin [telephone number]"),
        ("Town hall | T 020 7946 0018", "Town hall |  [telephone number]"),
        ("Write to anna.alder [at] example [dot] org", "Write to [e-mail address]"),
        ("Write to anna.alder at example dot org", "Write to [e-mail address]"),
        ("Write to anna.alder @ example.org", "Write to [e-mail address]"),
        ("Write to anna.alder＠example.org", "Write to [e-mail address]"),
        ("Contact person: Anna Alder, Ministry", "Contact person: [name], Ministry"),
        ("Ansprechpartnerin: Dr. Anna van den Alder", "Ansprechpartnerin: [name]"),
        ("Osoba kontaktowa – Anna Łęska-Alder", "Osoba kontaktowa – [name]"),
        ("Contact persons were named in all towns.", None),
        ("Contact: Anna Alder (Project Officer for Towns)", "Contact: [name] (Project Officer for Towns)"),
        ("Kontakt: Dr. Anna Alder, Abteilung 3", "Kontakt: [name], Abteilung 3"),
        ("Contact: European Commission, Brussels", None),
        ("Contact: Town Council, Unit 3", None),
        ("Contact: Ministry of Health", None),
        ("Contact: Research Office (room 3)", None),
        ("5 items @ 2.50 euros, at noon dot dot", None),
        ("T 1 and M 5 of 2019 and 0.5 in F 3", None),
    ],
)
def test_addresses_and_numbers_of_people_are_replaced(text, shown):
    found, n = documents.without_contacts(text)
    assert found == (shown or text)
    assert n == (shown is not None)


def test_people_whose_address_a_document_has_are_not_named():
    texts = [
        "Write to Ana Lópes (ana.lopes@example.org).",
        "LOPES, Ana and Jörg Müller spoke; Ana Birch and lopes did not.",
    ]
    people = documents.people_with_addresses([*texts, "joerg.mueller@example.org"])
    assert [documents.without_contacts(text, None, people) for text in texts] == [
        ("Write to [name] ([e-mail address]).", 2),
        ("[name] and [name] spoke; Ana Birch and lopes did not.", 2),
    ]
    assert documents.people_with_addresses(["info@example.org", "no address"]) is None
    people = documents.people_with_addresses(["a.alder@example.org, kbirch@example.org"])
    told = documents.without_contacts("Anna Alder, K. Birch and Birch, Karl; Otto Alder and Info Point.", None, people)
    assert told == ("[name], [name] and [name]; Otto Alder and Info Point.", 3)


def test_names_of_the_key_are_replaced():
    key = identities.Key(("Anna Alder", "Birch"), ("[official 1]", "[official 2]"), (2, 3))
    found, n = documents.without_contacts("Anna Alder met Birch under a birch.", key)
    assert (found, n) == ("[official 1] met [official 2] under a birch.", 2)


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
