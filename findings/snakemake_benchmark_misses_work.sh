#!/bin/sh
# Snakemake 9.27.1: `benchmark` gives processor time and peak memory of what was running when it happened to look.
#
# The column cpu_time is described as the processor time of user and system, in seconds. Expected: what the system has
# counted when the job ends. Seen: it is read every half second until some 15 seconds have passed, then every 30 seconds, and
# not at the end. A job that waits for 22 seconds and then computes for 4 with 300 MB has used 0.0x seconds and a few MB; one
# that computes for .35 seconds has used none or a part of it; of each process what it did after the last look is missing.
# In this project the system counts what a step took until its end (coproduction/engine.py, core/forks.py).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check snakemake==9.27.1
cat > work.py <<'PYTHON'
import sys
import time

time.sleep(22)
words = bytearray(300_000_000)
for place in range(0, len(words), 4096):  # in use, not only asked for
    words[place] = 1
begun = time.process_time()
while time.process_time() < begun + 4:
    pass
open(sys.argv[1], "w").write(str(time.process_time()))
PYTHON
cat > Snakefile <<'RULES'
rule work:
    output: "used.txt"
    benchmark: "benchmark.tsv"
    shell: "python3 work.py {output}"
RULES
env/bin/snakemake --cores 1 > log 2>&1
env/bin/python - <<'PYTHON'
import csv
import sys

used = float(open("used.txt").read())
seen = next(csv.DictReader(open("benchmark.tsv"), delimiter="\t"))
print(f"the job used {used:.1f} s and 300 MB; benchmark: {seen['cpu_time']} s, {seen['max_rss']} MB, load {seen['mean_load']}")
sys.exit(0 if float(seen["cpu_time"]) < used / 4 and float(seen["max_rss"]) < 150 else "the behaviour has changed")
PYTHON
