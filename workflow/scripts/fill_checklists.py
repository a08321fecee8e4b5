"""Fill the checklists of reporting guidelines: what the techniques know, and what people answer."""

import json
from pathlib import Path

from coproduction.core.people_tables import read_people_table
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.report import checklists, tables
from coproduction.report.settings import ReportSettings


@step(tables, settings=ReportSettings)
def fill_checklists(given):
    states = json.loads(Path(given.states).read_text(encoding="utf-8"))
    begun = {name: state_of_part["state"] for name, state_of_part in states.items()}
    known_answers = {}
    for path in map(Path, given.facts):
        part, facts_of_part = path.parent.name, json.loads(path.read_text(encoding="utf-8"))
        if begun.get(part) == "not begun":
            continue  # nobody has done anything of it
        own_templates = [file for file in given.templates if Path(file).parent.name == part]
        if part == "report":
            facts_of_part["own_sections"] = checklists.told_in_sections(given.sections)
        known_answers[part] = checklists.answers(Templates(own_templates).fill("checklist_answers", facts_of_part))
    answered = []
    for path in given.path("answered"):
        answered.append(read_people_table(path, tables.STUDY_CHECKLISTS))
        checklists.check(answered[-1], path)
    items = checklists.fill(known_answers, answered)
    printed = checklists.facts(items, given.settings.checklists, begun)
    prose = Templates([file for file in given.templates if Path(file).parent.name == "report"])
    return {"checklists": items, "printed": prose.fill("checklists", {"checklists": printed})}
