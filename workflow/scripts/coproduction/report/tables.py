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
        "let_through": tables.text("folders in which people let some names through, separated by ;"),
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
        "whom": tables.text("who can do it, such as councils or managers", filled=True),
        "advice": tables.text("what they can do, in a sentence", filled=True),
    },
)

GUIDELINES = ["PRISMA 2020", "PRISMA-S", "COREQ", "SRQR", "DELPHISTAR", "ACCORD", "GRAMMS"]

STUDY_CHECKLISTS = tables.people(
    "report/checklists.csv",
    "Answers of the authors to items of the reporting guidelines.",
    {
        "guideline": tables.choice("which one", GUIDELINES),
        "item": tables.text("number of the item, such as 9, 13a or M16", filled=True),
        "answer": tables.text("the answer, or where it stands", filled=True),
    },
)

CHECKLISTS = tables.schema(
    "report/checklists.csv",
    "Items of the reporting guidelines in short words, filled where the workflow knows the answer.",
    {
        "guideline": tables.choice("which one", GUIDELINES),
        "item": tables.text("number of the item", filled=True),
        "section": tables.text("section of a report"),
        "topic": tables.text("what it asks for"),
        "state": tables.choice("how far it is answered", ["filled", "partly", "open"]),
        "answer": tables.text("answer of the workflow and of the authors"),
        "place": tables.text("label in the report or the supplement of what is asked for"),
    },
)
