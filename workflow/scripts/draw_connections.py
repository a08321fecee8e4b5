"""Draw which factors come up together."""

import pandas as pd
from coproduction.core import figures, tables
from coproduction.core.factors import LEVELS, read_factors
from coproduction.core.step import run
from coproduction.ecosystem.connections_figure import draw_connections
from coproduction.ecosystem.tables import EDGES


def main(snakemake) -> None:
    codebook = read_factors(snakemake.input.codebook)
    levels = pd.Categorical(codebook["level"], LEVELS, ordered=True)
    codebook = codebook.iloc[levels.argsort(kind="stable")]
    edges = tables.read_result(snakemake.input.edges, EDGES)
    with figures.style():
        figures.save(draw_connections(codebook, edges), edges, **dict(snakemake.output.items()))


run(main, snakemake)
