"""Write what the report says of documents and countries; hand on evidence, state and account."""

from coproduction.core import accounting
from coproduction.core.factors import read_factors
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.desk import facts, handover, tables, value_trail
from coproduction.desk.settings import DeskSettings


@step(tables, accounting, settings=DeskSettings)
def summarise_desk(given):
    documents, passages, values = given.documents, given.passages, given.values
    coverage, codebook = given.coverage, given.codebook
    report_facts = {"settings": given.settings.model_dump(mode="json"), "seed": given.seed}
    quoted = given.settings.shown_passages
    report_facts |= facts.of_documents(
        documents, given.similar_documents, passages, read_factors(given.factors), quoted
    )
    report_facts |= facts.of_countries(
        coverage, given.changes, codebook, given.scores, given.consistency, given.normalised
    )
    report_facts |= facts.of_variation(
        *(given.rank_uncertainty, given.rank_choices, given.components, given.country_groups),
        *(given.group_numbers, given.coverage),
    )
    report_facts |= facts.of_downloads(given.downloads, given.downloaded_series)
    report_facts |= facts.of_map(given.scores, given.country_groups)
    report_facts |= value_trail.of_values(given.normalised, values, codebook, given.scores)
    account = handover.account(documents, passages, given.judgements, values, given.downloaded_series)
    accounting.check_account(account)
    prose, scale = Templates(given.templates), given.settings.normalisation
    return {
        "facts": report_facts,
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
        "evidence": handover.evidence(passages, given.normalised, codebook, scale),
        "status": handover.status(
            documents, given.similar_documents, passages, values, coverage, given.downloaded_series
        ),
        "account": account,
    }
