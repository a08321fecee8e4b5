"""Count and draw the PRISMA 2020 flow, and draw the progress of the screening."""

from coproduction.core import accounting
from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.literature.tables import IMPORTS
from coproduction.screening import tables
from coproduction.screening.figures import draw_recall
from coproduction.screening.flow_figure import draw_flow
from coproduction.screening.prisma import count_flow, counts_table, prisma2020_table
from coproduction.screening.settings import ScreeningSettings


@step(tables, accounting, IMPORTS.part("file", "database"), settings=ScreeningSettings)
def draw_screening(given):
    parts = (given.account, given.imports, given.states, given.criteria)
    flow = count_flow(*parts, given.settings)
    recall = draw_recall(given.progress, len(given.states), given.settings)
    return {
        "prisma": Drawn(draw_flow(flow), counts_table(flow)),
        "prisma2020": prisma2020_table(flow),
        "recall": Drawn(recall, given.progress),
    }
