"""Write what the report says of the screening, and where every record went."""

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.screening import reporting
from coproduction.screening import tables as forms
from coproduction.screening.settings import ScreeningSettings

FORMS = {
    "flow": forms.FLOW,
    "agreement": forms.AGREEMENT,
    "conflicts": forms.CONFLICTS,
    "findings": forms.FINDINGS,
    "sources": forms.SOURCES,
    "full_texts": forms.FULL_TEXTS,
    "basis": forms.BASIS,
    "stop": forms.STOP,
    "measures": forms.MEASURES,
    "included": forms.INCLUDED,
    "queue": forms.QUEUE,
}


def main(snakemake) -> None:
    given, made = dict(snakemake.input.items()), snakemake.output
    settings = ScreeningSettings.model_validate(snakemake.params.settings)
    criteria = tables.read_result(given["criteria"], forms.CRITERIA)
    states = tables.read_result(given["states"], forms.STANDING)
    read = {name: tables.read_result(given[name], form) for name, form in FORMS.items()}
    seed = snakemake.params.seed
    tables.write_text(reporting.methods(settings, criteria, seed), made.methods)
    tables.write_text(reporting.results(criteria, **read), made.results)
    status = reporting.status(states, read["conflicts"])
    tables.write_csv(status, made.status, accounting.STATUS)
    tables.write_csv(reporting.account(states), made.account, accounting.ACCOUNT)


run(main, snakemake)
