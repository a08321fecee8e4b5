"""The codebook of conditions: the thread through all techniques."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, did_you_mean, raise_all
from coproduction.core.text import TermIndex, split_list

LEVELS = ["citizens", "organisation", "environment"]

FACTORS = tables.people(
    "config/factors.csv",
    "The conditions that the study considers, one row each.",
    {
        "id": tables.text("short name used in all tables", filled=True, unique=True),
        "name": tables.text("name in the report", filled=True),
        "definition": tables.text("definition in your own words"),
        "level": tables.choice("level to which the condition belongs", LEVELS),
        "dimension": tables.text("political, economic, social, technological …", filled=True),
        "terms": tables.text("search terms for it, separated by ;"),
        "references": tables.text("keys of references.bib, separated by ;"),
    },
)


def read_factors(path: str | Path) -> pd.DataFrame:
    """The factors in the order of the file.

    Raises StudyError where the file breaks its schema or a term could never be found.
    """
    factors = people_tables.read_people_table(path, FACTORS)
    raise_all(
        [
            StudyError(
                f"the term '{term}' begins with a punctuation mark and would never be found",
                file=path,
                row=int(row),
                column="terms",
                remedy="Begin it with a letter, a digit or *",
            )
            for row, cell in factors["terms"].items()
            for term in split_list(cell)
            if not (term[0].isalnum() or term[0] in "*_")
        ]
    )
    return factors.reset_index(drop=True)


def term_index(factors: pd.DataFrame) -> TermIndex:
    """The finder of the factors' terms."""
    return TermIndex(dict(zip(factors["id"], factors["terms"].map(split_list), strict=True)))


def check_factor_ids(cells: pd.Series, factor_ids: set[str], file: str | Path, column: str) -> None:
    """Raise StudyError for ids (separated by ;) in `cells` (index = row) that are not `factor_ids`."""
    raise_all(
        [
            StudyError(
                f"'{name}' is not a factor",
                file=file,
                row=int(row),
                column=column,
                remedy=_suggestion(name, factor_ids) + "Use an id of factors.csv or add the factor there",
            )
            for row, cell in cells.items()
            for name in split_list(cell)
            if name not in factor_ids
        ]
    )


def _suggestion(name: str, factor_ids: Collection[str]) -> str:
    """What may be meant, ready to begin a remedy: several ids with commas between them, or one that is near."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) > 1 and set(parts) <= set(factor_ids):
        return f"Separate several by semicolons: {'; '.join(parts)}. "
    return did_you_mean("-".join(name.split()), sorted(factor_ids))
