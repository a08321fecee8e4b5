"""Who sent which submission, and which of several counts."""

from __future__ import annotations

from coproduction.delphi.formats import Long, Sheet
from coproduction.delphi.latest import REVISED, Turned
from coproduction.delphi.privacy import shown
from coproduction.delphi.rounds import Round
from coproduction.delphi.settings import DelphiSettings

SILENT = ("", "{question_not_shown}")


def submissions(
    sheet: Sheet, about: Round, settings: DelphiSettings, rated: list[str]
) -> list[dict]:
    """One row per submission; of several by one panellist the last (or first) in time counts.

    *rated* are the columns with ratings.
    """
    found = []
    for row, line in zip(sheet.rows.index, sheet.rows.to_dict("records"), strict=True):
        given = line[sheet.panellist].strip()
        who = about.who(given)
        time = line[sheet.submitted] if sheet.submitted else ""
        late = bool(time and about.closed and time[:10] > about.closed)
        if not who:
            outcome = "not in the panel"
        elif late and settings.late == "leave out":
            outcome = "late"
        else:
            outcome = "counts" if any(line[c] not in SILENT for c in rated) else "empty"
        place = about.base | dict(row=int(row), panellist=who or shown(given), submitted=time)
        found.append(place | dict(late="yes" if late else "no", outcome=outcome))
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


def earlier(found: list[dict], turned: Turned, read: Sheet | Long, about: Round) -> list[dict]:
    """The submissions whose answers were taken over into a later one of the same panellist."""
    if isinstance(read, Long) or not turned.entries:
        return []
    there = {entry["row"] for entry in found}
    answered = {entry.row for entry in turned.entries}
    more = []
    for row, line in zip(read.rows.index, read.rows.to_dict("records"), strict=True):
        if row in there:
            continue
        given = line[read.panellist].strip()
        who = about.who(given)
        outcome = "not in the panel" if not who else REVISED if row in answered else "empty"
        time = line[read.submitted] if read.submitted else ""
        place = about.base | dict(row=int(row), panellist=who or shown(given), submitted=time)
        more.append(place | dict(late="no", outcome=outcome))
    return more
