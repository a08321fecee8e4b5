"""Solutions of published data sets beside those of the R packages QCA and SetMethods.

    Rscript benchmarks/qca_peers.R FOLDER [SetMethods' R folder]
    python benchmarks/qca_peers.py FOLDER

The data sets come with the R packages and are not part of this project.
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from coproduction.methods import minimisation, truth_tables  # noqa: E402
from coproduction.methods.qca_robustness import robustness  # noqa: E402


def data_of(path: Path, outcome: str) -> truth_tables.Data:
    """A data set: conditions with whole values above 1 are multi-value."""
    frame = pd.read_csv(path, index_col=0)
    frame.index = [str(case) for case in frame.index]
    conditions = [name for name in frame.select_dtypes("number") if name != outcome]
    levels = tuple(max(2, int(np.ceil(frame[name].max())) + 1) for name in conditions)
    return truth_tables.of_frame(frame, outcome, conditions, levels)


def solved(data: truth_tables.Data, cut: float, kind: str, cases: int = 1) -> minimisation.Solutions:
    """The conservative or the parsimonious solutions."""
    table = truth_tables.rows(data)
    positive = truth_tables.positive(table, cases, cut, 0)
    remainders = [row.number for row in table if row.n < cases]
    return minimisation.shortest(positive, remainders if kind == "parsimonious" else [], data.fields)


def words(data: truth_tables.Data, solution: minimisation.Solution) -> frozenset[str]:
    """The terms of a solution; with multi-value conditions R writes A[1] and A[0] for A and ~A."""
    terms = [data.words(term).split("*") for term in solution]
    if max(data.levels) > 2:
        terms = [[w if "[" in w else f"{w.removeprefix('~')}[{int(w[0] != '~')}]" for w in term] for term in terms]
    return frozenset("*".join(sorted(term)) for term in terms)


def main(folder: Path) -> None:
    peers = pd.read_csv(folder / "solutions.csv")
    same, total, ours, theirs = 0, 0, 0.0, 0.0
    labelled = {
        name
        for name in peers["data"].unique()
        if not all(map(pd.api.types.is_numeric_dtype, pd.read_csv(folder / f"{name}.csv", index_col=0).dtypes))
    }  # values written as words: not read here
    peers = peers[~peers["data"].isin(labelled)]
    for (name, outcome, cut, kind), own in peers.groupby(["data", "outcome", "cut", "kind"]):
        data = data_of(folder / f"{name}.csv", outcome)
        start = time.process_time()
        found = solved(data, cut, kind)
        ours += time.process_time() - start
        theirs += own["seconds"].iloc[0]
        expected = {
            frozenset("*".join(sorted(t.split("*"))) for t in terms.replace("{", "[").replace("}", "]").split(" + "))
            for terms in own["terms"]
        }
        got = {words(data, s) for s in found.listed}
        total += 1
        same += got == expected
        if got != expected:
            print(f"{name} {kind} {cut}: {len(got)} here, {len(expected)} there")
    print(f"{peers['data'].nunique()} data sets, {same} of {total} analyses with the same solutions")
    print(f"processor time: {ours:.2f} s here, {theirs:.2f} s in R")
    if (folder / "robustness.csv").is_file():
        data = data_of(folder / "PAYF_robustness.csv", "HL")
        initial, *others = [
            data.together(solved(data, cut, "parsimonious", n).listed[0]) for cut, n in ((0.87, 2), (0.7, 2), (0.87, 1))
        ]
        print(robustness(initial, others, data.y))
        print(pd.read_csv(folder / "robustness.csv").to_string(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
