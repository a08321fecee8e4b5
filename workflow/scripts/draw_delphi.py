"""Draw the Delphi: distributions, median and spread, change of ratings, panel."""

from pathlib import Path

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.delphi import (
    decisions,
    figure_alluvial,
    figure_change,
    figure_distribution,
    figure_flow,
    figure_map,
    panel,
)
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    read = tables.read_result
    ratings, summary = read(given.ratings, forms.RATINGS), read(given.summary, forms.SUMMARY)
    change, decided = read(given.change, forms.CHANGE), read(given.decisions, forms.DECISIONS)
    submissions, people = (
        read(given.submissions, forms.SUBMISSIONS),
        read(given.panel, forms.PANEL),
    )
    rounds = decisions.states(read(given.rounds, forms.ROUNDS))
    with figures.style():
        single = {
            "map": figure_map.draw(summary, decided, settings),
            "alluvial": figure_alluvial.draw_all(ratings, rounds, settings),
            "flow": figure_flow.draw(submissions, people, rounds, panel.invited),
        }
        for name, (figure, data) in single.items():
            paths = {kind: made[f"{name}_{kind}"] for kind in ("svg", "pdf", "csv")}
            figures.save(figure, data, **paths)
        paged = {
            "distribution": figure_distribution.draw(summary, decided, settings),
            "change": figure_change.draw(change, summary, decided, settings),
            "statements": figure_alluvial.draw_statements(
                ratings, change, summary, decided, rounds, settings
            ),
        }
        for name, drawn in paged.items():
            for number, (figure, data) in enumerate(drawn, start=1):
                stem = Path(made.pages) / f"{name}-{number}"
                figures.save(figure, data, **{k: f"{stem}.{k}" for k in ("svg", "pdf", "csv")})


run(main, snakemake)
