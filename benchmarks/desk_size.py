"""Processor time of reading many long documents and finding the passages in them, beside another checkout.

    python benchmarks/desk_size.py PDF [documents] [other checkout]

Pages of the PDF are put together anew, 50 for each document (by chance, with a fixed seed), so that no two
documents are the same. Reading, comparing and finding run in a process of their own for each checkout, with
the codebook of conditions of this one.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = 50


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
    try:
        from coproduction.desk.documents import read_documents

        pages = read_documents(folder, folder / "register.csv", files, terms).pages
    except ImportError:
        from coproduction.desk.passages import read_documents

        pages = read_documents(folder, folder / "register.csv", files, terms)[1]
    read = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    from coproduction.desk.passages import find_passages

    found = find_passages(pages, codebook.term_index(factors), 400)
    whole = resource.getrusage(resource.RUSAGE_SELF)
    return {"read": read, "whole": whole.ru_utime + whole.ru_stime, "pages": len(pages), "passages": len(found)}


def main(source: Path, number: int, trees: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as name:
        documents_of(source, number, Path(name))
        for tree in trees:
            command = [sys.executable, __file__, "--one", str(tree), name]
            print(tree.name, subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        print(json.dumps(measured(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        others = [Path(other) for other in sys.argv[3:]]
        main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300, [ROOT, *others])
