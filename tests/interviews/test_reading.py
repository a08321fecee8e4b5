"""Participants and their transcripts."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.core.identities import Key
from coproduction.interviews.reading import read_interviews, read_participants
from coproduction.interviews.settings import InterviewsSettings

HEAD = "participant,transcript,date,consent\n"


def test_what_is_made_holds_no_name(made):
    for name, table in made.items():
        assert "Willow" not in table.to_csv(), name
        assert "Riverton" not in table.to_csv(), name


def test_turns_and_replacements_are_places_in_the_text(made):
    text = made["texts"]["text"].iloc[0]
    assert len(made["turns"]) == 4
    for turn in made["turns"].itertuples(index=False):
        assert text[turn.start : turn.end] == turn.text
    for row in made["replaced"].itertuples(index=False):
        assert text[row.start : row.end] == row.pseudonym
    assert made["transcripts"].loc[0, ["turns", "participant_turns", "replaced"]].to_list() == [4, 2, 3]


def test_only_transcripts_with_consent_are_opened(tmp_path):
    people = tmp_path / "participants.csv"
    people.write_text(f"{HEAD}P01,a.txt,,yes\nP02,b.txt,,no\nP03,,,yes\nP04,d.txt,,yes\nP05,e.txt,,\n")
    for name in ("a", "c"):
        (tmp_path / f"{name}.txt").write_text("P: Yes.")
    (tmp_path / "b.txt").write_bytes(b"\xff broken and never opened")
    files = sorted(tmp_path.glob("*.txt"))
    made = read_interviews(read_participants(people), files, Key(), InterviewsSettings())
    assert dict(zip(made["transcripts"]["transcript"], made["transcripts"]["state"], strict=True)) == {
        "P01": "read",
        "P02": "no consent",
        "P03": "transcript awaited",
        "P04": "file missing",
        "P05": "no consent",
        "c": "not in participants.csv",
    }
    assert list(made["texts"]["transcript"]) == ["P01"]


def test_no_files_give_empty_tables():
    made = read_interviews(read_participants(None), [], Key(), InterviewsSettings())
    assert [len(table) for table in made.values()] == [0] * 8


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"participant,transcript\n", "row 1.*'date', 'consent' are missing"),
        (HEAD.encode() + b"P01,a.txt,3/4/2026,yes\n", "row 2, column 'date'.*YYYY-MM-DD"),
        (HEAD.encode() + b"P01,a.txt,,maybe\n", "row 2, column 'consent'.*must be one of"),
        (HEAD.encode() + b",a.txt,,yes\n", "row 2, column 'participant'.*must not be empty"),
        (HEAD.encode() + b"P01,a.txt,,yes\nP01,b.txt,,yes\n", "row [23], column 'participant'"),
        (HEAD.encode() + b"P01,a.txt,,yes\nP02,A.docx,,yes\n", "row 3, column 'transcript'"),
        (HEAD.encode() + b"P01,a.txt,,yes,more\n", "row 2.*5 cells"),
        (HEAD.encode() + b'P01,"a.txt,,yes\n', "row 2.*quotation mark"),
        (HEAD.encode() + b"P01,\xb3\xf3d\xbc.txt,,yes\n", "row 2.*not valid UTF-8"),
    ],
)
def test_bad_participants_are_named(tmp_path, content, words):
    path = tmp_path / "participants.csv"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=words) as caught:
        read_participants(path)
    assert str(path) in str(caught.value)


def test_two_files_of_one_name_are_named(tmp_path):
    files = [tmp_path / "P01.docx", tmp_path / "P01.txt"]
    with pytest.raises(StudyError, match=r"P01\.docx and P01\.txt would be the same"):
        read_interviews(read_participants(None), files, Key(), InterviewsSettings())


@pytest.fixture
def read_two(tmp_path):
    def of(**texts):
        people = tmp_path / "participants.csv"
        people.write_text(HEAD + "P01,a.txt,,yes\nP02,b.txt,,yes\n")
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text)
        files = sorted(tmp_path.glob("*.txt"))
        return read_interviews(read_participants(people), files, Key(), InterviewsSettings())

    return of


TALK = "I: Why?\n\nP: So.\n\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"Interview 1\n\n{TALK}Interview 2\n\n{TALK}", "Interview 1 \\(line 1\\), Interview 2 \\(line 7\\)"),
        (f"# Gespräch Nr. 3\n\n{TALK}# Gespräch Nr. 4\n\n{TALK}", "Gespräch Nr. 3 .*Gespräch Nr. 4"),
        (f"P01\n\n{TALK}P02\n\n{TALK}", "P01 .*P02"),
    ],
)
def test_several_interviews_in_one_file_are_refused(read_two, text, named):
    with pytest.raises(StudyError, match=f"several interviews: {named}"):
        read_two(a=text)


@pytest.mark.parametrize(
    "text",
    [
        f"Interview 1\n\n{TALK}Interview 1\n\n{TALK}",
        f"Part 1\n\n{TALK}Part 2\n\n{TALK}",
        f"P01\n\n{TALK}",
        "P01\nWhy?\n\nP02\nSo.\n\nP01\nAnd?\n\nP02\nNo.",
    ],
)
def test_parts_of_one_interview_are_one(read_two, text):
    assert read_two(a=text)["transcripts"]["state"].to_list() == ["read", "file missing"]


def test_all_transcripts_that_cannot_be_read_are_named_at_once(read_two):
    with pytest.raises(StudyError, match="2 problems") as caught:
        read_two(a="", b="Interview 1\n\nInterview 2")
    assert "a.txt: the transcript is empty" in str(caught.value)
    assert "b.txt: the file seems to hold several" in str(caught.value)
