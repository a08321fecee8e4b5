"""Write the first words of the report: whether the data are made up, how far the study is."""

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.report import fragments


def main(snakemake) -> None:
    status = tables.read_result(snakemake.input.status, accounting.STATUS)
    made = snakemake.output
    tables.write_text(fragments.notice(snakemake.params.illustrative), made.notice)
    tables.write_text(fragments.summary(status), made.summary)


run(main, snakemake)
