"""What a run leaves behind: which steps failed, why, and what is only half written.

Apart from `step`, because the Snakefile needs this and no pandas.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from coproduction.core.errors import of_the_machine

NO_SPACE = 65_536  # bytes
DONE, BEGUN, WAITS = "done", "begun", "waits"  # states of a step in a run
PROBLEM, FAILED, PART = "PROBLEM: ", "FAILED: ", ".part"
_FAILED_RULE = re.compile(r"^Error in rule (\w+):\n(?:    .*\n)*?    log: (.+?)(?: \(check .*)?$", re.M)
# Of several steps in one job on a cluster all are listed, whatever has become of them.
_FAILED_GROUP = re.compile(r"^    jobs:\n((?: {8}.*\n)+)", re.M)
_OF_A_GROUP = re.compile(r"^ {8}rule (\w+):\n(?: {12}.*\n)*? {12}log: (.+?)(?: \(check .*)?$", re.M)
_ON_A_CLUSTER = re.compile(r"^    (?:external_jobid: |jobs:$)", re.M)

# What Snakemake itself finds wrong with a step, which is then not named as above.
_REFUSED = re.compile(r"^\w+(?:Error|Exception) in rule (\w+) in file .*, line \d+:\n(.+)$", re.M)


def problems_in(logs: Path, since: float) -> list[str]:
    """Sentences of the steps that failed after `since` (seconds of the epoch), by log file.

    Two steps that stumble over the same file say so once.
    """
    texts = _logs_since(logs, since)
    problems = [text.split(PROBLEM, 1)[1].strip() for text in texts if PROBLEM in text]
    return list(dict.fromkeys(problems))


def unexplained(screens: Iterable[str], since: float) -> list[str]:
    """Sentences on the steps that failed after `since` and could not say why, from Snakemake's own log files.

    A step that was killed leaves no word; one with a defect leaves its traceback.
    """
    sentences = []
    for screen in map(Path, screens):
        text = _text_of(screen)
        on_a_cluster = bool(_ON_A_CLUSTER.search(text))
        sentences += [_why(rule, log, on_a_cluster) for rule, log in _failed_in(text, since)]
        for steps in map(_OF_A_GROUP.findall, _FAILED_GROUP.findall(text)):
            states = {state(Path(log), since) for _, log in steps}
            if WAITS in states and BEGUN not in states:
                sentences.append(
                    f"A job with {len(steps)} steps ({steps[0][0]} and others) was stopped from outside while "
                    "none of them was running. Run again; finished steps are kept."
                )
        sentences += [f"The step {rule} was not accepted by Snakemake: {why}" for rule, why in _REFUSED.findall(text)]
    return list(dict.fromkeys(filter(None, sentences)))


def _failed_in(text: str, since: float) -> list[tuple[str, str]]:
    """The steps that have failed in a run, each with its log; not those which a second try has mended."""
    # On a cluster the log of the job follows that of the step.
    alone = [(rule, logs.split(", ")[0]) for rule, logs in _FAILED_RULE.findall(text)]
    alone = [(rule, log) for rule, log in alone if state(Path(log), since) != DONE]
    steps = [step for group in _FAILED_GROUP.findall(text) for step in _OF_A_GROUP.findall(group)]
    return list(dict.fromkeys(alone + [(rule, log) for rule, log in steps if state(Path(log), since) == BEGUN]))


def _why(rule: str, log: str, on_a_cluster: bool) -> str:
    """Why a step has failed, as far as anybody can say; empty where it has said so itself."""
    log_text = _text_of(Path(log))
    if PROBLEM in log_text:
        return ""
    lines = [line for line in log_text.splitlines() if line.strip()]
    if "Traceback" in log_text:
        return f"The step {rule} contains a bug ({lines[-1].strip()[:200]}). Please report it, with the file {log}."
    if _disk_is_full(Path(log).parent):
        return (
            f"The step {rule} ended without a message, and the disk of {Path(log).parent} has no space left. "
            "Free some space and run again; finished steps are kept."
        )
    if on_a_cluster:
        return (
            f"The step {rule} was stopped from outside before it could say why: usually its job ran "
            "out of memory or time, or somebody cancelled it. Run again, with more of either if necessary "
            "(--set-resources "
            f"{rule}:mem_mb=4000 {rule}:runtime=240); finished steps are kept."
        )
    return (
        f"The step {rule} was stopped from outside before it could say why: usually "
        "there was not enough memory, or somebody cancelled it. Close other programs or run "
        "fewer steps at once (make CORES=1), and run again; finished steps are kept."
    )


def state(log: Path, since: float) -> str:
    """What has become of a step since the start of the run: by its log, and the note that it leaves at its end."""
    if _changed(log.with_suffix(".made.json")) >= since:
        return DONE
    return BEGUN if _changed(log) >= since else WAITS


def said_why(log: Path, since: float) -> bool:
    """Whether a step has failed for a reason that more memory does not mend."""
    text = _text_of(log) if state(log, since) == BEGUN else ""
    return PROBLEM in text and str(of_the_machine(MemoryError())) not in text


def _changed(path: Path) -> float:
    return path.stat().st_mtime if path.is_file() else float("-inf")


def _disk_is_full(folder: Path) -> bool:
    """Whether even a log has no room."""
    try:
        return shutil.disk_usage(folder).free < NO_SPACE
    except OSError:
        return False


def mark_outdated(logs: Path, since: float, screens: Iterable[str] = ()) -> None:
    """Give the restored outputs of the steps that failed after `since` the oldest time there is.

    Snakemake restores the earlier version of an output when its step fails, as a file of now; with
    that time the next run would take it for up to date and pass over the file that is still broken.
    A step that was killed has not said what it makes; the note of its last success does.
    """
    failed: set[Path] = set()
    for log in sorted(logs.rglob("*.log")) if logs.is_dir() else []:
        text = _text_of(log) if log.stat().st_mtime >= since else ""
        for line in text.splitlines():
            if FAILED in line:
                _make_old(json.loads(line.split(FAILED, 1)[1]))
                failed.add(log.resolve())
    for screen in map(Path, screens):
        for _, named in _failed_in(_text_of(screen), since):
            note = _text_of(Path(named).with_suffix(".made.json"))
            _make_old(json.loads(note)["made"] if note else [])
            failed.add(Path(named).resolve())
    for path in sorted(failed):
        _mark_failed(path)


def _mark_failed(log: Path) -> None:
    """Change the mark in the step's note, which its rule has among the params: it then runs again.

    The time alone is not enough where Snakemake compares inputs by content.
    """
    path = log.with_suffix(".made.json")
    text = _text_of(path)
    if text:
        note = json.loads(text)
        note["again"] = "failed'" if note["again"] == "failed" else "failed"
        path.write_text(json.dumps(note, indent=0) + "\n", encoding="utf-8")


def _make_old(paths: Iterable[str]) -> None:
    for path in filter(Path.exists, map(Path, paths)):
        os.utime(path, (0, 0))


def remove_parts(results: Path) -> None:
    """Remove what killed steps left half written; no run is under way when this is called."""
    for path in results.rglob(f"*{PART}"):
        path.unlink(missing_ok=True)


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _logs_since(logs: Path, since: float) -> list[str]:
    files = sorted(logs.rglob("*.log")) if logs.is_dir() else []
    return [_text_of(log) for log in files if log.stat().st_mtime >= since]
