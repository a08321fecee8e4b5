"""What survey tools call the columns beside the answers, by what they are: the person, the time, the state …"""

import csv
from functools import cache
from pathlib import Path


@cache
def names_of(kind: str) -> tuple[str, ...]:
    """The normalised names of columns of a kind, those first that count more."""
    path = Path(__file__).with_name("column_names.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if row["kind"] == kind)
