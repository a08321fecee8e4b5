"""What the screening hands over to the whole study: how far it is, and where every record went."""

import re
from collections.abc import Sequence

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core import markdown as md
from coproduction.screening.tables import ALL_STATES

NOT_COUNTED = re.compile(r"^not counted\b|\bnone counts\b")  # in the details of FINDINGS


NOT_COUNTED_STEP = "Rows in the reviewers' tables that do not count"


def status(
    states: pd.DataFrame, conflicts: pd.DataFrame, findings: pd.DataFrame, of_studies: Sequence[dict] = ()
) -> pd.DataFrame:
    """STATUS: both stages, adjudication and retrieval, the included studies, the decisions that do not count.

    of_studies: rows on extraction and appraisal
    """
    n = states["state"].value_counts()

    def count(*names: str) -> int:
        return int(sum(n.get(name, 0) for name in names))

    total = len(states)
    waiting = count("not screened", "title and abstract: partly screened")
    settled = total - waiting - count("title and abstract: conflict")
    sought = settled - count("title and abstract: excluded")
    awaited, missing = count("full text: awaited"), count("full text: not retrieved")
    due = sought - missing
    done_full = count("full text: excluded", "included")
    ruled = int((states["adjudicated"] != "").sum())
    partly = count("title and abstract: partly screened", "title and abstract: conflict")
    begun = {"state": "partial"} if partly and not settled else {}  # nothing is settled, but people have decided
    complete = total > 0 and settled == total and awaited == 0 and done_full == due
    rows = [
        accounting.status_row(
            "screening",
            "Titles and abstracts",
            settled,
            total,
            "record",
            _to_decide(waiting, count("title and abstract: partly screened")) if waiting else "",
            "screening/title_abstract.csv" if waiting else "",
        )
        | begun,
        _adjudication(ruled, len(conflicts), complete),
        accounting.status_row(
            "screening",
            "Retrieval of full texts",
            sought - awaited,
            sought,
            "report",
            f"{md.plural(awaited, 'full text')}, from whoever obtains them" if awaited else "",
            "screening/retrieval.csv" if awaited else "",
        ),
        accounting.status_row(
            "screening",
            "Full texts",
            done_full,
            due,
            "report",
            f"decisions on {md.plural(due - done_full, 'report')}, from the reviewers" if due > done_full else "",
            "screening/full_text.csv" if due > done_full else "",
        ),
        *of_studies,
        *_not_counted(findings),
    ]
    return accounting.table(rows, accounting.STATUS)


def _to_decide(waiting: int, partly: int) -> str:
    """What reviewers are asked for; records that some of them have decided are named."""
    begun = f" ({partly} of them needing one more reviewer)" if partly else ""
    return f"decisions on {md.plural(waiting, 'record')}{begun}, from the reviewers"


def _not_counted(findings: pd.DataFrame) -> list[dict]:
    """A row for rows of people's tables that do not count, with the first of each kind; else none."""
    not_counting = findings[findings["row"].notna() & findings["detail"].str.contains(NOT_COUNTED)]
    if not_counting.empty:
        return []
    kinds_in_words = [
        f"{len(part)} in {file}, from row {part['row'].min()} on ({why}: {part['detail'].iloc[0]})"
        for (file, why), part in not_counting.groupby(["file", "finding"], sort=True)
    ]
    awaited = f"corrections, from whoever filled them in: {'; '.join(kinds_in_words)}"
    file = f"screening/{not_counting['file'].iloc[0]}"
    return [accounting.status_row("screening", NOT_COUNTED_STEP, 0, len(not_counting), "row", awaited, file)]


def _adjudication(ruled: int, conflicts: int, complete: bool) -> dict:
    """The step of adjudication; where no decisions differed, that there was nothing to settle."""
    if not ruled and not conflicts:
        step = "Adjudication (no conflicts)" if complete else "Adjudication"
        return accounting.status_row("screening", step, 0, 0, "record") | ({"state": "done"} if complete else {})
    awaited = f"rulings on {md.plural(conflicts, 'conflict')}, from the adjudicator"
    put_in = "screening/adjudications.csv"
    return accounting.status_row(
        "screening", "Adjudication", ruled, ruled + conflicts, "record", *((awaited, put_in) if conflicts else ())
    )


def account(states: pd.DataFrame) -> pd.DataFrame:
    """Where every unique record stands."""
    n = states["state"].value_counts()
    outcomes = {state: int(n[state]) for state in ALL_STATES if state in n}
    rows = accounting.account_rows("screening", "record", "literature/records.csv", outcomes)
    return accounting.table(rows, accounting.ACCOUNT) if rows else tables.empty(accounting.ACCOUNT)
