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

_earlier: dict[str, list] = {}  # by name: stamp and value, from an earlier run
_now: dict[str, list] = {}  # the same for this run


def keep_in(file: Path) -> None:
    """Use what an earlier run kept in `file`, and keep it there for the next when this one ends."""
    with suppress(OSError, ValueError):
        _earlier.update(json.loads(file.read_text(encoding="utf-8")))
    atexit.register(_write, file)


def kept(name: str, paths: Iterable[Path], make: Callable[[], Any], form: str = "") -> Any:
    """The value that `make` gives (of JSON's types), or what an earlier run kept under `name`.

    That counts as long as `paths` have the sizes and times they had; `form` stands for whatever else
    the value depends on.
    """
    stamp = _stamp(paths, form)
    entry = _now.get(name) or _earlier.get(name)
    value = entry[1] if entry and stamp and entry[0] == stamp else make()
    if stamp:
        _now[name] = [stamp, value]
    return value


def _stamp(paths: Iterable[Path], form: str) -> str:
    """Sizes and times of the files; empty where one is too young to rely on."""
    states = [(path.name, path.stat()) for path in paths]
    if any(time.time() - state.st_mtime < YOUNG for _, state in states):
        return ""
    sizes = [f"{name} {state.st_size} {state.st_mtime_ns}" for name, state in states]
    return " ".join([sys.version.split()[0], form, *sizes])


def _write(file: Path) -> None:
    if _now == _earlier or not file.parent.is_dir():
        return
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        part.write_text(json.dumps(_now), encoding="utf-8")
        os.replace(part, file)
