"""Exports as JSON: CSL-JSON (Zotero, Crossref), works of OpenAlex, Europe PMC, Semantic Scholar, Lens,
DataCite, and lists of plain objects.

Nested values get names such as "source.title"; a list repeats its name. A file that is cut off is
read object by object up to the cut.
"""

import json
import re
from collections.abc import Iterator

from coproduction.formats.references.maps import RawEntry, outside

_LISTS = tuple(
    """
    results data items records works message references resultList result response docs hits articles entries
    papers publications documents hit search-results entry References
""".split()
)
_PEOPLE = ("author", "authors", "editor", "editors", "creators", "authorships", "translator")
_DATES = tuple(
    """
    issued published-print published-online published created accessed submitted event-date original-date
    deposited indexed posted
""".split()
)
_WRAPPERS = ("attributes", "_source", "bibjson", "work")  # objects around the record itself
_INNER = {"data": "itemType", "metadata": "title"}  # the same where it holds this: Zotero's interface, Zenodo
_DEEPEST = 8


def read_json(text: str) -> Iterator[RawEntry]:
    """One entry per object of the list in `text`, wherever that list sits."""
    decoder = json.JSONDecoder(strict=False)
    try:
        items, beside = _list_in(decoder.decode(text.strip()))
        for index, item in enumerate(items):
            yield _entry(item, index + 1)
        for name, value in beside.items():
            value_text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield outside(1, value_text, f"{name}, beside the entries")
    except (json.JSONDecodeError, RecursionError):
        yield from _read_pieces(text, decoder)


def _list_in(value: object) -> tuple[list, dict[str, object]]:
    """The list of objects in a decoded file, itself or under the usual names, and what is beside it."""
    beside: dict[str, object] = {}
    while isinstance(value, dict):
        inner = next((k for k in _LISTS if isinstance(value.get(k), list | dict)), None)
        if inner is None:
            return [value], beside
        works = _by_number(value[inner])
        if works:
            return works, beside | {k: v for k, v in value.items() if k != inner}
        beside |= {k: v for k, v in value.items() if k != inner and v not in (None, "", [], {})}
        value = value[inner]
    return (value if isinstance(value, list) else [value]), beside


def _by_number(value: object) -> list:
    """The works of PubMed's summaries, which stand under their numbers beside the list of these."""
    numbers = value.get("uids") if isinstance(value, dict) else None
    return [value[n] for n in numbers if n in value] if isinstance(value, dict) and isinstance(numbers, list) else []


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
    if item.get("subtitle") and item.get("title"):
        item = _with_subtitle(item)
    return RawEntry(line, [(k, v) for k, v in _flat(item) if v.strip()])


def _with_subtitle(item: dict) -> dict:
    """The title with the subtitle that Crossref keeps apart."""
    title, subtitle = (_first(item[name]) for name in ("title", "subtitle"))
    if not title or not subtitle or subtitle.lower() in title.lower():
        return item
    mark = " " if title.endswith(("?", "!", ":", ".")) else ": "
    return {k: v for k, v in item.items() if k != "subtitle"} | {"title": f"{title}{mark}{subtitle}"}


_PARTED = re.compile(r"\s(?:and|&)\s|;")


def _first(value: object) -> str:
    """A text, or the first text of a list."""
    one = value[0] if isinstance(value, list) and value else value
    return one.strip() if isinstance(one, str) else ""


def _flat(item: dict, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Names and values of an object: people, dates and inverted indexes as text."""
    for name, value in item.items():
        path = f"{prefix}{name}"
        if name in _PEOPLE and isinstance(value, list) and not prefix:
            yield from _people(path, value)
        elif name == "abstract_inverted_index" and isinstance(value, dict):
            yield path, _uninvert(value)
        elif name in _DATES and isinstance(value, dict):
            yield path, _date(value)
        elif name == "primary_location" and isinstance(value, dict):
            yield "source", _deep(value, "source", "display_name")
            yield from _values(path, value, depth)
        elif isinstance(value, dict) and (name in _WRAPPERS or _INNER.get(name) in value):
            yield from _flat(value, prefix, depth + 1)
        elif name in ("external_ids", "articleids", "identifier") and isinstance(value, list):
            yield from _identifiers(path, value)
        elif name in _OF_KINDS and isinstance(value, list):
            yield from _of_kinds(path, name, value, depth)
        else:
            yield from _values(path, value, depth)


def _values(path: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    """One value as text under its name; what lies deeper under longer names."""
    if value is None or value is False or value == "":
        return
    if isinstance(value, dict) and depth < _DEEPEST:
        if "display_name" in value:
            yield path, str(value["display_name"] or "")
        yield from _flat(value, f"{path}.", depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for one in value:
            yield from _values(path, one, depth + 1)
    elif isinstance(value, dict | list):
        yield path, json.dumps(value, ensure_ascii=False)
    else:
        yield path, str(value)


def _people(path: str, people: list) -> Iterator[tuple[str, str]]:
    """Names under the field's own name, what else is said of the people under longer ones."""
    for person in people:
        role = person.get("creatorType") if isinstance(person, dict) else None
        yield str(role or path), _person(person)
        if isinstance(person, dict):
            more = {k: v for k, v in person.items() if k not in _NAMES}
            yield from _flat(more, f"{path}.", 1)


_NAMES = tuple(
    """
    creatorType family given non-dropping-particle dropping-particle suffix literal name display_name fullName
    firstName lastName first_name last_name familyName givenName collective_name authname
""".split()
)


def _person(person: object) -> str:
    """ "Family, Given", or the name as it is written."""
    if not isinstance(person, dict):
        return str(person or "")
    if isinstance(person.get("author"), dict):  # OpenAlex
        return _person(person["author"]) or str(person.get("raw_author_name") or "")
    family = _any(person, "family", "lastName", "last_name", "familyName")
    particle = _any(person, "non-dropping-particle")
    space = "" if particle.endswith(("'", "’")) else " "
    family = f"{particle}{space}{family}".strip()
    given_names = _any(person, "given", "firstName", "first_name", "givenName")
    given_names = f"{given_names} {_any(person, 'dropping-particle')}".strip()
    full_name = _any(person, "literal", "name", "display_name", "fullName", "collective_name", "authname")
    if full_name and full_name == person.get("literal") and _PARTED.search(full_name):
        full_name = f"{{{full_name}}}"  # a body, as BibTeX has it
    parts = (family, given_names, _any(person, "suffix"))
    return ", ".join(filter(None, parts)) if family else full_name or given_names


def _any(value: dict, *names: str) -> str:
    return next((str(value[n]) for n in names if value.get(n)), "")


def _identifiers(path: str, identifiers: list) -> Iterator[tuple[str, str]]:
    """Lens, PubMed's summaries and DOAJ: a list of {"type" or "idtype": "doi", "value" or "id": …}."""
    for one in identifiers:
        kind = (one.get("type") or one.get("idtype")) if isinstance(one, dict) else None
        if kind:
            yield f"{path}.{kind}", _any(one, "value", "id")
        else:
            yield path, one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)


_OF_KINDS = {"descriptions": ("descriptionType", "Abstract"), "titles": ("titleType", None)}


def _of_kinds(path: str, name: str, values: list, depth: int) -> Iterator[tuple[str, str]]:
    """DataCite's titles and descriptions: a translated title and the methods stand beside the title and the abstract."""
    word, plain = _OF_KINDS[name]
    for value in values:
        kind = value.get(word) if isinstance(value, dict) else None
        if kind in (None, "", plain):
            yield from _values(path, {k: v for k, v in value.items() if k != word} if kind else value, depth)
        else:
            yield from _values(f"{path}.{kind}", _any(value, name[:-1]), depth)


def _deep(value: object, *path: str) -> str:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return str(value or "")


def _date(value: dict) -> str:
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return "-".join(str(p) for p in parts[0])
    return _any(value, "raw", "literal", "date-time") or json.dumps(value, ensure_ascii=False)


def _uninvert(index: dict) -> str:
    """The abstract that OpenAlex stores as word → positions."""
    words = [(p, w) for w, at in index.items() if isinstance(at, list) for p in at if isinstance(p, int)]
    return " ".join(w for _, w in sorted(words))
