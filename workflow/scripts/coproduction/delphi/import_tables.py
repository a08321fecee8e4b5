"""Tables that the import of the round files makes: what was read, what was not, and what is asked."""

from coproduction.core import tables
from coproduction.delphi.study_tables import STUDY_PANEL, STUDY_ROUNDS, STUDY_STATEMENTS, YES_NO

ANSWERED = ["rated", "no opinion", "missing", "not asked", "refused"]
OUTCOMES = [  # of a submission
    "counts",
    "double submission",
    "revised later",
    "not in the panel",
    "without an id",
    "late",
    "test or preview",
    "spam",
    "not approved",
    "summary row",
    "empty",
]
NO_RATING = "not a single rating: refused"  # reason of UNMATCHED
TAKEN_FOR = [
    "panellist",
    "time",
    "round",
    "statement",
    "rating",
    "comment",
    "no opinion",
    "column of the survey tool",
    "asked about",
    "not used",
]

STATEMENTS = tables.schema(STUDY_STATEMENTS.file, "The statements as the workflow read them.", STUDY_STATEMENTS.columns)

ROUNDS = tables.schema(
    STUDY_ROUNDS.file,
    "The rounds as read; `linked` says of each round with a file whether its ids link people.",
    STUDY_ROUNDS.columns,
)

COLUMNS_TO_SETTLE = tables.schema(
    "delphi/columns_to_settle.csv",
    "Columns that may belong to a statement. Fill in the roles and save the file in delphi/ as columns.csv.",
    {
        "file": tables.text("round file", filled=True),
        "column": tables.text("heading in the round file", filled=True),
        "role": tables.text("to be filled in: rating, comment, no opinion, ignore …"),
        "statement": tables.text("statement it may be about; correct it if it is a different one"),
        "asked": tables.text("reason for asking", filled=True),
        "heading": tables.text("words of a second header row"),
    },
)

QUESTIONS = tables.schema(
    "delphi/questions.csv",
    "Plausible but possibly wrong data in the round files: the evidence, and where to answer.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "question": tables.text("what is asked", filled=True),
        "evidence": tables.text("what was seen in the file", filled=True),
        "answer": tables.text("how to answer so that the question is not asked again", filled=True),
    },
)

COLUMNS_READ = tables.schema(
    "delphi/columns_read.csv",
    "Every column of every round file, and how it was interpreted.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "column": tables.text("heading in the round file", filled=True),
        "heading": tables.text("words of a second header row"),
        "taken_for": tables.choice("how it was interpreted", TAKEN_FOR),
        "statement": tables.text("statement that it is about"),
        "reason": tables.text("why it is not used, or what is asked"),
    },
)

PANEL = tables.schema(
    STUDY_PANEL.file,
    "The panel as read or, without one, everybody who responded.",
    {**STUDY_PANEL.columns, "listed": tables.choice("whether panel.csv lists the panellist", ["yes", "no"])},
)

RATINGS = tables.schema(
    "delphi/ratings.csv",
    "One row per panellist, statement and round, from the submission that counts.",
    {
        "round": tables.whole("round"),
        "panellist": tables.text("pseudonym", filled=True),
        "group": tables.text("group of the panel"),
        "statement": tables.text("statement id", filled=True),
        "version": tables.whole("wording that was asked"),
        "status": tables.choice("what the panellist did", ANSWERED),
        "rating": tables.number("rating; empty unless rated"),
        "comment": tables.text("comment as written or reworded; empty where it is withheld"),
    },
)

SUBMISSIONS = tables.schema(
    "delphi/submissions.csv",
    "Every row of the round files and whether it counts.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "row": tables.whole("row in the file"),
        "panellist": tables.text("pseudonym as in the panel, else as in the file"),
        "submitted": tables.text("time (ISO); empty when not finished"),
        "finished": tables.choice("whether it is finished, according to the survey tool", YES_NO),
        "late": tables.choice("after the last day of the round", YES_NO),
        "outcome": tables.choice("whether it counts", OUTCOMES),
    },
)


REVISIONS = tables.schema(
    "delphi/revisions.csv",
    "All answers in order, of rounds in which panellists answered a statement more than once.",
    {
        "round": tables.whole("round"),
        "panellist": tables.text("pseudonym", filled=True),
        "statement": tables.text("statement id", filled=True),
        "order": tables.whole("1 for the first answer", low=1),
        "submitted": tables.text("time (ISO) where the file has one"),
        "status": tables.choice("what the panellist did", ANSWERED),
        "rating": tables.number("rating; empty unless rated"),
        "counts": tables.choice("whether this answer counts", ["yes", "no"]),
    },
)


WITHHELD = tables.schema(
    "delphi/withheld.csv",
    "Comments that may reveal somebody's identity, by position; their text appears in no result.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "row": tables.whole("row in the file"),
        "column": tables.text("column in the file"),
        "panellist": tables.text("pseudonym", filled=True),
        "statement": tables.text("statement id", filled=True),
        "found": tables.text("what was found, without repeating it"),
        "state": tables.choice("outcome", ["withheld", "replaced by people", "removed by the researchers"]),
    },
)

UNMATCHED = tables.schema(
    "delphi/unmatched.csv",
    "Parts of the round files that did not match the statements or the panel.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "row": tables.whole("row, empty for a whole column"),
        "column": tables.text("column, empty for a whole row"),
        "content": tables.text("content of the cell or heading"),
        "reason": tables.text("why it was not used", filled=True),
    },
)

CELLS = tables.schema(
    "delphi/cells.csv",
    "The outcome of the rating cells of every round file.",
    {
        "round": tables.whole("round"),
        "file": tables.text("round file", filled=True),
        "outcome": tables.text("what happened to them", filled=True),
        "n": tables.whole("cells", low=0),
    },
)
