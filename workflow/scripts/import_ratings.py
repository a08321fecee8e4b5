"""Read the round files into one table of ratings, and list what did not match."""

from coproduction import tables
from coproduction.delphi import study
from coproduction.delphi import tables as forms
from coproduction.delphi.ratings import import_rounds
from coproduction.delphi.settings import DelphiSettings
from coproduction.factors import read_factors
from coproduction.step import run


def main(snakemake) -> None:
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    factors = set(read_factors(snakemake.input.factors)["id"])
    found = study.read(snakemake.input, factors)
    taken = import_rounds(found.folder, found.rounds, found.statements, found.panel, settings)
    panel = study.panel_or_responders(found.panel, taken.submissions)
    made = snakemake.output
    tables.write_csv(found.statements, made.statements, forms.STATEMENTS)
    tables.write_csv(found.rounds, made.rounds, forms.ROUNDS)
    tables.write_csv(panel, made.panel, forms.PANEL)
    for name in ("ratings", "submissions", "unmatched", "cells"):
        form = getattr(forms, name.upper())
        tables.write_csv(forms.table(getattr(taken, name), form), made[name], form)


run(main, snakemake)
