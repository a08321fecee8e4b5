"""Keep the merged settings of the run and the versions of the software."""

from coproduction import tables
from coproduction.house import record
from coproduction.step import run


def main(snakemake) -> None:
    tables.write_text(record.config_text(snakemake.params.config), snakemake.output.config)
    tables.write_text(
        record.methods(snakemake.params.versions | record.versions()), snakemake.output.methods
    )


run(main, snakemake)
