"""Read what the coders handed in and find each segment in the pseudonymised transcripts."""

from pathlib import Path

from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.interviews import coded_files, tables
from coproduction.interviews.identifiers import Identifiers
from coproduction.interviews.places import Study, place_segments
from coproduction.interviews.settings import InterviewsSettings


@step(tables, settings=InterviewsSettings)
def import_codings(given):
    key = read_key(next(iter(given.identities), None))
    handed_in, projects, unread = coded_files.read_coded([Path(name) for name in given.coded], key)
    transcripts = given.transcripts
    aliases = dict(zip(transcripts["file"], transcripts["transcript"], strict=True))
    identifiers = None
    if given.settings.replace_identifiers:
        known = given.private_identifiers
        identifiers = Identifiers.known(known, given.settings.replace_dates)
    countries = dict(zip(transcripts["transcript"], transcripts["country"], strict=True))
    window = given.settings.search_window
    tables_of = (given.texts, given.turns, given.replaced, aliases)
    study = Study(*tables_of, key, window, identifiers, countries)
    segments = place_segments(handed_in, coded_files.sources_of(projects), study)
    codebook, memos = (
        coded_files.codebook(projects, segments, key),
        coded_files.memos(projects, key),
    )
    written = {"coded segments": segments, "codebook of the projects": codebook}
    guard(written | {"memos of the projects": memos}, key)
    parts = coded_files.parts(projects, unread, study)
    return {"segments": segments, "codebook": codebook, "memos": memos, "parts": parts}
