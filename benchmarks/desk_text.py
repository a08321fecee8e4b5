"""Text of PDF documents: ours beside pypdf and pdfminer.six, speed and words; and finding terms.

    python benchmarks/desk_text.py [FOLDER]

FOLDER holds `desk/` with real PDF files (not part of this project; the privacy policy there exists as
Markdown too). The words of a PDF are compared with the words of the source it was set from: precision
is the share of words found that the source has, recall the share of the source's words that were
found, both as multisets. Peers that are not installed are left out.

The terms of the codebook are found in the pages of the same files, once with one pattern for each factor
(the plain way) and once with the index that the workflow uses; both must find the same.
"""

import re
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

from coproduction.core.factors import read_factors, term_index  # noqa: E402
from coproduction.core.text import split_list  # noqa: E402
from coproduction.formats.documents import read_pages  # noqa: E402
from coproduction.formats.running_text import clean_pages, vocabulary  # noqa: E402


def ours(path: Path) -> str:
    texts = [page.text for page in read_pages(path, path.name)]
    return " ".join(clean_pages(texts, "page", vocabulary(texts)))


def pypdf(path: Path) -> str:
    from pypdf import PdfReader

    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(str(path))


def words(text: str) -> Counter:
    return Counter(re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text.lower().replace("’", "'")))


def agreement(found: Counter, truth: Counter) -> tuple[float, float]:
    shared = sum((found & truth).values())
    return shared / sum(found.values()), shared / sum(truth.values())


def cases(folder: Path | None) -> list[tuple[Path, Path]]:
    """PDF files and the sources that they were set from."""
    demo, texts = ROOT / "data/demo/desk/documents", ROOT / "tests/demo_truth/documents"
    names = ["D01_policy_brief", "D02_municipal_strategy"]
    found = [(demo / f"{name}.pdf", texts / f"{name}.md") for name in names]
    if folder:
        real = folder / "desk" / "site_privacy_policy"
        found.append((real.with_suffix(".pdf"), real.with_suffix(".md")))
    return found


def main(folder: Path | None) -> None:
    pairs = cases(folder)
    files = sorted({pdf for pdf, _ in pairs} | set((folder / "desk").glob("*.pdf") if folder else ()))
    print(f"{len(files)} files, best of 3 runs")
    print("| reader | seconds | times ours | file | precision | recall |")
    print("|---|---:|---:|---|---:|---:|")
    base = None
    for reader in (ours, pypdf, pdfminer):
        try:
            took = min(timed(reader, files) for _ in range(3))
        except ImportError:
            print(f"| {reader.__name__} | not installed | | | | |")
            continue
        base = base or took
        for pdf, source in pairs:
            precision, recall = agreement(words(reader(pdf)), words(source.read_text("utf-8")))
            print(
                f"| {reader.__name__} | {took:.2f} | {took / base:.1f} | {pdf.name} | {precision:.3f} | {recall:.3f} |"
            )
    find_terms(files)


def find_terms(files: list[Path]) -> None:
    """Milliseconds a page with one pattern for each factor and with the index."""
    pages = [page.text for path in files for page in read_pages(path, path.name)]
    factors = read_factors(ROOT / "config" / "factors.csv")
    terms = {row.id: split_list(row.terms) for row in factors.itertuples()}
    patterns = {factor: one_pattern(words) for factor, words in terms.items()}
    index = term_index(factors)

    def plainly(text: str) -> list[tuple[int, int, str]]:
        found = ((m, factor) for factor, p in patterns.items() for m in p.finditer(text))
        return sorted((m.start(), m.end(), factor) for m, factor in found)

    def by_index(text: str) -> list[tuple[int, int, str]]:
        return [(hit.start, hit.end, hit.factor) for hit in index.find(text)]

    if [plainly(text) for text in pages] != [by_index(text) for text in pages]:
        raise SystemExit("the two ways of finding terms differ")
    hits, number = sum(len(by_index(text)) for text in pages), sum(map(len, terms.values()))
    print(f"\n{number} terms of {len(terms)} factors, {hits} hits; best of 5 runs, processor time")
    print(f"| way of finding terms | ms a page, {len(pages)} pages |")
    print("|---|---:|")
    for name, find in (("one pattern for each factor", plainly), ("index", by_index)):
        best = min(timed(find, pages, time.process_time) for _ in range(5))
        print(f"| {name} | {1000 * best / len(pages):.2f} |")


def one_pattern(words: list[str]) -> re.Pattern:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    pieces = [re.escape(word).replace(r"\*", r"\w*") for word in longest_first]
    pieces = [p.replace(r"\ ", r"\s+").replace(r"\-", r"[-\u2010-\u2014\s]") for p in pieces]
    return re.compile("|".join(rf"\b{piece}\b" for piece in pieces), re.IGNORECASE)


def timed(reader, files: list, clock=time.perf_counter) -> float:
    start = clock()
    for path in files:
        reader(path)
    return clock() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
