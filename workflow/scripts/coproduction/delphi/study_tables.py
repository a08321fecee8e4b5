"""Tables of the Delphi that people keep in the study folder.

Where a result has the same file name, that of the study folder is `STUDY_…`.
"""

from coproduction.core import tables

YES_NO = ["yes", "no", ""]

STUDY_STATEMENTS = tables.people(
    "delphi/statements.csv",
    "The statements of the Delphi, one row per wording.",
    {
        "statement": tables.text("short id, as in the headings of the round files", filled=True),
        "version": tables.whole("number of the wording; empty: 1", required=False, low=1),
        "text": tables.text("the wording", filled=True),
        "factor": tables.text(
            "ids of the factors it concerns, separated by ;, or empty: it then gives no evidence", required=False
        ),
        "first_round": tables.whole("first round in which this wording is asked; empty: 1", required=False, low=1),
        "last_round": tables.whole("last round in which it is asked; empty: until the end", required=False),
    },
)


STUDY_PANEL = tables.people(
    "delphi/panel.csv",
    "The panel under pseudonyms; keep names and addresses outside the study folder.",
    {
        "panellist": tables.text("pseudonym, as in the round files", filled=True, unique=True),
        "group": tables.text("group of the panel; empty: one group", required=False),
        "country": tables.text("country, ISO 3166 alpha-3", required=False),
        "role": tables.text("their occupation, in a few words that apply to several panellists", required=False),
        "years": tables.whole("years of experience with the subject", required=False, low=0),
        "first_round": tables.whole("first round of this panellist (else 1)", required=False),
        "last_round": tables.whole("last round before leaving (else open)", required=False),
    },
)


STUDY_ROUNDS = tables.people(
    "delphi/rounds.csv",
    "The rounds, one row each. A file that does not exist yet is awaited.",
    {
        "round": tables.whole("number of the round", low=1, unique=True),
        "file": tables.text("export of the survey tool, in the same folder", filled=True),
        "opened": tables.text("first day (YYYY-MM-DD)", required=False),
        "closed": tables.text("last day; empty while open", required=False),
        "status": tables.choice("closed rounds count; open ones are only shown", ["closed", "open"]),
        "scale": tables.text("scale of the round, such as 1-9; empty: as in the settings", required=False),
        "columns": tables.text("file with the meaning of each column, if the headings do not show it", required=False),
        "linked": tables.choice(
            "whether the ids identify the same people in other rounds; empty: as the file shows", YES_NO, required=False
        ),
    },
)


COLUMNS = tables.people(
    "delphi/columns.csv",
    "The meaning of columns of a round file whose headings do not show it. A file of this form that "
    "rounds.csv names under `columns` gives the meaning of all columns of a round.",
    {
        "file": tables.text("round file; empty: every round file", required=False),
        "column": tables.text("heading in the round file", filled=True),
        "role": tables.choice(
            "its role; empty: not yet settled",
            ["panellist", "submitted", "rating", "comment", "no opinion", "statement", "round", "ignore", ""],
        ),
        "statement": tables.text(
            "statement id for rating, comment and no opinion; empty where a column with the role "
            "'statement' names it row by row",
            required=False,
        ),
    },
)


PANELLIST_IDS = tables.people(
    "delphi/panellist_ids.csv",
    "Ids in the round files that are not those of panel.csv (a new token, a typing error).",
    {
        "given": tables.text("id as written in the round file", filled=True),
        "panellist": tables.text("pseudonym of panel.csv", filled=True),
        "round": tables.whole("round in which it is used; empty: in all", required=False),
    },
)


COMMENTS = tables.people(
    "delphi/comments.csv",
    "Comments reworded or removed by the researchers because the original reveals somebody's identity.",
    {
        "round": tables.whole("round"),
        "panellist": tables.text("pseudonym", filled=True),
        "statement": tables.text("statement id", filled=True),
        "comment": tables.text("what may be shown; empty: nothing"),
    },
)


STUDY_PROTOCOL = tables.people(
    "delphi/protocol.csv",
    "The settings that decide verdicts, as recorded before the first round; a copy of results/delphi/protocol.csv.",
    {
        "setting": tables.text("name of the setting", filled=True, unique=True),
        "value": tables.text("its value"),
        "fixed_on": tables.day("day on which it was fixed (YYYY-MM-DD)", exact=False, required=False),
    },
)
