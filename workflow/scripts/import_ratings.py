"""Read the round files into one table of ratings, and list what did not match."""

from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.delphi import privacy, study, tables
from coproduction.delphi.importing import import_rounds
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def import_ratings(given):
    kept = study.read(given, set(read_factors(given.factors)["id"]))
    taken = import_rounds(kept, given.settings).tables()
    panel = study.panel_or_responders(kept.panel, taken["submissions"])
    privacy.refuse_identities(panel, "the round files")
    return taken | {"statements": kept.statements, "rounds": kept.rounds, "panel": panel}
