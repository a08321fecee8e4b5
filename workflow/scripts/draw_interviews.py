"""Draw the data structure, the themes by interview and the saturation of concepts."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.interviews import figures, tables
from coproduction.interviews.relations import by_theme


@step(tables)
def draw_interviews(given):
    structure = figures.figure_structure(given.structure)
    themes, saturation = by_theme(given.by_interview), given.saturation
    return {
        "data_structure": Drawn(figures.draw_structure(structure), structure),
        "themes": Drawn(figures.draw_themes(themes), themes),
        "saturation": Drawn(figures.draw_saturation(saturation), saturation),
    }
