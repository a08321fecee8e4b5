"""Import measured: entries of real exports accounted for, and speed beside the plain parsers.

    python benchmarks/literature_import.py files FOLDER    every file of FOLDER: entries by an
        independent count, found, read, refused and why; kept in literature_files.md
    python benchmarks/literature_import.py speed [--size 100000]    import per format beside the
        plain parser of that format, in processor time and in one run; kept in literature_speed.md

The independent count knows nothing of the import: it counts the plainest sign of an entry.
"""

import argparse
import collections
import csv
import io
import json
import re
import sys
import time
from pathlib import Path

import bibtexparser
import openpyxl
import rispy
from lxml import etree

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))

from coproduction.core.errors import StudyError  # noqa: E402
from coproduction.literature.importing import read_file  # noqa: E402

SIGNS = (
    (r"(?m)^TY {1,2}-", "TY lines"),
    (r"(?m)^PMID- ", "PMID lines"),
    (r"(?m)^PT [A-Z]\s*$", "PT lines"),
    (r"(?m)^@\w+\{", "@ at line starts"),
    (r"(?m)^%0 ", "%0 lines"),
    (r"<PubmedArticle[ >]", "PubmedArticle elements"),
    (r"<record>", "record elements"),
    (r"<article [^>]*>", "article elements"),
    (r"<z:itemType>(?!attachment|note)", "itemType elements"),
)


def count(data: bytes) -> tuple[int | None, str]:
    """Entries by the plainest sign of one, and what was counted; None where there is no sign."""
    if data.startswith((b"BZh", b"\x1f\x8b", b"\xfd7zXZ", b"RDX")):
        return None, ""
    text = re.sub(r"\r\n?", "\n", data.decode("utf-8-sig", errors="replace"))
    if text.lstrip()[:1] in "{[":
        value = json.loads(text)
        return len(value["data"] if isinstance(value, dict) else value), "objects"
    found = [(len(re.findall(pattern, text)), name) for pattern, name in SIGNS]
    if max(found)[0]:
        return max(found)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    if delimiter == "\t" and text.startswith("PT\t"):
        return len([line for line in text.split("\n")[1:] if line.strip()]), "lines"
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return len([row for row in rows if any(row)]) - 1, "rows"


def account(folder: Path) -> str:
    """A Markdown table of every file in the folder."""
    lines = [
        "| file | format found | counted | by | found | read | put right | refused | why |",
        "|---|---|--:|---|--:|--:|--:|--:|---|",
    ]
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        data = path.read_bytes()
        counted, sign = count(data)
        independent = f"{'' if counted is None else counted} | {sign}"
        try:
            one = read_file(path.name, data)
        except StudyError as refusal:
            why = re.sub(r"\A[^:]*: ", "", str(refusal)).split("\n")[0]
            lines.append(f"| {path.name} | – | {independent} | | | | file | {why} |")
            continue
        reasons = collections.Counter(entry["reason"] for entry in one.refused)
        why = "; ".join(f"{n} × {reason}" for reason, n in sorted(reasons.items()))
        lines.append(
            f"| {path.name} | {one.format} | {independent} | {one.found} | {len(one.entries)} | "
            f"{one.repaired} | {len(one.refused)} | {why} |"
        )
    return "\n".join(lines) + "\n"


ABSTRACT = "Home care is provided by citizens and staff together along five rivers. " * 15


def _tagged(form: str, size: int, between: str = "") -> bytes:
    return between.join(form.format(i=i, abstract=ABSTRACT) for i in range(size)).encode()


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
WOS = """PT J
AU Alder, B
   Birch, A
AF Alder, Béla
   Birch, Ada
TI Citizens as partners in home care number {i}
SO JOURNAL OF RIVER STUDIES
AB {abstract}
PY 2019
VL {i}
BP 101
EP 119
DI 10.5555/river.{i}
UT WOS:{i}
ER

"""
NBIB = """PMID- {i}
TI  - Citizens as partners in home care number {i}.
LID - 10.5555/river.{i} [doi]
AB  - {abstract}
FAU - Alder, Béla
AU  - Alder B
FAU - Birch, Ada
AU  - Birch A
LA  - eng
PT  - Journal Article
DP  - 2019 Jan
JT  - Journal of River Studies
VI  - {i}
PG  - 101-119

"""
ENDNOTE = """<record><ref-type name="Journal Article">17</ref-type><contributors><authors>
<author>Alder, Béla</author><author>Birch, Ada</author></authors></contributors><titles>
<title><style face="normal">Citizens as partners in home care number {i}</style></title>
<secondary-title>Journal of River Studies</secondary-title></titles><pages>101-119</pages>
<volume>{i}</volume><dates><year>2019</year></dates><abstract>{abstract}</abstract>
<electronic-resource-num>10.5555/river.{i}</electronic-resource-num></record>
"""
PUBMED = """<PubmedArticle><MedlineCitation><PMID>{i}</PMID><Article><Journal><JournalIssue>
<Volume>{i}</Volume><PubDate><Year>2019</Year></PubDate></JournalIssue>
<Title>Journal of River Studies</Title></Journal>
<ArticleTitle>Citizens as partners in home care number {i}.</ArticleTitle>
<Pagination><MedlinePgn>101-119</MedlinePgn></Pagination><Abstract><AbstractText>{abstract}</AbstractText>
</Abstract><AuthorList><Author><LastName>Alder</LastName><ForeName>Béla</ForeName></Author>
<Author><LastName>Birch</LastName><ForeName>Ada</ForeName></Author></AuthorList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">10.5555/river.{i}</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>
"""
HEADER = [
    "Authors",
    "Title",
    "Year",
    "Source title",
    "Volume",
    "Page start",
    "Page end",
    "DOI",
    "Abstract",
    "Document Type",
    "EID",
]


def _row(i: int) -> list[str]:
    return [
        "Alder, Béla; Birch, Ada",
        f"Citizens as partners in home care number {i}",
        "2019",
        "Journal of River Studies",
        str(i),
        "101",
        "119",
        f"10.5555/river.{i}",
        ABSTRACT,
        "Article",
        f"2-s2.0-{i}",
    ]


def _csv(size: int, **form) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, **form)
    writer.writerows([HEADER, *map(_row, range(size))])
    return buffer.getvalue().encode()


def _csl(size: int) -> bytes:
    items = [
        {
            "id": str(i),
            "type": "article-journal",
            "title": f"Citizens as partners number {i}",
            "author": [{"family": "Alder", "given": "Béla"}, {"family": "Birch", "given": "Ada"}],
            "issued": {"date-parts": [[2019]]},
            "container-title": "Journal of River Studies",
            "volume": str(i),
            "page": "101-119",
            "DOI": f"10.5555/river.{i}",
            "abstract": ABSTRACT,
        }
        for i in range(size)
    ]
    return json.dumps(items).encode()


def _workbook(size: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADER, *map(_row, range(size))):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


WRITERS = {
    "RIS": lambda n: _tagged(RIS, n),
    "BibTeX": lambda n: _tagged(BIBTEX, n),
    "Web of Science tagged": lambda n: _tagged(WOS, n),
    "PubMed NBIB": lambda n: _tagged(NBIB, n),
    "EndNote XML": lambda n: b"<xml><records>" + _tagged(ENDNOTE, n) + b"</records></xml>",
    "PubMed XML": lambda n: b"<PubmedArticleSet>" + _tagged(PUBMED, n) + b"</PubmedArticleSet>",
    "CSV": lambda n: _csv(n, quoting=csv.QUOTE_ALL),
    "tab-delimited": lambda n: _csv(n, delimiter="\t"),
    "CSL-JSON": _csl,
    "Excel": _workbook,
}


def _nbib(data: bytes) -> list:
    import nbib

    return nbib.read(data.decode())


def _sheet(data: bytes) -> list:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


PEERS = {
    "RIS": ("rispy", lambda d: rispy.loads(d.decode())),
    "BibTeX": ("bibtexparser 2", lambda d: bibtexparser.parse_string(d.decode())),
    "Web of Science tagged": ("rispy", lambda d: rispy.loads(d.decode(), implementation=rispy.WokParser)),
    "PubMed NBIB": ("nbib", _nbib),
    "EndNote XML": ("lxml, tree only", etree.fromstring),
    "PubMed XML": ("lxml, tree only", etree.fromstring),
    "CSV": ("csv.DictReader", lambda d: list(csv.DictReader(io.StringIO(d.decode())))),
    "tab-delimited": ("csv.DictReader", lambda d: list(csv.DictReader(io.StringIO(d.decode()), delimiter="\t"))),
    "CSL-JSON": ("json", json.loads),
    "Excel": ("openpyxl", _sheet),
}


def _seconds(read, data: bytes) -> float:
    """Processor seconds of one reading; the plainest measure on a machine that others use too."""
    start = time.process_time()
    read(data)
    return time.process_time() - start


def speed(size: int, names: list[str]) -> str:
    """A Markdown table: seconds for each format here, at a quarter of the size, and by the peer."""
    lines = [
        "| format | entries | MB | here | a quarter of them | plain parser | seconds | ratio |",
        "|---|--:|--:|--:|--:|---|--:|--:|",
    ]
    for name in names or WRITERS:
        quarter, data = WRITERS[name](size // 4), WRITERS[name](size)
        small = _seconds(lambda d: read_file("x", d), quarter)
        here = _seconds(lambda d: read_file("x", d), data)
        by, plain = PEERS[name]
        try:
            peer = _seconds(plain, data)
        except ImportError:
            peer = None
        theirs = f"{peer:.1f} | {here / peer:.1f}" if peer else "not installed |"
        lines.append(f"| {name} | {size:,} | {len(data) / 1e6:.0f} | {here:.1f} | {small:.1f} | {by} | {theirs} |")
        print(lines[-1], flush=True)
    return "\n".join(lines) + "\n"


HEAD = """# Real exports, entry by entry

Written by `python benchmarks/literature_import.py files FOLDER`. *Counted* is an independent count of
the plainest sign of an entry (next column), *found* = *read* + *refused*; *put right* are entries
read after their structure, characters of a wrong encoding or markup were repaired.

"""
SPEED = """# Import beside the plain parsers

Written by `python benchmarks/literature_import.py speed`: processor seconds on one core, each format
here and by its plain parser in one run, entries with abstracts of a thousand characters. The plain
parsers split the file; here, the same time also cleans values, splits names, finds identifiers and
years, and keeps raw values and what no field takes. A quarter of the entries shows how time grows.

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("files").add_argument("folder", type=Path)
    timed = commands.add_parser("speed")
    timed.add_argument("--size", type=int, default=100_000)
    timed.add_argument("formats", nargs="*", metavar="FORMAT", help="some formats only")
    options = parser.parse_args()
    if options.command == "speed":
        table = speed(options.size, options.formats)
        if not options.formats:
            (HERE / "literature_speed.md").write_text(SPEED + table, encoding="utf-8")
    if options.command == "files":
        table = account(options.folder)
        (HERE / "literature_files.md").write_text(HEAD + table, encoding="utf-8")
        print(table, end="")


if __name__ == "__main__":
    main()
