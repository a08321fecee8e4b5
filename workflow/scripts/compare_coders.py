"""Measure how far the coders agree."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.interviews import agreement, gioia
from coproduction.interviews import tables as forms


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    structure = tables.read_result(given.structure, forms.STRUCTURE)
    segments = tables.read_result(given.segments, forms.SEGMENTS)
    turns = tables.read_result(given.turns, forms.TURNS)
    by_code, overall = agreement.compare(
        gioia.by_concept(structure, segments),
        turns,
        gioia.codes_to_compare(structure, snakemake.params.agreement_on),
        snakemake.params.seed,
    )
    tables.write_csv(by_code, made.agreement, forms.AGREEMENT)
    tables.write_csv(overall, made.overall, forms.OVERALL)


run(main, snakemake)
