"""What a step noted of the files that it wrote, and which of them are no longer what it wrote.

A result that somebody changed by hand, or deleted, would stay so: Snakemake looks at the inputs of a step
and at whether its outputs are newer. Each step therefore leaves a note beside its log, with size, time
and digest of every file; the next run compares them, by size and time first.

The note also says what the step was made from. Where that is the same again, since an earlier step has
run anew and come to the same bytes, its results stand as they are.
"""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coproduction.core.start_cache import cached

ENDING = ".made.json"
ASIDE = "set_aside"
PRIVATE = "private"  # the folder of the results that never leaves the machine
FOLDER = "a folder"
BUILD = "report/build"  # people may render it again themselves
_PIECE = 1 << 20


@dataclass(frozen=True)
class Touched:
    """A result that is not what its step wrote: its path, and whether it is missing."""

    path: str
    missing: bool


def of_inputs(paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Size and time of each input file, to be compared with those at the end of the step."""
    return {path: _stamp(Path(path)) for path in paths if Path(path).is_file()}


def changed_since(before: dict[str, tuple[int, int]]) -> list[str]:
    """The inputs whose size or time is another now, or which are gone."""
    return [path for path, stamp in before.items() if not Path(path).is_file() or _stamp(Path(path)) != stamp]


def write(log: Path, rule: str, outputs: Sequence[str], again: str) -> None:
    """Note what the step `rule` has written; `again` is the mark that made it run, if one did."""
    results = {str(path): [*_stamp(path), digest_of(path)] for path in _files(outputs)}
    results |= {path: [0, 0, FOLDER] for path in outputs if Path(path).is_dir()}
    note = {"rule": rule, "again": again, "made": results}
    log.with_suffix(ENDING).write_text(json.dumps(note, indent=0) + "\n", encoding="utf-8")


def again_in(params: Any) -> str:
    """The mark in the param `code` that made a step run since its results were changed by hand."""
    words = str(params.code).split() if "code" in params.keys() else []  # noqa: SIM118
    return words[2] if len(words) > 2 else ""


def source_of(
    inputs: Iterable[str], params: Mapping[str, Any], placed: Callable[[Any], Any] = lambda value: value
) -> str:
    """A digest of what a step is made from: the content of its inputs, by name, and its params.

    The code of the step and the packages behind it are among the params. `placed` gives paths and params the words
    under which they count.
    """
    files = [f"{placed(path)} {_content(Path(path))}" for path in inputs]
    params_text = json.dumps(placed(dict(params)), sort_keys=True, default=repr)
    return hashlib.sha256("\n".join([*files, params_text]).encode()).hexdigest()


def add_source(log: Path, source: str) -> None:
    """Add to the note of a step what it was made from (`source_of`, taken before it ran)."""
    path = log.with_suffix(ENDING)
    note = _read(path) | {"source": source}
    path.write_text(json.dumps(note, indent=0) + "\n", encoding="utf-8")


def confirm(log: Path) -> None:
    """Give the note of a step the time of now, in which its results have been found to stand."""
    os.utime(log.with_suffix(ENDING))


def forget(log: Path) -> None:
    """Remove the note of a step whose results are not there."""
    log.with_suffix(ENDING).unlink()


def stands(log: Path, source: str, outputs: Sequence[str]) -> bool:
    """Whether the results of a step were made from the same and are what it wrote."""
    note = _read(log.with_suffix(ENDING))
    results = note["made"]
    files = {str(path) for path in _files(outputs)} | {path for path in outputs if Path(path).is_dir()}
    return note.get("source") == source and files == set(results) and not list(_changed_results(results))


def as_made(log: Path, outputs: Iterable[str]) -> list[str]:
    """Those of the outputs that are what the step wrote when it last succeeded, folders with all that is in them."""
    results = _read(log.with_suffix(ENDING))["made"]
    altered = [changed.path for changed in _changed_results(results)]
    return [
        path
        for path in outputs
        if path in results and not any(f"{changed}/".startswith(f"{path}/") for changed in altered)
    ]


def _content(path: Path) -> str:
    """The digest of a file, or of all files of a folder with their names."""
    if not path.is_dir():
        return kept_digest(path) if path.is_file() else ""
    inside = [f"{file.relative_to(path)} {kept_digest(file)}" for file in sorted(path.rglob("*")) if file.is_file()]
    return hashlib.sha256("\n".join(inside).encode()).hexdigest()


class Notes:
    """The notes of all steps of a study, by rule; read once at the start of a run."""

    def __init__(self, logs: Path) -> None:
        self._notes = [_read(path) for path in sorted(logs.rglob(f"*{ENDING}"))]
        self.touched: dict[str, list[Touched]] = {}
        for note in self._notes:
            wrong = list(_changed_results(note["made"]))
            if wrong:
                self.touched.setdefault(note["rule"], []).extend(wrong)

    def again(self, rule: str) -> str:
        """A mark that changes when a result of the rule is no longer what it wrote; mostly empty."""
        marks = [note["again"] for note in self._notes if note["rule"] == rule]
        before = "".join(sorted(set(marks)))
        wrong = self.touched.get(rule, [])
        if not wrong:
            return before
        states = [f"{one.path} {'' if one.missing else digest_of(Path(one.path))}" for one in wrong]
        mark = hashlib.sha256("\n".join(states).encode()).hexdigest()[:8]
        return f"{mark}'" if mark == before else mark


def put_aside(results: Path, touched: Mapping[str, Sequence[Touched]]) -> str:
    """Keep a copy of each changed result, and say what is made anew; empty where nothing is.

    Somebody may have filled in a form where it was made, so that nothing is overwritten in silence.
    """
    lines = []
    for result in sorted((result for several in touched.values() for result in several), key=lambda t: t.path):
        path = Path(result.path)
        if result.missing:
            lines.append(f"{result.path} is missing and will be recreated.")
            continue
        copy = results / ASIDE / path.relative_to(results)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
        lines.append(
            f"{result.path} was changed after the workflow had written it. It will be recreated; the changed "
            f"version is kept in {copy}. To use that version, put it in the study folder."
        )
    return "\n".join(lines)


def _changed_results(results: dict[str, list[Any]]) -> Iterable[Touched]:
    for name, (size, time, digest) in results.items():
        try:
            state = os.stat(name)
        except OSError:
            yield Touched(name, missing=True)
            continue
        if stat.S_ISDIR(state.st_mode) != (digest == FOLDER):
            yield Touched(name, missing=True)
        elif digest == FOLDER or (state.st_size, state.st_mtime_ns) == (size, time):
            continue
        elif state.st_size != size or kept_digest(Path(name)) != digest:
            yield Touched(name, missing=False)


def _read(path: Path) -> dict[str, Any]:
    try:
        note: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"rule": "", "again": "", "made": {}}
    return note


def _files(outputs: Iterable[str]) -> Iterable[Path]:
    for output in map(Path, outputs):
        if output.as_posix().endswith(BUILD):
            continue
        inside = sorted(output.rglob("*")) if output.is_dir() else [output]
        yield from (path for path in inside if path.is_file())


def _stamp(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def kept_digest(path: Path) -> str:
    """The same, kept from the last start: Snakemake gives every output of a step a new time."""
    digest: str = cached(f"digest of {path}", [path], lambda: digest_of(path))
    return digest


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's content; of a folder nothing."""
    digest = hashlib.sha256()
    if path.is_file():
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    return digest.hexdigest()
