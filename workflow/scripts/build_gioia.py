"""Join concepts, themes and dimensions with the coded segments; what people decided on them."""

from coproduction.core.factors import read_factors
from coproduction.core.identities import guard, read_key
from coproduction.core.step import step
from coproduction.interviews import chosen_quotes, gioia, reading, structure_versions, tables
from coproduction.interviews.process import process, read_propositions
from coproduction.interviews.settings import InterviewsSettings


@step(tables, settings=InterviewsSettings)
def build_gioia(given):
    factors = set(read_factors(given.factors)["id"])
    planned = reading.read_gioia(next(iter(given.gioia), None), factors)
    structure = gioia.build(planned, given.segments)
    quotes = gioia.quotes(structure, given.segments)
    chosen = chosen_quotes.read_people(next(iter(given.chosen), None), tables.CHOSEN_QUOTES)
    n_quotes, length = given.settings.quotes_per_theme, given.settings.quote_length
    decided = chosen_quotes.choice(quotes, chosen, n_quotes, length)
    recorded_changes = chosen_quotes.read_people(next(iter(given.told), None), tables.CODE_CHANGES)
    changes = chosen_quotes.changes(recorded_changes, structure)
    out, forms = given.out, (tables.STRUCTURE, tables.QUOTES, tables.PROPOSED_CHANGES)
    *before, open_ = map(structure_versions.earlier, (out.structure, out.quotes, out.proposed_changes), forms)
    proposed = structure_versions.proposed(tuple(before), (structure, quotes), open_, recorded_changes)
    propositions = read_propositions(next(iter(given.propositions), None), structure)
    coded = sorted(set(quotes["transcript"]))
    model = process(propositions, quotes, coded)
    key = read_key(next(iter(given.identities), None))
    written_tables = {"data structure (gioia.csv)": structure, "chosen_quotes.csv": decided}
    guard(written_tables | {"code_changes.csv": changes, "proposed changes": proposed, "propositions.csv": model}, key)
    outputs = {"structure": structure, "quotes": quotes, "quote_choice": decided}
    return outputs | {"changes": changes, "proposed_changes": proposed, "process": model}
