"""Summarise each round: distributions, rules of consensus, groups, panel flow, concordance."""

from coproduction.core.step import step
from coproduction.delphi import decisions, panel, summary, tables
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def aggregate_rounds(given):
    rounds, ratings = decisions.states(given.rounds), given.ratings
    unlinked = decisions.unlinked(given.rounds)
    judged, rules = summary.judge(ratings, rounds, given.settings)
    return {
        "summary": judged,
        "rules": rules,
        "groups": summary.by_group(ratings, given.settings),
        "concordance": decisions.concordance(ratings, rounds, given.settings),
        "panel_flow": panel.flow(given.submissions, given.panel, rounds, unlinked),
        "reminders": panel.reminders(given.submissions, given.panel, rounds, unlinked),
        "leavers": panel.leavers(ratings, rounds, unlinked),
    }
