"""Print the next round: the form and the feedback sheets of the panellists as PDF."""

from coproduction.delphi import printing
from coproduction.delphi.settings import DelphiSettings
from coproduction.step import run


def main(snakemake) -> None:
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    printing.write(snakemake.input, snakemake.output.folder, settings)


run(main, snakemake)
