"""How much should terms of single records, references and the criteria count? Chosen with one review left out at a time.

    python benchmarks/screening_choice.py SETS OUT.md [--starts 2] [--only SET ...] [--keep FOLDER]

SETS as for `screening_simulation.py`. Each candidate replays the sets that have what it weighs, from the same
starts, with a new model after every half per cent of the records. OUT has the loss of each set under each candidate,
their means, the mean of the logarithm of the ratio to the first candidate with its standard error over sets, and what
is expected of a new set: for each set the candidate that is best on the mean of the others, sets of the same review
left out with it. With --keep the losses of a set are kept there and taken from there when the same command runs again.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))
sys.path.insert(0, str(HERE))

from coproduction.methods.relevance_model import Model  # noqa: E402
from coproduction.methods.replay import loss  # noqa: E402
from coproduction.methods.similarities import Similarities  # noqa: E402
from coproduction.screening.simulation import draw_starts  # noqa: E402
from screening_sets import REVIEW, features_of, read_criteria, read_set, replay_set, sets_in  # noqa: E402


def with_parts(share: float) -> tuple[Model, bool]:
    """The model in which parts of words have this share and the title .8 of it; below 0: as it was before."""
    words, parts, title = Model().kinds
    words = replace(words, alone=share > 0)
    return replace(
        Model(), kinds=(words, replace(parts, share=abs(share)), replace(title, share=0.8 * abs(share)))
    ), False


def with_references(until: float) -> tuple[Model, bool]:
    """The model in which what records cite has a share of .3 up to so many records, then a falling one; 0: none."""
    return replace(Model(), cited=0.3 if until else 0, cited_until=int(until)), False


def with_wording(share: float) -> tuple[Model, bool]:
    """The model, and whether the wording of the criteria counts as a relevant record."""
    return Model(), bool(share)


QUESTIONS: dict[str, tuple[str, Callable[[float], tuple[Model, bool]], tuple[float, ...]]] = {
    "title": (
        "Parts of words: their share beside words and pairs (1), the title with .8 of it; -0.5: terms of one record left out "
        "of the lengths",
        with_parts,
        (-0.5, 0.5, 0.25, 0.12),
    ),
    "references": (
        "References: up to how many records they have a share of .3, then one falling with the number to .1 (0: no references)",
        with_references,
        (0, 300, 500, 700, 1_000_000),
    ),
    "wording": ("Wording of the criteria: left out (0) or one more relevant record (1)", with_wording, (0.0, 1.0)),
}


def losses(
    path: Path,
    records: pd.DataFrame,
    wording: str,
    make: Callable[[float], tuple[Model, bool]],
    shares: tuple,
    starts: int,
    kept: Path | None = None,
) -> dict:
    """The mean loss of a set under each share; from `kept` where that is there."""
    if kept and kept.is_file():
        row = json.loads(kept.read_text(encoding="utf-8"))
        return row | {share: row[str(share)] for share in shares}
    labels = records["included"].to_numpy()
    batch, row = max(1, len(labels) // 200), {"set": path.stem, "records": len(labels), "relevant": int(labels.sum())}
    for share in shares:
        model, told = make(share)
        features = features_of(records, model, wording if told else "")
        similarities = Similarities(features.similar)
        orders = [
            replay_set(features, labels, pair, model, batch, similarities)
            for pair in draw_starts(labels, starts, seed=0)
        ]
        row[share] = float(np.mean([loss(labels[order]) for order in orders]))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(row), encoding="utf-8")
    return row


def table_of(rows: list[dict], shares: tuple[float, ...]) -> str:
    """Sets × candidates, means, and the expectation with one review left out."""
    head = ["set", "records", "relevant", *(f"{share:g}" for share in shares)]
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    for row in rows:
        cells = [row["set"], str(row["records"]), str(row["relevant"]), *(f"{row[share]:.4f}" for share in shares)]
        lines.append("| " + " | ".join(cells) + " |")
    values = np.array([[row[share] for share in shares] for row in rows])
    reviews = [REVIEW.get(row["set"], row["set"]) for row in rows]
    lines.append("| mean | | | " + " | ".join(f"{mean:.4f}" for mean in values.mean(axis=0)) + " |")
    ratios = np.log(values / values[:, :1])
    errors = ratios.std(axis=0, ddof=1) / np.sqrt(len(rows))
    told = [f"{100 * mean:+.1f} ± {100 * error:.1f} %" for mean, error in zip(ratios.mean(axis=0), errors, strict=True)]
    lines.append("| log ratio to the first ± s.e. | | | " + " | ".join(told) + " |")
    left_out = []
    for at, review in enumerate(reviews):
        others = [i for i, other in enumerate(reviews) if other != review]
        best = int(np.argmin(values[others].mean(axis=0)))
        left_out.append((values[at, best], shares[best]))
    chosen = ", ".join(f"{share:g} ({sum(s == share for _, s in left_out)} ×)" for share in shares)
    expected, plain = np.mean([value for value, _ in left_out]), values[:, 0].mean()
    return "\n".join(lines) + (
        f"\n\nOne review left out at a time: chosen {chosen}; mean loss on what was left out {expected:.4f}, "
        f"{100 * (expected / plain - 1):+.1f} % against the first candidate.\n"
    )


def main() -> None:
    """Replay and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--starts", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    read = {path: read_set(path) for path in sets_in(given.sets) if not given.only or path.stem in given.only}
    criteria = read_criteria(given.sets)
    text = "# How much terms of single records, references and the wording of the criteria count\n\n"
    only = f" --only {' '.join(given.only)}" if given.only else ""
    text += f"`python benchmarks/screening_choice.py SETS benchmarks/screening_choice.md --starts {given.starts}{only}`: loss "
    text += "(0 the perfect order, .5 chance), a new model after every half per cent of the records.\n"
    for column, (title, make, shares) in QUESTIONS.items():
        rows = []
        for path, records in sorted(read.items(), key=lambda item: len(item[1])):
            wording = criteria.get(path.stem, "")
            kept = given.keep / f"{path.stem}.{column}.json" if given.keep else None
            if column in records or (column == "wording" and wording):
                rows.append(losses(path, records, wording, make, shares, given.starts, kept))
                print(rows[-1], flush=True)
        if len(rows) > 1:
            text += f"\n## {title}\n\n{table_of(rows, shares)}"
    given.out.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
