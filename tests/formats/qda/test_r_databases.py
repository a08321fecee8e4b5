"""Small projects in the databases of RQDA and requal, with the tables that these packages make."""

import zipfile

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.qda.databases import read_database
from coproduction.formats.qda.project import Code
from qda_databases import database

TEXT = "P: We were asked 🙂.\nAnd then we came."
RQDA = """
create table source (name text, id integer, file text, memo text, owner text, status integer);
create table freecode (name text, memo text, owner text, id integer, status integer, color text);
create table coding (cid integer, fid integer, seltext text, selfirst real, selend real,
                     status integer, owner text, date text, memo text);
create table codecat (name text, cid integer, catid integer, owner text, memo text, status integer);
create table treecode (cid integer, catid integer, owner text, status integer);
create table cases (name text, memo text, owner text, id integer, status integer);
create table annotation (fid integer, position integer, annotation text, owner text, status integer);
create table journal (name text, journal text, owner text, status integer);
"""
REQUAL = """
create table projects (project_id integer primary key, project_name text);
create table users (user_id integer primary key, user_login text, user_name text);
create table documents (doc_id integer primary key, project_id integer, user_id integer, doc_name text,
                        doc_description text, doc_text text);
create table codes (project_id integer, code_id integer primary key, user_id integer, code_name text,
                    code_description text);
create table categories (category_id integer primary key, category_name text);
create table categories_codes_map (category_id integer, code_id integer);
create table segments (project_id integer, user_id integer, doc_id integer, code_id integer,
                       segment_id integer primary key, segment_start integer, segment_end integer,
                       segment_text text);
create table memos (memo_id integer primary key, user_id integer, text text);
create table memos_segments_map (memo_id integer, segment_id integer);
"""
ASKED, CAME = "We were asked", "we came"
START, LATER = TEXT.index(ASKED), TEXT.index(CAME)


@pytest.fixture
def rqda(tmp_path):
    about = {"fid": 1, "owner": "ann", "status": 1}
    return database(
        tmp_path / "a.rqda",
        RQDA,
        source=[
            {"name": "P01", "id": 1, "file": TEXT, "memo": "long", "owner": "ann", "status": 1},
            {"name": "old", "id": 2, "file": "x", "status": 0},
        ],
        freecode=[
            {"name": "Asked", "memo": "when asked", "id": 1, "status": 1},
            {"name": "Gone", "id": 2, "status": 0},
        ],
        codecat=[{"name": "Belief", "catid": 5, "status": 1}],
        treecode=[{"cid": 1, "catid": 5, "status": 1}],
        coding=[
            about | {"cid": 1, "seltext": ASKED, "selfirst": START, "selend": START + len(ASKED), "memo": "!"},
            about | {"cid": 2, "seltext": CAME, "selfirst": LATER, "selend": LATER + len(CAME)},
            about | {"cid": 1, "seltext": CAME, "selfirst": 1, "selend": 900},
            about | {"cid": 1, "seltext": CAME, "selfirst": 1, "selend": 2, "status": 0},
        ],
        cases=[{"name": "Town", "id": 1, "status": 1}],
        annotation=[about | {"position": 4, "annotation": "laughs"}],
        journal=[{"name": "Day", "journal": "rain", "owner": "ben", "status": 1}],
    )


def test_rqda_gives_codes_places_and_what_was_deleted(rqda):
    made = read_database(rqda)
    assert made.codes == [Code("Asked", "Belief", "when asked")]
    first, unknown, outside = made.codings
    assert TEXT[first.start : first.end] == first.text == ASKED
    assert (first.coder, first.memo, first.group, first.problem) == ("ann", "!", "Belief", "")
    assert "codebook" in unknown.problem
    assert "outside" in outside.problem
    assert made.others == {
        "deleted source": 1,
        "deleted freecode": 1,
        "deleted coding": 1,
        "case": 1,
        "category of codes": 1,
    }
    assert [(memo.about, memo.text) for memo in made.memos] == [
        ("source", "long"),
        ("segment", "laughs"),
        ("project", "rain"),
    ]


@pytest.fixture
def requal(tmp_path):
    segment = {"user_id": 1, "doc_id": 1, "code_id": 1}
    return database(
        tmp_path / "a.requal",
        REQUAL,
        projects=[{"project_id": 1, "project_name": "x"}],
        users=[{"user_id": 1, "user_login": "ann", "user_name": "Ann"}],
        documents=[{"doc_id": 1, "user_id": 1, "doc_name": "P01", "doc_text": TEXT}],
        codes=[{"code_id": 1, "code_name": "Asked", "code_description": "when asked"}],
        categories=[{"category_id": 1, "category_name": "Belief"}],
        categories_codes_map=[{"category_id": 1, "code_id": 1}],
        segments=[
            segment
            | {"segment_id": 7, "segment_start": START + 1, "segment_end": START + len(ASKED), "segment_text": ASKED},
            segment | {"segment_id": 8, "segment_start": LATER, "segment_end": LATER + len(CAME), "segment_text": CAME},
        ],
        memos=[{"memo_id": 1, "user_id": 1, "text": "look"}, {"memo_id": 2, "user_id": 1, "text": "free"}],
        memos_segments_map=[{"memo_id": 1, "segment_id": 7}],
    )


def test_requal_counts_from_one_unless_the_words_say_that_rqda_counted(requal):
    made = read_database(requal)
    assert made.codes == [Code("Asked", "Belief", "when asked")]
    assert [(c.start, TEXT[c.start : c.end]) for c in made.codings] == [(START, ASKED), (LATER, CAME)]
    assert [(c.coder, c.memo) for c in made.codings] == [("Ann", "look"), ("Ann", "")]
    assert [memo.text for memo in made.memos] == ["free"]
    assert made.others == {"category of codes": 1}


def test_a_database_in_a_zip_archive_is_read_if_it_is_the_only_one(rqda, requal, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(requal, "study/a.requal")
        archive.writestr("study/readme.txt", "")
    assert len(read_database(tmp_path / "a.zip").codings) == 2
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        archive.write(rqda, "a.rqda")
    with pytest.raises(StudyError, match="contains 2 readable projects"):
        read_database(tmp_path / "a.zip")
