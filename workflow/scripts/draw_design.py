"""Draw the design of the study: what each technique gives, and how that leads to the model."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.status import tables
from coproduction.status.figures import draw_design as draw
from coproduction.status.figures import shown_steps


@step(tables)
def draw_design(given):
    return {"design": Drawn(draw(given.status), shown_steps(given.status))}
