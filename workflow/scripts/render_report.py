"""Stage the report and render it to HTML and PDF."""

from pathlib import Path

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.report import fragments, render, source
from coproduction.report.inputs import figure_names, fragment_names, page_names
from coproduction.report.settings import ReportSettings


def main(snakemake) -> None:
    engine = render.choose(ReportSettings.model_validate(snakemake.params.settings))
    build = Path(snakemake.output.build)
    about = snakemake.params.about
    source.stage(
        Path(snakemake.input.outline).parent,
        fragment_names(snakemake.input.fragments),
        figure_names(snakemake.input.figures) | page_names(snakemake.input.pages),
        Path(snakemake.input.references),
        fragments.study_yml(**about),
        build,
    )
    methods = fragments.methods(engine.name)
    tables.write_text(methods, build / "fragments" / "report" / "methods.md")
    render.render(engine, build, Path(snakemake.output.html), Path(snakemake.output.pdf))


run(main, snakemake)
