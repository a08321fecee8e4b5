"""Draw how many quotes each interview has for each theme."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.interviews.relations import by_theme
from coproduction.interviews.tables import BY_INTERVIEW
from coproduction.interviews.themes_figure import draw_themes


def main(snakemake) -> None:
    shown = by_theme(tables.read_result(snakemake.input.by_interview, BY_INTERVIEW))
    with figures.style():
        figures.save(draw_themes(shown), shown, **dict(snakemake.output.items()))


run(main, snakemake)
