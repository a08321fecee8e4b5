"""Reads what people took from the included studies and how they appraised them.

Both tables have columns that the study chooses: the fields of the setting `screening.extraction`, and
the questions of the appraisal tool. A column that is neither is named, with the nearest that is.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, did_you_mean, raise_all
from coproduction.core.text import split_list
from coproduction.screening import mmat
from coproduction.screening.tables import PEOPLE_APPRAISAL, PEOPLE_EXTRACTION, QUALITY_QUESTIONS, QUESTION_COLUMNS

ANSWERS = "yes;no;can't tell"
SHORT = {"y": "yes", "n": "no", "cannot tell": "can't tell", "cant tell": "can't tell", "unclear": "can't tell"}
SHOWN = {"title", "abstract", "authors", "year", "source", "doi", "study", "full_text", "differences"}  # on the forms
MIXED = "mixed methods"  # a design whose parts are appraised too


def read_questions(paths: Sequence[str]) -> pd.DataFrame:
    """The questions of the appraisal in their order: the study's own, or those of the MMAT of 2018.

    A table without questions, as in a new study, is none.
    """
    own_questions = people_tables.read_single_table(paths, QUALITY_QUESTIONS, "questions")
    questions = own_questions if len(own_questions) else pd.DataFrame(mmat.QUESTIONS, dtype=str)
    questions = questions.reindex(columns=list(QUESTION_COLUMNS), fill_value="")
    questions["answers"] = questions["answers"].replace("", ANSWERS)
    questions["number"] = questions["number"].where(questions["number"] != "", questions["question"])
    return questions


def read_extraction(paths: Sequence[str], fields: Sequence[str]) -> tuple[pd.DataFrame, list[dict]]:
    """What was taken (record, extractor, doi, title, year, the fields, file, row), and findings on columns."""
    return _read(paths, PEOPLE_EXTRACTION, "extractor", list(fields), "extraction")


def read_appraisal(paths: Sequence[str], questions: pd.DataFrame) -> tuple[pd.DataFrame, list[dict]]:
    """The answers (record, appraiser, design, the questions, file, row), and findings on columns.

    Raises StudyError for an answer or a design that the questions do not know.
    """
    names = questions["question"].tolist()
    appraisal_rows, findings = _read(paths, PEOPLE_APPRAISAL, "appraiser", ["design", *names], "appraisal")
    errors: list[StudyError] = []
    for name, answers in zip(names, questions["answers"], strict=True):
        allowed = split_list(answers)
        appraisal_rows[name] = [_answer(cell, allowed) for cell in appraisal_rows[name]]
        errors += _refused(appraisal_rows, name, allowed, f"Allowed: {', '.join(allowed)}")
    designs = [design for design in dict.fromkeys(questions["design"]) if design]
    if designs:
        appraisal_rows["design"] = [_designs(cell, designs) for cell in appraisal_rows["design"]]
        errors += _refused(appraisal_rows, "design", designs, f"Allowed: {', '.join(designs)}; several separated by ;")
    raise_all(errors)
    return appraisal_rows, findings


def _read(
    paths: Sequence[str], form: tables.Table, person_column: str, columns: list[str], stage: str
) -> tuple[pd.DataFrame, list[dict]]:
    columns_kept = ["record", person_column, *columns, "doi", "title", "year", "file", "row"]
    parts, findings, errors = [pd.DataFrame(columns=columns_kept, dtype=str)], [], []
    for path in map(Path, paths):
        table = people_tables.read_people_table(path, form)
        table = table.rename(columns=_by_name(list(table), columns))
        findings += _unknown(list(table), {*columns, *columns_kept, *SHOWN, "note"}, columns, form, stage, path)
        table = table.reindex(columns=columns_kept[:-2], fill_value="").fillna("").astype(str)
        table = table[(table[columns] != "").any(axis=1)]
        nobody = table.index[table[person_column] == ""]
        errors += [
            StudyError(
                f"the row has no {person_column}",
                file=path,
                row=int(row),
                column=person_column,
                remedy="Write the initials there",
            )
            for row in nobody
        ]
        parts.append(table.assign(file=path.name, row=table.index))
    raise_all(errors)
    return pd.concat(parts, ignore_index=True), findings


def _by_name(header: list[str], columns: list[str]) -> dict[str, str]:
    """The columns that differ from those sought by capitals or blanks alone."""
    plain = {"_".join(name.casefold().split()): name for name in columns}
    return {name: plain[low] for name in header if (low := "_".join(name.casefold().split())) in plain}


def _unknown(
    header: list[str], known_columns: set[str], columns: list[str], form: tables.Table, stage: str, path: Path
) -> list[dict]:
    """A finding for each column that is read by no field or question, but for those the tool does not use."""
    unused = {name for name in form.columns if name not in known_columns}  # of the default, which the study replaced
    return [
        {
            "stage": stage,
            "finding": "column not used",
            "file": path.name,
            "detail": f"the column '{name}' is not read. {did_you_mean(name, columns)}".strip(),
        }
        for name in header
        if name.casefold() not in known_columns | unused
    ]


def _answer(cell: str, allowed: list[str]) -> str:
    plain = " ".join(cell.replace("’", "'").casefold().split())
    allowed_words = {word.casefold(): word for word in allowed}
    return allowed_words.get(plain) or allowed_words.get(SHORT.get(plain, ""), cell)


def _designs(cell: str, designs: list[str]) -> str:
    known_designs = {design.casefold(): design for design in designs}
    return ";".join(
        known_designs.get(" ".join(part.casefold().split()), part) for part in split_list(cell.replace(",", ";"))
    )


def _refused(rows_given: pd.DataFrame, name: str, allowed: list[str], remedy: str) -> list[StudyError]:
    """One sentence a file and wrong word, with the first row that has it and the number of others."""
    words = [next((p for p in split_list(cell) if p not in allowed), "") for cell in rows_given[name]]
    if not any(words):
        return []
    wrong = rows_given.assign(word=words)[[bool(word) for word in words]]
    return [
        StudyError(
            f"'{word}' is not one of the words" + (f" (in {len(rows)} rows)" if len(rows) > 1 else ""),
            file=f"screening/{file}",
            row=int(rows["row"].iloc[0]),
            column=name,
            remedy=did_you_mean(str(word), allowed) + remedy,
        )
        for (file, word), rows in wrong.groupby(["file", "word"], sort=True)
    ]
