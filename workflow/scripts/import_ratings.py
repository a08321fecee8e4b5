"""Read the round files into one table of ratings, and list what did not match."""

from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.delphi import people_files, privacy, tables
from coproduction.delphi.change_between_rounds import unlinked
from coproduction.delphi.importing import import_rounds
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def import_ratings(given):
    kept = people_files.read(given, set(read_factors(given.factors)["id"]))
    taken = import_rounds(kept, given.settings)
    results = taken.tables()
    rounds = people_files.with_links(kept.rounds, taken.linked)
    panel = people_files.panel_or_responders(kept.panel, results["submissions"], unlinked(rounds))
    privacy.refuse_identities(panel, "the round files")
    return results | {"statements": kept.statements, "rounds": rounds, "panel": panel}
