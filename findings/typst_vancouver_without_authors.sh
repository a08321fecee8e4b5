#!/bin/sh
# typst 0.15.2: bibliographies in the built-in styles vancouver, vancouver-superscript and nlm-citation-sequence are
# printed without their authors, and nothing is said.
#
# Expected: the style of medical journals begins each reference with its authors, as Typst 0.14.9 prints it from the same
# file, and as 0.15.2 itself prints the sister style elsevier-vancouver. Seen: since 0.15.0 an article, a book and a thesis
# begin with their titles; only a work that has an editor as well keeps its author. The PDF is made without a warning.
# What to do: elsevier-vancouver or springer-vancouver, or a .csl file of one's own; look at the printed list once.
# In this project the list is made by pandoc (report/pandoc.py), which prints authors in this style.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/new"
python3 -m venv "$folder/old"
"$folder/new/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2 pypdf==5.4.0
"$folder/old/bin/pip" install --quiet --disable-pip-version-check typst==0.14.9 pypdf==5.4.0
cd "$folder"
cat > refs.bib <<'BIB'
@article{care, author={Alder, Ann and Birch, Bo}, title={Shared care}, journal={Journal of Care}, year={2020}, volume={3}}
@book{trust, author={Cedar, Cato}, title={On trust}, publisher={Elm Press}, year={2011}}
@incollection{day, author={Fir, Finn}, editor={Gorse, Gil}, title={Day care}, booktitle={Care}, publisher={Elm Press}, year={2019}}
@phdthesis{rural, author={Dale, Dora}, title={Rural nurses}, school={University of Elmstead}, year={2018}}
BIB
cat > print.py <<'PYTHON'
import io
import sys
from importlib.metadata import version

import typst
from pypdf import PdfReader

open("paper.typ", "w").write(f'@care @trust @rural @day\n#bibliography("refs.bib", style: "{sys.argv[1]}")')
text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(typst.compile("paper.typ"))).pages)
names = [name for name in ("Alder", "Birch", "Cedar", "Dale", "Fir ") if name in text]
titles = all(title in text for title in ("Shared care", "On trust", "Rural nurses"))
print(f"typst {version('typst')}, {sys.argv[1]}: authors {names}, all titles {titles}", file=sys.stderr)
print(len(names) if titles else "no titles")
PYTHON
authors() { "$folder/$1/bin/python" print.py "$2"; }
[ "$(authors old vancouver)" = 5 ]
[ "$(authors new elsevier-vancouver)" = 5 ]
for style in vancouver vancouver-superscript nlm-citation-sequence; do [ "$(authors new $style)" = 1 ]; done
