"""From the rows that reviewers wrote to one decision per record, reviewer and stage.

Whatever is odd in the rows is reported as a finding and nothing is guessed: a decision on an
unknown record is not counted; the same decision twice is counted once; of two different
decisions by one reviewer the later counts where the dates say which is later, otherwise neither.
"""

import pandas as pd

STAGES = ("title_abstract", "full_text")
DECISIONS = ("include", "exclude", "maybe")
DECISION_COLUMNS = ["stage", "record", "reviewer", "decision", "reason", "date", "note", "order"]
FINDING_COLUMNS = ["stage", "finding", "record", "reviewer", "file", "row", "detail"]


def member_index(records: pd.DataFrame) -> dict[str, str]:
    """Record id of every id a decision may name: the record's own and those of its members."""
    index = {}
    for record, members in zip(records["record"], records["members"], strict=True):
        for member in str(members or "").split(";"):
            if member.strip():
                index.setdefault(member.strip(), record)
    return index | {record: record for record in records["record"]}


def resolve(
    rows: pd.DataFrame, index: dict[str, str], stage: str
) -> tuple[pd.DataFrame, list[dict]]:
    """Rows with the id of their record, and a finding for each row that names none.

    `rows`: at least record, file, row (line of the spreadsheet). Ids are compared without
    surrounding blanks.
    """
    named = rows["record"].str.strip()
    known = named.map(index)
    findings = [
        _finding(
            stage,
            "unknown record",
            row,
            detail="not counted: no record of the searches has this id",
        )
        for row in rows[known.isna()].to_dict("records")
    ]
    return rows.assign(record=known)[known.notna()], findings


def _finding(stage: str, finding: str, row: dict, detail: str) -> dict:
    return {
        "stage": stage,
        "finding": finding,
        "record": row["record"],
        "reviewer": row.get("reviewer", ""),
        "file": row["file"],
        "row": row["row"],
        "detail": detail,
    }


def settle(rows: pd.DataFrame, stage: str) -> tuple[pd.DataFrame, list[dict]]:
    """One decision per record and reviewer, and what was found on the way.

    `rows`: record (resolved), reviewer, decision, reason, date, note, file, row. The result has
    DECISION_COLUMNS; `order` numbers the reviewer's decisions in the sequence they were made
    (by date, then by line).
    """
    kept, findings = [], []
    rows = rows.assign(position=range(len(rows)))
    for _, group in rows.groupby(["record", "reviewer"], sort=True):
        row, found = _settle_one(group.to_dict("records"), stage)
        findings += found
        if row:
            kept.append(row)
    decisions = pd.DataFrame(kept, columns=[*rows.columns])
    decisions = decisions.sort_values(["reviewer", "date", "position"], kind="stable")
    decisions["order"] = decisions.groupby("reviewer").cumcount() + 1
    decisions["stage"] = stage
    decisions = decisions.sort_values(["record", "reviewer"], kind="stable")
    return decisions[DECISION_COLUMNS].reset_index(drop=True), findings


def _settle_one(rows: list[dict], stage: str) -> tuple[dict | None, list[dict]]:
    """The row that counts among those of one reviewer on one record (None: none can)."""
    last = rows[-1]
    if len(rows) == 1:
        return last, []
    if len({row["decision"] for row in rows}) == 1:
        detail = f"{last['decision']} was given {len(rows)} times and counts once"
        return last, [_finding(stage, "double decision", last, detail)]
    dates = [row["date"] for row in rows]
    latest = max(dates)
    newest = [row for row in rows if row["date"] == latest]
    if all(dates) and len({row["decision"] for row in newest}) == 1:
        said = ", then ".join(row["decision"] for row in sorted(rows, key=lambda r: r["date"]))
        detail = f"{said}: the decision of {latest} counts"
        return newest[-1], [_finding(stage, "changed mind", newest[-1], detail)]
    said = " and ".join(dict.fromkeys(row["decision"] for row in rows))
    detail = f"{said} without dates that say which is later: none counts"
    return None, [_finding(stage, "contradiction", last, detail)]


def read_decisions(
    rows: pd.DataFrame, index: dict[str, str], stage: str
) -> tuple[pd.DataFrame, list[dict]]:
    """Resolve and settle the rows of one stage."""
    known, unknown = resolve(rows, index, stage)
    decisions, odd = settle(known, stage)
    return decisions, unknown + odd


def check_reasons(decisions: pd.DataFrame, codes: set[str]) -> list[dict]:
    """Findings for full-text exclusions without a reason and reasons that no criterion names."""
    findings = []
    for row in decisions.to_dict("records"):
        row |= {"file": f"{row['stage']}.csv", "row": ""}
        if row["reason"] and row["reason"] not in codes:
            detail = f"{row['reason']} is not a criterion of criteria.csv and is counted as written"
            findings.append(_finding(row["stage"], "unknown reason", row, detail))
        if row["stage"] == "full_text" and row["decision"] == "exclude" and not row["reason"]:
            detail = "an exclusion at full text needs a reason"
            findings.append(_finding(row["stage"], "no reason", row, detail))
    return findings


def rating_table(decisions: pd.DataFrame, value: str = "decision") -> pd.DataFrame:
    """Records x reviewers with the decision (or `value`) of each; empty cells are missing."""
    if decisions.empty:
        return pd.DataFrame()
    return decisions.pivot(index="record", columns="reviewer", values=value).sort_index()
