"""Projects in the databases of Taguette and QualCoder: all they hold comes in."""

import json
import sqlite3

import pytest
from coproduction.core.errors import StudyError
from coproduction.interviews import coding
from coproduction.interviews.databases import read_database
from coproduction.interviews.pseudonyms import Key
from coproduction.interviews.qdpx import Code, Memo

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
                db.execute(
                    f"insert into {table} ({', '.join(row)}) values ({marks})", [*row.values()]
                )
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
            {"id": 7, "document_id": 4, "start_offset": start, "end_offset": end,
             "snippet": "<p>we were <b>asked</b>.</p>\n<p>And then we</p>"},
            {"id": 8, "document_id": 4, "start_offset": 0, "end_offset": 2, "snippet": "P:"},
        ],
        highlight_tags=[{"highlight_id": 7, "tag_id": 1}, {"highlight_id": 7, "tag_id": 2}],
        commands=[
            {"user_login": login, "payload": json.dumps({"type": "highlight_add",
                                                         "highlight_id": key})}
            for key, login in ((7, "ann"), (8, "admin"))
        ],
    )  # fmt: skip


def test_taguette_counts_bytes_and_its_highlights_have_several_tags(tmp_path):
    made = read_database(taguette(tmp_path / "t.sqlite3"))
    assert made.codes == [Code("asked, again", "", "when asked"), Code("unused")]
    assert made.memos == [Memo("project", "", "", "a study", "")]
    given = [(c.text.split(), c.code, c.coder) for c in made.codings]
    words = ["we", "were", "asked.", "And", "then", "we"]
    assert given == [
        (["P:"], "", ""),
        (words, "asked, again", "ann"),
        (words, "unused", "ann"),
    ]
    longest = made.codings[1]
    assert made.sources["P01"][longest.start : longest.end].startswith("we were asked.")


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
        code_cat=[
            {"catid": 1, "name": "Theme", "supercatid": 2},
            {"catid": 2, "name": "Dimension"},
        ],
        code_name=[{"cid": 3, "name": "Coming", "memo": "to a meeting", "catid": 1, "owner": "Ann"}],
        code_text=[
            {"cid": 3, "fid": 1, "seltext": "we came", "pos0": start, "pos1": start + 7,
             "owner": who, "memo": "look"}
            for who in ("Ann", "Ben")
        ],
        code_image=[{"id": 2, "cid": 3, "owner": "Ben"}],
        cases=[{"name": "Town", "memo": "small"}, {"name": "City"}],
        journal=[{"name": "Day 1", "jentry": "It rained", "owner": "Ben"}],
        annotation=[{"fid": 1, "pos0": 3, "memo": "laughs", "owner": "Ann"}],
    )  # fmt: skip


def test_qualcoder_gives_coders_categories_memos_and_pictures(tmp_path):
    made = read_database(qualcoder(tmp_path / "data.qda"))
    assert made.codes == [Code("Coming", "Dimension / Theme", "to a meeting")]
    assert [(c.text, c.coder, c.whole) for c in made.codings] == [
        ("we came", "Ann", ""),
        ("we came", "Ben", ""),
        ("", "Ben", "an area of a picture"),
    ]
    assert made.memos == [
        Memo("source", "P01.txt", "", "long talk", "Ann"),
        Memo("code", "Coming", "", "to a meeting", "Ann"),
        Memo("case", "Town", "", "small", ""),
        Memo("project", "", "Day 1", "It rained", "Ben"),
        Memo("source", "P01.txt", "", "laughs", "Ann"),
    ]
    assert made.others == {"case": 2}


@pytest.mark.parametrize("supercid", [3, 4])
def test_codes_below_codes_have_them_above_even_in_a_circle(tmp_path, supercid):
    path = qualcoder(tmp_path / "data.qda")
    with sqlite3.connect(path) as db:
        db.execute("alter table code_name add column supercid integer")
        db.execute("insert into code_name (cid, name, supercid) values (4, 'Again', ?)", [supercid])
    db.close()
    groups = {code.name: code.group for code in read_database(path).codes}
    assert groups["Again"] == ("Dimension / Theme / Coming" if supercid == 3 else "Again")


@pytest.mark.parametrize("name", ["t.sqlite3", "data.qda"])
def test_segments_are_found_and_what_has_no_code_is_refused(made, tmp_path, name):
    path = (taguette if name == "t.sqlite3" else qualcoder)(tmp_path / name)
    rows, projects = coding.read_coded([path])
    texts = made["texts"].assign(text=TEXT)
    turns, replaced = made["turns"].iloc[:0], made["replaced"].iloc[:0]
    segments = coding.place_segments(rows, texts, turns, replaced, {}, Key(), 400)
    kept = segments[segments["outcome"] != "refused"]
    assert len(kept) == 2
    assert all(TEXT[row.start : row.end].split() == row.text.split() for row in kept.itertuples())
    assert len(segments) == 3
    reason = segments.loc[segments["outcome"] == "refused", "reason"].iloc[0]
    assert reason in ("no code was given to it", "the code was given to an area of a picture, not "
                      "to words of a transcript")  # fmt: skip
    assert coding.parts(projects, ["P01"], {})["n"].sum() > 2


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"no database", "cannot be read"), (b"", "no project of Taguette or QualCoder")],
)
def test_other_files_are_named(tmp_path, content, words):
    path = tmp_path / "x.sqlite3"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=words) as caught:
        read_database(path)
    assert str(path) in str(caught.value)


def test_the_file_is_only_read(tmp_path):
    path = qualcoder(tmp_path / "data.qda")
    before = path.read_bytes()
    read_database(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["data.qda"]
