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
    n_done, differ, awaited = (int((states == state).sum()) for state in (DONE, DIFFER, AWAITED))
    return {"done": n_done, "differ": differ, "awaited": awaited, "begun": len(studies) - n_done - differ - awaited}


def _headings(settings: ScreeningSettings) -> dict[str, str]:
    """The columns of the table of studies with their headings."""
    fields = {f"extracted_{name}": heading for name, heading in settings.extraction.items()}
    return {"study": "Study"} | fields | ({"appraisal": "Appraisal"} if settings.appraisal else {})


def _rows(studies: pd.DataFrame, settings: ScreeningSettings) -> pd.DataFrame:
    """The studies of which something is known, as the table shows them."""
    begun = studies[(studies["extracted"] != AWAITED) | (studies["appraised"] != AWAITED)]
    study_names = [
        f"{short_authors(authors)} {year}".strip()
        for authors, year in zip(begun["authors"], begun["year"], strict=True)
    ]
    words = begun["appraisal"].where(begun["appraised"] != MISSING, begun["appraisal"] + " (not finished)")
    begun = begun.assign(appraisal=words)
    return begun.assign(study=study_names).reindex(columns=list(_headings(settings)), fill_value="")


def _width(cells: pd.Series) -> int:
    """The share of the table's width that a column gets."""
    return min(max(round(float(cells.str.len().mean()) / 10), 3), 9) if len(cells) else 3


def _by_question(questions: pd.DataFrame, answers: pd.DataFrame) -> list[dict[str, Any]]:
    """For each question that was asked: how many studies have each answer."""
    rows = []
    for question in questions.to_dict("records"):
        answers_given = answers.loc[answers["question"] == question["question"], "answer"]
        if len(answers_given):
            words = split_list(question["answers"])
            answer_counts = "; ".join(
                f"{word} {int((answers_given == word).sum())}" for word in words if (answers_given == word).any()
            )
            n_open = int((answers_given == "").sum())
            counts = "; ".join(filter(None, [answer_counts, f"not settled {n_open}" if n_open else ""]))
            rows.append(
                {name: question[name] for name in ("number", "text")}
                | {"studies": len(answers_given), "answers": counts}
            )
    return rows


def _agreement(agreement: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()} for row in agreement.to_dict("records")
    ]
