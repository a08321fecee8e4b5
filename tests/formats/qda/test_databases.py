"""Projects in the databases of Taguette and QualCoder: all they hold comes in."""

import sqlite3
import zipfile

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.qda.databases import read_database
from coproduction.formats.qda.project import Code, Memo
from qda_databases import qualcoder, taguette


def test_taguette_counts_bytes_and_its_highlights_have_several_tags(tmp_path):
    made = read_database(taguette(tmp_path / "t.sqlite3"))
    assert made.codes == [Code("asked, again", "", "when asked"), Code("unused")]
    assert made.memos == [Memo("project", "", "", "a study", "")]
    given = [(c.text.split(), c.code, c.coder) for c in made.codings]
    words = ["we", "were", "asked.", "And", "then", "we"]
    assert given == [(["P:"], "", ""), (words, "asked, again", "ann"), (words, "unused", "ann")]
    longest = made.codings[1]
    assert made.sources["4"].text[longest.start : longest.end].startswith("we were asked.")


def test_qualcoder_gives_coders_categories_memos_and_pictures(tmp_path):
    made = read_database(qualcoder(tmp_path / "data.qda"))
    assert made.codes == [Code("Coming", "Dimension / Theme", "to a meeting")]
    assert [(c.text, c.coder, c.problem) for c in made.codings] == [
        ("we came", "Ann", ""),
        ("we came", "Ben", ""),
        ("", "Ben", "the code was applied to an area of a picture, not to the words of a transcript"),
    ]
    assert made.memos == [
        Memo("source", "P01.txt", "", "long talk", "Ann"),
        Memo("code", "Coming", "", "to a meeting", "Ann"),
        Memo("case", "Town", "", "small", ""),
        Memo("project", "", "Day 1", "It rained", "Ben"),
        Memo("segment", "P01.txt", "", "laughs", "Ann", "character 3"),
    ]
    assert made.others == {"case": 2, "category of codes": 2}


@pytest.mark.parametrize("supercid", [3, 4])
def test_codes_below_codes_have_them_above_even_in_a_circle(tmp_path, supercid):
    path = qualcoder(tmp_path / "data.qda")
    with sqlite3.connect(path) as db:
        db.execute("alter table code_name add column supercid integer")
        db.execute("insert into code_name (cid, name, supercid) values (4, 'Again', ?)", [supercid])
    db.close()
    groups = {code.name: code.group for code in read_database(path).codes}
    assert groups["Again"] == ("Dimension / Theme / Coming" if supercid == 3 else "Again")


@pytest.mark.parametrize(
    ("content", "words"), [(b"no database", "cannot be read"), (b"", "not a project of Taguette, QualCoder, RQDA")]
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


@pytest.mark.parametrize("change", [lambda raw: raw[20:], lambda raw: raw.replace(b"PK\x01\x02", b"PK\x01\x03")])
def test_an_archive_that_is_cut_or_odd_is_named(tmp_path, change):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qda", "x" * 100)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(StudyError, match=r"a\.zip.*archive cannot be opened"):
        read_database(path)
