"""What is handed on: records to the tools in which people screen, and the included studies.

The table for ASReview has the column names that it recognises and, as `included`, the labels that
are settled, which ASReview uses as prior knowledge; the project for ASReview 3 holds the same. In RIS
the record id stands where the tools keep it: Rayyan in the notes, Covidence in the accession number.
So what comes back is matched by id.
"""

from collections.abc import Iterator

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.factors import term_index
from coproduction.core.text import split_list
from coproduction.formats.references import writing
from coproduction.formats.screening import asreview_project
from coproduction.screening.tables import ASREVIEW, EXCLUDED_FULL_TEXTS, INCLUDED, INCLUDED_AT, UNSCREENED

WAITING = {
    "title_abstract": (UNSCREENED, "title and abstract: partly screened"),
    "full_text": ("full text: awaited", "full text: not screened", "full text: partly screened"),
}


def to_asreview(records: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """All records with 1, 0 or nothing as `included`: what both reviewers have settled."""
    outcome = states.set_index("record")["title_abstract"]
    label = records["record"].map(outcome).map({"included": "1", "excluded": "0"}).fillna("")
    table = records.assign(included=label)[list(ASREVIEW.columns)]
    return table.sort_values("record", kind="stable").reset_index(drop=True)


def to_project(labelled: pd.DataFrame, criteria: pd.DataFrame) -> bytes:
    """The table for ASReview as a project of ASReview 3, with the criteria as tags for reasons of exclusion."""
    reasons = list(zip(criteria["criterion"], criteria["label"], strict=True))
    return asreview_project.project_bytes("Titles and abstracts", labelled, reasons)


def reached_full_text(states: pd.DataFrame) -> pd.Series:
    """Whether each record was passed on to be read in full, whatever came of it."""
    return states["title_abstract"] == INCLUDED_AT


def to_ris(records: pd.DataFrame, states: pd.DataFrame, stage: str) -> str:
    """RIS of the records that wait for decisions at a stage, by record id."""
    return "".join(in_ris(records, states, stage))


def in_ris(records: pd.DataFrame, states: pd.DataFrame, stage: str) -> Iterator[str]:
    """The same text in pieces, for very many records."""
    waiting = set(states.loc[states["state"].isin(WAITING[stage]), "record"])
    waiting_records = records[records["record"].isin(waiting)].sort_values("record", kind="stable")
    noted = [
        "; ".join(filter(None, (notes, f"record {record}")))
        for notes, record in zip(waiting_records["notes"], waiting_records["record"], strict=True)
    ]
    return writing.in_ris(waiting_records.assign(accession=waiting_records["record"], notes=noted))


def list_included(
    records: pd.DataFrame, states: pd.DataFrame, factors: pd.DataFrame, full_texts: pd.DataFrame
) -> pd.DataFrame:
    """INCLUDED, by first author, year and title; the keys are those of all records."""
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
    table["factor_names"] = ["; ".join(names[factor] for factor in split_list(ids)) for ids in table["factors"]]
    files = full_texts.groupby("record")["file"].agg("; ".join).to_dict()
    table["full_text"] = [files.get(record, "") for record in table["record"]]
    table["key"] = table["record"].map(writing.citation_keys(records))
    return accounting.table(table.to_dict("records"), INCLUDED)


def _texts(row: dict) -> list[tuple[str, str]]:
    return [(name, row[name]) for name in ("title", "abstract", "keywords") if row[name]]


def list_excluded(records: pd.DataFrame, states: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """EXCLUDED_FULL_TEXTS, by first author, year and title."""
    rows = states.loc[states["state"] == "full text: excluded", ["record", "reason"]]
    table = rows.merge(records, on="record", how="left", validate="one_to_one")
    labels = dict(zip(criteria["criterion"], criteria["label"], strict=True))
    table["label"] = [labels.get(reason, reason) for reason in table["reason"]]
    table = table.sort_values(["authors", "year", "title", "record"], kind="stable")
    return accounting.table(table.to_dict("records"), EXCLUDED_FULL_TEXTS)


def included_ris(included: pd.DataFrame, records: pd.DataFrame) -> str:
    """RIS of the included reports, with the record id as the accession number."""
    included_records = records.set_index("record", drop=False).loc[included["record"]]
    return writing.to_ris(included_records.assign(accession=included_records["record"]))


def to_bibtex(included: pd.DataFrame, records: pd.DataFrame) -> str:
    """BibTeX of the included reports, each under the key that it has among all records."""
    if included.empty:
        return "% No report is included yet.\n"
    keys = writing.citation_keys(records)
    return writing.to_bibtex(records.set_index("record", drop=False).loc[included["record"]], keys)
