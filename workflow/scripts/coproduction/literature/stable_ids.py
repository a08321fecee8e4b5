"""Ids of entries and records, made of nothing but what they say.

A new export, another order of files or another machine gives the same id, so decisions that people
made about it stay valid.
"""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from coproduction.core.text import normalise
from coproduction.formats.references.normal import family_name, normalise_doi, normalise_year

_ENTRY_FIELDS = ("doi", "title", "year", "authors", "source", "volume", "issue", "pages", "pmid", "type")


def entry_id(entry: Mapping[str, str]) -> str:
    """ "e" and ten hexadecimal digits of what an entry says; without any title, of its abstract."""
    field_words = [normalise(entry[f]) if f != "doi" else entry[f] for f in _ENTRY_FIELDS]
    if not entry["title"] and not entry["doi"]:
        field_words.append(normalise(entry["abstract"]))
    return _digest("e", "\x1f".join(field_words))


def entry_ids(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """The ids of entries, given by the columns of their fields; those that say the same share one.

    Entries that are equal but for their abstract or accession number may be two works, so each gets
    an id of its own: the first of them, by what they say, that of the rest of its fields, so that it
    stays what it is where no other comes.
    """
    words_of_entries = zip(
        *(columns["doi"] if name == "doi" else _normal(columns[name]) for name in _ENTRY_FIELDS), strict=True
    )
    entry_rows = zip(words_of_entries, columns["title"], columns["doi"], columns["abstract"], strict=True)
    ids = [
        _digest("e", "\x1f".join(words if title or doi else (*words, normalise(abstract))))
        for words, title, doi, abstract in entry_rows
    ]
    places: dict[str, list[int]] = {}
    for place in np.flatnonzero(pd.Series(ids).duplicated(keep=False)).tolist():
        places.setdefault(ids[place], []).append(place)
    for shared_id, places_of_id in places.items():
        variants = [f"{normalise(columns['abstract'][i])}\x1f{columns['accession'][i].lower()}" for i in places_of_id]
        first = min(variants)
        for i, variant in zip(places_of_id, variants, strict=True):
            if variant != first:
                ids[i] = _digest("e", f"{shared_id}\x1f{variant}")
    return ids


def _normal(values: Sequence[str]) -> list[str]:
    """The normal form of each value, made once for those that recur in a sample."""
    sample = values[:5000]
    if len(set(sample)) > len(sample) * 0.8:
        return list(map(normalise, values))
    normal_of = {value: normalise(value) for value in dict.fromkeys(values)}
    return [normal_of[value] for value in values]


def _digest(kind: str, content: str) -> str:
    return kind + hashlib.sha256(content.encode()).hexdigest()[:10]


def record_ids(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """The id of the record that each entry would be by itself."""
    first = (names.split("; ", 1)[0] for names in columns["authors"])
    return [
        record_id(*fields_of_record)
        for fields_of_record in zip(columns["doi"], columns["title"], columns["year"], first, strict=True)
    ]


def record_id(doi: str, title: str, year: object, first_author: str) -> str:
    """ "r" and ten hexadecimal digits that identify a record by what it says.

    The DOI decides where there is one, else title, year and the first author's family name.
    """
    key = normalise_doi(doi)
    if not key:
        parts = (normalise(title), normalise_year(year), family_name(first_author))
        key = "|".join(parts)
    return _digest("r", key)
