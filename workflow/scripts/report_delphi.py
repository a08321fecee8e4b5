"""Write what the report says of the Delphi, its evidence, and what became of every rating."""

import pandas as pd
from coproduction import progress, tables
from coproduction.delphi import intake, method_words, reporting, result_words
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
    words = result_words.results(summary, change, decided, flow, concordance, leavers, settings)
    submissions, withheld = (
        read(given.submissions, forms.SUBMISSIONS),
        read(given.withheld, forms.WITHHELD),
    )
    words += "\n" + tables.read_text(given.options_results)
    words += "\n" + intake.words(submissions, read(given.unmatched, forms.UNMATCHED), withheld)
    status = reporting.status(statements, flow, rounds, decided)
    more = progress.table(intake.status_rows(withheld), progress.STATUS)
    status = pd.concat([status, more], ignore_index=True)
    method = method_words.methods(settings) + "\n" + tables.read_text(given.options_methods)
    tables.write_text(method, made.methods)
    tables.write_text(words, made.results)
    tables.write_csv(reporting.evidence(decided), made.evidence, progress.EVIDENCE)
    tables.write_csv(status, made.status, progress.STATUS)
    tables.write_csv(reporting.account(cells, decided), made.account, progress.ACCOUNT)


run(main, snakemake)
