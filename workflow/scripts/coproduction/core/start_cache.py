"""What is worked out of files at each start is kept between runs, by the files' sizes and times.

Digests of code and results, and which packages are installed, took a third of the time of a start.
"""

import atexit
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

YOUNG = 2  # seconds: a file so new may change again without another size or time
SELDOM = "seldom"  # the part of what is kept that is read only when something has changed


class _Part:
    """What is kept in one file: by name, stamp and value; what a run did not ask for is kept on where `lasts`."""

    def __init__(self, lasts: bool) -> None:
        self.file: Path | None = None
        self._lasts = lasts
        self._earlier: dict[str, list] | None = None  # from an earlier run, as soon as it is asked for
        self._now: dict[str, list] = {}

    def entry(self, name: str) -> list | None:
        return self._now.get(name) or self._read().get(name)

    def keep(self, name: str, entry: list) -> None:
        self._now[name] = entry

    def _read(self) -> dict[str, list]:
        if self._earlier is None:
            self._earlier = {}
            if self.file is not None:
                with suppress(OSError, ValueError):
                    self._earlier = json.loads(self.file.read_text(encoding="utf-8"))
        return self._earlier

    def write(self) -> None:
        if self.file is None or not self._now:
            return
        content = self._read() | self._now if self._lasts else self._now
        if content == self._read() or not self.file.parent.is_dir():
            return
        part = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        with suppress(OSError):
            part.write_text(json.dumps(content), encoding="utf-8")
            os.replace(part, self.file)


_parts = {"": _Part(lasts=False), SELDOM: _Part(lasts=True)}


def keep_in(file: Path) -> None:
    """Use what an earlier run kept in `file` (and beside it), and keep it there for the next when this one ends."""
    for name, part in _parts.items():
        part.file = file.with_name(f"{file.stem}_{name}{file.suffix}") if name else file
        atexit.register(part.write)


def cached(name: str, paths: Iterable[Path], make: Callable[[], Any], form: str = "", part: str = "") -> Any:
    """The value that `make` gives (of JSON's types), or what an earlier run kept under `name`.

    That counts as long as `paths` have the sizes and times they had; `form` stands for whatever else
    the value depends on. What is only asked for after a change belongs to the part `SELDOM`.
    """
    stamp = stamp_of(paths)
    if not stamp:
        return make()
    stamp = f"{stamp} {form}"
    entry = _parts[part].entry(name)
    value = entry[1] if entry and entry[0] == stamp else make()
    _parts[part].keep(name, [stamp, value])
    return value


def stamp_of(paths: Iterable[Path]) -> str:
    """Sizes and times of the files; empty where one is too young to rely on."""
    states = [(path.name, path.stat()) for path in paths]
    if any(time.time() - state.st_mtime < YOUNG for _, state in states):
        return ""
    return " ".join([_PYTHON, *(f"{name} {state.st_size} {state.st_mtime_ns}" for name, state in states)])


_PYTHON = sys.version.split()[0]
