"""Draw the configurations of the solutions, and the cases in them."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.qca import figures, tables
from coproduction.qca.analysis import configurations


@step(tables)
def draw_qca(given):
    shown = configurations(given.solutions, given.sets)
    return {
        "configurations": Drawn(figures.draw_configurations(shown, given.sets), shown),
        "cases": Drawn(figures.draw_cases(given.fitted, given.sets), given.fitted),
    }
