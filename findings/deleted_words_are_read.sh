#!/bin/sh
# striprtf 0.0.35: words that a tracked change deleted come out as text, and footnotes do not.
#
# RTF marks what was deleted with \deleted and keeps it in the file. striprtf ignores the mark, so that a
# name which somebody struck out of a transcript is among its words again, joined to the next one; what
# a footnote says is left out. The workflow takes the deleted groups out before striprtf reads the file
# (formats/transcripts/files.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35
"$folder/env/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from striprtf.striprtf import rtf_to_text

rtf = r"{\rtf1\ansi We met {\deleted\revauthdel1 the mayor}{\revised\revauth1 somebody}.{\footnote In May.}\par}"
read = rtf_to_text(rtf)
print("striprtf", version("striprtf"), "reads", repr(read))
sys.exit(0 if read == "We met the mayorsomebody.\n" else "the behaviour has changed")
PYTHON
