"""Measure the change of each statement between rounds and apply the stopping rule."""

from coproduction.core.step import step
from coproduction.delphi import asked_again, change_between_rounds, tables
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def compare_rounds(given):
    rounds, settings = change_between_rounds.states(given.rounds), given.settings
    unlinked = change_between_rounds.unlinked(given.rounds)
    change = change_between_rounds.compare(given.ratings, rounds, settings, unlinked)
    parts = (given.statements, given.summary, change, given.panel_flow, rounds, settings)
    return {"change": change, "decisions": asked_again.decide(*parts)}
