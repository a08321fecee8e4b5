"""Which engine renders the report, each document in each format, checked when it is finished."""

import os
import shutil
from collections.abc import Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coproduction.core import tables
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
    threads: int = 1,
    pages: Mapping[str, str] | None = None,
) -> None:
    """Render the composed documents, whole or not at all; `targets` by the key `name_kind`.

    about: title, authors, date, language and notice of the report, as in `source.stage`
    threads: how many documents and formats pandoc and Typst work on at a time
    pages: further pages by the key of their target, as they are written without an engine

    Each finished file is checked against its source, and the links between them are followed. Where
    something is wrong, the build folder and what was rendered so far stay beside the report as
    `failed_build`.
    """
    parts = {key: target.with_name(target.name + ".part") for key, target in targets.items()}
    failed = next(iter(targets.values())).parent / "failed_build"
    shutil.rmtree(failed, ignore_errors=True)
    try:
        rendered = {key: part for key, part in parts.items() if key not in (pages or {})}
        keys = _by_quarto(engine.command, build, rendered) if engine.command else _by_pandoc(build, rendered, threads)
        promised = {name: checking.expected(document) for name, document in documents.items()}
        with closing(keys):  # or what is rendered side by side would still write while the build folder is copied
            for key in keys:  # one at a time: PDFium serves one thread only
                name, kind = _split(key)
                if kind in FINISHED:
                    FINISHED[kind](parts[key], about)
                checking.refuse(parts[key].name.removesuffix(".part"), CHECKS[kind](parts[key], promised[name]))
        for key, words in (pages or {}).items():
            tables.write_text(page.whole(words, build), parts[key])
            page.finish(parts[key], about)
            checking.refuse(targets[key].name, checking.check_html(parts[key], checking.Expected({}, {})))
        finished = {".".join(_split(key)): part for key, part in parts.items() if _split(key)[1] in LINKED}
        checking.refuse("report", checking.check_between(finished))
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


def _by_quarto(command: str, build: Path, parts: Mapping[str, Path]) -> Generator[str, None, None]:
    """Render one after the other, because Quarto writes beside the source; each key when it is made."""
    for key, part in parts.items():
        name, kind = _split(key)
        quarto.render(command, build, name, part, kind)
        yield key


def _by_pandoc(build: Path, parts: Mapping[str, Path], threads: int) -> Generator[str, None, None]:
    """Render side by side, what takes longest first; each key when it is made."""
    kinds: dict[str, list[str]] = {}
    for name, kind in map(_split, parts):
        kinds.setdefault(name, []).append(kind)
    with ThreadPoolExecutor(max(1, threads)) as pool:
        order = sorted(kinds, key=lambda name: -_size(build, name))
        written_by_name = {name: pool.submit(pandoc.write, build, name, kinds[name]) for name in order}
        completed = {}
        try:
            for name in order:
                written_by_name[name].result()
                for kind in sorted(kinds[name], key=lambda kind: kind != "pdf"):
                    key = f"{name}_{kind}"
                    completed[key] = pool.submit(pandoc.complete, build, name, kind, parts[key])
            for key in parts:  # the same order each time, so that the same problem is told
                completed[key].result()
                yield key
        finally:
            pool.shutdown(cancel_futures=True)


def _split(key: str) -> tuple[str, str]:
    """The document and the format of a key."""
    name, kind = key.rsplit("_", maxsplit=1)
    return name, kind


def _size(build: Path, name: str) -> int:
    return (build / f"{name}.qmd").stat().st_size
