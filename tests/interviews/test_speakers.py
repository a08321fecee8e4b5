"""Who speaks: found, asked about, named once; nobody's words are a participant's before that."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.core.identities import Key
from coproduction.core.tables import conforming
from coproduction.interviews import tables as forms
from coproduction.interviews.reading import read_interviews, read_participants
from coproduction.interviews.settings import InterviewsSettings
from coproduction.interviews.speakers import places_of_names, read_roles

OTTER = """Interview 1
SUMMARY KEYWORDS
garden, town
SPEAKERS
Researcher R, Rowan Birch

Researcher R  00:00
How did it begin?

Rowan Birch  00:04
It began with a garden.

Researcher R  00:12
And the town?

Rowan Birch  00:15
The town gave a fence.
"""
HEAD = "participant,transcript,date,consent\n"


@pytest.fixture
def read(tmp_path):
    """All tables of transcripts by name of file, with the rows of speakers.csv."""

    def of(files, roles="", key=None, **settings):
        people = tmp_path / "participants.csv"
        rows = (f"P{n:02d},{name},,yes\n" for n, name in enumerate(files, start=1))
        people.write_text(HEAD + "".join(rows))
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        table = tmp_path / "speakers.csv"
        table.write_text(roles, encoding="utf-8")
        given = [tmp_path / name for name in files]
        said = read_roles(table if roles else None)
        settings = InterviewsSettings(**settings)
        return read_interviews(read_participants(people), given, key or Key(), settings, said)

    return of


def test_nobodys_words_count_until_the_speakers_are_named(read):
    made = read({"otter.txt": OTTER})
    assert set(made["turns"]["speaker"]) == {"not named"}
    row = made["transcripts"].iloc[0]
    assert (row["words"], row["participant_turns"], row["turns"]) == (0, 0, 4)
    assert row["unnamed"] == "Speaker 1;Speaker 2"
    asked = made["private_speakers"]
    conforming(asked, forms.PRIVATE_SPEAKERS)
    assert asked["speaker"].to_list() == ["Researcher R", "Rowan Birch"]
    assert asked["role"].to_list() == ["", ""]
    assert asked["first_words"].to_list() == ["How did it begin?", "It began with a garden."]


def test_named_once_they_are_told_apart_in_all_transcripts(read):
    roles = "speaker,role\nResearcher R,interviewer\nRowan Birch,participant\n"
    made = read({"one.txt": OTTER, "two.txt": OTTER.replace("Rowan Birch", "Ash Lee")}, roles)
    first, second = made["transcripts"].itertuples(index=False)
    assert (first.participant_turns, first.words, first.unnamed) == (2, 10, "")
    assert (second.participant_turns, second.words, second.unnamed) == (0, 0, "Speaker 1")
    said = made["turns"].loc[made["turns"]["speaker"] == "participant", "text"]
    assert said.to_list() == ["It began with a garden.", "The town gave a fence."]
    assert made["turns"]["time"].to_list()[:2] == ["00:00", "00:04"]


def test_no_name_of_a_speaker_is_left_where_a_turn_begins(read):
    roles = "speaker,role\nResearcher R,interviewer\nRowan Birch,participant\n"
    made = read({"one.txt": OTTER}, roles)
    text = made["texts"]["text"].iloc[0]
    assert "Interviewer  00:00\nHow did it begin?" in text
    assert "P01  00:04\nIt began with a garden." in text
    for turn in made["turns"].itertuples(index=False):
        assert text[turn.start : turn.end] == turn.text
    for name in ("turns", "speakers", "transcripts"):
        assert "Birch" not in made[name].to_csv()


def test_a_role_may_hold_for_one_transcript_alone(read):
    roles = "speaker,role,transcript\nResearcher R,interviewer,\nResearcher R,participant,two.txt\n"
    made = read({"one.txt": OTTER, "two.txt": OTTER}, roles)
    roles = made["speakers"].set_index(["transcript", "speaker"])["role"]
    assert roles["P01", "Interviewer"] == "interviewer"
    assert roles["P02", "P02"] == "participant"


def test_a_text_without_speakers_is_nobodys_until_somebody_says_so(read):
    files = {"diary.txt": "We came.\n\nThen we left."}
    assert read(files)["transcripts"]["words"].to_list() == [0]
    made = read(files, "speaker,role,transcript\n,participant,diary.txt\n")
    assert made["transcripts"]["words"].to_list() == [5]


def test_two_marks_of_participants_in_one_text_are_asked_about(read):
    files = {"a.txt": "R: Why?\n\nP: Because.\n\nR: So?\n\nP: Yes."}
    assert set(read(files)["turns"]["speaker"]) == {"not named"}
    made = read(files, "speaker,role\nR,interviewer\n")
    assert made["turns"]["speaker"].to_list() == ["interviewer", "not named"] * 2
    made = read(files, "speaker,role\nR,interviewer\nP,participant\n")
    assert made["turns"]["speaker"].to_list() == ["interviewer", "participant"] * 2


def test_numbered_marks_are_one_mark(read):
    made = read({"a.txt": "I: Why?\n\nP1: Because.\n\nP 2: Yes."})
    assert made["turns"]["speaker"].to_list() == ["interviewer", "participant", "participant"]


def test_what_is_no_speaker_is_text_again(read):
    text = "P: Two things.\n\nTime: none.\n\nTime: none.\n\nTime: none."
    assert "Time" in read({"a.txt": text})["private_speakers"]["speaker"].to_list()
    made = read({"a.txt": text}, "speaker,role\nTime,not a speaker\n")
    (turn,) = made["turns"].itertuples(index=False)
    assert turn.text.endswith("Time: none.")
    assert read({"a.txt": text}, other_marks=["time"])["transcripts"]["turns"].to_list() == [1]


def test_words_that_might_be_speakers_are_listed(read):
    made = read({"a.txt": "I: Why?\n\nP: So.\n\nMaria: Yes.\n\nI: And?\n\nP: No."})
    asked = made["private_speakers"].set_index("speaker")
    assert asked.loc["Maria", ["state", "role", "turns"]].to_list() == ["perhaps", "", 1]
    assert asked.loc["P", "role"] == "participant"


def test_two_roles_of_one_speaker_are_named(tmp_path):
    path = tmp_path / "speakers.csv"
    path.write_text("speaker,role\nAnn,participant\nann,interviewer\n")
    with pytest.raises(StudyError, match=r"speakers\.csv, row 3, column 'role'.*row 2") as caught:
        read_roles(path)
    assert "ann" not in str(caught.value).replace(str(path), "").casefold().replace("participant", "")


def test_names_of_the_key_within_the_words_are_replaced_beside_those_of_speakers(read):
    key = Key(("Birch", "garden"), ("[Person A]", "[place]"), (2, 3))
    made = read({"one.txt": OTTER}, key=key)
    text = made["texts"]["text"].iloc[0]
    assert "Speaker 2  00:04\nIt began with a [place]." in text
    assert "SPEAKERS\nSpeaker 1, Speaker 2" in text
    for row in made["replaced"].itertuples(index=False):
        assert text[row.start : row.end] == row.pseudonym


def test_no_two_speakers_get_one_name(read):
    text = "Ann Lee: Why?\n\nSpeaker 1: So.\n\nBen Moss: Yes.\n\n" * 3
    made = read({"a.txt": text})
    assert sorted(made["speakers"]["speaker"]) == ["Speaker 1", "Speaker 2", "Speaker 3"]


def test_capitals_make_no_other_speaker_and_numbers_no_answer(read):
    text = "Ann Lee: Why?\n\nRowan Birch: Because.\n\n" * 3 + "ANN LEE: So?\n\nRowan Birch: Yes.\n\nTopic 2: money"
    made = read({"a.txt": text})
    assert set(made["turns"]["label"]) == {"Speaker 1", "Speaker 2", "Speaker 3"}
    assert made["turns"].iloc[-1][["label", "speaker", "text"]].to_list() == ["Speaker 3", "not named", "money"]
    assert made["transcripts"]["unnamed"].to_list() == ["Speaker 1;Speaker 2;Speaker 3"]


def test_a_text_of_times_and_words_alone_is_nobodys(read):
    made = read({"a.txt": "0:00 so how did it begin\n0:04 it began slowly\n0:09 and then\n"})
    assert made["turns"]["speaker"].to_list() == ["not named"]


def test_numbered_persons_of_a_group_are_asked_about_and_named_together(read):
    files = {"a.txt": "I: Why?\n\nP1: Because.\n\nP2: No!\n\nI: So?\n\nP1: Well.\n\nP2: Yes."}
    assert set(read(files)["turns"].query("label != 'I'")["speaker"]) == {"not named"}
    made = read(files, "speaker,role\nP1,participant\nP2,other\n")
    assert made["turns"]["speaker"].to_list() == ["interviewer", "participant", "other"] * 2
    made = read(files, "speaker,role\nP,participant\n")
    assert made["turns"]["speaker"].to_list() == ["interviewer", "participant", "participant"] * 2
    once = {"a.txt": "I1: Why?\n\nP1: Because.\n\nI2: So?\n\nP2: Yes.\n\nI3: And?\n\nP3: No."}
    assert read(once)["turns"]["speaker"].to_list() == ["interviewer", "participant"] * 3


def test_a_name_with_two_blanks_is_one_name():
    text = "ANA  KOWAL: Why?\nAna Kowal: So."
    assert [text[start:end] for start, end, _ in places_of_names(text, {"Ana  Kowal": "Speaker 1"})] == [
        "ANA  KOWAL",
        "Ana Kowal",
    ]
