"""Print the next round: the form and the feedback sheets of the panellists as PDF."""

from pathlib import Path

from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.core.tables import read_result
from coproduction.delphi import next_round, tables
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def print_next_round(given):
    path = Path(given.next_round) / "mailing.csv"
    mailing = read_result(path, tables.MAILING) if path.is_file() else None
    return {"folder": next_round.printed(given, mailing, Templates(given.templates), given.settings)}
