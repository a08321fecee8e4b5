"""Exports for other tools that are written on demand where the searches are large.

Of 100,000 records they are 600 MB, of which somebody takes one file, once. What was asked for is then kept as
current as all else. Read by the Snakefile, so without pandas.
"""

import os
from collections.abc import Iterable
from pathlib import Path

FILES = {  # of the steps that write them, in the results
    "export_records": [f"literature/export/records.{kind}" for kind in ("ris", "bib", "json", "csv")],
    "export_screening": [
        f"screening/to_screen/{name}" for name in ("asreview.csv", "project.asreview", "title_abstract.ris")
    ],
}
MEGABYTE = 1_000_000


def is_written(step: str, searches: Iterable[str], at_most_mb: float, results: Path) -> bool:
    """Whether a run writes the exports of this step: the searches are small, or somebody has asked for them before."""
    small = sum(os.path.getsize(path) for path in searches) <= at_most_mb * MEGABYTE
    return small or any((results / file).is_file() for file in FILES[step])


def not_written(results: Path) -> str:
    """Which exports a finished run has not written, why, and how to get them; empty where there are no records yet."""
    missing = [str(results / file) for files in FILES.values() for file in files if not (results / file).is_file()]
    if not missing or not (results / "literature/records.csv").is_file():
        return ""
    return (
        f"Not written, because the files in searches/ are larger than the setting literature.exports_up_to_mb: "
        f"{', '.join(missing)}. To write them: make exports, with STUDY=your-study where it is not the bundled one."
    )
