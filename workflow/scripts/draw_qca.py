"""Draw the configurations of the solutions, the cases in them and in each."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.qca import figures, tables
from coproduction.qca.analysis import configurations, term_memberships


@step(tables)
def draw_qca(given):
    conditions_of_terms = configurations(given.solutions, given.sets)
    terms = term_memberships(given.sets, given.calibrated, given.solutions)
    return {
        "terms": Drawn(figures.draw_terms(terms, given.sets), terms),
        "configurations": Drawn(figures.draw_configurations(conditions_of_terms, given.sets), conditions_of_terms),
        "cases": Drawn(figures.draw_cases(given.fitted, given.sets), given.fitted),
    }
