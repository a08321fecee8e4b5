"""From exported files to one table of entries in which nothing is lost.

For each file, entries found = entries read + entries refused; each refused one is listed with its
line and the reason. A file as a whole is an error only when nothing can be made of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from coproduction.core import study_files
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.garbage_collection import collector_paused
from coproduction.core.tables import Table
from coproduction.formats.references import author_names, comma_lists, maps, providers, recognising
from coproduction.formats.references.cleaning import change_kind
from coproduction.formats.references.decoding import UNKNOWN, clean_utf8, decode
from coproduction.formats.references.fields import column_name, understand
from coproduction.formats.references.in_columns import Columns, understand_together
from coproduction.formats.references.maps import FIELDS, RawEntry
from coproduction.formats.references.plain_ris import WholeEntry
from coproduction.formats.references.table_exports import NoNames
from coproduction.literature import doubtful_files
from coproduction.literature.stable_ids import entry_ids, record_ids
from coproduction.literature.tables import (
    CHANGES,
    ENTRIES,
    FIELD_COUNTS,
    IMPORTS,
    OTHER_FIELDS,
    OUTSIDE,
    REFUSED,
    table_of,
    table_of_columns,
)

OwnColumns = dict[str, str]
SHOWN_TEXT = 120  # letters of what is listed only
TOGETHER = 500  # entries understood at once, so that they stay near
LARGE = 500_000  # bytes from which a file of RIS is not kept as a text beside its bytes


# What is kept of an entry, a changed value and another field, in this order; a large file has many.
_ROW = (*FIELDS, "number", "line", "repaired")
_CHANGE = ("number", "field", "kind", "raw")
_OTHER = ("number", "tag", "value")


@dataclass
class FileImport:
    """What one file gave."""

    name: str
    format: str = ""
    encoding: str = ""
    rows: list[tuple] = field(default_factory=list)
    changed: list[tuple] = field(default_factory=list)
    others: list[tuple] = field(default_factory=list)
    refused: list[dict] = field(default_factory=list)
    outside: list[dict] = field(default_factory=list)
    repaired: int = 0  # entries of which structure, characters or markup were put right

    @property
    def found(self) -> int:
        return len(self.rows) + len(self.refused)

    def sort(self) -> None:
        """The entries, and what was changed and left over of them, in the order of the file."""
        self.rows.sort(key=itemgetter(len(FIELDS)))
        self.refused.sort(key=itemgetter("number"))
        for rows in (self.changed, self.others):
            rows.sort(key=itemgetter(0))

    def values(self, names: Iterable[str]) -> Iterator[tuple]:
        """These fields of each entry."""
        places = [_ROW.index(name) for name in names]
        return (tuple(row[place] for place in places) for row in self.rows)

    @cached_property
    def entries(self) -> list[dict]:
        """The entries by the names of their fields, to be looked at."""
        return [dict(zip(_ROW, row, strict=True)) for row in self.rows]

    @cached_property
    def changes(self) -> list[dict]:
        """The changed values by name."""
        return [dict(zip(_CHANGE, row, strict=True)) for row in self.changed]

    @cached_property
    def other(self) -> list[dict]:
        """What no field took, by name."""
        return [dict(zip(_OTHER, row, strict=True)) for row in self.others]


class ImportTables(NamedTuple):
    """Entries and refused ones, changed values, other fields, lines outside, fields and account by file."""

    entries: pd.DataFrame
    refused: pd.DataFrame
    changes: pd.DataFrame
    other_fields: pd.DataFrame
    outside: pd.DataFrame
    field_counts: pd.DataFrame
    imports: pd.DataFrame


def exports_in(folder: Path) -> list[Path]:
    """The files of a searches folder that are exports, sorted by name."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not _kept_beside(path)
        and not study_files.left_by_programs(path.name)
        and not study_files.is_note(path.name)
    ]


def _kept_beside(path: Path) -> bool:
    """Whether a file is a table that people keep beside the exports."""
    of_people = path.stem == "searches" or path.stem.startswith(("duplicate_decisions", "corrections"))
    answers = path.name.startswith("corrections") and path.suffix == ".json"  # of Crossref
    return answers or (of_people and path.suffix.lower() in study_files.TABLE_ENDINGS)


@collector_paused()
def read_file(name: str, data: bytes, columns: OwnColumns | None = None) -> FileImport:
    """Every entry of one export; `columns` are names of table columns with the fields they fill.

    Raises StudyError when the file is empty or in none of the known formats.
    """
    own_columns = {column_name(written): field for written, field in (columns or {}).items()}
    form, content, encoding = recognise(name, data, own_columns)
    imported = FileImport(name, form.name, encoding)
    try:
        number = 0
        clean_entries: list[tuple[int, WholeEntry]] = []
        for raw in _raw_entries(form, content, own_columns):
            if raw.outside:
                imported.outside.append(_outside_row(name, raw))
                continue
            number += 1
            if isinstance(raw, WholeEntry) and raw.clean:
                clean_entries.append((number, raw))
                if len(clean_entries) == TOGETHER:
                    _take_together(imported, clean_entries, form)
                    clean_entries = []
                continue
            if own_columns and form.fields is maps.SHEET:
                raw.fields = [(own_columns.get(column_name(t), t), v) for t, v in raw.fields]
            _take(imported, number, raw, form)
        _take_together(imported, clean_entries, form)
        imported.sort()
        if form.fields is maps.SHEET:
            _part_at_commas(imported)
    except NoNames as error:
        raise StudyError(
            f"no row of the workbook has recognisable column names (its first row: {str(error)[:200]})",
            file=f"searches/{name}",
            remedy=recognising.NAME_COLUMNS,
        ) from error
    except ImportError as error:
        raise StudyError(
            f"the file is an old Excel workbook (.xls), which requires the missing package {error.name}",
            file=f"searches/{name}",
            remedy="Save it as .xlsx, or install the packages again with make",
        ) from error
    except Exception as error:
        if form not in (recognising.WORKBOOK, recognising.OLD_WORKBOOK):
            raise
        # openpyxl and xlrd raise whatever a broken file makes them stumble over
        problem, remedy = recognising.explain_workbook(data)
        raise StudyError(problem, file=f"searches/{name}", remedy=remedy) from error
    if form is recognising.JSON and not any(map(_is_work, imported.rows)):
        problem = "the file holds JSON, but no bibliographic entries (no authors, years or DOIs)"
        remedy = "Export the records themselves, or move the file out of searches/"
        raise StudyError(problem, file=f"searches/{name}", remedy=remedy)
    return imported


def _raw_entries(form: recognising.Format, content: str | bytes, own_columns: OwnColumns) -> Iterator[RawEntry]:
    if form in (recognising.WORKBOOK, recognising.OLD_WORKBOOK):
        return form.read(content, known=frozenset(own_columns))
    return form.read(content)


def _outside_row(name: str, raw: RawEntry) -> dict:
    text = " ".join(" ".join(value for _, value in raw.fields).split())[:SHOWN_TEXT]
    return {"file": name, "line": raw.line, "lines": raw.lines, "reason": raw.outside, "text": text}


def _is_work(row: tuple) -> bool:
    return any(row[FIELDS.index(name)] for name in ("authors", "year", "doi", "pmid", "abstract"))


def recognise(name: str, data: bytes, columns: Iterable[str] = ()) -> tuple[recognising.Format, str | bytes, str]:
    """Format, content (text, or bytes of a workbook or a large RIS file) and encoding; see read_file."""
    if not data.strip():
        raise StudyError("the file is empty", file=f"searches/{name}", remedy="Export it again")
    if data.startswith(b"PK\x03\x04"):
        packed = recognising.explain_zip(data)
        if packed:
            raise StudyError(packed[0], file=f"searches/{name}", remedy=packed[1])
        return recognising.WORKBOOK, data, ""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return recognising.OLD_WORKBOOK, data, ""
    clean = clean_utf8(data) if len(data) > LARGE else None
    if clean is not None:
        beginning = clean[:LARGE].decode(errors="ignore")
        if recognising.find_format(beginning, frozenset(columns)) is recognising.RIS:
            return recognising.RIS, clean, "utf-8"
    text, encoding = decode(data)
    if encoding == UNKNOWN and not data.startswith(recognising.BINARY):
        raise StudyError(
            "the file is encoded neither in UTF-8 nor in UTF-16, Windows-1252 or GB 18030",
            file=f"searches/{name}",
            remedy="Export it again as UTF-8, or open it in a text editor and save it as UTF-8",
        )
    known_format = None if data.startswith(recognising.BINARY) else recognising.find_format(text, frozenset(columns))
    if known_format is None:
        problem, remedy = recognising.explain(data, text)
        decided = doubtful_files.columns_of_decisions(text)
        if decided:
            problem = f"it has a column '{decided}' but no titles: it is a table of decisions rather than an export"
            remedy = "Move it to screening/ (title_abstract….csv or full_text….csv)"
        raise StudyError(problem, file=f"searches/{name}", remedy=remedy)
    return known_format, text, encoding


def _take(imported: FileImport, number: int, raw: RawEntry, form: recognising.Format) -> None:
    """Put one raw entry where it belongs: read or refused."""
    if form.name in providers.CHANGES:
        raw.fields = providers.adapt(raw.fields, form.name)
    entry = understand(raw, form.places, form.name)
    record, changed = entry.record, entry.changed
    reason = raw.problem
    if not reason and not record["title"] and says_nothing(record):
        reason = "it has neither title, abstract, DOI nor PubMed number"
    if reason:
        begins = " ".join(f"{tag} {value}".strip() for tag, value in raw.fields)[:SHOWN_TEXT]
        place = {"file": imported.name, "number": number, "line": raw.line}
        imported.refused.append({**place, "reason": reason, "text": " ".join(begins.split())})
        return
    repaired = bool(raw.repaired)
    for name, value in changed.items():
        if value != record[name] and value.split() != record[name].split():
            kind = change_kind(value)
            repaired |= kind != "form"
            imported.changed.append((number, name, kind, value))
    imported.others += [(number, tag, value) for tag, value in entry.rest()]
    imported.repaired += repaired
    imported.rows.append((*record.values(), number, raw.line, raw.repaired))


def _take_together(imported: FileImport, entries: list[tuple[int, WholeEntry]], form: recognising.Format) -> None:
    """Put entries that are written as they should be where they belong, those with the same tags at once."""
    plans = {order: form.places.plan(order.tags) for order in {raw.order for _, raw in entries}}
    groups: dict[int, list[tuple[int, WholeEntry]]] = {}
    for one in entries:
        groups.setdefault(id(plans[one[1].order]), []).append(one)
    for group in groups.values():
        columns = understand_together([raw for _, raw in group], plans[group[0][1].order])
        careful = range(len(group)) if columns is None else sorted(columns.careful)
        for i in careful:
            _take(imported, *group[i], form)
        if columns is not None:
            _take_columns(imported, [(number, raw.line) for number, raw in group], columns)


def _take_columns(imported: FileImport, places: list[tuple[int, int]], columns: Columns) -> None:
    careful, repaired = columns.careful, set()
    for (i, row), (number, line) in zip(enumerate(columns.rows()), places, strict=True):
        if i not in careful:
            imported.rows.append((*row, number, line, ""))
    kinds: dict[str, str] = {}
    for i, name, value in columns.changed:
        if i not in careful and value.split() != columns.texts[name][i].split():
            kind = kinds.get(value) or kinds.setdefault(value, change_kind(value))
            if kind != "form":
                repaired.add(i)
            imported.changed.append((places[i][0], name, kind, value))
    imported.others += [(places[i][0], tag, value) for i, tag, value in columns.rest if i not in careful]
    imported.repaired += len(repaired)


def _part_at_commas(imported: FileImport) -> None:
    """Two names or keywords with one comma between them, where the other rows of a table tell that they are two."""
    raw = {(number, name): value for number, name, _, value in imported.changed}
    for name, split_lists in (("authors", comma_lists.names_at_commas), ("keywords", comma_lists.keywords_at_commas)):
        at = FIELDS.index(name)
        cells = [raw.get((row[len(FIELDS)], name), row[at]) for row in imported.rows]
        for place, parts in split_lists(cells).items():
            row, number = imported.rows[place], imported.rows[place][len(FIELDS)]
            text = "; ".join(map(author_names.order_name, parts) if name == "authors" else parts)
            imported.rows[place] = (*row[:at], text, *row[at + 1 :])
            if (number, name) not in raw:
                imported.changed.append((number, name, change_kind(cells[place]), cells[place]))
    imported.changed.sort(key=itemgetter(0))


def says_nothing(record: dict) -> bool:
    """Whether nothing in a record tells which work it is."""
    return not (record["title"] or record["doi"] or record["pmid"] or record["abstract"])


@collector_paused()
def import_files(
    files: Iterable[tuple[str, bytes]], searches: pd.DataFrame, columns: OwnColumns | None = None
) -> ImportTables:
    """What the files hold, as tables, and the account of every file.

    `files` are names (relative to searches/) with contents; `searches` as in SEARCHES;
    `columns` as in the settings. Raises StudyError for all files that cannot be read and for searches
    that name the same file twice.
    """
    stated = _searches_by_file(searches)
    imports = _read_all(files, columns)
    doubtful_files.ask(imports, stated)
    table = _entries_table(imports, stated)
    return ImportTables(
        entries=table,
        refused=table_of([r for one in imports for r in one.refused], REFUSED),
        changes=_rows_table(imports, "changed", _CHANGE, CHANGES),
        other_fields=_rows_table(imports, "others", _OTHER, OTHER_FIELDS),
        outside=table_of([o for one in imports for o in one.outside], OUTSIDE),
        field_counts=_field_counts(imports),
        imports=_account(imports, stated),
    )


def _read_all(files: Iterable[tuple[str, bytes]], columns: OwnColumns | None) -> list[FileImport]:
    """What each file gave; the contents of the files are not kept."""
    imports, errors = [], []
    for name, data in files:
        try:
            imports.append(read_file(name, data, columns))
        except StudyError as error:
            errors.append(error)
    raise_all(errors)
    return imports


def _entries_table(imports: list[FileImport], stated: dict[str, dict]) -> pd.DataFrame:
    """The entries of all files with their ids, made column by column."""
    databases = {one.name: stated.get(one.name, {}).get("database") or Path(one.name).stem for one in imports}
    files = [one.name for one in imports for _ in one.rows]
    columns = {name: [row[k] for one in imports for row in one.rows] for k, name in enumerate(_ROW)}
    columns |= {"file": files, "database": [databases[name] for name in files]}
    columns |= {"entry": entry_ids(columns), "own": record_ids(columns)}
    return table_of_columns(columns, ENTRIES)


def _rows_table(imports: list[FileImport], rows: str, names: tuple[str, ...], form: Table) -> pd.DataFrame:
    """A table of what the files gave beside the entries."""
    columns = {name: [row[k] for one in imports for row in getattr(one, rows)] for k, name in enumerate(names)}
    columns["file"] = [one.name for one in imports for _ in getattr(one, rows)]
    return table_of_columns(columns, form)


def _field_counts(imports: list[FileImport]) -> pd.DataFrame:
    """How many entries of each file have each field."""
    places = {name: _ROW.index(name) for name in FIELDS}
    rows = [
        {"file": imported_file.name, "format": imported_file.format, "entries": len(imported_file.rows)}
        | {name: sum(row[place] != "" for row in imported_file.rows) for name, place in places.items()}
        for imported_file in imports
    ]
    return table_of(rows, FIELD_COUNTS)


def _searches_by_file(searches: pd.DataFrame) -> dict[str, dict]:
    """The search of each file; several files of one search share its stated hits."""
    stated: dict[str, dict] = {}
    errors = []
    for row, search in searches.iterrows():
        names = [n.strip() for n in search["file"].split(";") if n.strip()]
        for name in names:
            if name in stated:
                problem = f"two searches name the file {name}"
                errors.append(
                    StudyError(
                        problem,
                        file="searches/searches.csv",
                        row=row,
                        column="file",
                        remedy="Name each exported file only once",
                    )
                )
            stated[name] = {**search, "files": names}
    raise_all(errors)
    return stated


def _account(imports: list[FileImport], stated: dict[str, dict]) -> pd.DataFrame:
    n_read = {imported_file.name: len(imported_file.rows) for imported_file in imports}
    rows = []
    for imported_file in imports:
        search = stated.get(imported_file.name, {})
        rows.append(
            {
                "file": imported_file.name,
                "database": search.get("database") or Path(imported_file.name).stem,
                **{k: search.get(k, "") for k in ("platform", "date", "query")},
                "format": imported_file.format,
                "encoding": imported_file.encoding,
                "hits": search.get("hits"),
                "found": imported_file.found,
                "read": len(imported_file.rows),
                "refused": len(imported_file.refused),
                "repaired": imported_file.repaired,
                "outside": sum(row["lines"] for row in imported_file.outside),
                "note": _note(imported_file, search, n_read),
            }
        )
    for name in sorted(set(stated) - set(n_read)):
        stated_fields = {k: stated[name].get(k, "") for k in ("database", "platform", "date", "query")}
        rows.append(
            {
                "file": name,
                **stated_fields,
                "hits": stated[name].get("hits"),
                "found": 0,
                "read": 0,
                "refused": 0,
                "repaired": 0,
                "outside": 0,
                "note": "the file is not in searches/",
            }
        )
    return table_of(rows, IMPORTS)


def _note(imported_file: FileImport, search: dict, n_read: dict[str, int]) -> str:
    if not search:
        return "not described in searches.csv"
    hits = search.get("hits")
    if hits is None or pd.isna(hits):
        return "number of hits not stated"
    have = sum(n_read.get(name, 0) for name in search["files"])
    if have == hits:
        return ""
    refused = f" ({len(imported_file.refused)} refused)" if imported_file.refused else ""
    several = " for its files" if len(search["files"]) > 1 else ""
    return f"{have} read of {hits} stated{several}{refused}"
