"""Replay finished screenings whose labels are known, as a test of the ranking."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.screening import tables
from coproduction.screening.figures import draw_simulation
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.simulation import simulate_sets


@step(tables, settings=ScreeningSettings)
def simulate_screening(given):
    measures, curves = simulate_sets(given.sets, given.settings, given.seed)
    drawn = Drawn(draw_simulation(measures, curves), curves)
    return {"measures": measures, "curves": curves, "recall": drawn}
