"""What changed since the last run: decisions, verdicts, ranks, places in the reading order.

The report's bytes depend on the study's files alone, so what was different before has no place in it.
When a run has ended well, the entries below are compared with those that the run before left behind
(`logs/last_run.json`); `logs/changes.csv` lists every difference, and the screen shows the first.

Read with Python's own `csv`, because the Snakefile needs this and no pandas.
"""

import csv
import json
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

from coproduction.core.excerpts import shorten
from coproduction.core.text import plural_of

# What is compared: table, columns that name an entry, column that is compared, its name in words.
COMPARED = [
    ("screening/states.csv", ("record",), "state", "state of a record"),
    ("delphi/decisions.csv", ("statement",), "verdict", "verdict"),
    ("delphi/decisions.csv", ("statement",), "decision", "decision on a statement"),
    ("desk/scores.csv", ("dimension", "country"), "rank", "rank of a country"),
    ("qca/solutions.csv", ("outcome", "kind", "expression"), "part", "configuration"),
    ("ecosystem/factors.csv", ("name",), "rank", "rank of a condition"),
    ("ecosystem/factors.csv", ("name",), "confidence", "confidence"),
    ("ecosystem/factors.csv", ("name",), "side", "direction of a condition"),
]
COLUMNS = ["what", "entry", "before", "now"]
# Where the words of an entry are: table, column of its id, column of its words.
NAMED = [("literature/records.csv", "record", "title"), ("delphi/decisions.csv", "statement", "text")]
SHOWN = 3
LONGEST = 60  # characters of a title or wording on the screen
WIDTH = 92


def since_last_run(results: Path) -> str:
    """Compare with the run before, keep what is now, and say what changed; "" after the first run."""
    state_file = results / "logs" / "last_run.json"
    now = state(results)
    before = json.loads(state_file.read_text(encoding="utf-8")) if state_file.is_file() else None
    state_file.parent.mkdir(parents=True, exist_ok=True)
    state_file.write_text(json.dumps(now, ensure_ascii=False, indent=0), encoding="utf-8")
    if before is None:
        return ""
    rows = differences(before, now)
    with (results / "logs" / "changes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *rows])
    return words(rows, results)


def state(results: Path) -> dict[str, dict[str, str]]:
    """What is compared, as it is now: by its name in words, the value of each entry."""
    values: dict[str, dict[str, str]] = {}
    for name, keys, column, what in COMPARED:
        for row in _rows(results / name):
            if column in row and all(key in row for key in keys):
                values.setdefault(what, {})[", ".join(row[key] for key in keys)] = row[column]
    return values


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[list[str]]:
    """Rows of what, entry, before, now; an entry that is new or gone has an empty value.

    >>> differences({"verdict": {"S1": "none"}}, {"verdict": {"S1": "in", "S2": "none"}})
    [['verdict', 'S1', 'none', 'in'], ['verdict', 'S2', '', 'none']]
    """
    return [
        [what, entry, old.get(entry, ""), new.get(entry, "")]
        for what in dict.fromkeys([*now, *before])
        for old, new in [(before.get(what, {}), now.get(what, {}))]
        for entry in dict.fromkeys([*new, *old])
        if old.get(entry) != new.get(entry)
    ]


def words(rows: list[list[str]], results: Path) -> str:
    """How much changed, of what kind, and the first changes."""
    if not rows:
        return "\nNo decision, verdict or rank has changed since the last run."
    counts = Counter(row[0] for row in rows)
    counts_text = ", ".join(f"{n} {what if n == 1 else _many(what)}" for what, n in counts.items())
    lines = textwrap.wrap(f"Since the last run: {counts_text} ({results}/logs/changes.csv).", WIDTH)
    first = list({row[0]: row for row in reversed(rows)}.values())[::-1][:SHOWN]
    names = _names_of(results, {row[1] for row in first})
    for what, entry, old, new in first:
        others = f", and {counts[what] - 1} more" if counts[what] > 1 else ""
        line = f"-  {what}, {names.get(entry, entry)}: {old or 'new'} → {new or 'gone'}{others}"
        lines += textwrap.wrap(line, WIDTH, subsequent_indent="   ")
    return "\n".join(["", *lines])


def _names_of(results: Path, ids: set[str]) -> dict[str, str]:
    """Records and statements in words, by id: "Title of a paper" (r12ab)."""
    names = {}
    for name, key, words in NAMED:
        for row in _rows(results / name):
            if row.get(key) in ids and row.get(words):
                names[row[key]] = f"“{shorten(row[words], 0, LONGEST)}” ({row[key]})"
    return names


def _many(what: str) -> str:
    """The plural of 'rank of a condition' is 'ranks of conditions'."""
    first, _, rest = what.partition(" ")
    linked, _, last = rest.rpartition(" ")
    if not rest:
        return plural_of(first)
    return f"{plural_of(first)} {linked.removesuffix(' a')} {plural_of(last)}"


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
