"""From the rows that reviewers wrote to one decision per record, reviewer and stage.

Whatever is odd in the rows is reported as a finding and nothing is guessed: a decision on an
unknown record is not counted; the same decision twice is counted once; of two different
decisions by one reviewer the later counts where the dates say which is later, otherwise neither.
"""

import itertools
import re

import pandas as pd

from coproduction.core.text import normalise
from coproduction.screening.record_matching import RecordIndex
from coproduction.screening.sheet_headings import is_something_else

FINAL = re.compile(  # who stands for all of them
    r"\(?(?:after |by |of |in |post[- ]|nach |durch |apr[èe]s )?(?:the |der )?"
    r"(final|consensus|agreed|agreement|team|group(?= (?:decision|vote)|\Z)|joint|resolved|resolution|adjudicated|adjudication|adjudicator|overall|"
    r"outcome|result|verdict|judge?ment|discussion|arbitration|arbiter|reconciled|reconciliation|tie[- ]?break(?:er)?|konsens|diskussion|"
    r"einigung|ergebnis|endgültige?|gesamt|consenso|discusi[óo]n|r[ée]sultat|d[ée]cision finale|decisi[óo]n final)(?![^\W_])",
    re.IGNORECASE,
)
LONGEST = 5  # years between two decisions of one person on one record
DECISION_COLUMNS = """
    stage record reviewer decision reason date time note order scope file row
""".split()


def resolve(rows: pd.DataFrame, index: RecordIndex, stage: str) -> tuple[pd.DataFrame, list[dict]]:
    """Rows with the id of their record and how it was found, and a finding for each that has none.

    `rows`: at least record, file, row (line of the spreadsheet); doi, title and year where known.
    """
    row_list = rows.to_dict("records")
    links = [
        index.find(row["record"], row.get("doi", ""), row.get("title", ""), row.get("year", "")) for row in row_list
    ]
    findings = [
        _finding(
            stage,
            "id and title disagree" if link.disagrees else "unknown record",
            row | {"record": row["record"] or row.get("title", "")[:80]},
            detail=f"not counted: {link.problem}",
        )
        for row, link in zip(row_list, links, strict=True)
        if link.problem
    ]
    has_record = pd.Series([bool(link.record) for link in links], index=rows.index, dtype=bool)
    linked = rows.assign(record=[link.record for link in links], by=[link.by for link in links])
    return linked[has_record], findings


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
    counting, findings = [], []
    rows = rows.assign(position=range(len(rows)))
    groups = group_rows(rows, "record", "reviewer")
    for key in sorted(groups):
        row, findings_of_row = _settle_one(groups[key], stage)
        findings += findings_of_row
        if row:
            counting.append(row)
    decisions = pd.DataFrame(counting, columns=[*rows.columns])
    decisions = decisions.sort_values(["reviewer", "date", "time", "position"], kind="stable")
    decisions["order"] = decisions.groupby("reviewer").cumcount() + 1
    decisions["stage"] = stage
    decisions = decisions.sort_values(["record", "reviewer"], kind="stable")
    return decisions[DECISION_COLUMNS].reset_index(drop=True), findings


def group_rows(rows: pd.DataFrame, *columns: str) -> dict[tuple, list[dict]]:
    """The rows by the values of `columns`; many small groups, for which pandas takes long."""
    groups: dict[tuple, list[dict]] = {}
    for row in rows.to_dict("records"):
        groups.setdefault(tuple(row[name] for name in columns), []).append(row)
    return groups


def _settle_one(rows: list[dict], stage: str) -> tuple[dict | None, list[dict]]:
    """The row that counts among those of one reviewer on one record (None: none can)."""
    last = rows[-1]
    moved = [_finding(stage, "changed mind", row, row["changed"]) for row in rows if row.get("changed")]
    if len(rows) == 1:
        return last, moved
    if all(row.get("scope") == "team" for row in rows) and len({r["decision"] for r in rows}) == 1:
        return last, moved  # the lists of Covidence overlap
    if len({row["decision"] for row in rows}) == 1:
        detail = f"{last['decision']} was given {len(rows)} times and counts once"
        return last, [_finding(stage, "double decision", last, detail)]
    newest = _newest(rows)
    if _out_of_time(rows):
        decisions_in_words = ", ".join(f"{row['decision']} on {row['date']}" for row in sorted(rows, key=_when))
        detail = f"{decisions_in_words}: a date that is years away from the others may be wrong; none counts"
        return None, [_finding(stage, "contradiction", last, detail)]
    if all(row["date"] for row in rows) and len({row["decision"] for row in newest}) == 1:
        decisions_in_words = ", then ".join(row["decision"] for row in sorted(rows, key=_when))
        detail = f"{decisions_in_words}: the decision of {_when(newest[-1])} counts"
        return newest[-1], [_finding(stage, "changed mind", newest[-1], detail)]
    decisions_in_words = " and ".join(dict.fromkeys(row["decision"] for row in rows))
    detail = f"{decisions_in_words} without dates to show which is later: none counts"
    return None, [_finding(stage, "contradiction", last, detail)]


def _out_of_time(rows: list[dict]) -> bool:
    """Whether the days on which one person decided on one record lie more years apart than a screening lasts."""
    years = sorted(int(row["date"][:4]) for row in rows if row["date"][:4].isdigit())
    return any(later - earlier > LONGEST for earlier, later in itertools.pairwise(years))


def _when(row: dict) -> str:
    """Day and time of a decision."""
    return f"{row['date']} {row['time']}".strip()


def _newest(rows: list[dict]) -> list[dict]:
    """The rows of the last day; of those only the last where all have a time."""
    latest = max(row["date"] for row in rows)
    newest = [row for row in rows if row["date"] == latest]
    if all(row["time"] for row in newest):
        newest = [row for row in newest if row["time"] == max(r["time"] for r in newest)]
    return newest


def name_reasons(rows: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """Rows with one reason each, by its code where a criterion has that code or label.

    Of several reasons (separated by ; or ,) the first in the order of the criteria counts; the
    others stay in the note. Tags that tools know are reasons only where a criterion has their name, and ticked columns
    of a sheet where it is one for exclusion: a tick under one for inclusion may say that it is met.
    """
    codes = {normalise(code): code for code in criteria["criterion"]}
    for label, code in zip(criteria["label"], criteria["criterion"], strict=True):
        codes.setdefault(normalise(label), code)
    order = {code: i for i, code in enumerate(criteria["criterion"])}
    excluding = set(criteria.loc[criteria["kind"] == "exclude", "criterion"])
    reasons, notes = [], []
    for row in rows.to_dict("records"):
        reason, other_reasons = _one_reason(row["reason"], codes, order)
        tags, ticked = (
            [tag.strip() for tag in row.get(name, "").split(";") if tag.strip()] for name in ("tags", "ticked")
        )
        codes_of_tags = [codes[normalise(tag)] for tag in tags if normalise(tag) in codes]
        codes_of_tags += [code for tick in ticked if (code := codes.get(normalise(tick))) in excluding]
        if row["decision"] == "exclude" and not reason and codes_of_tags:
            reason = min(codes_of_tags, key=order.__getitem__)
        told = [*tags, *(tick for tick in ticked if normalise(tick) in codes or not is_something_else(tick))]
        other_reasons += [tag for tag in told if codes.get(normalise(tag), "") != reason or not reason]
        reasons.append(reason)
        notes.append("; ".join(filter(None, [row["note"], *other_reasons])))
    return rows.assign(reason=reasons, note=notes)


_BETWEEN_REASONS = tuple(map(re.compile, (r"[;\n|]", r"[;\n|,]", r"[;\n|,]|\s(?:/|&|\+|and|und|et|y)\s")))
_COUNTED = re.compile(  # "1. ", "(2) ", "EC1: " in front of a label
    r"\s*[(\[]?(?P<number>[A-Za-z]{0,3}\d{1,2})[)\]]?\s*(?:(?P<sign>[.:)–—-])\s*|\s)(?=\S)"
)


def _one_reason(cell: str, codes: dict[str, str], order: dict[str, int]) -> tuple[str, list]:
    """The reason that counts and the others, of a cell with none, one or several.

    A cell is parted where most parts are criteria; at words and strokes only where all are.
    """
    if not cell.strip() or _code_of(cell, codes):
        return _code_of(cell, codes), []
    best: list[str] = []
    for sign in _BETWEEN_REASONS:
        parts = [part.strip() for part in sign.split(cell) if part.strip()]
        known = sum(bool(_code_of(part, codes)) for part in parts)
        if known > sum(bool(_code_of(part, codes)) for part in best) and (
            sign is not _BETWEEN_REASONS[-1] or known == len(parts)
        ):
            best = parts
    if not best:
        return cell.strip(), []
    first = min(filter(None, (_code_of(part, codes) for part in best)), key=order.__getitem__)
    return first, [part for part in best if _code_of(part, codes) != first]


def _code_of(reason: str, codes: dict[str, str]) -> str:
    """The criterion of this code or label, also behind a number of a list ("1. Off topic"), or with more behind its code.

    Nothing where number and label are those of two criteria.
    """
    whole, counted = codes.get(normalise(reason), ""), _COUNTED.match(reason)
    if whole or not counted:
        return whole
    before, behind = codes.get(normalise(counted["number"]), ""), codes.get(normalise(reason[counted.end() :]), "")
    if before and behind:
        return before if before == behind else ""
    return behind or (before if counted["sign"] else "")


def read_decisions(rows: pd.DataFrame, index: RecordIndex, stage: str) -> tuple[pd.DataFrame, pd.DataFrame, list[dict]]:
    """Decisions that count, all rows that name a record, and what was found."""
    with_record, unknown_records = resolve(rows, index, stage)
    decisions, odd = settle(with_record, stage)
    return decisions, with_record, unknown_records + odd + _alike(with_record, stage)


def _alike(rows: pd.DataFrame, stage: str) -> list[dict]:
    """Findings for reviewers whose codes differ only in case, blanks or leading zeros."""
    names: dict[str, list[str]] = {}
    for name in sorted(set(rows["reviewer"])):
        key = re.sub(r"(?<!\d)0+(?=\d)", "", normalise(name)).replace(" ", "")
        names.setdefault(key, []).append(name)
    groups_alike = [group for group in names.values() if len(group) > 1]
    return [
        _finding(
            stage,
            "reviewers spelt similarly",
            {"record": "", "reviewer": ", ".join(group), "file": "", "row": None},
            "they count as different people: use one code per reviewer",
        )
        for group in groups_alike
    ]


def check_reasons(decisions: pd.DataFrame, codes: set[str]) -> list[dict]:
    """Findings for full-text exclusions without a reason and reasons that no criterion names."""
    findings = []
    for row in decisions.to_dict("records"):
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
