"""Which conditions favour the co-production of social services? The study on one page.

Desk research, country comparison and QCA, systematic literature review, topics, interviews coded after
Gioia, Delphi, and the ecosystem of conditions, from the study folder to the report.
"""

from snakemake.utils import min_version

min_version("9.19")


if not workflow.config_settings.configfiles:  # a study's own file stands alone, beside the defaults

    configfile: "config/config.yaml"


include: "workflow/rules/house.smk"
include: "workflow/rules/inputs.smk"
include: "workflow/rules/settings.smk"
include: "workflow/rules/desk.smk"
include: "workflow/rules/qca.smk"
include: "workflow/rules/literature.smk"
include: "workflow/rules/screening.smk"
include: "workflow/rules/topics.smk"
include: "workflow/rules/interviews.smk"
include: "workflow/rules/delphi.smk"
include: "workflow/rules/ecosystem.smk"
include: "workflow/rules/status.smk"
include: "workflow/rules/report.smk"


rule all:
    """The report, the state of the study, and what people take from the workflow."""
    default_target: True
    input:
        html="<results>/report/ecosystem.html",
        pdf="<results>/report/ecosystem.pdf",
        state="<results>/status/status.md",
        settings="<results>/house/config.yaml",
        records="<results>/literature/export/records.ris",
        doubtful="<results>/literature/review_pairs.csv",
        queue="<results>/screening/queue.csv",
        to_screen="<results>/screening/to_screen/asreview.csv",
        conflicts="<results>/screening/conflicts.csv",
        included="<results>/screening/included.bib",
        coding="<results>/interviews/for_coding/project.qdpx",
        next_round="<results>/delphi/next_round",
        next_round_print="<results>/delphi/next_round_print",
        model="<results>/ecosystem/model.graphml",
        influences="<results>/ecosystem/influence_form.csv",


onsuccess:
    print(closing_words(CONFIG.results))


onerror:
    print(closing_problems(CONFIG.results, STARTED))
