"""One identity, planted in everything that coders and researchers hand in, reaches no table."""

import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from build_gioia import build_gioia
from compare_coders import compare_coders
from coproduction.core.errors import StudyError
from coproduction.core.identities import guard, read_key
from coproduction.core.tables import empty
from coproduction.formats.qda.project import Code, Coding
from coproduction.formats.qda.writing import project_bytes
from coproduction.interviews import coded_files, reading, tables
from coproduction.interviews.identifiers import Identifiers
from coproduction.interviews.quote_positions import Cleaner, Study, place_segments
from coproduction.interviews.settings import InterviewsSettings
from coproduction.interviews.speakers import read_roles
from export_coding import export_coding

NAME, MAIL, PHONE = "Ottoline Quill", "o.quill@town.example", "+48 22 123 45 67"
STREET = "ul. Długa 12/3, 00-950 Warszawa"
ALL = f"{NAME}, {MAIL}, {PHONE}, {STREET}"
TEXT = f"I: Who was it?\n\nP: It was {ALL}. She came.\n\nI: And {NAME}?\n\nP: She stayed."


@pytest.fixture
def handed_in(tmp_path):
    """Everything read of a study in which the identity is wherever words can be."""
    (tmp_path / "P01.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "identities.csv").write_text(f"find,replace\n{NAME},[Manager]\n")
    (tmp_path / "participants.csv").write_text(
        f"participant,transcript,date,role,consent\nP01,P01.txt,,office of {NAME},yes\n"
    )
    key = read_key(tmp_path / "identities.csv")
    people = reading.read_participants(tmp_path / "participants.csv")
    settings = InterviewsSettings()
    read = reading.read_interviews(people, [tmp_path / "P01.txt"], key, settings)
    place = TEXT.index("She came.")
    codes = [Code(f"As {NAME} said", f"Words of {MAIL}", f"Call {ALL}")]
    given = [
        Coding("P01", place, place + 9, "She came.", codes[0].name, "C1", f"Ask {ALL}"),
        Coding(f"{NAME}.docx", 0, 9, "I: Who was", codes[0].name, NAME, f"Ask {ALL}"),
    ]
    texts = {"P01": TEXT, f"{NAME}.docx": TEXT}
    (tmp_path / "a.qdpx").write_bytes(project_bytes(NAME, texts, codes, given))
    (tmp_path / "b.csv").write_text(
        "transcript,start,end,text,code,coder,memo\n"
        f'P01,,,"{ALL}",As {NAME} said,{NAME},"{ALL}"\nP01,,,"Never said: {ALL}",A,C1,\n',
        encoding="utf-8",
    )
    taguette(tmp_path / "t.sqlite3")
    rows, projects, unread = coded_files.read_coded(sorted(tmp_path.glob("[abt].*")), key)
    identifiers = Identifiers.known(read["private_identifiers"])
    moved = (read["texts"], read["turns"], read["replaced"])
    study = Study(*moved, {"P01.txt": "P01"}, key, 400, identifiers, {"P01": "POL"})
    segments = place_segments(rows, coded_files.sources_of(projects), study)
    clean = Cleaner(study)
    shown = {name: table for name, table in read.items() if not name.startswith("private")}
    return key, shown | {
        "segments": segments,
        "codebook": coded_files.codebook(projects, segments, clean),
        "memos": coded_files.memos(projects, clean),
        "parts": coded_files.parts(projects, unread, study),
    }


def taguette(path):
    with sqlite3.connect(path) as db:
        db.executescript(
            f"""create table projects (id, name, description);
            create table documents (id, name, description, contents);
            create table highlights (id, document_id, start_offset, end_offset, snippet);
            create table highlight_tags (highlight_id, tag_id);
            create table tags (id, path, description);
            create table commands (id, user_login, payload);
            insert into projects values (1, '{NAME}', 'about {ALL}');
            insert into documents values (1, '{NAME}.txt', 'by {ALL}', '<p>She came.</p>');
            insert into tags values (1, '{NAME}', 'said by {ALL}');
            insert into highlights values (1, 1, 0, 9, 'She came.');
            insert into highlight_tags values (1, 1);"""
        )


@pytest.mark.parametrize("planted", [NAME, "Quill", MAIL, PHONE, "Długa", "00-950"])
def test_a_planted_identity_reaches_no_table(handed_in, planted):
    _, made = handed_in
    holding = [name for name, table in made.items() if planted in table.to_csv()]
    assert holding == []


def test_everything_that_held_it_is_still_there(handed_in):
    key, made = handed_in
    guard(made, key)
    assert len(made["segments"]) == 5
    assert "As [Manager] said" in set(made["codebook"]["code"])
    tokens = "[Manager], [EMAIL_1], [PHONE_1], [ADDRESS_1]"
    assert made["memos"]["text"].to_list() == [f"about {tokens}", f"by {tokens}"]
    assert made["segments"]["memo"].to_list() == [f"Ask {tokens}"] * 2 + [tokens, "", ""]
    assert f"It was {tokens}. She came." in made["texts"]["text"].iloc[0]
    assert made["transcripts"]["role"].to_list() == ["office of [Manager]"]
    refused = made["segments"].query("outcome == 'refused'")
    assert "[EMAIL_1]" in refused["text"].to_csv()


def test_a_coded_file_named_after_somebody_is_refused_without_the_name(handed_in):
    key, made = handed_in
    segments = made["segments"].assign(file=f"{NAME}.csv")
    with pytest.raises(StudyError) as caught:
        guard({"coded segments": segments}, key)
    assert "row 2" in str(caught.value)
    assert "Quill" not in str(caught.value)


@pytest.mark.parametrize("named", [True, False])
def test_the_name_of_a_speaker_reaches_no_table_whether_people_named_them_or_not(tmp_path, named):
    talk = f"Participants: {NAME}, Ann Lee\n\n" + "\n\n".join(
        f"{who}   0:0{n}\n{words}"
        for n, (who, words) in enumerate([(NAME, "How?"), ("Ann Lee", f"So, {NAME.upper()}."), (NAME, "Why?")], start=1)
    )
    (tmp_path / "P01.txt").write_text(talk, encoding="utf-8")
    (tmp_path / "participants.csv").write_text("participant,transcript,date,consent\nP01,P01.txt,,yes\n")
    (tmp_path / "speakers.csv").write_text(f"speaker,role\n{NAME},interviewer\nAnn Lee,participant\n")
    roles = read_roles(tmp_path / "speakers.csv" if named else None)
    people = reading.read_participants(tmp_path / "participants.csv")
    read = reading.read_interviews(people, [tmp_path / "P01.txt"], read_key(None), InterviewsSettings(), roles)
    holding = {name for name, table in read.items() if "quill" in table.to_csv().lower()}
    assert holding <= {"private_speakers", "private_names"}
    assert "private_speakers" in holding


GIOIA = "concept,theme,dimension,factors\nAsked,{},Citizens,\n"
PEOPLES_FILES = {
    "gioia.csv": ("build", GIOIA.format(NAME)),
    "chosen_quotes.csv": ("build", f"concept,transcript,start,use,note\nAsked,P01,0,show,{NAME} agreed\n"),
    "code_changes.csv": (
        "build",
        f"date,author,change,before,after,reason\n2026-03-04,Ann,renamed,Old,Asked,as {NAME} said\n",
    ),
    "propositions.csv": ("build", f"from,to,relation,proposition\nBelief,Citizens,leads to,{NAME} said so\n"),
    "disagreements.csv": ("compare", f"transcript,unit,code,decision,note\nP01,0,Asked,keep,{NAME} decided\n"),
    "guide.csv": ("export", f"topic,question\nWork of {NAME},How?\n"),
}


@pytest.mark.parametrize("file", PEOPLES_FILES)
def test_a_name_in_a_file_of_people_stops_the_step_that_would_show_it(tmp_path, file):
    step, content = PEOPLES_FILES[file]
    files = {"identities.csv": f"find,replace\n{NAME},[Manager]\n", "gioia.csv": GIOIA.format("Belief"), file: content}
    for name, words in files.items():
        (tmp_path / name).write_text(words, encoding="utf-8")

    def there(name):
        return [str(tmp_path / name)] if (tmp_path / name).exists() else []

    segment = {"segment": "a:1", "file": "a.csv", "row": 1, "turn": 1, "speaker": "participant", "start": 0, "end": 4}
    segment |= {"transcript": "P01", "text": "Asked", "code": "Asked", "coder": "C1", "memo": "", "reason": ""}
    segments = empty(tables.SEGMENTS)
    for n, (coder, code) in enumerate([("C1", "Asked"), ("C2", "Other")]):
        segments.loc[n] = segment | {"coder": coder, "code": code, "outcome": "at its stated position"}
    structure = empty(tables.STRUCTURE)
    structure.loc[0] = ["Asked", "Belief", "Citizens", "", 1, 1, "in use"]
    structure.loc[1] = ["Other", "", "", "", 1, 1, "code without concept"]
    turns = empty(tables.TURNS)
    turns.loc[0] = ["P01", 1, "participant", "P", "", 0, 4, "Asked"]
    factors = Path(__file__).parents[2] / "config" / "factors.csv"
    names = {"gioia", "chosen_quotes", "code_changes", "propositions", "disagreements", "guide", "identities"}
    given = SimpleNamespace(**{name: there(f"{name}.csv") for name in names})
    given.chosen, given.told, given.decided = given.chosen_quotes, given.code_changes, given.disagreements
    given.factors, given.segments, given.structure, given.turns = factors, segments, structure, turns
    given.texts, given.transcripts, given.codebook = (
        empty(form) for form in (tables.TEXTS, tables.TRANSCRIPTS, tables.CODEBOOK)
    )
    given.settings = InterviewsSettings()
    given.agreement_on, given.agreement_unit, given.seed = "codes", "turn", 1
    given.out = SimpleNamespace(structure=tmp_path / "a", quotes=tmp_path / "b", proposed_changes=tmp_path / "c")
    steps = {"build": build_gioia, "compare": compare_coders, "export": export_coding}
    with pytest.raises(StudyError) as caught:
        steps[step](given)
    assert "row 2" in str(caught.value)
    assert "identities.csv" in str(caught.value)
    assert "Quill" not in str(caught.value)
    (tmp_path / file).write_text(content.replace(NAME, "somebody"), encoding="utf-8")
    assert steps[step](given)
