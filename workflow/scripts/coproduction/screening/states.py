"""Where each record stands: the outcome of each stage and one final state.

Every record is in exactly one state, so the states add up to the records that entered.
"""

import pandas as pd

from coproduction.screening.decisions import group_rows

# Outcomes of a stage.
INCLUDED, EXCLUDED = "included", "excluded"
UNSCREENED, PARTIAL, CONFLICT = "not screened", "partly screened", "conflict"

# Final states in the order of the flow.
STATES = (
    "not screened",
    "title and abstract: partly screened",
    "title and abstract: conflict",
    "title and abstract: excluded",
    "full text: awaited",
    "full text: not retrieved",
    "full text: not screened",
    "full text: partly screened",
    "full text: conflict",
    "full text: excluded",
    "included",
)
NO_REASON = "no reason given"


def conclude(decisions: list[str], adjudicated: str | None, needed: int, maybe_passes: bool) -> str:
    """Outcome of one record at one stage.

    `decisions`: one per reviewer. An adjudication decides in any case. Otherwise `needed`
    reviewers must have decided; agreement is on passing or not (a "maybe" passes at title and
    abstract, since the full text shall tell, and is a conflict at full text).
    """
    if adjudicated:
        return INCLUDED if adjudicated == "include" else EXCLUDED
    if not decisions:
        return UNSCREENED
    passes = {"include": True, "exclude": False, "maybe": True if maybe_passes else None}
    sides = {passes[decision] for decision in decisions}
    if len(sides) > 1 or (None in sides and len(decisions) >= needed):
        return CONFLICT
    if len(decisions) < needed:
        return PARTIAL
    return INCLUDED if sides == {True} else EXCLUDED


def stage_outcomes(
    records: list[str],
    decisions: pd.DataFrame,
    adjudications: dict[str, dict],
    needed: int,
    maybe_passes: bool,
    criteria_order: dict[str, int],
) -> pd.DataFrame:
    """Outcome, number of decisions and reason of exclusion for each of `records`.

    `adjudications`: by record, with decision and reason. An outcome that a team settled in its tool
    (scope "team") needs no second reviewer. Result: index record; columns outcome,
    decisions, reason, adjudicated.
    """
    by_record = group_rows(decisions, "record")
    rows = []
    for record in records:
        own = by_record.get((record,), [])
        ruling = adjudications.get(record)
        team = [row["decision"] for row in own if row["scope"] == "team"]
        settled = ruling["decision"] if ruling else next(iter(team), None)
        outcome = conclude([row["decision"] for row in own], settled, needed, maybe_passes)
        reason = ""
        if outcome == EXCLUDED:
            given = [row["reason"] for row in own if row["decision"] == "exclude"]
            reason = (ruling and ruling["reason"]) or first_reason(given, criteria_order)
        rows.append((outcome, len(own), reason, bool(ruling)))
    columns = ["outcome", "decisions", "reason", "adjudicated"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(records, name="record"))


def first_reason(given: list[str], order: dict[str, int]) -> str:
    """The reason that counts among those the reviewers gave: the first in the criteria's order."""
    given = sorted({reason for reason in given if reason})
    return min(given, key=lambda code: (order.get(code, len(order)), code)) if given else ""


def final_state(first: str, retrieval: str, second: str) -> str:
    """The one state that follows from both stages and the retrieval of the report.

    `retrieval`: "retrieved", "not_retrieved" or "" (nothing noted yet). A decision on the full
    text says that the text was there.
    """
    before = {
        UNSCREENED: "not screened",
        PARTIAL: "title and abstract: partly screened",
        CONFLICT: "title and abstract: conflict",
        EXCLUDED: "title and abstract: excluded",
    }
    if first in before:
        return before[first]
    if second == INCLUDED:
        return "included"
    if second != UNSCREENED:
        return f"full text: {second}"
    if retrieval == "not_retrieved":
        return "full text: not retrieved"
    return "full text: not screened" if retrieval == "retrieved" else "full text: awaited"


def conflicts(
    stage: str, outcomes: pd.DataFrame, decisions: pd.DataFrame, titles: dict[str, str]
) -> pd.DataFrame:
    """The records to adjudicate, with what each reviewer said, ready for adjudications.csv.

    Columns: stage, record, title, decisions, decision, reason, adjudicator, note.
    """
    open_ones = outcomes.index[outcomes["outcome"] == CONFLICT]
    rows, by_record = [], group_rows(decisions, "record")
    for record in open_ones:
        own = sorted(by_record[record,], key=lambda row: row["reviewer"])
        said = "; ".join(map(_say, own))
        rows.append((stage, record, titles.get(record, ""), said, "", "", "", ""))
    columns = [
        "stage", "record", "title", "decisions", "decision", "reason", "adjudicator", "note",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _say(row: dict) -> str:
    reason = f" ({row['reason']})" if row["reason"] else ""
    return f"{row['reviewer']}: {row['decision']}{reason}"
