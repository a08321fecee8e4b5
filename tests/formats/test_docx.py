"""Word files as a reader sees them: forms, moved and hidden text, notes."""

import io
import zipfile

import docx as python_docx
import pytest
from coproduction.core.errors import StudyError
from coproduction.formats import docx

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word(inner: str, **notes: str) -> bytes:
    """A Word file with `inner` as its body; `footnotes` and `endnotes` as parts of their own."""
    out, plain = io.BytesIO(), io.BytesIO()
    python_docx.Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                text = f'<w:document xmlns:w="{SPACE}"><w:body>{inner}</w:body></w:document>'
            elif name == "word/_rels/document.xml.rels":
                added = "".join(
                    f'<Relationship Id="n{kind}" Type="{RELATION}/{kind}" Target="{kind}.xml"/>' for kind in notes
                )
                text = text.decode().replace("</Relationships>", f"{added}</Relationships>")
            elif name == "[Content_Types].xml":
                added = "".join(
                    f'<Override PartName="/word/{kind}.xml" ContentType="{TYPE}.{kind}+xml"/>' for kind in notes
                )
                text = text.decode().replace("</Types>", f"{added}</Types>")
            new.writestr(name, text)
        for kind, content in notes.items():
            new.writestr(f"word/{kind}.xml", f'<w:{kind} xmlns:w="{SPACE}">{content}</w:{kind}>')
    return out.getvalue()


def lines(raw: bytes) -> list[str]:
    document = docx.open_word(raw, "form.docx")
    found = []
    for block in docx.blocks(document):
        if isinstance(block, docx.Table):
            found += [" | ".join(docx.cells(row)) for row in block.rows]
        else:
            found.append(docx.words(block._p))
    return found


def run(text: str, more: str = "") -> str:
    return f'<w:r>{more}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def cell(inner: str) -> str:
    return f"<w:tc>{inner}</w:tc>"


PLACEHOLDER = "<w:showingPlcHdr/>"


def test_answers_in_content_controls_are_read_wherever_they_are():
    answer = paragraph(run("An answer."))
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
        f"<w:tr>{cell(paragraph(run('Question')))}{control(cell(answer))}</w:tr>"
        + control(f"<w:tr>{cell(answer)}{cell(paragraph(run('b')))}</w:tr>")
        + "</w:tbl>"
    )
    inner = (
        paragraph(run("Name: ") + control(run("written")))
        + control(answer + control(paragraph(run("Nested."))))
        + table
    )
    assert lines(word(inner)) == ["Name: written", "An answer.", "Nested.", "Question | An answer.", "An answer. | b"]


def test_a_placeholder_is_no_answer():
    inner = paragraph(run("Role: ") + control(run("Click here to enter text."), PLACEHOLDER))
    off = paragraph(control(run("kept"), '<w:showingPlcHdr w:val="false"/>'))
    assert lines(word(inner + off)) == ["Role: ", "kept"]


def test_an_answer_beside_a_mark_for_placeholders_that_stayed():
    asked = run("Click here.", '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>')
    inner = paragraph(control(asked, PLACEHOLDER)) + paragraph(control(asked + run("I do."), PLACEHOLDER))
    assert lines(word(inner)) == ["", "I do."]


W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


@pytest.mark.parametrize(
    ("state", "shown"), [("1", "\u2612"), ("0", "\u2610"), ("true", "\u2612"), ("false", "\u2610")]
)
@pytest.mark.parametrize("sign", ['<w:sym w:font="Wingdings" w:char="F0FC"/>', "<w:t>\u2714</w:t>", "<w:t>x</w:t>"])
def test_a_check_box_says_its_state_whatever_its_sign(state, shown, sign):
    box = f'<w14:checkbox {W14}><w14:checked w14:val="{state}"/></w14:checkbox>'
    inner = paragraph(run("Yes ") + control(f"<w:r>{sign}</w:r>", box) + run(" agree"))
    assert lines(word(inner)) == [f"Yes {shown} agree"]


def test_a_picked_date_without_words_is_told():
    picked = '<w:date w:fullDate="2024-05-01T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/></w:date>'
    inner = paragraph(control(run(""), picked)) + paragraph(control(run("1 May 2024"), picked))
    none = paragraph(control(run("Click to enter a date."), PLACEHOLDER + picked))
    assert lines(word(inner + none)) == ["2024-05-01", "1 May 2024", ""]


def test_what_is_chosen_of_a_list_and_controls_that_repeat():
    chosen = '<w:dropDownList><w:listItem w:displayText="often" w:value="3"/></w:dropDownList>'
    part = control(paragraph(run("Task: ") + control(run("often"), chosen)))
    assert lines(word(control(part + part + control(paragraph(run("Choose an item.")), PLACEHOLDER)))) == [
        "Task: often",
        "Task: often",
        "",
    ]


def test_a_cell_over_several_rows_comes_once_where_asked():
    def over(value, text):
        return f"<w:tc><w:tcPr><w:vMerge{value}/></w:tcPr>{paragraph(run(text) if text else '')}</w:tc>"

    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
        f"<w:tr>{over(' w:val=&quot;restart&quot;'.replace('&quot;', chr(34)), 'Trust')}{cell(paragraph(run('a')))}</w:tr>"
        f"<w:tr>{over('', '')}{cell(paragraph(run('b')))}</w:tr></w:tbl>"
    )
    (block,) = docx.blocks(docx.open_word(word(table), "a.docx"))
    assert [docx.cells(row) for row in block.rows] == [["Trust", "a"], ["Trust", "b"]]
    assert [docx.cells(row, once=True) for row in block.rows] == [["Trust", "a"], ["b"]]


def test_the_words_of_a_diagram_are_a_section_of_their_own():
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    shapes = "".join(f'<a:p xmlns:a="{space}"><a:r><a:t>{words}</a:t></a:r></a:p>' for words in ("Plan", "", "Do"))
    raw = word(
        paragraph(run("Text.")), diagramData=shapes, footnotes=f"<w:footnote>{paragraph(run('N.'))}</w:footnote>"
    )
    from coproduction.formats.documents import _docx

    assert [(page.heading, page.text) for page in _docx(raw, "a.docx")] == [
        ("", "Text.\nN."),
        ("Diagrams", "Diagrams\nPlan\nDo"),
    ]


def test_columns_set_apart_by_an_aligned_tab_stay_apart():
    inner = paragraph(run("Left") + '<w:r><w:ptab w:alignment="right"/></w:r>' + run("right"))
    assert lines(word(inner)) == ["Left\tright"]


def test_a_word_file_that_is_locked_says_so():
    with pytest.raises(StudyError, match="protected by a password"):
        docx.open_word(docx.LOCKED + b"\0" * 600, "form.docx")


MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def box(choice: str, fallback: str) -> str:
    own, spare = (f"<w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict>" for inner in (choice, fallback))
    return paragraph(
        f'<w:r><m:AlternateContent xmlns:m="{MARKUP}"><m:Choice Requires="wps">{own}</m:Choice>'
        f"<m:Fallback>{spare}</m:Fallback></m:AlternateContent></w:r>"
    )


def test_a_text_box_comes_once_in_whichever_form_has_the_words():
    words = paragraph(run("In a box."))
    assert [line.strip() for line in lines(word(box(words, words)))] == ["In a box."]
    assert [line.strip() for line in lines(word(box("", words)))] == ["In a box."]


def test_words_of_a_formula():
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<o:oMath xmlns:o="{space}"><o:r><o:t>a+b</o:t></o:r></o:oMath>'
    assert lines(word(paragraph(run("Sum ") + formula))) == ["Sum a+b"]


def test_comments_without_their_authors():
    said = f'<w:comment w:id="0" w:author="R. Reader">{paragraph(run("I see it otherwise."))}</w:comment>'
    raw = word(paragraph(run("Text.")), comments=said)
    assert docx.comments(docx.open_word(raw, "a.docx")) == ["I see it otherwise."]
    from coproduction.formats.documents import _docx

    assert [(page.heading, page.text) for page in _docx(raw, "a.docx")] == [
        ("", "Text."),
        ("Comments", "Comments\nI see it otherwise."),
    ]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "\u2612"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "\u2612"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "\u2610"),
        ("<w:checkBox/>", "\u2610"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList>', "yes"),
        ('<w:ddList><w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList>', "no"),
        ('<w:ddList><w:result w:val="7"/></w:ddList>', ""),
        ("<w:textInput/>", ""),
    ],
)
def test_fields_of_older_forms(field, shown):
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{field}</w:ffData></w:fldChar></w:r>'
    code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    assert lines(word(paragraph(begin + code + run(" agree")))) == [f"{shown} agree"]


def test_boxes_of_symbol_fonts():
    boxes = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    assert lines(word(paragraph(boxes + run(" yes")))) == ["\u2612 yes"]


def test_moved_text_comes_once_and_where_it_went():
    away = f'<w:moveFrom w:id="1">{run("Moved.")}</w:moveFrom>'
    there = f'<w:moveTo w:id="2">{run("Moved.")}</w:moveTo>'
    inner = paragraph(away + run("Stays.")) + paragraph(there)
    assert lines(word(inner)) == ["Stays.", "Moved."]


def test_hidden_text_and_a_table_of_contents_are_left_out():
    hidden = run("hidden ", "<w:rPr><w:vanish/></w:rPr>")
    shown = run("shown", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inner = control(paragraph(run("Chapter 1 ... 7")), gallery) + paragraph(hidden + shown)
    assert lines(word(inner)) == ["shown"]


def test_tags_around_text_are_opened():
    inner = "<w:customXml><w:customXmlPr/>" + paragraph(run("Inside.")) + "</w:customXml>"
    assert lines(word(inner)) == ["Inside."]


def test_footnotes_then_endnotes():
    note = paragraph(run("See the law."))
    moved = paragraph(f"<w:moveFrom>{run('old')}</w:moveFrom>" + run("At the end."))
    raw = word(
        paragraph(run("Text.")),
        endnotes=f'<w:endnote w:type="separator">{paragraph("")}</w:endnote><w:endnote>{moved}</w:endnote>',
        footnotes=f"<w:footnote>{note}</w:footnote>",
    )
    assert docx.notes(docx.open_word(raw, "a.docx")) == ["See the law.", "At the end."]


def test_a_file_within_the_file_is_refused():
    with pytest.raises(StudyError, match="merges only when it opens") as caught:
        docx.open_word(word(paragraph("") + '<w:altChunk r:id="x" xmlns:r="r"/>'), "a.docx")
    assert str(caught.value).startswith("a.docx: ")
