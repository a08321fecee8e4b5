"""Find the sentences that hold a term of a condition."""

from coproduction.core.factors import read_factors, term_index
from coproduction.core.step import step
from coproduction.desk import tables
from coproduction.desk.passages import find_passages as find


@step(tables)
def find_passages(given):
    index = term_index(read_factors(given.factors))
    return {"passages": find(given.pages, index, given.excerpt_length)}
