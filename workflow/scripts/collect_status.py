"""Bring the state of all techniques together and check the accounts."""

from coproduction.core import accounting
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.core.tables import read_result
from coproduction.status import tables
from coproduction.status.collect import together
from coproduction.status.facts import facts


@step(tables)
def collect_status(given):
    status = together([read_result(path, accounting.STATUS) for path in given.status])
    accounts = together([read_result(path, accounting.ACCOUNT) for path in given.account])
    accounting.check_account(accounts)
    unread = accounting.table(
        [dict(zip(tables.UNREAD.columns, row, strict=True)) for row in given.unread_files], tables.UNREAD
    )
    report_facts = facts(status, accounts, unread)
    prose = Templates(given.templates)
    return {
        "status": status,
        "accounts": accounts,
        "unread": unread,
        "facts": report_facts,
        "words": prose.fill_text("status.md", report_facts),
        "design": prose.traced("design", report_facts),
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
    }
