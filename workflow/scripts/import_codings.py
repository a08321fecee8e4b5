"""Read what the coders handed in and find each segment in the pseudonymised transcripts."""

from pathlib import Path

from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.core.tables import empty
from coproduction.interviews import coded_files, tables
from coproduction.interviews.identifiers import Identifiers
from coproduction.interviews.quote_positions import Cleaner, Study, place_segments
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
    clean = Cleaner(study)
    codebook = coded_files.codebook(projects, segments, clean, study.is_person)
    memos = coded_files.memos(projects, clean)
    written_tables = {"coded segments": segments, "codebook of the projects": codebook}
    parts = coded_files.parts(projects, unread, study)
    guard(written_tables | {"memos of the projects": memos, "parts of the projects": parts}, key)
    outputs = {"segments": segments, "codebook": codebook, "memos": memos, "parts": parts}
    known = set(given.private_identifiers["token"])
    new = empty(tables.PRIVATE_CODED_IDENTIFIERS) if identifiers is None else identifiers.table(known)
    return outputs | {"private_coded_identifiers": new}
