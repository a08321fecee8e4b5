"""What people keep in the study folder: participants, transcripts, the planned data structure."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.factors import check_factor_ids
from coproduction.core.identities import Key
from coproduction.core.study_files import composed
from coproduction.core.text import normalise
from coproduction.formats.transcripts.files import Transcript, read_transcript
from coproduction.formats.transcripts.speakers import Turns, find_turns, spoken
from coproduction.interviews.identifiers import Identifiers
from coproduction.interviews.names import names_left
from coproduction.interviews.pseudonyms import pseudonymise, to_pseudonymised, without_overlaps
from coproduction.interviews.settings import InterviewsSettings
from coproduction.interviews.speakers import Roles, called, excluded, places_of_names, roles_in, to_be_named
from coproduction.interviews.tables import (
    GIOIA,
    GUIDE,
    NO_SPEAKER,
    NOT_NAMED,
    PARTICIPANTS,
    REPLACED,
    SPEAKERS,
    TEXTS,
    TRANSCRIPTS,
    TURNS,
)

OPTIONAL = ["country", "role", "organisation", "language"]
PARTICLES = {
    "de",
    "da",
    "do",
    "di",
    "del",
    "van",
    "von",
    "der",
    "den",
    "la",
    "le",
    "&",
    "+",
    "and",
    "und",
    "et",
    "y",
    "i",
    "e",
}
NOTHING_SAID = Roles({}, {})
_INTERVIEW = re.compile(
    r"(?:interview|intervju|wywiad|entretien|entrevista|intervista|transcript|gespräch|rozhovor|haastattelu)"
    r"[ \t]*(?:no\.?|nr\.?|n°|#)?[ \t]*(\d{1,3})",
    re.IGNORECASE,
)  # a line that heads an interview
_FORMS = {"transcripts": TRANSCRIPTS, "texts": TEXTS, "turns": TURNS, "replaced": REPLACED, "speakers": SPEAKERS}


def read_participants(path: str | Path | None) -> pd.DataFrame:
    """The participants; no rows where there is no file. Index: row in the file.

    Raises StudyError where two participants share one transcript.
    """
    if not path:
        return tables.empty(PARTICIPANTS)
    table = people_tables.read_people_table(path, PARTICIPANTS)
    for name in OPTIONAL:
        if name not in table:
            table[name] = ""
    filled = table["transcript"].str.casefold().map(lambda name: Path(name).stem)
    doubled = filled[(filled != "") & filled.duplicated()]
    raise_all(
        [
            StudyError(
                f"the transcript '{table.loc[row, 'transcript']}' belongs to two participants",
                file=path,
                row=int(row),
                column="transcript",
                remedy="List each transcript once",
            )
            for row in doubled.index
        ]
    )
    return table


def read_gioia(path: str | Path | None, factors: set[str]) -> pd.DataFrame:
    """The structure people keep; no rows where there is no file.

    Raises StudyError for a concept that appears twice, a theme in two dimensions, unknown factors.
    """
    if not path:
        return tables.empty(GIOIA)
    table = people_tables.read_people_table(path, GIOIA)
    concepts = table["concept"].map(normalise)
    first = table.groupby(table["theme"].map(normalise))["dimension"].transform("first")
    errors = [
        _in_gioia(f"the concept '{table.loc[row, 'concept']}' appears twice", path, row, "concept")
        for row in table.index[concepts.duplicated()]
    ] + [
        _in_gioia(
            f"the theme '{table.loc[row, 'theme']}' is in two dimensions: "
            f"'{first.loc[row]}' and '{table.loc[row, 'dimension']}'",
            path,
            row,
            "dimension",
        )
        for row in table.index[table["dimension"].map(normalise) != first.map(normalise)]
    ]
    raise_all(errors)
    check_factor_ids(table["factors"], factors, path, "factors")
    return table.reset_index(drop=True)


def read_guide(path: str | Path | None) -> pd.DataFrame:
    """The topics of the interview guide; no rows where there is no file."""
    return people_tables.read_people_table(path, GUIDE) if path else tables.empty(GUIDE)


def _in_gioia(problem: str, path: str | Path, row: int, column: str) -> StudyError:
    return StudyError(problem, file=path, row=int(row), column=column, remedy="Keep one of them or rename one")


def read_interviews(
    participants: pd.DataFrame,
    files: Sequence[Path],
    key: Key,
    settings: InterviewsSettings,
    stated_roles: Roles = NOTHING_SAID,
    nobody: Collection[str] = (),
) -> dict[str, pd.DataFrame]:
    """TRANSCRIPTS, TEXTS, TURNS, REPLACED, SPEAKERS and the private tables, by their names in lower case.

    nobody: words that people found to name nobody
    Only transcripts of participants who consented are opened; the others are listed with the reason.
    """
    by_name = _by_name(files)
    rows_of: dict[str, list[dict]] = {name: [] for name in [*_FORMS, "found"]}
    identifiers = Identifiers(settings.replace_dates)
    ids = {str(name).casefold() for name in participants["participant"]}
    errors = []
    for _, person in participants.iterrows():
        details = {name: str(person[name]) for name in PARTICIPANTS.columns if name in person}
        name = details.pop("transcript")
        row: dict = details | {"transcript": details["participant"], "file": name}
        path = by_name.pop(name.casefold(), None)
        row["state"] = _state(row.pop("consent"), name, path)
        if path is not None and row["state"] == "read":
            try:
                others = ids - {row["participant"].casefold()}
                row |= _read_one(path, row, key, settings, stated_roles, identifiers, rows_of, others)
            except StudyError as error:
                errors.append(error)
        rows_of["transcripts"].append(row)
    raise_all(errors)
    for path in by_name.values():
        state = "not in participants.csv"
        rows_of["transcripts"].append({"transcript": path.stem, "file": path.name, "state": state})
    result_tables = {name: accounting.table(rows_of[name], form) for name, form in _FORMS.items()}
    columns = ["role", "organisation", "country", "language"]
    result_tables["transcripts"][columns] = result_tables["transcripts"][columns].map(
        lambda cell: pseudonymise(cell, key)[0]
    )
    texts = {row["transcript"]: row["text"] for row in rows_of["texts"]}
    labels = [row["speaker"] for row in rows_of["found"] if row["called"] != row["speaker"]]
    return result_tables | {
        "private_identifiers": identifiers.table(),
        "private_speakers": to_be_named(rows_of["found"]),
        "private_names": names_left(texts, key, labels, set(nobody)),
    }


def _by_name(files: Sequence[Path]) -> dict[str, Path]:
    """Files by name; two that differ in their ending alone would share one id."""
    by_stem: dict[str, Path] = {}
    for path in sorted(files):
        other = by_stem.setdefault(path.stem.casefold(), path)
        if other != path:
            raise StudyError(
                f"{other.name} and {path.name} would be the same transcript",
                file=path,
                remedy="Keep one of them in the folder",
            )
    return {composed(path.name).casefold(): path for path in sorted(files)}


def _state(consent: str, name: str, path: Path | None) -> str:
    if consent != "yes":
        return "no consent"
    if not name:
        return "transcript awaited"
    return "file missing" if path is None else "read"


def _all_turns(transcript: Transcript, known_labels: list[str], never: list[str]) -> Turns:
    """The turns, also of words that begin a line or two of the talk and may be speakers.

    What follows such a word is nobody's until somebody says what it is.
    """
    turns = find_turns(transcript, known_labels, never)
    talk = transcript.text[turns.turns[0].start :] if turns.layout and turns.turns else ""
    perhaps = [
        label
        for label in turns.doubtful
        if all(word[0].isupper() or word.isdecimal() or word in PARTICLES for word in label.split())
        and re.search(rf"^[ \t]*{re.escape(label)}[ \t]*(?:[(\[][^()\[\]\n]+[)\]][ \t]*)?[:：\t]", talk, re.MULTILINE)
    ]
    if not perhaps:
        return turns
    return replace(find_turns(transcript, [*known_labels, *perhaps], never), doubtful=turns.doubtful)


def _one_interview(text: str, path: Path, participant: str, others: Collection[str]) -> None:
    """Raise StudyError where lines of a text head several interviews: numbers, or ids of participants, each once."""
    lines = [(n, line.strip(" \t#*_-–—=:[]()")) for n, line in enumerate(text.split("\n"), start=1)]
    often = Counter(line.casefold() for _, line in lines)
    numbered = {heading[1]: (n, line) for n, line in lines if (heading := _INTERVIEW.fullmatch(line))}
    ids = [(n, line) for n, line in lines if line.casefold() in {participant, *others} and often[line.casefold()] == 1]
    found = list(numbered.values()) if len(numbered) > 1 else ids
    if len(found) > 1 and (numbered or often[participant] == 1):
        raise StudyError(
            f"the file seems to hold several interviews: {', '.join(f'{line} (line {n})' for n, line in found[:4])}",
            file=path,
            remedy="Give each interview a file of its own; call parts of one interview 'Part 1', 'Part 2'",
        )


@dataclass
class _Spoken:
    """What a speaker said: turns, words, and the first of them."""

    turns: int = 0
    words: int = 0
    first: str = ""


def _read_one(
    path: Path,
    person: Mapping[str, str],
    key: Key,
    settings: InterviewsSettings,
    stated_roles: Roles,
    identifiers: Identifiers,
    rows_of: dict[str, list[dict]],
    others: Collection[str] = (),
) -> dict[str, object]:
    """Add one transcript to the tables; returns its numbers for TRANSCRIPTS."""
    participant = person["participant"]
    names = [path.name, path.stem, participant]
    marks = [*settings.interviewer_marks, *settings.participant_marks]
    transcript = read_transcript(path, settings.table_columns)
    _one_interview(transcript.text, path, participant.casefold(), others)
    stated_speakers = [label for (name, label), role in stated_roles.said.items() if role != NO_SPEAKER]
    turns = _all_turns(transcript, [*marks, participant, *stated_speakers], excluded(stated_roles, names, settings))
    roles = roles_in(turns.turns, transcript.text, names, participant, stated_roles, settings)
    shown_names = called(roles, participant, marks)
    perhaps = {label for label in turns.doubtful if roles.get(label) == NOT_NAMED}
    sure = {label: name for label, name in shown_names.items() if label not in perhaps}
    hidden = places_of_names(transcript.text, sure)
    if settings.replace_identifiers:
        identifier_places = identifiers.places(transcript.text, participant, person.get("country", ""))
        hidden = without_overlaps([*hidden, *identifier_places])
    text, replaced = pseudonymise(transcript.text, key, hidden)
    rows_of["texts"].append({"transcript": participant, "text": text})
    rows_of["replaced"] += [{"transcript": participant} | vars(entry) for entry in replaced]
    counts = {label: _Spoken() for label in roles}
    for number, turn in enumerate(turns.turns, start=1):
        start, end = (to_pseudonymised(turn.start, replaced), to_pseudonymised(turn.end, replaced, end=True))
        words = spoken(text[start:end])
        rows_of["turns"].append(
            {
                "transcript": participant,
                "turn": number,
                "speaker": roles[turn.label],
                "label": shown_names[turn.label],
                "time": turn.time,
                "start": start,
                "end": end,
                "text": text[start:end],
            }
        )
        counted = counts[turn.label]
        counted.turns += 1
        counted.words += len(words.split())
        counted.first = counted.first or " ".join(words.split()[:12])
    for label, of_speaker in counts.items():
        speaker_counts = {"role": roles[label], "turns": of_speaker.turns, "words": of_speaker.words}
        rows_of["speakers"].append({"transcript": participant, "speaker": shown_names[label]} | speaker_counts)
        rows_of["found"].append(
            {
                "speaker": label,
                "state": "perhaps" if label in perhaps else "speaker",
                "file": path.name,
                "first_words": of_speaker.first,
                "called": sure.get(label, label),
            }
            | speaker_counts
        )
    for label, lines in turns.doubtful.items():
        if label in roles:
            continue
        speaker_counts = {"role": NOT_NAMED, "turns": lines, "words": 0, "first_words": "", "called": label}
        rows_of["found"].append({"speaker": label, "state": "perhaps", "file": path.name} | speaker_counts)
    own_turns = [label for label, role in roles.items() if role == "participant"]
    return {
        "turns": len(turns.turns),
        "participant_turns": sum(counts[label].turns for label in own_turns),
        "words": sum(counts[label].words for label in own_turns),
        "replaced": len(replaced),
        "layout": turns.layout,
        "unnamed": ";".join(
            dict.fromkeys(shown_names[label] or "(nobody)" for label, role in roles.items() if role == NOT_NAMED)
        ),
    }
