"""Import of a large round, and bootstrap with leave-one-out: this library beside another version of it.

    python benchmarks/delphi_import.py FOLDER_OF_THE_OTHER_VERSION [panellists] [statements] [runs]

Both versions read the same invented export (LimeSurvey, 1 to 9, a tenth without opinion, a comment on
each tenth statement), write their tables, and judge the ratings: five rules, 2,000 bootstrap draws,
everybody left out in turn. They take turns, each in a process of its own; times are processor time, and
ratings and verdicts must be equal, or the run stops. The other version may be that of 24 November 2026
(commit fd8a9de), whose modules had other names.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parents[1]
WORK = """
import json, sys, time
from pathlib import Path
from types import SimpleNamespace
folder = Path(sys.argv[1])
files = {n: [str(folder / f"{n}.csv")] for n in ("statements", "rounds", "panel")}
files = SimpleNamespace(**files, ids=[], comments=[], identities=[], columns=[])
import scipy.stats  # its loading is no part of what is timed
from coproduction.delphi import people_files, summary
from coproduction.delphi.settings import DelphiSettings
settings = DelphiSettings()
kept = people_files.read(files, set())
start = time.process_time()
try:
    from coproduction.core import tables
    from coproduction.delphi import tables as forms
    from coproduction.delphi.importing import import_rounds
    results = import_rounds(kept, settings).tables()
except ImportError:
    from coproduction import progress, tables
    from coproduction.delphi import tables as forms
    from coproduction.delphi.ratings import import_rounds
    taken = import_rounds(kept.folder, kept.rounds, kept.statements, kept.panel, settings)
    names = ("ratings", "submissions", "unmatched", "cells")
    results = {n: progress.table(getattr(taken, n), getattr(forms, n.upper())) for n in names}
for name in ("ratings", "submissions", "unmatched", "cells"):
    tables.write_csv(results[name], folder / f"out_{name}.csv", getattr(forms, name.upper()))
imported = time.process_time() - start
start = time.process_time()
judged = getattr(summary, "judge", None) or summary.summarise
found = judged(results["ratings"], {1: "closed"}, settings)[0]
seconds = time.process_time() - start
verdicts = found[["statement", "verdict", "certainty", "hinges_on"]].astype(str)
print(json.dumps(dict(imported=imported, judged=seconds, ratings=len(results["ratings"]),
    sum=float(results["ratings"]["rating"].astype(float).sum()), verdicts=verdicts.values.tolist())))
"""


def write_study(folder: Path, panellists: int, statements: int) -> None:
    """Statements, panel, rounds and the export of one round."""
    rng = np.random.default_rng(1)
    names = [f"S{k:03}" for k in range(1, statements + 1)]
    people = [f"P{k:04}" for k in range(1, panellists + 1)]
    pd.DataFrame(dict(statement=names, text=[f"Wording of {n}" for n in names])).to_csv(
        folder / "statements.csv", index=False
    )
    groups = np.array(["users", "staff", "boards"])[np.arange(panellists) % 3]
    pd.DataFrame(dict(panellist=people, group=groups)).to_csv(folder / "panel.csv", index=False)
    (folder / "rounds.csv").write_text("round,file,status\n1,r1.csv,closed\n")
    centre = rng.uniform(3, 9, (1, statements))
    ratings = np.clip(np.rint(rng.normal(centre, 1.8, (panellists, statements))), 1, 9).astype(int)
    cells = ratings.astype(str).astype(object)
    cells[rng.random(cells.shape) < 0.1] = "NO"
    table = pd.DataFrame(cells, columns=[f"IMP[{n}]" for n in names])
    for name in names[::10]:
        table[f"COM[{name}]"] = np.where(rng.random(panellists) < 0.2, "because of the staff", "")
    table.insert(0, "token", people)
    table.insert(0, "submitdate", "2026-01-05 10:00:00")
    table.to_csv(folder / "r1.csv", index=False)


def run(library: Path, folder: Path) -> dict:
    """What one version says in a process of its own."""
    path = str(library / "workflow" / "scripts")
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(folder)],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def main(other: str, panellists: int = 3000, statements: int = 300, runs: int = 2) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_study(folder, panellists, statements)
        for turn in range(runs):
            told = {"other": run(Path(other), folder), "this": run(HERE, folder)}
            same = {k: told["other"][k] == told["this"][k] for k in ("ratings", "sum", "verdicts")}
            if not (same["ratings"] and same["sum"]):
                raise SystemExit(f"the versions differ: {same}")
            for part in ("imported", "judged"):
                before, now = told["other"][part], told["this"][part]
                print(f"run {turn + 1}: {part} {before:.1f} s, {now:.1f} s, ratio {now / before:.2f}")
            print(f"run {turn + 1}: verdicts, certainty and leave-one-out equal: {same['verdicts']}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
