"""Ranking-type, fuzzy and real-time evaluation of the Delphi, where the settings ask for them."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.delphi import (
    convergence,
    decisions,
    fuzzy,
    ranking,
)
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    read = tables.read_result
    rounds = decisions.states(read(given.rounds, forms.ROUNDS))
    order, agreement = ranking.analyse(read(given.ratings, forms.RATINGS), rounds, settings)
    judged = fuzzy.analyse(read(given.summary, forms.SUMMARY), settings)
    followed = convergence.follow(read(given.revisions, forms.REVISIONS), settings)
    tables.write_csv(order, made.ranking, forms.RANKING)
    tables.write_csv(agreement, made.ranking_rounds, forms.RANKING_ROUNDS)
    tables.write_csv(judged, made.fuzzy, forms.FUZZY)
    tables.write_csv(followed, made.convergence, forms.CONVERGENCE)


run(main, snakemake)
