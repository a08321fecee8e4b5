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
