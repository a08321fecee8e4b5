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
from coproduction.qca import solving  # noqa: E402
from coproduction.qca.settings import QcaSettings  # noqa: E402


def data_of(path: Path, outcome: str) -> truth_tables.Data:
    """A data set: conditions with whole values above 1 are multi-value."""
    frame = pd.read_csv(path, index_col=0)
    frame.index = [str(case) for case in frame.index]
    conditions = [name for name in frame.select_dtypes("number") if name != outcome]
    levels = tuple(max(2, int(np.ceil(frame[name].max())) + 1) for name in conditions)
    return truth_tables.of_frame(frame, outcome, conditions, levels)


def solved(data: truth_tables.Data, cut: float, kind: str, cases: int = 1) -> minimisation.Solutions:
    """The conservative, parsimonious or intermediate solutions; the last where presence of all is expected."""
    table = truth_tables.rows(data)
    positive = truth_tables.positive(table, cases, cut, 0)
    remainders = [row.number for row in table if row.n < cases]
    plain = minimisation.shortest(positive, [], data.fields)
    if kind == "conservative":
        return plain
    short = minimisation.shortest(positive, remainders, data.fields)
    if kind == "parsimonious":
        return short
    every = sum(data.fields.masks)
    between = minimisation.Between(positive, plain.listed, short.listed, remainders, (every, every), data.fields)
    return minimisation.intermediate(between)


def enhanced(data: truth_tables.Data, cut: float) -> set[frozenset[str]]:
    """The enhanced parsimonious solutions; the plain ones where no remainder is excluded."""
    settings = QcaSettings(consistency=cut, cases=1, pri=0)
    own, other = (
        solving.Part(d, truth_tables.rows(d), (0, 0), tuple(solving._necessary(d, settings)))
        for d in (data, data.absent())
    )
    done = solving.enhance(own, solving.solve(own, settings), solving.solve(other, settings), settings)
    kinds = done.solutions
    return {words(data, s) for s in kinds.get("enhanced parsimonious", kinds["parsimonious"]).listed}


def terms_of(told: pd.Series) -> set[frozenset[str]]:
    """The solutions of R, each the set of its terms."""
    return {
        frozenset("*".join(sorted(t.split("*"))) for t in terms.replace("{", "[").replace("}", "]").split(" + "))
        for terms in told
    }


def words(data: truth_tables.Data, solution: minimisation.Solution) -> frozenset[str]:
    """The terms of a solution; with multi-value conditions R writes A[1] and A[0] for A and ~A."""
    terms = [data.words(term).split("*") for term in solution]
    if max(data.levels) > 2:
        terms = [[w if "[" in w else f"{w.removeprefix('~')}[{int(w[0] != '~')}]" for w in term] for term in terms]
    return frozenset("*".join(sorted(term)) for term in terms)


def compare_enhanced(folder: Path, labelled: set[str]) -> None:
    """Enhanced parsimonious solutions beside those of SetMethods' esa, in its two ways."""
    peers = pd.read_csv(folder / "enhanced.csv", keep_default_na=False)
    for kind, told in peers[~peers["data"].isin(labelled)].groupby("kind"):
        same, differ = 0, []
        groups = told.groupby(["data", "outcome", "cut"])
        for (name, outcome, cut), own in groups:
            data = data_of(folder / f"{name}.csv", outcome)
            agree = enhanced(data, cut) == terms_of(own["terms"])
            same += agree
            if not agree:
                differ.append(f"{name} {cut} (rows with cases that esa sets to 0: {own['rows'].iloc[0]})")
        print(f"enhanced, {kind}: {same} of {len(groups)} the same in {told['data'].nunique()} data sets; {differ}")


def compare_skewness(folder: Path, labelled: set[str]) -> None:
    """Cases above 0.5 in each set beside SetMethods' skew.check."""
    peers = pd.read_csv(folder / "skewness.csv")
    peers = peers[~peers["data"].isin(labelled)]
    same = 0
    for entry in peers.itertuples(index=False):
        own = pd.read_csv(folder / f"{entry.data}.csv", index_col=0)[entry.set]
        same += entry.counts == f"{int((own > 0.5).sum())} / {len(own)}"
    print(f"skewness: {same} of {len(peers)} sets the same in {peers['data'].nunique()} data sets")


def main(folder: Path) -> None:
    peers = pd.read_csv(folder / "solutions.csv")
    same, total, ours, theirs = 0, 0, 0.0, 0.0
    kinds: dict[str, list[int]] = {}
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
        expected = terms_of(own["terms"])
        got = {words(data, s) for s in found.listed}
        total += 1
        same += got == expected
        of_kind = kinds.setdefault(kind, [0, 0])
        of_kind[0] += got == expected
        of_kind[1] += 1
        if got != expected:
            print(f"{name} {kind} {cut}: {len(got)} here, {len(expected)} there")
    print(f"{peers['data'].nunique()} data sets, {same} of {total} analyses with the same solutions")
    print(kinds)
    print(f"processor time: {ours:.2f} s here, {theirs:.2f} s in R")
    for name in ("enhanced", "skewness"):
        if (folder / f"{name}.csv").is_file():
            {"enhanced": compare_enhanced, "skewness": compare_skewness}[name](folder, labelled)
    if (folder / "robustness.csv").is_file():
        data = data_of(folder / "PAYF_robustness.csv", "HL")
        initial, *others = [
            data.together(solved(data, cut, "parsimonious", n).listed[0]) for cut, n in ((0.87, 2), (0.7, 2), (0.87, 1))
        ]
        print(robustness(initial, others, data.y))
        print(pd.read_csv(folder / "robustness.csv").to_string(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
