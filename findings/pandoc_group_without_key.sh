#!/bin/sh
# pandoc 3.9 (pypandoc-binary 1.17): in a group of citations, a part without a key makes the whole group plain
# text, brackets and all, and the citation in it changes from "(Author Year)" to "Author (Year)"; no warning.
#
# `[see also @key]` gives one citation in parentheses with a prefix. `[see the appendix; @key]` might be expected
# to give the same with a longer prefix; it gives a bracket, the words, and an author in the text. `[-@key; more]`
# prints the year alone behind an opening bracket. The report therefore refuses such a group, with file, row
# and how to write it (report/source.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pypandoc-binary==1.17
cd "$folder"
cat > refs.bib <<'BIB'
@book{key, author = {Alder, Ann}, title = {A title}, year = {2001}, publisher = {Press}}
BIB
"$folder/env/bin/python" - <<'PYTHON'
import sys

import pypandoc

seen = {}
for written in ("[see also @key]", "[see the appendix; @key]", "[-@key; more]"):
    text = pypandoc.convert_text(
        written, "plain", format="markdown", extra_args=["--citeproc", "--bibliography=refs.bib", "--wrap=none"]
    )
    seen[written] = text.splitlines()[0]
    print(written, "->", seen[written])
print("pandoc", pypandoc.get_pandoc_version())
expected = ["(see also Alder 2001)", "[see the appendix; Alder (2001)]", "[(2001); more]"]
sys.exit(0 if list(seen.values()) == expected else "the behaviour has changed")
PYTHON
