"""From round files to one long table of ratings, with everything that did not match listed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables
from coproduction.core.errors import raise_all
from coproduction.core.text import normalise
from coproduction.delphi import tables as forms
from coproduction.delphi.cells import Reader
from coproduction.delphi.formats import Long, Sheet, read_round
from coproduction.delphi.latest import Entry, Turned, revisable, turn
from coproduction.delphi.places import RATING, Finder
from coproduction.delphi.privacy import Comments
from coproduction.delphi.rounds import Round, check_scale, ids_of
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.statements import wordings_of
from coproduction.delphi.submissions import earlier, submissions
from coproduction.delphi.times import as_iso

REASONS = {
    "double submission": "another submission of the same panellist counts",
    "revised later": "a later submission of the same panellist counts where it has an answer",
    "not in the panel": "panel.csv has no such panellist",
    "late": "it came after the last day of the round",
    "empty": "no statement was answered",
}


@dataclass
class Imported:
    """What the import of all rounds leaves, as lists of rows."""

    ratings: list[dict] = field(default_factory=list)
    submissions: list[dict] = field(default_factory=list)
    unmatched: list[dict] = field(default_factory=list)
    cells: list[dict] = field(default_factory=list)
    revisions: list[dict] = field(default_factory=list)
    withheld: list[dict] = field(default_factory=list)


def import_rounds(
    folder: Path,
    rounds: pd.DataFrame,
    statements: pd.DataFrame,
    panel: pd.DataFrame | None,
    settings: DelphiSettings,
    ids: pd.DataFrame | None = None,
    comments: Comments | None = None,
) -> Imported:
    """Read all round files that exist in *folder* (ROUNDS, STATEMENTS, PANEL or None, PANELLIST_IDS or None).

    Raises StudyError for an answer that is no point of the scale, with file, row and column.
    """
    out, comments = Imported(), comments or Comments()
    groups = None if panel is None else dict(zip(panel["panellist"], panel["group"], strict=True))
    finder = Finder(statements, settings.say("ask_comment"))
    for entry in rounds.sort_values("round").to_dict("records"):
        path = folder / entry["file"]
        if not path.is_file():
            continue
        check_scale(entry, folder, settings)
        number = int(entry["round"])
        about = Round(
            number=number,
            path=path,
            closed=as_iso([entry.get("closed") or ""], settings.dates)[0][:10],
            wordings=wordings_of(statements, number),
            groups=groups,
            ids=ids_of(groups, ids, number),
            sharing={int(r) for r in rounds.loc[rounds["file"] == entry["file"], "round"]},
        )
        mapped = entry.get("columns") or ""
        columns = people_tables.read_people_csv(folder / mapped, forms.COLUMNS) if mapped else None
        read = read_round(path, columns, finder, settings, number, frozenset(about.ids))
        _import(out, read, about, finder, statements, settings, comments)
    out.withheld = comments.withheld
    return out


def _import(out, read: Sheet | Long, about: Round, finder, statements, settings, comments) -> None:
    if isinstance(read, Long):
        arguments = (settings.dates, settings.double_submissions)
        turned = turn(read, finder, about.number, about.sharing, *arguments)
    else:
        read = _timed(read, settings)
        turned = revisable(read) if settings.real_time else Turned(read)
    reader = Reader(turned.sheet, about.path, settings, comments)
    _list_columns(out, turned.sheet, about, statements)
    out.unmatched += [about.base | note for note in turned.notes]
    sent = submissions(turned.sheet, about, settings, list(reader.rated.values()))
    sent = sorted(sent + earlier(sent, turned, read, about), key=lambda entry: entry["row"])
    out.submissions += sent
    where: Counter = Counter(turned.elsewhere)
    where += _answers(out, reader, about, sent, read)
    _revisions(out, reader, turned.entries, sent, about, settings)
    raise_all(reader.errors)
    out.cells += [about.base | dict(outcome=k, n=n) for k, n in sorted(where.items()) if n]


def _timed(sheet: Sheet, settings: DelphiSettings) -> Sheet:
    """The sheet with ISO time stamps; unfinished submissions have none."""
    if not sheet.submitted:
        return sheet
    times = as_iso(list(sheet.rows[sheet.submitted]), settings.dates)
    # LimeSurvey's VV writes the word for 'not shown' where a submission is unfinished.
    kept = ["" if time.startswith("{") else time for time in times]
    return replace(sheet, rows=sheet.rows.assign(**{sheet.submitted: kept}))


def _answers(out, reader: Reader, about: Round, sent: list[dict], read: Sheet | Long) -> Counter:
    """Add the ratings of the submissions that count; where the rating cells of all went."""
    where: Counter = Counter()
    rows = reader.sheet.rows
    lines = dict(zip(map(int, rows.index), rows.to_dict("records"), strict=True))
    versions = sorted(about.versions.items())
    asked = {statement for statement, _ in versions}
    for entry in sent:
        row, who = entry["row"], entry["panellist"]
        given = reader.given(row) if row in lines else set()
        if entry["outcome"] != "counts":
            where[entry["outcome"]] += len(given)
            place = about.base | dict(row=row, column=read.panellist, content=who)
            out.unmatched.append(place | dict(reason=REASONS[entry["outcome"]]))
            continue
        where["statement not foreseen in this round"] += len(given - asked)
        kept = dict(round=about.number, panellist=who, group=about.group(who))
        for statement, version in versions:
            place = about.base | dict(panellist=who, statement=statement)
            answer = reader.answer(row, lines[row], place)
            out.ratings.append(kept | dict(statement=statement, version=version) | answer)
            where[answer["status"]] += statement in given
    return where


def _list_columns(out, sheet: Sheet, about: Round, statements: pd.DataFrame) -> None:
    base, versions = about.base | dict(row=None, content=""), about.versions
    listed = list(sheet.unused.items())
    for column, (role, statement) in sheet.cells.items():
        if statement not in versions:
            if not sheet.origin or role == RATING:
                listed.append((column, f"{statement} is not foreseen in round {about.number}"))
        elif role == RATING:
            other = _other_wording(sheet.titles.get(column, ""), statement, versions, statements)
            if other:
                asked = f"the round foresees {versions[statement]}"
                listed.append((column, f"the heading has wording {other} of {statement}, {asked}"))
    out.unmatched += [base | dict(column=column, reason=reason) for column, reason in listed]


def _other_wording(title: str, statement: str, versions, statements) -> int | None:
    """Version whose wording the heading has, where it is another than the one foreseen."""
    own = statements[statements["statement"] == statement]
    if len(own) < 2:
        return None
    plain = f" {normalise(title)} "
    pairs = zip(own["version"], own["text"], strict=True)
    there = [int(version) for version, text in pairs if f" {normalise(text)} " in plain]
    return None if versions[statement] in there or not there else there[0]


def _revisions(out, reader: Reader, entries: list[Entry], sent, about: Round, settings) -> None:
    """REVISIONS: all answers in order, where panellists answered a statement more than once."""
    counted = {e["panellist"] for e in sent if e["outcome"] == "counts"}
    versions = about.versions
    by: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.submitted, e.row)):
        who = about.who(entry.panellist)
        if who in counted and entry.statement in versions:
            by.setdefault((who, entry.statement), []).append(entry)
    if not settings.real_time and all(len(own) == 1 for own in by.values()):
        return
    latest = settings.real_time or settings.double_submissions == "last"
    for (who, statement), own in sorted(by.items()):
        kept = own[-1] if latest else own[0]
        for order, entry in enumerate(own, start=1):
            place = dict(round=about.number, panellist=who, statement=statement, order=order)
            given = reader.revised(entry) | dict(counts="yes" if entry is kept else "no")
            out.revisions.append(place | dict(submitted=entry.submitted) | given)
