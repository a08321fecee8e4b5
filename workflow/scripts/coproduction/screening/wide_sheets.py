"""Sheets on which each reviewer has a column: `decision Ann`, `Ann decision`, or just `Ann`, `Bo`, `Final decision`.

Who decided is taken from the heading, or from a column `reviewer 1` beside `decision 1` that holds names. What
could be read in two ways is asked about: columns of two stages, a column of yes and no beside others that say
include and exclude, a decision of nobody beside one column of decisions.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from coproduction.core.errors import StudyError
from coproduction.screening.decision_words import decision_in, says_nothing, says_so
from coproduction.screening.decisions import FINAL
from coproduction.screening.record_matching import find_id
from coproduction.screening.sheet_headings import (
    HEADINGS,
    INCLUDED,
    is_machine,
    is_something_else,
    may_be_a_person,
    plain_heading,
    ticked_headings,
)
from coproduction.screening.tables import ANSWERS, TITLE_ABSTRACT

KNOWN = {*TITLE_ABSTRACT.columns, "title", "year", "doi"}
NOTES = ("note", "notes", "comment", "comments", "remark", "remarks")
SHARED = ("reason", "date", *NOTES)
_OF_ALL = frozenset("reviewer screener rater coder r name names initials initial of the who id".split())
_NAMING = re.compile(r"reviewer|screener|rater|coder|name|initials", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:reviewer|screener|rater|coder|r)\s+\d+$", re.IGNORECASE)
TEAM = {"reviewer": "team", "scope": "team"}
KINDS = {"vote": "decision", "comment": "note", "comments": "note", "notes": "note", "remark": "note"}
_KIND = r"decision|vote|reason|date|note|notes|comment|comments|remark"
_BEFORE = re.compile(rf"^({_KIND})[ _:\-–]+(\S.*)$", re.IGNORECASE)
_BEHIND = re.compile(rf"^(\S.*?)(?:['’]s)?[ _:\-–]+\(?({_KIND})\)?$", re.IGNORECASE)
_STAGE = re.compile(
    r"\b(titles?|abstracts?|ti[ /-]?ab|full[ -]?texts?|screening|stage|round|phase|eligibility)\b", re.IGNORECASE
)

_TA, _FT = (re.compile(rf"(?:^|\s)\(?(?:{short})\)?(?:\s|$)", re.IGNORECASE) for short in ("ta|ti/?ab|t&a", "ft"))


_ROUND = re.compile(
    r"(?:^|(?<=[\s_(\[-]))(?:pilot|test|training|(?:round|r|wave) ?\d|(?:first|second|1st|2nd) (?:round|pass|screen(?:ing)?)|initial|"
    r"re-?screen(?:ed|ing)?|recheck(?:ed)?|revised|updated|old|new|before|after|pre|post)(?=$|[\s_)\]-])",
    re.IGNORECASE,
)


_OUTCOME = re.compile(  # what a team came to, where nobody else has a column
    r"\(?(?:final|consensus|agreed|team|joint|adjudicated|reconciled|endgültige|gemeinsame)\)?"
    r"(?:[ _](?:screening[ _])?(?:decisions?|vote|status|inclusion|included?|entscheidung))?\W*\Z|konsens\W*\Z|d[ée]cision finale\W*\Z"
    r"|decisi[óo]n final\W*\Z",
    re.IGNORECASE,
)


class Cells(NamedTuple):
    """What a column holds (decision, reason, date, note), and of whom."""

    column: str
    kind: str
    who: str


def rows_of_reviewers(table: pd.DataFrame, path: Path) -> list[dict] | None:
    """A row for each record and reviewer; None where the sheet has no column per reviewer.

    Raises StudyError where it cannot be told whose or of which stage the decisions of a column are.
    """
    plain = {name.lower(): name for name in table}
    reviewer_columns = [cells for name in table if name.lower() not in KNOWN for cells in [_of_heading(name)] if cells]
    headed = _headed_by_names(table, {cells.column for cells in reviewer_columns})
    decision_columns = [cells for cells in reviewer_columns if cells.kind == "decision"]
    other_columns = [cells for cells in reviewer_columns if cells.kind != "decision"]
    _no_program(decision_columns, path)
    if "decision" in plain:
        return _beside_a_decision(table, plain, decision_columns, other_columns, headed, path)
    _one_stage(decision_columns or [Cells(name, "decision", name) for name in headed], path)
    alone = [*decision_columns, *(Cells(name, "decision", name) for name in headed)]
    if len(alone) == 1 and "reviewer" not in plain and _OUTCOME.match(alone[0].column):
        return _rows(table, [alone[0]._replace(who="final")], other_columns)
    reviewers = {cells.who for cells in reviewer_columns}
    if not decision_columns and (len(headed) > 1 or reviewers & set(headed)):
        _alike(table, headed, path)
    elif not decision_columns or "reviewer" in plain:
        return None
    elif len(decision_columns) == 1 and not _BEFORE.match(decision_columns[0].column) and not headed:
        return None  # "Screening decision" names nobody
    # headings of reviewers that say so leave no doubt about the others
    has_decision_headings = any(not FINAL.match(cells.who) for cells in decision_columns)
    if decision_columns and not has_decision_headings:
        _alike(table, headed, path)
    decision_columns += [
        Cells(name, "decision", name) for name in headed if not has_decision_headings or FINAL.match(name)
    ]
    _one_round(decision_columns, path)
    return _rows(table, decision_columns, other_columns)


def _no_program(decision_columns: list[Cells], path: Path) -> None:
    """Refuse `AI decision`; who writes `decision AI` says that it counts as a reviewer's."""
    odd = next((cells for cells in decision_columns if is_machine(cells.who) and not _BEFORE.match(cells.column)), None)
    if odd:
        raise StudyError(
            f"the column '{odd.column}' may contain what a program suggested",
            file=path,
            row=1,
            remedy=f"Remove it, or name it 'decision {odd.who}' if it counts as a reviewer's",
        )


def _of_heading(name: str) -> Cells | None:
    """The column by its heading, where that says what it holds and of whom."""
    if match := _BEFORE.match(name):
        kind, reviewer = match.group(1).lower(), match.group(2).strip()
    elif match := _BEHIND.match(name):
        reviewer, kind = match.group(1).strip(), match.group(2).lower()
        if reviewer.lower() == "final" and KINDS.get(kind, kind) == "decision":
            return None  # known by the heading as a whole
    else:
        return None
    return Cells(name, KINDS.get(kind, kind), reviewer)


def _headed_by_names(table: pd.DataFrame, others: set[str]) -> list[str]:
    """Columns that hold decisions, as of a sheet headed Ann, Bo, Final decision.

    At least half decisions: a cell that is none is asked about later, not passed over with its column.
    """
    filled = {
        name: table.loc[~table[name].isin([cell for cell in table[name].unique() if says_nothing(cell)]), name]
        for name in table
        if name.lower() not in KNOWN and name not in others
    }
    filled = {name: cells for name, cells in filled.items() if not is_something_else(name) or any(map(says_so, cells))}
    return [
        name
        for name, cells in filled.items()
        if len(cells) and 2 * sum(bool(decision_in(cell, ANSWERS)[0]) for cell in cells) >= len(cells)
    ]


def _beside_a_decision(
    table: pd.DataFrame,
    plain: dict[str, str],
    decision_columns: list[Cells],
    other_columns: list[Cells],
    headed: list[str],
    path: Path,
) -> list[dict] | None:
    """A sheet with a column `decision`: the team's beside two reviewers' or more, else each row's reviewer's."""
    own_columns = [] if decision_columns else [name for name in headed if not FINAL.match(name)]
    people = [*(cells.column for cells in decision_columns if not FINAL.match(cells.who)), *own_columns]
    final = [cells.column for cells in decision_columns if FINAL.match(cells.who)] + [
        n for n in headed if FINAL.match(n)
    ]
    if "reviewer" in plain:
        telling = [name for name in people if any(map(says_so, table[name]))]
        telling += [name for name in people if HEADINGS.get(plain_heading(name)) in ("decision", INCLUDED)]
        if telling:
            raise _two_columns(plain["decision"], telling[0], path)
        _alike(table, [name for name in final if name in headed], path)
        return _long_with_final(table, plain, final) if final else None
    if not people:
        return None
    if len(people) == 1 or final:
        raise _two_columns(plain["decision"], (people[1:] + final + people)[0], path)
    _one_stage(decision_columns, path)
    _alike(table, own_columns, path)
    columns = [*decision_columns, *(Cells(name, "decision", name) for name in own_columns)]
    return _rows(table, [*columns, Cells(plain["decision"], "decision", "team")], other_columns)


def _two_columns(first: str, second: str, path: Path) -> StudyError:
    return StudyError(
        f"the columns '{first}' and '{second}' both contain decisions",
        file=path,
        row=1,
        remedy="Name each after its reviewer, such as 'decision Ann', 'decision Bo' and 'final decision', or remove "
        "one",
    )


def _one_stage(decision_columns: list[Cells], path: Path) -> None:
    """Refuse decisions of two stages side by side: a file holds those of one."""
    staged = [
        cells for cells in decision_columns if _STAGE.search(cells.who.replace("_", " ")) and not FINAL.match(cells.who)
    ]
    short = [[cells for cells in decision_columns if pattern.search(cells.who)] for pattern in (_TA, _FT)]
    if all(short):  # "Ann TA" and "Ann FT"; alone they may be somebody's initials
        staged = [*staged, short[0][0]]
    if not staged:
        return
    beside = next((cells for cells in decision_columns if cells not in staged[:1]), None)
    words = f"'{staged[0].column}' names a stage, not a reviewer"
    if beside:
        words = f"the columns '{staged[0].column}' and '{beside.column}' contain decisions of two stages"
    raise StudyError(
        words,
        file=path,
        row=1,
        remedy="Keep one stage per file: name its column 'decision', next to a column 'reviewer' (or 'final decision', "
        "if it is the team's outcome), and put the other stage in a file full_text….csv",
    )


def _one_round(decision_columns: list[Cells], path: Path) -> None:
    """Refuse two columns of one person, as of a pilot and of the screening: each would count as a reviewer."""
    first: dict[str, str] = {}
    for cells in decision_columns:
        person = _ROUND.sub(" ", cells.who).strip(" _-()[]").casefold()
        other = first.setdefault(person, cells.column)
        if person and other != cells.column:
            raise StudyError(
                f"the columns '{other}' and '{cells.column}' belong to one person",
                file=path,
                row=1,
                remedy="Keep the one that counts, and move a pilot or an earlier round to a file elsewhere",
            )


def _alike(table: pd.DataFrame, headed: list[str], path: Path) -> None:
    """Refuse a column that may hold something else than the decisions of a reviewer.

    One of yes and no, or 1 and 0, beside columns that say include and exclude, one that asks a question or holds what a
    program suggests, and, where no column says include and exclude, one whose heading is no name.
    """
    reviewer_columns = [name for name in headed if not FINAL.match(name)]
    telling = [name for name in headed if any(map(says_so, table[name]))]
    own_telling = [name for name in reviewer_columns if name in telling]
    odd = [
        name
        for name in headed
        if is_machine(name)
        or (
            name not in telling and (own_telling or name.endswith("?") or not (_settles(name) or _names_a_person(name)))
        )
    ]
    if odd:
        raise StudyError(
            f"the column '{odd[0]}' may contain decisions or answers to another question",
            file=path,
            row=1,
            remedy=f"Name it 'decision {odd[0].rstrip('?')}' if it contains a reviewer's decisions, or remove it",
        )


def _settles(name: str) -> bool:
    """Whether a heading is of what the team came to, and not of whether it agreed, nor of what a study found."""
    return bool(FINAL.match(name)) and not re.match(
        r"agree|resol|outcomes?\Z|results?\Z|discussion\Z", name, re.IGNORECASE
    )


def _names_a_person(name: str) -> bool:
    return may_be_a_person(name) and HEADINGS.get(plain_heading(name)) is None and not FINAL.match(name)


def _long_with_final(table: pd.DataFrame, plain: dict[str, str], final: list[str]) -> list[dict]:
    """A row per decision and one for what the team came to, once for each record."""
    rows, teams_decisions = [], set()
    ticks = ticked_headings(table, final)
    for number, cells, ticked in zip(table.index, table.to_dict("records"), ticks, strict=True):
        row_cells = {name: cells[plain[name]] for name in KNOWN if name in plain}
        place = {name: row_cells.get(name, "") for name in ("record", "doi", "title", "year")}
        rows.append(row_cells | place | {"row": int(number), "ticked": ticked})
        final_decision = next((cells[name] for name in final if cells[name]), "")
        if final_decision and (*place.values(), final_decision) not in teams_decisions:
            teams_decisions.add((*place.values(), final_decision))
            rows.append(place | TEAM | {"decision": final_decision, "row": int(number)})
    return rows


def _rows(table: pd.DataFrame, decisions: list[Cells], other_columns: list[Cells]) -> list[dict]:
    """Rows of a table with a column of decisions per reviewer."""
    low = {name.lower(): name for name in table}
    beside = {(cells.kind, cells.who.lower()): cells.column for cells in other_columns}
    final = any(FINAL.match(reviewer) for _, _, reviewer in decisions)
    ticks = ticked_headings(table, [cells.column for cells in (*decisions, *other_columns)])
    rows = []
    for number, cells, ticked in zip(table.index, table.to_dict("records"), ticks, strict=True):
        place = {name: cells[low[name]] if name in low else "" for name in ("record", "doi", "title", "year")}
        if "record" not in low:  # under another heading; what holds more than the id is no id
            place["record"] = next((cell for cell in cells.values() if cell and find_id(cell) == cell), "")
        for column, _, reviewer in decisions:
            further_cells = {kind: _beside(cells, beside, kind, reviewer) for kind in ("reason", "date", "note")}
            person = TEAM if FINAL.match(reviewer) else {"reviewer": _named(cells, low, reviewer, column)}
            rows.append(place | further_cells | {"decision": cells[column], "row": int(number)} | person)
        shared = {kind: cells.get(low.get(kind, ""), "") for kind in SHARED} | {"ticked": ticked}
        _give_to_all(rows[-len(decisions) :], shared, final)
    return rows


def _beside(cells: dict, columns: dict[tuple[str, str], str], kind: str, reviewer: str) -> str:
    """The reviewer's reason, date or note: headed by the same name, or by the number of `Reviewer 1`."""
    if FINAL.match(reviewer):  # "Final reason" beside "Consensus decision"
        return next(
            (cells[name] for (of_kind, who), name in columns.items() if of_kind == kind and FINAL.match(who)), ""
        )
    number = reviewer.rsplit(maxsplit=1)[-1] if _NUMBERED.match(reviewer) else reviewer
    return next(
        (cells[columns[kind, name.lower()]] for name in (reviewer, number) if (kind, name.lower()) in columns), ""
    )


def _give_to_all(rows: list[dict], shared: dict[str, str], final: bool) -> None:
    """Reason (also as a tick), date and note of a record that are headed by nobody: the team's, or of all to whom they can apply."""
    decided = [row for row in rows if row["decision"] and (not final or row.get("scope") == "team")]
    excluded = [row for row in decided if decision_in(row["decision"], ANSWERS)[0] == "exclude"]
    for row in decided:
        row["date"] = row["date"] or shared["date"]
    for row in decided[:1]:
        row["note"] = "; ".join(filter(None, (row["note"], *(shared[kind] for kind in NOTES))))
    for row in excluded if shared["reason"] or shared["ticked"] else []:
        has_own = bool(row["reason"])
        row["reason"], row["ticked"] = row["reason"] or shared["reason"], shared["ticked"]
        if len(excluded) > 1 and (shared["reason"] or not has_own):
            row["scope"] = "reason of the team"


def _named(cells: dict, low: dict[str, str], reviewer: str, column: str) -> str:
    """The reviewer: the name in a column `reviewer 1` or `reviewer 1 name` beside `decision 1`, else as the heading has it."""
    number_of_reviewer = _told_apart(reviewer)
    for name, written in low.items():
        if written == column or not (
            name == reviewer.lower()
            or (number_of_reviewer and _NAMING.search(name) and _told_apart(name) == number_of_reviewer)
        ):
            continue
        cell = cells[written]
        if cell and not decision_in(cell, ANSWERS)[0]:
            return cell
    return reviewer


def _told_apart(name: str) -> frozenset[str]:
    """What tells one reviewer from another in a heading: `1` of `Reviewer 1 name` and of `R1`."""
    return frozenset(re.findall(r"\d+|[^\W\d_]+", name.lower())) - _OF_ALL
