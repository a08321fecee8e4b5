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
        "topic weights. Topics describe the literature; they decide on no record.",
        "Models with other numbers of topics were compared by the coherence of the ten strongest "
        "terms of each topic (normalised pointwise mutual information, from -1 to 1; @lau2014) and "
        "by the stability of the topics: their agreement, from 0 to 1, with the topics of "
        f"{settings.compared_draws} models that each leave out a fifth of the records "
        f"[@greene2014]. At most {settings.compared_records:,} records were used for this. The "
        "measures inform the choice of the number; they do not make it.",
    )


def results(
    topics: pd.DataFrame,
    documents: pd.DataFrame,
    choice: pd.DataFrame,
    quality: pd.DataFrame,
    records: pd.DataFrame,
) -> str:
    """The results: topics with their records, and what speaks for their number; or what is awaited."""
    if topics.empty:
        n = int((documents["outcome"] != "no abstract").sum())
        return md.paragraphs(
            f"There are no topics yet: {md.plural(n, 'record')} with an abstract "
            f"{'is' if n == 1 else 'are'} too few for a model. The topics follow as soon as the "
            "database exports are in `searches/`."
        )
    first = ", ".join(split_list(topics.iloc[0]["terms"])[:3])
    return md.paragraphs(
        _lead(topics, documents, first),
        md.figure(
            "figures/topics/prevalence",
            "Topics of the abstracts by prevalence, with their strongest terms.",
            "topics-prevalence",
            f"Bar chart of {len(topics)} topics by prevalence; the largest is about {first}.",
        ),
        _terms_table(topics, quality),
        _records_table(topics, records),
        *_choice_part(choice, quality),
    )


def _lead(topics: pd.DataFrame, documents: pd.DataFrame, first: str) -> str:
    n = documents["outcome"].value_counts()
    modelled = int(n.sum() - n.get("no abstract", 0))
    share = 100 * topics.iloc[0]["prevalence"]
    return (
        f"Of {len(documents):,} unique records, {modelled:,} have an abstract: "
        f"{n.get('assigned', 0):,} have a clear topic{_others(n)}. The most prevalent topic ({first}) "
        f"takes {share:.0f} % of the weights (@fig-topics-prevalence, @tbl-topics-terms). The records "
        "to read first for each topic are in @tbl-topics-records."
    )


def _terms_table(topics: pd.DataFrame, quality: pd.DataFrame) -> str:
    shown = topics[["topic", "terms", "prevalence", "documents"]].assign(
        terms=topics["terms"].str.replace(";", ", "),
        prevalence=(100 * topics["prevalence"]).round().astype("Int64"),
    )
    measured = quality.set_index("topic")[["coherence", "stability"]]
    for name in measured:
        shown[name] = shown["topic"].map(measured[name])
    names = {
        "topic": "Topic",
        "terms": "Terms",
        "prevalence": "Prevalence, %",
        "documents": "Records",
        "coherence": "Coherence",
        "stability": "Stability",
    }
    return md.table(
        shown,
        "Topics and their terms; records: those that count for it.",
        "topics-terms",
        names,
        widths=[2, 10, 3, 2, 3, 3],
        digits=2,
    )


def _records_table(topics: pd.DataFrame, records: pd.DataFrame) -> str:
    titles = dict(zip(records["record"], records["title"], strict=True))
    rows = [
        {"topic": row.topic if n == 0 else "", "record": record, "title": titles.get(record, "")}
        for row in topics.itertuples(index=False)
        for n, record in enumerate(split_list(row.exemplars))
    ]
    names = {"topic": "Topic", "record": "Record", "title": "Title"}
    caption = "The records with the highest share of each topic."
    return md.table(pd.DataFrame(rows), caption, "topics-records", names, widths=[2, 4, 14])


def _choice_part(choice: pd.DataFrame, quality: pd.DataFrame) -> list[str]:
    """What speaks for the number of topics, and which topic to read with care."""
    if len(choice) < 2:
        return []
    chosen = choice[choice["chosen"] == "yes"].iloc[0]
    coherent = choice.loc[choice["coherence"].fillna(-2).idxmax()]
    stable = choice.loc[choice["stability"].idxmax()]
    least = quality.loc[quality["stability"].idxmin()]
    text = (
        f"With the {int(chosen['topics'])} topics chosen, mean coherence is "
        f"{md.number(chosen['coherence'], 2)} and mean stability {md.number(chosen['stability'], 2)} "
        f"(@fig-topics-choice). Of the numbers compared, coherence is highest with "
        f"{int(coherent['topics'])} ({md.number(coherent['coherence'], 2)}) and stability with "
        f"{int(stable['topics'])} ({md.number(stable['stability'], 2)}). Least stable is "
        f"{least['topic']} ({md.number(least['stability'], 2)})."
    )
    return [
        text,
        md.figure(
            "figures/topics/choice",
            "Coherence and stability of models by their number of topics.",
            "topics-choice",
            f"Two line charts over {len(choice)} numbers of topics: coherence, highest with "
            f"{int(coherent['topics'])}, and stability, highest with {int(stable['topics'])}.",
        ),
    ]


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
