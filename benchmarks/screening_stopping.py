"""Stop rules on replayed screenings: how often each reaches its target, and what it saves.

    python benchmarks/screening_stopping.py SETS [STARTS] [--only NAME …] [--keep FOLDER]

Every labelled set of the folder SETS (see screening_sets.py) is replayed by the ranking of the workflow from
STARTS pairs of records (two unless said otherwise). After each four per cent of the records every rule is
asked whether screening may stop; what counts is the first yes. Written to screening_stopping.csv (every replay
and rule) and screening_stopping.md (the tables). The odds of the urn are also chosen by leaving one set out:
for each set the largest odds that reach the target in 95 % of the replays of the other sets. With --keep the
rows of each set are kept in FOLDER and taken from there.

The rules, by who proposed them: hypergeometric and biased urn, Callaghan and Müller-Hansen (2020); Quant and
QuantCI, Yang, Lewis and Frieder (2021), with a logistic regression of the words for the probabilities; knee and
target, Cormack and Grossman (2016); Chao's estimator and its upper limit, Bron et al. (2024), with five models
that are trained side by side, each on what it asked for (a record that another has asked for is not read
again), when it has held for ten rounds; Poisson process, Stevenson and Bin-Hezam (2023); SAFE, Boetje and van de Schoot (2024); irrelevant
records in a row and shares read as Repke et al. (2026) compare them.
"""

import argparse
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.preprocessing import normalize  # noqa: E402

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))
sys.path.insert(0, str(HERE))

from coproduction.methods import replay, stopping  # noqa: E402
from coproduction.methods.relevance_model import Model  # noqa: E402
from coproduction.methods.similarities import Similarities  # noqa: E402
from coproduction.methods.text_features import Features, make_features  # noqa: E402
from coproduction.screening.simulation import draw_starts  # noqa: E402
from screening_sets import TEXT, features_of, read_set, sets_in  # noqa: E402

RECALL = 0.95
ALPHA = 0.05
CHECKS = 25
QUERIES = 200
ROUNDS = 10  # for which Chao's estimate must hold
ODDS = (2, 3, 4, 5)
BANDS = ((0, 0.026, "below 2.6 %"), (0.026, 0.1, "2.6 to 10 %"), (0.1, 1, "above 10 %"))


@dataclass
class Screening:
    """A replayed screening: labels of the records in their order, and their words (counts) in that order."""

    labels: np.ndarray
    words: object
    seed: int

    @property
    def total(self) -> int:
        return len(self.labels)

    def probabilities(self, end: int) -> np.ndarray:
        """Probability of relevance of every record by a logistic regression on the first `end`."""
        known = self.labels[:end]
        if not 0 < known.sum() < end:
            return np.full(self.total, float(known.mean()))
        model = LogisticRegression(solver="liblinear").fit(self.words[:end], known)
        return model.predict_proba(self.words)[:, 1]


Rule = Callable[[Screening, int], bool]


def urn(odds: float) -> Rule:
    """The hypergeometric rule with relevant records `odds` times likelier to be drawn."""
    return lambda s, end: stopping.missed_target_p(s.labels[:end], s.total, RECALL, odds=odds) < ALPHA


def poisson(s: Screening, end: int) -> bool:
    """What a Poisson process of falling rate expects at most in the rest leaves the target."""
    left, found = stopping.poisson_left(s.labels[:end], s.total), int(s.labels[:end].sum())
    return not np.isnan(left.value) and found >= RECALL * (found + left.high)


def quant(deviations: float) -> Rule:
    """The model's own probabilities say that the target is reached."""

    def rule(s: Screening, end: int) -> bool:
        chances = s.probabilities(end)
        return stopping.quant_recall(chances[:end], chances[end:], deviations) >= RECALL

    return rule


def in_a_row(least: Callable[[int], float], share: float = 0) -> Rule:
    """So many irrelevant records in a row, and a share of all read."""
    return lambda s, end: stopping.trailing_irrelevant(s.labels[:end]) >= least(s.total) and end >= share * s.total


RULES: dict[str, Rule] = {
    **{f"biased urn, odds {odds:g}": urn(odds) for odds in sorted(ODDS, reverse=True)},
    "hypergeometric (odds 1)": urn(1),
    "biased urn, odds 5, and 5 % of all irrelevant in a row": lambda s, end: (
        stopping.trailing_irrelevant(s.labels[:end]) >= 0.05 * s.total and urn(5)(s, end)
    ),
    "Quant": quant(0),
    "QuantCI": quant(2),
    "knee": lambda s, end: stopping.knee_reached(s.labels[:end]),
    "Poisson process, power law": poisson,
    "50 irrelevant in a row": in_a_row(lambda _: 50),
    "5 % of all irrelevant in a row": in_a_row(lambda total: 0.05 * total),
    "10 % of all irrelevant in a row": in_a_row(lambda total: 0.1 * total),
    "10 % of all read": lambda s, end: end >= 0.1 * s.total,
    "SAFE (10 %, 50 in a row)": in_a_row(lambda _: 50, 0.1),
}
BOLDER = {"hypergeometric (odds 1)": "biased urn, odds 2"} | {
    f"biased urn, odds {odds:g}": f"biased urn, odds {bolder:g}" for odds, bolder in itertools.pairwise(ODDS)
}


def first_yes(rule: Rule, s: Screening, after: int = 0) -> int:
    """After how many records the rule says stop, not before `after`; all of them if it never does."""
    for end in np.unique(np.linspace(0, s.total, CHECKS + 1).round().astype(int))[1:-1]:
        if end >= after and rule(s, int(end)):
            return int(end)
    return s.total


def target(s: Screening) -> int:
    """Records read until ten relevant ones were drawn at random and the ranking has shown these too."""
    drawn = np.random.default_rng(s.seed).permutation(s.total)
    hits = np.flatnonzero(s.labels[drawn])
    if len(hits) < 10:
        return s.total
    sample = drawn[: hits[9] + 1]
    last = drawn[hits[:10]].max() + 1  # a record's number is its place in the ranking
    return len(np.union1d(sample, np.arange(last)))


def committee(records: pd.DataFrame, features: Features, labels: np.ndarray, pair: list[int]) -> Iterator[np.ndarray]:
    """For each round how many of the models (one for each kind of term, Bayes, plain weights) have asked for each record; the models learn from their own."""
    model = Model()
    made_of = {kind: make_features(records, (kind,)) for kind in model.kinds}
    views = {kind: view for kind, view in made_of.items() if view.similar.shape[1]}
    made = [replay._Ridge(view, replace(model, kinds=(kind,)), None) for kind, view in views.items()]
    made += [replay._Bayes(features, model), replay._Ridge(next(iter(views.values())), replace(model, ratio=1.0), None)]
    known, new = [list(pair) for _ in made], [len(pair)] * len(made)
    times = np.zeros(len(labels), dtype=int)
    times[pair] = len(made)
    batch = max(1, len(labels) // QUERIES)
    while (times == 0).any():
        for i, one in enumerate(made):
            scores = np.array(one.update(known[i], labels[known[i]], new[i]), dtype=float)
            scores[known[i]] = -np.inf
            shown = np.argsort(-scores, kind="stable")[:batch]
            shown = shown[np.isfinite(scores[shown])].tolist()
            known[i] += shown
            new[i] = len(shown)
            times[shown] += 1
        yield times


def chao(
    records: pd.DataFrame, features: Features, labels: np.ndarray, pair: list[int]
) -> dict[str, tuple[int, float]]:
    """Records read and recall when Chao's estimate, and its upper limit, have said often enough that it is reached."""
    ends: dict[str, tuple[int, float]] = {}
    wanted = {"Chao's estimate": "value", "Chao's upper limit": "high"}
    held = dict.fromkeys(wanted, 0)
    for times in committee(records, features, labels, pair):
        total = stopping.chao_total(times[(labels == 1) & (times > 0)])
        read, found = int((times > 0).sum()), int(labels[times > 0].sum())
        for rule, name in wanted.items():
            held[rule] = held[rule] + 1 if found >= RECALL * getattr(total, name) else 0
            if rule not in ends and held[rule] >= ROUNDS:
                ends[rule] = read, found / labels.sum()
        if len(ends) == len(wanted):
            break
    return {rule: ends.get(rule, (len(labels), 1.0)) for rule in wanted}


def measure(path: Path, starts: int) -> list[dict]:
    """One row for each replay of a set and each rule, and the perfect stop."""
    records = read_set(path).drop(columns="keywords")
    labels = records["included"].to_numpy()
    features = features_of(records, Model())
    similarities, words = Similarities(features.similar), normalize(features.counts)
    rows = []
    for start, pair in enumerate(draw_starts(labels, starts, 1), start=1):
        shown = replay.replay(features, labels, pair, Model(), max(1, len(labels) // QUERIES), similarities)
        order = np.concatenate([pair, shown]).astype(int)
        s = Screening(labels[order], words[order], start)
        found = s.labels.cumsum()
        best = int(np.searchsorted(found, np.ceil(RECALL * found[-1] - 1e-9))) + 1
        ends = {"perfect stop": best}
        for rule, ask in RULES.items():
            ends[rule] = first_yes(ask, s, ends.get(BOLDER.get(rule, ""), 0))
        read = {rule: (end, found[end - 1] / found[-1]) for rule, end in ends.items()}
        reached = target(s)
        read |= {"target (ten relevant at random)": (reached, _recall_of_target(s, reached, found))}
        read |= chao(records[TEXT[:2]], features, labels, pair)
        about = {"set": path.stem, "start": start, "records": len(labels), "relevant": int(found[-1])}
        rows += [
            about | {"rule": rule, "read": int(end), "recall": round(float(recall), 6)}
            for rule, (end, recall) in read.items()
        ]
    return rows


def _recall_of_target(s: Screening, read: int, found: np.ndarray) -> float:
    drawn = np.random.default_rng(s.seed).permutation(s.total)
    hits = np.flatnonzero(s.labels[drawn])
    if read == s.total or len(hits) < 10:
        return 1.0
    seen = np.union1d(drawn[: hits[9] + 1], np.arange(drawn[hits[:10]].max() + 1))
    return float(s.labels[seen].sum() / found[-1])


def chosen_by_leaving_out(rows: pd.DataFrame) -> pd.DataFrame:
    """For each set the urn whose odds do on the others, the boldest first."""
    bold = [f"biased urn, odds {odds:g}" for odds in sorted(ODDS, reverse=True)]
    parts = []
    for name, own in rows.groupby("set"):
        others = rows[rows["set"] != name]
        met = (others["recall"] >= RECALL - 1e-9).groupby(others["rule"]).mean()
        rule = next((r for r in bold if met[r] >= 0.95), "hypergeometric (odds 1)")
        parts.append(own[own["rule"] == rule].assign(rule="biased urn, odds chosen on other sets"))
    return pd.concat(parts)


def summarise(rows: pd.DataFrame) -> pd.DataFrame:
    """Share of replays that reach the target, lowest recall and reading saved, in all and by prevalence."""
    rows = rows.assign(met=rows["recall"] >= RECALL - 1e-9, saved=1 - rows["read"] / rows["records"])
    share = rows["relevant"] / rows["records"]
    tables = {"all": rows}
    tables |= {band: rows[(share >= low) & (share < high)] for low, high, band in BANDS}
    parts = {}
    for band, own in tables.items():
        by = own.groupby("rule", sort=False)
        parts[f"{band}: met"] = by["met"].mean()
        parts[f"{band}: saved"] = by["saved"].mean()
        if band == "all":
            parts["lowest recall"] = by["recall"].min()
    return pd.DataFrame(parts).sort_values(["all: met", "all: saved"], ascending=False, kind="stable")


def main() -> None:
    """Replay, ask every rule, write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("starts", type=int, nargs="?", default=2)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    made = []
    for path in sorted(sets_in(given.sets), key=lambda path: (path.stat().st_size, path.name)):
        if given.only and path.stem not in given.only:
            continue
        kept = given.keep / f"{path.stem}.json" if given.keep else None
        known = kept.read_text(encoding="utf-8") if kept and kept.is_file() else ""
        rows = json.loads(known) if known else measure(path, given.starts)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(rows), encoding="utf-8")
        made += rows
        print(path.stem, rows[0]["records"], rows[0]["relevant"], flush=True)
    if given.only:
        return
    rows = pd.DataFrame(made).sort_values(["set", "start"], kind="stable")
    rows.to_csv(HERE / "screening_stopping.csv", index=False, lineterminator="\n")
    table = summarise(pd.concat([rows, chosen_by_leaving_out(rows)]))
    lines = [
        f"| {rule} | " + " | ".join(f"{value:.2f}" for value in row) + " |"
        for rule, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    head, rule = "| rule | " + " | ".join(table.columns) + " |", "|---|" + "---:|" * len(table.columns)
    said = (
        f"# When may screening stop?\n\n`python benchmarks/screening_stopping.py SETS {given.starts}`: "
        f"{rows['set'].nunique()} labelled sets, {len(rows[['set', 'start']].drop_duplicates())} "
        "replays. met: share of the replays that reach a recall of 95 %; saved: mean share of the "
        "records that need not be read; by share of relevant records. Who proposed each rule: see the head of the "
        "script.\n\n"
    )
    (HERE / "screening_stopping.md").write_text(
        said + "\n".join([head, rule, *lines]) + "\n", encoding="utf-8", newline="\n"
    )
    print(table.round(2).to_string())


if __name__ == "__main__":
    main()
