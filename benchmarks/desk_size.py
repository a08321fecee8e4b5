"""Processor time of reading many long documents and finding the passages in them, beside another checkout.

    python benchmarks/desk_size.py PDF [documents] [runs] [other checkout]

Pages of the PDF are put together anew, 50 for each document (by chance, with a fixed seed), so that no two
documents are the same. Reading, comparing and finding run in a process of their own for each checkout, with
the codebook of conditions of this one, the checkouts in turns. Told are the seconds of processor time (of all
processes) and on the clock, the least of the runs, and the processor time of PDFium alone on the same files.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = 50
PROCESSES = 2  # as the step has them


def documents_of(source: Path, number: int, folder: Path) -> None:
    """`number` documents of 50 pages and their register."""
    import pypdfium2

    pages, chance = pypdfium2.PdfDocument(source), random.Random(1)
    (folder / "documents").mkdir()
    rows = ["document,file,title,issuer,country,year,type"]
    for n in range(number):
        new = pypdfium2.PdfDocument.new()
        new.import_pages(pages, [chance.randrange(len(pages)) for _ in range(PAGES)])
        new.save(folder / "documents" / f"d{n}.pdf")
        rows.append(f"D{n},documents/d{n}.pdf,Title {n},Issuer,EUU,2020,report")
    (folder / "register.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def measured(tree: Path, folder: Path) -> dict:
    """Seconds of the checkout `tree`; called in a process of its own."""
    sys.path.insert(0, str(tree / "workflow" / "scripts"))
    try:
        from coproduction.core import factors as codebook
    except ImportError:  # as the modules were called at first
        from coproduction import factors as codebook

    factors = codebook.read_factors(ROOT / "config" / "factors.csv")
    files, terms = sorted((folder / "documents").iterdir()), " ".join(factors["terms"])
    start, begun = time.perf_counter(), _processor_seconds()
    try:
        from coproduction.desk.documents import read_documents

        pages = read_documents(folder, folder / "register.csv", files, terms, processes=PROCESSES).pages
    except ImportError:  # as it was at first, in one process
        from coproduction.desk.passages import read_documents

        pages = read_documents(folder, folder / "register.csv", files, terms)[1]
    read = _processor_seconds() - begun
    from coproduction.desk.passages import find_passages

    found = find_passages(pages, codebook.term_index(factors), 400)
    whole = _processor_seconds() - begun
    return {
        "read": read,
        "whole": whole,
        "clock": time.perf_counter() - start,
        "pages": len(pages),
        "found": len(found),
    }


def _processor_seconds() -> float:
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(own.ru_utime + own.ru_stime for own in each)


def text_alone(folder: Path) -> dict:
    """Seconds that PDFium takes for the text of the same files; called in a process of its own."""
    import pypdfium2

    begun = _processor_seconds()
    for path in sorted((folder / "documents").iterdir()):
        document = pypdfium2.PdfDocument(path.read_bytes())
        for page in document:
            page.get_textpage().get_text_range()
        document.close()
    return {"read": _processor_seconds() - begun}


def main(source: Path, number: int, runs: int, trees: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as name:
        documents_of(source, number, Path(name))
        told: dict[str, list[dict]] = {}
        for _ in range(runs):
            for tree in [*trees, Path("PDFium")]:
                command = [sys.executable, __file__, "--one", str(tree), name]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                told.setdefault(tree.name, []).append(json.loads(done.stdout))
        for tree, each in told.items():
            print(tree, {key: round(min(run[key] for run in each), 2) for key in each[0]})


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        folder = Path(sys.argv[3])
        print(json.dumps(text_alone(folder) if sys.argv[2] == "PDFium" else measured(Path(sys.argv[2]), folder)))
    else:
        numbers = [int(given) for given in sys.argv[2:4]]
        main(Path(sys.argv[1]), *(numbers + [300, 1][len(numbers) :]), [ROOT, *map(Path, sys.argv[4:])])
