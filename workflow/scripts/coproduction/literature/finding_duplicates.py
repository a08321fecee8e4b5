"""Duplicates among entries: candidates, scores, clusters, and what people should look at."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from coproduction.core.garbage_collection import collector_paused
from coproduction.core.tables import rows_of
from coproduction.literature import features
from coproduction.literature.pair_decisions import decided_pairs
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import ENTRIES, MERGES_TO_CHECK, PAIRS, REVIEW_PAIRS, SHOWN_FIELDS, table_of
from coproduction.methods.duplicates import blocking, clustering, plain_strangers, same_work, vetoes
from coproduction.methods.duplicates.compared import Features

# What is read of the entries; a million of them with all fields would not fit into memory.
COMPARED = ENTRIES.part(*dict.fromkeys(("entry", "number", *features.COMPARED, *SHOWN_FIELDS)))
CHECKED = 50  # merges, and pairs that were not merged, shown for people to check
CHUNK = 500_000  # pairs scored at once, which bounds the memory


@dataclass(frozen=True)
class Duplicates:
    """Tables as in their schemas; `unknown` are decided pairs whose entries are not here."""

    clusters: pd.DataFrame
    pairs: pd.DataFrame
    review: pd.DataFrame
    check: pd.DataFrame
    unknown: list[str]


@collector_paused()
def find_duplicates(
    entries: pd.DataFrame, decisions: pd.DataFrame, settings: LiteratureSettings, workers: int = 1
) -> Duplicates:
    """Clusters of entries, the evidence for each merge, and the doubtful pairs.

    Entries that say exactly the same have the same id and are one from the start. Decisions of
    people come first: `merge` joins, `keep` holds apart, whatever the score.
    """
    unique = entries.drop_duplicates("entry").sort_values("entry").reset_index(drop=True)
    ids = unique["entry"].to_numpy(dtype=object)
    f = features.build(unique)
    pairs, scores = _scored(f, settings, workers)
    decided_by_people = decided_pairs(decisions, ids)
    merge, keep = decided_by_people.merge, decided_by_people.keep
    allowed = (scores.score >= settings.merge_score) & (scores.veto == "")
    decided = _among(pairs, merge | keep, len(unique))
    accepted = np.flatnonzero(allowed & ~decided)
    clusters = clustering.cluster_pairs(
        len(unique), pairs[accepted], scores.score[accepted], f.doi, scores.sure[accepted], sorted(merge), sorted(keep)
    )
    outcome, reason = _outcomes(pairs, scores, clusters, accepted, settings)
    rows = _pair_rows(ids, pairs, scores, outcome, reason, decided)
    rows += _decided_rows(ids, f, merge, keep)
    table = table_of(sorted(rows, key=lambda row: row["pair"]), PAIRS)
    return Duplicates(
        _clusters_table(entries, ids, clusters.label),
        table,
        _review_table(table, unique),
        _check_table(table, unique, dict(zip(ids, clusters.label, strict=True))),
        decided_by_people.unknown,
    )


def _scored(f: Features, settings: LiteratureSettings, workers: int):
    """Candidate pairs of which something is to be said, with their scores."""
    pairs = blocking.candidate_pairs(f, settings.window)
    if settings.review_score > plain_strangers.BOUND:
        strangers = plain_strangers.PlainStrangers(f)
        starts = range(0, len(pairs), CHUNK)
        parts = [part[~strangers.among(part, workers)] for part in (pairs[start : start + CHUNK] for start in starts)]
        pairs = np.concatenate(parts) if parts else pairs
    chunks = [pairs[start : start + CHUNK] for start in range(0, max(len(pairs), 1), CHUNK)]
    kept_pairs, kept_scores = [], []
    for chunk in chunks:
        scores = same_work.score_pairs(f, chunk, workers)
        to_keep = scores.worth_keeping(settings.review_score)
        kept_pairs.append(chunk[to_keep])
        kept_scores.append(scores.take(to_keep))
    return np.concatenate(kept_pairs), same_work.joined(kept_scores)


def _among(pairs: np.ndarray, decided: set[tuple[int, int]], n: int) -> np.ndarray:
    """Whether each pair is among the decided ones."""
    codes = np.array([i * n + j for i, j in decided], dtype=np.int64)
    return np.isin(pairs[:, 0] * n + pairs[:, 1], codes)


def pair_id(first: str, second: str) -> str:
    """The id of a pair, whichever of its entries comes first."""
    return "+".join(sorted((first, second)))


def _outcomes(pairs, scores, clusters, accepted, settings):
    """What became of each candidate pair ("" for the many that are simply different)."""
    outcome = np.full(len(pairs), "", dtype=object)
    reason = scores.veto.copy()
    if not len(pairs):
        return outcome, reason
    together = clusters.label[pairs[:, 0]] == clusters.label[pairs[:, 1]]
    near = (scores.score >= settings.review_score) | scores.elsewhere_titled | scores.twin
    unforbidden = np.isin(scores.veto, ("", *vetoes.ASKED))
    outcome[near & unforbidden] = "doubtful"
    recurring = np.isin(scores.veto, vetoes.UNRELATED)
    related = scores.same_authors & ~recurring & ~(near & unforbidden)
    alike = (scores.title >= same_work.SIMILAR) | scores.head
    outcome[related & ~unforbidden & alike] = "linked"
    foreign = unforbidden | (scores.veto == vetoes.TRANSLATION)
    for companion, why in (
        (scores.translated, "perhaps a translation"),
        (scores.head, "same main title by the same authors"),
    ):
        outcome[related & companion & foreign] = "linked"
        reason[related & companion & foreign] = why
    reason[near & (scores.veto == "")] = "too little evidence"
    reason[scores.elsewhere_titled & (scores.veto == "")] = "same place, different title"
    outcome[np.isin(scores.veto, vetoes.NUMBERED)] = "linked"
    outcome[(scores.veto == vetoes.STRANGERS) & (scores.score >= settings.merge_score)] = "doubtful"
    outcome[together] = ""
    outcome[accepted] = "merged"
    reason[accepted] = ""
    refused = accepted[clusters.refused]
    outcome[refused] = "doubtful"
    reason[refused] = "different DOIs, or to be kept apart from other entries of the cluster"
    outcome[refused[together[refused]]] = "merged"
    return outcome, reason


def _pair_rows(ids, pairs, scores, outcome, reason, decided) -> list[dict]:
    listed = np.flatnonzero((outcome != "") & ~decided)
    texts = same_work.evidence(scores, listed)
    return [
        {
            "pair": pair_id(ids[pairs[k, 0]], ids[pairs[k, 1]]),
            "outcome": outcome[k],
            "score": round(float(scores.score[k]), 1),
            "reason": reason[k],
            "evidence": text,
        }
        for k, text in zip(listed, texts, strict=True)
    ]


def _decided_rows(ids, f: Features, merge, keep) -> list[dict]:
    """What people decided, beside the score and the evidence that they decided on."""
    decided = sorted([(*p, "merge") for p in merge] + [(*p, "keep") for p in keep])
    if not decided:
        return []
    scores = same_work.score_pairs(f, np.array([(i, j) for i, j, _ in decided], dtype=np.int64))
    texts = same_work.evidence(scores, np.arange(len(decided)))
    return [
        {
            "pair": pair_id(ids[i], ids[j]),
            "outcome": f"decided: {verdict}",
            "score": round(float(score), 1),
            "reason": "by people",
            "evidence": text,
        }
        for (i, j, verdict), score, text in zip(decided, scores.score, texts, strict=True)
    ]


def _clusters_table(entries: pd.DataFrame, ids, label) -> pd.DataFrame:
    cluster_of = dict(zip(ids, ids[label], strict=True))
    table = entries[["file", "number", "entry"]].copy()
    table["cluster"] = table["entry"].map(cluster_of)
    return table


def _review_table(pairs: pd.DataFrame, unique: pd.DataFrame) -> pd.DataFrame:
    """The doubtful pairs with both entries side by side, the surest first."""
    rows = _side_by_side(pairs[pairs["outcome"] == "doubtful"].to_dict("records"), unique)
    rows = [row | {"decision": ""} for row in rows]
    return table_of(sorted(rows, key=lambda r: (-r["score"], r["pair"])), REVIEW_PAIRS)


def _check_table(pairs: pd.DataFrame, unique: pd.DataFrame, cluster: dict) -> pd.DataFrame:
    """The merges of the lowest and the other pairs of the highest score, one a pair of clusters."""
    ranked = pairs.sort_values(["score", "pair"], kind="stable")
    merged = ranked[ranked["outcome"] == "merged"].head(CHECKED).to_dict("records")
    kept_apart: list[dict] = []
    clusters_seen: set[frozenset] = set()
    not_merged = ranked[ranked["outcome"].isin(["linked", "doubtful"])].iloc[::-1]
    for row in not_merged.to_dict("records"):
        ends = frozenset(cluster[entry] for entry in row["pair"].split("+"))
        if ends not in clusters_seen and len(kept_apart) < CHECKED:
            kept_apart.append(row | {"to_change": "merge"})
        clusters_seen.add(ends)
    rows = _side_by_side([row | {"to_change": "keep"} for row in merged] + kept_apart, unique)
    return table_of(rows, MERGES_TO_CHECK)


def _side_by_side(rows: list[dict], unique: pd.DataFrame) -> list[dict]:
    """The rows of pairs with what is shown of both entries."""
    named = {entry for row in rows for entry in row["pair"].split("+")}
    entries_shown = unique.loc[unique["entry"].isin(named), ["entry", *SHOWN_FIELDS]]
    by_id = {entry["entry"]: entry for entry in rows_of(entries_shown)}
    sides = ("first", "second")
    return [
        row
        | {
            f"{side}_{name}": by_id[entry][name]
            for side, entry in zip(sides, row["pair"].split("+"), strict=True)
            for name in SHOWN_FIELDS
        }
        for row in rows
    ]
