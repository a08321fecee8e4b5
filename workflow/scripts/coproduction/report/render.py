"""Which engine renders the report, and the two formats one after the other."""

import os
from dataclasses import dataclass
from pathlib import Path

from coproduction.core.errors import StudyError
from coproduction.report import pandoc, quarto
from coproduction.report.settings import ReportSettings


@dataclass(frozen=True)
class Engine:
    """What renders: `command` is the path of Quarto, or None for pandoc and Typst."""

    command: str | None
    name: str


def choose(settings: ReportSettings) -> Engine:
    """The engine that the settings ask for; raises StudyError where it is not there."""
    command = None if settings.engine == "pandoc" else quarto.find()
    if command:
        return Engine(command, f"Quarto {quarto.version(command)}")
    if settings.engine == "quarto":
        raise StudyError(
            "report.engine asks for Quarto, but there is no quarto command on the path",
            remedy="Install Quarto, or set report.engine to auto or pandoc",
        )
    return Engine(None, pandoc.version())


def render(engine: Engine, build: Path, html: Path, pdf: Path) -> None:
    """Render the staged report to both formats, whole or not at all."""
    parts = {"html": html.with_name(html.name + ".part"), "pdf": pdf.with_name(pdf.name + ".part")}
    try:
        for kind, part in parts.items():
            if engine.command:
                quarto.render(engine.command, build, part, kind)
            else:
                pandoc.render(build, part, kind)
        os.replace(parts["html"], html)
        os.replace(parts["pdf"], pdf)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
