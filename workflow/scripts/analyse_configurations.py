"""Find the configurations of conditions that go with the outcome and with its absence."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.qca import analysis
from coproduction.qca import tables as forms
from coproduction.qca.settings import QcaSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    of_study = tables.read_result(given.sets, forms.SETS)
    calibrated = tables.read_result(given.calibrated, forms.CALIBRATED)
    settings = QcaSettings.model_validate(snakemake.params.settings)
    found = analysis.analyse(of_study, calibrated, settings)
    tables.write_csv(found.cases, made.cases, forms.CASES)
    tables.write_csv(found.truth, made.truth, forms.TRUTH)
    tables.write_csv(found.necessity, made.necessity, forms.NECESSITY)
    tables.write_csv(found.solutions, made.solutions, forms.SOLUTIONS)
    tables.write_csv(found.robustness, made.robustness, forms.ROBUSTNESS)
    tables.write_csv(found.fitted, made.fitted, forms.FITTED)


run(main, snakemake)
