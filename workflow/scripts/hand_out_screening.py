"""Write what reviewers take to ASReview, Rayyan or Covidence."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.screening.handing import to_asreview, to_ris
from coproduction.screening.tables import RECORDS, STANDING


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    records = tables.read_result(given.records, RECORDS)
    states = tables.read_result(given.states, STANDING)
    tables.write_csv(to_asreview(records, states), made.asreview)
    tables.write_text(to_ris(records, states, "title_abstract"), made.title_abstract)
    tables.write_text(to_ris(records, states, "full_text"), made.full_text)


run(main, snakemake)
