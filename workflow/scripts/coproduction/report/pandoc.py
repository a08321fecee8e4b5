"""Render with pandoc and Typst from their Python packages, for machines without Quarto.

`pypandoc` finds the pandoc that its wheel brings; its own convert functions are not used because
they hide pandoc's warnings. The package called pandoc-crossref on PyPI is an empty stub, hence the
small filter of our own (`report/pandoc/quarto.lua`). Both packages are imported only where they
are used: an environment with Quarto need not have them.
"""

import os
import re
import subprocess
from pathlib import Path

from coproduction.core.errors import StudyError
from coproduction.report.source import place_of

EPOCH = 0
_KEY = re.compile(r"(?:@|citation )([A-Za-z][\w:.-]*\w)")


def version() -> str:
    """The versions of both programs, for the report."""
    import pypandoc
    import typst

    return f"pandoc {pypandoc.get_pandoc_version()} and Typst {typst.__version__}"


def render(build: Path, document: str, target: Path, kind: str) -> None:
    """Render a staged document to `target`; `kind` is html or pdf.

    Raises StudyError where pandoc or Typst fails, or warns of anything unresolved.
    """
    source = build / f"{document}.qmd"
    if kind == "html":
        _pandoc(build, source, "pandoc/html.yaml", target.resolve())
        return
    paper = build / f"{document}.typ"
    _pandoc(build, source, "pandoc/pdf.yaml", paper.resolve())
    _typst(build, paper, target)


def _pandoc(build: Path, source: Path, defaults: str, target: Path) -> None:
    import pypandoc

    words = ["--metadata-file=_language.yml"] if (build / "_language.yml").is_file() else []
    done = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            f"--defaults={defaults}",
            *words,
            f"--output={target}",
            source.name,
        ],
        cwd=build,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(EPOCH)},
        capture_output=True,
        text=True,
        check=False,
    )
    problems = [line for line in done.stderr.splitlines() if line.strip()]
    if done.returncode != 0:
        raise StudyError(f"pandoc could not render the report: {' / '.join(problems[-3:])}")
    if problems:
        raise StudyError(
            f"pandoc warns: {_placed(problems[0].removeprefix('[WARNING] '), build)}",
            remedy="Correct the text; the report is not delivered with warnings",
        )


def _placed(warning: str, build: Path) -> str:
    key = _KEY.search(warning)
    place = place_of(f"@{key.group(1)}", build) if key else ""
    return f"{warning} ({place})" if place else warning


def _typst(build: Path, paper: Path, target: Path) -> None:
    import typst

    try:
        pdf, warned = typst.compile_with_warnings(
            str(paper),
            root=str(build),
            ignore_system_fonts=True,
            timestamp=EPOCH,
        )
    except typst.TypstError as error:
        raise StudyError(f"Typst could not set the report: {error.message}") from error
    if warned:
        raise StudyError(f"Typst warns: {warned[0].message}")
    target.write_bytes(pdf)
