"""Vary all choices of the comparison at once; find components and groups of countries."""

from coproduction.core.step import step
from coproduction.desk import comparison_robustness, tables
from coproduction.desk.settings import DeskSettings


@step(tables, settings=DeskSettings)
def vary_comparison(given):
    values, codebook, settings = given.values, given.codebook, given.settings
    ranks, choices = comparison_robustness.vary(values, codebook, given.scores, settings, given.seed)
    known = comparison_robustness.read_groups(next(iter(given.study_country_groups), None))
    groups, numbers = comparison_robustness.group_countries(values, known, given.seed, codebook, settings)
    return {
        "rank_uncertainty": ranks,
        "rank_choices": choices,
        "components": comparison_robustness.components(values, codebook, settings),
        "country_groups": groups,
        "group_numbers": numbers,
    }
