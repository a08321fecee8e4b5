#!/bin/sh
# typst 0.15.2: of all labels in a document only those of headings become named destinations of the PDF;
# labels of figures, tables and paragraphs can be linked to from within the PDF, not from outside.
#
# A link such as report.pdf#fig-model opens the first page, although <fig-model> is a label that the document's
# own links reach, while report.pdf#sec-model opens the section. The pages that the workflow writes beside the
# PDFs therefore link to sections, and the checker of links asks for no more of a PDF.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pypdf==5.4.0
cd "$folder"
cat > a.typ <<'TYPST'
= A section <sec-model>
See #link(<fig-model>)[the figure], #link(<tbl-rows>)[the table] and #link(<here>)[a paragraph].
#figure(rect(width: 3cm), caption: [A figure]) <fig-model>
#figure(table(columns: 2)[a][b], caption: [A table]) <tbl-rows>
A paragraph. <here>
TYPST
"$folder/env/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import typst
from pypdf import PdfReader

typst.compile("a.typ", output="a.pdf")
paper = PdfReader("a.pdf")
links = sum(len(page.get("/Annots", [])) for page in paper.pages)
names = sorted(paper.named_destinations)
print("typst", version("typst"), "links within:", links, "named destinations:", names)
sys.exit(0 if links == 3 and names == ["sec-model"] else "the behaviour has changed")
PYTHON
