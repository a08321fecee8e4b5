"""Ids of entries and records, made of nothing but what they say.

A new export, another order of files or another machine gives the same id, so decisions that people
made about it stay valid.
"""

import hashlib
from collections.abc import Mapping, Sequence

from coproduction.core.text import normalise
from coproduction.formats.references.normal import family_name, normalise_doi, normalise_year

_ENTRY_FIELDS = ("doi", "title", "year", "authors", "source", "volume", "issue", "pages", "pmid", "type")


def entry_id(entry: Mapping[str, str]) -> str:
    """ "e" and ten hexadecimal digits of what an entry says; without any title, of its abstract."""
    said = [normalise(entry[f]) if f != "doi" else entry[f] for f in _ENTRY_FIELDS]
    if not entry["title"] and not entry["doi"]:
        said.append(normalise(entry["abstract"]))
    return "e" + hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:10]


def entry_ids(entries: Sequence[Mapping[str, str]]) -> list[str]:
    """The ids of entries; those that say the same share one.

    Entries that are equal but for their abstract or accession number may be two works, so each gets
    an id of its own: the first of them, by what they say, that of the rest of its fields, so that it
    stays what it is where no other comes.
    """
    ids = [entry_id(entry) for entry in entries]
    places: dict[str, list[int]] = {}
    for place, known in enumerate(ids):
        places.setdefault(known, []).append(place)
    for known, same in places.items():
        if len(same) > 1:
            said = [f"{normalise(entries[i]['abstract'])}\x1f{entries[i]['accession'].lower()}" for i in same]
            first = min(said)
            for i, variant in zip(same, said, strict=True):
                if variant != first:
                    digest = hashlib.sha256(f"{known}\x1f{variant}".encode()).hexdigest()
                    ids[i] = f"e{digest[:10]}"
    return ids


def record_id(doi: str, title: str, year: object, first_author: str) -> str:
    """ "r" and ten hexadecimal digits that identify a record by what it says.

    The DOI decides where there is one, else title, year and the first author's family name.
    """
    key = normalise_doi(doi)
    if not key:
        parts = (normalise(title), normalise_year(year), family_name(first_author))
        key = "|".join(parts)
    return "r" + hashlib.sha256(key.encode()).hexdigest()[:10]
