"""Text of documents in five formats, and files that cannot be read."""

import io
import os
import zipfile

import docx
import pytest
import typst
from coproduction.core.errors import StudyError
from coproduction.formats import documents
from coproduction.formats.docx import WORD


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return documents.read_pages(path, name)


def pdf(*pages):
    source = '#set page(paper: "a5")\n' + "\n#pagebreak()\n".join(pages)
    return typst.compile(source.encode())


def word(*, table=(), **_):
    document = docx.Document()
    document.add_paragraph("Before any heading.")
    document.add_heading("First part", 1)
    document.add_paragraph("A paragraph.")
    if table:
        made = document.add_table(rows=0, cols=2)
        for row in table:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    document.add_paragraph("After the table.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_pdf_page_by_page(tmp_path):
    pages = read(tmp_path, "a.pdf", pdf("First page.", "", "Third page."))
    assert [page.number for page in pages] == [1, 2, 3]
    assert [page.unit for page in pages] == ["page"] * 3
    assert pages[0].text.strip() == "First page."
    assert pages[1].text.strip() == ""


def test_docx_keeps_the_order_of_paragraphs_and_tables(tmp_path):
    pages = read(tmp_path, "a.docx", word(table=[("left", "right"), ("1", "2")]))
    assert [page.heading for page in pages] == ["", "First part"]
    assert pages[1].text.split("\n") == ["First part", "A paragraph.", "left | right.", "1 | 2.", "After the table."]


def edited(archive, **parts):
    """A Word file with some of its XML parts changed by a function of the part's text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            key = name.rsplit("/", 1)[-1].split(".")[0]
            new.writestr(name, parts[key](text.decode()) if key in parts else text)
    return out.getvalue()


def test_docx_takes_tracked_insertions_and_leaves_deletions_out(tmp_path):
    changed = edited(
        word(),
        document=lambda xml: xml.replace(
            "<w:r><w:t>A paragraph.</w:t></w:r>",
            "<w:r><w:t>A </w:t></w:r><w:ins><w:r><w:t>new </w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>old </w:delText></w:r></w:del><w:r><w:t>paragraph.</w:t></w:r>",
        ),
    )
    assert "A new paragraph." in read(tmp_path, "a.docx", changed)[1].text.split("\n")


def test_docx_footnotes_come_last(tmp_path):
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    kind = (
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    # in [Content_Types].xml and word/_rels/document.xml.rels, whose names share their stem
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode("utf-8", "replace")
            if name == "word/_rels/document.xml.rels":
                text = text.replace("</Relationships>", relation)
            if name == "[Content_Types].xml":
                text = text.replace("</Types>", kind)
            new.writestr(name, text if name.endswith((".xml", ".rels")) else old.read(name))
        space = WORD.strip("{}")
        new.writestr(
            "word/footnotes.xml",
            f'<w:footnotes xmlns:w="{space}"><w:footnote><w:p><w:r><w:t>See the law.</w:t></w:r>'
            "</w:p></w:footnote></w:footnotes>",
        )
    assert read(tmp_path, "a.docx", changed.getvalue())[-1].text.endswith("\nSee the law.")


def test_html_leaves_out_what_is_no_content(tmp_path):
    page = """<html><head><title>T</title><script>var open = 'data';</script></head><body>
    <nav>Open data</nav><main><h1>Head <em>line</em></h1><p>One
    sentence.<br>Next&nbsp;line.</p><p hidden>secret</p><!-- comment -->
    <ul><li>item</li></ul><table><tr><th>a</th><td>b</td></tr></table>
    <h2>Second</h2><div>Text</div></main><footer>Imprint</footer></body></html>"""
    pages = read(tmp_path, "a.html", page)
    assert [page.heading for page in pages] == ["Head line", "Second"]
    assert pages[0].text.split("\n") == ["Head line", "One sentence.", "Next line.", "item", "a | b."]
    assert pages[1].text == "Second\nText"


def test_html_in_its_declared_encoding(tmp_path):
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Bürger</p></body></html>'
    assert read(tmp_path, "a.htm", page.encode("latin-1"))[0].text == "Bürger"


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ("utf-8", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "utf-8-sig"),
        ("", "cp1252"),
        ("", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_a_page_that_states_another_encoding_than_it_has(tmp_path, stated, encoding):
    """Its letters with accents were lost without a word."""
    head = f'<head><meta charset="{stated}"></head>' if stated else ""
    page = f"<html>{head}<body><p>Größe – “Räte”</p></body></html>".encode(encoding)
    assert read(tmp_path, "a.html", page)[0].text == "Größe – “Räte”"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<article><p>One.</p></article><article><p>Two.</p></article>", "One.\nTwo."),  # the first alone was read
        ("<main></main><div><p>The law.</p></div>", "The law."),  # nothing was
        (
            "<form id='aspnetForm'><p>A whole page in a form.</p><select><option>A</option></select></form>",
            "A whole page in a form.",
        ),
        ("<main><p>Some words of a page.</p><form><p>Sign up</p></form></main>", "Some words of a page."),
        (
            "<p>Seen.</p><div style='display: none'>Opened.</div><div hidden='until-found'>Found.</div>",
            "Seen.\nOpened.\nFound.",
        ),
        ("<p>Seen.</p><div hidden>Unseen.</div><div aria-hidden='true'>Unseen.</div>", "Seen."),
        ("<main><p>Seen.</p></main><article><p>Beside.</p></article>", "Seen."),
    ],
)
def test_which_part_of_a_page_is_its_text(tmp_path, body, text):
    assert read(tmp_path, "a.html", f"<html><body>{body}</body></html>")[0].text == text


def open_text(body):
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return out.getvalue()


def test_open_document_text_by_section_with_tables_and_notes(tmp_path):
    note = "<text:note><text:note-body><text:p>See the law.</text:p></text:note-body></text:note>"
    cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in ("left", "right"))
    body = f"<text:p>Before.</text:p><text:h>First part</text:h><text:p>A{note} paragraph.</text:p>"
    body += f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    pages = read(tmp_path, "a.odt", open_text(body))
    assert [page.heading for page in pages] == ["", "First part"]
    assert pages[1].text.split("\n") == ["First part", "A paragraph.", "left | right.", "See the law."]


def test_rich_text_with_what_was_deleted_left_out(tmp_path):
    raw = rb"{\rtf1\ansi Some {\deleted old }words.{\footnote See the law.}\par Second.}"
    assert read(tmp_path, "a.rtf", raw)[0].text.split("\n") == ["Some words.", "Second.", "See the law."]


def book(locked=False):
    opf = (
        "<package><manifest><item id='n' href='nav.xhtml' properties='nav'/><item id='b' href='part%20two.xhtml'/>"
        "<item id='a' href='one.xhtml'/></manifest><spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/></spine></package>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container><rootfile full-path='OEBPS/content.opf'/></container>")
        archive.writestr("OEBPS/content.opf", opf)
        archive.writestr("OEBPS/nav.xhtml", "<html><body><p>Contents</p></body></html>")
        archive.writestr("OEBPS/part two.xhtml", "<html><body><h1>Two</h1><p>More.</p></body></html>")
        archive.writestr("OEBPS/one.xhtml", "<html><body><h1>One</h1><p>Größe.</p></body></html>")
        if locked:
            archive.writestr("META-INF/encryption.xml", "<encryption/>")
    return out.getvalue()


def test_the_chapters_of_a_book_in_their_order(tmp_path):
    pages = read(tmp_path, "a.epub", book())
    assert [(page.number, page.heading, page.text) for page in pages] == [
        (1, "One", "One\nGröße."),
        (2, "Two", "Two\nMore."),
    ]
    with pytest.raises(StudyError, match="the book is locked"):
        read(tmp_path, "a.epub", book(locked=True))


@pytest.mark.parametrize("charset", ["; charset=utf-8", ""])
def test_a_page_that_a_browser_saved_in_one_file(tmp_path, charset):
    raw = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
        f"Content-Type: text/html{charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><body><p>Gr=C3=B6=C3=9Fe</p></body></html>\r\n--B--\r\n"
    )
    assert read(tmp_path, "a.mhtml", raw)[0].text == "Größe"


def test_markdown_without_its_marks(tmp_path):
    text = "---\ntitle: x\n---\n# Head\n\nSome **bold**\ntext.\n\n- item\n\n| a | b |\n|---|---|\n| c | d |\n"
    pages = read(tmp_path, "a.md", text)
    assert [page.heading for page in pages] == ["Head"]
    assert pages[0].text.split("\n") == ["Head", "Some bold text.", "item", "a | b.", "c | d."]


def test_text_by_paragraph_or_by_form_feed(tmp_path):
    pages = read(tmp_path, "a.txt", "\ufeffOne\nline.\n\n \n\nTwo.\n")
    assert [(page.unit, page.text) for page in pages] == [("paragraph", "One\nline."), ("paragraph", "Two.")]
    assert [page.unit for page in read(tmp_path, "b.txt", "One.\fTwo.")] == ["page", "page"]


def test_text_in_other_encodings(tmp_path):
    text = "Die Bürgerinnen und Bürger können über die Straße und größere Vorhaben mitentscheiden. " * 5
    assert read(tmp_path, "a.txt", text.encode("cp1252"))[0].text == text
    assert read(tmp_path, "b.txt", text.encode("utf-16"))[0].text == text


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-1.7 and then nothing", "damaged"),
        ("a.pdf", "<html>an error page</html>", "the file holds HTML under the name of a .pdf file. Download it again"),
        ("a.docx", b"PK\x03\x04 cut", "not a readable Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0old word", "protected by a password or older than Word 2007"),
        ("a.doc", b"\xd0\xcf\x11\xe0old word", "'.doc' cannot be read"),
        ("a.txt", b"\x00\x01\x02\x00binary\x00", "not a text file"),
        ("a", b"text", "without extension"),
        ("a.docx", b"%PDF-1.7\n", "the file holds PDF under the name of a .docx file. Give it its own extension"),
        ("a.txt", b"{\\rtf1 Words}", "the file holds RTF under the name of a .txt file"),
        ("a.txt", "\ufeff<!DOCTYPE html><p>Words</p>", "the file holds HTML under the name of a .txt file"),
        ("a.odt", b"PK\x03\x04 cut", "not a readable ODT document"),
        ("a.rtf", b"no rich text", "not a readable RTF file"),
        ("a.epub", b"PK\x03\x04 cut", "not a readable EPUB"),
        ("a.mhtml", b"Subject: x\r\n\r\nno page", "holds no web page"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content, part):
    with pytest.raises(StudyError) as caught:
        read(tmp_path, name, content)
    assert str(caught.value).startswith(f"{name}: ")
    assert part in str(caught.value)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_document_that_breaks_off_is_named(tmp_path, share):
    whole = word()
    with pytest.raises(StudyError, match=r"^a\.docx: "):
        read(tmp_path, "a.docx", whole[: int(share * len(whole))])
    whole = pdf("Some text.")
    with pytest.raises(StudyError, match=r"^a\.pdf: "):
        read(tmp_path, "a.pdf", whole[: int(share * len(whole))])


def test_one_text_in_four_formats_reads_alike(shared_data):
    """The words of the real policy are the same, whatever the format."""
    words = {}
    for ending in ("pdf", "docx", "html", "md"):
        path = shared_data / "desk" / f"site_privacy_policy.{ending}"
        text = " ".join(page.text for page in documents.read_pages(path, path.name))
        words[ending] = {word.strip(".,:;()[]“”\"'’").lower() for word in text.split()}
    for ending in ("pdf", "docx", "html"):
        shared = len(words[ending] & words["md"]) / len(words[ending] | words["md"])
        assert shared > 0.9, (ending, sorted(words[ending] ^ words["md"])[:40])


ENGINE = """#!/bin/sh
test "$1 $2 $3 $4" = "stdin stdout -l deu+eng" || { echo "no such language" >&2; exit 1; }
head -c 2; cat > /dev/null; printf ' says\nthe engine\n\f'
"""


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """A stand-in for Tesseract, which answers with the first letters of the picture it gets."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "tesseract").write_text(ENGINE)
    (folder / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def scan(path):
    """A PDF of one page with a drawing and one that is empty."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for drawn in (True, False):
        page = document.new_page(200, 100)
        if drawn:
            square = pypdfium2.raw.FPDFPageObj_CreateNewRect(10, 10, 50, 50)
            pypdfium2.raw.FPDFPath_SetDrawMode(square, pypdfium2.raw.FPDF_FILLMODE_ALTERNATE, True)
            pypdfium2.raw.FPDFPage_InsertObject(page, square)
            page.gen_content()
    document.save(path)
    return path


def test_the_text_of_scanned_pages_is_recognised_where_an_engine_is(tmp_path, engine):
    read = documents.read_pages(scan(tmp_path / "scan.pdf"), "scan.pdf", "deu+eng")
    assert [(page.text, page.recognised) for page in read] == [("P5 says\nthe engine", True), ("", False)]


def test_scanned_pages_stay_without_text_otherwise(tmp_path, engine, monkeypatch, caplog):
    path = scan(tmp_path / "scan.pdf")
    assert {page.text for page in documents.read_pages(path, "scan.pdf")} == {""}
    assert {page.text for page in documents.read_pages(path, "scan.pdf", "nld")} == {""}
    assert "scan.pdf, page 1: its text could not be recognised: no such language" in caplog.text
    monkeypatch.setenv("PATH", str(tmp_path))
    assert {page.text for page in documents.read_pages(path, "scan.pdf", "deu+eng")} == {""}
