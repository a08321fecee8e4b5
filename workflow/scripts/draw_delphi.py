"""Draw the Delphi: distributions, median and spread, change, panel."""

from coproduction import figures, tables
from coproduction.delphi import decisions, drawing, panel
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings
from coproduction.step import run


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    summary = tables.read_result(given.summary, forms.SUMMARY)
    change = tables.read_result(given.change, forms.CHANGE)
    decided = tables.read_result(given.decisions, forms.DECISION)
    submissions = tables.read_result(given.submissions, forms.SUBMISSIONS)
    people = tables.read_result(given.panel, forms.PANEL)
    rounds = decisions.states(tables.read_result(given.rounds, forms.ROUNDS))
    with figures.style():
        drawn = {
            "distribution": drawing.draw_distribution(summary, decided, settings),
            "map": drawing.draw_map(summary, decided, settings),
            "change": drawing.draw_change(change, summary, settings),
            "flow": drawing.draw_flow(submissions, people, rounds, panel.invited),
        }
        for name, (figure, data) in drawn.items():
            paths = {kind: made[f"{name}_{kind}"] for kind in ("svg", "pdf", "csv")}
            figures.save(figure, data, **paths)


run(main, snakemake)
