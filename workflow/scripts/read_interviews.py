"""Read the transcripts of those who consented, under their pseudonyms, turn by turn."""

from pathlib import Path

from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.interviews import names, reading, speakers, tables
from coproduction.interviews.settings import InterviewsSettings


@step(tables, settings=InterviewsSettings)
def read_interviews(given):
    key = read_key(next(iter(given.identities), None))
    participants = reading.read_participants(next(iter(given.participants), None))
    stated_roles = speakers.read_roles(next(iter(given.roles), None))
    files = [Path(name) for name in given.files]
    nobody = names.read_no_names(next(iter(given.no_names), None))
    interview_tables = reading.read_interviews(participants, files, key, given.settings, stated_roles, nobody)
    public_tables = {name: table for name, table in interview_tables.items() if not name.startswith("private")}
    guard({f"table {name}.csv": table for name, table in public_tables.items()}, key)
    return interview_tables
