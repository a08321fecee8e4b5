"""How a rule's script runs: with a log file, and with errors that a researcher can read.

A `StudyError` ends the step with its sentence alone; the log keeps it behind the word PROBLEM, from
where the Snakefile shows it again when the run has ended. Any other error keeps its traceback.
"""

import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from coproduction.errors import StudyError

PROBLEM, FAILED = "PROBLEM: ", "FAILED: "


def run(main: Callable, snakemake) -> None:
    """Call `main(snakemake)` with logging to the rule's log file.

    Raises SystemExit with one message where the study's own files or settings are at fault.
    """
    log = Path(snakemake.log[0])
    log.parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=log, filemode="w", level=logging.INFO, format="%(levelname)s %(message)s"
    )
    logging.captureWarnings(True)
    try:
        main(snakemake)
    except StudyError as error:
        logging.error("%s%s", FAILED, json.dumps(list(snakemake.output)))
        logging.error("%s%s", PROBLEM, error)
        sys.exit(f"\n{error}\n")
    except Exception:
        logging.error("%s%s", FAILED, json.dumps(list(snakemake.output)))
        logging.exception("the step '%s' failed", snakemake.rule)
        raise


def problems_in(logs: Path, since: float) -> list[str]:
    """Sentences of the steps that failed after `since` (seconds of the epoch), by log file.

    Two steps that stumble over the same file say so once.
    """
    texts = _logs_since(logs, since)
    found = [text.split(PROBLEM, 1)[1].strip() for text in texts if PROBLEM in text]
    return list(dict.fromkeys(found))


def mark_outdated(logs: Path, since: float) -> None:
    """Give the restored outputs of the steps that failed after `since` the oldest time there is.

    Snakemake restores the earlier version of an output when its step fails, as a file of now; with
    that time the next run would take it for up to date and pass over the file that is still broken.
    """
    for text in _logs_since(logs, since):
        for line in text.splitlines():
            if FAILED in line:
                paths = map(Path, json.loads(line.split(FAILED, 1)[1]))
                for path in filter(Path.exists, paths):
                    os.utime(path, (0, 0))


def _logs_since(logs: Path, since: float) -> list[str]:
    found = sorted(logs.rglob("*.log")) if logs.is_dir() else []
    return [
        log.read_text(encoding="utf-8", errors="replace")
        for log in found
        if log.stat().st_mtime >= since
    ]
