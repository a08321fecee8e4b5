"""From round files to one long table of ratings, with everything that did not match listed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coproduction import tables
from coproduction.delphi import tables as forms
from coproduction.delphi.formats import Sheet, read_round
from coproduction.delphi.settings import DelphiSettings
from coproduction.errors import StudyError, raise_all

LEADING = re.compile(r"^\s*(-?\d+)(?:[.,]0+)?(?![\d.,])")


@dataclass
class Imported:
    """What the import of all rounds leaves, as lists of rows."""

    ratings: list[dict] = field(default_factory=list)
    submissions: list[dict] = field(default_factory=list)
    unmatched: list[dict] = field(default_factory=list)
    cells: list[dict] = field(default_factory=list)


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
) -> Imported:
    """Read all round files that exist in *folder* (ROUNDS, STATEMENTS, PANEL or None).

    Raises StudyError for an answer that is no point of the scale, with file, row and column.
    """
    out = Imported()
    for entry in rounds.sort_values("round").to_dict("records"):
        path = folder / entry["file"]
        if not path.is_file():
            continue
        _check_scale(entry, folder, settings)
        mapped = entry.get("columns") or ""
        columns = tables.read_people_csv(folder / mapped, forms.COLUMNS) if mapped else None
        number = int(entry["round"])
        sheet = read_round(path, columns, statements, settings)
        _import_sheet(out, sheet, number, path, wordings_of(statements, number), panel, settings)
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


def _import_sheet(out, sheet: Sheet, number, path, wordings, panel, settings) -> None:
    versions = dict(zip(wordings["statement"], wordings["version"], strict=True))
    rated = {s: c for c, (role, s) in sheet.cells.items() if role == "rating"}
    _list_columns(out, sheet, number, path, versions)
    submissions = _submissions(sheet, number, path, panel, settings, list(rated.values()))
    out.submissions += submissions
    groups = {} if panel is None else dict(zip(panel["panellist"], panel["group"], strict=True))
    where: Counter = Counter()
    errors: list[StudyError] = []
    for entry in submissions:
        if entry["outcome"] != "counts":
            where[entry["outcome"]] += len(rated)
            out.unmatched += _list_row(entry, sheet)
            continue
        line = sheet.rows.loc[entry["row"]]
        where["statement not foreseen in this round"] += sum(s not in versions for s in rated)
        for statement, version in sorted(versions.items()):
            row = _answer(sheet, line, statement, rated, path, settings, errors)
            who = entry["panellist"]
            base = dict(round=number, panellist=who, group=groups.get(who, ""))
            out.ratings.append(base | dict(statement=statement, version=version) | row)
            where[row["status"]] += statement in rated
    raise_all(errors)
    out.cells += [
        dict(round=number, file=path.name, outcome=outcome, n=n)
        for outcome, n in sorted(where.items())
        if n
    ]


def _list_columns(out, sheet: Sheet, number, path, versions) -> None:
    base = dict(round=number, file=path.name, row=None, content="")
    for column in sheet.unused:
        reason = "the column names no statement"
        out.unmatched.append(base | dict(column=column, reason=reason))
    for column, (_, statement) in sheet.cells.items():
        if statement not in versions:
            reason = f"{statement} is not foreseen in round {number}"
            out.unmatched.append(base | dict(column=column, reason=reason))


def _list_row(entry: dict, sheet: Sheet) -> list[dict]:
    reasons = {
        "double submission": "another submission of the same panellist counts",
        "not in the panel": "panel.csv has no such panellist",
        "empty": "no statement was answered",
    }
    base = dict(round=entry["round"], file=entry["file"], row=entry["row"])
    rest = dict(column=sheet.panellist, content=entry["panellist"])
    return [base | rest | dict(reason=reasons[entry["outcome"]])]


def _submissions(sheet: Sheet, number, path, panel, settings, rated) -> list[dict]:
    """One row per submission; of several by one panellist the last (or first) in time counts."""
    known = None if panel is None else {p.casefold(): p for p in panel["panellist"]}
    found = []
    for row, line in sheet.rows.iterrows():
        given = line[sheet.panellist].strip()
        who = given if known is None else known.get(given.casefold(), given)
        if not who or (known is not None and given.casefold() not in known):
            outcome = "not in the panel"
        else:
            outcome = "counts" if any(line[c] for c in rated) else "empty"
        time = line[sheet.submitted] if sheet.submitted else ""
        base = dict(round=number, file=path.name, row=int(row), panellist=who)
        found.append(base | dict(submitted=time, outcome=outcome))
    counting: dict[str, list[dict]] = {}
    for entry in found:
        if entry["outcome"] == "counts":
            counting.setdefault(entry["panellist"], []).append(entry)
    for entries in counting.values():
        # Finished submissions win over unfinished ones, then time decides, then the row.
        entries.sort(key=lambda e: (bool(e["submitted"]), e["submitted"], e["row"]))
        keep = entries[-1]
        if settings.double_submissions == "first":
            keep = next((e for e in entries if e["submitted"]), entries[0])
        for entry in entries:
            if entry is not keep:
                entry["outcome"] = "double submission"
    return found


def _answer(sheet: Sheet, line, statement, rated, path, settings, errors) -> dict:
    """Status, rating and comment of one panellist on one statement."""
    texts = {role: line[c] for c, (role, s) in sheet.cells.items() if s == statement}
    comment = texts.get("comment", "")
    if statement not in rated:
        return dict(status="not asked", rating=None, comment=comment)
    try:
        status, rating = parse_answer(texts["rating"], settings)
    except ValueError as error:
        errors.append(
            StudyError(
                str(error), file=path, row=int(line.name), column=rated[statement],
                remedy="Correct the cell, or add its words to delphi.answer_labels, "
                "delphi.no_opinion or delphi.not_asked",
            )
        )  # fmt: skip
        return dict(status="missing", rating=None, comment=comment)
    if status == "missing" and texts.get("no opinion", "").strip().lower() not in (
        "", "0", "no", "false", "unchecked",
    ):  # fmt: skip
        status = "no opinion"
    return dict(status=status, rating=rating, comment=comment)


def parse_answer(cell: str, settings: DelphiSettings) -> tuple[str, int | None]:
    """Status and rating of a cell: a code (7, 7.0), a label that starts with it, or a known word.

    Raises ValueError, in words for people, for anything else and for points outside the scale.
    """
    word = cell.strip().casefold()
    if not word:
        return "missing", None
    if word in {w.casefold() for w in settings.no_opinion}:
        return "no opinion", None
    if word in {w.casefold() for w in settings.not_asked}:
        return "not asked", None
    labels = {label.casefold(): value for label, value in settings.answer_labels.items()}
    match = LEADING.match(cell)
    if word not in labels and not match:
        raise ValueError(f"'{cell[:60]}' is not a rating")
    rating = labels[word] if word in labels else int(match.group(1))
    scale = settings.scale
    if not scale.lowest <= rating <= scale.highest:
        raise ValueError(f"the rating {rating} is outside the scale {scale.lowest}-{scale.highest}")
    return "rated", rating
