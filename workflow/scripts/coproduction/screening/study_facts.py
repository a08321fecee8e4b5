"""What the report is told of the included studies: what was taken from them and how they were appraised."""

from typing import Any

import pandas as pd

from coproduction.core.text import split_list
from coproduction.screening.facts import short_authors
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.studies import AWAITED, DIFFER, DONE, MISSING


def study_facts(
    studies: pd.DataFrame,
    questions: pd.DataFrame,
    answers: pd.DataFrame,
    differences: pd.DataFrame,
    agreement: pd.DataFrame,
    findings: pd.DataFrame,
    settings: ScreeningSettings,
) -> dict[str, Any] | None:
    """The facts under `studies`; the tables are STUDIES, QUESTIONS and so on; None without studies."""
    if studies.empty:
        return None
    return {
        "total": len(studies),
        "extraction": _progress(studies, "extracted") if settings.extraction else None,
        "appraisal": _progress(studies, "appraised") if settings.appraisal else None,
        "tool": settings.appraisal_tool,
        "own_tool": bool(settings.appraisal_tool) or not questions["question"].str.startswith("mixed_").any(),
        "headings": _headings(settings),
        "rows": (rows := _rows(studies, settings)),
        "widths": " ".join(str(_width(rows[name])) for name in rows),
        "questions": _by_question(questions, answers),
        "differences": {name: int((differences["table"] == name).sum()) for name in ("extraction", "appraisal")},
        "agreement": _agreement(agreement),
        "findings": len(findings),
    }


def _progress(studies: pd.DataFrame, column: str) -> dict[str, int]:
    states = studies[column]
    done, differ, awaited = (int((states == state).sum()) for state in (DONE, DIFFER, AWAITED))
    return {"done": done, "differ": differ, "awaited": awaited, "begun": len(studies) - done - differ - awaited}


def _headings(settings: ScreeningSettings) -> dict[str, str]:
    """The columns of the table of studies with their headings."""
    fields = {f"extracted_{name}": heading for name, heading in settings.extraction.items()}
    return {"study": "Study"} | fields | ({"appraisal": "Appraisal"} if settings.appraisal else {})


def _rows(studies: pd.DataFrame, settings: ScreeningSettings) -> pd.DataFrame:
    """The studies of which something is known, as the table shows them."""
    known = studies[(studies["extracted"] != AWAITED) | (studies["appraised"] != AWAITED)]
    named = [
        f"{short_authors(authors)} {year}".strip()
        for authors, year in zip(known["authors"], known["year"], strict=True)
    ]
    words = known["appraisal"].where(known["appraised"] != MISSING, known["appraisal"] + " (not finished)")
    known = known.assign(appraisal=words)
    return known.assign(study=named).reindex(columns=list(_headings(settings)), fill_value="")


def _width(cells: pd.Series) -> int:
    """The share of the table's width that a column gets."""
    return min(max(round(float(cells.str.len().mean()) / 10), 3), 9) if len(cells) else 3


def _by_question(questions: pd.DataFrame, answers: pd.DataFrame) -> list[dict[str, Any]]:
    """For each question that was asked: how many studies have each answer."""
    rows = []
    for question in questions.to_dict("records"):
        own = answers.loc[answers["question"] == question["question"], "answer"]
        if len(own):
            words = split_list(question["answers"])
            told = "; ".join(f"{word} {int((own == word).sum())}" for word in words if (own == word).any())
            still = int((own == "").sum())
            counts = "; ".join(filter(None, [told, f"not settled {still}" if still else ""]))
            rows.append(
                {name: question[name] for name in ("number", "text")} | {"studies": len(own), "answers": counts}
            )
    return rows


def _agreement(agreement: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()} for row in agreement.to_dict("records")
    ]
