"""Count and draw the PRISMA 2020 flow."""

from coproduction.core import accounting, figures, tables
from coproduction.core.step import run
from coproduction.screening.counting import count_flow
from coproduction.screening.flow import draw_flow
from coproduction.screening.prisma import counts_table, prisma2020_table
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import CRITERIA, SEARCHED, STANDING


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    flow = count_flow(
        tables.read_result(given.account, accounting.ACCOUNT),
        tables.read_result(given.imports, SEARCHED),
        tables.read_result(given.states, STANDING),
        tables.read_result(given.criteria, CRITERIA),
        ScreeningSettings.model_validate(snakemake.params.settings),
    )
    with figures.style():
        figures.save(draw_flow(flow), counts_table(flow), made.svg, made.pdf, made.csv)
    tables.write_csv(prisma2020_table(flow), made.tool)


run(main, snakemake)
