"""Draw the factors around the start of co-production."""

from coproduction.core import figures, tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.ecosystem.model_figure import draw_model
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import weighed

SHOWN = ["id", "name", "level", "dimension", "strength", "confidence"]


def main(snakemake) -> None:
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    order = read_factors(snakemake.input.codebook)["id"]
    factors = tables.read_result(snakemake.input.factors, weighed(settings))
    shown = factors.set_index("id").loc[order].reset_index()[SHOWN]
    with figures.style():
        figures.save(draw_model(shown), shown, **dict(snakemake.output.items()))


run(main, snakemake)
