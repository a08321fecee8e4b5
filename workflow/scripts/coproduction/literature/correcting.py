"""What people correct in the records: a wrong abstract, a cut title, a missing year.

A correction names a record (or any of its entries) and takes the place of value in the exports; the
exports stay as they are, and the record keeps its id. Each correction is listed with what was there.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables
from coproduction.core.errors import StudyError, did_you_mean, raise_all
from coproduction.formats.references.normal import normalise_doi
from coproduction.literature.tables import CORRECTIONS, ORIGINS, PEOPLE_CORRECTIONS, table_of

FIELDS = tuple(name for name in ORIGINS.columns if name != "record")
OBEYED, SAME, UNKNOWN = "obeyed", "no change", "record not found"


def read_corrections(paths: Sequence[str]) -> list[dict]:
    """The rows of all files, each with `file` and `row`; StudyError for a field that records do not have."""
    rows, errors = [], []
    for path in map(Path, paths):
        table = people_tables.read_people_table(path, PEOPLE_CORRECTIONS)
        for number, cells in zip(table.index, table.to_dict("records"), strict=True):
            plain = cells["field"].strip().casefold()
            place = {"file": path.name, "row": int(number)}
            if plain not in FIELDS:
                remedy = did_you_mean(plain, FIELDS) + f"The fields are {', '.join(FIELDS)}"
                problem = f"'{cells['field']}' is not a field of a record"
                errors.append(StudyError(problem, file=path, row=int(number), column="field", remedy=remedy))
            rows.append(cells | {"field": plain} | place)
    raise_all(errors)
    return rows


def correct(
    records: pd.DataFrame, origins: pd.DataFrame, correction_rows: Sequence[dict]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Records and origins with the corrections obeyed, and CORRECTIONS.

    Raises StudyError where two corrections of one field contradict each other.
    """
    record_of = {
        member: record
        for record, members in zip(records["record"], records["members"], strict=True)
        for member in (*members.split(";"), record)
    }
    place = {record: at for at, record in enumerate(records["record"])}
    changed: dict[str, list] = {}
    first: dict[tuple[str, str], dict] = {}
    outcomes, errors = [], []
    for row in correction_rows:
        record = record_of.get(row["record"].strip()) or record_of.get(row["record"].strip().lower(), "")
        value = normalise_doi(row["value"]) if row["field"] == "doi" else row["value"]
        outcomes.append(
            {name: row.get(name, "") for name in CORRECTIONS.columns} | {"value": value, "outcome": UNKNOWN}
        )
        if not record:
            continue
        before = first.setdefault((record, row["field"]), row)
        if before["value"] != row["value"]:
            problem = (
                f"the {row['field']} of {record} is corrected differently in row {before['row']} of {before['file']}"
            )
            remedy = "Keep the correct row"
            errors.append(
                StudyError(problem, file=f"searches/{row['file']}", row=row["row"], column="value", remedy=remedy)
            )
        current_value = records[row["field"]].iloc[place[record]]
        outcomes[-1] |= {
            "record": record,
            "before": current_value,
            "outcome": SAME if current_value == value else OBEYED,
        }
        changed.setdefault(row["field"], []).append((place[record], value, f"{row['file']}#{row['row']}"))
    raise_all(errors)
    records, origins = records.copy(), origins.copy()
    for field, cells in changed.items():
        for at, value, origin in cells:
            records.iloc[at, list(records).index(field)] = value
            origins.iloc[at, list(origins).index(field)] = origin
    return records, origins, table_of(outcomes, CORRECTIONS)
