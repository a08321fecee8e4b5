"""What is handed on: records to the tools in which people screen, and the included studies.

The table for ASReview has the column names that it recognises and, as `included`, the labels that
are settled, which it takes as prior knowledge. In RIS the record id stands where the tools keep it:
Rayyan in the notes, Covidence in the accession number. So what comes back is matched by id.
"""

import re
import unicodedata

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.factors import term_index
from coproduction.core.text import one_line, split_list
from coproduction.screening.tables import ASREVIEW, INCLUDED, UNSCREENED

WAITING = {
    "title_abstract": (UNSCREENED, "title and abstract: partly screened"),
    "full_text": ("full text: awaited", "full text: not screened", "full text: partly screened"),
}

ENTRY_KINDS = {
    "article": "article",
    "journal": "article",
    "book": "book",
    "chapter": "incollection",
    "section": "incollection",
    "conference": "inproceedings",
    "proceedings": "inproceedings",
    "thesis": "phdthesis",
    "dissertation": "phdthesis",
    "report": "techreport",
}
HOUSE = {
    "article": "journal",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "phdthesis": "school",
    "techreport": "institution",
    "book": "publisher",
    "misc": "howpublished",
}
# What means something to TeX; braces are taken out, the rest is escaped.
_TEX = str.maketrans({c: f"\\{c}" for c in "&%$#_"} | {"\\": "/", "{": "", "}": ""})


def list_included(
    records: pd.DataFrame, states: pd.DataFrame, factors: pd.DataFrame, full_texts: pd.DataFrame
) -> pd.DataFrame:
    """INCLUDED, by first author, year and title; keys are unique."""
    rows = states.loc[states["state"] == "included", ["record", "study"]]
    table = rows.merge(records, on="record", how="left", validate="one_to_one")
    if table.empty:
        return tables.empty(INCLUDED)
    table = table.sort_values(["authors", "year", "title", "record"], kind="stable")
    finder = term_index(factors)
    table["factors"] = [
        ";".join(sorted({hit.factor for _, text in _texts(row) for hit in finder.find(text)}))
        for row in table.to_dict("records")
    ]
    names = dict(zip(factors["id"], factors["name"], strict=True))
    table["factor_names"] = [
        "; ".join(names[factor] for factor in split_list(ids)) for ids in table["factors"]
    ]
    files = full_texts.groupby("record")["file"].agg("; ".join).to_dict()
    table["full_text"] = [files.get(record, "") for record in table["record"]]
    table["key"] = _keys(table)
    return accounting.table(table.to_dict("records"), INCLUDED)


def _texts(row: dict) -> list[tuple[str, str]]:
    return [(name, row[name]) for name in ("title", "abstract", "keywords") if row[name]]


def _keys(table: pd.DataFrame) -> list[str]:
    """family + year, with a, b, c where that is not unique."""
    stems = [
        f"{_plain_family(authors) or 'anonymous'}{year or 'nd'}"
        for authors, year in zip(table["authors"], table["year"], strict=True)
    ]
    keys, seen = [], {}
    for stem in stems:
        seen[stem] = seen.get(stem, 0) + 1
        n = seen[stem]
        keys.append(
            f"{stem}{chr(96 + n) if n <= 26 else f'-{n}'}" if stems.count(stem) > 1 else stem
        )
    return keys


def _plain_family(authors: str) -> str:
    first = (split_list(authors) or [""])[0]
    family = first.split(",")[0] if "," in first else (first.split() or [""])[-1]
    plain = unicodedata.normalize("NFKD", family.translate(str.maketrans("øØłŁđĐ", "oOlLdD")))
    return "".join(c for c in plain.lower() if c.isascii() and c.isalnum())


def write_bibtex(included: pd.DataFrame, records: pd.DataFrame) -> str:
    """BibTeX of the included reports, one entry per report under its key.

    bibtexparser was considered for writing: it keeps what it has read, while here every entry is
    made anew from a table, for which a dozen lines do.
    """
    by_record = records.set_index("record").to_dict("index")
    entries = [
        _bib_entry(key, by_record[record])
        for key, record in zip(included["key"], included["record"], strict=True)
    ]
    return "\n".join(entries) if entries else "% No report is included yet.\n"


def _bib_entry(key: str, row: dict) -> str:
    words = row["type"].lower()
    kind = next((k for word, k in ENTRY_KINDS.items() if word in words), "")
    kind = kind or ("article" if row["source"] else "misc")
    fields = {
        "author": " and ".join(split_list(row["authors"])),
        "title": "{" + one_line(row["title"]).translate(_TEX) + "}",
        HOUSE[kind]: one_line(row["source"]).translate(_TEX),
        "year": row["year"],
        "volume": row["volume"],
        "number": row["issue"],
        "pages": re.sub(r"\s*[-–—]+\s*", "--", row["pages"]),
        "doi": row["doi"],
        "url": "" if row["doi"] else row["url"],
    }
    fields["author"] = fields["author"].translate(_TEX)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{} ")]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"]) + "\n"


def to_asreview(records: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """All records with 1, 0 or nothing as `included`: what both reviewers have settled."""
    outcome = states.set_index("record")["title_abstract"]
    label = records["record"].map(outcome).map({"included": "1", "excluded": "0"}).fillna("")
    table = records.assign(included=label)[list(ASREVIEW.columns)]
    return table.sort_values("record", kind="stable").reset_index(drop=True)


def to_ris(records: pd.DataFrame, states: pd.DataFrame, stage: str) -> str:
    """RIS of the records that wait for decisions at a stage, by record id."""
    waiting = set(states.loc[states["state"].isin(WAITING[stage]), "record"])
    own = records[records["record"].isin(waiting)].sort_values("record", kind="stable")
    return "\n".join(_ris_entry(row) for row in own.to_dict("records"))


def _ris_entry(row: dict) -> str:
    start, _, end = row["pages"].partition("-")
    lines = [("TY", "JOUR"), ("TI", row["title"])]
    lines += [("AU", name) for name in split_list(row["authors"])]
    lines += [("T2", row["source"]), ("PY", row["year"]), ("VL", row["volume"])]
    lines += [("IS", row["issue"]), ("SP", start), ("EP", end), ("DO", row["doi"])]
    lines += [("AB", row["abstract"]), *(("KW", word) for word in split_list(row["keywords"]))]
    lines += [("UR", row["url"]), ("ID", row["record"]), ("AN", row["record"])]
    lines += [("N1", f"record {row['record']}")]
    kept = [f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines if value.strip()]
    return "".join(kept) + "ER  - \n"
