"""Read the round files into one table of ratings, and list what did not match."""

from coproduction.core import accounting, tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.delphi import privacy, study
from coproduction.delphi import tables as forms
from coproduction.delphi.ratings import import_rounds
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    factors = set(read_factors(snakemake.input.factors)["id"])
    found = study.read(snakemake.input, factors)
    parts = (found.rounds, found.statements, found.panel, settings, found.ids, found.comments)
    taken = import_rounds(found.folder, *parts)
    panel = study.panel_or_responders(found.panel, taken.submissions)
    privacy.refuse_identities(panel, "the round files")
    made = snakemake.output
    tables.write_csv(found.statements, made.statements, forms.STATEMENTS)
    tables.write_csv(found.rounds, made.rounds, forms.ROUNDS)
    tables.write_csv(panel, made.panel, forms.PANEL)
    for name in ("ratings", "submissions", "unmatched", "cells", "revisions", "withheld"):
        form = getattr(forms, name.upper())
        tables.write_csv(accounting.table(getattr(taken, name), form), made[name], form)


run(main, snakemake)
