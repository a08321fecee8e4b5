"""Tables of the topic model."""

from coproduction import tables

RECORD_TEXTS = tables.schema(
    "record texts",
    "What the topic model reads of each unique record.",
    {
        "record": tables.text("record id", filled=True),
        "title": tables.text("title"),
        "abstract": tables.text("abstract; empty when the export had none"),
        "keywords": tables.text("keywords, separated by ;"),
    },
)

TOPICS = tables.schema(
    "topics",
    "The topics of the abstracts, the most prevalent first.",
    {
        "topic": tables.text("topic id (T1 is the most prevalent)", filled=True),
        "terms": tables.text("terms of the highest weight, separated by ;"),
        "weight": tables.number("sum of the documents' shares of this topic"),
        "prevalence": tables.number("mean share over all documents (sums to 1 over topics)"),
        "documents": tables.whole("documents that count for this topic"),
        "exemplars": tables.text("records with the highest share, separated by ;"),
    },
)

CHOICE = tables.schema(
    "topic choice",
    "What speaks for each number of topics: means over the topics of a model.",
    {
        "topics": tables.whole("number of topics", low=1),
        "chosen": tables.choice("whether this is `topics.n_topics`", ["yes", "no"]),
        "coherence": tables.number("mean coherence (NPMI of the ten strongest terms, -1 to 1)"),
        "stability": tables.number("mean stability (agreement with models of draws, 0 to 1)"),
        "least_stable": tables.number("stability of the least stable topic"),
    },
)

QUALITY = tables.schema(
    "topic quality",
    "Coherence and stability of each topic of the chosen number, under its strongest terms.",
    {
        "topic": tables.text("topic id", filled=True, unique=True),
        "terms": tables.text("the ten strongest terms, separated by ;", filled=True),
        "coherence": tables.number("coherence (NPMI, -1 to 1)"),
        "stability": tables.number("stability (0 to 1)"),
    },
)

DOCUMENTS = tables.schema(
    "topic documents",
    "The topic of each record and what became of it.",
    {
        "record": tables.text("record id", filled=True),
        "topic": tables.text("strongest topic; empty when the record could not be modelled"),
        "share": tables.number("share of that topic among the record's topic weights"),
        "outcome": tables.choice(
            "what became of the record", ["assigned", "below threshold", "no abstract", "no terms"]
        ),
        "shares": tables.text("shares of all topics in order, separated by ;"),
    },
)
