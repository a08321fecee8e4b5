"""Projects as programs write them, whose transcripts were edited, lost or only commented on."""

import pytest
from coproduction.core.identities import Key
from coproduction.interviews import coded_files
from coproduction.interviews.quote_positions import Study, place_segments
from coproduction.interviews.reading import read_interviews, read_participants
from coproduction.interviews.settings import InterviewsSettings


@pytest.fixture
def imported(root, tmp_path):
    """Segments, memos and parts of one of the small projects beside its transcript."""

    def of(project, participant):
        cases = root / "tests" / "interviews" / "cases"
        path = cases / "transcripts" / f"{participant}.txt"
        people = tmp_path / "participants.csv"
        head = "participant,transcript,date,consent\n"
        people.write_text(f"{head}{participant},{path.name},,yes\n")
        read = read_interviews(read_participants(people), [path], Key(), InterviewsSettings())
        study = Study(read["texts"], read["turns"], read["replaced"], {}, Key(), 400)
        rows, projects, unread = coded_files.read_coded([cases / project])
        segments = place_segments(rows, coded_files.sources_of(projects), study)
        return (
            read["texts"]["text"].iloc[0],
            segments.to_dict("records"),
            coded_files.memos(projects, str),
            coded_files.parts(projects, unread, study),
        )

    return of


def test_a_comment_on_words_without_a_code_is_listed_with_its_place(imported):
    _, (segment,), memos, _ = imported("h03_comment.qdpx", "H03")
    assert segment["outcome"] == "at its stated position"
    (memo,) = memos.to_dict("records")
    assert memo["text"] == "Ask who paid for the fence"
    assert (memo["place"], memo["words"]) == ("characters 123–130", "a fence")


def test_a_text_outside_the_archive_is_listed_and_the_rest_is_read(imported):
    _, segments, _, parts = imported("h05_external.qdpx", "H05")
    assert [row["outcome"] for row in segments] == ["at its stated position", "refused"]
    assert "relative:///H05b.txt is not in the archive" in segments[1]["reason"]
    counted = parts.set_index(["part", "outcome"])["n"].to_dict()
    assert counted["text", "not readable: outside the archive"] == 1
    assert counted["text", "of a transcript"] == 1


def test_a_selection_beyond_the_end_is_listed_and_the_rest_is_placed(imported):
    _, segments, _, _ = imported("h06_outside.qdpx", "H06")
    assert [row["outcome"] for row in segments] == ["at its stated position", "refused"]
    assert "10 to 999999" in segments[1]["reason"]


def test_the_second_yes_stays_the_second_under_a_new_head(imported):
    text, (segment,), _, _ = imported("h09_head_added.qdpx", "H09")
    assert (segment["text"], segment["start"]) == ("Yes", text.rindex("Yes"))
    assert segment["outcome"] == "found elsewhere"
    assert "the transcript was edited before it" in segment["reason"]
