"""Report: prose, fragments and figures of all techniques as three documents, each a page and a PDF.

The report itself is a Word file too, for those who comment on it; the figures lie beside, to be taken.

The report answers the question on its first page; the supplement holds the long tables, further
figures, accounts and the evidence behind each condition; the policy brief is one page. Nothing is
computed here. Quarto renders them where it is installed, otherwise pandoc and Typst do from the same
source, and the finished files are checked. A technique that is not there yet is a sentence.
"""

from coproduction.core import exports
from coproduction.report.software import own_version

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
    "forms": "<results>/forms",
}
for step, handed_out in {"export_records": "records", "export_screening": "to_screen"}.items():
    limit = CONFIG.literature.exports_up_to_mb
    if not exports.is_written(step, search_files(None), limit, Path(CONFIG.results)):
        del HANDED_OUT[handed_out]  # written on demand
        NOTES.touched.pop(step, None)
# The documents of the report in the formats that the config names, drafted before they are released;
# all the evidence is a page in any case.
REPORT_DOCUMENTS = [
    f"{name}.{kind}"
    for kind in dict.fromkeys(CONFIG.report.formats)
    for name in ("ecosystem", "supplement", "brief")
    if kind != "docx" or name == "ecosystem"
] + ["evidence.html"]
DRAFTS = {file.replace(".", "_"): f"<results>/report/draft/{file}" for file in REPORT_DOCUMENTS}
# Whose facts answer items of the reporting guidelines, by a template each.
CHECKLISTED = ["literature", "screening", "interviews", "delphi", "ecosystem", "report", "house"]
ANSWERS = [
    file
    for part in CHECKLISTED
    for file in templates(part, "checklist_answers", "record", "changed_rules")
]
OWN_SECTIONS = [
    f"report/sections/{name}.qmd"
    for name in ("introduction", "discussion", "limitations", "declarations")
]
REPORT_FRAGMENTS = [
    "<results>/house/report/methods.md",
    *expand(
        "<results>/report/report/{fragment}.md",
        fragment=["notice", "summary", "answer", "plain", "brief", "discussion", "checklists"],
    ),
    "<results>/ecosystem/report/trace.md",
    "<results>/literature/report/merges.md",
    "<results>/status/report/design.md",
    *expand("<results>/{part}/report/methods.md", part=[*TECHNIQUES, "status"]),
    *expand("<results>/{part}/report/results.md", part=[*TECHNIQUES, "status"]),
]


rule introduce_report:
    """Write the first words of the report: its answer, in plain words too, and how far the study is."""
    input:
        status="<results>/status/status.csv",
        told=expand("<results>/{technique}/facts.json", technique=TECHNIQUES),
        codebook="<factors>",
        factors="<results>/ecosystem/factors.csv",
        trace="<results>/ecosystem/trace.csv",
        model="<results>/ecosystem/model.json",
        documents="<results>/desk/documents.csv",
        transcripts="<results>/interviews/transcripts.csv",
        records="<results>/literature/records.csv",
        advice=present("report/advice.csv"),
        templates=templates(
            "report",
            "notice",
            "summary",
            "answer",
            "plain",
            "brief",
            "discussion",
            "state",
            "words",
        ),
    output:
        facts=update("<results>/report/facts.json"),
        states=update("<results>/report/states.json"),
        explorable=update("<results>/report/explorable.json"),
        notice=update("<results>/report/report/notice.md"),
        summary=update("<results>/report/report/summary.md"),
        answer=update("<results>/report/report/answer.md"),
        plain=update("<results>/report/report/plain.md"),
        brief=update("<results>/report/report/brief.md"),
        discussion=update("<results>/report/report/discussion.md"),
    log:
        "<logs>/report/introduce_report.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500, each=1.5),
    params:
        code=code("introduce_report"),
        settings=section("report", "introduce_report"),
        titles=CONFIG.ecosystem.titles,
        illustrative=CONFIG.illustrative,
        about={
            "title": CONFIG.title,
            "subtitle": CONFIG.subtitle,
            "authors": CONFIG.authors,
            "date": CONFIG.date,
            "seed": CONFIG.seed,
            "version": own_version(HOUSE / "CITATION.cff"),
        },
    message:
        "Writing the answer and the state of the study"
    script:
        "../scripts/introduce_report.py"


rule export_figures:
    """Lay out all figures for readers to take, as SVG, as PNG and with their data as CSV."""
    input:
        figures=report_figures(),
        pages=[*DELPHI_PAGES, *INTERVIEWS_PAGES],
    output:
        folder=directory("<results>/report/draft/figures"),
    log:
        "<logs>/report/export_figures.log",
    conda:
        "../../envs/report.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("export_figures"),
    message:
        "Exporting the figures for readers"
    script:
        "../scripts/export_figures.py"


rule fill_checklists:
    """Fill the checklists of reporting guidelines with what the techniques know."""
    input:
        facts=expand("<results>/{part}/facts.json", part=CHECKLISTED),
        states="<results>/report/states.json",
        answered=present("report/checklists.csv", "delphi/checklist.csv"),
        sections=present(*OWN_SECTIONS),
        templates=[*templates("report", "checklists"), *ANSWERS],
    output:
        checklists=update("<results>/report/checklists.csv"),
        printed=update("<results>/report/report/checklists.md"),
    log:
        "<logs>/report/fill_checklists.log",
    conda:
        "../../envs/tables.yaml"
    threads: 1
    resources:
        mem_mb=memory(500),
    params:
        code=code("fill_checklists"),
        settings=section("report", "fill_checklists"),
    message:
        "Completing the checklists of the reporting guidelines"
    script:
        "../scripts/fill_checklists.py"


rule render_report:
    """Render report, supplement and policy brief: pages, PDFs, and the report for Word."""
    input:
        sources=report_sources(),
        templates=templates("report", "methods", "evidence"),
        fragments=REPORT_FRAGMENTS,
        facts=expand("<results>/{part}/facts.json", part=[*TECHNIQUES, "status", "house", "report"]),
        states="<results>/report/states.json",
        figures="<results>/report/draft/figures",
        references=CONFIG.references,
        explorable="<results>/report/explorable.json",
    output:
        **DRAFTS,
        build=directory("<results>/report/build"),
    log:
        "<logs>/report/render_report.log",
    benchmark:
        "<benchmarks>/report/render_report.tsv"
    conda:
        "../../envs/report.yaml"
    threads: 2
    resources:
        mem_mb=memory(2500),
    params:
        code=code("render_report"),
        settings=section("report", "render_report"),
        engine=program_digest("quarto"),
        folders=[str(folder) for folder in REPORT_FOLDERS],
        about={
            "title": CONFIG.title,
            "subtitle": CONFIG.subtitle,
            "author": CONFIG.authors,
            "byline": CONFIG.authors,
            "date": CONFIG.date,
            "lang": CONFIG.language,
            "notice": "Illustrative data" if CONFIG.illustrative else "",
        },
    message:
        "Rendering the report, its supplement and the policy brief"
    script:
        "../scripts/render_report.py"


rule release_report:
    """Search everything once more for names and identities; without any the report is released."""
    input:
        **DRAFTS,
        figures="<results>/report/draft/figures",
        identities=present("interviews/identities.csv", "delphi/identities.csv"),
        panellists=present("delphi/panellist_ids.csv"),
        private_speakers="<results>/private/speakers.csv",
        private_identifiers="<results>/private/identifiers.csv",
        private_coded_identifiers="<results>/private/coded_identifiers.csv",
        handed_out=list(HANDED_OUT.values()),
    output:
        **{file.replace(".", "_"): update(f"<results>/report/{file}") for file in REPORT_DOCUMENTS},
        figures=update(directory("<results>/report/figures")),
        released=update("<results>/report/released.csv"),
    log:
        "<logs>/report/release_report.log",
    benchmark:
        "<benchmarks>/report/release_report.tsv"
    conda:
        "../../envs/text.yaml"
    threads: 1
    resources:
        mem_mb=memory(1000),
    params:
        code=code("release_report"),
    message:
        "Checking all results for names before releasing the report"
    script:
        "../scripts/release_report.py"
