"""What the topics hand over to the whole study: how far they are, and where every record went."""

import pandas as pd

from coproduction.core import accounting


def status(topics: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row of STATUS."""
    modelled = int(documents["outcome"].isin(["assigned", "below threshold"]).sum())
    row = accounting.status_row(
        technique="topics",
        step="Topics of the abstracts",
        done=modelled,
        total=modelled if len(topics) else int((documents["outcome"] != "no abstract").sum()),
        unit="record",
        awaited=""
        if len(topics)
        else "more records with an abstract, from whoever runs the searches",
        put_in="" if len(topics) else "searches/",
    )
    return accounting.table([row], accounting.STATUS)


def account(documents: pd.DataFrame) -> pd.DataFrame:
    """Where every record went."""
    outcomes = accounting.counts(documents["outcome"])
    rows = accounting.account_rows("topics", "record", "literature/records.csv", outcomes)
    return accounting.table(rows, accounting.ACCOUNT)
