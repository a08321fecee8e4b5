"""Processor time of an empty study, and from one changed decision to the new report, side by side.

    python benchmarks/engine_states.py OLDER NEWER [--rounds 2] [--cores 2] [--what empty decision]

OLDER and NEWER are checkouts with an environment in `.venv`, best with the results of the bundled study in `results`.
Each is copied, so that nothing in it changes, brought up to date, and run in turn. An empty study is what a newcomer has: a new
folder (by `study.py new` where there is one). For the decision, one reviewer's include on title and abstract
becomes an exclude and back again. What is counted is user and system time of all processes that a run starts.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from engine import measured

DECISIONS = Path("data/demo/screening/title_abstract.csv")


def copy(checkout: Path, folder: Path) -> Path:
    """The checkout with its results and their times, and the same environment."""
    shutil.copytree(checkout, folder, symlinks=True, ignore=shutil.ignore_patterns(".venv", ".git"))
    (folder / ".venv").symlink_to((checkout / ".venv").resolve())
    return folder


def command_of(folder: Path, config: Path | None, cores: str) -> list[str | Path]:
    """What `make` calls in this checkout."""
    python = folder / ".venv" / "bin" / "python"
    if (folder / "study.py").exists():
        return [python, "study.py", "run", str(config or ""), "--cores", cores]
    chosen = ["--configfile", config] if config else []
    return [folder / ".venv" / "bin" / "snakemake", "--cores", cores, *chosen]


def empty_study(folder: Path, place: Path, cores: str) -> float:
    """Processor seconds of the first run of a new study."""
    shutil.rmtree(place, ignore_errors=True)
    if (folder / "study.py").exists():
        made = [folder / ".venv" / "bin" / "python", "study.py", "new", place]
        subprocess.run(made, cwd=folder, check=True, capture_output=True)
        return measured(command_of(folder, place, cores), folder)[0]
    place.mkdir()
    config = place / "config.yaml"
    config.write_text(f"study: {place}\nresults: {place}/results\ntitle: A new study\n", encoding="utf-8")
    return measured(command_of(folder, config, cores), folder)[0]


def changed_decision(folder: Path, cores: str) -> float:
    """Processor seconds from one changed decision to the new report."""
    path = folder / DECISIONS
    rows = path.read_text(encoding="utf-8").split("\n")
    at = next(i for i, row in enumerate(rows[30:], 30) if ",include,," in row or row.endswith(",changed"))
    if rows[at].endswith(",changed"):
        rows[at] = rows[at].removesuffix("changed").replace(",exclude,not-coproduction,", ",include,,")
    else:
        rows[at] = rows[at].replace(",include,,", ",exclude,not-coproduction,") + "changed"
    path.write_text("\n".join(rows), encoding="utf-8")
    return measured(command_of(folder, None, cores), folder)[0]


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("older", type=Path)
    parser.add_argument("newer", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--cores", default="2")
    parser.add_argument("--what", nargs="+", choices=("empty", "decision"), default=["empty", "decision"])
    given = parser.parse_args()
    print("| what | older | newer | ratio of the least |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as place:
        copies = [copy(path.resolve(), Path(place) / name) for path, name in ((given.older, "a"), (given.newer, "b"))]
        for what in given.what:
            if what == "decision":  # from results that are up to date
                for folder in copies:
                    measured(command_of(folder, None, given.cores), folder)
            taken: list[list[float]] = [[], []]
            for _ in range(given.rounds):
                for seconds, folder in zip(taken, copies, strict=True):
                    if what == "empty":
                        seconds.append(empty_study(folder, Path(place) / f"study_{folder.name}", given.cores))
                    else:
                        seconds.append(changed_decision(folder, given.cores))
            told = (", ".join(f"{s:.1f}" for s in seconds) for seconds in taken)
            print(f"| {what} | {' | '.join(told)} | {min(taken[1]) / min(taken[0]):.2f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
