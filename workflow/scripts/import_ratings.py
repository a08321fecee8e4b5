"""Read the round files into one table of ratings, and list what did not match."""

from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.delphi import people_files, privacy, tables
from coproduction.delphi.change_between_rounds import unlinked
from coproduction.delphi.importing import import_rounds
from coproduction.delphi.settings import DelphiSettings


@step(tables, settings=DelphiSettings)
def import_ratings(given):
    study = people_files.read(given, set(read_factors(given.factors)["id"]))
    imported = import_rounds(study, given.settings)
    results = imported.tables()
    rounds = people_files.with_links(study.rounds, imported.linked)
    panel = people_files.panel_or_responders(study.panel, results["submissions"], unlinked(rounds))
    privacy.refuse_identities(panel, "the round files")
    return results | {"statements": study.statements, "rounds": rounds, "panel": panel}
