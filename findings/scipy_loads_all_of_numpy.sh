#!/usr/bin/env bash
# SciPy 1.17.1 with NumPy 2.4.6: NumPy loads its rarely used parts only when somebody asks for them; SciPy asks for all of
# them. Its layer for array libraries copies every public name of NumPy, as `from numpy import *` would, and the parts that
# wait are among these names. Whoever imports scipy.sparse or scipy.linalg gets the generator of Fortran wrappers
# (numpy.f2py) and the helpers of tests (numpy.testing) with them, 22 modules that nobody calls: about a fifth of the
# time that `import scipy.linalg` takes.
# Why the product loads its packages once and forks the steps from that process (core/forks.py), and imports SciPy only
# in modules that compute with it.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
loaded() {
  "$folder/env/bin/python" -c "import sys; $1; print(len([m for m in sys.modules if m.startswith(('numpy.f2py', 'numpy.testing'))]))"
}
alone=$(loaded "import numpy")
star=$(loaded "from numpy import *")
sparse=$(loaded "import scipy.sparse")
linalg=$(loaded "import scipy.linalg")
echo "modules of numpy.f2py and numpy.testing: after import numpy $alone, from numpy import * $star, scipy.sparse $sparse, scipy.linalg $linalg"
[ "$alone" = 0 ] || { echo "NumPy loads them by itself now"; exit 1; }
[ "$star" -gt 10 ] && [ "$sparse" -gt 10 ] && [ "$linalg" -gt 10 ] || { echo "SciPy no longer loads them"; exit 1; }
echo "SciPy 1.17.1: a sparse matrix costs the import of NumPy's generator of Fortran wrappers."
