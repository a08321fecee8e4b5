"""Stop rules on replayed screenings: how often each reaches its target, and what it saves.

    python benchmarks/screening_stopping.py SETS [STARTS]

Every labelled set of the folder SETS is replayed by the ranking of the workflow from STARTS pairs of
records (two unless said otherwise). After each four per cent of the records every rule is asked whether
screening may stop; what counts is the first yes. Written to screening_stopping.csv (every replay and
rule) and screening_stopping.md (the tables). The odds of the urn are also chosen by leaving one set out:
for each set the largest odds that reach the target in 95 % of the replays of the other sets.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))

from coproduction.methods import replay, stopping  # noqa: E402
from coproduction.methods.relevance import dense_kernel  # noqa: E402
from coproduction.methods.relevance_model import Model  # noqa: E402
from coproduction.methods.text_features import make_features  # noqa: E402
from coproduction.screening.simulation import draw_starts, read_labelled  # noqa: E402

RECALL = 0.95
ALPHA = 0.05
CHECKS = 25
QUERIES = 400
ODDS = (2, 3, 5)
BANDS = ((0, 0.026, "below 2.6 %"), (0.026, 0.1, "2.6 to 10 %"), (0.1, 1, "above 10 %"))

Rule = Callable[[np.ndarray, int], bool]


def urn(odds: float) -> Rule:
    """The hypergeometric rule with relevant records `odds` times likelier to be drawn."""
    return lambda seen, total: stopping.missed_target_p(seen, total, RECALL, odds=odds) < ALPHA or len(seen) == total


def poisson(seen: np.ndarray, total: int) -> bool:
    """What a Poisson process of falling rate expects at most in the rest leaves the target."""
    left, found = stopping.poisson_left(seen, total), int(seen.sum())
    return not np.isnan(left.value) and found >= RECALL * (found + left.high)


RULES: dict[str, Rule] = {
    "hypergeometric (odds 1)": urn(1),
    **{f"biased urn, odds {odds:g}": urn(odds) for odds in ODDS},
    "knee": lambda seen, _: stopping.knee_reached(seen),
    "Poisson process, power law": poisson,
    "50 irrelevant in a row": lambda seen, _: stopping.trailing_irrelevant(seen) >= 50,
    "5 % of all irrelevant in a row": lambda seen, total: stopping.trailing_irrelevant(seen) >= 0.05 * total,
    "10 % of all read": lambda seen, total: len(seen) >= 0.1 * total,
    "SAFE (10 %, 50 in a row)": lambda seen, total: (
        len(seen) >= 0.1 * total and stopping.trailing_irrelevant(seen) >= 50
    ),
}


def orders(sets: Path, starts: int):
    """Name, start and labels in the order of the replay, those known at the start first."""
    for path in sorted(sets.glob("*.csv")):
        records = read_labelled(path)[["title", "abstract", "included"]].reset_index(drop=True)
        labels = records["included"].to_numpy()
        features = make_features(records, Model().kinds)
        kernel = dense_kernel(features.similar)
        for start, pair in enumerate(draw_starts(labels, starts, 1), start=1):
            batch = max(1, len(labels) // QUERIES)
            shown = replay.replay(features, labels, pair, Model(), batch, kernel)
            yield path.stem, start, np.concatenate([labels[pair], labels[shown]])
        print(path.stem, len(labels), int(labels.sum()), flush=True)


def first_yes(rule: Rule, labels: np.ndarray) -> int:
    """After how many records the rule says stop; all of them if it never does."""
    total = len(labels)
    for end in np.unique(np.linspace(0, total, CHECKS + 1).round().astype(int))[1:-1]:
        if rule(labels[:end], total):
            return int(end)
    return total


def measure(name: str, start: int, labels: np.ndarray) -> list[dict]:
    """One row a rule, and the perfect stop."""
    found, total = labels.cumsum(), len(labels)
    best = int(np.searchsorted(found, np.ceil(RECALL * found[-1] - 1e-9))) + 1
    ends = {"perfect stop": best} | {r: first_yes(rule, labels) for r, rule in RULES.items()}
    about = {"set": name, "start": start, "records": total, "relevant": int(found[-1])}
    return [
        about | {"rule": rule, "read": end, "recall": round(float(found[end - 1] / found[-1]), 6)}
        for rule, end in ends.items()
    ]


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
    return pd.DataFrame(parts)


def main(sets: str, starts: str = "2") -> None:
    """Replay, ask every rule, write both files."""
    rows = pd.DataFrame(
        [row for name, start, labels in orders(Path(sets), int(starts)) for row in measure(name, start, labels)]
    )
    rows.to_csv(HERE / "screening_stopping.csv", index=False, lineterminator="\n")
    table = summarise(pd.concat([rows, chosen_by_leaving_out(rows)]))
    head = "| rule | " + " | ".join(table.columns) + " |"
    lines = [
        f"| {rule} | " + " | ".join(f"{value:.2f}" for value in row) + " |"
        for rule, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    said = (
        f"# When may screening stop?\n\n`python benchmarks/screening_stopping.py SETS {starts}`: "
        f"{rows['set'].nunique()} labelled sets, {len(rows[['set', 'start']].drop_duplicates())} "
        "replays. met: share of the replays that reach a recall of 95 %; saved: mean share of the "
        "records that need not be read; by share of relevant records.\n\n"
    )
    rule = "|---|" + "---:|" * len(table.columns)
    (HERE / "screening_stopping.md").write_text(
        said + "\n".join([head, rule, *lines]) + "\n", encoding="utf-8", newline="\n"
    )
    print(table.round(2).to_string())


if __name__ == "__main__":
    main(*sys.argv[1:])
