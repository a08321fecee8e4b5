"""The ranking beside ASReview's default model: same records, same priors, one record at a time.

    python benchmarks/screening_simulation.py SETS ASREVIEW_PYTHON OUT [--starts 5] [--keep FOLDER]

SETS is a folder of labelled sets as CSV (title, abstract and a label of inclusion, see
docs/screening_ranking.md; those of screening_sets.py say what records cite, too); ASREVIEW_PYTHON is the interpreter
of an environment with asreview 3. Both tools replay each set in turn, from one relevant and one irrelevant
record drawn by seed, until all relevant records are found. ASReview sees title and abstract; ours too, and
keywords, what records cite and the wording of the criteria where a set has them ("ours, words alone" leaves them
out). Loss, NDCG,
WSS@95 and RRF@10 are computed by the same functions for all, priors excluded. Seconds are those of
vectorising and simulation per start, one thread each: processor time, which other work on the machine
changes less than the clock, and wall-clock time. Ours makes vectors and similarities once for all starts of a set, as
the workflow does, and their seconds are shared out among the starts; `alone` has those of one start with everything made for it.
OUT.csv has a row for each set, start and tool, OUT.md the tables to read.
Both tools run in turn: ours, ASReview, ours again, whose seconds are the mean of its two runs. With --keep, the runs are
kept there, a file per set and start, and taken from there when the same command runs again, so that a long comparison can
be made in pieces (--only); with --kept-only, the starts without such a file are left out. A file that holds a run of
ASReview alone gives its order and no time.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import scipy  # noqa: E402

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))

from coproduction.methods.relevance_model import Model  # noqa: E402
from coproduction.methods.similarities import Similarities  # noqa: E402
from coproduction.screening.simulation import MEASURES, draw_starts  # noqa: E402

sys.path.insert(0, str(HERE))
from screening_sets import features_of, read_criteria, read_set, references_of, replay_set, sets_in  # noqa: E402

SHOWN = ["loss", "ndcg", "wss95", "rrf10"]
BANDS = ((0, 0.026, "below 2.6 %"), (0.026, 0.1, "2.6 to 10 %"), (0.1, 1, "above 10 %"), (0, 1, "all"))
MORE = {"k": "keywords", "r": "references", "c": "criteria"}
RUNS = ("before", "asreview", "after")
NO_TIME = {"seconds": np.nan, "wall": np.nan}
OURS, WORDS, PEER = "ours", "ours, words alone", "ASReview"


def ours(records: pd.DataFrame, priors: list[list[int]], wording: str = "") -> list[dict]:
    """Labels in the order of our replay and the seconds of each run, with its share of what is made once."""
    labels, references, runs = records["included"].to_numpy(), references_of(records), []
    once, clock = time.process_time(), time.perf_counter()
    features = features_of(records, Model(), wording, references)
    similarities = Similarities(features.similar)
    once, clock = time.process_time() - once, time.perf_counter() - clock
    for pair in priors:
        start, began = time.process_time(), time.perf_counter()
        order = replay_set(features, labels, pair, Model(), similarities=similarities)
        seconds, wall = time.process_time() - start, time.perf_counter() - began
        runs.append({"labels": labels[order].tolist(), "seconds": seconds + once / len(priors), "wall": wall})
        runs[-1] |= {"wall": wall + clock / len(priors), "alone": runs[0].get("alone", seconds + once)}
    return runs


def asreview(python: str, records: pd.DataFrame, priors: list[list[int]]) -> list[dict]:
    """The same from ASReview, in its own environment."""
    with tempfile.TemporaryDirectory() as folder:
        table, given, out = (Path(folder) / name for name in ("set.csv", "priors.json", "out.json"))
        records[["title", "abstract", "included"]].to_csv(table, index=False)
        given.write_text(json.dumps(priors), encoding="utf-8")
        command = [python, str(HERE / "screening_asreview.py"), str(table), str(given), str(out)]
        subprocess.run(command, check=True, cwd=folder)
        return json.loads(out.read_text(encoding="utf-8"))


def in_turn(python: str, records: pd.DataFrame, priors: list[list[int]], wording: str) -> list[dict]:
    """For each start the runs of both tools: ours before, ASReview's, ours after."""
    before = ours(records, priors, wording)
    peer = asreview(python, records, priors)
    after = ours(records, priors, wording)
    return [dict(zip(RUNS, runs, strict=True)) for runs in zip(before, peer, after, strict=True)]


def kept_or_run(
    python: str, records: pd.DataFrame, priors: list[list[int]], wording: str, kept: list[Path], kept_only: bool
) -> list[dict | None]:
    """The runs of each start, from their files where these are there; None where they are not to be made."""
    if not all(path.is_file() for path in kept) and not kept_only:
        for path, runs in zip(kept, in_turn(python, records, priors, wording), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(runs), encoding="utf-8")
    return [json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None for path in kept]


def ours_of(both: list[dict], orders: list[dict]) -> list[dict]:
    """Our runs of each start with the mean seconds of the two times that each was made; without where there is none."""
    runs = []
    for start, order in zip(both, orders, strict=True):
        twice = [start[name] for name in ("before", "after") if name in start]
        times = {
            name: np.mean([run[name] for run in twice]) if twice else np.nan for name in ("seconds", "wall", "alone")
        }
        runs.append(order | times)
    return runs


def rows_of(about: dict, tool: str, runs: list[dict]) -> list[dict]:
    """A row for each run."""
    return [
        about
        | {"start": start, "tool": tool}
        | {name: MEASURES[name](run["labels"]) for name in SHOWN}
        | {"seconds": run["seconds"], "wall": run["wall"], "alone": run.get("alone", run["seconds"])}
        for start, run in enumerate(runs, start=1)
    ]


def interval(values: np.ndarray) -> str:
    """Mean and 95 % interval of the mean by Student's t."""
    if len(values) < 2:
        return f"{values.mean():.3f}"
    half = scipy.stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return f"{values.mean():+.3f} ± {half:.3f}"


def by_set(rows: pd.DataFrame) -> str:
    """A Markdown table with a line per set: ours / ASReview, and the difference in loss over the starts."""
    head = ["set", "records", "relevant", "%", "more", *SHOWN, "difference in loss", "starts", "seconds", "times less"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for name, own in sorted(rows.groupby("set"), key=lambda item: item[1]["share"].iloc[0]):
        means = own.groupby("tool")[[*SHOWN, "seconds", "alone"]].mean()
        loss = own.pivot(index="start", columns="tool", values="loss")
        first = own.iloc[0]
        pairs = [f"{means.loc[OURS, m]:.3f} / {means.loc[PEER, m]:.3f}" for m in SHOWN]
        pairs.append(interval((loss[OURS] - loss[PEER]).to_numpy()))
        pairs.append(f"{len(loss)}")
        if np.isnan(means.loc[PEER, "seconds"]):
            pairs += ["–", "–"]
        else:
            pairs.append(f"{means.loc[OURS, 'seconds']:.2f} / {means.loc[PEER, 'seconds']:.2f}")
            less = [means.loc[PEER, "seconds"] / means.loc[OURS, name] for name in ("seconds", "alone")]
            pairs.append(f"{less[0]:.1f} ({less[1]:.1f})")
        numbers = [f"{first.records}", f"{first.relevant}", f"{100 * first.share:.1f}", first.more]
        lines.append("| " + " | ".join([name, *numbers, *pairs]) + " |")
    return "\n".join(lines)


def over_sets(rows: pd.DataFrame) -> str:
    """A Markdown table of means over sets by share of relevant records, and by whether there are references."""
    head = [
        "sets",
        "number",
        "loss, ours / words alone / ASReview",
        "difference (and its mean ± 95 % over sets)",
        "better on",
        "NDCG",
        "WSS@95",
        "RRF@10",
    ]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    groups = [
        (f"{words} relevant", rows[(rows["share"] >= low) & (rows["share"] < high)]) for low, high, words in BANDS
    ]
    groups += [(f"with {word}", rows[rows["more"].str.contains(letter)]) for letter, word in MORE.items()]
    groups += [("with none of these", rows[rows["more"] == ""])]
    for words, own in groups:
        if own.empty:
            continue
        means = own.groupby(["set", "tool"])[SHOWN].mean().unstack("tool")
        loss = means["loss"]
        three = " / ".join(f"{loss[tool].mean():.4f}" for tool in (OURS, WORDS, PEER))
        change = f"{100 * (loss[OURS].mean() / loss[PEER].mean() - 1):+.1f} %"
        if len(loss) > 1:
            change += f" ({interval((loss[OURS] - loss[PEER]).to_numpy())})"
        cells = [words, f"{len(loss)}", three, change, f"{int((loss[OURS] < loss[PEER]).sum())}"]
        cells += [f"{means[m][OURS].mean():.3f} / {means[m][PEER].mean():.3f}" for m in SHOWN[1:]]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def report(rows: pd.DataFrame, starts: int, version: str) -> str:
    """Both tables with what was run."""
    means = rows.groupby(["set", "tool"])[["seconds", "alone"]].mean().unstack("tool")
    large = (rows.groupby("set")["records"].first() > 500) & means["seconds"][PEER].notna()
    ratio = (means["seconds"][PEER] / means["seconds"][OURS])[large]
    alone = (means["seconds"][PEER] / means["alone"][OURS])[large]
    starts_of = rows.groupby("set")["start"].nunique()
    many = f"{starts_of.max()}" if starts_of.min() == starts_of.max() else f"{starts_of.min()} to {starts_of.max()}"
    ratios = np.log(rows.groupby(["set", "tool"])["loss"].mean().unstack("tool")).pipe(
        lambda loss: loss[OURS] - loss[PEER]
    )
    none = means["seconds"][PEER].isna()
    untimed = f" {int(none.sum())} sets have no times (–): not replayed in turn in this run." if none.any() else ""
    first = rows[rows["start"] <= 2].groupby(["set", "tool"])["loss"].mean().unstack("tool").mean()
    two = (
        f" With two starts of each set: {100 * (first[OURS] / first[PEER] - 1):+.1f} %." if starts_of.max() > 2 else ""
    )
    return (
        "# The ranking beside ASReview's\n\n"
        f"`python benchmarks/screening_simulation.py SETS ASREVIEW_PYTHON benchmarks/screening_simulation --starts {starts}`: "
        f"ASReview {version}, its default model (ELAS u4), the same records known at the start, one record at a time; "
        f"{rows['set'].nunique()} labelled sets, {many} starts each. Loss: 0 is the perfect order, .5 chance. Each pair: ours / "
        "ASReview. The difference in loss is ours less ASReview's with the 95 % interval of its mean over the starts. Ours "
        "sees what a set has besides titles and abstracts, as the workflow does: keywords (k), what records cite (r), the "
        "review's published criteria for inclusion (c); ASReview's default sees titles and abstracts. \"Words alone\" is "
        "ours on titles and abstracts.\n\n"
        f"{over_sets(rows)}\n\nThe mean of the logarithms of the ratios, in which each set counts the same: "
        f"{100 * (np.exp(ratios.mean()) - 1):+.1f} %.{two}\n\nProcessor time on the {int(large.sum())} sets above 500 records: "
        f"{ratio.min():.1f} to {ratio.max():.1f} times less than ASReview's (median {ratio.median():.1f}, ten times or more on "
        f"{int((ratio >= 10).sum())}). Both run in turn. Ours makes vectors once for the starts of a set; with everything made anew for one start "
        f"{alone.min():.1f} to {alone.max():.1f} times less (median {alone.median():.1f}; in brackets below).{untimed}\n\n{by_set(rows)}\n"
    )


def main() -> None:
    """Replay all sets with both and write one row per set, start and tool."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("python")
    parser.add_argument("out", type=Path, help="path without ending")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--keep", type=Path, help="folder in which the runs are kept")
    parser.add_argument("--kept-only", action="store_true")
    given = parser.parse_args()
    made, version = [], ""
    criteria = read_criteria(given.sets)
    for path in sets_in(given.sets):
        if given.only and path.stem not in given.only:
            continue
        records, wording = read_set(path), criteria.get(path.stem, "")
        priors = draw_starts(records["included"].to_numpy(), given.starts, seed=0)
        if not made:
            ours(records, priors[:1])  # loads what is loaded once, which counts for no set
        folder = given.keep or Path(tempfile.mkdtemp())
        kept = [folder / f"{path.stem}.{number}.json" for number in range(1, given.starts + 1)]
        runs = kept_or_run(given.python, records, priors, wording, kept, given.kept_only)
        priors = [pair for pair, start in zip(priors, runs, strict=True) if start]
        both = [start for start in runs if start]
        if not both:
            continue
        version = both[0]["asreview"]["version"]
        more = ("k" if (records["keywords"] != "").any() else "") + ("r" if "references" in records else "")
        more += "c" if wording else ""
        about = {"set": path.stem, "records": len(records), "relevant": int(records["included"].sum())}
        about |= {"share": about["relevant"] / len(records), "more": more}
        peer = [start["asreview"] | ({} if "before" in start else NO_TIME) for start in both]
        whole = all("before" in start for start in both)
        own = ours_of(both, [start["before"] for start in both] if whole else ours(records, priors, wording))
        made += rows_of(about, PEER, peer) + rows_of(about, OURS, own)
        made += rows_of(about, WORDS, ours(records[["title", "abstract", "included"]], priors) if more else own)
        print(
            path.stem,
            [
                round(
                    float(np.mean([row["loss"] for row in made if row["set"] == path.stem and row["tool"] == tool])), 4
                )
                for tool in (OURS, WORDS, PEER)
            ],
            flush=True,
        )
    rows = pd.DataFrame(made)
    rows.round(4).to_csv(given.out.with_suffix(".csv"), index=False, lineterminator="\n")
    given.out.with_suffix(".md").write_text(report(rows, given.starts, version), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
