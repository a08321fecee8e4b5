"""Measure the change of each statement between rounds and apply the stop rule."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.delphi import decisions, study_tables
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    ratings = tables.read_result(given.ratings, forms.RATINGS)
    statements = tables.read_result(given.statements, study_tables.STATEMENTS)
    summary = tables.read_result(given.summary, forms.SUMMARY)
    flow = tables.read_result(given.flow, forms.FLOW)
    rounds = decisions.states(tables.read_result(given.rounds, study_tables.ROUNDS))
    change = decisions.compare(ratings, rounds, settings)
    decided = decisions.decide(statements, summary, change, flow, rounds, settings)
    tables.write_csv(change, made.change, forms.CHANGE)
    tables.write_csv(decided, made.decisions, forms.DECISION)


run(main, snakemake)
