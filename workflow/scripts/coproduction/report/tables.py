"""Tables that the report keeps of how it was made."""

from coproduction.core import tables

SOFTWARE = tables.schema(
    "house/software.csv",
    "The software that the steps use, as their scripts and the library behind them import it.",
    {
        "package": tables.text("name of the distribution", filled=True),
        "version": tables.text("version; empty where the settings were kept without it"),
        "steps": tables.text("steps (rules) that use it, separated by ;", filled=True),
    },
)

RELEASED = tables.schema(
    "report/released.csv",
    "What was searched for names and identities before the report was released.",
    {
        "files": tables.whole("files among the results that were searched", low=0),
        "identities": tables.whole("names and identities that were looked for", low=0),
        "hits": tables.whole("found; the report is released where there are none", low=0),
        "let_through": tables.text(
            "folders in which people let some names through, separated by ;"
        ),
    },
)

DATA_DICTIONARY = tables.schema(
    "archive/data_dictionary.csv",
    "Every column of every table that the workflow makes.",
    {
        "file": tables.text("file in the archive; * stands for each technique", filled=True),
        "column": tables.text("column; * stands for each technique of the settings", filled=True),
        "kind": tables.text("text, number or whole number", filled=True),
        "meaning": tables.text("what it says"),
        "values": tables.text("the values that a column with a closed list takes, separated by ;"),
    },
)

ADVICE = tables.people(
    "report/advice.csv",
    "What the policy brief advises on a condition, in the words of the research team.",
    {
        "factor": tables.text("factor id of the codebook", filled=True),
        "whom": tables.text("who can do it, such as councils or service managers", filled=True),
        "advice": tables.text("what they can do, in a sentence", filled=True),
    },
)
