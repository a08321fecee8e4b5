"""Check every value of the indicators and choose those that are compared."""

from coproduction.core import tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.desk import indicators
from coproduction.desk.settings import DeskSettings
from coproduction.desk.tables import CHANGES, CODEBOOK, COVERAGE, VALUES


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DeskSettings.model_validate(snakemake.params.settings)
    factors = set(read_factors(given.factors)["id"])
    codebook = indicators.read_codebook(next(iter(given.get("codebook", [])), None), factors)
    file = next(iter(given.get("indicators", [])), None)
    values = indicators.read_values(file, codebook, settings.countries, settings.oldest_year)
    tables.write_csv(codebook, made.codebook, CODEBOOK)
    tables.write_csv(values, made.values, VALUES)
    tables.write_csv(indicators.coverage(values, codebook), made.coverage, COVERAGE)
    tables.write_csv(indicators.changes(values, codebook), made.changes, CHANGES)


run(main, snakemake)
