"""What a team came to at a stage, from the exports of tools that do not say who voted how: Covidence, Colandr, EPPI-Reviewer.

Such an outcome needs no second reviewer and tells nothing about agreement.
"""

import re
from pathlib import Path

from coproduction.core.errors import StudyError
from coproduction.formats.screening.reading import COLANDR, COVIDENCE, EPPI

TEAMS = {COVIDENCE: "Covidence", COLANDR: "Colandr", EPPI: "EPPI-Reviewer"}
# What being in a list of Covidence means at each stage; "" where the stage is open, none where it
# is not due. The lists hold what the team settled, not who voted how.
COVIDENCE_LISTS = {
    "screen": {"title_abstract": ""},
    "irrelevant": {"title_abstract": "exclude"},
    "select": {"title_abstract": "include", "full_text": ""},
    "excluded": {"title_abstract": "include", "full_text": "exclude"},
    "included": {"title_abstract": "include", "full_text": "include"},
}
STAGE_WORDS = {  # in a column, or the name of a screening tool, that says of which stage it is
    "full_text": re.compile(r"full|\bft\b|volltext|texte int[ée]gral|texto completo|testo completo", re.IGNORECASE),
    "title_abstract": re.compile(r"abstract|\btitle|\bt[/&+]?a\b|\bti[/&+ ]?ab\b|titel|titre|t[íi]tulo", re.IGNORECASE),
}


def of_stage(form: str, rows: list[dict], stage: str, path: Path) -> list[dict]:
    """The rows of an export with what the team came to at a stage; those for which it is not due are left out."""
    if form == COVIDENCE:
        return [
            _settled(row, form, COVIDENCE_LISTS[row["list"]][stage], row["reason"], row["note"])
            for row in rows
            if stage in COVIDENCE_LISTS[row["list"]]
        ]
    if form == EPPI:
        tool = _tool_of(list(rows[0]["tools"]) if rows else [], stage, path)
        return [_settled(row, form, *row["tools"][tool]) for row in rows]
    return [_settled(row, form, *row["stages"][stage]) for row in rows]


def _settled(row: dict, form: str, decision: str, reason: str, note: str) -> dict:
    """The row as an outcome of the team."""
    return row | {
        "reviewer": TEAMS[form],
        "decision": decision,
        "reason": reason if decision == "exclude" else "",
        "date": row["date"] if decision else "",
        "note": note,
        "scope": "team",
    }


def _tool_of(tools: list[str], stage: str, path: Path) -> str:
    """The screening tool of a stage by its name, or the only one; StudyError where several can be, or none is."""
    if not tools:
        return ""
    (other,) = STAGE_WORDS.keys() - {stage}
    of_stage = [name for name in tools if STAGE_WORDS[stage].search(name) and not STAGE_WORDS[other].search(name)]
    open_to_both = [name for name in tools if not any(words.search(name) for words in STAGE_WORDS.values())]
    possible = of_stage or (open_to_both if len(tools) == 1 else [])
    if len(possible) == 1:
        return possible[0]
    names = " and ".join(f"'{name}'" for name in possible or tools)
    problem = (
        f"the screening tools {names} are of this stage" if possible else f"no screening tool is of this stage: {names}"
    )
    raise StudyError(
        problem,
        file=path,
        remedy="Export the report again with one tool, or name the tools after their stage: "
        "'Screen on Title & Abstract', 'Screen on Full Text'",
    )
