"""What a team came to in EPPI-Reviewer: its JSON report of items with their codes.

A screening tool is a code set of which codes are of the type Include or Exclude; its name says of which stage it is. The
report has the coding that is complete, not who coded. The name of an excluding code is the reason where it says
more than the stage ("EXCLUDE on topic").

Source: a report published with a review (github.com/infoqualitylab/Empirical-Retraction-Lit).
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coproduction.core.errors import StudyError, raise_all

TYPES = {"Include": "include", "Exclude": "exclude"}
_ONLY_THE_STAGE = re.compile(
    r"exclude[sd]?\b|\bon\b|\b(?:and|of|the|title|abstract|full|text|report|basis|based)s?\b|[\W_]", re.IGNORECASE
)
_ANEW = "Export it again in EPPI-Reviewer as a JSON report, with the screening tools ticked"


def read_json(text: str, path: Path) -> list[dict]:
    """A row for each item, with decision, reason and other codes in each screening tool under `tools`.

    Raises StudyError where the file is no such report, has no screening tool, or an item is both included and excluded.
    """
    try:
        report = json.loads(text)
    except ValueError as error:
        raise StudyError(f"this is not readable JSON ({error})", file=path, remedy=_ANEW) from error
    if not isinstance(report, dict) or not isinstance(report.get("References"), list):
        raise StudyError("the JSON file is no report of EPPI-Reviewer", file=path, remedy=_ANEW)
    tools = {name: codes for name, codes in _tools(report.get("CodeSets") or [])}
    if not tools:
        raise StudyError(
            "the report holds no screening tool, of which codes are of the type Include or Exclude",
            file=path,
            remedy=_ANEW,
        )
    errors: list[StudyError] = []
    rows = [_row(item, number, tools, errors, path) for number, item in enumerate(report["References"], 1)]
    raise_all(errors)
    return rows


def _tools(code_sets: list[dict]) -> Iterator[tuple[str, dict[int, tuple[str, str]]]]:
    """The screening tools, each with decision (if it is one) and name of its codes by their numbers."""
    for code_set in code_sets:
        codes = {
            code["AttributeId"]: (
                TYPES.get(code.get("AttributeType", ""), ""),
                str(code.get("AttributeName") or "").strip(),
            )
            for code in _codes(code_set)
        }
        if any(decision for decision, _ in codes.values()):
            yield str(code_set.get("SetName") or ""), codes


def _codes(parent: dict[str, Any]) -> Iterator[dict]:
    """The codes below a code set or a code."""
    for code in (parent.get("Attributes") or {}).get("AttributesList") or []:
        yield code
        yield from _codes(code)


def _row(item: dict, number: int, tools: dict, errors: list[StudyError], path: Path) -> dict:
    given = {code.get("AttributeId") for code in item.get("Codes") or []}
    decided: dict[str, tuple[str, str, str]] = {}
    for tool, codes in tools.items():
        chosen = [codes[number_of_code] for number_of_code in codes if number_of_code in given]
        decisions = {decision for decision, _ in chosen if decision}
        if len(decisions) > 1:
            errors.append(
                StudyError(
                    f"item {item.get('ItemId')} is included and excluded in '{tool}'",
                    file=path,
                    remedy="Leave the code that counts in EPPI-Reviewer, and export the report again",
                )
            )
        reasons = [name for decision, name in chosen if decision == "exclude" and _ONLY_THE_STAGE.sub("", name)]
        others = "; ".join(name for decision, name in chosen if not decision)
        decided[tool] = (next(iter(decisions), ""), "; ".join(reasons), others)
    return {
        "places": [str(item.get(name) or "") for name in ("OldItemId", "Comments", "Keywords")],
        "doi": str(item.get("DOI") or ""),
        "title": str(item.get("Title") or ""),
        "year": str(item.get("Year") or ""),
        "row": number,
        "date": "",
        "tools": decided,
    }
