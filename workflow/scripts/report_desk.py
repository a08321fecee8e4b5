"""Write what the report says of documents and countries."""

from coproduction.core import tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.desk import reporting
from coproduction.desk import tables as forms
from coproduction.desk.indicators import weighted
from coproduction.desk.settings import DeskSettings


def main(snakemake) -> None:
    given, settings = snakemake.input, DeskSettings.model_validate(snakemake.params.settings)
    codebook = tables.read_result(given.codebook, forms.CODEBOOK)
    text = reporting.results(
        tables.read_result(given.documents, forms.DOCUMENTS),
        tables.read_result(given.passages, forms.PASSAGES),
        read_factors(given.factors),
        tables.read_result(given.coverage, forms.COVERAGE),
        tables.read_result(given.changes, forms.CHANGES),
        codebook,
        tables.read_result(given.scores, forms.SCORES),
        tables.read_result(given.consistency, forms.CONSISTENCY),
        settings,
    )
    methods = reporting.methods(settings, snakemake.params.seed, weighted(codebook))
    tables.write_text(methods, snakemake.output.methods)
    tables.write_text(text, snakemake.output.results)


run(main, snakemake)
