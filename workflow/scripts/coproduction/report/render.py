"""Which engine renders the report, each document in each format, checked when it is finished."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coproduction.core.errors import StudyError
from coproduction.report import checking, page, pandoc, quarto, word
from coproduction.report.division import Document
from coproduction.report.settings import ReportSettings

KINDS = ("html", "pdf", "docx")
LINKED = ("html", "pdf")  # kinds of which there are all documents, with links between them
FINISHED = {"html": page.finish, "docx": word.finish}
CHECKS = {"html": checking.check_html, "pdf": checking.check_pdf, "docx": checking.check_docx}


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


def render(
    engine: Engine,
    build: Path,
    documents: Mapping[str, Document],
    targets: Mapping[str, Path],
    about: Mapping[str, Any],
) -> None:
    """Render the composed documents, whole or not at all; `targets` by the key `name_kind`.

    about: title, authors, date, language and notice of the report, as in `source.stage`

    Each finished file is checked against its source, and the links between them are followed. Where
    something is wrong, the build folder and what was rendered so far stay beside the report as
    `failed_build`.
    """
    parts = {key: target.with_name(target.name + ".part") for key, target in targets.items()}
    failed = next(iter(targets.values())).parent / "failed_build"
    shutil.rmtree(failed, ignore_errors=True)
    try:
        for name in documents:
            mine = {kind: parts[key] for kind in KINDS if (key := f"{name}_{kind}") in parts}
            _render_one(engine, build, documents[name], mine, about)
        for kind in LINKED:
            finished = {name: parts[f"{name}_{kind}"] for name in documents}
            checking.refuse(f"report as {kind}", checking.check_between(finished, kind))
        for key, part in parts.items():
            os.replace(part, targets[key])
    except StudyError:
        shutil.copytree(build, failed)
        for key, part in parts.items():
            if part.exists():
                shutil.copyfile(part, failed / targets[key].name)
        raise
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _render_one(
    engine: Engine, build: Path, document: Document, parts: Mapping[str, Path], about: Mapping[str, Any]
) -> None:
    """Render one document in each of the kinds of `parts`, and check what was made."""
    if engine.command:
        for kind, part in parts.items():
            quarto.render(engine.command, build, document.name, part, kind)
    else:
        pandoc.render(build, document.name, parts)
    wanted = checking.expected(document)
    for kind, part in parts.items():
        if kind in FINISHED:
            FINISHED[kind](part, about)
        checking.refuse(part.name.removesuffix(".part"), CHECKS[kind](part, wanted))
