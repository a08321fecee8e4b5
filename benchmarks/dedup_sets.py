"""Labelled sets of bibliographic records: reading them, judging groups by them, enlarging them.

A set is a folder with its records and what is known to be the same work:

- records in `records_pre_merged.csv`, or in parts `records_pre_merged_part*.csv`, or in
  `records.csv`; columns ID (or record_id), title, author (or authors), year, journal (or source,
  booktitle), volume, number (or issue), pages, doi, abstract, ENTRYTYPE (or type); the columns that
  are not there count as empty;
- truth in `merged_record_ids.csv` (a column merged_ids, the ids of one work separated by ";", as
  bib-dedupe publishes its sets), or in `pairs.csv` (the first two columns are ids of the same
  work), or in a column `cluster` or `duplicate_id` of the records, or only in a column `label` that
  says "duplicate" of each record that has a double in the set (as Dedupe Sweep publishes its sets;
  then there are figures by record only).

Needs nothing but pandas, so that a peer can be run from an environment of its own.
"""

import re
from itertools import combinations
from pathlib import Path

import pandas as pd

NAMES = {"record_id": "ID", "authors": "author", "source": "journal", "issue": "number", "type": "ENTRYTYPE"}
COLUMNS = ("title", "author", "year", "journal", "volume", "number", "pages", "doi", "abstract")
# EndNote tables that were read without their line breaks: "Adeli K.Lewis G. F."
_FUSED = re.compile(r"(?<=[A-Z]\.)(?=[A-ZÀ-Þ][^\s.]*[a-zß-ÿ])")
# Titles of corrections, replies and letters: the word at the beginning or at the end, or at the end
# the place of what they are about, "(vol 85, pg 553, 2010)" or "(N Engl J Med (2009) 360 (542-544))".
_NOTICE = re.compile(
    r"^\W*(?:errat(?:um|a)|corrigend(?:um|a)|corrections?|retract(?:ion|ed)|(?:author )?repl(?:y|ies)"
    r"|response (?:to|by)|comments? (?:on|to))\b"
    r"|(?<!\[)\b(?:erratum|corrigendum|correction|retraction|repl(?:y|ies)|letters?\))[\W\d]*$"
    r"|\(vol\.? \d+[^()]*\d{4}\)\W*$|\([^()]+\(\d{4}\) \d+ \([\d-]+\)\)\W*$",
    re.IGNORECASE,
)

Groups = list[list[str]]


def is_set(folder: Path) -> bool:
    return folder.is_dir() and any(folder.glob("records*.csv"))


def sets_in(folders: list[Path]) -> list[Path]:
    """The sets among the folders given and directly below them, by name."""
    found = [f for f in folders if is_set(f)]
    found += [f for folder in folders for f in folder.iterdir() if is_set(f)]
    return sorted(set(found), key=lambda f: f.name)


def load(folder: Path) -> tuple[pd.DataFrame, Groups]:
    """Records (all text) and the groups of ids that are one work (two ids and more)."""
    names = sorted(folder.glob("records_pre_merged*.csv")) or [folder / "records.csv"]
    parts = [pd.read_csv(n, dtype=str, keep_default_na=False, encoding_errors="replace") for n in names]
    records = pd.concat(parts, ignore_index=True).fillna("")
    records = records.rename(columns={n: to for n, to in NAMES.items() if to not in records})
    for column in (*COLUMNS, "booktitle", "ENTRYTYPE"):
        if column not in records:
            records[column] = ""
    records["author"] = [_FUSED.sub("; ", a) for a in records["author"]]
    groups = _truth(folder, records)
    strange = {i for g in groups for i in g} - set(records["ID"])
    if strange:
        raise SystemExit(f"{folder}: the truth names ids that no record has: {sorted(strange)[:5]}")
    return records, groups


def for_asysd(records: pd.DataFrame) -> pd.DataFrame:
    """The table of records with the columns that ASySD asks for."""
    journal = records["journal"].where(records["journal"] != "", records["booktitle"])
    table = records.assign(record_id=records["ID"], journal=journal, isbn="", label="", source="")
    return table[["record_id", *COLUMNS, "isbn", "label", "source"]]


def _truth(folder: Path, records: pd.DataFrame) -> Groups:
    if (folder / "merged_record_ids.csv").exists():
        table = pd.read_csv(folder / "merged_record_ids.csv", dtype=str)
        pairs = [m.split(";") for m in table["merged_ids"].dropna()]
    elif (folder / "pairs.csv").exists():
        table = pd.read_csv(folder / "pairs.csv", dtype=str)
        pairs = table.iloc[:, :2].dropna().to_numpy().tolist()
    else:
        column = next((c for c in ("cluster", "duplicate_id") if c in records), None)
        if column is None and "label" in records:
            return []
        if column is None:
            raise SystemExit(f"{folder}: no truth: see the top of dedup_sets.py for the forms of it")
        known = records[records[column] != ""]
        pairs = known.groupby(column)["ID"].apply(list).tolist()
    return joined(pairs)


def joined(links: Groups) -> Groups:
    """Connected components of ids; those of a single id are left out."""
    parent: dict[str, str] = {}

    def root(i: str) -> str:
        while parent.setdefault(i, i) != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for ids in links:
        for other in ids[1:]:
            parent[root(other.strip())] = root(ids[0].strip())
    members: dict[str, list[str]] = {}
    for i in parent:
        members.setdefault(root(i), []).append(i)
    return sorted(sorted(m) for m in members.values() if len(m) > 1)


def pairs_of(groups: Groups) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def quality(all_ids: list[str], found: Groups, truth: Groups) -> dict[str, float]:
    """How well `found` groups agree with the `truth`.

    By pair: precision and recall of the pairs put together. By record, as bib-dedupe and ASySD
    count: of each group found the first record stays and the others are removed. Each true work
    should keep exactly one record: the first one kept is a true negative, none kept is a false
    positive (a work lost), each further one kept is a false negative, all others removed are true
    positives. False positive rate = FP / (FP + TN), recall = TP / (TP + FN).
    """
    pairs, labelled = pairs_of(found), pairs_of(truth)
    removed = {i for group in found for i in sorted(set(group))[1:]}
    in_group = {i for group in truth for i in group}
    works = [*truth, *([i] for i in all_ids if i not in in_group)]
    kept = [sum(i not in removed for i in work) for work in works]
    lost = sum(k == 0 for k in kept)
    spare = sum(len(w) - max(k, 1) for w, k in zip(works, kept, strict=True))
    left = sum(max(k - 1, 0) for k in kept)
    both = len(pairs & labelled)
    return {
        "FPR": lost / max(len(works), 1),
        "recall": spare / max(spare + left, 1),
        "lost": lost,
        "left": left,
        "pair precision": both / max(len(pairs), 1),
        "pair recall": both / max(len(labelled), 1),
        "false pairs": len(pairs - labelled),
        "missed pairs": len(labelled - pairs),
    }


def notices(records: pd.DataFrame, truth: Groups) -> set[str]:
    """Corrections, replies and letters that the truth counts as the same work as something else.

    Told by their titles alone (_NOTICE); only those labelled as one with a record whose title says
    that it is none.
    """
    titles = dict(zip(records["ID"], records["title"], strict=True))
    told = {i for group in truth for i in group if _NOTICE.search(titles[i])}
    others = {i for group in truth for i in group if titles[i]} - told
    return {i for group in truth if others & set(group) for i in told & set(group)}


def without(groups: Groups, aside: set[str]) -> Groups:
    """The groups as if the records in `aside` were not there."""
    left = [[i for i in group if i not in aside] for group in groups]
    return [group for group in left if len(group) > 1]


def judged(records: pd.DataFrame, found: Groups, truth: Groups) -> dict[str, float]:
    """The figures of one run by groups or, where only doubles are labelled, by labels.

    By label, a record in a group found counts as a double: false positive rate = records without a
    double that are in a group, of all without; recall = doubles in a group, of all doubles.
    By groups there is a second count as if notices (see there) were not in the set.
    """
    ids = records["ID"].tolist()
    if truth or "label" not in records:
        aside = notices(records, truth)
        rest = [i for i in ids if i not in aside]
        again = quality(rest, without(found, aside), without(truth, aside))
        second = {f"{name} without": again[name] for name in ("FPR", "recall", "left", "missed pairs")}
        return quality(ids, found, truth) | {"notices": len(aside)} | second
    doubles = set(records["ID"][records["label"].str.lower().str.startswith("dup")])
    grouped = {i for group in found for i in group}
    lost, left = len(grouped - doubles), len(doubles - grouped)
    single = len(ids) - len(doubles)
    return {"FPR": lost / max(single, 1), "recall": 1 - left / max(len(doubles), 1), "lost": lost, "left": left}


def disagreements(records: pd.DataFrame, found: Groups, truth: Groups) -> pd.DataFrame:
    """Each false and each missed pair with both records side by side."""
    pairs, labelled = pairs_of(found), pairs_of(truth)
    by_id = records.set_index("ID")
    rows = []
    for kind, wrong in (("false", pairs - labelled), ("missed", labelled - pairs)):
        for a, b in sorted(wrong):
            row = {"error": kind, "first": a, "second": b}
            for name in (*COLUMNS[:8], "ENTRYTYPE"):
                row |= {f"first_{name}": by_id[name][a], f"second_{name}": by_id[name][b]}
            rows.append(row)
    return pd.DataFrame(rows)


def grown(sets: list[tuple[pd.DataFrame, Groups]], size: int) -> tuple[pd.DataFrame, Groups]:
    """`size` records with known truth, made of all sets together, the same on every run.

    The records of all sets one after the other, then copies of them until there are enough. In a
    copy every letter of titles, names and abstracts is exchanged for another (vowels for vowels,
    consonants for consonants; words of up to three letters stay) and volumes, pages and DOIs are
    changed: what was alike in the original is as alike in the copy, misspellings and abbreviations
    included, and nothing is alike between copies but journals and years.
    """
    prefixed = [(r.assign(ID=f"s{k}_" + r["ID"]), f"s{k}_", g) for k, (r, g) in enumerate(sets)]
    pool = pd.concat([r for r, _, _ in prefixed], ignore_index=True)
    pool = pool[["ID", *COLUMNS, "booktitle", "ENTRYTYPE"]].fillna("")
    groups = [[f"{p}{i}" for i in group] for _, p, found in prefixed for group in found]
    copies = [_copy(pool, k) for k in range(-(-size // len(pool)))]
    records = pd.concat(copies, ignore_index=True).head(size)
    there = set(records["ID"])
    truth = [[f"{i}_{k}" for i in g] for k in range(len(copies)) for g in groups]
    truth = [[i for i in group if i in there] for group in truth]  # the last copy is cut
    return records, [group for group in truth if len(group) > 1]


def _copy(pool: pd.DataFrame, k: int) -> pd.DataFrame:
    part = pool.assign(ID=pool["ID"] + f"_{k}")
    if k:
        table = _exchange(k)
        for name in ("title", "author", "abstract"):
            part[name] = [_exchanged(text, table) for text in part[name]]
        part["doi"] = [f"{d}.{k}" if d else "" for d in part["doi"]]
        for name in ("volume", "pages"):
            part[name] = [re.sub(r"\d+", lambda n: str(int(n[0][:9]) + 7 * k), v) for v in part[name]]
    return part


def _exchange(k: int) -> dict[int, str]:
    table = {}
    for letters in ("aeiou", "bcdfghjklmnpqrstvwxyz"):
        for form in (letters, letters.upper()):
            by = k % len(letters)
            table |= str.maketrans(form, form[by:] + form[:by])
    return table


def _exchanged(text: str, table: dict[int, str]) -> str:
    return " ".join(w if len(w) < 4 else w.translate(table) for w in text.split(" "))
