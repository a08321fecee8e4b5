"""Bring the state of all techniques together and check the accounts."""

from coproduction import progress, tables
from coproduction.status import reporting
from coproduction.status.collect import together
from coproduction.status.plain import summary
from coproduction.step import run


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    status = together([tables.read_result(path, progress.STATUS) for path in given.status])
    accounts = together([tables.read_result(path, progress.ACCOUNT) for path in given.accounts])
    progress.check_account(accounts)
    tables.write_csv(status, made.status, progress.STATUS)
    tables.write_csv(accounts, made.accounts, progress.ACCOUNT)
    tables.write_text(summary(status, accounts), made.words)
    tables.write_text(reporting.methods(), made.methods)
    tables.write_text(reporting.results(status, accounts), made.results)


run(main, snakemake)
