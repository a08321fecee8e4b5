"""What people take to the tool in which they screen: ASReview, Rayyan, Covidence.

The table for ASReview has the column names that it recognises and, as `included`, the labels that
are settled, which it takes as prior knowledge. In RIS the record id stands where the tools keep it:
Rayyan in the notes, Covidence in the accession number. So what comes back is matched by id.
"""

import pandas as pd

from coproduction.core.text import split_list
from coproduction.screening.states import UNSCREENED

ASREVIEW = ["record", "title", "abstract", "authors", "keywords", "year", "doi", "url", "included"]
WAITING = {
    "title_abstract": (UNSCREENED, "title and abstract: partly screened"),
    "full_text": ("full text: awaited", "full text: not screened", "full text: partly screened"),
}


def to_asreview(records: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """All records with 1, 0 or nothing as `included`: what both reviewers have settled."""
    outcome = standing.set_index("record")["title_abstract"]
    label = records["record"].map(outcome).map({"included": "1", "excluded": "0"}).fillna("")
    table = records.assign(included=label)[ASREVIEW]
    return table.sort_values("record", kind="stable").reset_index(drop=True)


def to_ris(records: pd.DataFrame, standing: pd.DataFrame, stage: str) -> str:
    """RIS of the records that wait for decisions at a stage, by record id."""
    waiting = set(standing.loc[standing["state"].isin(WAITING[stage]), "record"])
    own = records[records["record"].isin(waiting)].sort_values("record", kind="stable")
    return "\n".join(_entry(row) for row in own.to_dict("records"))


def _entry(row: dict) -> str:
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
