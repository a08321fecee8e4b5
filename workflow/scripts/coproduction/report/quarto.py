"""Render with the Quarto command.

Quarto has no Python interface that does more than call the command (the `quarto` package on PyPI
is such a wrapper without checks), so it is called here. It exits 0 when a cross-reference or a
citation stays unresolved; its log is read for that, and every warning is a failure.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from coproduction.core.errors import StudyError
from coproduction.report.source import place_of

FORMATS = {"html": "html", "pdf": "typst", "docx": "docx"}
OLDEST = (1, 4)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(r"^\s*\[?(?:WARN(?:ING)?|ERROR)\b\]?:?\s*(?:\([^)]*\))?\s*:?\s*(.*)$", re.IGNORECASE)
_KEY = re.compile(r"@[A-Za-z][\w:.-]*\w|citation (\S+) not found")


def find() -> str | None:
    """The path of the `quarto` command; None where it is not installed."""
    return shutil.which("quarto")


def version(command: str) -> str:
    """The version of Quarto; raises StudyError where it does not answer or is too old."""
    try:
        process = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=120, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise StudyError(
            f"the quarto command at {command} does not work ({error})",
            remedy="Repair it, or set report.engine to pandoc",
        ) from error
    version_text = process.stdout.strip()
    numbers = tuple(int(n) for n in re.findall(r"\d+", version_text)[:2])
    if numbers < OLDEST:
        raise StudyError(
            f"Quarto {version_text or '(unknown)'} is too old for the report",
            remedy=f"Install Quarto {'.'.join(map(str, OLDEST))} or newer, or set report.engine to pandoc",
        )
    return version_text


def render(command: str, build: Path, document: str, target: Path, kind: str) -> None:
    """Render a staged document to `target`; `kind` is html, pdf or docx.

    Raises StudyError where Quarto fails or warns.
    """
    rendered = build / f"{document}.{kind}"
    rendered.unlink(missing_ok=True)
    call = [command, "render", f"{document}.qmd", "--to", FORMATS[kind], "--output", rendered.name]
    process = subprocess.run(
        call,
        cwd=build,
        env=os.environ | {"SOURCE_DATE_EPOCH": "0", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    output = _COLOUR.sub("", process.stdout + "\n" + process.stderr)
    warnings_found = warnings(output)
    if process.returncode != 0 or not rendered.is_file():
        last = [line for line in output.splitlines() if line.strip()][-3:]
        raise StudyError(f"Quarto could not render the report to {kind.upper()}: {' / '.join(last) or 'no message'}")
    if warnings_found:
        raise StudyError(
            f"Quarto warns: {_placed(warnings_found[0], build)}",
            remedy="Correct the text; the report is not delivered with warnings",
        )
    shutil.copyfile(rendered, target)


def warnings(output: str) -> list[str]:
    """The warnings and errors among the lines that Quarto or pandoc printed, whatever its exit code."""
    matches = [_WARNING.match(line) for line in output.splitlines()]
    return [match.group(1).strip() for match in matches if match]


def _placed(warning: str, build: Path) -> str:
    key = _KEY.search(warning)
    place = place_of(key.group(1) or key.group(0), build) if key else ""
    return f"{warning} ({place})" if place else warning
