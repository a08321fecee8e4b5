#!/bin/sh
# Snakemake 9.27.1: `snakemake --containerize`, which describes an image and makes no environment, needs conda,
# and says so only when the head of the description is written already.
#
# The documentation gives `snakemake --containerize > Dockerfile`. Where conda is not installed (on a laptop that
# uses a virtual environment), the command fails, and the file is left with a base image, two labels and no
# environment: it builds, to an image in which no step finds its packages. The text depends on nothing that conda
# answers but its platform. The workflow keeps its Dockerfile and makes it with a stand-in for conda
# (envs/make_dockerfile.py), whole or not at all.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
${PYTHON:-python3} -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check snakemake==9.27.1
cat >one.yaml <<'ENV'
channels: [conda-forge]
dependencies: [python=3.12]
ENV
cat >Snakefile <<'RULES'
rule one:
    output: "one.txt"
    conda: "one.yaml"
    shell: "touch {output}"
RULES
mkdir bin
ln -s "$(command -v bash)" "$(command -v sh)" bin/
state=0
PATH="$folder/venv/bin:$folder/bin" venv/bin/snakemake --containerize >Dockerfile 2>said || state=$?
echo "snakemake $(venv/bin/snakemake --version): ended with $state; $(grep -c . Dockerfile) lines were written:"
cat Dockerfile
grep "conda" said | tail -1
[ "$state" != 0 ] && grep -q "^FROM " Dockerfile && ! grep -q "conda env create" Dockerfile
