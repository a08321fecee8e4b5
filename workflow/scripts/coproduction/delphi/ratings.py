"""From round files to one long table of ratings, with everything that did not match listed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coproduction import tables
from coproduction.delphi import tables as forms
from coproduction.delphi.answers import labels_of, parse_answer
from coproduction.delphi.formats import Long, Sheet, read_round
from coproduction.delphi.latest import REVISED, Entry, Turned, revisable, turn
from coproduction.delphi.places import Finder
from coproduction.delphi.privacy import Comments, shown
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.times import as_iso
from coproduction.errors import StudyError, raise_all
from coproduction.text import normalise

REASONS = {
    "double submission": "another submission of the same panellist counts",
    "revised later": "a later submission of the same panellist counts where it has an answer",
    "not in the panel": "panel.csv has no such panellist",
    "late": "it came after the last day of the round",
    "empty": "no statement was answered",
}
NOT_TICKED = {"", "0", "no", "false", "unchecked", "{question_not_shown}"}


@dataclass
class Imported:
    """What the import of all rounds leaves, as lists of rows."""

    ratings: list[dict] = field(default_factory=list)
    submissions: list[dict] = field(default_factory=list)
    unmatched: list[dict] = field(default_factory=list)
    cells: list[dict] = field(default_factory=list)
    revisions: list[dict] = field(default_factory=list)
    withheld: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Round:
    """One round as it is imported: its number, file, last day, wordings and who may be in it."""

    number: int
    path: Path
    closed: str
    wordings: pd.DataFrame
    groups: dict[str, str] | None
    ids: dict[str, str]
    sharing: set[int]

    @property
    def versions(self) -> dict[str, int]:
        """Version of each statement that is asked."""
        return dict(zip(self.wordings["statement"], self.wordings["version"], strict=True))


def read_statements(path: str | Path) -> pd.DataFrame:
    """Statements (STATEMENTS); a wording that stands twice or ends before it begins is refused."""
    table = tables.read_people_csv(path, forms.STATEMENTS)
    for name, usual in (("version", 1), ("first_round", 1), ("last_round", pd.NA)):
        given = table[name] if name in table else pd.Series(pd.NA, table.index, "Int64")
        table[name] = given if usual is pd.NA else given.fillna(usual)
    table["factor"] = table.get("factor", "")
    errors = [
        StudyError(
            f"version {v} of {s} stands there more than once", file=path, row=int(row),
            column="version", remedy="Give each wording of a statement its own version",
        )
        for row, s, v in table[table.duplicated(["statement", "version"])][
            ["statement", "version"]
        ].itertuples()
    ]  # fmt: skip
    errors += [
        StudyError(
            "the last round lies before the first", file=path, row=int(row), column="last_round",
            remedy="Correct first_round or last_round",
        )
        for row in table.index[(table["last_round"] < table["first_round"]).fillna(False)]
    ]  # fmt: skip
    raise_all(errors + _overlaps(table, path))
    return table


def _overlaps(table: pd.DataFrame, path) -> list[StudyError]:
    errors = []
    for statement, part in table.sort_values("first_round").groupby("statement", sort=True):
        until = part["last_round"].fillna(10**6).tolist()
        for k, (row, first) in enumerate(part["first_round"].items()):
            if k and first <= until[k - 1]:
                errors.append(
                    StudyError(
                        f"two wordings of {statement} are asked in round {first}",
                        file=path,
                        row=int(row),
                        column="first_round",
                        remedy="End the earlier wording (last_round) before the later one begins",
                    )
                )
    return errors


def wordings_of(statements: pd.DataFrame, number: int) -> pd.DataFrame:
    """The wordings that are asked in round *number*."""
    last = statements["last_round"].fillna(10**6)
    return statements[(statements["first_round"] <= number) & (last >= number)]


def import_rounds(
    folder: Path,
    rounds: pd.DataFrame,
    statements: pd.DataFrame,
    panel: pd.DataFrame | None,
    settings: DelphiSettings,
    ids: pd.DataFrame | None = None,
    comments: Comments | None = None,
) -> Imported:
    """Read all round files that exist in *folder* (ROUNDS, STATEMENTS, PANEL or None, IDS or None).

    Raises StudyError for an answer that is no point of the scale, with file, row and column.
    """
    out, comments = Imported(), comments or Comments()
    groups = None if panel is None else dict(zip(panel["panellist"], panel["group"], strict=True))
    for entry in rounds.sort_values("round").to_dict("records"):
        path = folder / entry["file"]
        if not path.is_file():
            continue
        _check_scale(entry, folder, settings)
        number = int(entry["round"])
        about = Round(
            number=number,
            path=path,
            closed=entry.get("closed") or "",
            wordings=wordings_of(statements, number),
            groups=groups,
            ids=_ids(groups, ids, number),
            sharing={int(r) for r in rounds.loc[rounds["file"] == entry["file"], "round"]},
        )
        mapped = entry.get("columns") or ""
        columns = tables.read_people_csv(folder / mapped, forms.COLUMNS) if mapped else None
        known = frozenset(about.ids)
        read = read_round(path, columns, statements, settings, number, known)
        _import(out, read, about, statements, settings, comments)
    out.withheld = comments.withheld
    return out


def _check_scale(entry: dict, folder: Path, settings: DelphiSettings) -> None:
    wanted = f"{settings.scale.lowest}-{settings.scale.highest}"
    given = re.sub(r"\s+|to|bis", "", (entry.get("scale") or wanted).replace("–", "-"))
    if given != wanted:
        raise StudyError(
            f"round {entry['round']} has the scale {given}, the settings say {wanted}",
            file=folder / "rounds.csv",
            column="scale",
            remedy="Correct delphi.scale; ratings on different scales are not compared",
        )


def _ids(groups: dict | None, ids: pd.DataFrame | None, number: int) -> dict[str, str]:
    """Id as in the file (lower case) → pseudonym, in this round."""
    found = {} if groups is None else {p.casefold(): p for p in groups}
    if ids is not None:
        own = ids[ids["round"].isna() | (ids["round"] == number)] if "round" in ids else ids
        pairs = zip(own["given"], own["panellist"], strict=True)
        found |= {given.casefold(): panellist for given, panellist in pairs}
    return found


def _import(out, read: Sheet | Long, about: Round, statements, settings, comments) -> None:
    finder = Finder(statements)
    if isinstance(read, Long):
        arguments = (settings.dates, settings.double_submissions)
        turned = turn(read, finder, about.number, about.sharing, *arguments)
    else:
        if read.submitted:
            times = as_iso(list(read.rows[read.submitted]), settings.dates)
            read = _with_times(read, times)
        turned = revisable(read, about.number) if settings.real_time else Turned(read)
    _import_sheet(out, turned, read, about, statements, settings, comments)


def _with_times(sheet: Sheet, times: list[str]) -> Sheet:
    # LimeSurvey's VV writes the word for 'not shown' where a submission is unfinished.
    kept = ["" if time.startswith("{") else time for time in times]
    rows = sheet.rows.assign(**{sheet.submitted: kept})
    parts = (sheet.panellist, sheet.submitted, sheet.cells, sheet.unused, sheet.titles)
    return Sheet(rows, *parts)


def _import_sheet(out, turned: Turned, read, about: Round, statements, settings, comments) -> None:
    sheet, versions = turned.sheet, about.versions
    rated = {s: c for c, (role, s) in sheet.cells.items() if role == "rating"}
    base = dict(round=about.number, file=about.path.name)
    _list_columns(out, sheet, base, versions, statements)
    out.unmatched += [base | note for note in turned.notes]
    submissions = _submissions(sheet, about, settings, list(rated.values()))
    _earlier(submissions, turned, read, about)
    out.submissions += submissions
    texts = [text for column in rated.values() for text in sheet.rows[column]]
    labels = labels_of(texts, settings)
    where: Counter = Counter(turned.elsewhere)
    errors: list[StudyError] = []
    for entry in submissions:
        if entry["outcome"] != "counts":
            where[entry["outcome"]] += len(_cells_of(entry, sheet, rated))
            out.unmatched += _list_row(entry, read)
            continue
        line = sheet.rows.loc[entry["row"]]
        given = _cells_of(entry, sheet, rated)
        where["statement not foreseen in this round"] += sum(s not in versions for s in given)
        for statement, version in sorted(versions.items()):
            place = base | dict(panellist=entry["panellist"], statement=statement)
            row = _answer(sheet, line, place, rated, settings, labels, errors, comments)
            group = (about.groups or {}).get(entry["panellist"], "")
            kept = dict(round=about.number, panellist=entry["panellist"], group=group)
            out.ratings.append(kept | dict(statement=statement, version=version) | row)
            where[row["status"]] += statement in given
    _revisions(out, turned.entries, submissions, about, settings, labels, errors, base)
    raise_all(errors)
    out.cells += [base | dict(outcome=outcome, n=n) for outcome, n in sorted(where.items()) if n]


def _cells_of(entry: dict, sheet: Sheet, rated: dict[str, str]) -> set[str]:
    """The statements whose rating cell the submission has: all columns, or its own rows."""
    if entry["row"] not in sheet.rows.index:
        return set()
    if not sheet.origin:
        return set(rated)
    return {s for s, column in rated.items() if (entry["row"], column) in sheet.origin}


def _list_columns(out, sheet: Sheet, base: dict, versions, statements) -> None:
    base = base | dict(row=None, content="")
    for column, reason in sheet.unused.items():
        out.unmatched.append(base | dict(column=column, reason=reason))
    for column, (role, statement) in sheet.cells.items():
        if statement not in versions:
            reason = f"{statement} is not foreseen in round {base['round']}"
            if not sheet.origin or role == "rating":
                out.unmatched.append(base | dict(column=column, reason=reason))
        elif role == "rating" and (
            other := _other_wording(sheet, column, statement, versions, statements)
        ):
            reason = f"the heading has wording {other} of {statement}, the round foresees {versions[statement]}"
            out.unmatched.append(base | dict(column=column, reason=reason))


def _other_wording(sheet: Sheet, column: str, statement: str, versions, statements) -> int | None:
    """Version whose wording the heading has, where it is another than the one foreseen."""
    title = f" {normalise(sheet.titles.get(column, ''))} "
    own = statements[statements["statement"] == statement]
    there = [
        int(v)
        for v, t in zip(own["version"], own["text"], strict=True)
        if f" {normalise(t)} " in title
    ]
    return None if versions[statement] in there or not there else there[0]


def _list_row(entry: dict, read: Sheet | Long) -> list[dict]:
    base = dict(round=entry["round"], file=entry["file"], row=entry["row"])
    rest = dict(column=read.panellist, content=entry["panellist"])
    return [base | rest | dict(reason=REASONS[entry["outcome"]])]


def _submissions(sheet: Sheet, about: Round, settings, rated: list[str]) -> list[dict]:
    """One row per submission; of several by one panellist the last (or first) in time counts."""
    found = []
    for row, line in sheet.rows.iterrows():
        given = line[sheet.panellist].strip()
        who = about.ids.get(given.casefold(), "" if about.groups is not None else given)
        time = line[sheet.submitted] if sheet.submitted else ""
        late = bool(time and about.closed and time[:10] > about.closed)
        if not who:
            outcome = "not in the panel"
        elif late and settings.late == "leave out":
            outcome = "late"
        else:
            outcome = (
                "counts"
                if any(line[c] not in ("", "{question_not_shown}") for c in rated)
                else "empty"
            )
        base = dict(
            round=about.number, file=about.path.name, row=int(row), panellist=who or shown(given)
        )
        found.append(base | dict(submitted=time, late="yes" if late else "no", outcome=outcome))
    _one_each(found, settings.double_submissions)
    return found


def _one_each(found: list[dict], keep: str) -> None:
    """Mark all but one submission of each panellist as double."""
    counting: dict[str, list[dict]] = {}
    for entry in found:
        if entry["outcome"] == "counts":
            counting.setdefault(entry["panellist"], []).append(entry)
    for entries in counting.values():
        # Finished submissions win over unfinished ones, then time decides, then the row.
        entries.sort(key=lambda e: (bool(e["submitted"]), e["submitted"], e["row"]))
        kept = entries[-1]
        if keep == "first":
            kept = next((e for e in entries if e["submitted"]), entries[0])
        for entry in entries:
            if entry is not kept:
                entry["outcome"] = "double submission"


def _earlier(submissions: list[dict], turned: Turned, read, about: Round) -> None:
    """Add the submissions whose answers were taken over into a later one of the same panellist."""
    if isinstance(read, Long) or not turned.entries:
        return
    there = {entry["row"] for entry in submissions}
    for row, line in read.rows.iterrows():
        if row in there:
            continue
        given = line[read.panellist].strip()
        who = about.ids.get(given.casefold(), "" if about.groups is not None else given)
        answered = any(e.row == row for e in turned.entries)
        outcome = "not in the panel" if not who else REVISED if answered else "empty"
        base = dict(
            round=about.number, file=about.path.name, row=int(row), panellist=who or shown(given)
        )
        time = line[read.submitted] if read.submitted else ""
        submissions.append(base | dict(submitted=time, late="no", outcome=outcome))
    submissions.sort(key=lambda entry: entry["row"])


def _answer(sheet, line, place: dict, rated, settings, labels, errors, comments: Comments) -> dict:
    """Status, rating and comment of one panellist on one statement."""
    statement = place["statement"]
    columns = {role: c for c, (role, s) in sheet.cells.items() if s == statement}
    texts = {role: line[column] for role, column in columns.items()}
    comment = "" if (said := texts.get("comment", "")) == "{question_not_shown}" else said
    if comment:
        row, column = _origin(sheet, line, columns["comment"])
        comment = comments.passed(comment, place | dict(row=row, column=column))
    if statement not in rated:
        return dict(status="not asked", rating=None, comment=comment)
    try:
        status, rating = parse_answer(texts["rating"], settings, labels)
    except ValueError as error:
        row, column = _origin(sheet, line, rated[statement])
        errors.append(_no_rating(error, place["file"], row, column))
        return dict(status="missing", rating=None, comment=comment)
    if status == "missing" and texts.get("no opinion", "").strip().lower() not in NOT_TICKED:
        status = "no opinion"
    return dict(status=status, rating=rating, comment=comment)


def _origin(sheet: Sheet, line, column: str) -> tuple[int, str]:
    return sheet.origin.get((line.name, column), (int(line.name), column))


def _no_rating(error: ValueError, file, row: int, column: str) -> StudyError:
    return StudyError(
        str(error), file=file, row=row, column=column,
        remedy="Correct the cell, or add its words to delphi.answer_labels, delphi.no_opinion, "
        "delphi.missing or delphi.not_asked",
    )  # fmt: skip


def _revisions(
    out, entries: list[Entry], submissions, about: Round, settings, labels, errors, base
) -> None:
    """REVISIONS: the answers of panellists who answered a statement more than once."""
    counted = {e["panellist"] for e in submissions if e["outcome"] == "counts"}
    by: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.submitted, e.row)):
        given = entry.panellist.casefold()
        who = about.ids.get(given, "" if about.groups is not None else entry.panellist)
        if who in counted and entry.statement in about.versions:
            by.setdefault((who, entry.statement), []).append(entry)
    for (who, statement), own in sorted(by.items()):
        last = own[-1] if settings.real_time or settings.double_submissions == "last" else own[0]
        for order, entry in enumerate(own, start=1):
            try:
                status, rating = parse_answer(entry.texts["rating"], settings, labels)
            except ValueError as error:
                if entry is not last:
                    errors.append(_no_rating(error, base["file"], entry.row, entry.column))
                continue
            kept = dict(round=about.number, panellist=who, statement=statement, order=order)
            kept |= dict(submitted=entry.submitted, status=status, rating=rating)
            out.revisions.append(kept | dict(counts="yes" if entry is last else "no"))
