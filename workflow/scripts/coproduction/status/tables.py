"""Tables of the whole study's status."""

from coproduction.core import accounting, tables

STATUS = tables.schema("status/status.csv", "How far every step of the study is.", accounting.STATUS.columns)

ACCOUNTS = tables.schema(
    "status/accounts.csv", "Where everything that entered went, over all techniques.", accounting.ACCOUNT.columns
)

UNREAD = tables.schema(
    "status/unread.csv",
    "Files of the study folder that no step reads.",
    {
        "file": tables.text("file, relative to the study folder", filled=True),
        "reason": tables.text("why no step reads it", filled=True),
        "did_you_mean": tables.text("name under which it would be read, where one is near"),
    },
)
