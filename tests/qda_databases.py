"""Small projects in the databases of Taguette and QualCoder."""

import json
import sqlite3

TAGUETTE = """
create table projects (id integer primary key, name text, description text);
create table documents (id integer primary key, name text, description text, contents text);
create table tags (id integer primary key, path text, description text);
create table highlights (id integer primary key, document_id integer, start_offset integer,
                         end_offset integer, snippet text);
create table highlight_tags (highlight_id integer, tag_id integer);
create table commands (id integer primary key, user_login text, payload text);
"""
QUALCODER = """
create table project (databaseversion text, memo text);
create table source (id integer primary key, name text, fulltext text, mediapath text, memo text,
                     owner text);
create table code_cat (catid integer primary key, name text, memo text, supercatid integer);
create table code_name (cid integer primary key, name text, memo text, catid integer, owner text);
create table code_text (ctid integer primary key, cid integer, fid integer, seltext text,
                        pos0 integer, pos1 integer, owner text, memo text);
create table code_image (imid integer primary key, id integer, cid integer, memo text, owner text);
create table code_av (avid integer primary key, id integer, cid integer, memo text, owner text);
create table cases (caseid integer primary key, name text, memo text, owner text);
create table journal (jid integer primary key, name text, jentry text, owner text);
create table annotation (anid integer primary key, fid integer, pos0 integer, memo text, owner text);
"""
TEXT = "P: Schön 🙂 we were asked.\nAnd then we came again."


def database(path, form, **tables):
    with sqlite3.connect(path) as db:
        db.executescript(form)
        for table, rows in tables.items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                db.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", [*row.values()])
    db.close()
    return path


def taguette(path):
    lines = TEXT.split("\n")
    contents = "".join(f"<p>{line}</p>\n" for line in lines)
    start = len(TEXT[: TEXT.index("we were")].encode())
    end = len((TEXT[: TEXT.index(" came")]).encode())
    return database(
        path,
        TAGUETTE,
        projects=[{"id": 1, "name": "x", "description": "a study"}],
        documents=[{"id": 4, "name": "P01", "description": "", "contents": contents}],
        tags=[
            {"id": 1, "path": "asked, again", "description": "when asked"},
            {"id": 2, "path": "unused", "description": ""},
        ],
        highlights=[
            {
                "id": 7,
                "document_id": 4,
                "start_offset": start,
                "end_offset": end,
                "snippet": "<p>we were <b>asked</b>.</p>\n<p>And then we</p>",
            },
            {"id": 8, "document_id": 4, "start_offset": 0, "end_offset": 2, "snippet": "P:"},
        ],
        highlight_tags=[{"highlight_id": 7, "tag_id": 1}, {"highlight_id": 7, "tag_id": 2}],
        commands=[
            {"user_login": login, "payload": json.dumps({"type": "highlight_add", "highlight_id": key})}
            for key, login in ((7, "ann"), (8, "admin"))
        ],
    )


def qualcoder(path):
    start = TEXT.index("we came")
    return database(
        path,
        QUALCODER,
        project=[{"databaseversion": "v8", "memo": ""}],
        source=[
            {"id": 1, "name": "P01.txt", "fulltext": TEXT, "memo": "long talk", "owner": "Ann"},
            {"id": 2, "name": "map.png", "mediapath": "/images/map.png"},
        ],
        code_cat=[{"catid": 1, "name": "Theme", "supercatid": 2}, {"catid": 2, "name": "Dimension"}],
        code_name=[{"cid": 3, "name": "Coming", "memo": "to a meeting", "catid": 1, "owner": "Ann"}],
        code_text=[
            {"cid": 3, "fid": 1, "seltext": "we came", "pos0": start, "pos1": start + 7, "owner": who, "memo": "look"}
            for who in ("Ann", "Ben")
        ],
        code_image=[{"id": 2, "cid": 3, "owner": "Ben"}],
        cases=[{"name": "Town", "memo": "small"}, {"name": "City"}],
        journal=[{"name": "Day 1", "jentry": "It rained", "owner": "Ben"}],
        annotation=[{"fid": 1, "pos0": 3, "memo": "laughs", "owner": "Ann"}],
    )
