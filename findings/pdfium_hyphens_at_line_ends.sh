#!/bin/sh
# pypdfium2 5.15.2 (PDFium): a hyphen at the end of a line is not in the text, nor is the end of the line.
#
# Expected: "long-" above "term" comes out as "long-", a line break and "term", as pypdf has it, so that the two can be
# joined. Seen: PDFium joins the lines and puts a sign in place of the hyphen, one that nobody sees: U+FFFE, which
# Unicode says is no character, in get_text_range, and U+0002 in get_text_bounded. It is the same for a word's own hyphen
# and for one that only divides, for names and for addresses. So "long-term" is not found in a text that has it, and who
# removes signs that cannot be printed gets "longterm" and "anna.alderbirch@example.org".
# In this project the word is looked up in the rest of the document (formats/running_text.py).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 typst==0.15.2 pypdf==5.4.0
cd "$folder"
cat > page.typ <<'TYPST'
#set page(width: 12cm, height: 6cm)
We spoke of long-\
term care in rural munici-\
palities; write to anna.alder-\
birch\@example.org about well-known cases.
TYPST
"$folder/env/bin/python" - <<'PYTHON'
import sys
import typst
import pypdfium2
from pypdf import PdfReader

typst.compile("page.typ", output="page.pdf")
page = pypdfium2.PdfDocument("page.pdf")[0].get_textpage()
ranged, bounded = page.get_text_range(), page.get_text_bounded()
other = PdfReader("page.pdf").pages[0].extract_text()
for name, text in (("get_text_range", ranged), ("get_text_bounded", bounded), ("pypdf", other)):
    print(f"{name}: {text!r}")
words = ("long{}term", "munici{}palities", "alder{}birch@example.org")
same = all(w.format("\ufffe") in ranged and w.format("\x02") in bounded and w.format("-\n") in other for w in words)
sys.exit(0 if same and "well-known" in ranged and "well-known" in bounded else "the behaviour has changed")
PYTHON
