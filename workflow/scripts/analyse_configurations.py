"""Find the configurations of conditions that go with the outcome and with its absence."""

from coproduction.core.step import step
from coproduction.qca import tables
from coproduction.qca.analysis import analyse
from coproduction.qca.settings import QcaSettings


@step(tables, settings=QcaSettings)
def analyse_configurations(given):
    return vars(analyse(given.sets, given.calibrated, given.settings))
