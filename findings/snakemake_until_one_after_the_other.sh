#!/bin/sh
# snakemake 9.27.1: `--until a b` never makes b where b reads what a makes.
#
# Expected: the run goes on until both rules have been carried out, whatever their order; each is named, and the plan
# that Snakemake prints counts both.
# Seen: both are planned, a is carried out, b is not, and the run ends with "Out of jobs ready to be started, but
# not all files built yet": the first rule of `--until` ends the way to the second.
#
# Ends with 0 while this is so, with 1 once it has changed. In this project: whoever makes a part of the results names
# the files (`snakemake results/ecosystem/model.gexf`) instead of several rules.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check snakemake==9.27.1
mkdir "$folder/work"
cd "$folder/work"
cat > Snakefile <<'RULES'
rule a:
    output:
        "a.txt",
    shell:
        "touch {output}"


rule b:
    input:
        "a.txt",
    output:
        "b.txt",
    shell:
        "touch {output}"


rule all:
    default_target: True
    input:
        "b.txt",
RULES
"$folder/env/bin/snakemake" --cores 1 --until a b > log 2>&1 || true
grep -E "^(a|b|total) +[0-9]" log
echo "made: $(ls *.txt | tr '\n' ' ')"
grep -o "Out of jobs ready to be started, but not all files built yet" log
test -e a.txt
test ! -e b.txt
