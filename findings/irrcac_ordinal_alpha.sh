#!/bin/sh
# irrCAC 0.4.4: what it calls Krippendorff's alpha is not Krippendorff's for ordinal data, and is for all others.
#
# Krippendorff (2011, Computing Krippendorff's alpha-reliability, example C) has four observers and 12 units with gaps:
# alpha is .743 for nominal, .815 for ordinal, .849 for interval and .797 for ratio data. Expected: these values with the
# weights identity, ordinal, quadratic and ratio, under "Krippendorff's Alpha". Seen: three of them, and .834 for ordinal
# data. Its ordinal weights count the categories between two ratings, as its documentation of weights says; Krippendorff's
# distance counts how often each of them was used. A limit such as .80 or .667 can be passed by the one and not the other.
# In this project alpha is tested against all four values (methods/agreement.py).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    irrCAC==0.4.4 krippendorff==0.9.0 numpy==1.26.4 pandas==2.3.3 scipy==1.12.0
"$folder/env/bin/python" - <<'PYTHON'
import sys

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC

OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
PUBLISHED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
WEIGHTS = {"nominal": "identity", "ordinal": "ordinal", "interval": "quadratic", "ratio": "ratio"}
ratings = np.array(OBSERVERS, dtype=float)
seen = {}
for level, published in PUBLISHED.items():
    estimate = CAC(pd.DataFrame(ratings.T), weights=WEIGHTS[level]).krippendorff()["est"]
    other = krippendorff.alpha(ratings, level_of_measurement=level)
    seen[level] = round(float(estimate["coefficient_value"]), 3)
    print(f"{level}: published {published}, krippendorff {other:.3f}, irrCAC {seen[level]} ({estimate['coefficient_name']})")
    assert round(other, 3) == published
sys.exit(0 if seen == PUBLISHED | {"ordinal": 0.834} else "the behaviour has changed")
PYTHON
