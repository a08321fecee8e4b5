#!/bin/sh
# Snakemake 9.27.1: `--config a=7` is refused because the name has one letter.
#
# The help says `--config [KEY=VALUE ...]`, and in a config file `a: 7` is accepted. Expected: a name of one
# letter is a valid identifier. Happens: "Config entry must start with a valid identifier", exit code 1;
# the same with two letters works.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
${PYTHON:-python3} -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snakemake==9.27.1
PATH="$folder/venv/bin:$PATH"
cat >Snakefile <<'RULES'
rule show:
    output: "out.txt"
    params: number=config.get("a", config.get("ab"))
    shell: "echo {params.number} > {output}"
RULES
code=0; snakemake --cores 1 --config a=7 >one.log 2>&1 || code=$?
echo "--config a=7 ends with $code: $(grep -h "valid identifier" one.log | tail -1)"
two=0; snakemake --cores 1 --config ab=7 >two.log 2>&1 || two=$?
echo "--config ab=7 ends with $two: $(cat out.txt)"
[ "$code" != 0 ] && [ "$two" = 0 ]
