"""Write the first words of the report: whether the data are made up, how far the study is."""

from coproduction import progress, tables
from coproduction.report import fragments
from coproduction.step import run


def main(snakemake) -> None:
    status = tables.read_result(snakemake.input.status, progress.STATUS)
    made = snakemake.output
    tables.write_text(fragments.notice(snakemake.params.illustrative), made.notice)
    tables.write_text(fragments.summary(status), made.summary)


run(main, snakemake)
