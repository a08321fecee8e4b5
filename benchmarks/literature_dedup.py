"""Deduplication measured on labelled sets, and how its time grows.

    python benchmarks/literature_dedup.py FOLDER [--sizes 1000 10000 50000 …]

FOLDER holds one folder per set with records_pre_merged.csv and merged_record_ids.csv (the form of
the sets that bib-dedupe publishes). Where the Python that runs this has bib-dedupe, it is measured
beside. Pairwise: pairs put together against labelled pairs. By record: a record is a duplicate when
it is not the first of its group (what a reviewer is spared to read, or wrongly loses).
"""

import argparse
import resource
import sys
import time
from itertools import combinations
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "workflow" / "scripts"))

from coproduction.literature import cleaning, ids
from coproduction.literature.fields import FIELDS
from coproduction.literature.importing import entry_id
from coproduction.literature.matching import find_duplicates
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import DECISIONS, ENTRIES, table_of

NAMES = {"source": "journal", "authors": "author", "issue": "number", "type": "ENTRYTYPE"}


def load(folder: Path) -> tuple[pd.DataFrame, list[list[str]]]:
    """Records and labelled groups of ids of one set."""
    records = pd.read_csv(folder / "records_pre_merged.csv", dtype=str, keep_default_na=False)
    groups = pd.read_csv(folder / "merged_record_ids.csv")["merged_ids"].str.split(";")
    return records, [sorted(set(group)) for group in groups]


def as_entries(records: pd.DataFrame) -> pd.DataFrame:
    """The records as entries; each has an id of its own even where two say the same."""
    rows = []
    for number, raw in enumerate(records.to_dict("records"), 1):
        given = {f: str(raw.get(NAMES.get(f, f), "")).replace("UNKNOWN", "") for f in FIELDS}
        given["source"] = given["source"] or raw.get("booktitle", "")
        row = {name: cleaning.clean_text(value) for name, value in given.items()}
        row["authors"] = "; ".join(cleaning.split_authors([given["authors"]]))
        row["year"] = ids.normalise_year(given["year"])
        row["doi"] = ids.normalise_doi(given["doi"])
        row["pages"] = cleaning.clean_pages(given["pages"])
        row["type"] = cleaning.clean_type(given["type"])
        first = row["authors"].split("; ")[0]
        own = ids.record_id(row["doi"], row["title"], row["year"], first)
        place = {"file": raw["ID"], "number": number, "line": number, "database": "set"}
        rows.append(row | place | {"entry": entry_id(row), "own": own})
    return table_of(rows, ENTRIES)


def our_groups(records: pd.DataFrame) -> tuple[list[list[str]], float]:
    """Groups of ids put together, and the seconds that it took from entries on."""
    entries = as_entries(records)
    start = time.perf_counter()
    found = find_duplicates(entries, table_of([], DECISIONS), LiteratureSettings(), workers=2)
    seconds = time.perf_counter() - start
    return found.clusters.groupby("cluster")["file"].apply(sorted).tolist(), seconds


def their_groups(records: pd.DataFrame) -> tuple[list[list[str]], float] | None:
    """The same by bib-dedupe, or None where it is not installed."""
    try:
        from bib_dedupe import bib_dedupe
    except ImportError:
        return None
    frame = records.mask(records == "")
    frame["year"] = pd.to_numeric(frame["year"], errors="coerce")
    start = time.perf_counter()
    matched = bib_dedupe.match(bib_dedupe.block(bib_dedupe.prep(frame, cpu=2), cpu=2), cpu=2)
    groups = bib_dedupe.cluster(matched)
    return [sorted(group) for group in groups], time.perf_counter() - start


def quality(found: list[list[str]], truth: list[list[str]]) -> dict[str, float]:
    """Precision and recall by pair and by record, and the pairs wrongly put together."""
    pairs, labelled = _pairs(found), _pairs(truth)
    spared, duplicate = _later(found), _later(truth)
    both, right = len(pairs & labelled), len(spared & duplicate)
    return {
        "pair precision": both / max(len(pairs), 1),
        "pair recall": both / max(len(labelled), 1),
        "false pairs": len(pairs - labelled),
        "record precision": right / max(len(spared), 1),
        "record recall": right / max(len(duplicate), 1),
    }


def _pairs(groups: list[list[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def _later(groups: list[list[str]]) -> set[str]:
    return {i for group in groups for i in sorted(set(group))[1:]}


def grown(records: pd.DataFrame, size: int) -> pd.DataFrame:
    """`size` records: the set over and over, each time with other titles, authors and numbers."""
    parts = []
    for copy in range(size // len(records) + 1):
        part = records.copy()
        if copy:
            for name in ("title", "author"):
                part[name] = [_shifted(text, copy) for text in part[name]]
            part["doi"] = [f"{d}.{copy}" if d else "" for d in part.get("doi", "")]
            part["volume"] = [f"{int(v) + 7 * copy}" if v.isdigit() else v for v in part["volume"]]
            part["abstract"] = [_shifted(text, copy) for text in part.get("abstract", "")]
            part["ID"] = part["ID"] + f"_{copy}"
        parts.append(part)
    return pd.concat(parts, ignore_index=True).head(size)


def _shifted(text: str, by: int) -> str:
    """`text` with its letters moved along the alphabet, so that copies are not alike."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    moved = letters[by % 26 :] + letters[: by % 26]
    table = str.maketrans(letters, moved)
    return " ".join(w.translate(table) + ("x" * (by // 26)) for w in text.lower().split(" "))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    options = parser.parse_args()
    rows = []
    for folder in sorted(p for p in options.folder.iterdir() if p.is_dir()):
        records, truth = load(folder)
        for name, groups in (("here", our_groups), ("bib-dedupe", their_groups)):
            result = groups(records)
            if result:
                measured = quality(result[0], truth) | {"seconds": result[1]}
                rows.append({"set": folder.name, "records": len(records), "by": name} | measured)
    print(pd.DataFrame(rows).round(4).to_string(index=False))
    largest = max(
        (p for p in options.folder.iterdir() if p.is_dir()), key=lambda p: len(load(p)[0])
    )
    for size in options.sizes:
        groups, seconds = our_groups(grown(load(largest)[0], size))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{size:>9,} records  {seconds:8.1f} s  peak {peak:.1f} GB  {len(groups):,} groups")


if __name__ == "__main__":
    main()
