"""Summarise each round: distributions, rules of consensus, groups, panel flow, concordance."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.delphi import decisions, panel, summary
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = DelphiSettings.model_validate(snakemake.params.settings)
    ratings = tables.read_result(given.ratings, forms.RATINGS)
    submissions = tables.read_result(given.submissions, forms.SUBMISSIONS)
    people = tables.read_result(given.panel, forms.PANEL)
    rounds = decisions.states(tables.read_result(given.rounds, forms.ROUNDS))
    judged, rules = summary.judge(ratings, rounds, settings)
    results = {
        "summary": (judged, forms.SUMMARY),
        "rules": (rules, forms.RULES),
        "groups": (summary.by_group(ratings, settings), forms.GROUPS),
        "concordance": (decisions.concordance(ratings, rounds), forms.CONCORDANCE),
        "panel_flow": (panel.flow(submissions, people, rounds), forms.PANEL_FLOW),
        "leavers": (panel.leavers(ratings, rounds), forms.LEAVERS),
    }
    for name, (table, form) in results.items():
        tables.write_csv(table, made[name], form)


run(main, snakemake)
