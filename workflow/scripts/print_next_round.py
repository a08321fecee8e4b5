"""Print the next round: the form and the feedback sheets of the panellists as PDF."""

from coproduction.core.step import run
from coproduction.delphi import printing
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    printing.write(snakemake.input, snakemake.output.folder, settings)


run(main, snakemake)
