"""Measure the change of each statement between rounds and apply the stop rule."""

from coproduction.core.step import step
from coproduction.delphi import decisions, tables
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def compare_rounds(given):
    rounds, settings = decisions.states(given.rounds), given.settings
    unlinked = decisions.unlinked(given.rounds)
    change = decisions.compare(given.ratings, rounds, settings, unlinked)
    parts = (given.statements, given.summary, change, given.panel_flow, rounds, settings)
    return {"change": change, "decisions": decisions.decide(*parts)}
