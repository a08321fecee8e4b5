"""Write what the report says of the study as a whole: notice, summary, state, appendices."""

from coproduction import progress, tables
from coproduction.factors import read_factors
from coproduction.report import fragments
from coproduction.report.inputs import gathered, read_trace
from coproduction.report.settings import ReportSettings
from coproduction.step import run


def main(snakemake) -> None:
    settings = ReportSettings.model_validate(snakemake.params.settings)
    status = gathered(snakemake.input.status, progress.STATUS)
    account = gathered(snakemake.input.account, progress.ACCOUNT)
    evidence = read_trace(snakemake.input.trace)
    factors = read_factors(snakemake.input.factors)
    shown, length = settings.evidence_shown, settings.excerpt_length
    made = snakemake.output
    tables.write_text(fragments.notice(snakemake.params.illustrative), made.notice)
    tables.write_text(fragments.summary(status), made.summary)
    tables.write_text(fragments.state(status), made.state)
    tables.write_text(fragments.accounts(account), made.accounts)
    tables.write_text(fragments.trace(evidence, factors, shown, length), made.trace)


run(main, snakemake)
