"""Draw which technique supports which factor, strongest first."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.ecosystem.matrix_figure import draw_matrix
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import weighed


def main(snakemake) -> None:
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    factors = tables.read_result(snakemake.input.factors, weighed(settings))
    with figures.style():
        figures.save(draw_matrix(factors, settings), factors, **dict(snakemake.output.items()))


run(main, snakemake)
