"""What all parts share: the validated configuration, the study's files, the digest of the code."""

import os
import sys
import time

sys.path.insert(0, str(Path(workflow.basedir) / "workflow" / "scripts"))

from coproduction.core import study_files
from coproduction.core.accounting import TECHNIQUES
from coproduction.config import load_config
from coproduction.core.digest import code_digest, keep_in
from coproduction.core.errors import StudyError
from coproduction.report.software import software_used
from coproduction.core.runs import mark_outdated, problems_in

STARTED = time.time()
HOUSE = Path(workflow.basedir)

keep_in(Path(".snakemake") / "code_digests.json")

try:
    CONFIG = load_config(config, source=", ".join(map(str, workflow.configfiles)))
    REPORT_FOLDERS = study_files.report_folders(
        Path(CONFIG.study) / "report", Path(os.path.relpath(HOUSE / "report")), CONFIG.language
    )
except StudyError as error:
    raise WorkflowError(str(error)) from None


pathvars:
    study=CONFIG.study,
    results=CONFIG.results,
    logs=f"{CONFIG.results}/logs",
    benchmarks=f"{CONFIG.results}/benchmarks",
    factors=CONFIG.factors,


def code(rule_name):
    """Digest of the script of this rule and of the library code that it uses."""
    return code_digest(HOUSE / "workflow" / "scripts" / f"{rule_name}.py")


def section(name):
    """The settings of one technique, as plain values."""
    return getattr(CONFIG, name).model_dump(mode="json")


def templates(technique, *names):
    """The templates of a technique's prose (all, or these): the study's own before the house's."""
    return study_files.templates(REPORT_FOLDERS, technique, *names)


def present(*patterns):
    """Files of the study folder that exist, by name; people may not have put all there yet."""
    return study_files.present(Path(CONFIG.study), *patterns)


def closing_words(results):
    """What a researcher wants to know when a run has ended well."""
    state = Path(results) / "status" / "status.md"
    return state.read_text(encoding="utf-8") if state.is_file() else ""


def closing_problems(results, since):
    """What a failed run ends with: the sentences of its failed steps, where they are seen."""
    mark_outdated(Path(results) / "logs", since)
    problems = problems_in(Path(results) / "logs", since)
    head = "The run has stopped. Earlier results are untouched. What to fix:"
    return "\n".join(["", head, "", *problems, ""]) if problems else ""
