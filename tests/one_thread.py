"""Linear algebra in one thread, as in the steps; to be imported before whatever loads NumPy, which reads it then.

With more, the threads of small tasks wait for each other, busily, and take several times as long.
"""

import os

for package in ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "VECLIB_MAXIMUM", "NUMEXPR_NUM"):
    os.environ[f"{package}_THREADS"] = "1"
