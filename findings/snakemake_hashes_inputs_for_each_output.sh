#!/bin/sh
# Snakemake 9.27.1: after a step each input is read and hashed anew for every output of the step.
#
# The checksums of a step's inputs are kept with each of its outputs. Expected: an input is hashed once a step.
# Happens: it is read once for every output: with 20 outputs 20 times, so that a step with an input of 1 GB
# and ten outputs reads 10 GB after it has finished (as far as --max-checksum-file-size lets it).
# Worked around in workflow/scripts/coproduction/engine.py (checksums are kept by size and time).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
${PYTHON:-python3} -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snakemake==9.27.1
cat >Snakefile <<'RULES'
N = int(config["outputs"])
rule spread:
    input: "in.txt"
    output: expand("out_{i}.txt", i=range(N))
    shell: "touch {output}"
RULES
cat >count.py <<'CODE'
import sys
opened = 0
def count(event, given):
    global opened
    opened += event == "open" and str(given[0]).endswith("in.txt")
sys.addaudithook(count)
from snakemake.cli import main
try:
    main(["--cores", "1", "--quiet", "all", "--max-checksum-file-size", "1GB", "--config", f"outputs={sys.argv[1]}"])
finally:
    print(opened)
CODE
echo "some words" >in.txt
for n in 1 20; do
    rm -rf .snakemake out_*.txt
    venv/bin/python count.py $n >opened_$n 2>log_$n || true
    echo "$n outputs: the input was opened $(tail -1 opened_$n) times"
done
[ "$(tail -1 opened_20)" -ge $(($(tail -1 opened_1) + 19)) ]
