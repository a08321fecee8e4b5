"""What coders get, and what comes back from it."""

import io
import zipfile

import pandas as pd
import pytest
from coproduction.interviews import coding, handing_out
from coproduction.interviews.pseudonyms import Key
from coproduction.interviews.qdpx import Code, read_qdpx
from lxml import etree


@pytest.fixture
def codes(made):
    """The codes for the coders, one with a definition that only a project has."""
    book = made["codebook"].assign(description=made["codebook"]["code"].map({"Mayor": "the head"}))
    return handing_out.codes_to_use(made["structure"], book.fillna(""))


def test_concepts_stand_below_their_themes_with_their_definitions(codes):
    assert codes == [
        Code("Being asked", "Citizens / Belief"),
        Code("No hours", "Organisation / Work"),
        Code("Mayor", "", "the head"),
    ]
    table = handing_out.codebook_table(codes)
    assert list(table["name"]) == ["Being asked", "No hours", "Mayor"]


def test_a_theme_with_a_slash_stays_one_level(made):
    slashed = made["structure"].assign(theme="Time / money", dimension="Work")
    assert handing_out.codes_to_use(slashed, made["codebook"])[0].group == "Work / Time/money"


def placed(made, path):
    rows, _ = coding.read_coded([path])
    return coding.place_segments(rows, made["texts"], made["turns"], made["replaced"], {}, Key(), 0)


def test_all_codings_come_back_at_their_places(made, codes, tmp_path):
    path = tmp_path / "all.qdpx"
    handing_out.write_all_codings(made["texts"], codes, made["structure"], made["segments"], path)
    back, old = placed(made, path), made["segments"]
    assert set(back["outcome"]) == {"at its place"}
    columns = ["transcript", "start", "end", "text", "coder", "memo"]
    same = [frame.sort_values(columns)[columns].reset_index(drop=True) for frame in (back, old)]
    pd.testing.assert_frame_equal(*same)
    assert set(back["code"]) == {"Being asked", "Mayor"}


def test_both_projects_are_valid_by_the_standard(made, codes, tmp_path, shared_data):
    form = etree.XMLSchema(etree.parse(shared_data / "refi-qda" / "Project.xsd"))
    handing_out.write_project(made["texts"], codes, tmp_path / "a.qdpx")
    handing_out.write_all_codings(
        made["texts"], codes, made["structure"], made["segments"], tmp_path / "b.qdpx"
    )
    for name in ("a.qdpx", "b.qdpx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            form.assertValid(etree.parse(io.BytesIO(archive.read("project.qde"))))
    assert read_qdpx(tmp_path / "a.qdpx").codings == []
