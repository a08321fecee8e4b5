"""Who the speakers of a transcript are: interviewer, participant, somebody else, or not named yet.

Speakers are found in the transcripts; what they are is said by people (interviews/speakers.csv) or
by the marks of the settings. Nobody's words count as a participant's before that. Names of speakers
are replaced in the texts, since a transcript program writes the name of whoever spoke.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.formats.transcripts.speakers import Turn, is_generic, labels
from coproduction.interviews.settings import InterviewsSettings
from coproduction.interviews.tables import NO_SPEAKER, NOT_NAMED, PEOPLE_SPEAKERS

QUESTION = ("?", "？", "؟", "?”", '?"', "?»", "?)")
QUESTIONS = 3  # asked under the mark of a participant before it may be the interviewer's
LETTERS = 2  # a longer mark is a word, and says what it means
CALLED = {"interviewer": "Interviewer", "other": "Other person"}


@dataclass(frozen=True)
class Roles:
    """What people say of the speakers: role by (transcript, label), both case folded.

    An empty transcript stands for all; an empty label for a text in which nobody is named.
    """

    said: Mapping[tuple[str, str], str]
    rows: Mapping[tuple[str, str], int]

    def of(self, names: Sequence[str], label: str) -> str:
        """The role of a label in the transcript known by these names; empty where nobody says it."""
        for called in dict.fromkeys([label.casefold(), _unnumbered(label)]):  # Q stands for Q1, Q2 …
            for name in [*map(str.casefold, names), ""]:
                if role := self.said.get((name, called)):
                    return role
        return ""


def read_roles(path: str | Path | None) -> Roles:
    """The roles in speakers.csv; none where there is no file.

    Raises StudyError for two roles of one speaker.
    """
    if not path:
        return Roles({}, {})
    table = people_tables.read_people_table(path, PEOPLE_SPEAKERS)
    if "transcript" not in table:
        table["transcript"] = ""
    role_of: dict[tuple[str, str], str] = {}
    rows: dict[tuple[str, str], int] = {}
    errors = []
    for row, entry in table.iterrows():
        key = Path(entry["transcript"]).stem.casefold(), entry["speaker"].casefold()
        if entry["role"] and role_of.get(key, entry["role"]) != entry["role"]:
            errors.append(
                StudyError(
                    f"the speaker of this row has the role '{role_of[key]}' in row {rows[key]}",
                    file=path,
                    row=int(row),
                    column="role",
                    remedy="Keep one of the two rows",
                )
            )
        elif entry["role"]:
            role_of[key], rows[key] = entry["role"], int(row)
    raise_all(errors)
    return Roles(role_of, rows)


def roles_in(
    turns: Sequence[Turn],
    text: str,
    names: Sequence[str],
    participant: str,
    stated_roles: Roles,
    settings: InterviewsSettings,
) -> dict[str, str]:
    """The role of each label of a transcript, in the order in which they first speak.

    A mark of the settings decides where people say nothing and nothing speaks against it. People are
    asked where two different marks of a participant are in one transcript (R: respondent or
    researcher?) or two numbered ones that come back (P1 and P2 of a group), where nobody else asks or speaks, and where the mark of the participant asks more
    questions than that of the interviewer.
    """
    speaker_labels = list(labels(list(turns)))
    stated = {label: stated_roles.of(names, label) for label in speaker_labels}
    by_mark = {label: stated[label] or _by_mark(label, participant, settings) for label in speaker_labels}
    marked = [label for label in speaker_labels if by_mark[label] and not stated[label]]
    answering = {
        label: _by_mark(label, participant, settings) == "participant"
        for label in speaker_labels
        if label.casefold() != participant.casefold()
    }
    kinds = {_unnumbered(label) for label, answers in answering.items() if answers}
    doubted = set(marked) if len(speaker_labels) == 1 else set(_doubted(marked, by_mark, participant))
    persons = [
        label for label in speaker_labels if answering.get(label) and label[-1].isdigit() and _comes_back(label, turns)
    ]
    if len(kinds) > 1 or len(persons) > 1:
        doubted |= {label for label in marked if answering.get(label)}
    if _asks_instead(turns, text, by_mark, marked):
        doubted |= set(marked)
    return {label: (label not in doubted and by_mark[label]) or NOT_NAMED for label in speaker_labels}


def _comes_back(label: str, turns: Sequence[Turn]) -> bool:
    """Whether a numbered label begins several turns: then the number is of a person, not of an answer."""
    return sum(turn.label == label for turn in turns) > 1


def _doubted(marked: Sequence[str], by_mark: Mapping[str, str], participant: str) -> Iterator[str]:
    """Marks of participants beside the participant's id, or where nobody asks."""
    answering = [label for label in marked if by_mark[label] == "participant"]
    other_marks = [label for label in answering if label.casefold() != participant.casefold()]
    has_interviewer = "interviewer" in by_mark.values()
    if not has_interviewer or len(other_marks) < len(answering):
        yield from other_marks


def _asks_instead(turns: Sequence[Turn], text: str, by_mark: Mapping[str, str], marked: Sequence[str]) -> bool:
    """Whether single letters may stand for the opposite roles, as the questions show."""
    if any(len(_unnumbered(label)) > LETTERS for label in marked):
        return False
    questions_by_role: dict[str, list[bool]] = {"interviewer": [], "participant": []}
    for turn in turns:
        if turn.label in marked and by_mark[turn.label] in questions_by_role:
            questions_by_role[by_mark[turn.label]].append(text[: turn.end].endswith(QUESTION))
    questions = sum(questions_by_role["participant"])
    if questions < QUESTIONS or not questions_by_role["interviewer"]:
        return False
    share = questions / len(questions_by_role["participant"])
    return share > sum(questions_by_role["interviewer"]) / len(questions_by_role["interviewer"])


def _by_mark(label: str, participant: str, settings: InterviewsSettings) -> str:
    plain = _unnumbered(label)
    if label.casefold() == participant.casefold():
        return "participant"
    for role, marks in (("interviewer", settings.interviewer_marks), ("participant", settings.participant_marks)):
        if {label.casefold(), plain} & {mark.casefold() for mark in marks}:
            return role
    return ""


def _unnumbered(label: str) -> str:
    return label.casefold().rstrip("0123456789").rstrip(" _-")


def called(roles: Mapping[str, str], participant: str, marks: Sequence[str]) -> dict[str, str]:
    """What each label is called in the pseudonymised text; a label that names nobody stays."""
    known_names = {mark.casefold() for mark in [*marks, participant]}
    names = {
        label: label
        for label in roles
        if not label or is_generic(label) or {label.casefold(), _unnumbered(label)} & known_names
    }
    used_names = {name.casefold() for name in names}
    free = (name for n in count(1) if (name := f"Speaker {n}").casefold() not in used_names)
    alike: dict[str, str] = {}  # one speaker, however capitals are written
    for label, role in roles.items():
        if label not in names:
            own_name = participant if role == "participant" else CALLED.get(role)
            names[label] = own_name or alike.get(label.casefold()) or next(free)
            alike[label.casefold()] = names[label]
    return {label: names[label] for label in roles}


def places_of_names(text: str, names: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Wherever the name of a speaker is written, in any case, with what replaces it.

    A program writes the names of the speakers also in a heading; each is replaced everywhere.
    """
    hidden = {" ".join(label.casefold().split()): name for label, name in names.items() if name != label}
    if not hidden:
        return []
    words = sorted(hidden, key=lambda label: (-len(label), label))
    shape = "|".join(r"\s+".join(map(re.escape, label.split())) for label in words)
    matches = re.finditer(rf"(?<!\w)(?:{shape})(?!\w)", text, re.IGNORECASE)
    return [(*m.span(), hidden[" ".join(m.group().casefold().split())]) for m in matches]


def to_be_named(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """PRIVATE_SPEAKERS: every speaker once, over all transcripts, for people to name."""
    from coproduction.core import accounting
    from coproduction.interviews.tables import PRIVATE_SPEAKERS

    if not rows:
        return tables.empty(PRIVATE_SPEAKERS)
    by_speaker: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        by_speaker.setdefault((row["speaker"].casefold(), row["state"]), []).append(row)
    speakers = []
    for _, rows_of_speaker in sorted(by_speaker.items(), key=itemgetter(0)):
        roles = {row["role"] for row in rows_of_speaker}
        speakers.append(
            {
                "speaker": rows_of_speaker[0]["speaker"],
                "role": roles.pop() if len(roles) == 1 and NOT_NAMED not in roles else "",
                "state": rows_of_speaker[0]["state"],
                "transcripts": ";".join(dict.fromkeys(row["file"] for row in rows_of_speaker)),
                "turns": sum(row["turns"] for row in rows_of_speaker),
                "words": sum(row["words"] for row in rows_of_speaker),
                "first_words": rows_of_speaker[0]["first_words"],
            }
        )
    return accounting.table(speakers, PRIVATE_SPEAKERS)


def excluded(stated_roles: Roles, names: Sequence[str], settings: InterviewsSettings) -> list[str]:
    """Words at the beginning of lines that are no speakers, by speakers.csv or the settings."""
    names_in_folder = {name.casefold() for name in names} | {""}
    no_speakers = [
        label for (name, label), role in stated_roles.said.items() if role == NO_SPEAKER and name in names_in_folder
    ]
    return [*settings.other_marks, *no_speakers]
