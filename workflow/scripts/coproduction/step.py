"""How a rule's script runs: with a log file, and with errors that a researcher can read.

A `StudyError` ends the step with its sentence alone; the log keeps it behind the word PROBLEM, from
where the Snakefile shows it again when the run has ended. Any other error keeps its traceback.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from coproduction.errors import StudyError

PROBLEM = "PROBLEM: "


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
        logging.error("%s%s", PROBLEM, error)
        sys.exit(f"\n{error}\n")
    except Exception:
        logging.exception("the step '%s' failed", snakemake.rule)
        raise


def problems_in(logs: Path, since: float) -> list[str]:
    """Sentences of the steps that failed after `since` (seconds of the epoch), by log file."""
    found = []
    for log in sorted(logs.rglob("*.log")) if logs.is_dir() else []:
        if log.stat().st_mtime < since:
            continue
        text = log.read_text(encoding="utf-8", errors="replace")
        if PROBLEM in text:
            found.append(text.split(PROBLEM, 1)[1].strip())
    return found
