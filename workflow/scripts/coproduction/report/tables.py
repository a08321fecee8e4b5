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
    "The search for names and identities before the report was released.",
    {
        "files": tables.whole("files in the results that were searched", low=0),
        "identities": tables.whole("names and identities that were searched for", low=0),
        "hits": tables.whole("occurrences found; the report is released if there are none", low=0),
        "let_through": tables.text("folders in which some names are permitted, separated by ;"),
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
        "whom": tables.text("who can act, such as councils or managers", filled=True),
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
        "answer": tables.text("the answer, or where it can be found", filled=True),
    },
)

CHECKLISTS = tables.schema(
    "report/checklists.csv",
    "Items of the reporting guidelines in brief, filled in where the workflow knows the answer.",
    {
        "guideline": tables.choice("which one", GUIDELINES),
        "item": tables.text("number of the item", filled=True),
        "section": tables.text("section of a report"),
        "topic": tables.text("what it asks for"),
        "state": tables.choice("to what extent it is answered", ["filled", "partly", "open"]),
        "answer": tables.text("answer of the workflow and of the authors"),
        "place": tables.text("label in the report or the supplement of requirement"),
    },
)
