"""Keep the merged settings of the run and the versions of the software."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.report import software


def main(snakemake) -> None:
    tables.write_text(software.config_text(snakemake.params.config), snakemake.output.config)
    tables.write_text(
        software.methods(snakemake.params.versions | software.versions()), snakemake.output.methods
    )


run(main, snakemake)
