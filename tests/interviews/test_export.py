"""What coders get, and what comes back from it."""

import io
import zipfile

import pandas as pd
import pytest
from coproduction.core.identities import Key
from coproduction.formats.qda.project import Code
from coproduction.formats.qda.qdpx import read_qdpx
from coproduction.interviews import coded_files, export, gioia, reading
from coproduction.interviews.quote_positions import Study, place_segments
from lxml import etree


@pytest.fixture
def codes(made):
    """The codes for the coders, one with a definition that only a project has."""
    book = made["codebook"].assign(description=made["codebook"]["code"].map({"Mayor": "the head"}))
    return export.codes_to_use(made["structure"], book.fillna(""))


def test_concepts_stand_below_their_themes_with_their_definitions(codes):
    assert codes == [
        Code("Being asked", "Citizens / Belief"),
        Code("No hours", "Organisation / Work"),
        Code("Mayor", "", "the head"),
    ]
    table = export.codebook_table(codes)
    assert list(table["name"]) == ["Being asked", "No hours", "Mayor"]


def test_a_theme_with_a_slash_stays_one_level(made):
    slashed = made["structure"].assign(theme="Time / money", dimension="Work")
    assert export.codes_to_use(slashed, made["codebook"])[0].group == "Work / Time/money"


def placed(made, path):
    rows, projects, _ = coded_files.read_coded([path])
    study = Study(made["texts"], made["turns"], made["replaced"], {}, Key(), 0)
    return place_segments(rows, coded_files.sources_of(projects), study)


def test_every_transcript_is_a_text_file(made):
    assert export.text_files(made["texts"]) == {"P01.txt": "\ufeff" + made["texts"]["text"].iloc[0]}


def test_all_codings_come_back_at_their_places(made, codes, tmp_path):
    path = tmp_path / "all.qdpx"
    path.write_bytes(
        export.project_with_codings(made["texts"], codes, made["structure"], made["segments"], made["transcripts"])
    )
    back, old = placed(made, path), made["segments"]
    assert set(back["outcome"]) == {"at its stated position"}
    columns = ["transcript", "start", "end", "text", "coder", "memo"]
    same = [frame.sort_values(columns)[columns].reset_index(drop=True) for frame in (back, old)]
    pd.testing.assert_frame_equal(*same)
    assert set(back["code"]) == {"Being asked", "Mayor"}


def test_a_code_on_nobody_s_words_is_handed_on_until_the_speakers_are_known(made, tmp_path):
    """Coders code before it is known who speaks; the structure holds a participant's words alone."""
    segments = made["segments"].assign(speaker="not named")
    planned = (
        made["structure"].query("state != 'code without concept'").drop(columns=["segments", "transcripts", "state"])
    )
    structure, codebook = gioia.build(planned, segments), made["codebook"].fillna("")
    assert "Mayor" not in set(structure["concept"])
    codes = export.codes_to_use(structure, codebook)
    assert Code("Mayor") in codes
    path = tmp_path / "all.qdpx"
    path.write_bytes(export.project_with_codings(made["texts"], codes, structure, segments, made["transcripts"]))
    assert set(placed(made, path)["code"]) == {"Being asked", "Mayor"}


def test_both_projects_are_valid_by_the_standard(made, codes, tmp_path, shared_data):
    form = etree.XMLSchema(etree.parse(shared_data / "refi-qda" / "Project.xsd"))
    (tmp_path / "a.qdpx").write_bytes(export.project(made["texts"], codes, made["transcripts"]))
    (tmp_path / "b.qdpx").write_bytes(
        export.project_with_codings(made["texts"], codes, made["structure"], made["segments"], made["transcripts"])
    )
    for name in ("a.qdpx", "b.qdpx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            form.assertValid(etree.parse(io.BytesIO(archive.read("project.qde"))))
    assert read_qdpx(tmp_path / "a.qdpx").codings == []


def test_what_is_known_of_a_participant_is_a_variable_of_the_case(made, codes):
    known = made["transcripts"].assign(role="evaluator", country="POL")
    content = export.project(made["texts"], codes, known)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        assert any(name.startswith("sources/") for name in archive.namelist())
    names = {v.get("guid"): v.get("name") for v in root.iterfind("./{*}Variables/{*}Variable")}
    (case,) = root.iterfind("./{*}Cases/{*}Case")
    values = {
        names[v.find("{*}VariableRef").get("targetGUID")]: v.findtext("{*}TextValue")
        for v in case.iterfind("{*}VariableValue")
    }
    assert values == {"date": "2026-03-14", "country": "POL", "role": "evaluator"}


def test_one_more_coding_changes_no_guid_of_the_others(made, codes):
    def guids(segments):
        content = export.project_with_codings(made["texts"], codes, made["structure"], segments, made["transcripts"])
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = etree.fromstring(archive.read("project.qde"))
        return {element.get("guid") for element in root.iter("{*}PlainTextSelection")}

    fewer, all_of_them = guids(made["segments"].iloc[1:]), guids(made["segments"])
    assert fewer < all_of_them
    assert len(all_of_them) == 3


def test_conditions_and_topics_of_the_guide_are_codes_to_begin_with(codes, tmp_path):
    factors = pd.DataFrame([{"name": "Trust", "definition": "in each other"}, {"name": "mayor", "definition": ""}])
    path = tmp_path / "guide.csv"
    path.write_text("topic,question\nBeginnings,How did it begin?\n")
    seeded = export.seeded(codes, factors, reading.read_guide(path))
    assert seeded == [
        *codes,
        Code("Trust", "Conditions of the study", "in each other"),
        Code("Beginnings", "Topics of the interview guide", "How did it begin?"),
    ]
    assert export.seeded(codes, factors.iloc[:0], reading.read_guide(None)) == codes


def test_guids_survive_one_more_coding_and_another_theme(made, codes):
    def guids(project):
        with zipfile.ZipFile(io.BytesIO(project)) as archive:
            root = etree.fromstring(archive.read("project.qde"))
        return {(e.tag, e.get("name")): e.get("guid") for e in root.iter("{*}Code", "{*}TextSource", "{*}Case")}

    before = guids(export.project(made["texts"], codes, made["transcripts"]))
    moved = [Code(code.name, f"Elsewhere / {code.group}") for code in codes] + [Code("New")]
    after = guids(export.project(made["texts"], moved, made["transcripts"]))
    kept = {key: value for key, value in before.items() if key[1] not in ("Citizens", "Belief", "Organisation", "Work")}
    assert kept
    assert kept.items() <= after.items()
