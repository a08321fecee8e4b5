"""Draw the progress of the screening and the stop rule."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.screening.drawing import draw_recall
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import RECALL, STANDING


def main(snakemake) -> None:
    settings = ScreeningSettings.model_validate(snakemake.params.settings)
    found = tables.read_result(snakemake.input.progress, RECALL)
    total = len(tables.read_result(snakemake.input.states, STANDING))
    with figures.style():
        figure = draw_recall(found, total, settings)
        figures.save(figure, found, **dict(snakemake.output.items()))


run(main, snakemake)
