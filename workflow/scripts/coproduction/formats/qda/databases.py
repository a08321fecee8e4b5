"""Projects of Taguette, QualCoder, RQDA and requal as these programs keep them: SQLite databases.

Neither exports a REFI-QDA project with all its codings everywhere (Taguette exports none), so their
own files are read: Taguette's exported project (.sqlite3), `data.qda` of a QualCoder project, and what
r_databases.py knows; also in a zip archive, which holds one of them.
"""

import contextlib
import json
import re
import sqlite3
import tempfile
import zipfile
from pathlib import Path

from lxml import html

from coproduction.core.archives import BROKEN
from coproduction.core.errors import StudyError
from coproduction.formats.qda.project import Code, Coding, Memo, Project, Source, words_of
from coproduction.formats.qda.r_databases import is_requal, is_rqda, read_requal, read_rqda, value_of

ENDINGS = [".sqlite3", ".sqlite", ".db", ".qda", ".rqda", ".requal"]
LARGEST = 1_000_000_000  # bytes of a database in a zip archive
_BLOCKS = re.compile(r"(?i)</(p|div|li|h[1-6]|tr|blockquote|pre)>|<br\s*/?>")
_LOCAL = "admin"  # what Taguette on one's own computer and its export call everybody


def read_database(path: str | Path) -> Project:
    """The project in a database; raises StudyError where it is of neither program or broken."""
    if zipfile.is_zipfile(path):
        try:
            return _in_archive(Path(path))
        except BROKEN as error:
            raise StudyError(
                "the archive cannot be opened", file=path, remedy="Use the project file itself, without a password"
            ) from error
    address = f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as db:
            db.row_factory = sqlite3.Row
            names = {row["name"] for row in db.execute("select name from sqlite_master")}
            if {"highlights", "highlight_tags", "tags", "documents"} <= names:
                return _taguette(db)
            if {"code_text", "code_name", "source"} <= names:
                return _qualcoder(db, names)
            if is_rqda(names):
                return read_rqda(db, names)
            if is_requal(names):
                return read_requal(db, names)
    except sqlite3.Error as error:
        raise StudyError(
            f"the database cannot be read ({error})",
            file=path,
            remedy="Close the program that uses it and export the project again",
        ) from error
    raise StudyError(
        "this database is not a project of Taguette, QualCoder, RQDA or requal",
        file=path,
        remedy="Use Taguette's exported project (.sqlite3), QualCoder's data.qda, or the file of RQDA or requal",
    )


def _in_archive(path: Path) -> Project:
    """The one database in a zip archive."""
    with zipfile.ZipFile(path) as archive:
        inside = [i for i in archive.infolist() if Path(i.filename).suffix.lower() in ENDINGS]
        inside = [info for info in inside if not info.is_dir()]
        if len(inside) != 1 or inside[0].file_size > LARGEST:
            raise StudyError(
                f"the archive contains {len(inside) or 'no'} readable projects instead of one",
                file=path,
                remedy=f"Use the project file itself ({', '.join(ENDINGS)})",
            )
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "project.db"
            place.write_bytes(archive.read(inside[0]))
            return read_database(place)


def _taguette(db: sqlite3.Connection) -> Project:
    documents = {row["id"]: row for row in db.execute("select * from documents order by id")}
    sources = {str(key): Source(d["name"], _node_text(d["contents"])) for key, d in documents.items()}
    project = Project(sources=sources)
    for tag in db.execute("select * from tags order by path, id"):
        project.codes.append(Code(words_of(tag["path"]), "", words_of(tag["description"])))
    for table in ("projects", "documents"):
        about = {"projects": "project", "documents": "source"}[table]
        for row in db.execute(f"select name, description from {table} order by id"):
            if words_of(row["description"]):
                name = "" if about == "project" else row["name"]
                project.memos.append(Memo(about, name, "", words_of(row["description"]), ""))
    coders = _taguette_coders(db)
    encoded = {key: source.text.encode() for key, source in project.sources.items()}
    query = """select h.*, t.path from highlights h
        left join highlight_tags l on l.highlight_id = h.id left join tags t on t.id = l.tag_id
        order by h.document_id, h.start_offset, h.id, t.path"""
    for row in db.execute(query):
        document = documents.get(row["document_id"])
        if document is None:
            project.others["highlight without a document"] = project.others.get("highlight without a document", 0) + 1
            continue
        source = str(row["document_id"])
        text = encoded[source]
        start, end = (len(text[: row[name]].decode(errors="ignore")) for name in ("start_offset", "end_offset"))
        words, code = _plain(row["snippet"]), words_of(row["path"])
        coder = coders.get(row["id"], "")
        project.codings.append(Coding(source, start, end, words, code, coder))
    return project


def _taguette_coders(db: sqlite3.Connection) -> dict[int, str]:
    """Who made each highlight, by the log of the program; nobody where that names one account."""
    coder_of: dict[int, str] = {}
    for row in db.execute("select user_login, payload from commands order by id"):
        payload = json.loads(row["payload"])
        if payload.get("type") == "highlight_add":
            coder_of.setdefault(payload.get("highlight_id"), row["user_login"])
    return {key: name for key, name in coder_of.items() if name and name != _LOCAL}


def _node_text(contents: str) -> str:
    """The text of the nodes, of which the program counts the UTF-8 bytes."""
    return "".join(html.fragment_fromstring(contents or "", create_parent="div").itertext())


def _plain(snippet: str) -> str:
    """The words of a highlight, with a blank where a paragraph ends."""
    return _node_text(_BLOCKS.sub(lambda m: f"{m.group()}\n", snippet or "")).strip()


_QUALCODER_MEMOS = {
    "project": "select '' as name, '' as title, memo as text, '' as author from project",
    "source": "select name, '' as title, memo as text, owner as author from source order by id",
    "code": "select name, '' as title, memo as text, owner as author from code_name order by cid",
    "case": "select name, '' as title, memo as text, owner as author from cases order by caseid",
}
_QUALCODER_OTHERS = {
    "case": "cases",
    "variable": "attribute_type",
    "graph": "graph",
    "value of a variable": "attribute",
    "words of a case": "case_text",
    "category of codes": "code_cat",
    "stored search": "stored_sql",
    "line of a reference": "ris",
}


def _qualcoder(db: sqlite3.Connection, names: set[str]) -> Project:
    sources = {row["id"]: row for row in db.execute("select * from source order by id")}
    project = Project(sources={str(key): Source(s["name"], s["fulltext"] or "") for key, s in sources.items()})
    codes = _qualcoder_codes(db)
    project.codes.extend(codes.values())
    for row in db.execute("select * from code_text order by fid, pos0, pos1, ctid"):
        code, source = codes.get(row["cid"]), sources.get(row["fid"])
        problem = "" if source else "its source is not in the project"
        problem = problem if code else "its code is not in the codebook of the project"
        project.codings.append(
            Coding(
                str(row["fid"]),
                row["pos0"],
                row["pos1"],
                row["seltext"] or "",
                code.name if code else "",
                words_of(row["owner"]),
                words_of(row["memo"]),
                problem,
                code.group if code else "",
            )
        )
    for table, coded_part in (("code_image", "an area of a picture"), ("code_av", "a part of a recording")):
        for row in db.execute(f"select * from {table} order by rowid") if table in names else ():
            code = codes.get(row["cid"])
            owner, memo = words_of(row["owner"]), words_of(row["memo"])
            problem = f"the code was applied to {coded_part}, not to the words of a transcript"
            name, group = (code.name, code.group) if code else ("", "")
            project.codings.append(Coding(str(row["id"]), 0, 0, "", name, owner, memo, problem, group))
    project.memos.extend(_qualcoder_memos(db, sources, names))
    for kind, table in _QUALCODER_OTHERS.items():
        if table in names and (n := db.execute(f"select count(*) from {table}").fetchone()[0]):
            project.others[kind] = n
    return project


def _qualcoder_codes(db: sqlite3.Connection) -> dict[int, Code]:
    above = {row["catid"]: row for row in db.execute("select * from code_cat")}
    names = {row["cid"]: row for row in db.execute("select * from code_name order by cid")}
    code_of = {}
    for key, row in names.items():
        path: list[str] = []
        ancestors: set = set()
        parent = row["supercid"] if "supercid" in row.keys() else None  # noqa: SIM118
        category = row["catid"]
        while parent in names and parent not in ancestors:
            ancestors.add(parent)
            path.insert(0, words_of(names[parent]["name"]))
            category = names[parent]["catid"]
            parent = names[parent]["supercid"]
        while category in above and ("category", category) not in ancestors:
            ancestors.add(("category", category))
            path.insert(0, words_of(above[category]["name"]))
            category = above[category]["supercatid"]
        code_of[key] = Code(words_of(row["name"]), " / ".join(path), words_of(row["memo"]))
    return code_of


def _qualcoder_memos(db, sources, names: set[str]) -> list[Memo]:
    queries = [(about, query) for about, query in _QUALCODER_MEMOS.items()]
    memos = [
        Memo(about, words_of(row["name"]), "", words_of(row["text"]), words_of(row["author"]))
        for about, query in queries
        if about != "case" or "cases" in names
        for row in db.execute(query)
        if words_of(row["text"])
    ]
    if "journal" in names:
        for row in db.execute("select name, jentry, owner from journal order by jid"):
            author = words_of(row["owner"])
            memos.append(Memo("project", "", words_of(row["name"]), words_of(row["jentry"]), author))
    if "annotation" in names:
        for row in db.execute("select * from annotation order by fid, pos0, anid"):
            source = sources.get(row["fid"])
            name = source["name"] if source else ""
            text, start, end = words_of(row["memo"]), row["pos0"], value_of(row, "pos1")
            words = words_of((source["fulltext"] or "")[start:end]) if source and end else ""
            place = f"characters {start}–{end}" if end else f"character {start}"
            memos.append(Memo("segment", name, "", text, words_of(row["owner"]), place, words))
    return memos
