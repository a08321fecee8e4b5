"""The included studies: what people took from each and how they appraised it, settled study by study.

The unit is the study: rows on any of its reports count for it. What one person wrote counts once
enough people have (settings `extractors`, `appraisers`); where they differ, a row by `consensus`
(or final, agreed, team) settles it, and until then the difference is listed, never decided by us.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.methods.raters import agree_by_pair, agree_overall
from coproduction.screening.decisions import FINAL, resolve
from coproduction.screening.extraction_files import MIXED
from coproduction.screening.record_matching import RecordIndex
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import (
    ANSWERS_BY_QUESTION,
    APPRAISAL_AGREEMENT,
    DIFFERENCES,
    FINDINGS_OF_STUDIES,
    STUDIES,
)

DONE, EMPTY, MISSING, DIFFER, AWAITED = "done", "fields empty", "answers missing", "differ", "awaited"
LEAST_PARTS = 2  # parts that a study of mixed methods has


@dataclass(frozen=True)
class Described:
    """Tables of the same names."""

    studies: pd.DataFrame
    answers: pd.DataFrame
    differences: pd.DataFrame
    agreement: pd.DataFrame
    findings: pd.DataFrame


def describe(
    records: pd.DataFrame,
    included: pd.DataFrame,
    extraction: pd.DataFrame,
    appraisal: pd.DataFrame,
    questions: pd.DataFrame,
    settings: ScreeningSettings,
) -> Described:
    """Every included study with what is known of it.

    records: record, members, title, year, doi of all records; included: INCLUDED; extraction, appraisal
    and questions as `extracting` reads them.
    """
    index = RecordIndex(records)
    study_of = dict(zip(included["record"], included["study"], strict=True))
    extraction_rows, odd = _of_studies(extraction, index, study_of, "extraction", "extractor")
    appraisal_rows, appraisal_findings = _of_studies(appraisal, index, study_of, "appraisal", "appraiser")
    question_rows = questions.to_dict("records")
    rows, answers, differences = [], [], []
    for study, reports in included.groupby("study", sort=False):
        first = reports.iloc[0]
        row = {"study": study, "records": ";".join(reports["record"])} | first[["authors", "year", "title"]].to_dict()
        fields, differ = _extracted(extraction_rows[extraction_rows["study"] == study], settings)
        appraised, ratings = _appraised(appraisal_rows[appraisal_rows["study"] == study], question_rows, settings)
        rows.append(row | fields | appraised)
        answers += [{"study": study} | answer for answer in ratings]
        differing = [("extraction", *pair) for pair in differ]
        differing += [("appraisal", a["question"], a["said"]) for a in ratings if a["differs"]]
        differences += [
            {"study": study, "record": first["record"], "table": table, "field": field, "said": words}
            for table, field, words in differing
        ]
    form = _with_fields(settings.extraction)
    return Described(
        accounting.table(rows, form) if rows else tables.empty(form),
        accounting.table(answers, ANSWERS_BY_QUESTION),
        accounting.table(differences, DIFFERENCES),
        _agreement(appraisal_rows, question_rows, settings),
        accounting.table(odd + appraisal_findings, FINDINGS_OF_STUDIES),
    )


def _with_fields(fields: Iterable[str]) -> tables.Table:
    """STUDIES with a column for each field of this study."""
    columns: dict[str, tables.Column] = {}
    for name, column in STUDIES.columns.items():
        columns |= {f"extracted_{field}": column for field in fields} if name.endswith("*") else {name: column}
    return tables.Table(STUDIES.file, STUDIES.description, columns)


def _of_studies(
    rows: pd.DataFrame, index: RecordIndex, study_of: dict[str, str], stage: str, who: str
) -> tuple[pd.DataFrame, list[dict]]:
    """The rows on included reports with their study, and a finding for each of the others."""
    resolved, findings = resolve(rows.rename(columns={who: "reviewer"}), index, stage)
    resolved = resolved.assign(study=resolved["record"].map(study_of).fillna(""))
    findings += [
        {
            "stage": stage,
            "finding": "not an included report",
            "detail": "not counted: the report has not passed both stages",
        }
        | {name: row[name] for name in ("record", "reviewer", "file", "row")}
        for row in resolved[resolved["study"] == ""].to_dict("records")
    ]
    return resolved[resolved["study"] != ""], findings


def _extracted(rows: pd.DataFrame, settings: ScreeningSettings) -> tuple[dict, list[tuple[str, str]]]:
    """The fields of a study with how far they are, and (field, what each wrote) where extractors differ."""
    people = [name for name in dict.fromkeys(rows["reviewer"]) if not FINAL.match(name)]
    agreed = any(FINAL.match(name) for name in rows["reviewer"])
    values, differ = {}, []
    for field in settings.extraction:
        value, by_person = _settled(rows, field, several=True)
        values[f"extracted_{field}"] = value or by_person
        differ += [(field, by_person)] if by_person and not value else []
    if rows.empty:
        state = AWAITED
    elif differ:
        state = DIFFER
    elif all(values.values()) and (agreed or len(people) >= settings.extractors):
        state = DONE
    else:
        state = EMPTY if len(people) >= settings.extractors or agreed else AWAITED
    return values | {"extracted": state, "extractors": ";".join(dict.fromkeys(rows["reviewer"]))}, differ


def _settled(rows: pd.DataFrame, column: str, several: bool = False) -> tuple[str, str]:
    """What counts in a column, and what each wrote; nothing counts where people differ.

    several: whether what one person wrote on several reports of a study goes together
    """
    filled = rows[rows[column] != ""]
    by_person = {
        str(name): "; ".join(dict.fromkeys(rows_of_person[column]))
        for name, rows_of_person in filled.groupby("reviewer", sort=True)
    }
    by_person_in_words = "; ".join(f"{name}: {value}" for name, value in by_person.items())
    final = [value for name, value in by_person.items() if FINAL.match(name)]
    plain = {" ".join(value.casefold().split()) for value in by_person.values()}
    has_two_answers = not several and filled.groupby("reviewer")[column].nunique().max() > 1  # one person, two answers
    if final or (len(plain) == 1 and not has_two_answers):
        return (final or list(by_person.values()))[0], by_person_in_words
    return "", by_person_in_words


def _appraised(rows: pd.DataFrame, questions: list[dict], settings: ScreeningSettings) -> tuple[dict, list[dict]]:
    """How far a study is appraised, and its answers question by question."""
    designs = _designs(rows, questions)
    due = [q for q in questions if q["design"] in ("", *designs)]
    answers = [_answer(rows, question) for question in due] if len(rows) else []
    gate = [a for a, q in zip(answers, due, strict=False) if not q["design"]] if designs else []
    first = {q["question"]: split_list(q["answers"])[0] for q in questions}
    stopped = any(a["answer"] and a["answer"] != first[a["question"]] for a in gate)
    if stopped:  # a study without a clear question is not appraised further
        answers = [a for a in answers if a["said"]]
    people = [name for name in dict.fromkeys(rows["reviewer"]) if not FINAL.match(name)]
    enough = len(people) >= settings.appraisers or any(FINAL.match(name) for name in rows["reviewer"])
    parts = MIXED not in designs or len(designs) > LEAST_PARTS
    design_is_known = designs or not any(q["design"] for q in questions)
    if rows.empty:
        state = AWAITED
    elif any(a["differs"] for a in answers):
        state = DIFFER
    elif enough and answers and (stopped or (design_is_known and parts and all(a["answer"] for a in answers))):
        state = DONE
    else:
        state = MISSING
    numbers_by_answer: dict[str, list[str]] = {}
    for answer in answers:
        numbers_by_answer.setdefault(answer["answer"] or ("differ" if answer["differs"] else "open"), []).append(
            answer["number"]
        )
    words = "; ".join(f"{word}: {', '.join(numbers)}" for word, numbers in numbers_by_answer.items())
    summary = {"design": ";".join(designs), "appraised": state, "appraisal": words}
    return summary | {"appraisers": ";".join(dict.fromkeys(rows["reviewer"]))}, answers


def _designs(rows: pd.DataFrame, questions: list[dict]) -> list[str]:
    """The designs that appraisers named or whose questions they answered, in the order of the questions."""
    named = {design for cell in rows["design"] for design in split_list(cell)}
    named |= {q["design"] for q in questions if (rows[q["question"]] != "").any()}
    return [design for design in dict.fromkeys(q["design"] for q in questions) if design and design in named]


def _answer(rows: pd.DataFrame, question: dict) -> dict:
    value, by_person_in_words = _settled(rows, question["question"])
    return {name: question[name] for name in ("question", "number", "text")} | {
        "answer": value,
        "said": by_person_in_words,
        "differs": bool(by_person_in_words) and not value,
    }


def _agreement(judged: pd.DataFrame, questions: list[dict], settings: ScreeningSettings) -> pd.DataFrame:
    """APPRAISAL_AGREEMENT over the answers of all studies, by pair and, of more than two, together."""
    names = [q["question"] for q in questions]
    final = pd.Series([bool(FINAL.match(name)) for name in judged["reviewer"]], index=judged.index, dtype=bool)
    long = judged[~final].melt(["study", "reviewer"], names, "question", "answer")
    long = long[long["answer"] != ""].drop_duplicates(["study", "question", "reviewer"])
    if long.empty:
        return tables.empty(APPRAISAL_AGREEMENT)
    ratings = long.pivot(index=["study", "question"], columns="reviewer", values="answer")
    categories = list(dict.fromkeys(answer for q in questions for answer in split_list(q["answers"])))
    rows = agree_by_pair(ratings, categories, settings.confidence)
    overall = agree_overall(ratings, categories, settings.confidence) if ratings.shape[1] > 2 else None
    for row in rows + ([overall] if overall else []):
        pair = ratings.columns if row["first"] == "all" else [row["first"], row["second"]]
        both = ratings[pair].notna().sum(axis=1) >= 2
        row["studies"] = int(np.unique(ratings.index.get_level_values("study")[both]).size)
    return accounting.table(rows + ([overall] if overall else []), APPRAISAL_AGREEMENT)


def with_columns(findings: pd.DataFrame, of_columns: list[dict]) -> pd.DataFrame:
    """The findings after those on the columns of the tables."""
    return pd.concat([accounting.table(of_columns, FINDINGS_OF_STUDIES), findings], ignore_index=True)


def status(studies: pd.DataFrame, settings: ScreeningSettings) -> list[dict]:
    """Rows of STATUS on extraction and appraisal; none while no study is included."""
    total = len(studies)
    if not total:
        return []
    rows = []
    for is_used, step, column, what, file in (
        (settings.extraction, "Data extraction", "extracted", "extracted data of", "extraction.csv"),
        (settings.appraisal, "Quality appraisal", "appraised", "appraisals of", "appraisal.csv"),
    ):
        if is_used:
            states = studies[column]
            n_left = total - int((states == DONE).sum())
            begun = [f"{int((states == s).sum())} {word}" for s, word in _OPEN.items() if (states == s).any()]
            begun_in_words = f" ({'; '.join(begun)})" if begun else ""
            awaited = f"{what} {md.plural(n_left, 'study')}{begun_in_words}, from the reviewers" if n_left else ""
            put_in = f"screening/{file}" if n_left else ""
            rows.append(accounting.status_row("screening", step, total - n_left, total, "study", awaited, put_in))
    return rows


_OPEN = {EMPTY: "begun", MISSING: "begun", DIFFER: "with disagreement"}
