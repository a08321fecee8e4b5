"""Draw the sources again and leave parts out: how firm the order of the conditions is."""

from coproduction.core.step import step
from coproduction.delphi.tables import PANEL, RATINGS
from coproduction.desk.tables import DOCUMENTS
from coproduction.ecosystem import robustness, tables
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.interviews.tables import TRANSCRIPTS


@step(
    RATINGS.part("round", "panellist", "group", "statement", "rating"),
    PANEL.part("panellist", "country"),
    DOCUMENTS.part("document", "country"),
    TRANSCRIPTS.part("transcript", "country"),
    tables,
    settings=EcosystemSettings,
)
def estimate_robustness(given):
    settings, factors = given.settings, given.factors
    names = dict(zip(factors["id"], factors["name"], strict=True))
    countries = robustness.countries_of(given.documents, given.transcripts, given.panel)
    material = robustness.gather_material(given.trace, factors, given.ratings, settings)
    drawn = robustness.bootstrap(material, settings.bootstrap_draws, given.seed)
    left_out = robustness.left_out_table(material, countries)
    return {
        "robustness": robustness.robustness_table(material, names, drawn, left_out, settings.leading),
        "left_out": left_out,
        "smallest_change": robustness.smallest_changes(material, names, settings.leading),
    }
