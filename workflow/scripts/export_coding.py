"""Hand the pseudonymised transcripts to the coders, and all codings so far as one project."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.interviews import handing_out
from coproduction.interviews import tables as forms


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    texts = tables.read_result(given.texts, forms.TEXTS)
    structure = tables.read_result(given.structure, forms.STRUCTURE)
    segments = tables.read_result(given.coded, forms.SEGMENTS)
    codes = handing_out.codes_to_use(structure, tables.read_result(given.codebook, forms.CODEBOOK))
    handing_out.write_texts(texts, made.texts)
    handing_out.write_project(texts, codes, made.project)
    tables.write_csv(handing_out.codebook_table(codes), made.codebook, forms.TO_CODE)
    handing_out.write_all_codings(texts, codes, structure, segments, made.all_codings)
    tables.write_csv(tables.empty(forms.CODED), made.segments, forms.CODED)


run(main, snakemake)
