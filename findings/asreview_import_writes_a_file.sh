#!/bin/sh
# asreview 3.0.8 with synergy-dataset 2.2: `import asreview` writes a file into the working folder.
#
# Expected: importing a package, or asking the command for its version, changes nothing in the folder
# in which one happens to be (a study folder, results, a checkout).
# Seen: `synergy_cache.sqlite` appears there, empty of anything that was asked for; a tool that counts
# what a run has left behind, or commits all new files, takes it for a result.
#
# Ends with 0 while this is so, with 1 once it has changed. In this project: the round trips of the
# screening run ASReview in a temporary folder (benchmarks/screening_roundtrip.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
    asreview==3.0.8 synergy-dataset==2.2
mkdir "$folder/work"
cd "$folder/work"
"$folder/env/bin/python" -c "import asreview"
echo "in the working folder after 'import asreview': $(ls)"
test -e synergy_cache.sqlite
