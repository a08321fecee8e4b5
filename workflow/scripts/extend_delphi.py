"""Ranking-type, fuzzy and real-time evaluation of the Delphi, where the settings ask for them."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.delphi import (
    convergence,
    decisions,
    fuzzy,
    options_drawing,
    ranking,
)
from coproduction.delphi import options_reporting as reporting
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
    tables.write_text(reporting.methods(settings), made.methods)
    words = reporting.results(order, agreement, judged, followed, settings)
    tables.write_text(words, made.results)
    with figures.style():
        drawn = {
            "ranking": options_drawing.draw_ranking(order, agreement),
            "fuzzy": options_drawing.draw_fuzzy(judged, settings),
            "convergence": options_drawing.draw_convergence(followed),
        }
        for name, (figure, data) in drawn.items():
            paths = {kind: made[f"{name}_{kind}"] for kind in ("svg", "pdf", "csv")}
            figures.save(figure, data, **paths)


run(main, snakemake)
