#!/bin/sh
# docx2txt 0.9: what stands in a text box of a Word document is said twice; python-docx 1.2.0 does not have it at all.
#
# Word writes a text box in two forms, one for programs of today and one for older ones, of which a reader takes one
# (mc:AlternateContent, ISO/IEC 29500-3). Expected: the words once. Seen: docx2txt takes every word of the file,
# so that a remark in the margin of a transcript is counted twice, and python-docx sees an empty paragraph.
# In this project the form that is shown is kept before the document is read (formats/docx.py).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check docx2txt==0.9 python-docx==1.2.0
"$folder/env/bin/python" - "$folder" <<'PYTHON'
import sys

import docx
import docx2txt
from docx.oxml import parse_xml

SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
WORDS = "<w:txbxContent><w:p><w:r><w:t>Trust is what counts.</w:t></w:r></w:p></w:txbxContent>"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
BOX = f"""<w:p {SPACES}><w:r><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="1800000" cy="600000"/><wp:docPr id="1" name="Box 1"/>
<a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>
<wps:txbx>{WORDS}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape style="width:140pt;height:47pt"><v:textbox>{WORDS}</v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""

path = sys.argv[1] + "/transcript.docx"
document = docx.Document()
last = document.add_paragraph("I: What counts for you?")
last._p.addnext(parse_xml(BOX))
document.save(path)
times = docx2txt.process(path).count("Trust is what counts.")
paragraphs = [paragraph.text for paragraph in docx.Document(path).paragraphs]
print(f"docx2txt has the words of the box {times} times, python-docx has {paragraphs}")
sys.exit(0 if times == 2 and paragraphs == ["I: What counts for you?", ""] else "the behaviour has changed")
PYTHON
