#!/bin/sh
# Snakemake 9.27.1: after a failed run, an output flagged `update` passes for up to date.
#
# `update` lets a rule see the file that it is about to write again. When the rule fails, Snakemake puts the
# earlier file back, as a file of now. Expected: as for any other failed rule, the next run tries again, since
# the input has changed and no output has been made from it. Happens: the restored file is newer than the
# input, the next run says "Nothing to be done" and ends with 0, and the changed input never arrives.
# Worked around in workflow/scripts/coproduction/core/failed_steps.py (mark_outdated).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
${PYTHON:-python3} -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snakemake==9.27.1
PATH="$folder/venv/bin:$PATH"
cat >Snakefile <<'RULES'
rule copy:
    input: "in.txt"
    output: update("out.txt")
    shell: "grep -q good {input} && cp {input} {output}"
RULES
echo "good 1" >in.txt
snakemake --cores 1 >first.log 2>&1
sleep 1.1
echo "broken" >in.txt
code=0; snakemake --cores 1 >second.log 2>&1 || code=$?
echo "after the change the run ends with $code; out.txt: $(cat out.txt)"
again=0; snakemake --cores 1 >third.log 2>&1 || again=$?
echo "the next run ends with $again: $(grep -h "Nothing to be done" third.log || echo "it tries again")"
[ "$code" = 1 ] && [ "$again" = 0 ] && grep -q "Nothing to be done" third.log
