"""Draw the data structure, the themes by interview and the saturation of concepts."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.interviews import figures, structure_figure, structure_table, tables
from coproduction.interviews.process_figure import draw_process
from coproduction.interviews.relations import by_theme
from coproduction.interviews.settings import InterviewsSettings


@step(tables, settings=InterviewsSettings)
def draw_interviews(given):
    structure = structure_figure.figure_structure(given.structure)
    whole = structure_figure.draw_in_report(structure, given.settings.structure_look)
    placed = given.structure[given.structure["dimension"] != ""]
    dimensions = dict(zip(placed["dimension"], placed["dimension"], strict=True))
    dimensions |= dict(zip(placed["theme"], placed["dimension"], strict=True))
    themes, saturation = by_theme(given.by_interview), given.saturation
    return {
        "data_structure": Drawn(whole, structure),
        "data_structure_pages": structure_figure.drawn_pages(structure),
        "data_structure_docx": structure_table.word_table(structure),
        "process": Drawn(draw_process(given.process, dimensions), given.process),
        "themes": Drawn(figures.draw_themes(themes), themes),
        "saturation": Drawn(figures.draw_saturation(saturation), saturation),
    }
