"""Hand on the evidence, the state of the work and what became of every transcript and segment."""

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.interviews import outcomes
from coproduction.interviews import tables as forms


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    transcripts = tables.read_result(given.transcripts, forms.TRANSCRIPTS)
    segments = tables.read_result(given.segments, forms.SEGMENTS)
    structure = tables.read_result(given.structure, forms.STRUCTURE)
    quotes = tables.read_result(given.quotes, forms.QUOTES)
    tables.write_csv(outcomes.evidence(quotes), made.evidence, accounting.EVIDENCE)
    status = outcomes.status(transcripts, segments, structure)
    tables.write_csv(status, made.status, accounting.STATUS)
    account = outcomes.account(
        transcripts, segments, structure, tables.read_result(given.parts, forms.PARTS)
    )
    accounting.check_account(account)
    tables.write_csv(account, made.account, accounting.ACCOUNT)


run(main, snakemake)
