"""Ranking-type, fuzzy and real-time evaluation of the Delphi, where the settings ask for them."""

from coproduction.core.step import step
from coproduction.delphi import options, tables
from coproduction.delphi.change_between_rounds import states
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def extend_delphi(given):
    order, agreement = options.rank(given.ratings, states(given.rounds), given.settings)
    return {
        "ranking": order,
        "ranking_rounds": agreement,
        "fuzzy": options.judge_fuzzily(given.summary, given.settings),
        "convergence": options.follow(given.revisions, given.settings),
    }
