"""Score and rank the countries in each dimension, under all variants of method."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.desk import tables as forms
from coproduction.desk.comparison import compare
from coproduction.desk.settings import DeskSettings


def main(snakemake) -> None:
    values = tables.read_result(snakemake.input.values, forms.VALUES)
    codebook = tables.read_result(snakemake.input.codebook, forms.CODEBOOK)
    settings = DeskSettings.model_validate(snakemake.params.settings)
    found, made = compare(values, codebook, settings, snakemake.params.seed), snakemake.output
    tables.write_csv(found.normalised, made.normalised, forms.NORMALISED)
    tables.write_csv(found.scores, made.scores, forms.SCORES)
    tables.write_csv(found.ranks, made.ranks, forms.RANKS)
    tables.write_csv(found.consistency, made.consistency, forms.CONSISTENCY)
    tables.write_csv(found.correlations, made.correlations, forms.CORRELATIONS)


run(main, snakemake)
