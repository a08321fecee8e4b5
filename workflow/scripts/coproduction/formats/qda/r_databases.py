"""Projects of RQDA and requal, two packages of R, as they keep them: SQLite databases.

RQDA counts positions from 0, the end not included, and keeps what was deleted with another status;
requal counts from 1, the end included, but the projects it imports from RQDA keep RQDA's beginnings. Where
the words of a segment are kept, they decide.
"""

import sqlite3

from coproduction.formats.qda.project import Code, Coding, Memo, Project, Source, words_of

KEPT = 1  # the status of what is not deleted
_RQDA_OTHERS = {
    "case": "cases",
    "words of a case": "caselinkage",
    "variable": "attributes",
    "value of a variable": "caseAttr",
    "value of a source's variable": "fileAttr",
    "category of codes": "codecat",
    "category of sources": "filecat",
    "area of a picture": "imageCoding",
    "second coding": "coding2",
}
_REQUAL_OTHERS = {
    "case": "cases",
    "source of a case": "cases_documents_map",
    "variable": "attributes",
    "value of a coder's variable": "attributes_users_map",
    "category of codes": "categories",
    "value of a source's variable": "attributes_documents_map",
    "value of a variable": "attributes_cases_map",
}


def is_rqda(names: set[str]) -> bool:
    """Whether a database with these tables is RQDA's."""
    return {"freecode", "coding", "source"} <= names


def is_requal(names: set[str]) -> bool:
    """Whether a database with these tables is requal's."""
    return {"segments", "codes", "documents", "projects"} <= names


def read_rqda(db: sqlite3.Connection, names: set[str]) -> Project:
    """The project in RQDA's database; what was deleted is counted."""
    project = Project()
    for row in _existing_rows(db, "source", project):
        project.sources[str(row["id"])] = Source(row["name"] or "", row["file"] or "")
        _memo(project, "source", row["name"], row["memo"], row["owner"])
    groups: dict[int, str] = {}
    if {"codecat", "treecode"} <= names:
        above = {row["catid"]: words_of(row["name"]) for row in _existing_rows(db, "codecat")}
        for row in _existing_rows(db, "treecode"):
            if row["catid"] in above:
                groups.setdefault(row["cid"], above[row["catid"]])
    codes = {}
    for row in _existing_rows(db, "freecode", project):
        group = groups.get(row["id"], "")
        codes[row["id"]] = Code(words_of(row["name"]), group, words_of(row["memo"]))
    project.codes.extend(codes.values())
    for row in _existing_rows(db, "coding", project):
        code, source = codes.get(row["cid"]), str(row["fid"])
        start, end = int(row["selfirst"] or 0), int(row["selend"] or 0)
        project.codings.append(
            _coding(project, source, start, end, row["seltext"], code, value_of(row, "owner"), value_of(row, "memo"))
        )
    for row in _existing_rows(db, "annotation") if "annotation" in names else ():
        source_of_note, place = project.sources.get(str(row["fid"])), int(row["position"] or 0)
        text, author = words_of(row["annotation"]), words_of(row["owner"])
        name = source_of_note.name if source_of_note else ""
        project.memos.append(Memo("segment", name, "", text, author, f"character {place}"))
    for row in _existing_rows(db, "journal") if "journal" in names else ():
        text, author = words_of(row["journal"]), words_of(row["owner"])
        project.memos.append(Memo("project", "", words_of(row["name"]), text, author))
    _count(db, _RQDA_OTHERS, names, project)
    return project


def read_requal(db: sqlite3.Connection, names: set[str]) -> Project:
    """The project in requal's database."""
    project = Project()
    users = {
        row["user_id"]: words_of(row["user_name"] or value_of(row, "user_login"))
        for row in db.execute("select * from users")
    }
    for row in db.execute("select * from documents order by doc_id"):
        project.sources[str(row["doc_id"])] = Source(row["doc_name"] or "", row["doc_text"] or "")
        author = users.get(row["user_id"], "")
        _memo(project, "source", row["doc_name"], row["doc_description"], author)
    groups = _requal_groups(db, names)
    codes = {}
    for row in db.execute("select * from codes order by code_id"):
        group = groups.get(row["code_id"], "")
        about = words_of(row["code_description"])
        codes[row["code_id"]] = Code(words_of(row["code_name"]), group, about)
    project.codes.extend(codes.values())
    memos, project_memos = _requal_memos(db, names)
    for row in db.execute("select * from segments order by doc_id, segment_start, segment_id"):
        source, code = str(row["doc_id"]), codes.get(row["code_id"])
        start, end = _requal_place(project, source, row)
        coder = users.get(row["user_id"], "")
        memo = memos.get(row["segment_id"], "")
        project.codings.append(_coding(project, source, start, end, row["segment_text"], code, coder, memo))
    for row in project_memos:
        project.memos.append(Memo("project", "", "", words_of(row["text"]), users.get(row["user_id"], "")))
    _count(db, _REQUAL_OTHERS, names, project)
    return project


def _requal_place(project: Project, source: str, row: sqlite3.Row) -> tuple[int, int]:
    """The place from 0, the end not included."""
    start, end = int(row["segment_start"] or 0), int(row["segment_end"] or 0)
    text = project.sources[source].text if source in project.sources else ""
    as_rqda = text[start:end] == row["segment_text"] != text[max(0, start - 1) : end]
    return (start if as_rqda else max(0, start - 1)), end


def _requal_groups(db: sqlite3.Connection, names: set[str]) -> dict[int, str]:
    if not {"categories", "categories_codes_map"} <= names:
        return {}
    group_of: dict[int, str] = {}
    query = """select m.code_id, c.category_name from categories_codes_map m
        join categories c on c.category_id = m.category_id order by m.code_id, c.category_id"""
    for row in db.execute(query):
        group_of.setdefault(row["code_id"], words_of(row["category_name"]))
    return group_of


def _requal_memos(db: sqlite3.Connection, names: set[str]) -> tuple[dict[int, str], list[sqlite3.Row]]:
    """The memos of segments by segment, and those of nothing in particular."""
    if "memos" not in names:
        return {}, []
    memos = {row["memo_id"]: row for row in db.execute("select * from memos order by memo_id")}
    of_segments: dict[int, str] = {}
    used = set()
    if "memos_segments_map" in names:
        for row in db.execute("select * from memos_segments_map order by segment_id, memo_id"):
            if row["memo_id"] in memos:
                text = words_of(memos[row["memo_id"]]["text"])
                earlier = of_segments.get(row["segment_id"], "")
                of_segments[row["segment_id"]] = f"{earlier} {text}".strip()
                used.add(row["memo_id"])
    return of_segments, [row for key, row in memos.items() if key not in used]


def _coding(
    project: Project,
    source: str,
    start: int,
    end: int,
    words: str | None,
    code: Code | None,
    coder: str | None,
    memo: str | None,
) -> Coding:
    """A coding, with what is wrong with it."""
    text = project.sources[source].text if source in project.sources else ""
    problem = ""
    if source not in project.sources:
        problem = "its source is not in the project"
    elif code is None:
        problem = "its code is not in the codebook of the project"
    elif end > len(text):
        problem = f"the selection ({start} to {end}) is outside the project's text of {len(text)} characters"
    name, group = (code.name, code.group) if code else ("", "")
    owner, about = words_of(coder), words_of(memo)
    return Coding(source, start, end, words or text[start:end], name, owner, about, problem, group)


def _memo(project: Project, about: str, name: str, text: str | None, author: str | None) -> None:
    if words_of(text):
        project.memos.append(Memo(about, words_of(name), "", words_of(text), words_of(author)))


def _existing_rows(db: sqlite3.Connection, table: str, project: Project | None = None) -> list[sqlite3.Row]:
    """The rows that were not deleted; the others are counted."""
    rows = db.execute(f"select * from {table} order by rowid").fetchall()
    existing = [row for row in rows if value_of(row, "status") in (None, KEPT)]
    if project is not None and len(existing) < len(rows):
        project.others[f"deleted {table}"] = len(rows) - len(existing)
    return existing


def _count(db: sqlite3.Connection, kinds: dict[str, str], names: set[str], project: Project) -> None:
    for kind, table in kinds.items():
        if table in names and (n := len(_existing_rows(db, table))):
            project.others[kind] = n


def value_of(row: sqlite3.Row, name: str):
    """What a row has in a column, and None where its table has no such column."""
    return row[name] if name in row.keys() else None  # noqa: SIM118
