"""Join concepts, themes and dimensions with the coded segments."""

from coproduction.core.factors import read_factors
from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.interviews import gioia, reading, tables


@step(tables)
def build_gioia(given):
    factors = set(read_factors(given.factors)["id"])
    planned = reading.read_gioia(next(iter(given.gioia), None), factors)
    structure = gioia.build(planned, given.segments)
    key = read_key(next(iter(given.identities), None))
    guard({"data structure (gioia.csv)": structure}, key)
    return {"structure": structure, "quotes": gioia.quotes(structure, given.segments)}
