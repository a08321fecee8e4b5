"""Processor time of printing feedback sheets for a large panel, in checkouts of this project side by side.

    python benchmarks/delphi_printing.py CHECKOUT [CHECKOUT …] [--panellists 500] [--own-words]

Fills the panel of the bundled study up: each further panellist repeats the answers of one of it under
a pseudonym of its own, with the same comments (sheets write equal ones once, with their number) or, with
`--own-words`, with comments of its own. In a copy of each checkout (with `.venv`) everything up to the
next round is made first; what is counted is the start of Snakemake that prints the form and the sheets.
"""

import argparse
import csv
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PARTS = ["Snakefile", "config", "data", "envs", "profiles", "report", "workflow", "CITATION.cff"]
BEFORE, PRINTED = "results/delphi/next_round", "results/delphi/next_round_print"


def filled_up(path: Path, column: str, panellists: int, own_words: bool = False) -> None:
    """Repeat the rows of a table under further pseudonyms, comments with a word that is the panellist's own."""
    text = path.read_text(encoding="utf-8-sig")
    apart = ";" if ";" in text.splitlines()[0] else ","
    head, *rows = csv.reader(text.splitlines(keepends=True), delimiter=apart)
    place = head.index(column)
    known = sorted({row[place] for row in rows if row[place].startswith("D")})
    more = []
    for copy in range(1, -(-panellists // len(known)) + 1):
        for row in rows:
            number = known.index(row[place]) + copy * len(known) if row[place] in known else panellists
            if number < panellists:
                cells = [f"{cell} No. {number + 1}." if own_words and len(cell) > 30 else cell for cell in row]
                more.append([*cells[:place], f"D{number + 1:03d}", *cells[place + 1 :]])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=apart)
        writer.writerows([head, *rows, *more])


def snakemake(copy: Path, target: str) -> float:
    """Processor seconds of a run to a target."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [copy / ".venv/bin/snakemake", "--cores", "1", "--", target]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a row of a table for each checkout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--panellists", type=int, default=500)
    parser.add_argument("--own-words", action="store_true", help="no two panellists comment in the same words")
    given = parser.parse_args()
    print("| checkout | sheets | processor s |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as place:
        for checkout in given.checkouts:
            copy = Path(place) / checkout.resolve().name
            copy.mkdir()
            for part in PARTS:
                source = checkout / part
                (shutil.copytree if source.is_dir() else shutil.copy2)(source, copy / part)
            (copy / ".venv").symlink_to((checkout / ".venv").resolve())
            delphi = copy / "data/demo/delphi"
            filled_up(delphi / "panel.csv", "panellist", given.panellists)
            for path in sorted(delphi.glob("round[0-9].csv")):
                filled_up(path, "token", given.panellists, given.own_words)
            snakemake(copy, BEFORE)
            used = snakemake(copy, PRINTED)
            sheets = len(list((copy / PRINTED).rglob("*.pdf"))) - 1
            print(f"| {checkout.resolve().name} | {sheets} | {used:.1f} |", flush=True)


if __name__ == "__main__":
    main()
