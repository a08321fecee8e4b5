#!/bin/sh
# Snakemake 9.27.1: as soon as a job with a script is due, each start loads nbformat, which reads notebooks.
#
# To tell the language of a script Snakemake looks at the end of its name. Expected: what reads Jupyter notebooks is
# loaded where a notebook is due. Happens: it is loaded before the name is looked at, for a script in Python as well,
# also in a dry run, where the language is not asked for; the script is copied as well, only to see that it is there.
# In a workflow of 60 scripts both took a sixth of the time of a dry run.
# Worked around in workflow/scripts/coproduction/engine.py.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
${PYTHON:-python3} -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snakemake==9.27.1
cat >Snakefile <<'RULES'
rule copy:
    input: "in.txt"
    output: "out.txt"
    script: "made.py"
RULES
sed 's/script: .*/shell: "cp {input} {output}"/' Snakefile >plain.smk
echo "open(snakemake.output[0], 'w').write(open(snakemake.input[0]).read())" >made.py
cat >look.py <<'CODE'
import sys
from snakemake.cli import main
try:
    main(["--dry-run", "--quiet", "all", "--snakefile", sys.argv[1]])
finally:
    print("loaded" if "nbformat" in sys.modules else "not loaded")
CODE
echo "some words" >in.txt
with=$(venv/bin/python look.py Snakefile 2>log | tail -1)
without=$(venv/bin/python look.py plain.smk 2>log | tail -1)
echo "with a script in Python nbformat is $with, with a shell command $without"
[ "$with" = "loaded" ] && [ "$without" = "not loaded" ]
