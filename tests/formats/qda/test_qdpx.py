"""Projects of QDA programs: read, written, refused."""

import io
import zipfile
from dataclasses import replace

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.qda.project import Code, Coding, Memo, Project, Source
from coproduction.formats.qda.qdpx import read_qdc, read_qdpx
from coproduction.formats.qda.writing import codebook_bytes, guid, project_bytes
from lxml import etree

A, B, C, D, E = (f"0000000{n}-0000-4000-8000-000000000000" for n in range(5))
TEXT = "One 🙂 two three."
QDE = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="x">
  <Users><User guid="{{{A}}}" name="Ann"/></Users>
  <CodeBook><Codes>
    <Code guid="{B}" name="Theme" isCodable="false">
      <Code guid="{C}" name="Number" isCodable="true"><Description>a digit</Description></Code>
    </Code>
  </Codes></CodeBook>
  <Sources>SOURCE</Sources>
  <Notes><Note guid="{E}"><PlainTextContent>look again</PlainTextContent></Note></Notes>
</Project>"""
SELECTION = f"""<PlainTextSelection guid="{D}" startPosition="6" endPosition="9" creatingUser="{A}">
<Coding guid="{E}"><CodeRef targetGUID="{{{C.upper()}}}"/><NoteRef targetGUID="{E}"/></Coding>
</PlainTextSelection>"""
INLINE = f"""<TextSource guid="{D}" name="P01"><PlainTextContent>{TEXT}</PlainTextContent>
{SELECTION}</TextSource>"""
BESIDE = f'<TextSource guid="{D}" name="P01" plainTextPath="PLACE">{SELECTION}</TextSource>'
TEXTS = {"P01": TEXT, "P02": "I: <&>"}
WANTED = [Coding(D, 6, 9, "two", "Number", "Ann", "look again", group="Theme")]


def archive(path, entries):
    with zipfile.ZipFile(path, "w") as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return path


def project(tmp_path, source, entries=()):
    entries = {"project.qde": QDE.replace("SOURCE", source)} | dict(entries)
    return read_qdpx(archive(tmp_path / "a.qdpx", entries))


def test_inline_text_is_read_with_its_codes_users_and_notes(tmp_path):
    made = project(tmp_path, INLINE)
    assert made.codings == WANTED
    assert made.codes == [Code("Number", "Theme", "a digit")]
    assert made.sources == {D: Source("P01", TEXT)}


@pytest.mark.parametrize(
    ("place", "entry"),
    [
        ("internal://a.txt", "Sources/a.txt"),
        ("internal://A.TXT", "sources/a.txt"),
        ("sources/a.txt", "sources/a.txt"),
        ("a.txt", "Sources/a.txt"),
        ("relative:///folder/a.txt", "a.txt"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_beside_the_project_are_found(tmp_path, place, entry, encoding):
    made = project(tmp_path, BESIDE.replace("PLACE", place), {entry: TEXT.encode(encoding)})
    assert made.codings == WANTED


def test_codes_of_whole_sources_and_of_other_media_are_counted(tmp_path):
    whole = f'<Coding guid="{E}" creatingUser="{A}"><CodeRef targetGUID="{C}"/></Coding>'
    text = f'<TextSource guid="{D}" name="P01"><PlainTextContent>x</PlainTextContent>{whole}'
    area = SELECTION.replace("PlainTextSelection", "PDFSelection")
    area = area.replace("startPosition", "firstX").replace("endPosition", "firstY")
    made = project(
        tmp_path,
        f'{text}</TextSource><PDFSource name="b">{area}</PDFSource>'
        f'<AudioSource name="c"><AudioSelection begin="1" end="2">{whole}</AudioSelection>'
        "</AudioSource>",
    )
    given = [(made.sources[c.source].name, c.problem, c.code, c.coder) for c in made.codings]
    assert given == [
        (name, f"the code was applied to {what}, not to the words of a transcript", "Number", "Ann")
        for name, what in (("P01", "the whole source"), ("b", "an area of a page"), ("c", "a part of a recording"))
    ]


def test_text_of_a_pdf_and_of_a_recording_is_text(tmp_path):
    pdf = f"<Representation><PlainTextContent>{TEXT}</PlainTextContent>{SELECTION}"
    points = "".join(
        f'<SyncPoint guid="{n:08d}-0000-4000-8000-000000000000" position="{place}"/>' for n, place in ((7, 6), (8, 9))
    )
    part = SELECTION.replace("PlainTextSelection", "TranscriptSelection").replace(
        'startPosition="6" endPosition="9"',
        'fromSyncPoint="{00000007-0000-4000-8000-000000000000}" toSyncPoint="00000008-0000-4000-8000-000000000000"',
    )
    lost = part.replace("00000007", "00000009")
    made = project(
        tmp_path,
        f'<PDFSource name="P01">{pdf}</Representation></PDFSource><VideoSource name="P02.mp4">'
        f'<Transcript name="Said" plainTextPath="internal://a.txt">{points}{part}{lost}'
        "</Transcript></VideoSource>",
        {"Sources/a.txt": TEXT},
    )
    memo = ["look again"] * 3
    sources = [made.sources[coding.source] for coding in made.codings]
    assert [(source.name, source.within) for source in sources] == [
        ("P01", ""),
        ("Said", "P02.mp4"),
        ("Said", "P02.mp4"),
    ]
    given = [(c.start, c.text, bool(c.problem)) for c in made.codings]
    assert given == [(6, "two", False), (6, "two", False), (0, "", True)]
    assert "a part of a recording without a place in its text" in made.codings[2].problem
    assert [c.memo for c in made.codings] == memo


def test_nothing_else_of_a_project_is_lost(tmp_path):
    more = QDE.replace("SOURCE", INLINE).replace(
        "</Notes>",
        f'<Note guid="{A}" name="Thoughts" creatingUser="{A}">'
        "<PlainTextContent>begin here</PlainTextContent></Note></Notes>"
        '<Links><Link guid="x"/></Links>',
    )
    more = more.replace("<Sources>", '<Cases><Case name="c"/><Case name="d"/></Cases><Sources>')
    more = more.replace("a digit</Description>", f'a digit</Description><NoteRef targetGUID="{E}"/>')
    made = read_qdpx(archive(tmp_path / "a.qdpx", {"project.qde": more}))
    assert made.memos == [
        Memo("code", "Number", "", "look again", ""),
        Memo("segment", "", "", "look again", ""),
        Memo("project", "", "Thoughts", "begin here", "Ann"),
    ]
    assert made.others == {"case": 2, "link": 1, "heading code": 1}


def test_a_coding_with_a_code_that_is_marked_as_not_codable_is_read(tmp_path):
    made = project(tmp_path, INLINE.replace(C.upper(), B))
    assert [coding.code for coding in made.codings] == ["Theme"]
    assert [code.name for code in made.codes] == ["Theme", "Number"]


def test_positions_of_a_program_that_counts_windows_line_ends_once(tmp_path):
    text = "I: Well?\r\nP: One 🙂 two three.\r\nP: And four."
    place = text.replace("\r\n", "\n").index("And")
    source = BESIDE.replace("PLACE", "a.txt").replace('"6"', f'"{place}"')
    qde = QDE.replace("SOURCE", source.replace('"9"', f'"{place + 8}"'))
    qde = qde.replace('name="x"', 'name="x" origin="ATLAS.ti for Windows 23"')
    made = read_qdpx(archive(tmp_path / "a.qdpx", {"project.qde": qde, "a.txt": text.encode()}))
    assert [coding.text for coding in made.codings] == ["And four"]
    assert len(made.remarks) == 1


def small(path):
    codes = [Code("Number", "Theme", "a digit"), Code("Other"), Code("Third", "Theme / Below")]
    given = [replace(coding, source="P01") for coding in WANTED]
    path.write_bytes(project_bytes("x", TEXTS, codes, given))
    return codes


def test_what_is_written_is_read_again_and_always_the_same_bytes(tmp_path):
    codes = small(tmp_path / "a.qdpx")
    assert read_qdpx(tmp_path / "a.qdpx") == Project(
        sorted(codes, key=lambda code: (code.group == "", code.group)),
        {guid("source", name): Source(name, text) for name, text in TEXTS.items()},
        [replace(WANTED[0], source=guid("source", "P01"))],
        others={"heading code": 2},
    )
    small(tmp_path / "b.qdpx")
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()


def test_what_is_written_is_valid_by_the_standard(tmp_path, shared_data):
    form = etree.XMLSchema(etree.parse(shared_data / "refi-qda" / "Project.xsd"))
    small(tmp_path / "a.qdpx")
    (tmp_path / "empty.qdpx").write_bytes(project_bytes("x", {}, []))
    for name in ("a.qdpx", "empty.qdpx"):
        with zipfile.ZipFile(tmp_path / name) as made:
            form.assertValid(etree.parse(io.BytesIO(made.read("project.qde"))))


def test_projects_of_other_programs_are_read(shared_data):
    folder = shared_data / "refi-qda"
    demo = read_qdpx(folder / "sample_qualitative_coding_demo.qdpx")
    with zipfile.ZipFile(folder / "sample_qualitative_coding_demo.qdpx") as archive:
        root = etree.fromstring(archive.read("project.qde"))
    assert len(demo.codings) == sum(1 for _ in root.iter("{*}Coding")) > 100
    assert len(demo.sources) == 2
    assert {coding.coder for coding in demo.codings} == {"cp"}
    assert all(coding.text.strip() for coding in demo.codings)
    atlas = read_qdpx(folder / "sample_atlasti_target.qdpx")
    assert [code.group for code in atlas.codes] == ["", "Commits", "Commits"]
    assert atlas.codings == []


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (None, "not a readable REFI-QDA project"),
        ({"a.txt": "x"}, "contains no project"),
        ({"project.qde": ""}, "broken XML"),
        ({"project.qde": QDE[:400]}, "broken XML"),
        ({"project.qde": "<CodeBook/>"}, "not a project but <CodeBook>"),
        ({"a.qde": QDE, "b.qde": QDE}, "contains 2 projects [(]a.qde, b.qde[)], not one"),
    ],
)
def test_bad_projects_are_named(tmp_path, entries, words):
    path = tmp_path / "a.qdpx"
    if entries is None:
        path.write_bytes(b"not a zip")
    else:
        archive(path, entries)
    with pytest.raises(StudyError, match=words) as caught:
        read_qdpx(path)
    assert str(path) in str(caught.value)


def test_a_truncated_archive_is_named(tmp_path):
    small(tmp_path / "a.qdpx")
    whole = (tmp_path / "a.qdpx").read_bytes()
    (tmp_path / "b.qdpx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StudyError, match=r"b\.qdpx: this is not a readable"):
        read_qdpx(tmp_path / "b.qdpx")


def test_entities_are_not_resolved(tmp_path):
    bomb = '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    qde = QDE.replace("?>", f"?>{bomb}", 1).replace("SOURCE", INLINE.replace(TEXT, TEXT + "&a;"))
    made = read_qdpx(archive(tmp_path / "a.qdpx", {"project.qde": qde}))
    assert made.sources[D].text.strip() == TEXT


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (BESIDE, "PLACE is not in the archive"),
        (BESIDE.replace("PLACE", "a.txt"), "not UTF-8"),
        (BESIDE.replace(' plainTextPath="PLACE"', ""), "no plain text"),
        (INLINE.replace('"9"', '"99"'), "6 to 99"),
        (INLINE.replace('"9"', '"x"'), "outside the project's text of 16 characters"),
        (INLINE.replace(C.upper(), D), "not in the codebook"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path, source, words):
    good = INLINE.replace(D, A).replace('"P01"', '"P02"')
    made = project(tmp_path, source + good, {"a.txt": b"caf\xe9"})
    bad, kept = made.codings
    assert words in bad.problem
    assert (kept.text, kept.problem, made.sources[kept.source].name) == ("two", "", "P02")


def test_comments_on_words_without_a_code_are_kept_with_their_words(tmp_path):
    bare = SELECTION.split("<Coding", maxsplit=1)[0] + "<Description>ask again</Description>"
    noted = bare.replace("<Description>ask again</Description>", f'<NoteRef targetGUID="{E}"/>')
    empty = SELECTION.split("<Coding", maxsplit=1)[0]
    ends = "</PlainTextSelection>"
    source = INLINE.replace(SELECTION, bare + ends + noted + ends + empty + ends)
    made = project(tmp_path, source)
    assert made.codings == []
    assert made.memos == [
        Memo("segment", "P01", "", "ask again", "Ann", "characters 6–9", "two"),
        Memo("segment", "P01", "", "look again", "Ann", "characters 6–9", "two"),
    ]
    assert made.others["selection without code or comment"] == 1


def test_two_sources_of_one_name_stay_two(tmp_path):
    other = INLINE.replace(D, B).replace(TEXT, "Nothing like it at all.")
    made = project(tmp_path, INLINE + other)
    assert [source.text for source in made.sources.values()] == [TEXT, "Nothing like it at all."]
    assert [coding.text for coding in made.codings] == ["two", "g l"]


def test_codes_given_to_cases_are_counted(tmp_path):
    qde = QDE.replace("SOURCE", INLINE).replace(
        "<Sources>", f'<Cases><Case name="c"><CodeRef targetGUID="{C}"/></Case></Cases><Sources>'
    )
    made = read_qdpx(archive(tmp_path / "a.qdpx", {"project.qde": qde}))
    assert made.others == {"case": 1, "code of a case": 1, "heading code": 1}


def test_a_codebook_is_written_read_and_valid(tmp_path, shared_data):
    codes = [Code("Number", "Theme", "a digit"), Code("Other"), Code("Third", "Theme / Below")]
    path = tmp_path / "codes.qdc"
    path.write_bytes(codebook_bytes(codes))
    read = read_qdc(path)
    assert {*read.codes} == {*codes}
    assert read.others == {"heading code": 2}
    schema = etree.XMLSchema(file=str(shared_data / "refi-qda" / "Codebook.xsd"))
    assert schema.validate(etree.parse(str(path))), schema.error_log


@pytest.mark.parametrize(("content", "words"), [("<a", "broken XML"), ("<Project/>", "<Project>")])
def test_what_is_no_codebook_is_named(tmp_path, content, words):
    (tmp_path / "a.qdc").write_text(content)
    with pytest.raises(StudyError, match=words):
        read_qdc(tmp_path / "a.qdc")


def test_what_macos_packs_beside_a_project_is_none(tmp_path):
    archive(tmp_path / "a.qdpx", {"__MACOSX/._project.qde": "\x00\x05", "project.qde": QDE})
    archive(tmp_path / "b.qdpx", {"project.qde": QDE})
    assert read_qdpx(tmp_path / "a.qdpx") == read_qdpx(tmp_path / "b.qdpx")
