"""The files of the coders: their segments, codes, memos, and what else their projects hold."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.identities import Key
from coproduction.core.text import normalise
from coproduction.formats.qda import code_references
from coproduction.formats.qda.databases import ENDINGS, read_database
from coproduction.formats.qda.program_tables import NO_CODE, known_columns, rows_of
from coproduction.formats.qda.project import Code, Project, Source
from coproduction.formats.qda.qdpx import read_qdc, read_qdpx
from coproduction.interviews.pseudonyms import pseudonymise
from coproduction.interviews.quote_positions import Study
from coproduction.interviews.tables import CODEBOOK, CODED, MEMOS, PARTS, used

NO_KEY = Key()
HEADINGS = dict.fromkeys(["heading code", "category of codes"], "parent of other codes")
TITLE_ROWS = 5  # above the headings of a table, at most
UNREAD = "not read: export it as REFI-QDA (.qdpx), see docs/interviews.md"


def read_coded(files: Sequence[Path], key: Key = NO_KEY) -> tuple[list[dict], dict[str, Project], list[str]]:
    """The segments of all coded files by name, the projects by file, and files of other kinds.

    A segment has file, row, transcript (as named there), start, end, text, code, coder, memo,
    `within` (the recording or PDF that the text belongs to), `text_key` (the text of its project)
    and `refused` (why it cannot be looked for, mostly nothing).
    """
    segments: list[dict] = []
    projects: dict[str, Project] = {}
    unread = []
    for path in sorted(files):
        kind = path.suffix.lower()
        if kind in (".csv", ".tsv", ".xlsx", ".ods"):
            segments += _of_table(path)
        elif kind in _PROJECTS:
            project = _PROJECTS[kind](path)
            name = name_in_folder(path)
            projects[name] = project
            for remark in project.remarks:
                logging.info("%s", pseudonymise(f"{name}: {remark}", key)[0])
            segments += _of_project(project, name)
        elif kind in code_references.ENDINGS and (rows := code_references.references_of(path, name_in_folder(path))):
            segments += rows
        else:
            unread.append(name_in_folder(path))
    return segments, projects, unread


_PROJECTS: dict[str, Callable[[Path], Project]] = {
    ".qdpx": read_qdpx,
    ".qdc": read_qdc,
    **dict.fromkeys([*ENDINGS, ".zip"], read_database),
}


def _of_table(path: Path) -> list[dict]:
    """The rows of a program's table of segments, or of one that people fill themselves."""
    rows, lines = people_tables.read_people_rows(path)
    for top, row in enumerate(rows[:TITLE_ROWS]):
        if column_names := known_columns(row):
            return rows_of(rows[top:], lines[top:], column_names, name_in_folder(path))
    if rows and not {"transcript", "code"} <= {name.strip().casefold() for name in rows[0]}:
        raise StudyError(
            f"no known program exports tables with these headings: {', '.join(filter(None, rows[0]))}",
            file=path,
            row=lines[0],
            remedy="Rename the headings of the document, its words and the code to transcript, text and code "
            "(coder and memo, where there are any), or export the project as REFI-QDA (.qdpx)",
        )
    table = read_coded_csv(path).astype(object)
    entries = table.where(table.notna(), None).to_dict("records")
    about = {"file": name_in_folder(path), "within": "", "refused": "", "text_key": None}
    segments = []
    for row in entries:
        codes = [code for code in re.split(r"\s*[;\r\n]\s*", row["code"]) if code] or [row["code"]]
        several = len(codes) > 1
        segments += [
            row | about | {"code": c, "part": f".{n}" if several else ""} for n, c in enumerate(codes, start=1)
        ]
    return segments


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
    shared = ambiguous(project)
    for number, coding in enumerate(project.codings, start=1):
        source = project.sources.get(coding.source, Source(""))
        row = {name: getattr(coding, name) for name in ("start", "end", "text", "memo")}
        row |= {"file": name, "row": number, "transcript": source.name, "within": source.within}
        row["coder"] = coding.coder or str(Path(name).with_suffix(""))
        row["code"] = called(coding.code, coding.group, shared) or NO_CODE
        row["refused"] = coding.problem or ("" if coding.code else "it was not coded")
        row["text_key"] = (name, coding.source) if source.text else None
        rows.append(row)
    return rows


def ambiguous(project: Project) -> set[str]:
    """Names that codes below different codes share: these are called by their whole path."""
    groups: dict[str, set[str]] = {}
    for code in project.codes:
        groups.setdefault(normalise(code.name), set()).add(normalise(code.group))
    return {name for name, paths in groups.items() if len(paths) > 1}


def called(name: str, group: str, shared: set[str]) -> str:
    """The name of a code; with the codes above it where another code of the project has the name."""
    return f"{group} / {name}" if group and normalise(name) in shared else name


def sources_of(projects: Mapping[str, Project]) -> dict[tuple[str, str], Source]:
    """The texts of all projects by file and key."""
    return {(file, key): source for file, project in projects.items() for key, source in project.sources.items()}


def read_coded_csv(path: str | Path) -> pd.DataFrame:
    """Rows of CODED with `row`; rows without words and places are refused by name.

    Raises StudyError where start and end contradict each other.
    """
    table = people_tables.read_people_table(path, CODED)
    for name, cell in {"memo": "", "text": "", "coder": str(Path(name_in_folder(Path(path))).with_suffix(""))}.items():
        if name not in table:
            table[name] = cell
    for name in ("start", "end"):
        if name not in table:
            table[name] = pd.array([pd.NA] * len(table), "Int64")
    errors = []
    for row, entry in table.iterrows():
        start, end = entry["start"], entry["end"]
        if pd.isna(start) != pd.isna(end):
            problem = "start and end belong together, but only one of them is filled"
            errors.append(_error(problem, path, row, "end" if pd.isna(end) else "start"))
        elif not pd.isna(start) and end <= start:
            errors.append(_error(f"the segment ends at {end}, before its start", path, row, "end"))
        elif pd.isna(start) and not entry["text"]:
            errors.append(_error("the segment has neither words nor a position", path, row, "text"))
    raise_all(errors)
    return table.assign(row=table.index)[[*CODED.columns, "row"]].reset_index(drop=True)


def _error(problem: str, path: str | Path, row: int, column: str) -> StudyError:
    return StudyError(
        problem,
        file=path,
        row=row,
        column=column,
        remedy="Give the words of the segment, and its position as start and end if known",
    )


def codebook(
    projects: Mapping[str, Project],
    segments: pd.DataFrame,
    clean: Callable[[object], str],
    is_person: Callable[[str], bool] = lambda name: False,
) -> pd.DataFrame:
    """CODEBOOK: codes in the order of the projects, then those that only tables have.

    clean: takes names and identifiers out of what coders wrote; is_person: codes that are no concepts
    """
    code_of: dict[str, tuple[str, Code]] = {}  # by normalised name: codes of one name are one
    for project in projects.values():
        shared = ambiguous(project)
        for code in project.codes:
            if is_person(code.name):
                continue
            name = called(code.name, code.group, shared)
            code_of.setdefault(normalise(clean(name)), (clean(name), code))
    counted, rows = used(segments), []
    keys = counted["code"].map(normalise)
    for name in sorted(set(counted["code"])):
        code_of.setdefault(normalise(name), (name, Code(name)))
    for key, (name, code) in code_of.items():
        segments_of_code = counted[keys == key]
        rows.append(
            {
                "code": name,
                "group": clean(code.group),
                "description": clean(code.description),
                "segments": len(segments_of_code),
                "transcripts": segments_of_code["transcript"].nunique(),
                "coders": ";".join(sorted(set(segments_of_code["coder"]))),
            }
        )
    return accounting.table(rows, CODEBOOK)


def memos(projects: Mapping[str, Project], clean: Callable[[object], str]) -> pd.DataFrame:
    """MEMOS: what coders wrote beside codes, sources, segments and the project as a whole."""
    rows = [
        {"file": file, "about": memo.about}
        | {name: clean(cell) for name, cell in vars(memo).items() if name != "about"}
        for file, project in projects.items()
        for memo in project.memos
    ]
    return accounting.table(rows, MEMOS)


def parts(projects: Mapping[str, Project], unread: Sequence[str], study: Study) -> pd.DataFrame:
    """PARTS: what each project holds beside its segments, and what became of it.

    unread: files of kinds that cannot be read
    """
    rows = [{"file": file, "part": "file", "outcome": UNREAD, "n": 1} for file in unread]
    for file, project in projects.items():
        sources = list(project.sources.values())
        readable = [s for s in sources if not s.problem]
        n_of_transcripts = sum(bool(study.transcript(s.name, s.within)) for s in readable)
        codes = [code for code in project.codes if not study.is_person(code.name)]
        paths = {(normalise(c.group), normalise(c.name)) for c in codes}
        counted = [
            ("text", "of a transcript", n_of_transcripts),
            ("text", "not from a transcript with consent", len(readable) - n_of_transcripts),
            ("text", "not readable: outside the archive", len(sources) - len(readable)),
            ("code", "in codebook.csv", len(paths)),
            ("code", "same name and position as another", len(codes) - len(paths)),
            ("code", "named after a participant", len(project.codes) - len(codes)),
            ("memo", "in memos.csv", len(project.memos)),
            *((kind, HEADINGS.get(kind, "not used"), n) for kind, n in project.others.items()),
        ]
        rows += [{"file": file, "part": p, "outcome": o, "n": n} for p, o, n in counted if n]
    return accounting.table(rows, PARTS)
