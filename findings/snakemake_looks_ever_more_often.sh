#!/bin/sh
# Snakemake 9.27.1: while a long job runs and another waits, the scheduler looks for jobs to start as
# many times a second as jobs have finished before.
#
# Each look with jobs that wait sets a timer of one second (`--max-jobs-per-timespan`, by default
# 100/1s), and each timer leads to one more look, which sets the next. Expected: a steady number of
# looks a second. Happens: about 10 a second after 10 jobs, 40 after 40; each look asks for
# parameters, resources and sizes of inputs of all jobs that wait, so that a workflow of many short
# jobs keeps a core busy. Our Snakefile switches the limit off as a run starts.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
${PYTHON:-python3} -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snakemake==9.27.1
cat >Snakefile <<'RULES'
rule all:
    input: expand("short/{i}", i=range(int(config["jobs"]))), "long.txt", "last.txt"
rule short:
    output: "short/{i}"
    priority: 9
    shell: "touch {output}"
rule long:
    output: "long.txt"
    priority: 5
    shell: "sleep 8; touch {output}"
rule last:
    output: "last.txt"
    shell: "touch {output}"
RULES
looks() {
    rm -rf short long.txt last.txt .snakemake
    venv/bin/snakemake --cores 1 --scheduler greedy --verbose --config jobs="$1" >"log$1" 2>&1
    sed -n '/rule long:/,/rule last:/p' "log$1" | grep -c "Ready jobs:"
}
few=$(looks 10)
many=$(looks 40)
echo "looks for jobs while one job of 8 seconds ran: $few after 10 jobs, $many after 40"
[ "$many" -gt $((2 * few)) ]
