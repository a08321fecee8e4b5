"""Read the transcripts of those who consented, under their pseudonyms, turn by turn."""

from pathlib import Path

from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.interviews import reading, tables
from coproduction.interviews.settings import InterviewsSettings


@step(tables, settings=InterviewsSettings)
def read_interviews(given):
    key = read_key(next(iter(given.identities), None))
    participants = reading.read_participants(next(iter(given.participants), None))
    read = reading.read_interviews(
        participants, [Path(name) for name in given.files], key, given.settings
    )
    guard({f"table {name}.csv": table for name, table in read.items()}, key)
    return read
