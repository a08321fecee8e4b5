"""Reads the screening files of the study folder; every problem names file, row and column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import people_tables
from coproduction.core.days import CLOCK, YEAR_LAST, as_times
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.tables import words_of
from coproduction.core.text import normalise
from coproduction.formats.screening.reading import Export, read_export
from coproduction.screening import code_legends, marked_cells, tick_columns
from coproduction.screening.decision_words import decision_in, plain_word, says_nothing
from coproduction.screening.record_matching import find_id
from coproduction.screening.sheet_headings import gathered, in_known_words, ticked_headings
from coproduction.screening.tables import ADJUDICATIONS, ANSWERS, PEOPLE_CRITERIA, RETRIEVAL, STAGES, TITLE_ABSTRACT
from coproduction.screening.team_outcomes import STAGE_WORDS, TEAMS, of_stage
from coproduction.screening.unnamed_decisions import ask_whose
from coproduction.screening.wide_sheets import KNOWN, rows_of_reviewers

COLUMNS = """
    record reviewer decision reason date time note file row doi title year scope changed tags ticked
""".split()
QUEUE, NO_IDS = "form of this study", "table without record ids"
COLUMN_EACH = "table with a column per reviewer"
PEOPLES = {QUEUE, NO_IDS, COLUMN_EACH}  # written by hand, so words and dates are checked
WITHOUT_IDS = TITLE_ABSTRACT.part(*(name for name in TITLE_ABSTRACT.columns if name != "record"))
SEVERAL = re.compile(  # in the name of a reviewer
    r"\S\s*[;&/+\n]\s*\S|\S\s(?:and|und|et|y|e)\s\S|\A(?:both|both reviewers|all|all reviewers|everyone|beide|alle)\Z",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(?P<who>.+?)[ _]\(?(?P<mark>FT|full[- ]?text|T[/&]?A|Ti[/ ]?Ab)\)?\Z", re.IGNORECASE)
SOURCE_COLUMNS = ["stage", "file", "form", "entries", "undecided", "given"]


@dataclass(frozen=True)
class Files:
    """What people have put into screening/, as read."""

    criteria: pd.DataFrame
    stages: dict[str, pd.DataFrame]
    adjudications: pd.DataFrame
    retrieval: pd.DataFrame
    sources: pd.DataFrame
    full_texts: pd.DataFrame


def read_files(
    stages: Mapping[str, Sequence[str]],
    criteria: Sequence[str],
    adjudications: Sequence[str],
    retrieval: Sequence[str],
    full_texts: pd.DataFrame,
) -> Files:
    """All that people have put into screening/, and the full texts as they were matched."""
    stage_files = {stage: read_stage(paths, stage) for stage, paths in stages.items()}
    return Files(
        criteria=read_criteria(criteria),
        stages={stage: rows for stage, (rows, _) in stage_files.items()},
        sources=pd.concat([sources for _, sources in stage_files.values()], ignore_index=True),
        adjudications=read_adjudications(adjudications),
        retrieval=read_retrieval(retrieval),
        full_texts=full_texts,
    )


def read_criteria(paths: Sequence[str]) -> pd.DataFrame:
    """The criteria in the order of the file; empty where there is no file yet, refused where there are two."""
    criteria = people_tables.read_single_table(paths, PEOPLE_CRITERIA, "criteria")
    named = criteria[["kind"]].assign(label=criteria["label"].map(normalise))
    twice = criteria[named.duplicated() & (named["label"] != "")]
    raise_all(
        [
            StudyError(
                f"two criteria have the label '{label}', so that a reason in these words could mean either",
                file=paths[0],
                column="label",
                remedy="Rename one of them",
            )
            for label in twice["label"]
        ]
    )
    return criteria


def read_stage(paths: Sequence[str], stage: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows with a decision of all files of a stage (COLUMNS), in the order of files and rows.

    With them what the files hold (SOURCE_COLUMNS): entries, those without a decision, and those
    whose label was in the data set that the tool was given.
    """
    rows, sources = [pd.DataFrame(columns=COLUMNS)], []
    for path in map(Path, sorted(paths)):
        form, table = _read_decisions(path, stage)
        if table.empty and form not in PEOPLES:
            continue
        rows.append(table.loc[table["decision"] != "", COLUMNS])
        decided = rows[-1]["row"].nunique()
        n_given = table.loc[table["given"], "row"].nunique()
        entries = table["row"].nunique()
        sources.append((stage, _label(path), form, entries, entries - decided - n_given, n_given))
    return (pd.concat(rows, ignore_index=True), pd.DataFrame(sources, columns=SOURCE_COLUMNS))


def _read_decisions(path: Path, stage: str) -> tuple[str, pd.DataFrame]:
    """Form of the file and all its rows, those without a decision too."""
    form, rows = _rows_of(path, stage)
    cells: dict[str, list] = {name: [_as_text(row.get(name)) for row in rows] for name in COLUMNS}
    cells |= {"row": [row["row"] for row in rows], "file": [_label(path)] * len(rows)}
    cells["scope"] = [scope or "own" for scope in cells["scope"]]
    if form in PEOPLES:
        for name in ("decision", "reason", "date", "time", "note"):
            unsaid = {cell for cell in set(cells[name]) if cell and says_nothing(cell)}
            cells[name] = ["" if cell in unsaid else cell for cell in cells[name]] if unsaid else cells[name]
    decided = [place for place, word in enumerate(cells["decision"]) if word]
    if form in PEOPLES:
        whole = re.compile(r"(\d+)[.,]0")  # as table programs write 1
        cells["reviewer"] = [m[1] if (m := whole.fullmatch(name)) else name for name in cells["reviewer"]]
        if not decided:
            marked_cells.refuse_colours(path, cells["row"])
        _add_comments(cells, decided, path)
        _put_in_plain_words(cells, decided, form, path)
    cells |= {"time": [date[11:] for date in cells["date"]], "date": [date[:10] for date in cells["date"]]}
    columns = {name: pd.array(cells[name], "int64") if name == "row" else words_of(cells[name]) for name in COLUMNS}
    table = pd.DataFrame(columns).assign(given=[row.get("given") in (True,) for row in rows])
    _check_reviewers(table.iloc[decided], path, form)
    return form, table


def _as_text(cell: Any) -> str:
    return cell if type(cell) is str else "" if pd.isna(cell) else str(cell)


def _add_comments(cells: dict[str, list], decided: list[int], path: Path) -> None:
    """Comments of Excel as notes, of a sheet with several reviewers at the first who decided."""
    comments = marked_cells.comments(path, cells["row"])
    for place in decided:
        comment = comments.pop(cells["row"][place], "")
        cells["note"][place] = "; ".join(filter(None, (cells["note"][place], comment)))


def _put_in_plain_words(cells: dict[str, list], decided: list[int], form: str, path: Path) -> None:
    """Decisions as the words that count, with what was remarked beside in the note, and days with their time."""
    rows = pd.Index([cells["row"][place] for place in decided], name="row")
    plain_words = {
        name: pd.Series([cells[name][place] for place in decided], rows, str, name)
        for name in ("decision", "date", "time")
    }
    heads = [cells["reviewer"][place] for place in decided] if form == COLUMN_EACH else None
    words = _words(plain_words["decision"], path, ANSWERS, heads)
    days = _days(_with_clock(plain_words["date"], plain_words["time"]), path)
    for place, word, remark, day in zip(decided, words["word"], words["remark"], days, strict=True):
        cells["decision"][place], cells["date"][place] = word, day
        column, sign = ("tags", "; ") if word == "exclude" else ("note", " ")  # a remark may be the name of a criterion
        cells[column][place] = sign.join(filter(None, (cells[column][place], remark)))


def _rows_of(path: Path, stage: str) -> tuple[str, list[dict]]:
    """Form of the file and its rows, of whichever tool or by hand."""
    form, rows, table = _export(path, _reviewer_named(path, stage))
    if table is not None:
        table = in_known_words(tick_columns.as_decisions(code_legends.in_words(table, path), path))
        wide = rows_of_reviewers(table, path)
        if wide is not None:
            return COLUMN_EACH, _of_one_stage(wide, path, stage)
        _check_stage(table, path, stage)
        return _from_people(table, path)
    if form in TEAMS:
        rows = of_stage(form, rows, stage, path)
    elif form.startswith("ASReview") and any(row["decision"] and not row["reviewer"] for row in rows):
        raise StudyError(
            "the file does not say who made these decisions",
            file=path,
            remedy=f"Name the file after the reviewer, as {stage}_ann{path.suffix}",
        )
    return form, [row | {"record": row.get("record") or find_id(*row["places"])} for row in rows]


def _of_one_stage(rows: list[dict], path: Path, stage: str) -> list[dict]:
    """The rows without the stage behind each reviewer's name (`Ann FT`, `Bo FT`); refused where it is another stage.

    One name alone may be somebody's initials.
    """
    names = {row["reviewer"] for row in rows if row.get("scope") != "team"}
    marked = {name: match for name in names if (match := _MARKED.match(name))}
    if len(names) < 2 or len(marked) < len(names):
        return rows
    for name, match in sorted(marked.items()):
        if not STAGE_WORDS[stage].search(match["mark"]):
            raise StudyError(
                f"the columns belong to another stage ('{name}')",
                file=path,
                row=1,
                remedy=f"Name the file after its stage: {' or '.join(f'{one}….csv' for one in STAGE_WORDS if one != stage)}",
            )
    person_of = {name: match["who"] for name, match in marked.items()}
    return [row | {"reviewer": person_of.get(row["reviewer"], row["reviewer"])} for row in rows]


def _check_stage(table: pd.DataFrame, path: Path, stage: str) -> None:
    """Refuse rows of another stage, where a column says of which stage each row is, and rows of several levels."""
    column = next((name for name in table if re.fullmatch(r"(?:\w+ )?(?:stage|phase|level)", name.lower())), None)
    if column is None:
        return
    raise_all(
        [
            StudyError(
                f"the row belongs to another stage ('{cell}')",
                file=path,
                row=int(row),
                column=column,
                remedy=f"Move such rows into a file {other}….csv",
            )
            for row, cell in table[column].items()
            for other, words in STAGE_WORDS.items()
            if other != stage and words.search(cell) and not STAGE_WORDS[stage].search(cell)
        ]
    )
    _one_level(table[column], path)


def _one_level(cells: pd.Series, path: Path) -> None:
    """Refuse a sheet whose rows are of several numbered stages: which of them is this one it does not say."""
    numbers = sorted({plain_word(cell) for cell in cells if plain_word(cell).isdecimal()})
    if len(numbers) > 1:
        raise StudyError(
            f"the rows are of stages {' and '.join(numbers)}",
            file=path,
            row=1,
            column=str(cells.name),
            remedy="Keep one stage per file: title_abstract….csv and full_text….csv",
        )


def _export(path: Path, reviewer: str) -> Export:
    """What the file holds; of an empty one it is said what a queue needs."""
    try:
        return read_export(path, reviewer)
    except StudyError as error:
        if error.problem != "the file is empty":
            raise
        needed = ", ".join(name for name, column in TITLE_ABSTRACT.columns.items() if column.required)
        raise StudyError(error.problem, file=path, remedy=f"It needs a header with the columns {needed}") from error


def _reviewer_named(path: Path, stage: str) -> str:
    """Who screened, by the rest of the file's name after the stage; empty where it says nothing.

    `title_abstract_ann.asreview` and `title_abstract/ann.asreview` are Ann's.
    """
    name = path.stem.removeprefix(stage).strip(" _-.")
    return "" if name.lower().startswith("asreview") else name


def _from_people(table: pd.DataFrame, path: Path) -> tuple[str, list[dict]]:
    """Rows of a queue that is filled in, or of a table with titles or DOIs in place of ids."""
    low = {name: name.lower() for name in table if name.lower() in KNOWN}
    table = gathered(table.rename(columns=low))
    ticked = pd.Series(ticked_headings(table), table.index, str)
    bare = "record" not in table and bool({"title", "doi"} & set(table))
    if bare or "record" in table:
        ask_whose(table, path)
    form = WITHOUT_IDS if bare else TITLE_ABSTRACT
    cells = [list(table), *table.to_numpy().tolist()]
    checked = people_tables.check(cells, [1, *table.index], form, path)
    checked = checked.assign(row=checked.index, ticked=ticked.reindex(checked.index))
    reasons = checked["reason"] if "reason" in checked else [""] * len(checked)
    raise_all(
        [
            StudyError(
                "there is a reason, but no decision",
                file=path,
                row=int(row),
                column="decision",
                remedy="Enter the decision, or remove the reason",
            )
            for row, decision, reason in zip(checked.index, checked["decision"], reasons, strict=True)
            if says_nothing(decision) and not says_nothing(reason)
        ]
    )
    return (NO_IDS if bare else QUEUE), checked.to_dict("records")


def _label(path: Path) -> str:
    """The file's name, below screening/."""
    folders = {*STAGES, "covidence"}
    return f"{path.parent.name}/{path.name}" if path.parent.name in folders else path.name


def _with_clock(dates: pd.Series, times: pd.Series) -> pd.Series:
    """The days with the time of a column of its own, where that holds one and the day has none."""
    apart = times.str.match(CLOCK) & (dates != "") & ~dates.str.contains(":")
    return dates.where(~apart, dates + " " + times)


def _check_reviewers(table: pd.DataFrame, path: Path, form: str) -> None:
    names = set(table["reviewer"]) - {""}
    alone = names if any("," in name for name in names) else set()  # "Ann, Bo" where Ann decides by herself too
    alone = {name for name in alone if "," not in name}
    raise_all(
        [
            StudyError(
                f"'{name}' names several reviewers, and it is unclear whether each has decided",
                file=path,
                row=int(row),
                column="reviewer",
                remedy="Write a row for each; what they settled together belongs in adjudications.csv",
            )
            for row, name in zip(table["row"], table["reviewer"], strict=True)
            if form in PEOPLES and (SEVERAL.search(name) or {part.strip() for part in name.split(",")} & alone)
        ]
    )
    raise_all(
        [
            StudyError(
                "the decision has no reviewer",
                file=path,
                row=int(row),
                column="reviewer",
                remedy="Enter the initials or code of the reviewer who decided",
            )
            for row in table.loc[table["reviewer"] == "", "row"]
        ]
    )


def _filled(table: pd.DataFrame, column: str, path: Path) -> pd.DataFrame:
    """Rows where `column` is filled, with file, row and the optional columns."""
    table = table[table[column] != ""].copy()
    for name in ("reason", "date", "note", "reviewer", "adjudicator", "study"):
        if name not in table:
            table[name] = ""
    return table.assign(file=path.name, row=table.index)


def _words(cells: pd.Series, path: Path, allowed: tuple[str, ...], heads: list[str] | None = None) -> pd.DataFrame:
    """Decisions (index: rows of the file) in the words that count, and what was remarked beside.

    "exclude - but good background" is exclude with a remark. StudyError for what is no decision,
    or two, or one with a question mark. `heads`: the column of each, if not "decision".
    """
    words = [decision_in(cell, allowed) for cell in cells]
    raise_all(
        [
            StudyError(
                f"'{cell}' is not a decision",
                file=path,
                row=int(row),
                column=column,
                remedy=f"Write {', '.join(allowed[:-1])} or {allowed[-1]}",
            )
            for (row, cell), (word, _), column in zip(
                cells.items(), words, heads or ["decision"] * len(cells), strict=True
            )
            if not word
        ]
    )
    return pd.DataFrame(words, columns=["word", "remark"], index=cells.index)


def _days(cells: pd.Series, path: Path) -> pd.Series:
    """Days as YYYY-MM-DD, with the time where one is given; what has two readings is refused."""
    days = pd.Series(as_times(cells.tolist()), index=cells.index, dtype=object)
    raise_all(
        [
            StudyError(
                f"'{value}' {_why_no_day(value)}",
                file=path,
                row=int(row),
                column="date",
                remedy="Write YYYY-MM-DD (Excel: format the column as text first) or leave it empty",
            )
            for (row, value), day in zip(cells.items(), days, strict=True)
            if value and not day
        ]
    )
    return days


def _why_no_day(cell: str) -> str:
    """What is wrong with a cell that is not taken as a day.

    >>> _why_no_day("28/01/26"), _why_no_day("3/4/2026"), _why_no_day("46050")
    ('has a two-digit year', 'may have either the day or the month first', 'is an Excel serial number of a day')
    """
    if re.fullmatch(r"(?:3[3-9]|4\d)\d{3}(?:[.,]\d+)?", cell):  # 1990 to 2036
        return "is an Excel serial number of a day"
    match = YEAR_LAST.match(cell)
    if not match or int(match[1]) > 31 or int(match[2]) > 31:
        return "is not a date"
    if len(match[3]) < 4:
        return "has a two-digit year"
    return "may have either the day or the month first" if max(int(match[1]), int(match[2])) <= 12 else "is not a date"


def read_adjudications(paths: Sequence[str]) -> pd.DataFrame:
    """Settled conflicts of all files: stage, record, decision, reason, adjudicator, note, file, row."""
    columns = ["stage", "record", "decision", "reason", "adjudicator", "note", "file", "row"]
    parts = [pd.DataFrame(columns=columns)]
    for path in map(Path, paths):
        table = _filled(people_tables.read_people_table(path, ADJUDICATIONS), "decision", path)
        table["decision"] = _words(table["decision"], path, ("include", "exclude"))["word"]
        parts.append(table[columns])
    return pd.concat(parts, ignore_index=True)


def read_retrieval(paths: Sequence[str]) -> pd.DataFrame:
    """What was obtained, by all files: record, status, note, study, file, row."""
    columns = ["record", "status", "note", "study", "file", "row"]
    parts = [pd.DataFrame(columns=columns)]
    for path in map(Path, paths):
        table = _filled(people_tables.read_people_table(path, RETRIEVAL), "record", path)
        parts.append(table[columns])
    return pd.concat(parts, ignore_index=True)
