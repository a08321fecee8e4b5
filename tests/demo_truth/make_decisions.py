"""How the bundled screening was made: what two reviewers decided on the records of the truth.

R1 and R2 decide as the truth says unless a record names another decision (`r1`, `r2`,
`full_text_r1`, `full_text_r2`; `none` is a record not looked at yet). Where they differ, R3
settles it as the truth says, unless the record's `adjudication` is still open. Records that are
settled as included are sought; those `pending` in full text wait for both reviewers or for R2.

    python tests/demo_truth/make_decisions.py   # rewrites decisions, adjudications, retrieval.csv

Records go by their truth id here. The screening files of data/demo/screening carry the ids that
the literature step gives to the entries of the exports (see duplicates.csv for which is which).
"""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

from make_searches import HERE, Record, number, read_records

REVIEWERS = ("R1", "R2")
REASONS = ("not-coproduction", "not-social-services", "no-conditions", "not-empirical", "wrong-language", "duplicate")
STAGE_BEGINS = {"title_abstract": date(2025, 4, 1), "full_text": date(2025, 6, 2)}
NOTES = {
    ("title_abstract", "T009"): "The agreements after the vote are shared delivery; check the full text.",
    ("title_abstract", "T016"): "Initiatives refuse any public partner, so self-help rather than co-production.",
    ("title_abstract", "T031"): "Time of staff and payment rules are conditions.",
    ("title_abstract", "T046"): "Relevant in substance, but the criteria allow English only.",
    ("title_abstract", "T047"): "Co-research, no service is produced.",
    ("title_abstract", "T068"): "Support for frail neighbours counts as a social service; see full text.",
    ("title_abstract", "T072"): "Giving money is not taking part in the service.",
    ("title_abstract", "T088"): "Seats on boards, no part in delivery.",
    ("title_abstract", "T094"): "Effect of a course; no condition is related to joint working.",
    ("title_abstract", "T099"): "Conceptual, same title as a study by other authors.",
    ("title_abstract", "T103"): "Reading support at home may be a family service; see full text.",
    ("title_abstract", "T111"): "Youth work takes part, so within social services.",
    ("title_abstract", "T113"): "Independent of public services by choice.",
    ("title_abstract", "T134"): "Clinical care.",
    ("title_abstract", "T138"): "Infrastructure.",
    ("full_text", "T026"): "Residents cook with staff as part of the service: co-production.",
    ("full_text", "T029"): "Start-up grants and ownership are analysed as conditions.",
    ("full_text", "T012"): "First report of the study published in full as T013.",
}
NOT_RETRIEVED = {
    "T050": "Book out of print; interlibrary loan without result in May 2025.",
    "T117": "No reply from the publisher; no open copy found.",
}


def verdicts(record: Record, stage: str) -> dict[str, str]:
    """Reviewer → "include", "maybe", "none" or a reason for exclusion."""
    if stage == "title_abstract":
        return {r: record.get(r.lower(), record[stage]) for r in REVIEWERS}
    waits = {"both": REVIEWERS, "r2": ("R2",)}.get(record.get("pending", ""), ())
    return {r: "none" if r in waits else record.get(f"full_text_{r.lower()}", record["full_text"]) for r in REVIEWERS}


def decision(verdict: str) -> tuple[str, str]:
    """Decision and reason of a verdict."""
    return (verdict, "") if verdict in ("include", "maybe") else ("exclude", verdict)


def in_conflict(given: dict[str, str]) -> bool:
    """Whether both have decided, and differently."""
    return "none" not in given.values() and len({decision(v)[0] for v in given.values()}) > 1


def is_open(record: Record, stage: str) -> bool:
    """Whether the conflict at this stage waits for R3."""
    key = "adjudication" if stage == "title_abstract" else "full_text_adjudication"
    return record.get(key) == "open"


def sought(record: Record) -> bool:
    """Whether the record is settled as included on title and abstract."""
    given = verdicts(record, "title_abstract")
    unsettled = "none" in given.values() or (in_conflict(given) and is_open(record, "title_abstract"))
    return record["title_abstract"] == "include" and not unsettled


def at_stage(records: list[Record], stage: str) -> list[Record]:
    """The records that the reviewers meet at this stage."""
    if stage == "title_abstract":
        return records
    return [r for r in records if sought(r) and r["id"] not in NOT_RETRIEVED]


def decided_on(truth: str, reviewer: str, stage: str) -> str:
    """The day of a decision: each reviewer's pace, in order of the records."""
    pace = 8 if stage == "title_abstract" else 5
    days = int(truth[1:]) // pace + number(truth, reviewer, stage, high=2)
    return (STAGE_BEGINS[stage] + timedelta(days=days)).isoformat()


def decisions(records: list[Record]) -> list[list[str]]:
    """Rows: truth, reviewer, stage, decision, reason, date."""
    return [
        [r["id"], reviewer, stage, *decision(verdict), decided_on(r["id"], reviewer, stage)]
        for stage in STAGE_BEGINS
        for r in at_stage(records, stage)
        for reviewer, verdict in verdicts(r, stage).items()
        if verdict != "none"
    ]


def adjudications(records: list[Record]) -> list[list[str]]:
    """Rows: stage, truth, decision, reason, adjudicator, note."""
    return [
        [stage, r["id"], *decision(r[stage]), "R3", NOTES.get((stage, r["id"]), "")]
        for stage in STAGE_BEGINS
        for r in at_stage(records, stage)
        if in_conflict(verdicts(r, stage)) and not is_open(r, stage)
    ]


def retrieval(records: list[Record]) -> list[list[str]]:
    """Rows: truth, status, note."""
    return [
        [r["id"], "not_retrieved" if r["id"] in NOT_RETRIEVED else "retrieved", NOT_RETRIEVED.get(r["id"], "")]
        for r in records
        if sought(r)
    ]


def make() -> dict[Path, bytes]:
    """All files by their path."""
    records = read_records()
    tables = {
        "decisions.csv": ("truth,reviewer,stage,decision,reason,date", decisions(records)),
        "adjudications.csv": ("stage,truth,decision,reason,adjudicator,note", adjudications(records)),
        "retrieval.csv": ("truth,status,note", retrieval(records)),
    }
    files = {}
    for name, (header, rows) in tables.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([header.split(","), *rows])
        files[HERE / name] = out.getvalue().encode("utf-8")
    return files


if __name__ == "__main__":
    for path, content in make().items():
        path.write_bytes(content)
