"""Check the sets of the QCA and bring the cases into them."""

from coproduction.core import tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.desk.tables import CODEBOOK, VALUES
from coproduction.qca import sets
from coproduction.qca import tables as forms
from coproduction.qca.settings import QcaSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = QcaSettings.model_validate(snakemake.params.settings)
    indicators = set(tables.read_result(given.codebook, CODEBOOK)["indicator"])
    factors = set(read_factors(given.factors)["id"])
    of_study = sets.read_sets(next(iter(given.get("sets", [])), None), indicators, factors)
    judged = sets.read_memberships(next(iter(given.get("memberships", [])), None), of_study)
    values = tables.read_result(given.values, VALUES)
    calibrated = sets.calibrate(of_study, judged, values, settings.inclusion)
    tables.write_csv(of_study, made.sets, forms.SETS)
    tables.write_csv(judged, made.memberships, forms.MEMBERSHIPS)
    tables.write_csv(calibrated, made.calibrated, forms.CALIBRATED)


run(main, snakemake)
