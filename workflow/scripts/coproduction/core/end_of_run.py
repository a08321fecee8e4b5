"""What a run ends with on the screen: where the report is, and what to do next.

Read with Python's own `csv`, because the Snakefile needs this and no pandas.
"""

import csv
import textwrap
from pathlib import Path

from coproduction.core.exports import not_written
from coproduction.core.vocabulary import TECHNIQUES

SHOWN = 3
WIDTH = 92


def words(results: Path) -> str:
    """The report, the next three things that people can do, and files that no step reads."""
    lines = []
    reports = [results / "report" / f"ecosystem.{kind}" for kind in ("html", "pdf", "docx")]
    reports = [path for path in reports if path.is_file()]
    if reports:
        other_formats = f" (and {', '.join(path.name for path in reports[1:])})" if reports[1:] else ""
        lines += [f"The report: {reports[0]}{other_formats}", ""]
    status = results / "status" / "status.csv"
    waits = sorted((row for row in _rows(status) if row["awaited"]), key=_not_begun)
    if not status.is_file():  # some steps alone were made
        lines.append("Run the whole study to see what is awaited.")
    else:
        lines.append("Next:" if waits else "Nothing is awaited.")
    for number, row in enumerate(waits[:SHOWN], start=1):
        lines += _wrapped(f"{number}. {_awaited(row)}")
    if waits[SHOWN:]:
        lines.append(f"   and {len(waits) - SHOWN} more: {results}/status/status.md")
    forms = sorted(path.relative_to(results / "forms") for path in (results / "forms").rglob("*.xlsx"))
    if forms:
        lines += ["", f"Forms to fill in and save under the same names in the study folder: {results}/forms/"]
    unread = _rows(results / "status" / "unread.csv")
    lines += ["", "Files that no step reads:"] if unread else []
    for row in unread[:SHOWN]:
        suggestion = f" Did you mean {row['did_you_mean']}?" if row["did_you_mean"] else ""
        lines += _wrapped(f"-  {row['file']}: {row['reason']}.{suggestion}")
    if unread[SHOWN:]:
        lines.append(f"   and {len(unread) - SHOWN} more: {results}/status/unread.csv")
    unwritten_exports = not_written(results) if status.is_file() else ""
    lines += ["", *_wrapped(unwritten_exports)] if unwritten_exports else []
    return "\n".join(lines)


def _not_begun(row: dict[str, str]) -> bool:
    """Whether nothing is there yet to go on with; such steps come last, and the model that joins all."""
    return row["technique"] == "ecosystem" or not row["total"]


def _awaited(row: dict[str, str]) -> str:
    title = TECHNIQUES.get(row["technique"], row["technique"])
    kind = "Files" if ";" in row["put_in"] else "Folder" if row["put_in"].endswith("/") else "File"
    place = f" {kind}: {row['put_in']}." if row["put_in"] else ""
    return f"{title}, {row['step'][:1].lower()}{row['step'][1:]}: {row['awaited']}.{place}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="   ", break_on_hyphens=False)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
