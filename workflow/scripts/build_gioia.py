"""Join concepts, themes and dimensions with the coded segments."""

from coproduction.core import tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.interviews import gioia, pseudonyms
from coproduction.interviews import tables as forms


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    key = pseudonyms.read_key(next(iter(given.get("identities", [])), None))
    factors = set(read_factors(given.factors)["id"])
    planned = gioia.read_gioia(next(iter(given.get("gioia", [])), None), factors)
    segments = tables.read_result(given.segments, forms.SEGMENTS)
    structure = gioia.build(planned, segments)
    pseudonyms.guard({"data structure (gioia.csv)": structure}, key)
    tables.write_csv(structure, made.structure, forms.STRUCTURE)
    tables.write_csv(gioia.quotes(structure, segments), made.quotes, forms.QUOTES)


run(main, snakemake)
