"""Write what the report says of the interviews, their evidence, and what became of everything."""

from coproduction.core import accounting
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.interviews import handover, tables
from coproduction.interviews.facts import facts
from coproduction.interviews.settings import InterviewsSettings
from coproduction.interviews.transcript_tables import TURNS


@step(TURNS.part("transcript", "turn", "speaker", "text"), tables, accounting, settings=InterviewsSettings)
def summarise_interviews(given):
    transcripts, segments, structure = given.transcripts, given.segments, given.structure
    measured = (given.agreement, given.overall, given.saturation)
    related = (given.by_interview, given.together)
    report_facts = facts(
        transcripts,
        segments,
        structure,
        given.quotes,
        *measured,
        *related,
        given.settings,
        given.seed,
        given.quote_choice,
        given.changes,
        given.process,
        given.richness,
        given.turns,
    )
    prose = Templates(given.templates)
    return {
        "facts": report_facts,
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
        "evidence": handover.evidence(given.quotes),
        "status": handover.status(
            transcripts, segments, structure, given.private_names, given.changes, given.proposed_changes
        ),
        "account": handover.account(transcripts, segments, structure, given.parts),
    }
