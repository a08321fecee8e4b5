"""Which records cite the same works, and which cite each other.

Works are told apart as `formats.references.cited` reads them. The lists are read twice, line by line,
and works are compared by numbers made of what identifies them, so that the references of very many
records need no more memory than these numbers.
"""

import csv
import hashlib
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from coproduction.formats.references import cited
from coproduction.literature.tables import REFERENCES, table_of_columns

SHOWN = 200  # letters of a reference
KINDS = len(cited.Work._fields)  # ways to identify a work


class Lists(NamedTuple):
    """Where lists of cited references are: in other fields (a file of OTHER_FIELDS) and in notes.

    entries: file, number; record_of: the record of each entry; records: as RECORDS.
    """

    other_fields: str | Path
    entries: pd.DataFrame
    record_of: pd.Series
    records: pd.DataFrame

    def references(self) -> Iterator[tuple[int, str]]:
        """Every reference of every list, with the place of the record that cites it."""
        place = {record: i for i, record in enumerate(self.records["record"])}
        of_entry: dict[tuple[str, str], int] = {}
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        with open(self.other_fields, encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            next(lines, None)
            for name, number, tag, value in lines:
                if not cited.is_list(tag):
                    continue
                if not of_entry:
                    numbered = zip(self.entries["file"], self.entries["number"].astype(str), strict=True)
                    of_entry = dict(zip(numbered, self.record_of.map(place), strict=True))
                i = of_entry[name, number]
                for reference in cited.split_references(value):
                    yield i, reference
        for i, note in enumerate(self.records["notes"]):
            for reference in cited.split_references(cited.list_in_notes(note)):
                yield i, reference


def link_references(lists: Lists) -> pd.DataFrame:
    """REFERENCES: the works that two records or more cite, and the records that others cite."""
    citing, keys = array("q"), array("q")
    for i, reference in lists.references():
        citing.append(i)
        keys.extend(map(_key, cited.read_work(reference)))
    if not citing:
        return _table([])
    works, own_works = _identified(np.array(keys, dtype=np.int64).reshape(-1, KINDS), _own_keys(lists.records))
    pairs = np.unique(np.stack([np.array(citing, dtype=np.int64), works], axis=1), axis=0)
    pairs = pairs[(pairs[:, 1] != 0) & (pairs[:, 1] != own_works[pairs[:, 0]])]
    cited_works, times = np.unique(pairs[:, 1], return_counts=True)
    ids = lists.records["record"].to_numpy()
    single, first, copies = np.unique(own_works, return_index=True, return_counts=True)
    alone = (copies == 1) & (single != 0)
    record = dict(zip(single[alone].tolist(), ids[first[alone]], strict=True))
    linking = cited_works[(times > 1) | np.isin(cited_works, single[alone])]
    reference_texts = dict.fromkeys(linking.tolist(), "")
    for (_, reference), work in zip(lists.references(), works.tolist(), strict=True):
        if reference_texts.get(work) == "":
            reference_texts[work] = reference[:SHOWN]
    pairs = pairs[np.isin(pairs[:, 1], linking)]
    return _table([(ids[i], _name(work), record.get(work, ""), reference_texts[work]) for i, work in pairs.tolist()])


def _table(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    columns = zip(*sorted(rows), strict=True) if rows else [()] * len(REFERENCES.columns)
    return table_of_columns(dict(zip(REFERENCES.columns, map(list, columns), strict=True)), REFERENCES)


def _own_keys(records: pd.DataFrame) -> np.ndarray:
    """The keys (n, KINDS) by which others cite the records."""
    first = records["authors"].str.split(";").str[0]
    places = map(cited.place_of, first, records["year"], records["volume"], records["pages"])
    numbers = (next(iter(cited.own_numbers(accession_text)), "") for accession_text in records["accessions"])
    columns = (records["doi"], places, numbers, [""] * len(records))
    return np.array([list(map(_key, column)) for column in columns], dtype=np.int64).T


def _identified(keys: np.ndarray, own_keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A number for the work of each row of keys, and for each record; 0 where nothing identifies it.

    The DOI goes before the place, the place before the number of a database. Where one of these is
    known with exactly one that goes before it, it is the same work without it too.
    """
    rows = np.concatenate([keys, own_keys])
    work = rows[:, 0].copy()
    for column in rows.T[1:]:
        known_pairs = np.unique(np.stack([column, work], axis=1)[(column != 0) & (work != 0)], axis=0)
        names, first, times = np.unique(known_pairs[:, 0], return_index=True, return_counts=True)
        names, better = names[times == 1], known_pairs[first[times == 1], 1]
        at = np.searchsorted(names, column).clip(max=max(len(names) - 1, 0))
        is_known = names[at] == column if len(names) else np.zeros(len(column), dtype=bool)
        identified = np.where(is_known, better[at] if len(names) else 0, column)
        work = np.where(work == 0, identified, work)
    return work[: len(keys)], work[len(keys) :]


def _key(name: str) -> int:
    """A number of 64 bits for what identifies a work; 0 for nothing."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True) if name else 0


def _name(work: int) -> str:
    return f"w{work % 2**64:016x}"
