"""Tables of the topic model."""

from coproduction.core import tables

TOPICS = tables.schema(
    "topics/topics.csv",
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

CHOICE_OF_NUMBER = tables.schema(
    "topics/choice_of_number.csv",
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
    "topics/quality.csv",
    "Coherence and stability of each topic of the chosen number, under its strongest terms.",
    {
        "topic": tables.text("topic id", filled=True, unique=True),
        "terms": tables.text("the ten strongest terms, separated by ;", filled=True),
        "coherence": tables.number("coherence (NPMI, -1 to 1)"),
        "stability": tables.number("stability (0 to 1)"),
    },
)

DOCUMENTS = tables.schema(
    "topics/documents.csv",
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
