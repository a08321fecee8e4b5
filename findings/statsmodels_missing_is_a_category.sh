#!/bin/sh
# statsmodels 0.15.0: answers that are missing count as a category on which raters agree.
#
# aggregate_raters makes of ratings the table that fleiss_kappa takes; its documentation says that what cannot be made a
# whole number raises an exception. Expected: NaN, which is no whole number, does so, or is left out. Seen: NaN becomes
# one more category. Two raters who agree on two of four items have a kappa of 0; with three items that neither has rated
# yet, it is 0.56, and each further empty row raises it. The table for cohens_kappa (to_table) counts them too.
# What to do: drop the rows that not all have rated, or take a coefficient made for missing ratings.
# In this project agreement is counted among those who rated (methods/agreement.py, methods/alpha.py).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==2.3.3
"$folder/env/bin/python" - <<'PYTHON'
import sys
import warnings

import numpy as np
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa, to_table

warnings.simplefilter("error")
rated = np.array([[1, 1], [2, 2], [1, 2], [2, 1]], dtype=float)
with_empty_rows = np.vstack([rated, np.full((3, 2), np.nan)])
seen = {}
for name, ratings in (("four items", rated), ("and three that nobody rated", with_empty_rows)):
    table, categories = aggregate_raters(ratings)
    fleiss = round(float(fleiss_kappa(table)), 4)
    cohen = round(float(cohens_kappa(to_table(ratings)[0], return_results=False)), 4)
    seen[name] = fleiss, cohen
    print(f"{name}: categories {categories}, Fleiss' kappa {fleiss}, Cohen's kappa {cohen}")
sys.exit(0 if list(seen.values()) == [(0.0, 0.0), (0.5625, 0.5625)] else "the behaviour has changed")
PYTHON
