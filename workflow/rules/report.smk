"""Report: prose, fragments and figures of all techniques as one HTML page and one PDF.

The report computes nothing. Quarto renders it where it is installed, otherwise pandoc and Typst do
from the same source. A technique that is not there yet is a sentence in the report.
"""

import os

REPORT_FOLDER = Path(os.path.relpath(HOUSE / "report"))
REPORT_PARTS = ["notice", "summary", "state", "accounts", "trace"]
TECHNIQUES = ["desk", "literature", "screening", "topics", "interviews", "delphi", "ecosystem"]


def reported():
    """The techniques whose rules are part of the workflow, with the names of their figures."""
    found = {name: globals().get(f"{name.upper()}_FIGURES") for name in TECHNIQUES}
    return {name: figures for name, figures in found.items() if figures is not None}


def tables_of_techniques(name):
    """The table of this name that each technique leaves."""
    return [f"<results>/{technique}/{name}.csv" for technique in reported()]


def report_fragments():
    """The prepared texts of all techniques and of the report itself."""
    kinds = ("methods", "results")
    made = [f"<results>/{name}/report/{kind}.md" for name in reported() for kind in kinds]
    return made + [f"<results>/report/parts/{part}.md" for part in REPORT_PARTS]


def report_figures():
    """The figures of all techniques: SVG for the page, PDF for the paper."""
    return [
        f"<results>/{technique}/{figure}.{ending}"
        for technique, figures in reported().items()
        for figure in figures
        for ending in ("pdf", "svg")
    ]


def report_sources():
    """The prose and styles of the report, by name."""
    return sorted(str(path) for path in REPORT_FOLDER.rglob("*") if path.is_file())


rule write_report_parts:
    """Write what the report says of the study as a whole: its state, accounts and trace."""
    input:
        status=tables_of_techniques("status"),
        account=tables_of_techniques("account"),
        trace=["<results>/ecosystem/trace.csv"] if "ecosystem" in reported() else [],
        factors="<factors>",
    output:
        notice="<results>/report/parts/notice.md",
        summary="<results>/report/parts/summary.md",
        state="<results>/report/parts/state.md",
        accounts="<results>/report/parts/accounts.md",
        trace="<results>/report/parts/trace.md",
    log:
        "<logs>/report/write_report_parts.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("write_report_parts"),
        settings=section("report"),
        illustrative=CONFIG.illustrative,
    message:
        "Writing the state of the study and the trace of its evidence"
    script:
        "../scripts/write_report_parts.py"


rule render_report:
    """Render the report: one HTML page that needs nothing else, and one PDF."""
    input:
        outline=str(REPORT_FOLDER / "ecosystem.qmd"),
        sources=report_sources(),
        fragments=report_fragments(),
        figures=report_figures(),
        references=CONFIG.references,
    output:
        html="<results>/report/ecosystem.html",
        pdf="<results>/report/ecosystem.pdf",
        build=directory("<results>/report/build"),
    log:
        "<logs>/report/render_report.log",
    benchmark:
        "<benchmarks>/report/render_report.tsv"
    conda:
        "../../envs/report.yaml"
    threads: 1
    resources:
        mem_mb=1500,
    params:
        code=code("render_report"),
        settings=section("report"),
        about={
            "title": CONFIG.title,
            "subtitle": CONFIG.subtitle,
            "authors": CONFIG.authors,
            "date": CONFIG.date,
            "notice": "Illustrative data" if CONFIG.illustrative else "",
        },
    message:
        "Rendering the report to HTML and PDF"
    script:
        "../scripts/render_report.py"
