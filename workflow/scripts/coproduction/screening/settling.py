"""All of people's screening files together: decisions, findings, conflicts, and states.

Every record is in exactly one state, so the states add up to the records that entered.
"""

from dataclasses import dataclass

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core import markdown as md
from coproduction.core.errors import StudyError, raise_all
from coproduction.screening.decisions import check_reasons, group_rows, name_reasons, read_decisions, resolve
from coproduction.screening.intake import Files
from coproduction.screening.record_matching import RecordIndex
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import (
    CONFLICT,
    CONFLICTS,
    DECISIONS,
    EXCLUDED,
    FINDINGS,
    INCLUDED_AT,
    PARTIAL,
    SOURCES,
    STAGES,
    STATES,
    UNSCREENED,
)

NO_REASON = "no reason given"
BY = {"id": "id", "DOI": "doi", "title and year": "title"}


@dataclass(frozen=True)
class Settled:
    """What follows from people's files (tables of the same names)."""

    decisions: pd.DataFrame
    findings: pd.DataFrame
    conflicts: pd.DataFrame
    states: pd.DataFrame
    sources: pd.DataFrame


def settle_study(records: pd.DataFrame, files: Files, settings: ScreeningSettings) -> Settled:
    """Where every record stands.

    Raises StudyError where files contradict each other: a report noted as not retrieved that was
    decided in full text, and two different rulings or retrievals for one record.
    """
    index = RecordIndex(records)
    codes = {code: i for i, code in enumerate(files.criteria["criterion"])}
    findings: list[dict] = []
    decisions, linked = {}, {}
    for stage in STAGES:
        with_reasons = name_reasons(files.stages[stage], files.criteria)
        decisions[stage], linked[stage], odd = read_decisions(with_reasons, index, stage)
        findings += odd
    rulings, odd = _by_record(files.adjudications, index, "decision")
    findings += odd
    retrieval, odd = _by_record(files.retrieval.assign(stage="retrieval"), index, "status")
    findings += odd
    all_ids = records["record"].tolist()
    first = stage_outcomes(
        all_ids,
        decisions["title_abstract"],
        rulings.get("title_abstract", {}),
        settings.reviewers_title_abstract,
        True,
        codes,
    )
    passed = first.index[first["outcome"] == INCLUDED_AT].tolist()
    findings += _before_its_time(decisions["full_text"], set(passed))
    decisions["full_text"] = decisions["full_text"][decisions["full_text"]["record"].isin(passed)]
    second = stage_outcomes(
        passed, decisions["full_text"], rulings.get("full_text", {}), settings.reviewers_full_text, False, codes
    )
    retrieved = retrieval.get("retrieval", {})
    _check_retrieved(decisions["full_text"], retrieved)
    findings += _check_files(files.full_texts, retrieved, set(passed))
    retrieved = _with_files(retrieved, files.full_texts)
    findings += _idle_rulings(first, second, rulings)
    both = pd.concat([decisions[stage] for stage in STAGES], ignore_index=True)
    findings += check_reasons(both, set(codes)) if codes else []
    titles = dict(zip(records["record"], records["title"], strict=True))
    open_ones = [
        _conflicts(stage, outcomes, decisions[stage], titles)
        for stage, outcomes in zip(STAGES, (first, second), strict=True)
    ]
    return Settled(
        _ordered(both, DECISIONS, ["stage", "record", "reviewer"]),
        accounting.table(findings, FINDINGS),
        _ordered(pd.concat(open_ones, ignore_index=True), CONFLICTS, ["stage", "record"]),
        _states_of(records, first, second, retrieved),
        _sources(files.sources, linked),
    )


def _sources(sources: pd.DataFrame, linked: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What became of the entries of each file; the parts add up to the entries."""
    rows = []
    for source in sources.to_dict("records"):
        rows_of_source = linked[source["stage"]]
        rows_of_source = rows_of_source[rows_of_source["file"] == source["file"]]
        by = rows_of_source.drop_duplicates("row")["by"].value_counts()
        n_by_way = {f"by_{word}": int(by.get(name, 0)) for name, word in BY.items()}
        n_unmatched = source["entries"] - source["undecided"] - source["given"] - sum(n_by_way.values())
        rows.append(source | {"decisions": len(rows_of_source)} | n_by_way | {"unmatched": n_unmatched})
    return accounting.table(rows, SOURCES) if rows else tables.empty(SOURCES)


def _ordered(table: pd.DataFrame, form, keys: list[str]) -> pd.DataFrame:
    """Sorted rows with title and abstract before full text."""
    rank = {stage: i for i, stage in enumerate(STAGES)}
    rows = table.to_dict("records")
    rows.sort(key=lambda row: [rank[row[name]] if name == "stage" else row[name] for name in keys])
    return accounting.table(rows, form)


def _by_record(rows: pd.DataFrame, index: RecordIndex, column: str) -> tuple[dict[str, dict[str, dict]], list[dict]]:
    """stage -> record -> row; findings for unknown ids; StudyError for contradictions."""
    result: dict[str, dict[str, dict]] = {}
    findings, errors = [], []
    for stage, part in rows.groupby("stage", sort=True):
        resolved, odd = resolve(part, index, str(stage))
        findings += odd
        for row in resolved.to_dict("records"):
            before = result.setdefault(str(stage), {}).setdefault(row["record"], row)
            if before[column] != row[column]:
                errors.append(
                    StudyError(
                        f"{row['record']} is '{before[column]}' in row {before['row']} of {before['file']} "
                        f"and '{row[column]}' here",
                        file=row["file"],
                        row=int(row["row"]),
                        column=column,
                        remedy="Keep the correct row",
                    )
                )
    raise_all(errors)
    return result, findings


def _before_its_time(decisions: pd.DataFrame, passed: set[str]) -> list[dict]:
    rows = decisions[~decisions["record"].isin(passed)].to_dict("records")
    return [
        {
            "stage": "full_text",
            "finding": "not due in full text",
            "record": row["record"],
            "reviewer": row["reviewer"],
            "file": "",
            "row": None,
            "detail": "not counted: the record has not passed title and abstract",
        }
        for row in rows
    ]


def _check_retrieved(decisions: pd.DataFrame, retrieval: dict[str, dict]) -> None:
    raise_all(
        [
            StudyError(
                f"{record} is marked as not retrieved but has a full-text decision",
                file="retrieval.csv",
                row=int(retrieval[record]["row"]),
                column="status",
                remedy="Correct the retrieval status or remove the decision in full_text.csv",
            )
            for record in sorted(set(decisions["record"]))
            if record in retrieval and retrieval[record]["status"] == "not_retrieved"
        ]
    )


def _check_files(full_texts: pd.DataFrame, retrieval: dict[str, dict], sought: set[str]) -> list[dict]:
    """Findings for PDFs that belong to no record, were not sought or are noted as missing."""
    findings = []
    for row in full_texts.to_dict("records"):
        noted = retrieval.get(row["record"], {}).get("status", "")
        if not row["record"]:
            finding, detail = "full text not matched", f"not counted: {row['problem']}"
        elif noted == "not_retrieved":
            finding = "full text present although marked as missing"
            detail = "retrieval.csv counts: the report remains not retrieved"
        elif row["record"] not in sought:
            finding = "full text not sought"
            detail = "the record has not passed title and abstract"
        else:
            continue
        findings.append(
            {
                "stage": "retrieval",
                "finding": finding,
                "record": row["record"],
                "reviewer": "",
                "file": row["file"],
                "row": None,
                "detail": detail,
            }
        )
    return findings


def _with_files(retrieval: dict[str, dict], full_texts: pd.DataFrame) -> dict[str, dict]:
    """The retrieval by record; a report whose PDF is there is retrieved where nothing is noted."""
    result = dict(retrieval)
    for record in full_texts.loc[full_texts["record"] != "", "record"]:
        noted = result.get(record, {"study": ""})
        if not noted.get("status"):
            result[record] = noted | {"status": "retrieved"}
    return result


def _idle_rulings(first: pd.DataFrame, second: pd.DataFrame, rulings: dict) -> list[dict]:
    """Findings for adjudications of records with fewer than two decisions."""
    findings = []
    for stage, outcomes in zip(STAGES, (first, second), strict=True):
        for record, row in rulings.get(stage, {}).items():
            n = int(outcomes["decisions"].get(record, 0))
            if n < 2:
                findings.append(
                    {
                        "stage": stage,
                        "finding": "adjudicated without a conflict",
                        "record": record,
                        "reviewer": row["adjudicator"],
                        "file": row["file"],
                        "row": row["row"],
                        "detail": f"the ruling counts, although the record has {md.plural(n, 'decision')}",
                    }
                )
    return findings


def _states_of(
    records: pd.DataFrame, first: pd.DataFrame, second: pd.DataFrame, retrieval: dict[str, dict]
) -> pd.DataFrame:
    rows = []
    firsts, seconds = first.to_dict("index"), second.to_dict("index")
    for record, databases in zip(records["record"], records["databases"], strict=True):
        first_stage, second_stage = firsts[record], seconds.get(record)
        retrieved = retrieval.get(record, {"status": "", "study": ""})
        state = final_state(
            first_stage["outcome"], retrieved["status"], UNSCREENED if second_stage is None else second_stage["outcome"]
        )
        reason = first_stage["reason"] if state == "title and abstract: excluded" else ""
        if state == "full text: excluded" and second_stage is not None:
            reason = second_stage["reason"] or NO_REASON
        ruled = [
            stage
            for stage, row in zip(STAGES, (first_stage, second_stage), strict=True)
            if row is not None and row["adjudicated"]
        ]
        rows.append(
            {
                "record": record,
                "state": state,
                "reason": reason,
                "title_abstract": first_stage["outcome"],
                "title_abstract_decisions": first_stage["decisions"],
                "retrieval": retrieved["status"],
                "full_text": "" if second_stage is None else second_stage["outcome"],
                "full_text_decisions": 0 if second_stage is None else second_stage["decisions"],
                "adjudicated": ";".join(ruled),
                "study": retrieved["study"] or record,
                "databases": databases,
            }
        )
    return accounting.table(rows, STATES) if rows else tables.empty(STATES)


def conclude(decisions: list[str], adjudicated: str | None, needed: int, maybe_passes: bool) -> str:
    """Outcome of one record at one stage.

    `decisions`: one per reviewer. An adjudication decides in any case. Otherwise `needed`
    reviewers must have decided; agreement is on passing or not (a "maybe" passes at title and
    abstract, since the full text shall tell, and is a conflict at full text).
    """
    if adjudicated:
        return INCLUDED_AT if adjudicated == "include" else EXCLUDED
    if not decisions:
        return UNSCREENED
    passes = {"include": True, "exclude": False, "maybe": True if maybe_passes else None}
    sides = {passes[decision] for decision in decisions}
    if len(sides) > 1 or (None in sides and len(decisions) >= needed):
        return CONFLICT
    if len(decisions) < needed:
        return PARTIAL
    return INCLUDED_AT if sides == {True} else EXCLUDED


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
        record_decisions = by_record.get((record,), [])
        ruling = adjudications.get(record)
        team = [row["decision"] for row in record_decisions if row["scope"] == "team"]
        settled = ruling["decision"] if ruling else next(iter(team), None)
        outcome = conclude([row["decision"] for row in record_decisions], settled, needed, maybe_passes)
        reason = ""
        if outcome == EXCLUDED:
            reasons_given = [row["reason"] for row in record_decisions if row["decision"] == "exclude"]
            reason = (ruling and ruling["reason"]) or first_reason(reasons_given, criteria_order)
        rows.append((outcome, len(record_decisions), reason, bool(ruling)))
    columns = ["outcome", "decisions", "reason", "adjudicated"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(records, name="record"))


def first_reason(reasons: list[str], order: dict[str, int]) -> str:
    """The reason that counts among those the reviewers gave: the first in the criteria's order."""
    reasons = sorted({reason for reason in reasons if reason})
    return min(reasons, key=lambda code: (order.get(code, len(order)), code)) if reasons else ""


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
    if second == INCLUDED_AT:
        return "included"
    if second != UNSCREENED:
        return f"full text: {second}"
    if retrieval == "not_retrieved":
        return "full text: not retrieved"
    return "full text: not screened" if retrieval == "retrieved" else "full text: awaited"


def _conflicts(stage: str, outcomes: pd.DataFrame, decisions: pd.DataFrame, titles: dict[str, str]) -> pd.DataFrame:
    """The records to adjudicate, with what each reviewer said, ready for adjudications.csv.

    Columns: stage, record, title, decisions, decision, reason, adjudicator, note.
    """
    open_ones = outcomes.index[outcomes["outcome"] == CONFLICT]
    rows, by_record = [], group_rows(decisions, "record")
    for record in open_ones:
        record_decisions = sorted(by_record[record,], key=lambda row: row["reviewer"])
        decisions_in_words = "; ".join(map(_say, record_decisions))
        rows.append((stage, record, titles.get(record, ""), decisions_in_words, "", "", "", ""))
    columns = ["stage", "record", "title", "decisions", "decision", "reason", "adjudicator", "note"]
    return pd.DataFrame(rows, columns=columns)


def _say(row: dict) -> str:
    reason = f" ({row['reason']})" if row["reason"] else ""
    return f"{row['reviewer']}: {row['decision']}{reason}"
