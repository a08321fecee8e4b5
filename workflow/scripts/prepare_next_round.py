"""Prepare the next round: its questionnaire and a feedback sheet for each panellist."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.delphi import decisions, next_round
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    given = snakemake.input
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    found = next_round.Closed(
        statements=tables.read_result(given.statements, forms.STATEMENTS),
        decisions=tables.read_result(given.decisions, forms.DECISIONS),
        ratings=tables.read_result(given.ratings, forms.RATINGS),
        summary=tables.read_result(given.summary, forms.SUMMARY),
        groups=tables.read_result(given.groups, forms.GROUPS),
        panel=tables.read_result(given.panel, forms.PANEL),
        rounds=decisions.states(tables.read_result(given.rounds, forms.ROUNDS)),
    )
    next_round.write(found, snakemake.output.folder, settings)


run(main, snakemake)
