"""What all parts share: the validated configuration, the study's files, the digest of the code."""

import os
import time
from functools import cache

from coproduction import since_last_run
from coproduction.core import end_of_run, edited_results, failed_steps, study_files
from coproduction.config import load_config
from coproduction.core.digest import code_digest, settings_used
from coproduction.core.errors import StudyError
from coproduction.core.packages import program_digest, versions_digest
from coproduction.report.software import software_used
from coproduction.core.vocabulary import TECHNIQUES

STARTED = time.time()
HOUSE = Path(workflow.basedir)

try:
    CONFIG = load_config(config, source=", ".join(map(str, workflow.configfiles)))
    REPORT_FOLDERS = study_files.report_folders(
        Path(CONFIG.study) / "report", Path(os.path.relpath(HOUSE / "report")), CONFIG.language
    )
except StudyError as error:
    raise WorkflowError(str(error)) from None
config.update(CONFIG.model_dump(mode="json"))  # scripts get the settings as they count

PATTERNS, READ = set(), set()  # under which names steps look for files, and what they find
AT_START, AT_END = [], []  # what else is to be done at the start and at the end of a run
NOTES = edited_results.Notes(Path(CONFIG.results) / "logs")


pathvars:
    study=CONFIG.study,
    results=CONFIG.results,
    logs=f"{CONFIG.results}/logs",
    benchmarks=f"{CONFIG.results}/benchmarks",
    factors=CONFIG.factors,


def script_of(rule_name):
    """The script that has the name of this rule."""
    return HOUSE / "workflow" / "scripts" / f"{rule_name}.py"


if engine.known():
    starts = engine.Engine(
        workflow, script_of, {CONFIG.results: "<results>", CONFIG.study: "<study>"}
    )
    starts.take_over()
    AT_START.append(starts.begin)
    AT_END.append(starts.keep_what_steps_took)


def code(rule_name):
    """Digests of the rule's script with the library code behind it and of its packages' versions.

    With a mark, where somebody changed or removed a result of the rule.
    """
    script = script_of(rule_name)
    return f"{code_digest(script)} {versions_digest(script)} {NOTES.again(rule_name)}".rstrip()


def memory(least, each=0):
    """Megabytes that a step asks for: more with the size of its inputs, twice as much after a failed try.

    least: for small inputs; each: per megabyte of input

    What other steps have still to make counts as much as all that was found in searches, which it is made from.
    """

    def asked(wildcards, input, attempt):
        there = [os.path.getsize(path) for path in input if os.path.exists(path)]
        size = sum(there) + (searched() if len(there) < len(input) else 0)
        return int((least + each * size / 2**20) * 2 ** (attempt - 1))

    return asked


def section(name, rule_name=None):
    """The settings of one technique that the rule's code can ask for; others start nothing anew."""
    settings = getattr(CONFIG, name)
    fields = type(settings).model_fields
    used = settings_used(script_of(rule_name), fields) if rule_name else fields
    return {"section": name, "used": settings.model_dump(mode="json", include=set(used))}


def templates(technique, *names):
    """The templates of a technique's prose (all, or these): the study's own before the house's."""
    return study_files.templates(REPORT_FOLDERS, technique, *names)


@cache
def found_under(*patterns):
    """What there is under these patterns at the start of this run."""
    try:
        return study_files.present(Path(CONFIG.study), *patterns)
    except StudyError as error:
        raise WorkflowError(str(error)) from None


def present(*patterns):
    """Files of the study folder that exist, by name; people may not have put all there yet."""
    PATTERNS.update(patterns)
    READ.update(found_under(*patterns))
    return list(found_under(*patterns))


@cache
def searched():
    """The bytes of all files in the searches folder."""
    return sum(map(os.path.getsize, search_files(None)))


def end_run():
    """What parts have asked for, before the last words."""
    for step in AT_END:
        step()


def opening_words(results):
    """Which results are not what the workflow made: each is put aside and made anew."""
    for step in AT_START:
        step()
    failed_steps.remove_parts(Path(results))
    return edited_results.put_aside(Path(results), NOTES.touched)


def closing_problems(results, since, screens):
    """What a failed run ends with: the sentences of its failed steps, where they are seen."""
    logs = Path(results) / "logs"
    problems = failed_steps.problems_in(logs, since) + failed_steps.unexplained(screens, since)
    failed_steps.mark_outdated(logs, since, screens)  # last, since it changes the notes of steps
    head = "The run has stopped. Earlier results are untouched. What to fix:"
    return "\n".join(["", head, "", *problems, ""]) if problems else ""
