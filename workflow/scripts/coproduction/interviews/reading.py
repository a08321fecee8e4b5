"""What people keep in the study folder: participants, transcripts, the planned data structure."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.factors import check_factor_ids
from coproduction.core.identities import Key
from coproduction.core.text import normalise
from coproduction.formats.transcripts import find_turns, read_transcript, unknown_speakers
from coproduction.interviews.pseudonyms import pseudonymise
from coproduction.interviews.settings import InterviewsSettings
from coproduction.interviews.tables import GIOIA, PARTICIPANTS, REPLACED, TEXTS, TRANSCRIPTS, TURNS

OPTIONAL = ["country", "role", "organisation", "language"]


def read_participants(path: str | Path | None) -> pd.DataFrame:
    """The participants; no rows where there is no file. Index: row in the file.

    Raises StudyError where two participants share one transcript.
    """
    if not path:
        return tables.empty(PARTICIPANTS)
    table = people_tables.read_people_csv(path, PARTICIPANTS)
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
                remedy="Name each transcript once",
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
    table = people_tables.read_people_csv(path, GIOIA)
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


def _in_gioia(problem: str, path: str | Path, row: int, column: str) -> StudyError:
    return StudyError(
        problem, file=path, row=int(row), column=column, remedy="Keep one of them or rename one"
    )


def read_interviews(
    participants: pd.DataFrame, files: Sequence[Path], key: Key, settings: InterviewsSettings
) -> dict[str, pd.DataFrame]:
    """Tables TRANSCRIPTS, TEXTS, TURNS and REPLACED (by these names in lower case).

    Only transcripts of participants who consented are opened; the others are listed with the reason.
    """
    by_name = _by_name(files)
    made = {"transcripts": [], "texts": [], "turns": [], "replaced": []}
    for _, person in participants.iterrows():
        row = {name: str(person[name]) for name in PARTICIPANTS.columns if name in person}
        name = row.pop("transcript")
        row |= {"transcript": row["participant"], "file": name}
        path = by_name.pop(name.casefold(), None)
        row["state"] = _state(row.pop("consent"), name, path)
        if row["state"] == "read":
            row |= _read_one(path, row, key, settings, made)
        made["transcripts"].append(row)
    for path in by_name.values():
        state = "not in participants.csv"
        made["transcripts"].append({"transcript": path.stem, "file": path.name, "state": state})
    forms = {"transcripts": TRANSCRIPTS, "texts": TEXTS, "turns": TURNS, "replaced": REPLACED}
    done = {name: accounting.table(rows, forms[name]) for name, rows in made.items()}
    columns = ["role", "organisation", "country", "language"]
    done["transcripts"][columns] = done["transcripts"][columns].map(
        lambda cell: pseudonymise(cell, key)[0]
    )
    return done


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
    return {path.name.casefold(): path for path in sorted(files)}


def _state(consent: str, name: str, path: Path | None) -> str:
    if consent != "yes":
        return "no consent"
    if not name:
        return "transcript awaited"
    return "file missing" if path is None else "read"


def _read_one(path, row, key, settings, made) -> dict[str, object]:
    transcript = row["transcript"]
    text, replaced = pseudonymise(read_transcript(path), key)
    marks = [*settings.participant_marks, row["participant"]]
    turns = find_turns(text, settings.interviewer_marks, marks)
    unknown = unknown_speakers(text, [*marks, *settings.interviewer_marks, *settings.other_marks])
    made["texts"].append({"transcript": transcript, "text": text})
    made["replaced"] += [{"transcript": transcript} | vars(entry) for entry in replaced]
    made["turns"] += [
        {"transcript": transcript, "turn": n, "text": text[turn.start : turn.end]} | vars(turn)
        for n, turn in enumerate(turns, start=1)
    ]
    own = [text[turn.start : turn.end] for turn in turns if turn.speaker == "participant"]
    words = sum(len(said.split()) for said in own)
    return {
        "turns": len(turns),
        "participant_turns": len(own),
        "words": words,
        "replaced": len(replaced),
        "unknown_marks": ";".join(unknown),
    }
