"""What coders get: the pseudonymised texts, one project for their QDA program, an empty table."""

import shutil
from pathlib import Path

import pandas as pd

from coproduction import tables
from coproduction.interviews.qdpx import Code
from coproduction.interviews.qdpx_writing import write_qdpx


def write_texts(texts: pd.DataFrame, folder: str | Path) -> None:
    """One text file per transcript, and no file of an earlier run beside them."""
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for row in texts.itertuples(index=False):
        tables.write_text(row.text, folder / f"{row.transcript}.txt")


def write_project(texts: pd.DataFrame, structure: pd.DataFrame, path: str | Path) -> None:
    """A REFI-QDA project with the texts; its codes are the concepts, below their themes."""
    codes = [Code(row.concept, row.theme) for row in structure.itertuples(index=False)]
    by_id = dict(zip(texts["transcript"], texts["text"], strict=True))
    write_qdpx(path, "Interviews", by_id, codes)
