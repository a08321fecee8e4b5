"""Tables of the literature: what people put in, and what the steps hand on."""

import numpy as np
import pandas as pd

from coproduction.core import tables
from coproduction.formats.references.fields import FIELDS

_FIELD_TEXT = {
    "title": "title without markup",
    "abstract": "abstract without markup",
    "authors": "authors as Family, Given, separated by ;",
    "year": "year of publication",
    "source": "journal, proceedings or book",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages or article number",
    "doi": "DOI in lower case, without resolver",
    "pmid": "PubMed number",
    "keywords": "keywords, separated by ;",
    "type": "article, conference paper, chapter, book, thesis, report, preprint, erratum, …",
    "language": "language as the database names it",
    "url": "address",
    "accession": "the database's own number",
    "editors": "editors as Family, Given, separated by ;",
    "publisher": "publisher or institution",
    "place": "place of publication",
    "issn": "ISSN, several separated by ;",
    "isbn": "ISBN, several separated by ;",
    "series": "series of books or reports",
    "edition": "edition",
    "affiliations": "addresses of the authors, separated by ;",
    "notes": "notes, separated by ;",
}
SHOWN_FIELDS = ("title", "authors", "year", "source", "volume", "pages", "doi", "file")
CHANGE_KINDS = ["characters", "markup", "form"]
OUTCOMES = ["merged", "linked", "doubtful", "decided: merge", "decided: keep"]

SEARCHES = tables.people(
    "searches/searches.csv",
    "Every search (PRISMA-S): one row per database and exported file.",
    {
        "database": tables.text("database as it should be named in the report", filled=True),
        "platform": tables.text("platform or interface", required=False),
        "date": tables.day("day of the search (2026-03-14)", exact=False, required=False),
        "query": tables.text("full search string, copied exactly", required=False),
        "file": tables.text("exported file in searches/; several separated by ;"),
        "hits": tables.whole("number of records that the database reported", required=False, low=0),
    },
)

DUPLICATE_DECISIONS = tables.people(
    "searches/duplicate_decisions.csv",
    "Decisions on doubtful pairs. Copy rows of results/literature/review_pairs.csv (or "
    "pairs.csv) and fill in the decision.",
    {
        "pair": tables.text("the pair's id, as in review_pairs.csv", filled=True),
        "decision": tables.choice("merge or keep (apart)", ["merge", "keep", ""]),
    },
)

PEOPLE_CORRECTIONS = tables.people(
    "searches/corrections.csv",
    "Corrections of records, such as an abstract that belongs to another article; several files are possible "
    "(`corrections_ann.csv`). The exports themselves are not changed.",
    {
        "record": tables.text("record id, or the id of any of its entries", filled=True),
        "field": tables.text("field of records.csv, such as title, abstract or year", filled=True),
        "value": tables.text("correct value", filled=True),
        "who": tables.text("code or initials of the person who corrects", required=False),
        "date": tables.day("day of the correction", exact=False, required=False),
        "note": tables.text("where the right value was found", required=False),
    },
)

ENTRIES = tables.schema(
    "literature/entries.csv",
    "Every entry that could be read, with its location in the exports.",
    {
        "entry": tables.text("entry id: the same for entries that say the same", filled=True),
        "file": tables.text("exported file", filled=True),
        "number": tables.whole("number of the entry in the file", low=1),
        "line": tables.whole("line on which it begins (row of a spreadsheet, place in a JSON list)", low=0),
        "database": tables.text("database, from searches.csv or the file's name"),
        "own": tables.text("record id of this entry by itself", filled=True),
        **{name: tables.text(_FIELD_TEXT[name]) for name in FIELDS},
        "repaired": tables.text("what was repaired in the file to read the entry"),
    },
)

REFUSED = tables.schema(
    "literature/refused.csv",
    "Every entry that could not be read, with the reason.",
    {
        "file": tables.text("exported file", filled=True),
        "number": tables.whole("number of the entry in the file", low=1),
        "line": tables.whole("line on which it begins (row of a spreadsheet, place in a JSON list)", low=0),
        "reason": tables.text("why it was refused", filled=True),
        "text": tables.text("its beginning"),
    },
)

CHANGES = tables.schema(
    "literature/changes.csv",
    "Raw values of fields that cleaning changed (other than spaces): characters of a "
    "wrong encoding; markup such as tags, entities and TeX; or only the form, such as the order "
    "of names, one of several values, or numbers without surrounding text.",
    {
        "file": tables.text("exported file", filled=True),
        "number": tables.whole("number of the entry in the file", low=1),
        "field": tables.text("field of the entry", filled=True),
        "kind": tables.choice("what was changed", CHANGE_KINDS),
        "raw": tables.text("value as in the file"),
    },
)

OTHER_FIELDS = tables.schema(
    "literature/other_fields.csv",
    "Contents of the entries beyond the fields of a record, as in the file.",
    {
        "file": tables.text("exported file", filled=True),
        "number": tables.whole("number of the entry in the file", low=1),
        "tag": tables.text("tag or column name of the format"),
        "value": tables.text("value; repeated ones separated by ;"),
    },
)

OUTSIDE = tables.schema(
    "literature/outside.csv",
    "Contents of a file besides its entries: headings, counters, links, search strategies, comments. "
    "Every line that is not blank belongs to an entry or is listed here.",
    {
        "file": tables.text("exported file", filled=True),
        "line": tables.whole("line on which it begins", low=1),
        "lines": tables.whole("number of lines, not counting blank ones", low=1),
        "reason": tables.text("where it was found", filled=True),
        "text": tables.text("its beginning"),
    },
)

IMPORTS = tables.schema(
    "literature/imports.csv",
    "Every exported file: found = read + refused, beside the hits that the search stated.",
    {
        "file": tables.text("exported file", filled=True),
        "database": tables.text("database"),
        "platform": tables.text("platform"),
        "date": tables.text("day of the search"),
        "query": tables.text("search string"),
        "format": tables.text("format, found from the content"),
        "encoding": tables.text("encoding, found from the content"),
        "hits": tables.whole("records stated in searches.csv", low=0),
        "found": tables.whole("entries found in the file", low=0),
        "read": tables.whole("entries read", low=0),
        "refused": tables.whole("entries refused", low=0),
        "repaired": tables.whole(
            "entries read after a repair of their structure, of characters in a wrong encoding, or of markup", low=0
        ),
        "outside": tables.whole("lines that belong to no entry (see outside.csv)", low=0),
        "note": tables.text("discrepancies"),
    },
)

PAIRS = tables.schema(
    "literature/pairs.csv",
    "Every pair of entries that was merged, linked, doubtful or decided by people, with the evidence.",
    {
        "pair": tables.text("pair id: the two entry ids joined by +", filled=True),
        "outcome": tables.choice("outcome of the pair", OUTCOMES),
        "score": tables.number("sum of the weights of evidence (base-2 logarithm)"),
        "reason": tables.text("what rules out a merge or makes it doubtful"),
        "evidence": tables.text("weight of each field, for or against a merge"),
    },
)

REVIEW_PAIRS = tables.schema(
    "literature/review_pairs.csv",
    "Doubtful pairs, side by side, for people to decide (merge or keep).",
    {
        "pair": tables.text("pair id, to be copied with the decision", filled=True),
        "decision": tables.text("to be filled in: merge or keep"),
        "score": tables.number("sum of the weights of evidence"),
        "reason": tables.text("what makes it doubtful"),
        "evidence": tables.text("weight of each field"),
        **{
            f"{side}_{name}": tables.text(f"{name} of the {side} entry")
            for name in SHOWN_FIELDS
            for side in ("first", "second")
        },
    },
)

MERGES_TO_CHECK = tables.schema(
    "literature/merges_to_check.csv",
    "The least certain merges and the most similar pairs that were not merged, side by side: at most "
    "fifty of each, one per pair of clusters. To change one, copy the pair to "
    "`searches/duplicate_decisions.csv` with the decision named here.",
    {
        "pair": tables.text("pair id, to be copied with the decision", filled=True),
        "outcome": tables.choice("outcome of the pair", OUTCOMES),
        "to_change": tables.choice("the decision that changes it", ["merge", "keep"]),
        "score": tables.number("sum of the weights of evidence"),
        "reason": tables.text("what ruled out a merge or made it doubtful"),
        "evidence": tables.text("weight of each field"),
        **{
            f"{side}_{name}": tables.text(f"{name} of the {side} entry")
            for name in SHOWN_FIELDS
            for side in ("first", "second")
        },
    },
)

FIELD_COUNTS = tables.schema(
    "literature/field_counts.csv",
    "The number of entries of each file that have each field; it reveals an export without abstracts or keywords.",
    {
        "file": tables.text("exported file", filled=True, unique=True),
        "format": tables.text("format, found from the content"),
        "entries": tables.whole("entries read", low=0),
        **{name: tables.whole(f"entries with {_FIELD_TEXT[name]}", low=0) for name in FIELDS},
    },
)

CLUSTERS = tables.schema(
    "literature/clusters.csv",
    "Which record each entry belongs to.",
    {
        "file": tables.text("exported file", filled=True),
        "number": tables.whole("number of the entry in the file", low=1),
        "entry": tables.text("entry id", filled=True),
        "cluster": tables.text("smallest entry id of the cluster", filled=True),
    },
)

_RECORD_FIELDS = [name for name in FIELDS if name not in ("url", "accession")]
RECORDS = tables.schema(
    "literature/records.csv",
    "The unique records after deduplication; every field comes from one entry (see origins.csv).",
    {
        "record": tables.text("record id", filled=True),
        **{name: tables.text(_FIELD_TEXT[name]) for name in _RECORD_FIELDS},
        "databases": tables.text("databases that have it, separated by ;"),
        "members": tables.text("other ids of its entries, separated by ;"),
        "accessions": tables.text("each database and its own number of the record, separated by ;"),
        "url": tables.text(_FIELD_TEXT["url"]),
    },
)

ORIGINS = tables.schema(
    "literature/origins.csv",
    "The entry (file#number) that each field of a record was taken from.",
    {
        "record": tables.text("record id", filled=True),
        **{name: tables.text(f"origin of the {name}") for name in (*_RECORD_FIELDS, "url")},
    },
)

CORRECTIONS = tables.schema(
    "literature/corrections.csv",
    "Every correction by people, with the previous value and the outcome.",
    {
        "record": tables.text("record id; as written where there is no such record", filled=True),
        "field": tables.text("field", filled=True),
        "value": tables.text("value now"),
        "before": tables.text("value in the exports"),
        "who": tables.text("who corrected it"),
        "date": tables.text("day of the correction"),
        "note": tables.text("note"),
        "file": tables.text("file of the correction", filled=True),
        "row": tables.whole("row in the file", low=1),
        "outcome": tables.choice("outcome", ["obeyed", "no change", "record not found"]),
    },
)

LINKS = tables.schema(
    "literature/links.csv",
    "Records that belong together but are not the same (versions, parts, corrections).",
    {
        "record": tables.text("record id", filled=True),
        "other": tables.text("record id of the other", filled=True),
        "relation": tables.text("how they are related", filled=True),
    },
)


REFERENCES = tables.schema(
    "literature/references.csv",
    "The works cited by the records, if the exports contain cited references: the works that two records "
    "or more cite, and the records that others cite. Works are matched by DOI, by first author, year, volume and "
    "page, by the number of OpenAlex or Lens, or by their whole wording.",
    {
        "record": tables.text("record id of the citing record", filled=True),
        "work": tables.text("id of the cited work", filled=True),
        "cited_record": tables.text("record id of the cited work, where it is one of the records"),
        "reference": tables.text("wording of the first record that cites it"),
    },
)


def table_of(rows: list[dict], form: tables.Table) -> pd.DataFrame:
    """A typed table of a schema from dicts; what they leave out is empty."""
    return table_of_columns({name: [row.get(name, "") for row in rows] for name in form.columns}, form)


def table_of_columns(columns: dict[str, list], form: tables.Table) -> pd.DataFrame:
    """A typed table of a schema from its columns, which are used up."""
    typed_columns = {}
    for name, column in form.columns.items():
        values = columns.pop(name)
        if column.kind == "text":
            typed_columns[name] = tables.words_of(values)
        elif column.kind == "whole":
            typed_columns[name] = pd.array([None if value == "" else value for value in values], dtype="Int64")
        else:
            typed_columns[name] = np.array(
                [np.nan if value is None or value == "" else value for value in values], dtype=float
            )
    return pd.DataFrame(typed_columns, copy=False)
