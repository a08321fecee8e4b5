"""Stage and compose the report, its supplement and the policy brief, and render them."""

import json
from pathlib import Path

from coproduction.core import tables
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.core.study_files import report_sources
from coproduction.report import links, render, source
from coproduction.report.settings import ReportSettings


@step(settings=ReportSettings)
def render_report(given):
    engine, build, settings = render.choose(given.settings), Path(given.out.build), given.settings
    source.stage(
        report_sources([Path(folder) for folder in given.folders]),
        source.names_of(given.fragments),
        source.files_below(Path(given.figures)),
        Path(given.references),
        given.about,
        build,
    )
    prose = Templates(given.templates)
    methods = prose.fill("methods", {"engine": engine.name})
    tables.write_text(methods, build / "fragments" / "report" / "methods.md")
    explored = json.loads(Path(given.explorable).read_text(encoding="utf-8"))
    script = (build / "explore.js").read_text(encoding="utf-8")
    tables.write_text(source.explorer(links.in_short(explored), script), build / "explore.html")
    states = json.loads(Path(given.states).read_text(encoding="utf-8"))
    conditions = {factor["id"]: factor["name"] for factor in explored["factors"]}
    facts = {Path(path).parent.name: json.loads(Path(path).read_text(encoding="utf-8")) for path in given.facts}
    documents, told = source.compose(build, given.about["title"], states, settings.figures, settings.rows, conditions)
    targets = {
        key: Path(given.out[key])
        for name in documents
        for kind in render.KINDS
        if (key := f"{name}_{kind}") in given.out.keys()  # noqa: SIM118 (`in` asks for values)
    }
    words = given.about | {
        "lang": given.about["lang"] or "en",
        "factors": links.table_of_evidence(explored),
        "values": facts.get("desk", {}).get("values", []),
        "sources": facts.get("desk", {}).get("sources", []),
        "parts": links.table_of_facts(told, facts),
        "supplement": next((f"supplement.{kind}" for kind in render.LINKED if f"supplement_{kind}" in targets), ""),
    }
    pages = {"evidence_html": prose.fill_html("evidence", words)}
    targets["evidence_html"] = Path(given.out.evidence_html)
    render.render(engine, build, documents, targets, given.about, given.threads, pages)
