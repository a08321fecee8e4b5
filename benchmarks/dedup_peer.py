"""bib-dedupe on one set, for an environment that has it (literature_dedup.py starts it).

    python benchmarks/dedup_peer.py FOLDER RESULT.json CORES

Also measures itself: seconds and processor time from the table of records on.
"""

import json
import os
import sys
import time
from pathlib import Path

import dedup_sets
import pandas as pd
from bib_dedupe import bib_dedupe


def processor_time() -> float:
    """Of this process and of those it started and that have ended."""
    spent = os.times()
    return sum(spent[:4])


def main(folder: str, result: str, cores: str) -> None:
    records, _ = dedup_sets.load(Path(folder))
    frame = records.mask(records == "")
    frame["year"] = pd.to_numeric(frame["year"], errors="coerce")
    start, used = time.perf_counter(), processor_time()
    cpu = int(cores)
    prepared = bib_dedupe.prep(frame, cpu=cpu)
    matched = bib_dedupe.match(bib_dedupe.block(prepared, cpu=cpu), cpu=cpu)
    groups = [sorted(group) for group in bib_dedupe.cluster(matched)]
    measured = {"seconds": time.perf_counter() - start, "cpu": processor_time() - used}
    Path(result).write_text(json.dumps({"groups": groups} | measured), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
