"""Draw the configurations of the solutions, and the cases in them."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.qca import drawing, shown
from coproduction.qca import tables as forms


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    of_study = tables.read_result(given.sets, forms.SETS)
    fitted = tables.read_result(given.fitted, forms.FITTED)
    solutions = tables.read_result(given.solutions, forms.SOLUTIONS)
    parts = shown.figure_configurations(solutions, of_study)
    with figures.style():
        chart = drawing.draw_configurations(parts, of_study)
        figures.save(chart, parts, made.svg, made.pdf, made.csv)
        cases = drawing.draw_cases(fitted, of_study)
        figures.save(cases, fitted, made.cases_svg, made.cases_pdf, made.cases_csv)


run(main, snakemake)
