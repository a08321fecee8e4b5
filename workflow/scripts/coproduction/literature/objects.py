"""Exports as JSON: CSL-JSON (Zotero, Crossref), OpenAlex works, and lists of plain objects.

A file that is cut off is read object by object up to the cut.
"""

import json
from collections.abc import Iterator

from coproduction.literature.raw import RawEntry

_LISTS = ("results", "data", "items", "records", "works", "message", "references")


def read_json(text: str) -> Iterator[RawEntry]:
    """One entry per object of the list in `text`, wherever that list sits."""
    decoder = json.JSONDecoder(strict=False)
    try:
        whole = _list_in(decoder.decode(text.strip()))
        for index, item in enumerate(whole):
            yield _entry(item, index + 1)
    except (json.JSONDecodeError, RecursionError):
        yield from _read_pieces(text, decoder)


def _list_in(value: object) -> list:
    """The list of objects in a decoded file: itself, or under the usual names."""
    while isinstance(value, dict):
        inner = next((value[k] for k in _LISTS if isinstance(value.get(k), list | dict)), None)
        if inner is None:
            return [value]
        value = inner
    return value if isinstance(value, list) else [value]


def _read_pieces(text: str, decoder: json.JSONDecoder) -> Iterator[RawEntry]:
    """Objects of a broken list or of JSON lines, each with its line."""
    at, line, counted = text.find("{", _list_start(text, decoder)), 1, 0
    while at >= 0:
        line += text.count("\n", counted, at)
        counted = at
        try:
            item, end = decoder.raw_decode(text, at)
            yield _entry(item, line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield RawEntry(line, problem="the JSON object is broken or cut off")
            end = text.find("\n", at)
            if end < 0 or str(error).startswith("Unterminated"):
                return
        at = text.find("{", end)


def _list_start(text: str, decoder: json.JSONDecoder) -> int:
    """Where the objects begin: at the start for JSON lines, else inside the first list."""
    first = text.lstrip().split("\n", 1)[0]
    try:
        decoder.decode(first)
        return 0
    except (json.JSONDecodeError, RecursionError):
        return text.find("[") + 1


def _entry(item: object, line: int) -> RawEntry:
    if not isinstance(item, dict):
        return RawEntry(line, problem="not an object with named values")
    return RawEntry(line, [(k, v) for k, v in _flat(item) if v])


def _flat(item: dict) -> Iterator[tuple[str, str]]:
    """Names and values of an object: people, dates and inverted indexes as text, lists repeated."""
    for name, value in item.items():
        if name in ("author", "editor") and isinstance(value, list):
            yield from ((name, _person(p)) for p in value)
        elif name == "authorships" and isinstance(value, list):
            yield from ((name, _deep(p, "author", "display_name")) for p in value)
        elif name == "abstract_inverted_index" and isinstance(value, dict):
            yield name, _uninvert(value)
        elif name in ("issued", "published-print", "published"):
            yield name, _date(value)
        elif name == "primary_location":
            yield "source", _deep(value, "source", "display_name")
            yield "landing_page_url", _deep(value, "landing_page_url")
        elif name in ("biblio", "ids") and isinstance(value, dict):
            yield from ((f"{name}.{k}", str(v or "")) for k, v in value.items())
        elif name in ("keywords", "concepts") and isinstance(value, list):
            yield from (
                (name, _deep(v, "display_name") if isinstance(v, dict) else str(v)) for v in value
            )
        elif isinstance(value, list):
            yield from ((name, str(v)) for v in value if isinstance(v, str | int | float))
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            yield name, str(value)


def _person(person: object) -> str:
    if not isinstance(person, dict):
        return str(person or "")
    particle = str(person.get("non-dropping-particle") or "")
    family = f"{particle} {person.get('family') or ''}".strip()
    given = str(person.get("given") or "")
    return f"{family}, {given}".strip(", ") or str(
        person.get("literal") or person.get("name") or ""
    )


def _deep(value: object, *path: str) -> str:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return str(value or "")


def _date(value: object) -> str:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return "-".join(str(p) for p in parts[0])
    return _deep(value, "raw") or _deep(value, "literal") if isinstance(value, dict) else str(value)


def _uninvert(index: dict) -> str:
    """The abstract that OpenAlex stores as word → positions."""
    words = [
        (p, w) for w, at in index.items() if isinstance(at, list) for p in at if isinstance(p, int)
    ]
    return " ".join(w for _, w in sorted(words))
