"""Two studies of one search: processor seconds of the first, and of the second with what the first has left.

    python benchmarks/shared_results.py CHECKOUT [--records 10000]

Made entries (as in `literature_size.py`), each study whole up to its report, with one core, in folders of its own; the
results of both are compared.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from engine_size import SEARCHES
from literature_size import write_ris


def run(checkout: Path, work: Path, name: str, records: int) -> float:
    """Processor seconds of a study of this name."""
    searches = work / name / "searches"
    searches.mkdir(parents=True)
    write_ris(records, searches / "a.ris")
    (searches / "searches.csv").write_text(SEARCHES.format(records=records), encoding="utf-8")
    (work / f"{name}.yaml").write_text(f"study: {work / name}\nresults: {work / name}/results\n", encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [checkout / ".venv/bin/snakemake", "--cores", "1", "--configfile", work / f"{name}.yaml"]
    shared = os.environ | {"SNAKEMAKE_OUTPUT_CACHE": str(work / "shared")}
    done = subprocess.run(command, cwd=checkout, env=shared, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name}: {done.stdout[-2000:]}{done.stderr[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def tables(results: Path) -> dict[str, bytes]:
    """What a study has made of literature, screening and topics."""
    return {
        path.relative_to(results).as_posix(): path.read_bytes()
        for technique in ("literature", "screening", "topics")
        for path in sorted((results / technique).rglob("*"))
        if path.is_file()
    }


def main() -> None:
    """Print the seconds of both studies and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        first, second = (run(given.checkout.resolve(), work, name, given.records) for name in ("one", "two"))
        same = tables(work / "one" / "results") == tables(work / "two" / "results")
    print(f"{given.records:,} entries: {first:.1f} and {second:.1f} s, {second / first:.2f}; the same bytes: {same}")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
