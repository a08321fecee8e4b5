"""Where studies stand in Colandr: its export as CSV, which has a column for each stage.

It holds what the team came to, not who voted how; a study that one of two reviewers has screened, or on which they
disagree, is open. Reasons are a list in a cell.

Source: the code of Colandr (github.com/datakind/permanent-colandr-back, colandr/api/resources/exports.py).
"""

from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError

COLUMNS = {"title_abstract": "citation", "full_text": "fulltext"}
STATUSES = {
    "included": "include",
    "excluded": "exclude",
    **dict.fromkeys(("", "not_screened", "screened_once", "screened_twice", "conflict"), ""),
}
_AROUND = " []{}'\""


def is_export(names: set[str]) -> bool:
    """Whether a table with these columns (in small letters) comes from Colandr."""
    return {"citation_screening_status", "citation_title"} <= names


def read_table(table: pd.DataFrame, path: Path) -> list[dict]:
    """A row for each study, with decision, reason and tags of each stage under `stages`.

    Raises StudyError for a status that Colandr does not have.
    """
    rows = []
    for number, cells in zip(table.index, table.to_dict("records"), strict=True):
        rows.append(
            {
                "places": [cells.get("citation_keywords", ""), cells.get("citation_abstract", "")],
                "doi": cells.get("citation_doi", ""),
                "title": cells.get("citation_title", ""),
                "year": cells.get("citation_pub_year", ""),
                "row": int(number),
                "date": "",
                "stages": {stage: _stage(cells, kind, int(number), path) for stage, kind in COLUMNS.items()},
            }
        )
    return rows


def _stage(cells: dict[str, str], kind: str, row: int, path: Path) -> tuple[str, str, str]:
    column = f"{kind}_screening_status"
    status = cells.get(column, "")
    if status not in STATUSES:
        raise StudyError(
            f"'{status}' is no status of Colandr",
            file=path,
            row=row,
            column=column,
            remedy=f"It is {', '.join(filter(None, STATUSES))}: export the studies again",
        )
    reasons = (reason.strip(_AROUND) for reason in cells.get(f"{kind}_exclude_reasons", "").strip(_AROUND).split(","))
    reason = "; ".join(filter(None, reasons)) if STATUSES[status] == "exclude" else ""
    return STATUSES[status], reason, cells.get("study_tags", "").strip(_AROUND)
