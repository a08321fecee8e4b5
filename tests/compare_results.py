"""Compare two results folders file by file and say what differs.

    python tests/compare_results.py OLD NEW [--renamed OLD_NAME=NEW_NAME ...]

A file that keeps its bytes under another name is reported as renamed, not as a difference: the same
content is looked for among the files that only NEW has, and names given by --renamed are compared
with each other. Logs, measured times and the folder in which the report was built do not count.
Ends with 1 where a file is missing or differs.
"""

import argparse
import difflib
import hashlib
import sys
from dataclasses import dataclass, field
from pathlib import Path

PASSED_OVER = {"logs", "benchmarks"}
BUILD = ("report", "build")
SHOWN_LINES = 6


@dataclass
class Differences:
    """What two folders differ in, by the names of files."""

    same: int = 0
    renamed: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def files_in(folder: Path) -> dict[str, Path]:
    """The results that count, by their path in the folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and parts[0] not in PASSED_OVER and parts[:2] != BUILD:
            found["/".join(parts)] = path
    return found


def compare(old: Path, new: Path, renamed: dict[str, str]) -> Differences:
    """What differs between two results folders; `renamed` maps old names to new ones."""
    before, after = files_in(old), files_in(new)
    found = Differences()
    taken = set()
    by_content: dict[str, list[str]] = {}
    for name in after.keys() - before.keys():
        by_content.setdefault(_digest(after[name]), []).append(name)
    for name, path in before.items():
        other = renamed.get(name, name)
        if other not in after:
            candidates = sorted(set(by_content.get(_digest(path), [])) - taken)
            # of several files with these bytes the one with the nearest name
            other = next(iter(difflib.get_close_matches(name, candidates, 1, 0.0)), "")
        if not other:
            found.missing.append(name)
            continue
        taken.add(other)
        if path.read_bytes() != after[other].read_bytes():
            found.changed.append((name, other))
        elif other != name:
            found.renamed.append((name, other))
        else:
            found.same += 1
    found.new = sorted(after.keys() - taken)
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def first_lines(old: Path, new: Path) -> list[str]:
    """The first lines in which two texts differ; empty for files that are none."""
    try:
        texts = [path.read_text(encoding="utf-8").splitlines() for path in (old, new)]
    except UnicodeDecodeError:
        return []
    lines = difflib.unified_diff(*texts, lineterm="", n=0)
    shown = [line[:200] for line in lines if not line.startswith(("---", "+++", "@@"))]
    return shown[:SHOWN_LINES]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--renamed", action="append", default=[], metavar="OLD=NEW")
    given = parser.parse_args()
    found = compare(given.old, given.new, dict(pair.split("=", 1) for pair in given.renamed))
    for name, other in found.changed:
        print(f"differs: {name}" + (f" → {other}" if other != name else ""))
        for line in first_lines(given.old / name, given.new / other):
            print(f"    {line}")
    for name in found.missing:
        print(f"missing: {name}")
    for name, other in found.renamed:
        print(f"renamed: {name} → {other}")
    for name in found.new:
        print(f"new: {name}")
    print(
        f"{found.same} the same, {len(found.renamed)} renamed, {len(found.changed)} differ, "
        f"{len(found.missing)} missing, {len(found.new)} new"
    )
    return int(bool(found.changed or found.missing))


if __name__ == "__main__":
    sys.exit(main())
