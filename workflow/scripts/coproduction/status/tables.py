"""Tables of the whole study's status."""

from coproduction.core import accounting, tables

STATUS = tables.schema(
    "status/status.csv", "How far every step of the study is.", accounting.STATUS.columns
)

ACCOUNTS = tables.schema(
    "status/accounts.csv",
    "Where everything that entered went, over all techniques.",
    accounting.ACCOUNT.columns,
)
