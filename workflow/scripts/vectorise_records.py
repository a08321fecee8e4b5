"""Turn titles, abstracts and keywords into the vectors that the ranking learns from."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.screening.features import make_features
from coproduction.screening.ranking import Model
from coproduction.screening.tables import RECORDS
from coproduction.screening.vectors import write_vectors


def main(snakemake) -> None:
    records = tables.read_result(snakemake.input.records, RECORDS)
    write_vectors(make_features(records, Model().kinds), snakemake.output.vectors)


run(main, snakemake)
