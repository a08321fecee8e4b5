"""Import measured on real exports: entries accounted for, and speed beside the plain parsers.

    python benchmarks/literature_import.py FOLDER [--size 100000]

FOLDER holds exports. First table: file, format, entries found, read, refused and mended. With
--size, a RIS and a BibTeX file of that many entries are read here, by rispy and by bibtexparser.
"""

import argparse
import sys
import time
from pathlib import Path

import bibtexparser
import rispy

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "workflow" / "scripts"))

from coproduction.errors import StudyError
from coproduction.literature.importing import read_file

RIS = """TY  - JOUR
TI  - Citizens as partners in home care number {i}
AU  - Alder, Béla
AU  - Birch, Ada
PY  - 2019
T2  - Journal of River Studies
VL  - {i}
SP  - 101
EP  - 119
DO  - 10.5555/river.{i}
KW  - co-production
AB  - {abstract}
ER  - 

"""
BIBTEX = """@article{{alder{i},
  title = {{Citizens as partners in home care number {i}}},
  author = {{Alder, Béla and Birch, Ada}},
  year = {{2019}}, journal = {{Journal of River Studies}}, volume = {{{i}}},
  pages = {{101--119}}, doi = {{10.5555/river.{i}}},
  abstract = {{{abstract}}},
}}
"""
ABSTRACT = "Home care is provided by citizens and staff together along five rivers. " * 15


def account(folder: Path) -> None:
    print(f"{'file':44} {'format':30} found  read refused mended")
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        try:
            one = read_file(path.name, path.read_bytes())
        except StudyError as refusal:
            print(f"{path.name:44} {str(refusal)[:60]}")
            continue
        mended = sum(bool(e["mended"]) for e in one.entries)
        numbers = f"{one.found:5} {len(one.entries):5} {len(one.refused):7} {mended:6}"
        print(f"{path.name:44} {one.format:30} {numbers}")


def speed(size: int) -> None:
    for name, form, plain in (
        ("RIS", RIS, rispy.loads),
        ("BibTeX", BIBTEX, bibtexparser.parse_string),
    ):
        text = "".join(form.format(i=i, abstract=ABSTRACT) for i in range(size))
        for by, read in (("here", lambda t: read_file("x", t.encode())), ("plain parser", plain)):
            start = time.perf_counter()
            read(text)
            print(f"{name:8} {size:,} entries  {by:14} {time.perf_counter() - start:7.1f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=0)
    options = parser.parse_args()
    account(options.folder)
    if options.size:
        speed(options.size)
