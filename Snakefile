"""Which conditions favour the co-production of social services? The study on one page.

Desk research and country comparison, systematic literature review, topics, interviews coded after
Gioia, Delphi, and the ecosystem of conditions, from the study folder to the report.
"""

from snakemake.utils import min_version

min_version("9.19")


configfile: "config/config.yaml"


include: "workflow/rules/house.smk"
include: "workflow/rules/desk.smk"
include: "workflow/rules/literature.smk"
include: "workflow/rules/screening.smk"
include: "workflow/rules/topics.smk"
include: "workflow/rules/interviews.smk"
include: "workflow/rules/delphi.smk"
include: "workflow/rules/ecosystem.smk"
include: "workflow/rules/status.smk"


rule all:
    """Everything: the report and the state of the study."""
    default_target: True
    input:
        expand("<results>/desk/{figure}.pdf", figure=DESK_FIGURES),
        "<results>/desk/report/results.md",
        "<results>/desk/evidence.csv",
        "<results>/literature/status.csv",
        "<results>/literature/account.csv",
        "<results>/literature/overlap.svg",
        "<results>/literature/export/records.ris",
        "<results>/topics/status.csv",
        expand("<results>/interviews/{figure}.pdf", figure=INTERVIEWS_FIGURES),
        "<results>/interviews/for_coding/project.qdpx",
        "<results>/interviews/report/results.md",
        "<results>/interviews/evidence.csv",
        expand("<results>/ecosystem/{figure}.pdf", figure=ECOSYSTEM_FIGURES),
        "<results>/ecosystem/report/results.md",
        "<results>/status/status.md",


onsuccess:
    print(closing_words(CONFIG.results))


onerror:
    print(closing_problems(CONFIG.results, STARTED))
