"""What a run leaves in its logs: which steps failed, and the sentences that say why.

Apart from `step`, because the Snakefile needs this and no pandas.
"""

import json
import os
from pathlib import Path

PROBLEM, FAILED = "PROBLEM: ", "FAILED: "


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
