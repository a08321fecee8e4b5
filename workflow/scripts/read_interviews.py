"""Read the transcripts of those who consented, under their pseudonyms, turn by turn."""

from pathlib import Path

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.interviews import pseudonyms, reading
from coproduction.interviews import tables as forms
from coproduction.interviews.settings import InterviewsSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = InterviewsSettings.model_validate(snakemake.params.settings)
    key = pseudonyms.read_key(next(iter(given.get("identities", [])), None))
    participants = reading.read_participants(next(iter(given.get("participants", [])), None))
    files = [Path(name) for name in given.get("transcripts", [])]
    read = reading.read_interviews(participants, files, key, settings)
    pseudonyms.guard({f"table {name}.csv": table for name, table in read.items()}, key)
    tables.write_csv(read["transcripts"], made.transcripts, forms.TRANSCRIPTS)
    tables.write_csv(read["texts"], made.texts, forms.TEXTS)
    tables.write_csv(read["turns"], made.turns, forms.TURNS)
    tables.write_csv(read["replaced"], made.replaced, forms.REPLACED)


run(main, snakemake)
