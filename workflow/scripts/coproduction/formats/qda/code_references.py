"""What NVivo exports of a code: its references, source after source, as text, Word, RTF or OpenDocument.

Where no REFI-QDA project can be had, this is what a project in NVivo leaves as: one file for each code,
called after it. Each source begins with a line with its path and the number of its references, each
reference with one with its number and share of the source. The form is that of NVivo's own windows; no
library reads it. The words between are the passage; they have no place, and nobody who coded them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from coproduction.core.errors import StudyError
from coproduction.formats.transcripts.files import read_transcript

ENDINGS = (".txt", ".docx", ".rtf", ".odt")
NOBODY = "NVivo"  # the coder of files that are in no folder of a coder
_SHARE = r"\d+(?:[.,]\d+)?\s*%"
_SOURCE = re.compile(
    rf"^<?(?P<path>[^<>\n]+?)>?\s+[-–—]\s+§\s*(?P<stated>\d+)\s+[^\d\n\[]+\[\s*[^\d\n\[]*{_SHARE}[^\d\n\]]*\]$"
)
_REFERENCE = re.compile(rf"^[^\W\d]+\s+(?P<number>\d+)\s*[-–—:]\s*[^\d\n%]*{_SHARE}[^\d\n%]*$")
_NAME = re.compile(r"^(?:Name|Nom|Nombre|Nome)\s*:\s*(?P<code>.+)$")


def references_of(path: Path, name: str) -> list[dict[str, object]] | None:
    """One row for each reference, as `coded_files.read_coded` has them; None where the file is none of these.

    name: of the file below coded/; its folder, where it is in one, names the coder
    """
    try:
        text = read_transcript(path).text
    except StudyError:
        return None  # not a text: it is listed as a file that is not read
    lines = [line.strip() for line in text.split("\n")]
    first = next((n for n, line in enumerate(lines) if _SOURCE.match(line)), None)
    if first is None:
        return None
    code = _code(lines[:first]) or path.stem
    folder = Path(name).parent.as_posix()
    about: dict[str, object] = {"file": name, "code": code, "coder": NOBODY if folder == "." else folder}
    about |= {"start": None, "end": None, "memo": "", "within": "", "text_key": None}
    references = enumerate(_references(lines[first:]), start=1)
    return [
        about | {"row": number, "transcript": source, "text": words, "refused": refused}
        for number, (source, words, refused) in references
    ]


def _code(lines: list[str]) -> str:
    """The name of the code where properties come before the references, without the codes above it."""
    match = next(filter(None, map(_NAME.match, lines)), None)
    return _last_of(match["code"]) if match else ""


def _last_of(path: str) -> str:
    return re.split(r"[\\/]", path)[-1].strip()


def _references(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    """Source and words of each reference, and why it cannot be looked for; then one row where the sum is not as stated."""
    begins = [(n, about) for n, line in enumerate(lines) if (about := _SOURCE.match(line))]
    ends = [*(n for n, _ in begins[1:]), len(lines)]
    for (begin, about), end in zip(begins, ends, strict=True):
        source = _last_of(about["path"])
        heads = [n for n in range(begin + 1, end) if _REFERENCE.match(lines[n])]
        for head, until in zip(heads, [*heads[1:], end][: len(heads)], strict=True):
            words = " ".join(filter(None, lines[head + 1 : until]))
            yield source, words, "" if words else "the reference contains no words"
        if len(heads) != int(about["stated"]):
            yield source, lines[begin], f"the file states {about['stated']} references here but contains {len(heads)}"
