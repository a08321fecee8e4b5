"""What the topics hand over to the whole study: how far they are, and where every record went."""

import pandas as pd

from coproduction.core import accounting


def status(topics: pd.DataFrame, documents: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """STATUS: the model, and the names that people give the topics."""
    modelled = int(documents["outcome"].isin(["assigned", "below threshold"]).sum())
    awaits = len(documents) > 0 and not len(topics)  # without records it is the literature that waits
    row = accounting.status_row(
        technique="topics",
        step="Topics of the abstracts",
        done=modelled,
        total=modelled if len(topics) else int((documents["outcome"] != "no abstract").sum()),
        unit="record",
        awaited="more records with an abstract, from whoever runs the searches" if awaits else "",
        put_in="searches/" if awaits else "",
    )
    rows = [row] + ([_names(topics, named)] if len(topics) else [])
    return accounting.table(rows, accounting.STATUS)


def _names(topics: pd.DataFrame, named: pd.DataFrame) -> dict:
    unfitting = named.loc[named["state"] != "fits", "name"].tolist()
    fitting = len(named) - len(unfitting)
    awaited = "a name for each topic, from the research team (form: results/forms/topics.xlsx)"
    if unfitting:
        awaited = f"a review of names that no longer fit a topic: {accounting.some(unfitting)}"
    waits = unfitting or fitting < len(topics)
    return accounting.status_row(
        technique="topics",
        step="Names of the topics",
        done=fitting,
        total=len(topics),
        unit="topic",
        awaited=awaited if waits else "",
        put_in="topics.csv" if waits else "",
    )


def account(documents: pd.DataFrame) -> pd.DataFrame:
    """Where every record went."""
    outcomes = accounting.counts(documents["outcome"])
    rows = accounting.account_rows("topics", "record", "literature/records.csv", outcomes)
    return accounting.table(rows, accounting.ACCOUNT)
