"""Write what the report says of the Delphi, its evidence, and what became of every rating."""

import pandas as pd
from coproduction.core import accounting, people_tables, tables
from coproduction.core import markdown as md
from coproduction.core.step import run
from coproduction.delphi import (
    checklist,
    intake,
    method_words,
    protocol,
    reporting,
    result_words,
    study,
)
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    read = tables.read_result
    summary, change = read(given.summary, forms.SUMMARY), read(given.change, forms.CHANGE)
    decided, flow = read(given.decisions, forms.DECISIONS), read(given.panel_flow, forms.PANEL_FLOW)
    concordance = read(given.concordance, forms.CONCORDANCE)
    leavers, cells = read(given.leavers, forms.LEAVERS), read(given.cells, forms.CELLS)
    statements, rounds = (
        read(given.statements, forms.STATEMENTS),
        read(given.rounds, forms.ROUNDS),
    )
    submissions = read(given.submissions, forms.SUBMISSIONS)
    withheld = read(given.withheld, forms.WITHHELD)
    recorded = study.one_table(given.protocol, forms.STUDY_PROTOCOL)
    now, begun = protocol.compare(recorded, settings), protocol.begun(rounds, flow)
    record = protocol.words(now, recorded, begun)
    people = read(given.panel, forms.PANEL)
    rules = record.replace("They", "The deciding rules", 1)
    known = checklist.answers(statements, rounds, people, flow, settings, rules)
    items = checklist.fill(known, checklist.read(given.checklist))
    words = md.paragraphs(
        protocol.warning(now, recorded, begun),
        result_words.results(summary, change, decided, flow, concordance, leavers, settings),
        people_tables.read_text(given.options_results),
        intake.words(submissions, read(given.unmatched, forms.UNMATCHED), withheld),
        checklist.words(items, settings.checklist) if len(statements) else "",
    )
    status = reporting.status(statements, flow, rounds, decided)
    more = accounting.table(intake.status_rows(withheld), accounting.STATUS)
    status = pd.concat([status, more], ignore_index=True)
    method = method_words.methods(settings, record), people_tables.read_text(given.options_methods)
    tables.write_csv(now, made.protocol, forms.PROTOCOL)
    tables.write_csv(items, made.checklist, forms.CHECKLIST)
    tables.write_text(md.paragraphs(*method), made.methods)
    tables.write_text(words, made.results)
    tables.write_csv(reporting.evidence(decided), made.evidence, accounting.EVIDENCE)
    tables.write_csv(status, made.status, accounting.STATUS)
    tables.write_csv(reporting.account(cells, decided), made.account, accounting.ACCOUNT)


run(main, snakemake)
