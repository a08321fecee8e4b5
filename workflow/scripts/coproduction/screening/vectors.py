"""The vectors of the records as a file, so that they are made anew only when records change.

A plain NumPy archive, not compressed: it is read in less than a second at 100,000 records.
"""

import os
from pathlib import Path

import numpy as np
from scipy import sparse

from coproduction.screening.features import Features, Kind, Terms


def write_vectors(features: Features, path: str | Path) -> None:
    """Write the features, whole or not at all; the same features give the same bytes."""
    arrays = {"words": np.frombuffer("\n".join(features.words).encode(), dtype=np.uint8)}
    for name, matrix in (("similar", features.similar), ("counts", features.counts)):
        arrays |= {
            f"{name}.data": matrix.data,
            f"{name}.indices": matrix.indices,
            f"{name}.indptr": matrix.indptr,
            f"{name}.shape": np.array(matrix.shape),
        }
    arrays["counted"] = features.counted
    for i, terms in enumerate(features.kinds):
        arrays |= {f"codes.{i}": terms.codes, f"idf.{i}": terms.idf}
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        np.savez(file, **arrays)
    os.replace(part, path)


def read_vectors(path: str | Path, kinds: tuple[Kind, ...]) -> Features:
    """The features as written; `kinds` as they were made with."""
    with np.load(path, allow_pickle=False) as arrays:
        text = arrays["words"].tobytes().decode()
        words = np.array(text.split("\n") if text else [], dtype=object)
        terms = tuple(
            Terms(kind, arrays[f"codes.{i}"], arrays[f"idf.{i}"]) for i, kind in enumerate(kinds)
        )
        similar, counts = (_matrix(arrays, name) for name in ("similar", "counts"))
        return Features(similar, counts, terms, arrays["counted"], words)


def _matrix(arrays, name: str) -> sparse.csr_matrix:
    parts = tuple(arrays[f"{name}.{part}"] for part in ("data", "indices", "indptr"))
    return sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}.shape"]))
