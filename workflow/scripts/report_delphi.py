"""Write what the report says of the Delphi, its evidence, and what became of every rating."""

from coproduction import progress, tables
from coproduction.delphi import reporting
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings
from coproduction.step import run


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    read = tables.read_result
    summary, change = read(given.summary, forms.SUMMARY), read(given.change, forms.CHANGE)
    decided, flow = read(given.decisions, forms.DECISION), read(given.flow, forms.FLOW)
    concordance = read(given.concordance, forms.CONCORDANCE)
    leavers, cells = read(given.leavers, forms.LEAVERS), read(given.cells, forms.CELLS)
    statements, rounds = read(given.statements, forms.STATEMENTS), read(given.rounds, forms.ROUNDS)
    words = reporting.results(summary, change, decided, flow, concordance, leavers, settings)
    status = reporting.status(statements, flow, rounds, decided)
    tables.write_text(reporting.methods(settings), made.methods)
    tables.write_text(words, made.results)
    tables.write_csv(reporting.evidence(decided), made.evidence, progress.EVIDENCE)
    tables.write_csv(status, made.status, progress.STATUS)
    tables.write_csv(reporting.account(cells, decided), made.account, progress.ACCOUNT)


run(main, snakemake)
