"""What Zotero and Rayyan read of the exports, and what is read of Zotero's, field by field.

    python benchmarks/literature_interchange.py SET... --zotero FOLDER --rayyan FOLDER...

A SET is a records.csv of a study, or a folder of database exports, which are imported and
deduplicated first. `--zotero` is a checkout of zotero/translation-server with its modules
and packages; it is started here, on this machine's own address only, and stopped. `--rayyan` are the
folders of rayyan-formats-core, rayyan-formats-plugins, ref_parsers, bibtex-ruby and latex-decode (read
by literature_interchange.rb). With `--show N`, N differing values of each field are printed.

Zotero's import and export translators and Rayyan's parsers are those programs' own; nothing of this
project takes part in what they read. Values are compared as they stand after spaces, dashes and the
case of identifiers are made alike. Without `--show`, the tables go to literature_interchange.md.
"""

import argparse
import re
import sys
import urllib.error
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))

from coproduction.core import tables  # noqa: E402
from coproduction.core.errors import StudyError  # noqa: E402
from coproduction.formats.references import writing  # noqa: E402
from coproduction.literature.finding_duplicates import find_duplicates  # noqa: E402
from coproduction.literature.importing import import_files, read_file  # noqa: E402
from coproduction.literature.merging import merge_records  # noqa: E402
from coproduction.literature.settings import LiteratureSettings  # noqa: E402
from coproduction.literature.tables import DUPLICATE_DECISIONS, RECORDS, SEARCHES  # noqa: E402
from interchange_programs import Rows, Zotero, of_rayyan, of_zotero  # noqa: E402

FIELDS = (
    "title",
    "abstract",
    "authors",
    "editors",
    "year",
    "source",
    "volume",
    "issue",
    "pages",
    "doi",
    "pmid",
    "keywords",
    "type",
    "language",
    "url",
    "publisher",
    "place",
    "issn",
    "isbn",
    "series",
    "edition",
    "affiliations",
    "notes",
)
BATCH = 200  # records in one request; the server takes 5 MB


def records_of(path: Path) -> pd.DataFrame:
    """The unique records of a study, or of a folder of exports."""
    if path.is_file():
        return tables.read_result(path, RECORDS)
    files = []
    for one in sorted(p for p in path.iterdir() if p.is_file()):
        data = one.read_bytes()
        try:
            read_file(one.name, data)
        except StudyError:
            continue  # literature_import.py lists these
        files.append((one.name, data))
    entries = import_files(files, tables.empty(SEARCHES)).entries
    found = find_duplicates(entries, tables.empty(DUPLICATE_DECISIONS), LiteratureSettings(), 1)
    return merge_records(entries, found.clusters)[0]


WRITERS = {
    "ris": writing.to_ris,
    "bib": writing.to_bibtex,
    "json": writing.to_csl,
    "csv": lambda records: writing.to_table(records).to_csv(index=False, lineterminator="\n"),
}


def alike(field: str, value: str) -> str:
    """`value` without what is only form: spaces, kinds of dashes and quotes, order of numbers."""
    value = re.sub(r"\s*[-\u2010-\u2015]+\s*", "-", " ".join(value.split()))
    if field in ("doi", "language", "keywords"):
        value = value.lower()
    if field in ("keywords", "issn", "isbn"):
        return "; ".join(sorted({v.strip() for v in re.split(r"[;,]", value) if v.strip()}))
    if field == "type":
        return {"erratum": "article"}.get(value, value)
    return value


def compare(expected: Rows, read: Rows, show: int) -> dict[str, tuple[int, int]]:
    """For each field: how many records have it, and in how many of these it was read alike."""
    if len(expected) != len(read):
        raise SystemExit(f"{len(read)} read of {len(expected)}")
    counts = {}
    for field in FIELDS:
        filled = [(e, r) for e, r in zip(expected, read, strict=True) if e[field]]
        other = [(e, r) for e, r in filled if alike(field, e[field]) != alike(field, r[field])]
        counts[field] = (len(filled), len(filled) - len(other))
        for e, r in other[:show]:
            print(f"    {field} ({e['type']}): {e[field][:150]!r}\n      read: {r[field][:150]!r}")
    return counts


def table(columns: dict[str, dict[str, tuple[int, int]] | str]) -> str:
    """Markdown: a row per field, a column per file; only the number where all were read alike."""
    named = {name: c for name, c in columns.items() if not isinstance(c, str)}
    lines = [f"| field | {' | '.join(named)} |", "|---|" + "--:|" * len(named)]
    for field in FIELDS:
        cells = []
        for counts in named.values():
            filled, same = counts[field]
            cells.append("" if not filled else f"{same:,}" if same == filled else f"{same:,} of {filled:,}")
        if any(cells):
            lines.append(f"| {field} | {' | '.join(cells)} |")
    refused = [f"\n{name}: {why}" for name, why in columns.items() if isinstance(why, str)]
    return "\n".join([*lines, *refused]) + "\n"


def batches(records: pd.DataFrame) -> list[pd.DataFrame]:
    return [records[i : i + BATCH] for i in range(0, len(records), BATCH)]


def to_zotero(records: pd.DataFrame, zotero: Zotero, show: int) -> tuple[dict, list[dict]]:
    """What Zotero reads of each export, and the items that it read of the RIS."""
    columns, kept = {}, []
    for form, name in (("ris", "RIS"), ("bib", "BibTeX"), ("json", "CSL-JSON")):
        print(f"  Zotero reads {name}", flush=True)
        expected, read = [], []
        for batch in batches(records):
            part = writing.article_first(batch) if form == "bib" else batch
            found = zotero.read(WRITERS[form](part))
            kept += found if form == "ris" else []
            expected += part.to_dict("records")
            read += of_zotero(found)
        columns[name] = compare(expected, read, show)
    return columns, kept


EXPORTS = {
    "ris": "RIS",
    "bibtex": "BibTeX",
    "biblatex": "BibLaTeX",
    "csljson": "CSL-JSON",
    "csv": "CSV",
    "rdf_zotero": "Zotero RDF",
    "endnote_xml": "EndNote XML",
    "mods": "MODS",
    "refworks_tagged": "RefWorks",
    "refer": "Refer",
    "rdf_dc": "Dublin Core RDF",
    "rdf_bibliontology": "Bibliontology RDF",
}


def from_zotero(items: list[dict], zotero: Zotero, show: int) -> dict:
    """What is read of each export that Zotero writes of the items (notes stand beside them)."""
    items = [i for i in items if i["itemType"] not in ("note", "attachment")]
    written = of_zotero(items)
    columns = {}
    for form, name in EXPORTS.items():
        print(f"  Zotero writes {name}", flush=True)
        expected, read, refused = [], [], 0
        try:
            for at in range(0, len(items), BATCH):
                one = read_file(f"zotero.{form}", zotero.write(items[at : at + BATCH], form))
                without = {entry["number"] - 1 for entry in one.refused}
                expected += [w for i, w in enumerate(written[at : at + BATCH]) if i not in without]
                read += one.entries
                refused += len(without)
        except StudyError as refusal:
            columns[name] = f"refused: {refusal}"
            continue
        except urllib.error.HTTPError:
            columns[name] = "not written by the translation-server"
            continue
        column = f"{name} ({refused} refused)" if refused else name
        if len(read) != len(expected):
            columns[name] = f"{len(read)} read of {len(expected)}"
        else:
            columns[column] = compare(expected, read, show)
    return columns


def to_rayyan(records: pd.DataFrame, folders: list[Path], show: int) -> dict:
    columns = {}
    for form, name in (("ris", "RIS"), ("csv", "CSV"), ("bib", "BibTeX")):
        print(f"  Rayyan reads {name}", flush=True)
        part = writing.article_first(records) if form == "bib" else records
        read = of_rayyan(WRITERS[form](part), form, folders)
        columns[name] = read if isinstance(read, str) else compare(part.to_dict("records"), read, show)
    return columns


HEAD = """# Exports in Zotero and Rayyan

Written by `python benchmarks/literature_interchange.py SET... --zotero FOLDER --rayyan FOLDER...`{versions}.
A cell is the number of records in which the program reads what the record says, *of* those that say
anything. "Zotero reads" and "Rayyan reads" are the exports of `results/literature/export/` in those
programs; "read of what Zotero writes" are Zotero's own exports of the items, read by the import here,
beside what the items say.

What is not read, and why:

- Zotero has no place for affiliations, for edition and ISBN of articles, and for issue and
  pages of books. It reads no keywords from CSL-JSON, and RIS of unknown type as articles. RIS has one
  tag for ISSN and ISBN. Its BibTeX import drops a pair of dollar signs, makes one sign of two
  apostrophes, and does not read the names of `~` and `\\` that it writes itself.
- Zotero writes no PubMed number to RIS, EndNote, RefWorks and Refer, no DOI and ISSN to Refer, no language
  as a word and only the digits of an issue to BibLaTeX, no single page to RefWorks, no keywords to
  CSL-JSON, nothing between `<` and `>` to EndNote, and only title, names, year and numbers to Dublin Core.
- Rayyan's parsers know no DOI, edition and ISBN, and take the first number of volume and issue. From RIS
  they take no PubMed number and put affiliations before the place; from CSV no keywords, type and
  series. From BibTeX they keep the braces, cut names at every "and" and take the journal of articles only.

"""


def measure(path: Path, options: argparse.Namespace) -> str:
    """The tables of one set."""
    records = records_of(path)
    print(f"{path}: {len(records)} records", flush=True)
    parts = [f"## {len(records):,} records\n"]
    if options.zotero:
        with Zotero(options.zotero) as zotero:
            columns, items = to_zotero(records, zotero, options.show)
            parts += ["Zotero reads\n", table(columns), "Read of what Zotero writes\n"]
            parts.append(table(from_zotero(items, zotero, options.show)))
    if options.rayyan:
        parts += ["Rayyan reads\n", table(to_rayyan(records, options.rayyan, options.show))]
    return "\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--zotero", type=Path, metavar="FOLDER")
    parser.add_argument("--rayyan", type=Path, nargs="+", default=[], metavar="FOLDER")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--versions", default="", help="of the programs, for the table's heading")
    options = parser.parse_args()
    text = "\n".join(measure(path, options) for path in options.sets)
    print(text)
    if not options.show:
        head = HEAD.format(versions=f" ({options.versions})" if options.versions else "")
        (HERE / "literature_interchange.md").write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
