"""Which conditions favour the co-production of social services? The study on one page.

Desk research, QCA, literature review, topics, interviews, Delphi and the ecosystem, to the report.
"""

import sys

from snakemake.utils import min_version

min_version("9.19")

sys.path.insert(0, str(Path(workflow.basedir) / "workflow" / "scripts"))

from coproduction import engine
from coproduction.core.garbage_collection import look_seldom
from coproduction.core.start_cache import keep_in

look_seldom()
keep_in(Path(".snakemake") / "kept.json")
if engine.known():  # others read rules and start steps their own way, more slowly
    engine.read_rules_once()


if not workflow.config_settings.configfiles:  # a study's own file stands alone, beside the defaults

    configfile: "config/config.yaml"


include: "workflow/rules/house.smk"


if CONFIG.container:

    containerized: CONFIG.container


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
        expand("<results>/report/{file}", file=REPORT_DOCUMENTS),
        **HANDED_OUT,


include: "workflow/rules/archive.smk"


if engine.known():
    starts.group_steps(searched() > CONFIG.literature.exports_up_to_mb * exports.MEGABYTE)


onstart:
    # With a limit of starts each look for jobs sets a timer for another look: after n jobs there are n
    # looks a second (Snakemake 9.27.1, findings/snakemake_looks_ever_more_often.sh). No limit, no timer.
    workflow.scheduler.job_rate_limiter = None
    print(opening_words(CONFIG.results))


onsuccess:
    end_run()
    print(end_of_run.words(Path(CONFIG.results)))
    print(since_last_run.since_last_run(Path(CONFIG.results)))


onerror:
    end_run()
    print(closing_problems(CONFIG.results, STARTED, log))
