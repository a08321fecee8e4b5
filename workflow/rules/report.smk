"""Report: prose, fragments and figures of all techniques as one HTML page and one PDF.

The report computes nothing. Quarto renders it where it is installed, otherwise pandoc and Typst do
from the same source. A technique that is not there yet is a sentence in the report.
"""

# What people take from the workflow beside the report; it is searched for names with all else.
HANDED_OUT = {
    "state": "<results>/status/status.md",
    "settings": "<results>/house/config.yaml",
    "records": "<results>/literature/export/records.ris",
    "doubtful": "<results>/literature/review_pairs.csv",
    "queue": "<results>/screening/queue.csv",
    "to_screen": "<results>/screening/to_screen/asreview.csv",
    "conflicts": "<results>/screening/conflicts.csv",
    "included": "<results>/screening/included.bib",
    "coding": "<results>/interviews/for_coding/project.qdpx",
    "next_round": "<results>/delphi/next_round",
    "next_round_print": "<results>/delphi/next_round_print",
    "model": "<results>/ecosystem/model.graphml",
    "influences": "<results>/ecosystem/influence_form.csv",
}
REPORT_FRAGMENTS = [
    "<results>/house/report/methods.md",
    "<results>/report/report/notice.md",
    "<results>/report/report/summary.md",
    "<results>/ecosystem/report/trace.md",
    "<results>/literature/report/merges.md",
    *expand("<results>/{part}/report/methods.md", part=[*TECHNIQUES, "status"]),
    *expand("<results>/{part}/report/results.md", part=[*TECHNIQUES, "status"]),
]


rule introduce_report:
    """Write the first words of the report: its notice and how far the study is."""
    input:
        status="<results>/status/status.csv",
        templates=templates("report", "notice", "summary"),
    output:
        facts="<results>/report/facts.json",
        notice="<results>/report/report/notice.md",
        summary="<results>/report/report/summary.md",
    log:
        "<logs>/report/introduce_report.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=500,
    params:
        code=code("introduce_report"),
        illustrative=CONFIG.illustrative,
    message:
        "Writing how far the study is"
    script:
        "../scripts/introduce_report.py"


rule render_report:
    """Render the report: one HTML page that needs nothing else, and one PDF."""
    input:
        sources=report_sources(),
        templates=templates("report", "methods"),
        fragments=REPORT_FRAGMENTS,
        figures=report_figures(),
        pages=DELPHI_PAGES,
        references=CONFIG.references,
    output:
        html="<results>/report/draft/ecosystem.html",
        pdf="<results>/report/draft/ecosystem.pdf",
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
        settings=section("report", "render_report"),
        engine=program_digest("quarto"),
        folders=[str(folder) for folder in REPORT_FOLDERS],
        about={
            "title": CONFIG.title,
            "subtitle": CONFIG.subtitle,
            "author": CONFIG.authors,
            "date": CONFIG.date,
            "lang": CONFIG.language,
            "notice": "Illustrative data" if CONFIG.illustrative else "",
        },
    message:
        "Rendering the report to HTML and PDF"
    script:
        "../scripts/render_report.py"


rule release_report:
    """Search everything once more for names and identities; without any the report is released."""
    input:
        html="<results>/report/draft/ecosystem.html",
        pdf="<results>/report/draft/ecosystem.pdf",
        identities=present("interviews/identities.csv", "delphi/identities.csv"),
        panellists=present("delphi/panellist_ids.csv"),
        private_speakers="<results>/private/speakers.csv",
        private_identifiers="<results>/private/identifiers.csv",
        handed_out=list(HANDED_OUT.values()),
    output:
        html=update("<results>/report/ecosystem.html"),
        pdf=update("<results>/report/ecosystem.pdf"),
        released=update("<results>/report/released.csv"),
    log:
        "<logs>/report/release_report.log",
    benchmark:
        "<benchmarks>/report/release_report.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=1000,
    params:
        code=code("release_report"),
        folder=CONFIG.results,
    message:
        "Searching all results for names before the report is released"
    script:
        "../scripts/release_report.py"
