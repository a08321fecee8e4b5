"""Measure how far the coders agree on the turns that both have coded."""

from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.interviews import tables
from coproduction.interviews.agreement import compare, disagreements
from coproduction.interviews.chosen_quotes import read_people
from coproduction.interviews.gioia import by_concept, codes_to_compare


@step(tables)
def compare_coders(given):
    structure = given.structure
    segments = by_concept(structure, given.segments)
    codes = codes_to_compare(structure, given.agreement_on)
    unit = given.agreement_unit
    agreement, overall = compare(segments, given.turns, codes, given.seed, unit)
    decided = read_people(next(iter(given.decided), None), tables.PEOPLE_DISAGREEMENTS)
    apart = disagreements(segments, given.turns, codes, unit, decided)
    guard({"disagreements.csv": apart}, read_key(next(iter(given.identities), None)))
    return {"agreement": agreement, "overall": overall, "disagreements": apart}
