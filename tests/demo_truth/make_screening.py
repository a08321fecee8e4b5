"""Write the screening files of the bundled study: the decisions of the truth under record ids.

    python tests/demo_truth/make_screening.py

The truth (decisions.csv, adjudications.csv, retrieval.csv) goes by truth ids. A reviewer would take
record ids from the queue; here each work gets the id of its first entry in the exports, which
duplicates.csv names.
"""

import csv
import datetime
import io
import re
import sys
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEARCHES = ROOT / "data" / "demo" / "searches"
TARGET = ROOT / "data" / "demo" / "screening"
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

CRITERIA = [
    (
        "coproduction",
        "include",
        "Co-production",
        "Citizens, users or civil society co-produce: they "
        "take part over time in designing, managing, delivering or evaluating a service together with "
        "a public organisation.",
    ),
    (
        "social-services",
        "include",
        "Social services",
        "The service is a social service in the wide "
        "sense: care, family, youth, disability, housing, employment, integration, neighbourhood.",
    ),
    (
        "conditions",
        "include",
        "Conditions",
        "Conditions that favour or hinder the start of "
        "co-production are studied: political, economic, social, technological, organisational or "
        "individual ones.",
    ),
    ("wrong-language", "exclude", "Not in English", "The text is not in English."),
    (
        "not-coproduction",
        "exclude",
        "No co-production",
        "Consultation, donation, self-help without a public partner, or production by professionals alone.",
    ),
    ("not-social-services", "exclude", "No social service", "Another field, such as energy, media or clinical care."),
    ("no-conditions", "exclude", "No conditions studied", "Effects or methods only."),
    ("not-empirical", "exclude", "Not empirical", "No data of its own and no systematic review."),
    ("duplicate", "exclude", "Duplicate report", "The same study in a fuller report."),
]


# Truth id → file name and what its first page says; nothing is noted for these in retrieval.csv.
FULL_TEXTS = {
    "T002": ("downloads/main (3).pdf", ["doi"]),
    "T008": ("downloads/Danube 2017.pdf", ["title"]),
    "T013": ("{record}.pdf", []),
    "T026": ("Commissioner - 2013 - {title}.pdf", []),
}
UNKNOWN = ("downloads/scan0007.pdf", "An appendix that came with one of the reports.")


def table(name: str) -> list[dict]:
    """A table of the truth."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_entries() -> dict[str, dict]:
    """Truth id → its first entry in the exports, with the record id as `own`."""
    from coproduction.core import people_tables
    from coproduction.literature.importing import exports_in, import_files
    from coproduction.literature.tables import SEARCHES as FORM

    files = [(path.name, path.read_bytes()) for path in exports_in(SEARCHES)]
    searches = people_tables.read_people_table(SEARCHES / "searches.csv", FORM)
    entries = import_files(files, searches)[0]
    own = {(row["file"], int(row["number"])): row for row in entries.to_dict("records")}
    return {
        row["truth"]: own[row["file"], int(row["entry"])]
        for row in table("duplicates.csv")
        if row["relation"] == "first"
    }


def made() -> dict[str, str]:
    """File name → content of every file of data/demo/screening."""
    ids = {truth: entry["own"] for truth, entry in first_entries().items()}
    decided = table("decisions.csv")
    columns = ["record", "reviewer", "decision", "reason", "date", "note"]
    files = {"criteria.csv": [["criterion", "kind", "label", "text"], *map(list, CRITERIA)]}
    for stage in ("title_abstract", "full_text"):
        rows = [
            [ids[r["truth"]], r["reviewer"], r["decision"], r["reason"], r["date"], ""]
            for r in decided
            if r["stage"] == stage
        ]
        rows.sort(key=lambda row: (row[1], row[4], row[0]))
        files[f"{stage}.csv"] = [columns, *rows]
    files["adjudications.csv"] = [
        ["stage", "record", "decision", "reason", "adjudicator", "note"],
        *(
            [r["stage"], ids[r["truth"]], r["decision"], r["reason"], r["adjudicator"], r["note"]]
            for r in table("adjudications.csv")
        ),
    ]
    files["retrieval.csv"] = [
        ["record", "status", "note"],
        *([ids[r["truth"]], r["status"], r["note"]] for r in table("retrieval.csv") if r["truth"] not in FULL_TEXTS),
    ]
    return {name: text(rows) for name, rows in files.items()}


def full_texts() -> dict[str, bytes]:
    """File name → PDF of every file of data/demo/screening/full_texts: one page each."""
    entries = first_entries()
    files = {UNKNOWN[0]: page([UNKNOWN[1]])}
    for truth, (name, said) in FULL_TEXTS.items():
        entry = entries[truth]
        title = entry["title"].replace(":", "").replace("/", " ")[:100].strip()
        lines = [f"https://doi.org/{entry['doi']}" if what == "doi" else entry[what] for what in said]
        body = "The bundled study is made up, so there is no full text behind this page."
        files[name.format(record=entry["own"], title=title)] = page([*lines, body])
    return files


def page(lines: list[str]) -> bytes:
    """A PDF of one page with these paragraphs, the same bytes each time."""
    source = '#set page(paper: "a6", margin: 1.2cm, header: text(7pt)[ILLUSTRATIVE])\n'
    source += "#set text(9pt, hyphenate: true)\n#set par(justify: true)\n"
    escaped = [re.sub(r"([#*_$@\\\[\]<>`~/])", r"\\\1", line) for line in lines]
    return typst.compile(
        (source + "\n\n".join(escaped)).encode(),
        timestamp=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        ignore_system_fonts=True,
    )


def text(rows: list[list]) -> str:
    """Rows as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for name, content in made().items():
        (TARGET / name).write_text(content, encoding="utf-8")
    for name, content in full_texts().items():
        path = TARGET / "full_texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
