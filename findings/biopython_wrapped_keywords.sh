#!/bin/sh
# Biopython 1.88: a keyword or a group of authors that PubMed has broken over two lines comes back as two.
#
# PubMed's export (MEDLINE, .nbib) repeats the tag for each value and breaks long values at some 85 signs; a line that begins
# with six blanks continues the value. Expected: Bio.Medline puts it together, as it does for titles, abstracts,
# affiliations and MeSH terms. Seen: for keywords (OT), corporate authors (CN) and what else may stand more than once, each
# line becomes a value of its own: "patients" is a keyword, "Follow" an author.
# In this project such lines were two values as well; they are joined in formats/references/tagged.py.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check biopython==1.88 numpy==2.4.6
"$folder/env/bin/python" - <<'PYTHON'
import io
import sys

from Bio import Medline

EXPORT = """PMID- 1
TI  - A title of a study on shared decisions in long-term care that is longer than one
      line
CN  - European Collaborative Group for the Study of Shared Care and of the Things that
      Follow
OT  - rural nurses
OT  - shared decision making in long-term care of older persons and its consequences for
      patients
MH  - Decision Making, Shared/classification/legislation & jurisprudence/*statistics &
      numerical data

"""
record = Medline.read(io.StringIO(EXPORT))
for tag in ("TI", "MH", "OT", "CN"):
    print(tag, record[tag])
whole = record["TI"].endswith("one line") and len(record["MH"]) == 1
sys.exit(0 if whole and record["OT"][2:] == ["patients"] and record["CN"][1:] == ["Follow"] else "the behaviour has changed")
PYTHON
