"""Results of costly steps, kept for other studies that search the same: two reviews, one set of exports.

Where the variable SNAKEMAKE_OUTPUT_CACHE names a folder, a step that another study has carried out on the same files
with the same settings and code takes its results from there. The variable is Snakemake's; its own cache (9.27.1) is not
taken, since it moves results away and leaves links, so that a table which somebody opens and saves changes in every
study, it knows no step whose earlier results are still there, and it refuses rules whose times are measured. Here files
are copied both ways, and what is taken must have the digest that it had.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coproduction.core.edited_results import digest_of, source_of

VARIABLE = "SNAKEMAKE_OUTPUT_CACHE"
LIST = "files.json"  # of an entry: the digest of each of its files


def folder() -> Path | None:
    """Where results are kept for other studies; None where nobody asks for it."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named) if named else None


def key(rule: str, inputs: Iterable[str], params: Mapping[str, Any], places: Mapping[str, str]) -> str:
    """What names the results of a step in any study: its rule, the contents of its inputs, its params.

    places: by path of a folder what stands for it, since the folders of two studies have other names
    """
    source = source_of(inputs, params, lambda value: _placed(value, places))
    return hashlib.sha256(f"{rule}\n{source}".encode()).hexdigest()


def _placed(value: Any, places: Mapping[str, str]) -> Any:
    """A value of plain Python with the folders of the study in its paths replaced by what stands for them."""
    if isinstance(value, Mapping):
        return {name: _placed(one, places) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_placed(one, places) for one in value]
    if not isinstance(value, str):
        return value
    for place in sorted(places, key=len, reverse=True):  # results may lie within the study
        if value == place or value.startswith(f"{place}/"):
            return places[place] + value.removeprefix(place)
    return value


def take(entry: str, outputs: Sequence[str]) -> bool:
    """Copy the results of an entry to where the step would write them; whether all were there as they were kept."""
    place = _place(entry)
    try:
        digests: dict[str, str] = json.loads((place / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    names = _names(outputs)
    if list(names) != list(digests) or any(digest_of(place / name) != digest for name, digest in digests.items()):
        return False
    for name, output in names.items():
        path = Path(output)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        shutil.copyfile(place / name, part)
        part.replace(path)
    return True


def keep(entry: str, outputs: Sequence[str]) -> None:
    """Copy the results of a step into an entry, all or none.

    Raises OSError where the folder cannot be written.
    """
    place, names = _place(entry), _names(outputs)
    if place.exists() or not all(Path(output).is_file() for output in outputs):
        return
    half = place.with_name(f".{entry}-{os.getpid()}")
    try:
        half.mkdir(parents=True)
        for name, output in names.items():
            shutil.copyfile(output, half / name)
        digests = {name: digest_of(half / name) for name in names}
        (half / LIST).write_text(json.dumps(digests, indent=0), encoding="utf-8")
        if not place.exists():  # by another study in the meantime
            half.rename(place)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _place(entry: str) -> Path:
    shared = folder()
    assert shared is not None, "nobody asks for it without a folder"
    return shared / entry


def _names(outputs: Sequence[str]) -> dict[str, str]:
    """By name in an entry each output of a step, in their order."""
    return {f"{number}{Path(output).suffix}": output for number, output in enumerate(outputs)}
