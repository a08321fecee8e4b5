"""Read what the coders handed in and find each segment in the pseudonymised transcripts."""

from pathlib import Path

from coproduction import tables
from coproduction.interviews import coding, pseudonyms
from coproduction.interviews import tables as forms
from coproduction.step import run


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    key = pseudonyms.read_key(next(iter(given.get("identities", [])), None))
    transcripts = tables.read_result(given.transcripts, forms.TRANSCRIPTS)
    handed_in, codes = coding.read_coded([Path(name) for name in given.get("coded", [])])
    segments = coding.place_segments(
        handed_in,
        tables.read_result(given.texts, forms.TEXTS),
        tables.read_result(given.turns, forms.TURNS),
        tables.read_result(given.replaced, forms.REPLACED),
        dict(zip(transcripts["file"], transcripts["transcript"], strict=True)),
        key,
        snakemake.params.window,
    )
    codebook = coding.codebook(codes, segments, key)
    pseudonyms.guard({"coded segments": segments, "codebook of the projects": codebook}, key)
    tables.write_csv(segments, made.segments, forms.SEGMENTS)
    tables.write_csv(codebook, made.codebook, forms.CODEBOOK)


run(main, snakemake)
