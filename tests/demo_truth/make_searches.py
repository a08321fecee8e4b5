"""How the bundled searches were made: the truth in records/*.yaml, written out as four exports.

Each record says in which databases it is found. Every database writes it in its own habit, and
for some records in addition with one of the faults that real exports have (DIRT). Which record
has which fault is decided by a digest of its id, so the files are the same on every machine.
What was done to which entry, and which entries are the same work, goes to duplicates.csv.

    python tests/demo_truth/make_searches.py        # rewrites data/demo/searches and duplicates.csv

The exports are written by hand rather than with rispy or bibtexparser: what matters here is the
layout and the faults of the databases' own files, which a tidy library would mend.
"""

import csv
import hashlib
import html
import io
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

HERE = Path(__file__).parent
SEARCHES = HERE.parents[1] / "data" / "demo" / "searches"

# code: full name, abbreviation, year of the first volume less one
VENUES = {
    "IJPS": ("Illustrative Journal of Public Services", "Illus. J. Public Serv.", 1998),
    "SRSP": ("Specimen Review of Social Policy", "Specim. Rev. Soc. Policy", 1985),
    "MQCG": ("Model Quarterly of Civic Governance", "Model Q. Civ. Gov.", 2001),
    "DJCC": ("Demonstration Journal of Care and Community", "Demonstr. J. Care Community", 1990),
    "SRTS": ("Sample Review of Third Sector Studies", "Sample Rev. Third Sect. Stud.", 1994),
    "PJLG": ("Placeholder Journal of Local Government", "Placehold. J. Local Gov.", 1979),
    "EJDG": ("Exemplar Journal of Digital Government", "Exempl. J. Digit. Gov.", 2007),
    "IJFC": ("Invented Journal of Family and Child Services", "Invent. J. Fam. Child Serv.", 1996),
    "FADL": ("Fictional Annals of Disability & Independent Living", "Fict. Ann. Disabil. Indep. Living", 1988),
    "MJMH": ("Mock Journal of Mental Health Partnerships", "Mock J. Ment. Health Partn.", 2003),
    "IRUS": ("Imaginary Review of Urban Safety", "Imag. Rev. Urban Saf.", 1999),
    "EJEI": ("Example Journal of Employment and Inclusion", "Ex. J. Employ. Incl.", 1992),
    "AQVO": ("Artificial Quarterly of Volunteering", "Artif. Q. Volunt.", 2000),
    "PJEF": ("Pretend Journal of Energy and Food Systems", "Pretend J. Energy Food Syst.", 2002),
    "IJSQ": ("Illustrative Journal of Service Quality in Health", "Illus. J. Serv. Qual.", 1997),
    "IJSM": ("Invented Journal of Service Marketing and Media", "Invent. J. Serv. Mark.", 1991),
    "CONF": (
        "Proceedings of the Illustrative Conference on Services and Society",
        "Proc. Illus. Conf. Serv. Soc.",
        1995,
    ),
    "BOOK": ("Specimen Handbook of Co-production", "Specim. Handb. Co-prod.", 0),
}
FILES = {
    "scopus": "scopus.csv",
    "wos": "wos.txt",
    "assia": "assia.ris",
    "library": "library.bib",
    "registry": "registry.bib",
    "references": "references.bib",
}
# Entries that a database holds twice: once ahead of print (scopus) or from a second index.
TWICE = {
    "scopus": ("T070", "T123"),
    "wos": ("T065",),
    "assia": ("T033", "T077"),
    "library": (),
    "registry": (),
    "references": (),
}
SEARCHED = {
    "scopus": (
        "Scopus",
        "Elsevier",
        "2025-03-10",
        'TITLE-ABS-KEY ( ( "co-produc*" OR coproduc* OR "co-creat*" OR "co-design*" ) AND '
        '( "social service*" OR "social care" OR welfare OR childcare OR "youth work" OR '
        '"public service*" ) ) AND PUBYEAR > 2003 AND LANGUAGE ( english )',
    ),
    "wos": (
        "Social Sciences Citation Index",
        "Web of Science",
        "2025-03-10",
        'TS=(("co-produc*" OR coproduc* OR "co-creat*" OR "co-design*") AND '
        '("social service*" OR "social care" OR welfare OR childcare OR "youth work" OR '
        '"public service*")) AND PY=(2004-2025)',
    ),
    "assia": (
        "Applied Social Sciences Index and Abstracts",
        "ProQuest",
        "2025-03-12",
        'noft(("co-produc*" OR coproduc* OR "user participation") NEAR/10 '
        '("social service*" OR care OR welfare)) AND pd(20040101-20250312)',
    ),
    "library": (
        "University library catalogue and hand search of two handbooks",
        "library discovery system",
        "2025-03-14",
        '("co-production" OR coproduction OR Koproduktion) AND ("social services" OR '
        '"soziale Dienste" OR "services sociaux")',
    ),
    "registry": (
        "OSF Registries",
        "Center for Open Science",
        "2025-03-14",
        'co-production AND ("social services" OR care)',
    ),
    "references": (
        "Reference lists of included reviews",
        "by hand",
        "2025-05-20",
        "reference lists of the reviews that passed title and abstract, and works that cite them",
    ),
}
# The hand search counts three books that the catalogue could not export: a mismatch on purpose.
HITS_BEYOND_FILE = {"library": 3}

Record = dict
Entry = dict


def number(*key: object, low: int = 0, high: int) -> int:
    """A whole number in low..high that depends on nothing but `key`."""
    digest = hashlib.sha256(" ".join(map(str, key)).encode()).hexdigest()
    return low + int(digest[:12], 16) % (high - low + 1)


def read_records(folder: Path = HERE / "records") -> list[Record]:
    """All records of the truth in order of their ids, with lists where the files have words."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # reads the same, in a tenth of the time
    records = [r for path in sorted(folder.glob("*.yaml")) for r in yaml.load(path.read_text("utf-8"), loader)]
    for record in records:
        record["authors"] = [name.strip() for name in record["authors"].split(";")]
        record["keywords"] = [k.strip() for k in record["keywords"].split(";") if k.strip()]
        record["databases"] = record["databases"].split()
        record["factors"] = record.get("factors", "").split()
        record["cites"] = record.get("cites", "").split()
        record.setdefault("type", "article")
        record.setdefault("language", "English")
    return sorted(records, key=lambda r: r["id"])


def bibliographic(record: Record) -> Entry:
    """The clean entry of a record: what the publisher would print."""
    truth, venue, year = record["id"], record["venue"], record["year"]
    journal, abbreviation, start = VENUES[venue]
    length = number(truth, "length", low=11, high=23) if record["abstract"] else 3
    first = number(truth, "page", low=1, high=480)
    pages = record.get("pages", f"{first}-{first + length}").split("-")
    doi = "" if record.get("nodoi") else f"10.5555/{venue.lower()}.{year}.{truth[1:]}"
    return {
        "truth": truth,
        "type": record["type"],
        "title": record["title"],
        "authors": record["authors"],
        "year": year,
        "journal": journal,
        "abbreviation": abbreviation,
        "volume": str(year - start) if start else "",
        "issue": str(record.get("issue", number(truth, "issue", low=1, high=4))) if start else "",
        "first_page": pages[0],
        "last_page": pages[1],
        "doi": doi,
        "cites": record["cites"],
        "abstract": record["abstract"],
        "keywords": record["keywords"],
        "language": record["language"],
        "early": False,
        "dirt": [],
    }


# ---- faults -------------------------------------------------------------------------------


def title_case(entry: Entry) -> None:
    """Main words with capitals, as some indexes do."""
    words = entry["title"].split(" ")
    entry["title"] = " ".join(w[:1].upper() + w[1:] if len(w) > 3 or i == 0 else w for i, w in enumerate(words))


def all_capitals(entry: Entry) -> None:
    """The title in capitals."""
    entry["title"] = entry["title"].upper()


def full_stop(entry: Entry) -> None:
    """A full stop behind the title."""
    if not entry["title"].endswith("?"):
        entry["title"] += "."


def no_subtitle(entry: Entry) -> None:
    """The subtitle lost."""
    entry["title"] = re.split(r"[:?] ", entry["title"])[0]


def no_doi(entry: Entry) -> None:
    """The DOI lost."""
    entry["doi"] = ""


def doi_as_link(entry: Entry) -> None:
    """The DOI as a link."""
    entry["doi"] = entry["doi"] and f"https://doi.org/{entry['doi']}"


def doi_capitals(entry: Entry) -> None:
    """The DOI in capitals, which means the same."""
    entry["doi"] = entry["doi"].upper()


def short_journal(entry: Entry) -> None:
    """The journal by its abbreviation."""
    entry["journal"] = entry["abbreviation"]


def initials_only(entry: Entry) -> None:
    """Authors' given names as initials."""
    entry["authors"] = [initials(name, ".") for name in entry["authors"]]


def first_author_only(entry: Entry) -> None:
    """Only the first author kept, the others as "et al."."""
    if len(entry["authors"]) > 1:
        entry["authors"] = [entry["authors"][0], "et al."]


def no_accents(entry: Entry) -> None:
    """Accents lost in names and title."""
    entry["authors"] = [plain(name) for name in entry["authors"]]
    entry["title"] = plain(entry["title"])


def entities(entry: Entry) -> None:
    """HTML entities left in title, abstract and journal."""
    for field in ("title", "abstract", "journal"):
        text = html.escape(entry[field]).replace("&#x27;", "&#39;").replace("é", "&eacute;")
        entry[field] = text.replace("ø", "&oslash;").replace("ö", "&ouml;")


def publisher_tail(entry: Entry) -> None:
    """The publisher's mark at the end of the abstract."""
    if entry["abstract"]:
        entry["abstract"] += f" © {entry['year']} Illustrative Press. All rights reserved."


def publisher_head(entry: Entry) -> None:
    """The publisher's mark before the abstract."""
    if entry["abstract"]:
        entry["abstract"] = f"© {entry['year']}, The Author(s).{entry['abstract']}"


def broken_lines(entry: Entry) -> None:
    """The abstract broken into lines, with a space left at the ends."""
    entry["abstract"] = " \n".join(textwrap.wrap(entry["abstract"], 88))


def dashed_pages(entry: Entry) -> None:
    """An en dash between the pages and the last page cut to what differs."""
    first, last = entry["first_page"], entry["last_page"]
    short = last[-2:] if len(first) == len(last) == 3 and first[0] == last[0] else last
    entry["first_page"], entry["last_page"] = f"{first}–{short}", ""


def year_before(entry: Entry) -> None:
    """The year of the online version, one before that of the issue."""
    entry["year"] -= 1


def no_abstract(entry: Entry) -> None:
    """The abstract missing."""
    entry["abstract"] = ""


# database: (fault, one entry in how many, spares look-alikes)
DIRT: dict[str, list[tuple[Callable[[Entry], None], int, bool]]] = {
    "scopus": [(publisher_tail, 3, False), (entities, 6, False), (no_doi, 16, True), (doi_capitals, 9, False)],
    "wos": [
        (title_case, 4, False),
        (no_accents, 2, False),
        (no_doi, 7, True),
        (year_before, 12, True),
        (entities, 15, False),
        (publisher_head, 8, False),
    ],
    "assia": [
        (doi_as_link, 2, False),
        (title_case, 2, False),
        (no_subtitle, 7, True),
        (short_journal, 4, False),
        (initials_only, 3, False),
        (broken_lines, 4, False),
        (dashed_pages, 3, False),
        (no_doi, 4, True),
        (no_abstract, 10, False),
        (full_stop, 3, False),
    ],
    "library": [
        (all_capitals, 3, False),
        (no_doi, 3, True),
        (first_author_only, 4, False),
        (no_abstract, 3, False),
        (short_journal, 3, False),
        (no_subtitle, 5, True),
    ],
}
DIRT |= {"registry": DIRT["library"], "references": DIRT["library"]}


def soil(entry: Entry, database: str, spare: bool, copy: int) -> Entry:
    """`entry` with the faults that fall to it in `database`; look-alikes (`spare`) keep titles."""
    for fault, every, sparing in DIRT[database]:
        hit = number(entry["truth"], database, fault.__name__, copy, high=every - 1) == 0
        if hit and not (sparing and spare):
            before = {k: v for k, v in entry.items() if k != "dirt"}
            fault(entry)
            if before != {k: v for k, v in entry.items() if k != "dirt"}:
                entry["dirt"].append(fault.__name__)
    return entry


def second_copy(entry: Entry, database: str) -> Entry:
    """The other entry of a work that a database holds twice."""
    if database == "scopus":
        entry |= {"early": True, "volume": "", "issue": "", "first_page": "", "last_page": ""}
        entry["dirt"].append("ahead_of_print")
    else:
        initials_only(entry)
        no_doi(entry)
        entry["dirt"] += ["initials_only", "no_doi"]
    return entry


def entries(records: list[Record], database: str) -> list[Entry]:
    """The entries of one export in the order of that database."""
    alike = {r["id"] for r in records if "lookalike" in r} | {r.get("lookalike") for r in records}
    found = [r for r in records if database in r["databases"]]
    made = [soil(bibliographic(r), database, r["id"] in alike, 0) for r in found]
    again = [r for r in found if r["id"] in TWICE[database]]
    made += [soil(second_copy(bibliographic(r), database), database, True, 1) for r in again]
    order = {
        "scopus": lambda e: (-e["year"], e["truth"], e["early"]),
        "wos": lambda e: number(e["truth"], len(e["dirt"]), high=10**6),
        "assia": lambda e: (plain(e["authors"][0]), e["title"]),
        "library": lambda e: e["truth"],
        "registry": lambda e: e["truth"],
        "references": lambda e: e["truth"],
    }
    return sorted(made, key=order[database])


# ---- names --------------------------------------------------------------------------------


def plain(text: str) -> str:
    """`text` without accents; the Turkish and Nordic letters as the nearest ASCII letter."""
    text = text.translate(str.maketrans("łŁøØæıđĐ", "lLoOaidD"))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def initials(name: str, stop: str) -> str:
    """ "Danube, Ilse" as "Danube, I."; other forms unchanged."""
    family, _, given = name.partition(", ")
    letters = "".join(part[0] + stop for part in given.split())
    return f"{family}, {letters}" if letters else name


# ---- the exports --------------------------------------------------------------------------

SCOPUS_COLUMNS = [
    "Authors",
    "Author full names",
    "Author(s) ID",
    "Title",
    "Year",
    "Source title",
    "Volume",
    "Issue",
    "Art. No.",
    "Page start",
    "Page end",
    "Page count",
    "Cited by",
    "DOI",
    "Link",
    "Abstract",
    "Author Keywords",
    "Index Keywords",
    "References",
    "Document Type",
    "Publication Stage",
    "Open Access",
    "Source",
    "EID",
]
SCOPUS_TYPES = {
    "article": "Article",
    "conference": "Conference paper",
    "editorial": "Editorial",
    "erratum": "Erratum",
    "review": "Review",
    "chapter": "Book chapter",
}
WOS_TYPES = {
    "article": "Article",
    "conference": "Proceedings Paper",
    "editorial": "Editorial Material",
    "erratum": "Correction",
    "review": "Book Review",
    "chapter": "Article; Book Chapter",
}


# A book that no database of the demonstration has, as Web of Science and Scopus cite it.
CITED_BOOKS = {"H1": ("Ash T., 2009, SPECIMEN HDB CO PROD", "Ash T., Specimen handbook of co-production, (2009)")}


def cited(records: list[Record]) -> dict[str, tuple[str, str]]:
    """How Web of Science and Scopus write a reference to each work."""
    ways = dict(CITED_BOOKS)
    for record in records:
        e = bibliographic(record)
        first = initials(e["authors"][0], "")
        doi = f", DOI {e['doi']}" if e["doi"] else ""
        journal = e["abbreviation"].replace(".", "").upper()
        wos = f"{plain(first).replace(', ', ' ')}, {e['year']}, {journal}, V{e['volume']}, P{e['first_page']}{doi}"
        names = ", ".join(initials(name, ".").replace(", ", " ") for name in e["authors"])
        pages = f"pp. {e['first_page']}-{e['last_page']}"
        scopus = f"{names}, {e['title']}, {e['abbreviation']}, {e['volume']}, {e['issue']}, {pages}, ({e['year']})"
        ways[e["truth"]] = wos, scopus
    return ways


CITED = cited(read_records())


def write_scopus(made: list[Entry]) -> str:
    """A Scopus CSV export: byte order mark, all fields quoted."""
    people = sorted({name for e in made for name in e["authors"]}, key=plain)
    ids = {name: f"5700000{i:04d}" for i, name in enumerate(people, 1)}
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    table.writerow(SCOPUS_COLUMNS)
    for e in made:
        eid = f"2-s2.0-0000000{e['truth'][1:]}{int(e['early'])}"
        table.writerow(
            [
                "; ".join(initials(name, ".") for name in e["authors"]),
                "; ".join(f"{name} ({ids[name]})" for name in e["authors"]),
                "; ".join(ids[name] for name in e["authors"]),
                e["title"],
                e["year"],
                e["journal"],
                e["volume"],
                e["issue"],
                "",
                e["first_page"],
                e["last_page"],
                int(e["last_page"]) - int(e["first_page"]) + 1 if e["last_page"] else "",
                number(e["truth"], "cited", high=4 * (2025 - e["year"])),
                e["doi"],
                f"https://example.org/inward/record.uri?eid={eid}",
                e["abstract"] or "[No abstract available]",
                "; ".join(e["keywords"]),
                "; ".join(k for k in e["keywords"][:2] if len(k) < 18),
                "; ".join(CITED[work][1] for work in e["cites"]),
                SCOPUS_TYPES[e["type"]],
                "Article in press" if e["early"] else "Final",
                "All Open Access; Gold Open Access" if number(e["truth"], "open", high=3) == 0 else "",
                "Scopus",
                eid,
            ]
        )
    return "\ufeff" + out.getvalue()


def wos_field(tag: str, value: str | int | list[str]) -> Iterator[str]:
    """The lines of one tagged field; titles and keywords are wrapped as the platform does."""
    lines = value if isinstance(value, list) else [str(value)]
    if tag in ("TI", "DE", "SO"):
        lines = textwrap.wrap(str(value), 75, break_long_words=False, break_on_hyphens=False)
    if any(lines):
        yield f"{tag} {lines[0]}"
        yield from (f"   {line}" for line in lines[1:])


def write_wos(made: list[Entry]) -> str:
    """A Web of Science tagged export (plain text, full record; a few with what they cite)."""
    lines = ["FN Clarivate Web of Science", "VR 1.0"]
    for at, e in enumerate(made, 1):
        fields = {
            "PT": "C" if e["type"] == "conference" else "J",
            "AU": [initials(name, "") for name in e["authors"]],
            "AF": e["authors"],
            "TI": e["title"],
            "SO": e["journal"].upper().replace("&AMP;", "&amp;"),
            "LA": e["language"],
            "DT": WOS_TYPES[e["type"]],
            "DE": "; ".join(e["keywords"]),
            "AB": e["abstract"],
            "CR": sorted(CITED[work][0] for work in e["cites"]),
            "NR": len(e["cites"]) or "",
            "TC": number(e["truth"], "cited", high=3 * (2025 - e["year"])),
            "J9": e["abbreviation"].replace(".", "").upper(),
            "JI": e["abbreviation"],
            "PY": e["year"],
            "VL": e["volume"],
            "IS": e["issue"],
            "BP": e["first_page"],
            "EP": e["last_page"],
            "DI": e["doi"],
            "UT": f"WOS:0000000{at:08d}",
        }
        lines += [line for tag, value in fields.items() for line in wos_field(tag, value)]
        lines += ["ER", ""]
    return "\ufeff" + "\n".join([*lines, "EF"]) + "\n"


def write_ris(made: list[Entry]) -> str:
    """A RIS export as ProQuest writes it, with Windows line ends."""
    lines = []
    for at, e in enumerate(made, 1):
        fields = [
            ("TY", "JOUR"),
            ("T1", e["title"]),
            ("AN", f"9000000{at:03d}"),
            ("AB", e["abstract"]),
            *(("AU", name) for name in e["authors"]),
            ("JF", e["journal"]),
            ("Y1", f"{e['year']}///"),
            ("VL", e["volume"]),
            ("IS", e["issue"]),
            ("SP", e["first_page"]),
            ("EP", e["last_page"]),
            ("DO", e["doi"]),
            *(("KW", k) for k in e["keywords"]),
            ("LA", e["language"]),
            ("DB", "Applied Social Sciences Index & Abstracts (ASSIA)"),
            ("UR", f"https://example.org/docview/9000000{at:03d}"),
        ]
        lines += [f"{tag}  - {value}" for tag, value in fields if value] + ["ER  - ", ""]
    return "\n".join(lines).replace("\n", "\r\n") + "\r\n"


BIBTEX_TYPES = {"conference": "inproceedings", "chapter": "incollection"}
LATEX = {
    "ö": '{\\"o}',
    "ä": '{\\"a}',
    "ü": '{\\"u}',
    "ø": "{\\o}",
    "å": "{\\aa}",
    "ô": "{\\^o}",
    "é": "{\\'e}",
    "è": "{\\`e}",
    "&": "\\&",
}


def latex(text: str) -> str:
    """`text` with western accents as TeX commands; other letters stay as they are."""
    return "".join(LATEX.get(c, c) for c in text)


def write_bibtex(made: list[Entry]) -> str:
    """A BibTeX file as a library catalogue exports it."""
    blocks = []
    for e in made:
        kind = BIBTEX_TYPES.get(e["type"], "article")
        family = re.sub(r"\W", "", plain(e["authors"][0]).split(",")[0].lower())
        authors = " and ".join("others" if a == "et al." else a for a in e["authors"])
        pages = f"{e['first_page']}--{e['last_page']}" if e["last_page"] else e["first_page"]
        fields = {
            "author": latex(authors),
            "title": "{" + latex(e["title"]) + "}",
            "journal" if kind == "article" else "booktitle": latex(e["journal"]),
            "year": str(e["year"]),
            "volume": e["volume"],
            "number": e["issue"],
            "pages": pages,
            "doi": e["doi"],
            "keywords": latex(", ".join(e["keywords"])),
            "language": e["language"],
            "abstract": latex(e["abstract"]),
        }
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        blocks.append(f"@{kind}{{{family}{e['year']}_{e['truth'][1:]},\n{body}\n}}\n")
    return "\n".join(blocks)


WRITERS = {
    "scopus": write_scopus,
    "wos": write_wos,
    "assia": write_ris,
    "library": write_bibtex,
    "registry": write_bibtex,
    "references": write_bibtex,
}


def table(header: list[str], rows: list[list]) -> str:
    """CSV text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def duplicates(records: list[Record], made: dict[str, list[Entry]]) -> str:
    """Which entry is which work: first met or duplicate, look-alikes, faults."""
    pairs = [(r["id"], r["lookalike"]) for r in records if "lookalike" in r]
    alike = dict(pairs) | {b: a for a, b in pairs}
    met: set[str] = set()
    rows = []
    for database, found in made.items():
        for at, e in enumerate(found, 1):
            relation = "duplicate" if e["truth"] in met else "first"
            met.add(e["truth"])
            dirt = ";".join(e["dirt"])
            rows.append([FILES[database], at, e["truth"], relation, alike.get(e["truth"], ""), dirt])
    return table(["file", "entry", "truth", "relation", "looks_like", "faults"], rows)


def searches(made: dict[str, list[Entry]]) -> str:
    """The register of the searches (PRISMA-S)."""
    rows = [[*SEARCHED[d], FILES[d], len(found) + HITS_BEYOND_FILE.get(d, 0)] for d, found in made.items()]
    return table(["database", "platform", "date", "query", "file", "hits"], rows)


def make() -> dict[Path, bytes]:
    """All files by their path."""
    records = read_records()
    made = {database: entries(records, database) for database in FILES}
    files = {SEARCHES / FILES[d]: WRITERS[d](found) for d, found in made.items()}
    files[SEARCHES / "searches.csv"] = searches(made)
    files[HERE / "duplicates.csv"] = duplicates(records, made)
    return {path: text.encode("utf-8") for path, text in files.items()}


if __name__ == "__main__":
    for path, content in make().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
