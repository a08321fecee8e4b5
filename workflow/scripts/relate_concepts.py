"""Count the quotes of each concept by interview, and the turns that concepts share."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.interviews import relations
from coproduction.interviews import tables as forms


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    structure = tables.read_result(given.structure, forms.STRUCTURE)
    quotes = tables.read_result(given.quotes, forms.QUOTES)
    transcripts = tables.read_result(given.transcripts, forms.TRANSCRIPTS)
    counted = relations.by_interview(structure, quotes, transcripts)
    tables.write_csv(counted, made.by_interview, forms.BY_INTERVIEW)
    tables.write_csv(relations.together(quotes), made.together, forms.TOGETHER)


run(main, snakemake)
