"""Hand the pseudonymised transcripts to the coders, as texts, as a project and with a table."""

from coproduction import tables
from coproduction.interviews import handing_out
from coproduction.interviews import tables as forms
from coproduction.step import run


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    texts = tables.read_result(given.texts, forms.TEXTS)
    structure = tables.read_result(given.structure, forms.STRUCTURE)
    handing_out.write_texts(texts, made.texts)
    handing_out.write_project(texts, structure, made.project)
    tables.write_csv(tables.empty(forms.CODED), made.segments, forms.CODED)


run(main, snakemake)
