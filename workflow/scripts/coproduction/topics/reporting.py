"""What the report says of the topics."""

import pandas as pd

from coproduction import markdown as md
from coproduction import progress
from coproduction.text import split_list
from coproduction.topics.settings import TopicsSettings


def methods(settings: TopicsSettings, seed: int) -> str:
    """The method note, from the settings."""
    return md.paragraphs(
        "Title, abstract and keywords of every unique record were turned into TF-IDF weights of "
        f"words and phrases of up to {md.plural(settings.ngrams, 'word')} (used in at least "
        f"{md.plural(settings.min_documents, 'record')} and in at most "
        f"{100 * settings.max_share:.0f} % of them), and factorised into {settings.n_topics} topics "
        f"by non-negative matrix factorisation [@lee1999] (seed {seed}). A record counts for its "
        f"strongest topic when that topic has at least {100 * settings.min_weight:.0f} % of its "
        "topic weights. Topics describe the literature; they decide on no record."
    )


def results(topics: pd.DataFrame, documents: pd.DataFrame) -> str:
    """The results: figure and table, or what is awaited."""
    if topics.empty:
        n = int((documents["outcome"] != "no abstract").sum())
        return md.paragraphs(
            f"There are no topics yet: {md.plural(n, 'record')} with an abstract "
            f"{'is' if n == 1 else 'are'} too few for a model. The topics follow as soon as the "
            "database exports are in `searches/`."
        )
    n = documents["outcome"].value_counts()
    modelled = int(n.sum() - n.get("no abstract", 0))
    lead = topics.iloc[0]
    shown = topics[["topic", "terms", "prevalence", "documents"]].assign(
        terms=topics["terms"].str.replace(";", ", "), prevalence=100 * topics["prevalence"]
    )
    names = {
        "topic": "Topic",
        "terms": "Terms",
        "prevalence": "Prevalence, %",
        "documents": "Records",
    }
    first = ", ".join(split_list(lead["terms"])[:3])
    return md.paragraphs(
        f"Of {len(documents):,} unique records, {modelled:,} have an abstract: "
        f"{n.get('assigned', 0):,} have a clear topic{_others(n)}. The most prevalent topic ({first}) takes "
        f"{100 * lead['prevalence']:.0f} % of the weights (@fig-topics-prevalence, "
        "@tbl-topics-terms).",
        md.figure(
            "figures/topics/prevalence",
            "Topics of the abstracts by prevalence, with their strongest terms.",
            "topics-prevalence",
            f"Bar chart of {len(topics)} topics by prevalence; the largest is about {first}.",
        ),
        md.table(
            shown,
            "Topics and their terms; records: those whose strongest topic it is.",
            "topics-terms",
            names,
            widths=[2, 12, 3, 3],
            digits=0,
        ),
    )


def _others(n: pd.Series) -> str:
    spread, wordless = n.get("below threshold", 0), n.get("no terms", 0)
    words = f", {spread:,} {'is' if spread == 1 else 'are'} spread over several" if spread else ""
    return words + (
        f", {wordless:,} {'has' if wordless == 1 else 'have'} none of the terms" if wordless else ""
    )


def status(topics: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row of STATUS."""
    modelled = int(documents["outcome"].isin(["assigned", "below threshold"]).sum())
    awaited = "" if len(topics) else "more records with an abstract, from whoever runs the searches"
    total = modelled if len(topics) else int((documents["outcome"] != "no abstract").sum())
    row = progress.status_row(
        "topics", "Topics of the abstracts", modelled, total, "record", awaited,
        "searches/" if awaited else "",
    )  # fmt: skip
    return progress.table([row], progress.STATUS)


def account(documents: pd.DataFrame) -> pd.DataFrame:
    """Where every record went."""
    n = documents["outcome"].value_counts().sort_index()
    outcomes = {str(name): int(count) for name, count in n.items()}
    rows = progress.account_rows("topics", "record", "literature/records.csv", outcomes)
    return progress.table(rows, progress.ACCOUNT)
