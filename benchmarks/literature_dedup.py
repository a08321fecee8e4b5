"""Deduplication measured on labelled sets and on large ones, beside bib-dedupe and ASySD.

    python benchmarks/literature_dedup.py FOLDER [FOLDER …] [--errors DIR]
        [--peer PYTHON] [--asysd CHECKOUT] [--peer-limit 50000] [--sizes 1000 10000 50000 200000 1000000]

FOLDER is a labelled set or holds several; their forms are described in dedup_sets.py, those that
bib-dedupe publishes are among them. `--peer` is the Python of an environment with bib-dedupe
(`python -m venv peer; peer/bin/pip install bib-dedupe`); without it only this package is measured.
`--asysd` is a copy of ASySD's repository; what it needs of R is said in dedup_asysd.R.
`--sizes` are numbers of records for the large sets, made of all given sets together (see
dedup_sets.grown); the peer is run up to `--peer-limit`. `--errors` writes each false and each missed
pair to DIR/SET.csv. Every run is a process of its own on one core; seconds and processor time count
from the table of records to the groups, memory is the peak of the process.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dedup_sets
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "workflow" / "scripts"))

from coproduction.formats.references import author_names, cleaning, normal
from coproduction.formats.references.fields import FIELDS
from coproduction.literature.finding_duplicates import find_duplicates
from coproduction.literature.importing import says_nothing
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.stable_ids import entry_ids, record_id
from coproduction.literature.tables import DUPLICATE_DECISIONS, ENTRIES, table_of, table_of_columns

HERE = Path(__file__).resolve().parent
COLUMN = {"source": "journal", "authors": "author", "issue": "number", "type": "ENTRYTYPE"}


def as_entries(records: pd.DataFrame) -> pd.DataFrame:
    """The records as entries, without those that the import refuses; these stay as they are."""
    rows = []
    for number, raw in enumerate(records.to_dict("records"), 1):
        given = {f: str(raw.get(COLUMN.get(f, f), "")).replace("UNKNOWN", "") for f in FIELDS}
        given["source"] = given["source"] or raw["booktitle"]
        row = {name: cleaning.clean_text(value) for name, value in given.items()}
        row["authors"] = "; ".join(author_names.split_authors([given["authors"]]))
        row["year"] = normal.normalise_year(given["year"])
        row["doi"] = normal.normalise_doi(given["doi"])
        row["pages"] = cleaning.clean_pages(given["pages"])
        row["type"] = cleaning.clean_type(given["type"])
        if says_nothing(row):
            continue
        first = row["authors"].split("; ")[0]
        own = record_id(row["doi"], row["title"], row["year"], first)
        place = {"file": raw["ID"], "number": number, "line": number, "database": "set"}
        rows.append(row | place | {"own": own})
    columns = {name: [row[name] for row in rows] for name in (*FIELDS, "file", "number", "line", "database", "own")}
    columns["repaired"] = [""] * len(rows)
    return table_of_columns(columns | {"entry": entry_ids(columns)}, ENTRIES)


def run_here(folder: str, result: str) -> None:
    """This package on one set; called in a process of its own."""
    records, _ = dedup_sets.load(Path(folder))
    start, used = time.perf_counter(), time.process_time()
    entries = as_entries(records)
    del records
    found = find_duplicates(entries, table_of([], DUPLICATE_DECISIONS), LiteratureSettings())
    groups = found.clusters.groupby("cluster")["file"].apply(sorted)
    groups = [g for g in groups if len(g) > 1]
    measured = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - used}
    Path(result).write_text(json.dumps({"groups": groups} | measured), encoding="utf-8")


def command_of(tool: str, place: str, folder: Path, scratch: Path) -> list[str]:
    """The command that runs one tool on one set and writes scratch/result.json."""
    result = str(scratch / "result.json")
    if tool == "here":
        return [sys.executable, __file__, str(folder), "--run-into", result]
    if tool == "bib-dedupe":
        return [place, str(HERE / "dedup_peer.py"), str(folder), result, "1"]
    table = scratch / "records.csv"
    dedup_sets.for_asysd(dedup_sets.load(folder)[0]).to_csv(table, index=False)
    return ["Rscript", str(HERE / "dedup_asysd.R"), str(table), result, place]


def measured(tool: str, place: str, folder: Path) -> dict:
    """Groups, seconds, processor time and peak memory (GB) of one run in its own process."""
    limits = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    single = dict.fromkeys((*limits, "R_PARALLELLY_AVAILABLECORES_SYSTEM"), "1")
    with tempfile.TemporaryDirectory() as scratch:
        command = command_of(tool, place, folder, Path(scratch))
        process = subprocess.Popen(
            command, env=os.environ | single, stdout=subprocess.DEVNULL, stderr=(Path(scratch) / "log").open("wb")
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.stderr.write((Path(scratch) / "log").read_text(errors="replace")[-3000:])
            raise SystemExit(f"the run on {folder} failed: {' '.join(command)}")
        return json.loads((Path(scratch) / "result.json").read_text()) | {"GB": usage.ru_maxrss / 1e6}


def runs(folder: Path, name: str, tools: dict[str, str], errors: Path | None) -> list[dict]:
    """One row per tool on one set."""
    records, truth = dedup_sets.load(folder)
    rows = []
    for tool, place in tools.items():
        run = measured(tool, place, folder)
        row = {"set": name, "records": len(records), "by": tool}
        row |= dedup_sets.judged(records, run["groups"], truth)
        rows.append(row | {k: run[k] for k in ("seconds", "cpu", "GB")})
        print(shown(rows[-1:]), file=sys.stderr, flush=True)
        if errors and truth:
            errors.mkdir(parents=True, exist_ok=True)
            wrong = dedup_sets.disagreements(records, run["groups"], truth)
            wrong.to_csv(errors / f"{name}.{tool}.csv", index=False)
    return rows


def large(folders: list[Path], size: int, tools: dict[str, str]) -> list[dict]:
    """One row per tool on a set of `size` records."""
    records, truth = dedup_sets.grown([dedup_sets.load(f) for f in folders], size)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        records.to_csv(folder / "records.csv", index=False)
        merged = pd.DataFrame({"merged_ids": [";".join(t) for t in truth]})
        merged.to_csv(folder / "merged_record_ids.csv", index=False)
        del records, truth, merged
        return runs(folder, f"{size:,}", tools, None)


def shown(rows: list[dict]) -> str:
    table = pd.DataFrame(rows)
    for name in ("FPR", "recall", "pair precision", "pair recall", "FPR without", "recall without"):
        if name in table:
            table[name] = table[name].map("{:.4f}".format)
    return table.round({"seconds": 1, "cpu": 1, "GB": 2}).to_string(index=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--peer", default="", help="Python of an environment with bib-dedupe")
    parser.add_argument("--asysd", default="", help="copy of the repository of ASySD")
    parser.add_argument("--peer-limit", type=int, default=50_000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--only-sizes", action="store_true", help="leave the sets themselves out")
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--run-into", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run_into:
        return run_here(str(options.folders[0]), options.run_into)
    sets = dedup_sets.sets_in(options.folders)
    peers = {"bib-dedupe": options.peer, "ASySD": options.asysd}
    tools = {"here": ""} | {tool: place for tool, place in peers.items() if place}
    rows = []
    for folder in [] if options.only_sizes else sets:
        rows += runs(folder, folder.name, tools, options.errors)
    for size in options.sizes:
        rows += large(sets, size, tools if size <= options.peer_limit else {"here": ""})
    print(shown(rows))


if __name__ == "__main__":
    main()
