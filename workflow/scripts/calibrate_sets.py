"""Check the sets of the QCA and calibrate the memberships of the cases in them."""

from coproduction.core.countries import settled_in
from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.desk.tables import CODEBOOK, VALUES
from coproduction.qca import sets, tables
from coproduction.qca.settings import QcaSettings

USED = VALUES.part("country", "indicator", "year", "value", "outcome")


@step(CODEBOOK.part("indicator"), USED, tables, settings=QcaSettings)
def calibrate_sets(given):
    described, judged = (next(iter(f), None) for f in (given.study_sets, given.study_memberships))
    factors = set(read_factors(given.factors)["id"])
    of_study = sets.read_sets(described, set(given.codebook["indicator"]), factors)
    settled = settled_in(next(iter(given.countries), None))
    memberships = sets.read_memberships(judged, of_study, settled)
    at = given.settings.inclusion
    return {
        "sets": of_study,
        "memberships": memberships,
        "calibrated": sets.calibrate(of_study, memberships, given.values, at),
    }
