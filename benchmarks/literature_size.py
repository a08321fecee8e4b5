"""Import and deduplication of very many entries: processor seconds and largest memory, of two checkouts.

    python benchmarks/literature_size.py [--sizes 100000 1000000] [--other CHECKOUT] [--steps import …]

Made entries (seed fixed) have as many words, names, journals, keywords and fields as those of real
exports, mostly other ones in each; every fourth is a second one of an entry before, with another
case, a misspelling or without its DOI. Each size is written as one RIS file; then the file is
imported, the tables are written and read, and duplicates are found, each in a process of its own
and, with `--other`, by another checkout on the same machine, in turn. rispy reads the same file.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONSONANTS, VOWELS = "bcdfghklmnprstvw", "aeiou"

LOADING = """
from coproduction.literature import tables as forms
from coproduction.literature.importing import import_files, read_file
from coproduction.literature.settings import LiteratureSettings
try:
    from coproduction.core import tables
    from coproduction.literature import finding_duplicates
    decisions, review = forms.DUPLICATE_DECISIONS, forms.REVIEW_PAIRS
except ImportError:  # before version 0.2
    from coproduction import tables
    from coproduction.literature import matching as finding_duplicates
    decisions, review = forms.DECISIONS, forms.REVIEW
"""
READ = """
read_file("a.ris", ris.read_bytes())
"""
IMPORT = """
made = import_files([("a.ris", ris.read_bytes())], tables.empty(forms.SEARCHES))
for name, table in made._asdict().items():
    tables.write_csv(table, folder / f"{name}.csv", getattr(forms, name.upper()))
"""
DUPLICATES = """
entries = tables.read_result(folder / "entries.csv", getattr(finding_duplicates, "COMPARED", forms.ENTRIES))
made = finding_duplicates.find_duplicates(entries, tables.empty(decisions), LiteratureSettings())
for name, form in (("clusters", forms.CLUSTERS), ("pairs", forms.PAIRS), ("review", review)):
    tables.write_csv(getattr(made, name), folder / f"{name}.csv", form)
"""
STEPS = {"read the file": READ, "import": IMPORT, "find duplicates": DUPLICATES}
RISPY = """
rispy.loads(ris.read_text(encoding="utf-8"))
"""
AROUND = """
import resource, sys, time
from pathlib import Path
sys.path.insert(0, {library!r})
folder = Path({folder!r})
ris = folder.parent / "a.ris"
{loading}
start = time.process_time()
{work}
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
"""


def words(chance: random.Random, count: int, least: int, most: int) -> list[str]:
    return [
        "".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randint(least, most)))
        for _ in range(count)
    ]


def write_ris(size: int, path: Path) -> None:
    """`size` entries, a quarter of them second ones."""
    chance = random.Random(1)
    common, families, given = (words(chance, 9000, 1, 4), words(chance, 20_000, 2, 4), words(chance, 3000, 2, 3))
    journals = [" ".join(chance.choices(common, k=4)).title() for _ in range(3000)]
    keywords = [" ".join(chance.choices(common, k=2)) for _ in range(20_000)]
    kept: list[list[str]] = []
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            if kept and number % 4 == 3:
                lines = second(chance, chance.choice(kept))
            else:
                lines = entry(chance, number, common, families, given, journals, keywords)
                kept = [*kept[-2000:], lines] if number % 50 == 0 else kept
                kept.append(lines)
            file.write("\n".join(["TY  - JOUR", *lines, "ER  - ", "", ""]))


def entry(chance, number, common, families, given, journals, keywords) -> list[str]:
    title = " ".join(chance.choices(common, k=chance.randint(6, 16))).capitalize()
    names = [
        f"{chance.choice(families).capitalize()}, {chance.choice(given).capitalize()}"
        + (f" {chance.choice('ABCDEFGHJKLM')}." if chance.random() < 0.5 else "")
        for _ in range(chance.randint(1, 6))
    ]
    page = chance.randint(1, 900)
    sentences = [" ".join(chance.choices(common, k=chance.randint(10, 25))).capitalize() + "." for _ in range(8)]
    lines = [f"AU  - {name}" for name in names]
    lines += [f"TI  - {title}", f"T2  - {chance.choice(journals)}", f"PY  - {chance.randint(1985, 2026)}"]
    lines += [f"VL  - {chance.randint(1, 60)}", f"IS  - {chance.randint(1, 12)}", f"SP  - {page}"]
    lines += [f"EP  - {page + chance.randint(3, 25)}"]
    if chance.random() < 0.9:
        lines.append(f"DO  - 10.5555/j.{chance.choice(common)}.{number}")
    if chance.random() < 0.95:
        lines.append(f"AB  - {' '.join(sentences)}" + (" – ‘’" if chance.random() < 0.3 else ""))
    lines += [f"KW  - {word}" for word in chance.sample(keywords, chance.randint(0, 7))]
    if chance.random() < 0.6:
        lines.append(f"SN  - {chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}")
    if chance.random() < 0.7:
        lines.append(f"UR  - https://example.org/record/{number}?from=search")
    return [*lines, "DB  - Made up"]


def second(chance: random.Random, lines: list[str]) -> list[str]:
    """The entry as another database has it."""
    kind = chance.randint(0, 2)
    if kind == 0:
        return [line for line in lines if not line.startswith("DO")]
    if kind == 1:
        return [f"{line[:6]}{line[6:].upper()}" if line.startswith("T") else line for line in lines]
    return [f"{line[:12]}{line[13:]}" if line.startswith("TI") else line for line in lines]


def measured(checkout: Path, folder: Path, work: str, loading: str = LOADING) -> tuple[float, float]:
    """Processor seconds and largest memory (GB) of some work in a process of its own."""
    library = str(checkout / "workflow" / "scripts")
    program = AROUND.format(library=library, folder=str(folder), loading=loading, work=work)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000])
    parser.add_argument("--other", type=Path, help="another checkout")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS), help="only these steps")
    options = parser.parse_args()
    checkouts = {"here": HERE.parent} | ({"other": options.other} if options.other else {})
    print("| entries | step | by | seconds | GB |\n|--:|---|---|--:|--:|")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_ris(size, Path(folder) / "a.ris")
            for step in options.steps:
                for by, checkout in checkouts.items():
                    own = Path(folder) / by
                    own.mkdir(exist_ok=True)
                    seconds, memory = measured(checkout, own, STEPS[step])
                    print(f"| {size:,} | {step} | {by} | {seconds:.1f} | {memory:.2f} |", flush=True)
            if "read the file" not in options.steps:
                continue
            seconds, memory = measured(HERE.parent, Path(folder) / "here", RISPY, "import rispy")
            print(f"| {size:,} | read the file | rispy | {seconds:.1f} | {memory:.2f} |", flush=True)


if __name__ == "__main__":
    main()
