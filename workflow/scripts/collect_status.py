"""Bring the state of all techniques together and check the accounts."""

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.status import reporting
from coproduction.status.collect import together
from coproduction.status.plain import summary


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    status = together([tables.read_result(path, accounting.STATUS) for path in given.status])
    accounts = together([tables.read_result(path, accounting.ACCOUNT) for path in given.accounts])
    accounting.check_account(accounts)
    tables.write_csv(status, made.status, accounting.STATUS)
    tables.write_csv(accounts, made.accounts, accounting.ACCOUNT)
    tables.write_text(summary(status, accounts), made.words)
    tables.write_text(reporting.methods(), made.methods)
    tables.write_text(reporting.results(status, accounts), made.results)


run(main, snakemake)
