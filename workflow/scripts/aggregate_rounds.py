"""Summarise each round: distributions, rules of consensus, groups, panel flow, concordance."""

from coproduction.core.step import step
from coproduction.delphi import change_between_rounds, concordance, panel, summary, tables
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def aggregate_rounds(given):
    rounds, ratings = change_between_rounds.states(given.rounds), given.ratings
    unlinked = change_between_rounds.unlinked(given.rounds)
    judged, rules = summary.judge(ratings, rounds, given.settings)
    return {
        "summary": judged,
        "rules": rules,
        "groups": summary.by_group(ratings, given.settings),
        "concordance": concordance.concordance(ratings, rounds, given.settings),
        "panel_flow": panel.flow(given.submissions, given.panel, rounds, unlinked),
        "reminders": panel.reminders(given.submissions, given.panel, rounds, unlinked),
        "leavers": panel.leavers(ratings, rounds, unlinked),
    }
