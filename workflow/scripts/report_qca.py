"""Write what the report says of the configurations, and hand on the evidence."""

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.qca import outcomes, reporting
from coproduction.qca import tables as forms
from coproduction.qca.analysis import Found
from coproduction.qca.settings import QcaSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = QcaSettings.model_validate(snakemake.params.settings)
    of_study = tables.read_result(given.sets, forms.SETS)
    judged = tables.read_result(given.memberships, forms.MEMBERSHIPS)
    calibrated = tables.read_result(given.calibrated, forms.CALIBRATED)
    found = Found(
        tables.read_result(given.cases, forms.CASES),
        tables.read_result(given.truth, forms.TRUTH),
        tables.read_result(given.necessity, forms.NECESSITY),
        tables.read_result(given.solutions, forms.SOLUTIONS),
        tables.read_result(given.robustness, forms.ROBUSTNESS),
        tables.read_result(given.fitted, forms.FITTED),
    )
    evidence = outcomes.evidence(found.solutions, of_study)
    tables.write_text(reporting.methods(settings), made.methods)
    tables.write_text(reporting.results(of_study, found, settings), made.results)
    tables.write_csv(evidence, made.evidence, accounting.EVIDENCE)
    tables.write_csv(outcomes.status(of_study, found.cases), made.status, accounting.STATUS)
    account = outcomes.account(of_study, judged, calibrated, found.cases)
    tables.write_csv(account, made.account, accounting.ACCOUNT)


run(main, snakemake)
