"""One record per cluster, each field from the entry that has it best, and where each came from."""

from collections import Counter
from collections.abc import Callable
from operator import itemgetter

import pandas as pd

from coproduction.core.tables import Table, rows_of
from coproduction.literature.stable_ids import record_id
from coproduction.literature.tables import LINKS, ORIGINS, RECORDS, table_of, table_of_columns

FIELDS = tuple(name for name in ORIGINS.columns if name != "record")
PLACE = ("year", "issue", "pages", "doi", "pmid")


def merge_records(entries: pd.DataFrame, clusters: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Records, the origins of their fields, and the record of each entry (in the table's order).

    The record id is that of the entry which gave the DOI, else of the one which gave the title, so
    that it stays one of the ids under which the record was known before.
    """
    rows = rows_of(entries)
    groups: dict[str, list[int]] = {}
    for position, cluster in enumerate(clusters["cluster"]):
        groups.setdefault(cluster, []).append(position)
    records, origins, used_ids = [], [], set()
    record_of = [""] * len(rows)
    for cluster in sorted(groups):
        members = [rows[i] for i in groups[cluster]]
        best = _best_of_each(members)
        giver = best["doi"] if best["doi"]["doi"] else best["title"]
        record = giver["own"]
        if record in used_ids:  # another work under the same number, kept apart
            record = record_id("", f"{record} {cluster}", "", "")
        used_ids.add(record)
        for i in groups[cluster]:
            record_of[i] = record
        databases = ";".join(sorted({m["database"] for m in members}))
        known_as = ";".join(_known_as(members)), "; ".join(_accessions(members))
        records.append((record, *[best[name][name] for name in FIELDS], databases, *known_as))
        places = {id(m): f"{m['file']}#{m['number']}" for m in members}
        origins.append((record, *[places[id(best[n])] if best[n][n] else "" for n in FIELDS]))
    return (
        _by_record(records, ("record", *FIELDS, "databases", "members", "accessions"), RECORDS),
        _by_record(origins, ("record", *FIELDS), ORIGINS),
        pd.Series(record_of, index=entries.index, dtype=str),
    )


def _by_record(rows: list[tuple], names: tuple[str, ...], form: Table) -> pd.DataFrame:
    """A table of rows, by record, each an unlike one."""
    rows.sort(key=itemgetter(0))
    columns = map(list, zip(*rows, strict=True)) if rows else [[] for _ in names]
    return table_of_columns(dict(zip(names, columns, strict=True)), form)


def _known_as(members: list[dict]) -> list[str]:
    return [*sorted({m["own"] for m in members}), *sorted({m["entry"] for m in members})]


def _accessions(members: list[dict]) -> list[str]:
    """The number under which each database has the record, to find it there again."""
    return sorted({f"{m['database']}: {m['accession']}" for m in members if m["accession"]})


def _best_of_each(members: list[dict]) -> dict[str, dict]:
    """Per field the member that has it best, the place from entries of one volume.

    Of a text that its journal printed twice, the pages must not come from one volume and the year
    from the other.
    """
    if len(members) == 1:
        return dict.fromkeys(FIELDS, members[0])
    best = {name: _best(name, members) for name in FIELDS}
    volume = best["volume"]["volume"]
    if any(m["volume"] not in ("", volume) for m in members):
        here = [m for m in members if m["volume"] == volume]
        best |= {n: _best(n, here) for n in PLACE if any(m[n] for m in here)}
    return best


def _best(name: str, members: list[dict]) -> dict:
    """The member that has the field best; the first in the order of files where several do."""
    values = [m[name] for m in members]
    if values.count(values[0]) == len(values):
        return members[0]
    votes = Counter(value.lower() for value in values if value)
    rank = _RANKS.get(name, _by_vote)
    return max(members, key=lambda m: rank(m[name], votes) if m[name] else (-1,))


def _by_vote(value: str, votes: Counter) -> tuple:
    """Volume, issue, year, DOI …: what most entries say, then the fuller one."""
    return (votes[value.lower()], len(value))


def _by_reading(value: str, votes: Counter) -> tuple:
    """Title and journal: not in capitals, what most say, then the fuller one."""
    return (not value.isupper(), votes[value.lower()], len(value))


def _by_length(value: str, votes: Counter) -> tuple:
    """Abstract, authors, keywords: the fullest."""
    return (not value.isupper(), len(value))


def _by_kind(value: str, votes: Counter) -> tuple:
    return (value not in ("other", "article"), votes[value.lower()], value)


def _by_address(value: str, votes: Counter) -> tuple:
    return ("doi.org" in value, value.startswith("http"), -len(value))


_RANKS: dict[str, Callable[[str, Counter], tuple]] = {
    "title": _by_reading,
    "source": _by_reading,
    "abstract": _by_length,
    "authors": _by_length,
    "keywords": _by_length,
    "type": _by_kind,
    "url": _by_address,
}


def link_records(pairs: pd.DataFrame, entries: pd.DataFrame, record_of: pd.Series) -> pd.DataFrame:
    """Linked pairs of entries as linked records, each once."""
    linked = pairs[pairs["outcome"] == "linked"]
    by_entry = dict(zip(entries["entry"], record_of, strict=True))
    relations: dict[tuple[str, str], str] = {}
    for pair, reason in zip(linked["pair"], linked["reason"], strict=True):
        ends = sorted(by_entry[part] for part in pair.split("+"))
        if ends[0] != ends[1]:
            relations.setdefault((ends[0], ends[1]), reason)
    rows = [{"record": a, "other": b, "relation": reason} for (a, b), reason in sorted(relations.items())]
    return table_of(rows, LINKS)
