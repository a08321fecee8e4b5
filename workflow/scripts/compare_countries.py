"""Score and rank the countries in each dimension, under all variants of method."""

from coproduction.core.step import step
from coproduction.desk import tables
from coproduction.desk.comparison import compare
from coproduction.desk.settings import DeskSettings


@step(tables, settings=DeskSettings)
def compare_countries(given):
    return vars(compare(given.values, given.codebook, given.settings, given.seed))
