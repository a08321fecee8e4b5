"""Prepare the next round: its questionnaire and a feedback sheet for each panellist."""

from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.delphi import next_round, tables
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def prepare_next_round(given):
    return {"folder": next_round.prepared(given, Templates(given.templates), given.settings)}
