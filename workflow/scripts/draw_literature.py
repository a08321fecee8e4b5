"""Draw which databases have which of the unique records."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.literature.figures import count_overlap, draw_overlap
from coproduction.literature.tables import RECORDS


@step(RECORDS.part("record", "databases"))
def draw_literature(given):
    overlap = count_overlap(given.records)
    return {"overlap": Drawn(draw_overlap(overlap), overlap)}
