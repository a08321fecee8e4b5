"""Lay out the figures for readers to take: SVG for the screen, PNG for slides, CSV with the data."""

from coproduction.core.step import step
from coproduction.report import pictures


@step()
def export_figures(given):
    return {"folder": pictures.to_take([*given.figures, *pictures.of_pages(given.pages)])}
