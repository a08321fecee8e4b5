"""Transcripts as programs and people lay them out: no word of another is the participant's unasked.

Every question holds the word "question", every answer the word "answer".
"""

import pytest
from coproduction.core.identities import Key
from coproduction.interviews.reading import read_interviews, read_participants
from coproduction.interviews.settings import InterviewsSettings
from coproduction.interviews.speakers import read_roles

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
    "teams_head.txt": laid_out(
        "{who}   0:0{n}\n{words}", NAMES, head="Interview-Recording\n\nMarch 1, 2026, 10:00AM\n\n12m 3s\n\n"
    ),
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
    "descript.txt": laid_out("[00:00:0{n}] {who}: {words}", NAMES),
    "descript.md": laid_out("**{who}:** [00:00:0{n}] {words}", NAMES),
    "sonix.txt": laid_out("{who}: [00:00:0{n}] {words}", ["Speaker1", "Speaker2"] * 3, head="Tue, 3/4 • 12:05\n\n"),
    "happyscribe.txt": laid_out("[00:00:0{n}.230] - {who}\n{words}", NAMES),
    "otranscribe.txt": laid_out("0:0{n} {who}: {words}", NAMES),
    "nvivo_transcription.txt": laid_out(
        "0:0{n}.0 - 0:0{n}.9\t{words}\t{who}", NAMES, "\n", "Timespan\tContent\tSpeaker\n"
    ),
    "nvivo_speaker_first.txt": laid_out("0:0{n}.0 - 0:0{n}.9\t{who}\t{words}", NAMES, "\n"),
    "trint_line.txt": laid_out("{who} [00:00:0{n}] {words}", ["Speaker 1", "Speaker 2"] * 3),
    "amberscript.txt": laid_out("{who}\n00:00:0{n}\n{words}", ["Spreker 1", "Spreker 2"] * 3),
    "word_online.txt": laid_out("00:00:0{n} {who}\n{words}", ["Speaker 1", "Speaker 2"] * 3, head="Transcript\n\n"),
    "teams_2024.txt": laid_out("{who}   0:0{n}\n{words}", NAMES) + "\n\nRowan Birch stopped transcription",
    "meet.txt": "Attendees\nAna Kowal, Rowan Birch\n\n00:00:00\n\n" + laid_out("{who}: {words}", NAMES, "\n"),
    "fireflies.txt": laid_out("{who} - 00:0{n}\n{words}", NAMES),
    "fathom.txt": laid_out("0:0{n} - {who} (Org)\n  {words}", NAMES),
    "fathom_at.txt": laid_out("@0:0{n} - {who}\n{words}", NAMES),
    "atrain.txt": laid_out("#00:00:0{n}-0#\n{who}: {words}", ["SPEAKER_00", "SPEAKER_01"] * 3, "\n"),
    "zoom_chat.txt": laid_out("10:00:0{n} From {who} to Everyone: {words}", NAMES, "\n"),
    "italian.txt": laid_out("{who}: {words}", ["Intervistatrice", "Intervistato"] * 3),
    "dutch.txt": laid_out("{who}: {words}", ["Interviewster", "Geïnterviewde"] * 3),
    "french.txt": laid_out("{who}\u00a0: {words}", ["Enquêteur", "Enquêtée"] * 3),
    "hungarian.txt": laid_out("{who}: {words}", ["Kérdező", "Válaszadó"] * 3),
    "greek.txt": laid_out("{who}: {words}", ["Ερευνητής", "Συμμετέχων"] * 3),
    "arabic.txt": laid_out("\u200f{who}\u200f: {words}", ["الباحث", "المشارك"] * 3),
    "japanese.txt": laid_out("{who}：{words}", ["聞き手", "話し手"] * 3),
    "russian.txt": laid_out("{who}: {words}", ["И", "Р"] * 3),
    "numbers.txt": laid_out("{who}: {words}", ["1", "2"] * 3),
    "hashes.txt": laid_out("{who}: {words}", ["#1", "#2"] * 3),
    "age.txt": laid_out("{who}: {words}", ["Moderatorin", "B1 (w, 45)"] * 3),
    "long_name.txt": laid_out("{who}: {words}", ["Interviewer (Dr. Ana Kowal, University of the Town)", "Rowan"] * 3),
    "long_title.txt": laid_out("{who}: {words}", ["Interviewerin Professorin Anastazja Kowal-Nowakowska", "Rowan"] * 3),
    "initials.txt": laid_out("{who}: {words}", ["A.K.", "R.B."] * 3),
    "curly.txt": laid_out("{{{who}}} {words}", ["Ana", "Rowan"] * 3, "\n"),
    "stars.txt": laid_out("*{who}*: {words}", ["Ana", "Rowan"] * 3, "\n"),
    "many_spaces.txt": laid_out("{who}      {words}", ["Ana", "Rowan"] * 3),
    "frames.txt": laid_out("[00:00:0{n}:12] {who}: {words}", NAMES),
    "gender.txt": laid_out("{who}: {words}", ["Interviewer:in", "Befragte:r"] * 3),
    "em_dashes.txt": laid_out("—{who}: {words}", ["E", "Ana"] * 3),
    "corners.txt": laid_out("【{who}】{words}", ["聞き手", "話し手"] * 3),
    "unbroken.txt": laid_out("{who}\u00a0\u00a0\u00a00:0{n}\n{words}", NAMES),
    "whisperx.tsv": laid_out("{n}000\t{n}900\t{words}\t{who}", NAMES, "\n", "start\tend\ttext\tspeaker\n"),
    "sonix.html": laid_out("<p><strong>{who}</strong> <em>[00:00:0{n}]</em><br>{words}</p>", NAMES),
    "table.md": laid_out("| {who} | {words} |", NAMES, "\n", "| Who | What |\n|---|---|\n"),
    "otter.md": laid_out("**{who}** *00:0{n}*\n{words}", NAMES),
    "webex.vtt": laid_out('{n} "{who}" (3892)\n00:00:0{n}.000 --> 00:00:0{n}.900\n{words}', NAMES, head="WEBVTT\n\n"),
    "premiere.txt": laid_out("00;00;0{n};00 - 00;00;0{n};12\n{who}\n{words}", NAMES),
    "riverside.txt": laid_out("{who} | 00:0{n}\n{words}", NAMES),
    "bullets.txt": laid_out("{who} • 00:0{n}\n{words}", NAMES),
    "time_first.txt": laid_out("0:0{n} | {who}\n{words}", NAMES),
    "time_behind_colon.txt": laid_out("{who}: 00:00:0{n}\n{words}", NAMES),
    "time_before_words.txt": laid_out("{who}\n00:0{n} {words}", NAMES),
    "forenoon.txt": laid_out("{who} 10:0{n} AM\n{words}", NAMES),
    "forenoon_above.txt": laid_out("10:0{n} AM\n{who}\n{words}", NAMES),
    "forenoon_column.txt": laid_out("10:0{n} AM\t{who}\t{words}", NAMES, "\n"),
    "arrow_behind.txt": laid_out("{who} -> {words}", NAMES, "\n"),
    "whatsapp.txt": laid_out("[01/03/2026, 10:0{n}:00] {who}: {words}", NAMES, "\n"),
    "whatsapp_android.txt": laid_out("01/03/2026, 10:0{n} - {who}: {words}", NAMES, "\n"),
    "days.txt": laid_out("2026-03-01 10:0{n}:00 {who}: {words}", NAMES, "\n"),
    "elan.txt": laid_out("{who}\t\t00:00:0{n}.0\t{n}.0\t00:00:0{n}.9\t{n}.9\t{words}", NAMES, "\n"),
    "elan_times.txt": laid_out("00:00:0{n}.0\t00:00:0{n}.9\t{who}\t{words}", NAMES, "\n", "Begin\tEnd\tWho\tText\n"),
    "speaker_numbers.txt": laid_out("Speaker #{who}: {words}", ["1", "2"] * 3),
    "short_words.txt": laid_out("{who}: {words}", ["Interv.", "Befragt."] * 3),
    "q_and_a.txt": laid_out("{who}. {words}", ["Q", "A"] * 3, "\n"),
}
KNOWN = {
    "marks.txt": laid_out("{who}: {words}", MARKS),
    "f4.txt": laid_out("{who}: {words} #00:00:0{n}-3#", ["I", "B"] * 3, "\n"),
    "time_at_the_end.txt": laid_out("{who}: {words} [00:00:0{n}]", MARKS, "\n"),
    "german.txt": laid_out("{who}: {words}", ["Interviewerin", "Befragter"] * 3),
    "interviewee.txt": laid_out("{who}: {words}", ["Interviewer 1", "Interviewee"] * 3),
    "own_id.txt": laid_out("{who}: {words}", ["interviewer", "p01"] * 3),
    "maxqda.txt": laid_out("[00:00:0{n}.3] {who}: {words}", ["I", "B"] * 3, "\n"),
    "time_in_a_cell.txt": laid_out("{who}:\t00:00:0{n}\t{words}", MARKS, "\n"),
    "time_below.txt": laid_out("{who}: {words}\n00:00:0{n}", MARKS),
    "quoted.md": laid_out("> **{who}:** {words}", MARKS),
    "direction.txt": laid_out("\u202a{who}\u202c: {words}", MARKS),
    "own_line.txt": laid_out("{who}\n{words}", ["Interviewer", "Participant 1"] * 3),
    "numbered.txt": laid_out("{n}. {who}: {words}", ["I", "R"] * 3, "\n"),
    "numbered_in_brackets.txt": laid_out("({n}) {who}: {words}", ["I", "P1"] * 3, "\n"),
    "line_numbers.txt": laid_out("  {n}  {who}: {words}", MARKS, "\n"),
    "points.txt": laid_out("{who}. {words}", MARKS, "\n"),
    "semicolons.txt": laid_out("{who}; {words}", MARKS, "\n"),
    "numbers_in_brackets.txt": laid_out("[{n}] {who}: {words}", MARKS, "\n"),
    "dropped_frames.txt": laid_out("00:00:0{n};12 {who}: {words}", MARKS, "\n"),
    "seconds.txt": laid_out("[{n}.5s] {who}: {words}", MARKS, "\n"),
    "pandoc.md": laid_out("**{who}:** \\[00:00:0{n}\\] {words}\\\n", MARKS),
    "fields.md": laid_out("{who}: {words}", MARKS, head="---\ntitle: a question\n---\n\n"),
    "html.srt": cues("<b>{who}:</b> <i>{words}</i>", MARKS, stop=","),
    "docs.html": laid_out("<p><span>{who}:</span><span>&nbsp;{words}</span></p>", MARKS, ""),
    "closing_brackets.txt": laid_out("{who}) {words}", MARKS, "\n"),
    "hyphens.txt": laid_out("{who}- {words}", MARKS, "\n"),
    "points_of_arrows.txt": laid_out("{who}> {words}", MARKS, "\n"),
    "long_arrows.txt": laid_out("{who} -> {words}", MARKS, "\n"),
    "bars.txt": laid_out("{who} | {words}", ["Interviewer", "Participant"] * 3, "\n"),
    "two_colons.txt": laid_out("{who}:: {words}", MARKS),
    "code.md": laid_out("`{who}:` {words}", MARKS),
    "tags.md": laid_out("<b>{who}:</b> {words}<br/>", MARKS),
    "spans.md": laid_out("[{who}:]{{.speaker}} {words}", MARKS),
    "tasks.md": laid_out("- [ ] {who}: {words}", MARKS, "\n"),
    "definitions.md": laid_out("{who}\n: {words}", ["Interviewer", "Participant"] * 3),
    "rules.md": laid_out("{who}: {words}", MARKS, "\n\n---\n\n"),
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


def test_a_doubted_speaker_is_nobody_until_named(read):
    made = read("a.txt", laid_out("{who}: {words}", MARKS) + "\n\nP?: Which answer?\n\nI: That question.")
    assert "Which" not in words_of(made, "participant") + words_of(made, "interviewer")
    assert made["transcripts"]["unnamed"].iloc[0] == "Speaker 1"


def test_who_speaks_once_or_twice_in_columns_is_nobody_until_named(read):
    talk = laid_out("{who}\t{words}", MARKS, "\n") + "\nWife\tWhich question?\nP\tThat answer."
    made = read("a.txt", talk)
    assert "Which" not in words_of(made, "participant")
    assert list(made["private_speakers"].query("state == 'perhaps'")["speaker"]) == ["Wife"]


def test_what_was_said_in_two_languages_is_asked_about(read):
    made = read(
        "a.txt",
        "\n".join(
            f"{who} ({tongue}): {words}" for who, words in zip(MARKS, TALK, strict=True) for tongue in ("DE", "EN")
        ),
    )
    assert words_of(made, "participant") == ""
    assert set(made["private_speakers"]["speaker"]) == {"I (DE)", "I (EN)", "P (DE)", "P (EN)"}
    assert words_of(read("b.txt", laid_out("{who} (DE): {words}", MARKS)), "participant").count("answer") == 3


def test_several_who_speak_at_once_are_nobody_until_named(read):
    talk = laid_out("{who}: {words}", ["I", "P1", "I", "P2", "I", "P1"])
    made = read("a.txt", f"{talk}\n\nP1 & P2: Both.\n\nP1 und P2: Beide.\n\nP2: No.\n\nP1: Yes.")
    labels = made["turns"].query("text in ('Both.', 'Beide.')")["label"]
    assert len(set(labels)) == 2
    assert not {"P1", "P2"} & set(labels)


def test_a_sign_beside_a_name_does_not_hide_it(read):
    made = read("a.txt", laid_out("{who} • 00:0{n}\n{words} Rowan Birch.", NAMES))
    assert "Birch" not in made["texts"]["text"].iloc[0]


def test_a_list_in_an_answer_is_no_layout_where_marks_say_who_speaks(read):
    items = "\n".join(f"{letter}. an answer again" for letter in "ABABAB")
    made = read("a.txt", f"I: {ASKED[0]}\n\nP: {SAID[0]}\n{items}\n\nI: {ASKED[1]}\n\nP: {SAID[1]}")
    assert made["transcripts"]["layout"].iloc[0] == "colon"
    assert words_of(made, "participant").count("again") == 6


def test_numbered_questions_and_answers_are_named_once(tmp_path, read):
    talk = "\n\n".join(f"Q{n}: {q}\n\nA{n}: {a}" for n, (q, a) in enumerate(zip(ASKED, SAID, strict=True), start=1))
    made = read("a.txt", talk)
    assert len(made["turns"]) == 6
    assert words_of(made, "participant") == ""
    roles = tmp_path / "speakers.csv"
    roles.write_text("speaker,role\nQ,interviewer\nA,participant\nA2,other\n")
    people = read_participants(tmp_path / "participants.csv")
    told = read_interviews(people, [tmp_path / "a.txt"], Key(), InterviewsSettings(), read_roles(roles))
    assert words_of(told, "participant") == f"{SAID[0]} {SAID[2]}"
    assert words_of(told, "interviewer").count("question") == 3


ADDED = ["teams_2024.txt", "nvivo_transcription.txt", "time_in_a_cell.txt", "time_below.txt", "whisperx.tsv"]
ADDED += ["elan.txt", "elan_times.txt", "premiere.txt", "time_before_words.txt", "time_behind_colon.txt", "rules.md"]


@pytest.mark.parametrize("name", ADDED)
def test_what_a_program_adds_is_nobodys_word(read, name):
    turns = read(name, (ASKED_ABOUT | KNOWN)[name])["turns"]
    assert list(turns["text"]) == TALK
