"""One record per cluster, each field from the entry that has it best, and where each came from."""

from collections import Counter
from collections.abc import Callable
from operator import itemgetter

import pandas as pd

from coproduction.literature.stable_ids import record_id
from coproduction.literature.tables import LINKS, ORIGINS, RECORDS, table_of

FIELDS = tuple(name for name in ORIGINS.columns if name != "record")
PLACE = ("year", "issue", "pages", "doi", "pmid")


def merge_records(entries: pd.DataFrame, clusters: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Records, the origins of their fields, and the record of each entry (in the table's order).

    The record id is that of the entry which gave the DOI, else of the one which gave the title, so
    that it stays one of the ids under which the record was known before.
    """
    rows = entries.to_dict("records")
    groups: dict[str, list[int]] = {}
    for position, cluster in enumerate(clusters["cluster"]):
        groups.setdefault(cluster, []).append(position)
    records, origins, taken = [], [], {}
    record_of = [""] * len(rows)
    for cluster in sorted(groups):
        members = [rows[i] for i in groups[cluster]]
        best = _best_of_each(members)
        giver = best["doi"] if best["doi"]["doi"] else best["title"]
        record = giver["own"]
        if record in taken:  # another work under the same number, kept apart
            record = record_id("", f"{record} {cluster}", "", "")
        taken[record] = cluster
        for i in groups[cluster]:
            record_of[i] = record
        records.append(
            {"record": record}
            | {name: best[name][name] for name in FIELDS}
            | {
                "databases": ";".join(sorted({m["database"] for m in members})),
                "members": ";".join(_known_as(members)),
                "accessions": "; ".join(_accessions(members)),
            }
        )
        origins.append({"record": record} | {n: _origin(best[n], n) for n in FIELDS})
    by_record = itemgetter("record")
    return (
        table_of(sorted(records, key=by_record), RECORDS),
        table_of(sorted(origins, key=by_record), ORIGINS),
        pd.Series(record_of, index=entries.index, dtype=str),
    )


def _known_as(members: list[dict]) -> list[str]:
    return [*sorted({m["own"] for m in members}), *sorted({m["entry"] for m in members})]


def _accessions(members: list[dict]) -> list[str]:
    """The number under which each database has the record, to find it there again."""
    return sorted({f"{m['database']}: {m['accession']}" for m in members if m["accession"]})


def _origin(entry: dict, name: str) -> str:
    return f"{entry['file']}#{entry['number']}" if entry[name] else ""


def _best_of_each(members: list[dict]) -> dict[str, dict]:
    """Per field the member that has it best, the place from entries of one volume.

    Of a text that its journal printed twice, the pages must not come from one volume and the year
    from the other.
    """
    best = {name: _best(name, members) for name in FIELDS}
    volume = best["volume"]["volume"]
    if any(m["volume"] not in ("", volume) for m in members):
        here = [m for m in members if m["volume"] == volume]
        best |= {n: _best(n, here) for n in PLACE if any(m[n] for m in here)}
    return best


def _best(name: str, members: list[dict]) -> dict:
    """The member that has the field best; the first in the order of files where several do."""
    if len(members) == 1:
        return members[0]
    votes = Counter(m[name].lower() for m in members if m[name])
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
    found: dict[tuple[str, str], str] = {}
    for pair, reason in zip(linked["pair"], linked["reason"], strict=True):
        ends = sorted(by_entry[part] for part in pair.split("+"))
        if ends[0] != ends[1]:
            found.setdefault((ends[0], ends[1]), reason)
    rows = [{"record": a, "other": b, "relation": reason} for (a, b), reason in sorted(found.items())]
    return table_of(rows, LINKS)
