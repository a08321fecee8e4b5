"""Vary all choices of the comparison at once; find components and groups of countries."""

from coproduction.core.step import step
from coproduction.desk import ranking, tables
from coproduction.desk.settings import DeskSettings


@step(tables, settings=DeskSettings)
def vary_comparison(given):
    values, codebook, settings = given.values, given.codebook, given.settings
    ranks, choices = ranking.vary(values, codebook, given.scores, settings, given.seed)
    known = ranking.read_groups(next(iter(given.study_country_groups), None))
    groups, numbers = ranking.group_countries(values, known, given.seed, codebook, settings)
    return {
        "rank_uncertainty": ranks,
        "rank_choices": choices,
        "components": ranking.components(values, codebook, settings),
        "country_groups": groups,
        "group_numbers": numbers,
    }
