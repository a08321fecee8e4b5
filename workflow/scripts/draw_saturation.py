"""Draw how many new concepts each interview brought."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.interviews import drawing
from coproduction.interviews import tables as forms
from coproduction.interviews.saturation import saturation


def main(snakemake) -> None:
    given, params = snakemake.input, snakemake.params
    quotes = tables.read_result(given.quotes, forms.QUOTES)
    transcripts = tables.read_result(given.transcripts, forms.TRANSCRIPTS)
    shown = saturation(quotes, transcripts, params.base_size, params.run_length)
    with figures.style():
        figures.save(drawing.draw_saturation(shown), shown, **dict(snakemake.output.items()))


run(main, snakemake)
