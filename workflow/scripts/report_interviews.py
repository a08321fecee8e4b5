"""Write what the report says of the interviews."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.interviews import reporting
from coproduction.interviews import tables as forms
from coproduction.interviews.settings import InterviewsSettings


def main(snakemake) -> None:
    given, settings = (
        snakemake.input,
        InterviewsSettings.model_validate(snakemake.params.settings),
    )
    text = reporting.results(
        tables.read_result(given.transcripts, forms.TRANSCRIPTS),
        tables.read_result(given.segments, forms.SEGMENTS),
        tables.read_result(given.structure, forms.STRUCTURE),
        tables.read_result(given.quotes, forms.QUOTES),
        tables.read_result(given.agreement, forms.AGREEMENT),
        tables.read_result(given.overall, forms.OVERALL),
        tables.read_result(given.saturation, forms.SATURATION),
        tables.read_result(given.by_interview, forms.BY_INTERVIEW),
        tables.read_result(given.together, forms.TOGETHER),
        settings,
    )
    methods = reporting.methods(settings, snakemake.params.seed)
    tables.write_text(methods, snakemake.output.methods)
    tables.write_text(text, snakemake.output.results)


run(main, snakemake)
