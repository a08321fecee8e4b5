"""From the files of the coders to segments with a place, and the codebook they used."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables
from coproduction.core.errors import StudyError
from coproduction.interviews.coded_csv import read_coded_csv
from coproduction.interviews.databases import ENDINGS, read_database
from coproduction.interviews.matching import Place, find_place
from coproduction.interviews.pseudonyms import Key, Replacement, pseudonymise
from coproduction.interviews.qdpx import Code, Project, read_qdpx
from coproduction.interviews.tables import CODEBOOK, MEMOS, PARTS, SEGMENTS
from coproduction.interviews.tool_tables import NO_CODE, known_columns, rows_of
from coproduction.interviews.transcripts import canonical

USED = ["at its place", "found elsewhere"]
NO_TRANSCRIPT = "there is no such transcript with consent"


def read_coded(files: Sequence[Path]) -> tuple[list[dict], dict[str, Project]]:
    """The segments of all coded files in the order of their names, and the projects by file.

    A segment has file, row, transcript (as named there), start, end, text, code, coder, memo,
    `within` (the recording or PDF that the text belongs to) and `refused` (why it cannot be looked
    for, mostly nothing).
    """
    segments, projects = [], {}
    for path in sorted(files):
        kind = path.suffix.lower()
        if kind in (".csv", ".tsv", ".xlsx"):
            segments += _of_table(path)
        elif kind == ".qdpx" or kind in ENDINGS:
            project = read_qdpx(path) if kind == ".qdpx" else read_database(path)
            name = name_in_folder(path)
            projects[name] = project
            for remark in project.remarks:
                logging.info("%s: %s", name, remark)
            segments += _of_project(project, name)
        else:
            raise StudyError(
                f"coded files of the kind '{path.suffix or 'without ending'}' cannot be read",
                file=path,
                remedy="Export the project as REFI-QDA (.qdpx), or see docs/interviews.md for others",
            )
    return segments, projects


def _of_table(path: Path) -> list[dict]:
    """The rows of a program's table of segments, or of one that people fill themselves."""
    rows, lines = people_tables.read_people_rows(path)
    known = known_columns(rows[0]) if rows else None
    if known:
        return rows_of(rows, lines, known, name_in_folder(path))
    table = read_coded_csv(path).astype(object)
    entries = table.where(table.notna(), None).to_dict("records")
    about = {"file": name_in_folder(path), "within": "", "refused": ""}
    return [row | about for row in entries]


def name_in_folder(path: Path) -> str:
    """The name of a file below coded/; that of its folder for the database of a QualCoder project."""
    parts = path.parts[:-1] if _in_qualcoder(path) else path.parts
    folders = [n for n, part in enumerate(parts[:-1]) if part == "coded"]
    return "/".join(parts[folders[-1] + 1 :]) if folders else parts[-1]


def _in_qualcoder(path: Path) -> bool:
    return path.name == "data.qda" and path.parent.suffix == ".qda"


def _of_project(project: Project, name: str) -> list[dict]:
    """The codings as rows; a coder whom the project does not name is called after the file."""
    rows = []
    for number, coding in enumerate(project.codings, start=1):
        row = {"file": name, "row": number, "transcript": coding.source} | vars(coding)
        text = project.sources.get(coding.source, "")
        row |= {"start": _canonical_place(text, coding.start), "end": None}
        row["coder"] = coding.coder or str(Path(name).with_suffix(""))
        row["code"] = coding.code or NO_CODE
        why = f"the code was given to {coding.whole}, not to words of a transcript"
        row["refused"] = why if coding.whole else "" if coding.code else "no code was given to it"
        row.pop("source")
        rows.append(row)
    return rows


def _canonical_place(text: str, position: int) -> int:
    """A place in the text of a source as a place in the canonical text of the same transcript."""
    return len(canonical(f"{text[:position]}|")) - 1


def place_segments(
    handed_in: Sequence[dict],
    texts: pd.DataFrame,
    turns: pd.DataFrame,
    replaced: pd.DataFrame,
    aliases: dict[str, str],
    key: Key,
    window: int,
) -> pd.DataFrame:
    """SEGMENTS: each segment with its place in the pseudonymised text, or refused with the reason.

    `aliases` gives the id of a transcript by other names that coders may use (its file).
    """
    by_id = dict(zip(texts["transcript"], texts["text"], strict=True))
    names = {name.casefold(): name for name in by_id}
    names |= {Path(alias).stem.casefold(): t for alias, t in aliases.items() if t in by_id}
    moves = {t: _moves(replaced[replaced["transcript"] == t]) for t in by_id}
    rows, seen = [], set()
    for entry in handed_in:
        transcript = _transcript(entry["transcript"], names)
        transcript = transcript or _transcript(entry["within"], names)
        place = _place(entry, transcript, by_id, moves, key, window)
        row = _row(entry, transcript, place, by_id, key)
        same = tuple(row[name] for name in ("transcript", "start", "end", "code", "coder"))
        if place.outcome != "refused" and same in seen:
            row |= {"outcome": "repeated", "reason": "the same segment was handed in before"}
        seen.add(same)
        rows.append(row | {"turn": _turn(row, turns)})
    return accounting.table(rows, SEGMENTS)


def _transcript(named: str, names: dict[str, str]) -> str:
    """The id of the transcript that is meant by a file name, an id or a participant."""
    base = Path(named.replace("\\", "/")).name.casefold()
    return names.get(base) or names.get(Path(base).stem, "")


def _place(entry, transcript, by_id, moves, key, window) -> Place:
    if entry["refused"]:
        return Place(None, None, "refused", entry["refused"])
    if not transcript:
        return Place(None, None, "refused", NO_TRANSCRIPT)
    start, end = entry["start"], entry["end"]
    return find_place(
        by_id[transcript],
        entry["text"],
        None if start is None else int(start),
        None if end is None else int(end),
        key,
        moves[transcript],
        window,
    )


def _moves(rows: pd.DataFrame) -> list[Replacement]:
    return [
        Replacement(int(r.raw_start), int(r.raw_end), int(r.start), int(r.end), r.pseudonym)
        for r in rows.itertuples(index=False)
    ]


def _row(entry: dict, transcript: str, place: Place, by_id: dict[str, str], key: Key) -> dict:
    def clean(value):
        return " ".join(pseudonymise(str(value or ""), key)[0].split())

    words = entry["text"] if place.start is None else by_id[transcript][place.start : place.end]
    return {
        "segment": f"{entry['file']}:{entry['row']}",
        "file": entry["file"],
        "row": entry["row"],
        "transcript": transcript or clean(Path(entry["transcript"]).stem),
        "start": place.start,
        "end": place.end,
        "text": clean(words),
        "code": clean(entry["code"]),
        "coder": clean(entry["coder"]),
        "memo": clean(entry["memo"]),
        "outcome": place.outcome,
        "reason": place.reason,
    }


def _turn(row: dict, turns: pd.DataFrame) -> int | None:
    """The turn that the segment shares most characters with (the earliest of equals)."""
    if row["start"] is None:
        return None
    own = turns[turns["transcript"] == row["transcript"]]
    low, high = own["start"].clip(lower=row["start"]), own["end"].clip(upper=row["end"])
    shared = (high - low).astype(int)
    return int(own.loc[shared.idxmax(), "turn"]) if len(own) and shared.max() > 0 else None


def used(segments: pd.DataFrame) -> pd.DataFrame:
    """The segments that count: found in a transcript, and not handed in twice."""
    return segments[segments["outcome"].isin(USED)]


def codebook(projects: Mapping[str, Project], segments: pd.DataFrame, key: Key) -> pd.DataFrame:
    """CODEBOOK: codes in the order of the projects, then those that stand in tables alone."""
    known: dict[str, Code] = {}
    for code in (code for project in projects.values() for code in project.codes):
        known.setdefault(pseudonymise(code.name, key)[0], code)
    counted, rows = used(segments), []
    others = sorted(set(counted["code"]) - set(known))
    for name in [*known, *others]:
        own, code = counted[counted["code"] == name], known.get(name, Code(name))
        rows.append(
            {
                "code": name,
                "group": pseudonymise(code.group, key)[0],
                "description": pseudonymise(code.description, key)[0],
                "segments": len(own),
                "transcripts": own["transcript"].nunique(),
                "coders": ";".join(sorted(set(own["coder"]))),
            }
        )
    return accounting.table(rows, CODEBOOK)


def memos(projects: Mapping[str, Project], key: Key) -> pd.DataFrame:
    """MEMOS: what coders wrote beside codes, sources, segments and the project as a whole."""
    rows = [
        {"file": file, "about": memo.about}
        | {
            name: " ".join(pseudonymise(cell, key)[0].split())
            for name, cell in vars(memo).items()
            if name != "about"
        }
        for file, project in projects.items()
        for memo in project.memos
    ]
    return accounting.table(rows, MEMOS)


def parts(
    projects: Mapping[str, Project], read: Sequence[str], aliases: Mapping[str, str]
) -> pd.DataFrame:
    """PARTS: what each project holds beside its segments, and what became of it.

    read: ids of the transcripts that could be used; `aliases` gives them by the name of their file.
    """
    names = {name.casefold(): name for name in read}
    names |= {Path(alias).stem.casefold(): t for alias, t in aliases.items() if t in read}
    rows = []
    for file, project in projects.items():
        own = sum(bool(_transcript(name, names)) for name in project.sources)
        counted = [
            ("text", "of a transcript", own),
            ("text", "of no transcript with consent", len(project.sources) - own),
            ("code", "in codebook.csv", len(project.codes)),
            ("memo", "in memos.csv", len(project.memos)),
            *((kind, "not used", n) for kind, n in project.others.items()),
        ]
        rows += [{"file": file, "part": p, "outcome": o, "n": n} for p, o, n in counted if n]
    return accounting.table(rows, PARTS)
