"""Measure the change of each statement between rounds and apply the stop rule."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.delphi import decisions
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    ratings = tables.read_result(given.ratings, forms.RATINGS)
    statements = tables.read_result(given.statements, forms.STATEMENTS)
    summary = tables.read_result(given.summary, forms.SUMMARY)
    flow = tables.read_result(given.panel_flow, forms.PANEL_FLOW)
    rounds = decisions.states(tables.read_result(given.rounds, forms.ROUNDS))
    change = decisions.compare(ratings, rounds, settings)
    decided = decisions.decide(statements, summary, change, flow, rounds, settings)
    tables.write_csv(change, made.change, forms.CHANGE)
    tables.write_csv(decided, made.decisions, forms.DECISIONS)


run(main, snakemake)
