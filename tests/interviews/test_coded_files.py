"""Coded files become segments with a place; bad ones are named."""

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.identities import Key
from coproduction.formats.qda.project import Code, Coding, Memo, Project
from coproduction.formats.qda.writing import project_bytes
from coproduction.interviews import coded_files, reading
from coproduction.interviews.coded_files import read_coded_csv
from coproduction.interviews.identifiers import Identifiers
from coproduction.interviews.quote_positions import Cleaner, Study, place_segments
from coproduction.interviews.settings import InterviewsSettings
from qda_databases import TEXT, qualcoder, taguette

NO_KEY = Key()


def study_of(read, key=NO_KEY, window=0, aliases=None):
    return Study(read["texts"], read["turns"], read["replaced"], aliases or {}, key, window)


def segments_of(files, study):
    """The segments of the files, and their projects."""
    rows, projects, _ = coded_files.read_coded(files)
    return place_segments(rows, coded_files.sources_of(projects), study), projects


HEAD = "transcript,start,end,text,code,coder,memo\n"


def test_segments_have_place_turn_and_pseudonymised_words(made):
    asked, mayor, second = (row for row in made["segments"].itertuples(index=False))
    text = made["texts"]["text"].iloc[0]
    assert mayor.text == text[mayor.start : mayor.end] == "It began in [Town A]."
    assert asked.text == "we were asked 🙂 personally"
    assert (asked.turn, mayor.turn, second.turn) == (4, 2, 4)
    assert second.coder == "C2"
    assert set(made["segments"]["outcome"]) == {"found elsewhere"}


def placed(made, **entry):
    row = {
        "file": "c.csv",
        "row": 2,
        "transcript": "P01",
        "start": None,
        "end": None,
        "text": "",
        "code": "A",
        "coder": "C1",
        "memo": "",
        "within": "",
        "refused": "",
        "text_key": None,
    }
    rows = [row | entry, row | entry | {"row": 3}]
    study = study_of(made, window=400, aliases={"P01.txt": "P01"})
    return place_segments(rows, {}, study).to_dict("records")


def test_what_is_handed_in_twice_counts_once(made):
    first, again = placed(made, text="We came.")
    assert (first["outcome"], again["outcome"]) == ("found elsewhere", "repeated")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"transcript": "P99", "text": "We came."}, "no such transcript"),
        ({"text": "Nobody said this"}, "are not in the transcript"),
        ({"refused": "it was not coded"}, "not coded"),
        ({"start": 5, "end": 5000}, "outside the transcript"),
    ],
)
def test_what_has_no_place_is_refused_with_the_reason(made, entry, words):
    for row in placed(made, **entry):
        assert row["outcome"] == "refused"
        assert words in row["reason"]


def test_a_project_and_a_table_of_the_same_codings_give_the_same_segments(made, tmp_path):
    text = made["texts"]["text"].iloc[0]
    start = text.index("We came.")
    given = [Coding("P01", start, start + 8, "We came.", "Coming", "C1", "memo")]
    (tmp_path / "a.qdpx").write_bytes(project_bytes("x", {"P01": text}, [Code("Coming", "Theme")], given))
    row = f"P01,{start},{start + 8},We came.,Coming,C1,memo\n"
    (tmp_path / "b.csv").write_text(HEAD + row)
    segments, projects = segments_of([tmp_path / "a.qdpx", tmp_path / "b.csv"], study_of(made))
    assert list(segments["outcome"]) == ["at its stated position", "repeated"]
    same = ["transcript", "turn", "start", "end", "text", "code", "coder", "memo"]
    assert segments.loc[0, same].equals(segments.loc[1, same])
    book = coded_files.codebook(projects, segments, str)
    assert book.to_dict("records")[0] == {
        "code": "Coming",
        "group": "Theme",
        "description": "",
        "segments": 1,
        "transcripts": 1,
        "coders": "C1",
    }


def test_the_recording_names_the_transcript_and_the_file_the_coder(made, tmp_path):
    text = made["texts"]["text"].iloc[0]
    start = text.index("We came.")
    given = [Coding("P01", start, start + 8, "We came.", "Coming", "C1")]
    (tmp_path / "ann.qdpx").write_bytes(project_bytes("x", {"P01": text}, [Code("Coming")], given))
    with zipfile.ZipFile(tmp_path / "ann.qdpx") as archive:
        content = {name: archive.read(name).decode() for name in archive.namelist()}
    qde = content["project.qde"].replace("TextSource", "Transcript").replace('name="P01"', "")
    qde = qde.replace("<Sources>", '<Sources><AudioSource name="P01.mp3">')
    qde = qde.replace("</Sources>", "</AudioSource></Sources>").replace('name="C1"', "")
    with zipfile.ZipFile(tmp_path / "ann.qdpx", "w") as archive:
        for name, entry in (content | {"project.qde": qde}).items():
            archive.writestr(name, entry)
    segments, projects = segments_of([tmp_path / "ann.qdpx"], study_of(made))
    row = segments.iloc[0]
    assert (row["transcript"], row["coder"], row["outcome"]) == ("P01", "ann", "at its stated position")
    parts = coded_files.parts(projects, [], study_of(made))
    counted = parts.set_index(["part", "outcome"])["n"].to_dict()
    assert counted == {("text", "of a transcript"): 1, ("code", "in codebook.csv"): 1}


def test_files_of_one_name_in_folders_of_their_coders_are_two(made, tmp_path):
    text = made["texts"]["text"].iloc[0]
    start = text.index("We came.")
    given = [Coding("P01", start, start + 8, "We came.", "Coming", "")]
    files = [tmp_path / "coded" / who / "project.qdpx" for who in ("ann", "ben")]
    for path in files:
        path.parent.mkdir(parents=True)
        path.write_bytes(project_bytes("x", {"P01": text}, [Code("Coming")], given))
    segments, projects = segments_of(files, study_of(made))
    assert list(projects) == ["ann/project.qdpx", "ben/project.qdpx"]
    assert list(segments["coder"]) == ["ann/project", "ben/project"]
    assert set(segments["outcome"]) == {"at its stated position"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("study/interviews/coded/a.csv", "a.csv"),
        ("coded/interviews/coded/ann/a.csv", "ann/a.csv"),
        ("interviews/coded/town.qda/data.qda", "town.qda"),
        ("interviews/coded/data.qda", "data.qda"),
        ("elsewhere/a.csv", "a.csv"),
    ],
)
def test_the_name_of_a_coded_file(path, name):
    assert coded_files.name_in_folder(Path(path)) == name


def test_memos_are_kept_under_pseudonyms(made):
    project = Project(memos=[Memo("source", "Willow.txt", "", "Ms Willow\nsmiled", "Ann")])
    study = replace(study_of(made), key=Key(("Willow",), ("[Manager A]",), (2,)))
    kept = coded_files.memos({"a.qdpx": project}, Cleaner(study))
    assert kept.to_dict("records") == [
        {
            "file": "a.qdpx",
            "about": "source",
            "name": "[Manager A].txt",
            "title": "",
            "text": "Ms [Manager A] smiled",
            "author": "Ann",
            "place": "",
            "words": "",
        }
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"transcript,start,end,text,coder\n", "row 1.*'code' is missing"),
        (HEAD.encode() + b"P01,a,9,x,A,C1,\n", "row 2, column 'start'.*not a whole number"),
        (HEAD.encode() + b"P01,9,,x,A,C1,\n", "row 2, column 'end'.*belong together"),
        (HEAD.encode() + b"P01,9,9,x,A,C1,\n", "row 2, column 'end'.*before its start"),
        (HEAD.encode() + b"P01,-1,9,x,A,C1,\n", "row 2, column 'start'.*0 or more"),
        (HEAD.encode() + b"P01,,,,A,C1,\n", "row 2, column 'text'.*neither"),
        (HEAD.encode() + b"P01,,,x,,C1,\n", "row 2, column 'code'.*must not be empty"),
        (HEAD.encode() + b'P01,,,"x,A,C1,\n', "row 2.*quotation mark"),
        (HEAD.encode() + b"P01,,,a, b,A,C1,m\n", "row 2.*cells"),
        (HEAD.encode() + b"P01,,,caf\xb9,A,C1,\n", "row 2.*not valid UTF-8"),
    ],
)
def test_bad_tables_are_named(tmp_path, content, words):
    path = tmp_path / "coder.csv"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=words) as caught:
        read_coded_csv(path)
    assert str(path) in str(caught.value)


def test_other_kinds_of_files_are_listed_and_the_rest_is_read(made, tmp_path):
    path = tmp_path / "project.nvpx"
    with zipfile.ZipFile(path, "w"):
        pass
    text = made["texts"]["text"].iloc[0]
    (tmp_path / "a.qdpx").write_bytes(project_bytes("x", {"P01": text}, [Code("Coming")], []))
    rows, projects, unread = coded_files.read_coded([path, tmp_path / "a.qdpx"])
    assert (rows, list(projects), unread) == ([], ["a.qdpx"], ["project.nvpx"])
    parts = coded_files.parts(projects, unread, study_of(made))
    assert parts.loc[0, ["file", "part", "n"]].to_list() == ["project.nvpx", "file", 1]
    assert "not read" in parts.loc[0, "outcome"]


def test_references_that_nvivo_exports_find_their_words(made, tmp_path):
    path = tmp_path / "coded" / "C2" / "Coming.txt"
    path.parent.mkdir(parents=True)
    head = "<Files\\\\P01> - § 2 references coded  [4.00% Coverage]"
    words = ["It began in Riverton.", "nobody said this"]
    told = [f"Reference {n} - 2.00% Coverage\n\n{said}" for n, said in enumerate(words, start=1)]
    path.write_text("\n\n".join([head, *told]), encoding="utf-8")
    other = path.with_name("notes.txt")
    other.write_text("what I thought of it", encoding="utf-8")
    rows, projects, unread = coded_files.read_coded([path, other])
    assert (projects, unread) == ({}, ["C2/notes.txt"])
    placed = place_segments(rows, {}, study_of(made, Key(("Riverton",), ("[Town A]",), (2,))))
    assert placed[["code", "coder", "transcript"]].drop_duplicates().to_numpy().tolist() == [["Coming", "C2", "P01"]]
    assert placed["outcome"].tolist() == ["found elsewhere", "refused"]


def test_a_real_project_finds_its_places_in_its_own_texts(shared_data, tmp_path):
    path = shared_data / "refi-qda" / "sample_qualitative_coding_demo.qdpx"
    people = tmp_path / "participants.csv"
    people.write_text("participant,transcript,date,consent\nB1,board_2017.txt,,yes\n")
    with zipfile.ZipFile(path) as archive:
        (tmp_path / "board_2017.txt").write_bytes(archive.read("sources/board_2017.txt"))
    read = reading.read_interviews(
        reading.read_participants(people), [tmp_path / "board_2017.txt"], Key(), InterviewsSettings()
    )
    study = study_of(read, aliases={"board_2017.txt": "B1"})
    study = replace(study, identifiers=Identifiers.known(read["private_identifiers"]))
    segments, projects = segments_of([path], study)
    assert len(segments) == 205
    assert set(segments["outcome"]) == {"at its stated position"}
    book = coded_files.codebook(projects, segments, str)
    assert len(book) == len(projects[path.name].codes) == 262  # of 252 names


@pytest.mark.parametrize("name", ["t.sqlite3", "data.qda"])
def test_segments_are_found_and_what_has_no_code_is_refused(made, tmp_path, name):
    path = (taguette if name == "t.sqlite3" else qualcoder)(tmp_path / name)
    read = {"texts": made["texts"].assign(text=TEXT)}
    read |= {name: made[name].iloc[:0] for name in ("turns", "replaced")}
    segments, projects = segments_of([path], study_of(read, window=400))
    kept = segments[segments["outcome"] != "refused"]
    assert len(kept) == 2
    assert all(TEXT[row.start : row.end].split() == row.text.split() for row in kept.itertuples())
    assert len(segments) == 3
    reason = segments.loc[segments["outcome"] == "refused", "reason"].iloc[0]
    assert reason in (
        "it was not coded",
        "the code was applied to an area of a picture, not to the words of a transcript",
    )
    assert coded_files.parts(projects, [], study_of(made))["n"].sum() > 2


def test_a_workbook_with_the_columns_of_the_form_is_read(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["transcript", "start", "end", "text", "code", "coder"])
    book.active.append(["P01", "", "", "we came", "Being asked", "Ann"])
    book.save(tmp_path / "own.xlsx")
    (row,), projects, _ = coded_files.read_coded([tmp_path / "own.xlsx"])
    assert projects == {}
    names = ["row", "transcript", "text", "code", "coder", "memo", "refused"]
    assert [row[name] for name in names] == [2, "P01", "we came", "Being asked", "Ann", "", ""]


def test_a_table_of_no_known_program_says_what_it_needs(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("who,what\na,b\n")
    with pytest.raises(Exception, match=r"these headings: who, what.*transcript, text and code"):
        coded_files.read_coded([path])


def test_three_headings_are_enough_for_a_table_of_a_program_that_is_not_known(tmp_path):
    folder = tmp_path / "coded"
    folder.mkdir()
    (folder / "ann.csv").write_text("ID,transcript,text,code\n1,P01,We came.,Trust\n")
    (row,), _, _ = coded_files.read_coded([folder / "ann.csv"])
    assert (row["transcript"], row["text"], row["code"], row["coder"]) == ("P01", "We came.", "Trust", "ann")
    assert row["start"] is None


def test_a_document_is_found_by_the_way_atlas_writes_it(made):
    study = study_of(made, aliases={"P01.txt": "P01"})
    assert study.transcript("D 1: P01.txt") == study.transcript("D12: P01") == "P01"
    assert study.transcript("Diary 1: P01") == ""


def test_several_codes_of_a_cell_are_several_segments_and_capitals_make_no_other_code(made, tmp_path):
    folder = tmp_path / "coded"
    folder.mkdir()
    rows = 'P01,We came.,Trust; Time,A\nP01,We came.,"Trust\nMoney",A\nP01,We came., TRUST,A\nP01,We came.,;,A\n'
    (folder / "ann.csv").write_text(f"transcript,text,code,coder\n{rows}")
    handed_in, projects, _ = coded_files.read_coded([folder / "ann.csv"])
    segments = place_segments(handed_in, {}, study_of(made))
    assert segments[["segment", "code", "outcome"]].to_numpy().tolist() == [
        ["ann.csv:2.1", "Trust", "found elsewhere"],
        ["ann.csv:2.2", "Time", "found elsewhere"],
        ["ann.csv:3.1", "Trust", "repeated"],
        ["ann.csv:3.2", "Money", "found elsewhere"],
        ["ann.csv:5", "TRUST", "repeated"],
        ["ann.csv:6", ";", "found elsewhere"],
    ]
    codes = coded_files.codebook(projects, segments, str)
    assert dict(zip(codes["code"], codes["segments"], strict=True)) == {";": 1, "Money": 1, "Time": 1, "Trust": 1}


def test_titles_above_the_headings_of_a_programs_table_are_passed_over(tmp_path):
    (tmp_path / "m.csv").write_text("Coded segments\n3 March\nDocument name,Code,Segment\nP01,Coming,we came\n")
    rows, _, unread = coded_files.read_coded([tmp_path / "m.csv"])
    assert [(row["row"], row["transcript"], row["code"], row["text"]) for row in rows] == [
        (4, "P01", "Coming", "we came")
    ]
    assert not unread
