"""Stage the report and render it to HTML and PDF."""

from pathlib import Path

from coproduction.core import tables
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.core.study_files import report_sources
from coproduction.report import render, source
from coproduction.report.settings import ReportSettings


@step(settings=ReportSettings)
def render_report(given):
    engine, build = render.choose(given.settings), Path(given.out.build)
    source.stage(
        report_sources([Path(folder) for folder in given.folders]),
        source.names_of(given.fragments),
        source.names_of(given.figures) | source.page_names(given.pages),
        Path(given.references),
        given.about,
        build,
    )
    methods = Templates(given.templates).fill("methods", {"engine": engine.name})
    tables.write_text(methods, build / "fragments" / "report" / "methods.md")
    render.render(engine, build, Path(given.out.html), Path(given.out.pdf))
