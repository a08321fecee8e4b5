"""Read what the coders handed in and find each segment in the pseudonymised transcripts."""

from pathlib import Path

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.interviews import coding, pseudonyms
from coproduction.interviews import tables as forms


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    key = pseudonyms.read_key(next(iter(given.get("identities", [])), None))
    transcripts = tables.read_result(given.transcripts, forms.TRANSCRIPTS)
    handed_in, projects = coding.read_coded([Path(name) for name in given.get("coded", [])])
    aliases = dict(zip(transcripts["file"], transcripts["transcript"], strict=True))
    texts = tables.read_result(given.texts, forms.TEXTS)
    segments = coding.place_segments(
        handed_in,
        texts,
        tables.read_result(given.turns, forms.TURNS),
        tables.read_result(given.replaced, forms.REPLACED),
        aliases,
        key,
        snakemake.params.window,
    )
    codebook, memos = coding.codebook(projects, segments, key), coding.memos(projects, key)
    written = {"coded segments": segments, "codebook of the projects": codebook}
    pseudonyms.guard(written | {"memos of the projects": memos}, key)
    parts = coding.parts(projects, list(texts["transcript"]), aliases)
    tables.write_csv(segments, made.segments, forms.SEGMENTS)
    tables.write_csv(codebook, made.codebook, forms.CODEBOOK)
    tables.write_csv(memos, made.memos, forms.MEMOS)
    tables.write_csv(parts, made.parts, forms.PARTS)


run(main, snakemake)
