#!/bin/sh
# scikit-bio 0.7.4: the variance of Chao1 has 0.24 where the formula that it names has 1/4.
#
# Expected: chao1_ci(bias_corrected=False) follows equation 5 of the EstimateS manual, as its documentation
# says: f2 (r^2 / 2 + r^3 + r^4 / 4) with r = f1 / f2 (Chao 1987). For 14 things seen once, 8 twice, 5 three
# and 3 four times: limits 33.544 and 72.342 (with 1.96 deviations), which R's formula gives too.
# Seen: 33.563 and 72.118; the code multiplies r^4 by 0.24. Intervals come out a little too narrow.
#
# Ends with 0 while this is so, with 1 once it has changed. In this project: the limits of chao_total in
# methods/stopping.py are tested beside another implementation (tests/methods/test_stopping.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check scikit-bio==0.7.4
"$folder/env/bin/python" - <<'PYTHON'
import math

from skbio.diversity.alpha import chao1, chao1_ci

counts = [1] * 14 + [2] * 8 + [3] * 5 + [4] * 3
found, more, r = len(counts), chao1(counts, bias_corrected=False) - len(counts), 14 / 8


def limits(quarter):
    spread = math.exp(1.96 * math.sqrt(math.log(1 + 8 * (r**2 / 2 + r**3 + quarter * r**4) / more**2)))
    return [round(float(found + more / spread), 3), round(float(found + more * spread), 3)]


seen = [round(float(limit), 3) for limit in chao1_ci(counts, bias_corrected=False)]
print("by the formula:", limits(0.25), "scikit-bio:", seen, "with 0.24 for 1/4:", limits(0.24))
assert seen == limits(0.24) != limits(0.25)
PYTHON
