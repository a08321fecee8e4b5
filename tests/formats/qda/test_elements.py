"""Every element of a project or table is used, listed with its number, or handed on with its problem."""

import sqlite3
import zipfile
from collections import Counter

import pytest
from coproduction.core.people_tables import read_people_rows
from coproduction.formats.qda.databases import read_database
from coproduction.formats.qda.program_tables import known_columns, rows_of
from coproduction.formats.qda.qdpx import read_qdpx
from lxml import etree
from qda_databases import qualcoder, taguette


def key(number):
    return f"{number:08x}-0000-4000-8000-000000000000"


USER, OTHER, THEME, CODE, TWIN, WORDS, AREA, SOUND, NOTE, CASE, VARIABLE = map(key, range(1, 12))
PROJECT = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="x">
  <Users><User guid="{USER}" name="Ann"/><User guid="{OTHER}" name="Ben"/></Users>
  <CodeBook><Codes>
    <Code guid="{THEME}" name="Theme" isCodable="false">
      <Code guid="{CODE}" name="Time" isCodable="true"/><Code guid="{TWIN}" name="Money" isCodable="true"/>
    </Code>
  </Codes></CodeBook>
  <Variables><Variable guid="{VARIABLE}" name="role" typeOfVariable="Text"/></Variables>
  <Cases><Case guid="{CASE}" name="Town">
    <CodeRef targetGUID="{CODE}"/>
    <VariableValue><VariableRef targetGUID="{VARIABLE}"/><TextValue>mayor</TextValue></VariableValue>
    <SourceRef targetGUID="{WORDS}"/>
  </Case></Cases>
  <Sources>
    <TextSource guid="{WORDS}" name="P01"><PlainTextContent>We came and stayed.</PlainTextContent>
      <PlainTextSelection guid="{key(30)}" startPosition="0" endPosition="7" modifyingUser="{OTHER}">
        <Coding guid="{key(31)}"><CodeRef targetGUID="{CODE}"/></Coding>
        <Coding guid="{key(32)}" creatingUser="{USER}" modifyingUser="{OTHER}">
          <CodeRef targetGUID="{TWIN}"/></Coding>
      </PlainTextSelection>
      <PlainTextSelection guid="{key(33)}" startPosition="3" endPosition="7">
        <Description>only said</Description></PlainTextSelection>
      <PlainTextSelection guid="{key(34)}" startPosition="3" endPosition="900">
        <Coding guid="{key(35)}"><CodeRef targetGUID="{CODE}"/></Coding></PlainTextSelection>
      <PlainTextSelection guid="{key(36)}" startPosition="3" endPosition="7"/>
      <Coding guid="{key(37)}"><CodeRef targetGUID="{key(99)}"/></Coding>
      <VariableValue><VariableRef targetGUID="{VARIABLE}"/><TextValue>long</TextValue></VariableValue>
    </TextSource>
    <PDFSource guid="{AREA}" name="Plan">
      <PDFSelection guid="{key(40)}" page="1" firstX="1" firstY="1" secondX="9" secondY="9">
        <Coding guid="{key(41)}"><CodeRef targetGUID="{CODE}"/></Coding></PDFSelection>
      <PDFSelection guid="{key(42)}" page="2" firstX="1" firstY="1" secondX="9" secondY="9"/>
    </PDFSource>
    <AudioSource guid="{SOUND}" name="Talk">
      <AudioSelection guid="{key(43)}" begin="1" end="9">
        <Coding guid="{key(44)}"><CodeRef targetGUID="{TWIN}"/></Coding></AudioSelection>
      <AudioSelection guid="{key(45)}" begin="2" end="3"><Description>laughs</Description></AudioSelection>
    </AudioSource>
    <PictureSource guid="{key(46)}" name="Map">
      <PictureSelection guid="{key(47)}" firstX="1" firstY="1" secondX="9" secondY="9"/></PictureSource>
  </Sources>
  <Notes>
    <Note guid="{NOTE}" name="Day"><PlainTextContent>rain</PlainTextContent></Note>
    <Note guid="{key(50)}" name="Empty"/>
  </Notes>
  <Links><Link guid="{key(51)}" name="leads to" originGUID="{CODE}" targetGUID="{TWIN}"/></Links>
  <Sets><Set guid="{key(52)}" name="Towns"><MemberCode targetGUID="{CODE}"/>
    <MemberSource targetGUID="{WORDS}"/><MemberNote targetGUID="{NOTE}"/></Set></Sets>
  <Graphs><Graph guid="{key(53)}" name="map"><Vertex guid="{key(54)}" firstX="1" firstY="1"/></Graph></Graphs>
</Project>"""
IN_OTHERS = {
    "Case": "case",
    "Set": "set",
    "Link": "link",
    "Graph": "graph",
    "Variable": "variable",
    "VariableValue": "value of a variable",
    "MemberCode": "code in a set",
    "MemberSource": "source in a set",
    "MemberNote": "note in a set",
}


def test_every_element_of_a_project_is_counted(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.qdpx", "w") as archive:
        archive.writestr("project.qde", PROJECT)
    made = read_qdpx(tmp_path / "a.qdpx")
    root = etree.fromstring(PROJECT)
    names = Counter(etree.QName(element).localname for element in root.iter(tag=etree.Element))
    assert len(made.codings) == names["Coding"] == 6
    assert sum(bool(coding.problem) for coding in made.codings) == 4
    assert len(made.codes) + made.others["heading code"] == names["Code"]
    assert len(made.sources) == len(root.find("{*}Sources"))
    about_words = [memo for memo in made.memos if memo.about == "segment"]
    uncoded = [
        element
        for element in root.iter(tag=etree.Element)
        if etree.QName(element).localname.endswith("Selection") and element.find("{*}Coding") is None
    ]
    assert len(about_words) + made.others["selection without code or comment"] == len(uncoded) == 5
    assert len(made.memos) - len(about_words) == names["Note"]
    for name, kind in IN_OTHERS.items():
        assert made.others[kind] == names[name], name
    references = Counter(
        etree.QName(above).localname
        for above in (element.getparent() for element in root.iter("{*}CodeRef", "{*}SourceRef"))
    )
    assert made.others["code of a case"] + made.others["source of a case"] == references["Case"]


def test_who_changed_a_coding_is_its_coder_only_where_nobody_made_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.qdpx", "w") as archive:
        archive.writestr("project.qde", PROJECT)
    made = read_qdpx(tmp_path / "a.qdpx")
    assert [coding.coder for coding in made.codings[:2]] == ["Ben", "Ann"]
    assert made.remarks == ["1 codings were later changed by somebody other than their coder"]


@pytest.mark.parametrize("make", [taguette, qualcoder])
def test_every_row_of_a_database_is_counted(tmp_path, make):
    made = read_database(make(tmp_path / "a.db"))
    with sqlite3.connect(tmp_path / "a.db") as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master")]
        n = {name: db.execute(f"select count(*) from {name}").fetchone()[0] for name in tables}
    if make is taguette:
        assert len(made.sources) == n["documents"]
        assert len(made.codes) == n["tags"]
        assert len(made.codings) == n["highlight_tags"] + 1  # and a highlight without a tag
        assert len(made.memos) == 1
    else:
        assert len(made.sources) == n["source"]
        assert len(made.codes) == n["code_name"]
        assert len(made.codings) == n["code_text"] + n["code_image"] + n["code_av"]
        kinds = {"case": "cases", "category of codes": "code_cat"}
        assert made.others == {kind: n[table] for kind, table in kinds.items()}
        assert Counter(memo.about for memo in made.memos) == {
            "source": 1,
            "code": 1,
            "case": 1,
            "project": n["journal"],
            "segment": n["annotation"],
        }
    db.close()


TABLES = {
    "maxqda.csv": "Document name,Code,Segment\nP01,A\\B,we came\nP01,,we went\nP01,C,\n",
    "atlas.csv": 'Document,Quotation Content,Codes\nP01,we came,"A\nB"\nP01,we went,\n',
    "dedoose.csv": 'Media Title,Excerpt Copy,Codes Applied Combined\nP01,we came,"A, B"\nP01,,A\n',
    "taguette.csv": "id,document,tag,content\n1,P01,a,we came\n2,P01,,we went\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_and_code_of_a_table_is_counted(tmp_path, name):
    path = tmp_path / name
    path.write_text(TABLES[name], encoding="utf-8")
    rows, lines = read_people_rows(path)
    made = rows_of(rows, lines, known_columns(rows[0]), name)
    assert {row["row"] for row in made} == set(lines[1:])
    codes = {"maxqda.csv": 3, "atlas.csv": 3, "dedoose.csv": 3, "taguette.csv": 2}[name]
    assert len(made) == codes
    assert sum(bool(row["refused"]) for row in made) == (2 if name == "maxqda.csv" else 1)


def test_two_codes_of_one_guid_are_both_listed_and_neither_is_given(tmp_path):
    path = tmp_path / "a.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", PROJECT.replace(f'guid="{TWIN}"', f'guid="{CODE}"'))
    project = read_qdpx(path)
    assert [code.name for code in project.codes] == ["Time", "Money"]
    problems = Counter(coding.problem for coding in project.codings)
    assert problems["two codes of the project have the GUID of its code"] >= 1
    assert "Time" not in {coding.code for coding in project.codings}
