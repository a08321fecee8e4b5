"""Draw the Delphi: verdicts and their change, the panel, and the options in use."""

from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.delphi import figures, figures_change, figures_flow, figures_options, tables
from coproduction.delphi.change_between_rounds import states, unlinked
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def draw_delphi(given):
    settings, rounds = given.settings, states(given.rounds)
    linked = ~given.ratings["round"].isin(unlinked(given.rounds))  # of others no way is known
    ratings, summary = given.ratings[linked], given.summary
    change, decisions = given.change, given.decisions
    single = {
        "map": figures.draw_map(summary, decisions, settings),
        "alluvial": figures_flow.draw_alluvial(ratings, rounds, settings),
        "flow": figures_flow.draw_flow(given.submissions, given.panel, rounds),
        "ranking": figures_options.draw_ranking(given.ranking, given.ranking_rounds),
        "fuzzy": figures_options.draw_fuzzy(given.fuzzy, settings),
        "convergence": figures_options.draw_convergence(given.convergence),
    }
    paged = {
        "distribution": figures.draw_distribution(summary, decisions, settings),
        "change": figures_change.draw_change(change, summary, decisions, settings),
        "statements": figures_flow.draw_statements(ratings, change, summary, decisions, rounds, settings),
    }
    pages = {
        f"{name}-{number}": Drawn(*page) for name, drawn in paged.items() for number, page in enumerate(drawn, start=1)
    }
    return {name: Drawn(*drawn) for name, drawn in single.items()} | {"pages": pages}
