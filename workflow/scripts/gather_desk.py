"""Hand on the evidence, the state of the work and what became of every document and value."""

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.desk import outcomes
from coproduction.desk import tables as forms


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    documents = tables.read_result(given.documents, forms.DOCUMENTS)
    passages = tables.read_result(given.passages, forms.PASSAGES)
    values = tables.read_result(given.values, forms.VALUES)
    codebook = tables.read_result(given.codebook, forms.CODEBOOK)
    coverage = tables.read_result(given.coverage, forms.COVERAGE)
    normalised = tables.read_result(given.normalised, forms.NORMALISED)
    scale = snakemake.params.settings["normalisation"]
    evidence = outcomes.evidence(passages, normalised, codebook, scale)
    tables.write_csv(evidence, made.evidence, accounting.EVIDENCE)
    tables.write_csv(outcomes.status(documents, values, coverage), made.status, accounting.STATUS)
    account = outcomes.account(documents, passages, values)
    accounting.check_account(account)
    tables.write_csv(account, made.account, accounting.ACCOUNT)


run(main, snakemake)
