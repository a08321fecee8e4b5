"""What the literature hands over to the rest of the study: how far it is, where every entry went."""

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.core.text import some

UNKNOWN = "record not found"  # outcome of a correction
TECHNIQUE = "literature"


def status(imports: pd.DataFrame, pairs: pd.DataFrame, corrections: pd.DataFrame | None = None) -> pd.DataFrame:
    """How far the import and the decisions on doubtful pairs are, and corrections that name no record."""
    n_imported = int((imports["found"] > 0).sum())
    missing = imports.loc[imports["note"] == "the file is not in searches/", "file"].tolist()
    awaited = ""
    if imports.empty:
        awaited = "database exports, from whoever runs the searches"
    elif missing:
        awaited = f"the database exports {some(missing, shown=10)}, from whoever runs the searches"
    elif (imports["note"] == "not described in searches.csv").any():
        awaited = "a description of the searches in searches.csv (database, platform, date, query, file, hits)"
    n = pairs["outcome"].value_counts()
    decided = int(n.get("decided: merge", 0) + n.get("decided: keep", 0))
    doubtful = int(n.get("doubtful", 0))
    rows = [
        accounting.status_row(
            TECHNIQUE, "Database exports", n_imported, len(imports), "file", awaited, "searches/" if awaited else ""
        )
    ]
    if decided + doubtful:
        question = f"decisions on {md.plural(doubtful, 'pair')} (listed in results/literature/review_pairs.csv)"
        rows.append(
            accounting.status_row(
                TECHNIQUE,
                "Decisions on doubtful duplicates",
                decided,
                decided + doubtful,
                "pair",
                f"{question}, from the reviewers" if doubtful else "",
                "searches/duplicate_decisions.csv" if doubtful else "",
            )
        )
    unknown_records = (
        [] if corrections is None else corrections.loc[corrections["outcome"] == UNKNOWN, "record"].tolist()
    )
    if unknown_records:
        words = f"existing record ids in place of {accounting.some(sorted(set(unknown_records)))}"
        step = "Corrections of records that do not count"
        rows.append(
            accounting.status_row(TECHNIQUE, step, 0, len(unknown_records), "row", words, "searches/corrections.csv")
        )
    return accounting.table(rows, accounting.STATUS)


def account(imports: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """Where every entry of every file went; the first entry of a cluster is the one that counts."""
    duplicate = clusters["cluster"].duplicated()
    merged = clusters["file"][duplicate].value_counts()
    unique = clusters["file"][~duplicate].value_counts()
    rows = []
    for file, refused in zip(imports["file"], imports["refused"], strict=True):
        outcomes = {
            "refused": int(refused),
            "merged as duplicate": int(merged.get(file, 0)),
            "unique": int(unique.get(file, 0)),
        }
        rows += accounting.account_rows(TECHNIQUE, "record", file, outcomes)
    return accounting.table(rows, accounting.ACCOUNT)
