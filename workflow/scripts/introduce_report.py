"""Write the first words of the report: its answer, in plain words too, and how far the study is."""

import json
from pathlib import Path

from coproduction.core import factors
from coproduction.core.people_tables import read_people_table
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.core.vocabulary import TECHNIQUES
from coproduction.desk.tables import DOCUMENTS
from coproduction.ecosystem import tables as ecosystem
from coproduction.interviews.tables import TRANSCRIPTS
from coproduction.literature.tables import RECORDS
from coproduction.report import facts, tables
from coproduction.report.settings import ReportSettings
from coproduction.status import tables as status

PARTS = (
    ecosystem.FACTORS,
    ecosystem.TRACE,
    DOCUMENTS.part("document", "title", "country"),
    TRANSCRIPTS.part("transcript", "country"),
    RECORDS.part("record", "title"),
)


@step(status, tables, *PARTS, settings=ReportSettings)
def introduce_report(given):
    prose = Templates(given.templates)
    report_facts = facts.facts(given.status, given.illustrative)
    codebook = factors.read_factors(given.codebook)
    advice = None
    for path in given.path("advice"):
        advice = read_people_table(path, tables.ADVICE)
        factors.check_factor_ids(advice["factor"], set(codebook["id"]), path, "factor")
    report_facts |= facts.answer(given.factors, codebook, given.trace, advice, given.titles, given.settings)
    contents = (json.loads(Path(path).read_text(encoding="utf-8")) for path in given.path("told"))
    by_technique = dict(zip(TECHNIQUES, contents, strict=True))
    report_facts["basis"] = facts.basis(by_technique)
    report_facts["across"] = facts.across(by_technique["ecosystem"], report_facts["leading"])
    report_facts |= given.about
    states = {
        each["technique"]: {"state": each["state"], "text": prose.fill("state", {"part": each})}
        for each in report_facts["techniques"]
    }
    fragments = ("notice", "summary", "answer", "plain", "brief", "discussion")
    model = json.loads(Path(given.model).read_text(encoding="utf-8"))
    sources = (given.documents, given.transcripts, given.records)
    explorable = facts.explorable(model, given.trace, given.titles, *sources)
    return {"facts": report_facts, "states": states, "explorable": explorable} | {
        name: prose.traced(name, report_facts) for name in fragments
    }
