"""The folder for a repository such as Zenodo: results, codebook, dictionary, citation, description."""

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd

from coproduction.core.edited_results import ASIDE, PRIVATE
from coproduction.core.errors import StudyError
from coproduction.core.tables import Table

LEFT_AT_HOME = {"logs", "benchmarks", "archive", PRIVATE, ASIDE}  # no results; names of people; what hands changed
DRAFTS = {("report", "build"), ("report", "draft")}  # not searched for names yet
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def checked_date(date: str) -> str:
    """The date of the study as ISO 8601; StudyError where it is missing or of another form."""
    if not DATE.fullmatch(date):
        raise StudyError(
            "an archive needs the date of the study" + (f", not '{date}'" if date else ""),
            remedy='Set `date` in the config, as year-month-day in quotation marks: "2026-11-30"',
        )
    return date


def copy_results(results: Path, folder: Path) -> list[str]:
    """Copy the results below `folder`/results; their names there, in order.

    What holds names of people (`private/`), drafts of the report, logs and hidden files stay where they are.
    """
    names = []
    for path in sorted(results.rglob("*")):
        parts = path.relative_to(results).parts
        hidden = any(part.startswith(".") for part in parts)
        if not path.is_file() or hidden or parts[0] in LEFT_AT_HOME or parts[:2] in DRAFTS:
            continue
        target = folder / "results" / Path(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        names.append("/".join(parts))
    return names


def dictionary(forms: Iterable[Table]) -> pd.DataFrame:
    """The columns of all tables that the workflow makes (DATA_DICTIONARY)."""
    kinds = {"text": "text", "whole": "whole number", "number": "number"}
    rows = [
        {
            "file": f"results/{form.file}",
            "column": name,
            "kind": kinds[column.kind],
            "meaning": column.description,
            "values": "; ".join(value for value in column.allowed or () if value),
        }
        for form in forms
        if not form.people
        for name, column in form.columns.items()
    ]
    return pd.DataFrame(rows, columns=["file", "column", "kind", "meaning", "values"])


def descriptions(names: Sequence[str], forms: Iterable[Table]) -> dict[str, str]:
    """What each result that a declared table holds is, by its path in the archive."""
    result_forms = [form for form in forms if not form.people]
    description_of = {}
    for name in names:
        form = next((form for form in result_forms if fnmatchcase(name, form.file)), None)
        if form is not None:
            description_of[f"results/{name}"] = form.description
    return description_of


def citation(title: str, authors: Sequence[str], date: str, licence: str) -> str:
    """The CITATION.cff of the study (JSON values are YAML)."""
    people = [{"name": name} for name in authors] or [{"name": "The authors of the study"}]
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them.",
        "type": "dataset",
        "title": title,
        "authors": people,
        "date-released": date,
        "license-url": licence,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join(lines) + "\n"
