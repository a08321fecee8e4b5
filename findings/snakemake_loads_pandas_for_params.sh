#!/bin/sh
# Snakemake 9.27.1: as soon as a rule has params, each start loads pandas where it is installed.
#
# To compare params with those of the last run Snakemake has a way of its own for tables of pandas. Expected:
# pandas is loaded where a param is such a table. Happens: it is loaded before any param is looked at, a third
# of a second of processor time at every start, also of a dry run, also where every param is a number.
# Worked around in workflow/scripts/coproduction/engine.py (params are compared as plain values).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
${PYTHON:-python3} -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snakemake==9.27.1 pandas
cat >Snakefile <<'RULES'
rule copy:
    input: "in.txt"
    output: "out.txt"
    params: n=1
    shell: "cp {input} {output}"
RULES
sed '/params/d' Snakefile >plain.smk
cat >look.py <<'CODE'
import sys
from snakemake.cli import main
try:
    main(["--dry-run", "--quiet", "all", "--snakefile", sys.argv[1]])
finally:
    print("loaded" if "pandas" in sys.modules else "not loaded")
CODE
echo "some words" >in.txt
venv/bin/snakemake --cores 1 --quiet all >first.log 2>&1
with=$(venv/bin/python look.py Snakefile 2>log | tail -1)
without=$(venv/bin/python look.py plain.smk 2>log | tail -1)
echo "with a number among the params pandas is $with, without params $without"
[ "$with" = "loaded" ] && [ "$without" = "not loaded" ]
