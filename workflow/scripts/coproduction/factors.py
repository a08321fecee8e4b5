"""The codebook of conditions: the thread through all techniques."""

from pathlib import Path

import pandas as pd

from coproduction import tables
from coproduction.errors import StudyError, raise_all
from coproduction.text import TermIndex, split_list

LEVELS = ["citizens", "organisation", "environment"]

FACTORS = tables.schema(
    "factors",
    "The conditions that the study considers, one row each.",
    {
        "id": tables.text("short name used in all tables", filled=True, unique=True),
        "name": tables.text("name in the report", filled=True),
        "definition": tables.text("definition in own words"),
        "level": tables.choice("whose condition it is", LEVELS),
        "dimension": tables.text("political, economic, social, technological …", filled=True),
        "terms": tables.text("words that point to it, separated by ;"),
        "references": tables.text("keys of references.bib, separated by ;"),
    },
)


def read_factors(path: str | Path) -> pd.DataFrame:
    """The factors in the order of the file; raises StudyError where the file breaks its schema."""
    return tables.read_people_csv(path, FACTORS).reset_index(drop=True)


def term_index(factors: pd.DataFrame) -> TermIndex:
    """The finder of the factors' terms."""
    return TermIndex(dict(zip(factors["id"], factors["terms"].map(split_list), strict=True)))


def check_factor_ids(cells: pd.Series, known: set[str], file: str | Path, column: str) -> None:
    """Raise StudyError for ids (separated by ;) in `cells` (index = row) that are not `known`."""
    raise_all(
        [
            StudyError(
                f"'{name}' is not a factor",
                file=file,
                row=int(row),
                column=column,
                remedy="Use an id of factors.csv or add the factor there",
            )
            for row, cell in cells.items()
            for name in split_list(cell)
            if name not in known
        ]
    )
