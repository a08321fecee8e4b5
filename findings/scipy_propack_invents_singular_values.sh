#!/bin/sh
# scipy 1.17.1: svds(solver="propack") gives singular values that a matrix does not have, and does not say so.
#
# Of a matrix of ones, whose only singular value other than 0 is the root of its number of entries, the second value
# comes back as 5.9 to 7.5, another one for each random start; the vectors of the two triplets are not orthogonal,
# and no warning is given. ARPACK and LOBPCG return 0 there. Weights of terms have such a form where abstracts
# are identical (an export that repeats one text, placeholders), so that the topics are started from ARPACK's vectors,
# and vectors without weight are left out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
"$folder/env/bin/python" - <<'PYTHON'
import sys
import warnings
from importlib.metadata import version

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

ones = csr_matrix(np.ones((20, 10)))
print("scipy", version("scipy"), "true values:", np.linalg.svd(ones.toarray(), compute_uv=False)[:2].round(3))
found = {}
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    for solver in ("arpack", "lobpcg", "propack"):
        second = []
        for seed in range(5):
            _, sizes, right = svds(ones, k=2, solver=solver, rng=seed)
            second.append(float(np.sort(sizes)[0]))
        found[solver] = second
        print(solver, "second value over five starts:", np.round(second, 3).tolist())
print("warnings:", len(said))
invented = min(found["propack"]) > 1 and max(found["arpack"] + found["lobpcg"]) < 1e-6
sys.exit(0 if invented and not said else "the behaviour has changed")
PYTHON
