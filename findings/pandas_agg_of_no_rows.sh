#!/bin/sh
# pandas 3.1.1: `frame.agg(" ".join, axis=1)` on a frame without rows is not a column without rows.
#
# Expected: one text for each row, so an empty Series, and "" when its texts are joined. The
# documentation of DataFrame.agg says that the result of one function over an axis is a Series.
# Seen: the empty frame itself comes back; iterating over it gives the names of the columns, so that
# joining "the texts of no rows" makes a text of the column names: "label text". A table of criteria
# that nobody has filled in yet became the question "label text", without an error.
#
# Ends with 0 while this is so, with 1 once it has changed. In this project: the wording of the
# criteria in coproduction/screening/queue.py is joined row by row.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check pandas==3.1.1
"$folder/env/bin/python" - <<'PYTHON'
import sys

import pandas as pd

full = pd.DataFrame({"label": ["Care"], "text": ["home care"]})
joined = {}
for name, frame in (("one row", full), ("no rows", full.head(0))):
    made = frame.agg(" ".join, axis=1)
    joined[name] = " ".join(made)
    print(f"{name}: {type(made).__name__}, joined: {joined[name]!r}")
sys.exit(0 if joined["no rows"] == "label text" else 1)
PYTHON
