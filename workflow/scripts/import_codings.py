"""Read what the coders handed in and find each segment in the pseudonymised transcripts."""

from pathlib import Path

from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.interviews import coded_files, tables
from coproduction.interviews.places import place_segments


@step(tables)
def import_codings(given):
    key = read_key(next(iter(given.identities), None))
    handed_in, projects = coded_files.read_coded([Path(name) for name in given.coded])
    transcripts, texts = given.transcripts, given.texts
    aliases = dict(zip(transcripts["file"], transcripts["transcript"], strict=True))
    segments = place_segments(
        handed_in, texts, given.turns, given.replaced, aliases, key, given.window
    )
    codebook, memos = (
        coded_files.codebook(projects, segments, key),
        coded_files.memos(projects, key),
    )
    written = {"coded segments": segments, "codebook of the projects": codebook}
    guard(written | {"memos of the projects": memos}, key)
    parts = coded_files.parts(projects, list(texts["transcript"]), aliases)
    return {"segments": segments, "codebook": codebook, "memos": memos, "parts": parts}
