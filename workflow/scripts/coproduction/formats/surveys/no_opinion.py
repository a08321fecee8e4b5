"""How panellists say in several languages that they have no opinion, whatever else a study lists."""

import csv
from functools import cache
from pathlib import Path


@cache
def common_no_opinion() -> tuple[str, ...]:
    """The phrases, as people write them."""
    with Path(__file__).with_name("no_opinion.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["phrase"] for row in csv.DictReader(file))
