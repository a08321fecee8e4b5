"""What coders get: the pseudonymised texts, one project for their QDA program, tables; all codings."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.text import normalise
from coproduction.interviews.coding import used
from coproduction.interviews.gioia import by_concept
from coproduction.interviews.qdpx import Code, Coding
from coproduction.interviews.qdpx_writing import write_qdpx
from coproduction.interviews.tables import TO_CODE


def write_texts(texts: pd.DataFrame, folder: str | Path) -> None:
    """One text file per transcript, and no file of an earlier run beside them."""
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for row in texts.itertuples(index=False):
        tables.write_text(row.text, folder / f"{row.transcript}.txt")


def codes_to_use(structure: pd.DataFrame, codebook: pd.DataFrame) -> list[Code]:
    """The concepts below their dimensions and themes and the loose codes, with their definitions."""
    known = {normalise(row.code): row.description for row in codebook.itertuples(index=False)}
    return [
        Code(row.concept, _group(row.dimension, row.theme), known.get(normalise(row.concept), ""))
        for row in structure.itertuples(index=False)
    ]


def _group(*levels: str) -> str:
    """The codes above a concept; " / " parts levels, so that a level may not hold it."""
    return " / ".join(level.replace(" / ", "/") for level in levels if level)


def codebook_table(codes: list[Code]) -> pd.DataFrame:
    """TO_CODE: the codes as a table, as Taguette imports it."""
    rows = [{"name": c.name, "group": c.group, "description": c.description} for c in codes]
    return accounting.table(rows, TO_CODE)


def write_project(texts: pd.DataFrame, codes: list[Code], path: str | Path) -> None:
    """A REFI-QDA project with the texts and the codes, and no codings that could lead a coder."""
    write_qdpx(path, "Interviews", _by_id(texts), codes)


def write_all_codings(
    texts: pd.DataFrame,
    codes: list[Code],
    structure: pd.DataFrame,
    segments: pd.DataFrame,
    path: str | Path,
) -> None:
    """The same project with the segments of all coders at their places, and their memos."""
    named = {normalise(row.concept): row.concept for row in structure.itertuples(index=False)}
    given = [
        Coding(
            row.transcript,
            int(row.start),
            int(row.end),
            row.text,
            named[normalise(row.code)],
            row.coder,
            row.memo,
        )
        for row in by_concept(structure, used(segments)).itertuples(index=False)
    ]
    write_qdpx(path, "Interviews, all codings", _by_id(texts), codes, given)


def _by_id(texts: pd.DataFrame) -> Mapping[str, str]:
    return dict(zip(texts["transcript"], texts["text"], strict=True))
