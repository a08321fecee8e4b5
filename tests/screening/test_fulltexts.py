"""PDFs of full texts and the records they belong to."""

import pandas as pd
import pytest
import typst
from coproduction.screening.exporting import list_included
from coproduction.screening.fulltexts import match_files
from screening.study_folder import Folder, records, rows

RECORDS = records(4).assign(
    record=["r000000000a", "r000000000b", "r000000000c", "r000000000d"],
    title=[
        "Sharing power in home care: a study of three towns",
        "Sharing power in home care: a study of three towns and a river",
        "Care",
        "Citizens' juries and the welfare state",
    ],
    doi=["10.1000/power.1", "10.1000/power.2", "", "10.1000/juries(2)3"],
    members="",
)


@pytest.fixture
def drop(tmp_path):
    """A function that drops a PDF with these lines and gives the row that it is matched to."""

    def dropped(name, *lines):
        source = '#set page(width: 9cm)\n#set text(hyphenate: true, lang: "en")\n'
        escaped = (line.replace("@", "\\@").replace("//", "/\\/") for line in lines)
        (tmp_path / name).write_bytes(typst.compile((source + "\n\n".join(escaped)).encode()))
        return match_files([str(tmp_path / name)], str(tmp_path), RECORDS).iloc[0]

    return dropped


@pytest.mark.parametrize(
    ("name", "lines", "record", "evidence"),
    [
        ("a.pdf", ["See https://doi.org/10.1000/Power.1."], "a", "DOI on page 1"),
        ("a.pdf", ["x", "#pagebreak()", "doi:10.1000/juries(2)3"], "d", "DOI on page 2"),
        ("a.pdf", ["Sharing power in home care: A study of three towns", "Text"], "a", "title on page 1"),
        ("a.pdf", ["= Sharing power in home-care -- a study of three towns and a river"], "b", "title on page 1"),
        ("10.1000_juries(2)3.pdf", ["Nothing"], "d", "DOI in the file name"),
        ("Alder - 2020 - Citizens’ juries and the welfare state.pdf", ["x"], "d", "title in the file name"),
        (
            "Alder - 2020 - Sharing power in home care a study of three towns and a ri.pdf",
            ["x"],
            "b",
            "title in the file name",
        ),
        ("Alder - 2020 - Sharing power in home care a study of.pdf", ["x"], "", ""),
        ("scan r000000000c.pdf", ["See 10.1000/power.1"], "c", "record id in the file name"),
    ],
)
def test_a_file_is_matched_by_what_it_says(drop, name, lines, record, evidence):
    row = drop(name, *lines)
    if record:
        assert (row["record"], row["evidence"]) == (f"r000000000{record}", evidence)
        assert row["problem"] == ""
    else:
        assert row["record"] == ""


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        # a paper of no record cites one
        ("a.pdf", ["doi:10.1000/own.9", "It follows https://doi.org/10.1000/power.1."]),
        ("a.pdf", ["A comment", "doi:10.1000/own.9", "#pagebreak()", "Ash. https://doi.org/10.1000/power.1"]),
        ("10.1000_power.1.2.pdf", ["x"]),  # another DOI, which begins alike
    ],
)
def test_a_paper_that_cites_a_record_is_not_its_report(drop, name, lines):
    assert drop(name, *lines)[["record", "problem"]].tolist() == [
        "",
        "neither its name nor its first pages contain the DOI or the title of a record",
    ]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a.pdf", ["doi:10.1000/power.1", "It cites https://doi.org/10.1000/other.7."]),
        ("a.pdf", ["See 10.1000/other.7", "10.1000/power.1", "#pagebreak()", "10.1000/power.1"]),
        ("10.1000_power.1 Alder SM 2020.pdf", ["x"]),
    ],
)
def test_the_own_doi_among_several(drop, name, lines):
    assert drop(name, *lines)["record"] == "r000000000a"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a.pdf", ["Supplementary material for", "Sharing power in home care: a study of three towns"]),
        ("a.pdf", ["Online Appendix", "doi:10.1000/power.1"]),
        ("10.1000_power.1-mmc1.pdf", ["x"]),
        ("10.1000_power.1_supplement.pdf", ["x"]),
    ],
)
def test_a_supplement_is_not_the_report(drop, name, lines):
    row = drop(name, *lines)
    assert row["record"] == ""
    assert "r000000000a" in row["evidence"]
    assert row["problem"].startswith("its name or first words suggest that it is a supplement")


def test_a_title_on_supplements_is_no_supplement(tmp_path):
    rows = RECORDS[:1].assign(title="The supplement to pensions in four towns")
    path = tmp_path / "The supplement to pensions in four towns.pdf"
    path.write_bytes(typst.compile(b"x"))
    assert match_files([str(path)], str(tmp_path), rows)["record"].tolist() == ["r000000000a"]


def test_a_page_of_the_web_under_the_name_of_a_report_is_none(tmp_path):
    (tmp_path / "10.1000_power.1.pdf").write_text("<html>Please log in</html>")
    row = match_files([str(tmp_path / "10.1000_power.1.pdf")], str(tmp_path), RECORDS).iloc[0]
    assert (row["record"], row["evidence"]) == ("", "DOI in the file name: r000000000a")
    assert "cannot be read as a PDF" in row["problem"]


def test_a_file_that_points_to_two_records_is_left_to_people(drop):
    row = drop("a.pdf", "Citizens' juries and the welfare state", "A comment on 10.1000/power.1")
    assert row["record"] == ""
    assert row["problem"] == "it matches several records"
    assert "DOI on page 1: r000000000a" in row["evidence"]
    assert "title on page 1: r000000000d" in row["evidence"]


def test_what_cannot_be_read_or_says_nothing_is_listed(drop, tmp_path):
    assert "neither its name" in drop("a.pdf", "Care")["problem"]  # too short a title to tell by
    (tmp_path / "b.pdf").write_bytes(b"no pdf")
    (tmp_path / "c.pdf").write_bytes(typst.compile(b"#rect()"))
    rows = match_files([str(tmp_path / n) for n in ("b.pdf", "c.pdf")], str(tmp_path), RECORDS)
    assert "cannot be read as a PDF" in rows["problem"][0]
    assert "contain no text" in rows["problem"][1]
    assert match_files([], str(tmp_path), RECORDS).empty


def test_full_texts_count_as_retrieved_and_contradictions_are_named(tmp_path):
    study = Folder(tmp_path)
    titles = records()["title"]
    study.write("title_abstract.csv", rows(*(f"r{i},{w},include,,," for i in range(3) for w in "AB"))).write(
        "retrieval.csv", "record,status\nr1,not_retrieved\n"
    )
    (tmp_path / "full_texts").mkdir()
    for i in (0, 1, 5):
        page = f"#set page(width: 30cm)\n{titles[i]}".encode()
        (tmp_path / "full_texts" / f"{i}.pdf").write_bytes(typst.compile(page))
    (tmp_path / "full_texts" / "x.pdf").write_bytes(typst.compile(b"nothing"))
    settled = study.settle()
    states = settled.states.set_index("record")["state"]
    assert states[["r0", "r1", "r2"]].tolist() == [
        "full text: not screened",
        "full text: not retrieved",
        "full text: awaited",
    ]
    assert settled.findings.set_index("file")["finding"].to_dict() == {
        "1.pdf": "full text present although marked as missing",
        "5.pdf": "full text not sought",
        "x.pdf": "full text not matched",
    }
    study.write("full_text.csv", rows("r0,A,include,,,", "r0,B,include,,,"))
    factors = pd.DataFrame({"id": ["trust"], "name": ["Trust"], "terms": ["trust"]})
    included = list_included(records(), study.settle().states, factors, study.files().full_texts)
    assert included["full_text"].tolist() == ["0.pdf"]
