#!/bin/sh
# Snakemake 9.27.1: exchanging the values of two params of a rule is not noticed.
#
# The documentation says that a job runs again when its params change. The params are compared as a set of
# values, without their names. Expected: `minuend=2, subtrahend=7` after `minuend=7, subtrahend=2` runs the
# rule again. Happens: "Nothing to be done", and the result is that of the earlier values; a value that was
# not there before is noticed. Worked around by handing over sections of settings as one dictionary
# (workflow/rules/house.smk).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
${PYTHON:-python3} -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snakemake==9.27.1
PATH="$folder/venv/bin:$PATH"
cat >Snakefile <<'RULES'
rule subtract:
    output: "out.txt"
    params: minuend=config["first"], subtrahend=config["second"]
    shell: "expr {params.minuend} - {params.subtrahend} > {output}"
RULES
snakemake --cores 1 --config first=7 second=2 >first.log 2>&1
echo "7 - 2 = $(cat out.txt)"
snakemake --cores 1 --config first=2 second=7 >second.log 2>&1
echo "2 - 7 = $(cat out.txt): $(grep -h "Nothing to be done" second.log || echo "the rule ran again")"
exchanged=$(cat out.txt)
snakemake --cores 1 --config first=2 second=8 >third.log 2>&1
echo "2 - 8 = $(cat out.txt)"
[ "$exchanged" = 5 ] && [ "$(cat out.txt)" = -6 ]
