"""Transcripts as programs and people lay them out: no word of another is the participant's unasked.

Every question holds the word "question", every answer the word "answer".
"""

import pytest
from coproduction.core.identities import Key
from coproduction.interviews.reading import read_interviews, read_participants
from coproduction.interviews.settings import InterviewsSettings

ASKED = ["How, question, did it begin?", "A question: who came?", "One more question, why?"]
SAID = ["My answer: with a garden.", "Then, for an answer, we were asked.", "No answer fits."]
TALK = [words for pair in zip(ASKED, SAID, strict=True) for words in pair]
NAMES = ["Ana Kowal", "Rowan Birch"] * 3
MARKS = ["I", "P"] * 3


def laid_out(shape, labels, between="\n\n", head=""):
    """The talk in one shape of a turn: {n} its number, {who} its label, {words} what is said."""
    said = enumerate(zip(labels, TALK, strict=True), start=1)
    return head + between.join(shape.format(n=n, who=who, words=words) for n, (who, words) in said)


def cues(shape, labels, stop=".", head=""):
    """The talk as subtitles."""
    times = "{n}\n00:00:0{n}" + stop + "000 --> 00:00:0{n}" + stop + "900\n"
    return laid_out(times + shape, labels, head=head)


FORM = "Project: a question\nDate: 2026-03-04\nInterviewer: Ana Kowal\nParticipant: P01\n\n"
ASKED_ABOUT = {
    "teams.txt": laid_out("{who}   0:0{n}\n{words}", NAMES),
    "teams_external.txt": laid_out("{who}   0:0{n}\n{words}", ["Kowal, Ana", "Birch, Rowan (External)"] * 3),
    "teams_arrows.txt": laid_out("00:00:0{n}.0 --> 00:00:0{n}.9\n{who}\n{words}", NAMES),
    "teams.vtt": cues("<v {who}>{words}</v>", NAMES, head="WEBVTT\n\n"),
    "teams_own_mark.vtt": cues("<v {who}>{words}</v>", ["Ana", "P"] * 3, head="WEBVTT\n\n"),
    "zoom.vtt": cues("{who}: {words}", NAMES, head="WEBVTT\n\n"),
    "zoom.txt": laid_out("[{who}] 10:00:0{n}\n{words}", NAMES),
    "voices.srt": cues("<v {who}>{words}", NAMES, stop=","),
    "otter.txt": laid_out("{who}  0:0{n}\n{words}", ["Unknown Speaker", "Rowan Birch"] * 3),
    "trint.txt": laid_out("{who} [00:00:0{n}]\n{words}", ["Speaker 1", "Speaker 2"] * 3),
    "rev.txt": laid_out("{who} (00:0{n}):\n{words}", ["Speaker 1", "Speaker 2"] * 3),
    "whisperx.txt": laid_out("[{who}]: {words}", ["SPEAKER_00", "SPEAKER_01"] * 3, "\n"),
    "whisperx.srt": cues("[{who}]: {words}", ["SPEAKER_00", "SPEAKER_01"] * 3, stop=","),
    "noscribe.txt": laid_out("{who}: [00:00:0{n}] {words}", ["S00", "S01"] * 3),
    "a_b.txt": laid_out("{who}: {words}", ["A", "B"] * 3),
    "informant.txt": laid_out("{who}: {words}", ["R", "I"] * 3),
    "name_and_mark.txt": laid_out("{who}: {words}", ["R", "Rowan"] * 3),
    "pytanie.txt": laid_out("{who}: {words}", ["P", "O"] * 3),
    "badacz.txt": laid_out("{who}: {words}", ["B", "R"] * 3),
    "badacz_two.txt": laid_out("{who}: {words}", ["B", "U1"] * 3),
    "question_reponse.txt": laid_out("{who} : {words}", ["Q", "R"] * 3),
    "ukrainian.txt": laid_out("{who}: {words}", ["Інтерв'юер", "Респондентка"] * 3),
    "finnish.txt": laid_out("{who}: {words}", ["Haastattelija", "Haastateltava"] * 3),
    "czech.txt": laid_out("{who}: {words}", ["Tazatelka", "Dotazovaný"] * 3),
    "portuguese.txt": laid_out("{who}: {words}", ["Entrevistador", "Entrevistado"] * 3),
    "tabs.txt": laid_out("{who}\t{words}", ["INT", "RESP"] * 3, "\n"),
    "numbers_and_tabs.txt": laid_out("{n}\t{who}\t{words}", ["Ana", "Rowan"] * 3, "\n"),
    "dashes.txt": laid_out("{who} – {words}", ["Ana", "Rowan"] * 3),
    "dialogue.txt": laid_out("– {words}", MARKS),
    "full_width.txt": laid_out("{who}：{words}", ["访谈者", "受访者"] * 3),
    "capitals.txt": laid_out("{who}\n\n{words}", ["ANA KOWAL", "ROWAN BIRCH"] * 3),
    "brackets.txt": laid_out("[{who}] {words}", ["Ana", "Rowan"] * 3, "\n"),
    "arrows.txt": laid_out(">> {who}: {words}", ["ANA", "ROWAN"] * 3, "\n"),
    "titles.txt": laid_out("{who}: {words}", ["Ms. Kowal (researcher)", "Mr. Birch (mayor)"] * 3),
    "others_id.txt": laid_out("{who}: {words}", ["P02", "P03"] * 3),
    "bold.md": "\n\n".join(f"**{a}**\n\n{b}" for a, b in zip(ASKED, SAID, strict=True)),
    "unmarked_questions.txt": "\n\n".join(f"{a}\n\nP: {b}" for a, b in zip(ASKED, SAID, strict=True)),
    "unmarked_answers.txt": "\n\n".join(f"R: {a}\n\n{b}" for a, b in zip(ASKED, SAID, strict=True)),
    "one_kind.txt": laid_out("{who}: {words}", ["R1", "R2"] * 3),
    "q_and_a.txt": laid_out("{who}. {words}", ["Q", "A"] * 3, "\n"),
}
KNOWN = {
    "marks.txt": laid_out("{who}: {words}", MARKS),
    "f4.txt": laid_out("{who}: {words} #00:00:0{n}-3#", ["I", "B"] * 3, "\n"),
    "time_at_the_end.txt": laid_out("{who}: {words} [00:00:0{n}]", MARKS, "\n"),
    "german.txt": laid_out("{who}: {words}", ["Interviewerin", "Befragter"] * 3),
    "interviewee.txt": laid_out("{who}: {words}", ["Interviewer 1", "Interviewee"] * 3),
    "own_id.txt": laid_out("{who}: {words}", ["interviewer", "p01"] * 3),
    "own_line.txt": laid_out("{who}\n{words}", ["Interviewer", "Participant 1"] * 3),
    "numbered.txt": laid_out("{n}. {who}: {words}", ["I", "R"] * 3, "\n"),
    "numbered_in_brackets.txt": laid_out("({n}) {who}: {words}", ["I", "P1"] * 3, "\n"),
    "line_numbers.txt": laid_out("  {n}  {who}: {words}", MARKS, "\n"),
    "points.txt": laid_out("{who}. {words}", MARKS, "\n"),
    "semicolons.txt": laid_out("{who}; {words}", MARKS, "\n"),
    "no_blank.txt": laid_out("{who}:{words}", MARKS),
    "markdown.md": laid_out("**{who}:** {words}", ["Interviewer", "Participant"] * 3),
    "form.txt": laid_out("{who}: {words}", MARKS, head=FORM),
    "one_paragraph.txt": laid_out("{who}: {words}", MARKS, " "),
    "asides.txt": f"I: {TALK[0]}\n\nP: {SAID[0]} (I: {ASKED[1]}) {SAID[1]} [I: {ASKED[2]}] "
    f"{SAID[2]}\n\nI: One question left.\n\nP: And one answer.",
}
NOT_ALL_TOLD_APART = {"bold.md", "dialogue.txt", "unmarked_questions.txt", "unmarked_answers.txt"}


@pytest.fixture
def read(tmp_path):
    def of(name, text):
        people = tmp_path / "participants.csv"
        people.write_text(f"participant,transcript,date,consent\nP01,{name},,yes\n")
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_interviews(read_participants(people), [path], Key(), InterviewsSettings())

    return of


def words_of(made, speaker):
    turns = made["turns"]
    return " ".join(turns.loc[turns["speaker"] == speaker, "text"])


@pytest.mark.parametrize("name", ASKED_ABOUT)
def test_who_speaks_is_asked_before_anything_is_the_participants(read, name):
    made = read(name, ASKED_ABOUT[name])
    assert words_of(made, "participant") == ""
    row = made["transcripts"].iloc[0]
    assert row["unnamed"]
    assert row["words"] == 0
    assert set(made["private_speakers"]["role"]) <= {"", "interviewer"}


@pytest.mark.parametrize("name", sorted({*ASKED_ABOUT} - NOT_ALL_TOLD_APART))
def test_questions_and_answers_are_told_apart(read, name):
    turns = read(name, ASKED_ABOUT[name])["turns"]
    assert len(turns) == len(TALK)
    by_label = turns.groupby("label")["text"].agg(" ".join)
    assert len(by_label) == 2
    assert sum("answer" in words for words in by_label) == 1
    assert sum("question" in words for words in by_label) == 1


@pytest.mark.parametrize("name", KNOWN)
def test_where_marks_say_it_each_has_their_words(read, name):
    made = read(name, KNOWN[name])
    assert made["transcripts"]["unnamed"].iloc[0] == ""
    own, others = words_of(made, "participant"), words_of(made, "interviewer")
    assert "question" not in own
    assert own.count("answer") >= 3
    assert "answer" not in others
    assert others.count("question") >= 3


def test_somebody_who_speaks_once_is_nobody_until_named(read):
    talk = laid_out("{who}: {words}", MARKS) + "\n\nWife: Which question?\n\nP: That answer."
    made = read("a.txt", talk)
    assert "Which" not in words_of(made, "participant")
    assert made["transcripts"]["unnamed"].iloc[0] == "Speaker 1"
    (asked,) = made["private_speakers"].query("speaker == 'Wife'").to_dict("records")
    assert (asked["state"], asked["turns"], asked["words"]) == ("perhaps", 1, 2)
    assert "Wife: Which" in made["texts"]["text"].iloc[0]
