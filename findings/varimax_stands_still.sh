#!/bin/sh
# factor_analyzer 0.5.1: varimax can return loadings unrotated, without a word, where a rotation to a
# perfect simple structure exists; statsmodels 0.15.0 finds it from the same loadings.
#
# Five variables load on two factors, three on the first and two on the second; the structure was turned by
# an angle whose sine is 0.6. The iteration by singular value decomposition that the package uses leaves
# its first step with the criterion unchanged and takes that for convergence. The workflow therefore turns
# two columns at a time, each by the best angle (methods/topics.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
  factor_analyzer==0.5.1 statsmodels==0.15.0
"$folder/env/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import numpy as np
from factor_analyzer import Rotator
from statsmodels.multivariate.factor_rotation import rotate_factors

simple = np.array([[1.0, 0], [1, 0], [1, 0], [0, 1], [0, 1]])
turned = simple @ np.array([[0.8, 0.6], [-0.6, 0.8]])


def criterion(loadings):
    return float((loadings**2).var(axis=0).sum())


first = Rotator(method="varimax", normalize=False).fit_transform(turned)
second, _ = rotate_factors(turned, "varimax")
print("factor_analyzer", version("factor_analyzer"), "criterion", round(criterion(first), 3))
print("statsmodels", version("statsmodels"), "criterion", round(criterion(second), 3))
print("before rotation", round(criterion(turned), 3), "best possible", round(criterion(simple), 3))
same = np.allclose(np.abs(first), np.abs(turned)) and abs(criterion(second) - 0.48) < 1e-6
sys.exit(0 if same else "the behaviour has changed")
PYTHON
