"""Reads finished screenings whose labels are known, for replays."""

from pathlib import Path

import pandas as pd

from coproduction.core import people_tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.screening.tables import LABELLED

LABELS = (
    "included", "label_included", "label", "final_included", "abstract_included",
    "asreview_label", "human_recommendation",
)  # fmt: skip
YES = {"1", "1.0", "yes", "y", "include", "included", "true", "relevant"}
NO = {"0", "0.0", "no", "n", "exclude", "excluded", "false", "irrelevant", "not relevant"}


def read_labelled(path: str | Path) -> pd.DataFrame:
    """title, abstract, keywords, included (1, 0) of a labelled set; the index is the row in the file.

    Raises StudyError where the label is missing or unclear, and where fewer than two records are
    relevant or none is irrelevant, as there is nothing to find then.
    """
    path = Path(path)
    table = people_tables.read_people_table(path, LABELLED)
    column = next((name for name in LABELS if name in table), None)
    if column is None:
        raise StudyError(
            "no column says which records were included",
            file=path,
            row=1,
            remedy=f"Name the column {LABELS[0]} and write 1 or 0",
        )
    if "duplicate_record_id" in table:
        table = table[table["duplicate_record_id"] == ""]
    said = table[column].astype(str).str.strip().str.lower()
    raise_all(
        [
            StudyError(
                f"'{table.loc[row, column]}' does not say whether the record was included",
                file=path,
                row=int(row),
                column=column,
                remedy="Write 1 or 0, or remove the row",
            )
            for row in said.index[~said.isin(YES | NO)]
        ]
    )
    included = said.isin(YES).astype(int)
    if included.sum() < 2 or included.all():
        raise StudyError(
            f"{included.sum()} of {len(included)} records are included",
            file=path,
            column=column,
            remedy="A replay needs two included records and one that is not",
        )
    keywords = table.get("keywords", "")
    return table[["title", "abstract"]].assign(keywords=keywords, included=included)
