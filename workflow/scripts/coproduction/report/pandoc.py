"""Render with pandoc and Typst from their Python packages, for machines without Quarto.

`pypandoc` finds the pandoc that its wheel brings; its own convert functions are not used because
they hide pandoc's warnings. The package called pandoc-crossref on PyPI is an empty stub, hence the
small filter of our own (`report/pandoc/quarto.lua`). Both packages are imported only where they
are used: an environment with Quarto need not have them.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Final

from coproduction.core import tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.report import page
from coproduction.report.source import place_of

EPOCH = 0
NOT_DELIVERED: Final = "Correct the text; the report is not delivered with warnings"
UNIVERSAL: Final = "ua-1"  # PDF/UA-1, ISO 14289-1: the PDF that everybody can read, with any aid
MEMORY = ["+RTS", "-A256m", "-n4m", "-RTS"]  # pandoc takes less time where it need not tidy its memory so often
ENDINGS: Final = {"pdf": "typ"}  # what pandoc writes for a PDF is the source that Typst sets
_CELL = re.compile(r"(^ *|\], )\[(\d+\.|[-+/])(?= )", re.MULTILINE)  # a cell of a table that would be a list
_IN_FILTER = re.compile(r"^Scripting warning at \S+ line \d+(?: column \d+)?:?\s*")
# What a warning names, how it is written in the texts, and what to do.
_KNOWN = (
    (
        re.compile(r"Figure (\S+) has no fig-alt text"),
        "]({}",
        'Describe it after the image: {fig-alt="what the figure shows"}',
    ),
    (re.compile(r"Could not fetch resource ([^\s:]+)"), "]({}", "Put the image next to the text, or correct its path"),
    (
        re.compile(r"Citeproc: citation ([A-Za-z][\w:.-]*\w) not found"),
        "@{}",
        "Add the work to the study's references, or correct the key",
    ),
    (
        re.compile(r"Unresolved cross-reference @([A-Za-z][\w:.-]*\w)"),
        "@{}",
        "Give the figure, table or section this id, or correct the reference",
    ),
    (re.compile(r"@([A-Za-z][\w:.-]*\w)"), "@{}", NOT_DELIVERED),
)


def version() -> str:
    """The versions of both programs, for the report."""
    import pypandoc

    return f"pandoc {pypandoc.get_pandoc_version()} and Typst {metadata.version('typst')}"


def render(build: Path, document: str, targets: Mapping[str, Path]) -> None:
    """Render a staged document to its targets by kind: html, pdf, docx.

    Raises StudyError where pandoc or Typst fails, or warns of anything unresolved.
    """
    write(build, document, targets)
    for kind, target in targets.items():
        complete(build, document, kind, target)


def write(build: Path, document: str, kinds: Iterable[str]) -> None:
    """Read a staged document once and write it in formats; documents may be written side by side."""
    endings = ",".join(ENDINGS.get(kind, kind) for kind in kinds)
    _pandoc(build, f"{document}.qmd", [f"--metadata=document-name:{document}", f"--metadata=formats:{endings}"])


def complete(build: Path, document: str, kind: str, target: Path) -> None:
    """Make of what pandoc wrote in a format what readers get; formats may be completed side by side."""
    written_file = build / f"{document}.{ENDINGS.get(kind, kind)}"
    if kind == "pdf":
        tables.write_text(without_lists(written_file.read_text(encoding="utf-8")), written_file)
        _typst(build, written_file, target)
    elif kind == "html":
        tables.write_text(page.whole(written_file.read_text(encoding="utf-8"), build), target)
    else:
        shutil.copyfile(written_file, target)


def without_lists(source: str) -> str:
    """Typst source in which no cell of a table begins a list: words of people may begin with a number or a sign.

    >>> print(without_lists("    [4. How it changes], [- minus], [5 people],"))
        [4\\. How it changes], [\\- minus], [5 people],
    """
    return _CELL.sub(_no_list, source)


def _no_list(cell: re.Match[str]) -> str:
    """A cell whose first sign would begin a list, which is put behind a backslash."""
    sign = cell.group(2)
    return f"{cell.group(1)}[{sign[:-1]}\\{sign[-1]}"


def _pandoc(build: Path, source: str, options: list[str]) -> None:
    import pypandoc

    words = ["--metadata-file=_language.yml"] if (build / "_language.yml").is_file() else []
    process = subprocess.run(
        [pypandoc.get_pandoc_path(), "--defaults=pandoc/document.yaml", *words, *options, source, *MEMORY],
        cwd=build,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(EPOCH)},
        capture_output=True,
        text=True,
        check=False,
    )
    problems = [line for line in process.stderr.splitlines() if line.strip()]
    if process.returncode != 0:
        raise StudyError(f"pandoc could not render the report: {' / '.join(problems[-3:])}")
    raise_all([_as_error(warning, build) for warning in dict.fromkeys(_warnings(problems))])


def _warnings(lines: Iterable[str]) -> list[str]:
    """What pandoc warns of, each on one line, without where in our filter it was said."""
    messages: list[str] = []
    for line in lines:
        if line.startswith("[WARNING]") or not messages:
            messages.append(line.removeprefix("[WARNING]").strip())
        else:
            messages[-1] += f" {line.strip()}"
    return [_IN_FILTER.sub("", warning) for warning in messages]


def _as_error(warning: str, build: Path) -> StudyError:
    """A warning with the place of what it names in the texts, and what to do."""
    for pattern, pattern_in_text, remedy in _KNOWN:
        if match := pattern.search(warning):
            place = place_of(pattern_in_text.format(match.group(1)), build)
            return StudyError(f"pandoc warns: {warning}{f' ({place})' if place else ''}", remedy=remedy)
    return StudyError(f"pandoc warns: {warning}", remedy=NOT_DELIVERED)


def _typst(build: Path, paper: Path, target: Path) -> None:
    import typst

    try:
        pdf, warned = typst.compile_with_warnings(
            str(paper),
            root=str(build),
            font_paths=[str(build / "fonts")],
            ignore_system_fonts=True,
            timestamp=EPOCH,
            pdf_standards=UNIVERSAL,
        )
    except typst.TypstError as error:
        raise StudyError(
            f"Typst could not typeset {paper.stem}: {error.message}",
            remedy="Give each image an alternative text (`fig-alt`), and the report a title and a valid language"
            if "PDF/UA" in error.message
            else None,
        ) from error
    if warned:
        raise StudyError(f"Typst warns: {warned[0].message}")
    target.write_bytes(pdf)
