"""Verdicts of real rounds, and of the bundled study, by this library and by another version of it.

    python benchmarks/delphi_real_rounds.py FOLDER_OF_THE_OTHER_VERSION FOLDER_OF_THE_DATA

The data are the rounds 2 and 3 of Unisanté's demonstration (doi:10.16909/dataset/41; not part of this
project) as REDCap exports them: once with the items of each round, once with the items that have the
same name in both rounds as one statement. Each version runs in a process of its own by what its tests
use (`tests/delphi/conftest.py`). Every cell of decisions and summary that differs is printed.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parents[1]
WORK = """
import json, sys
sys.path[:0] = [sys.argv[1] + "/workflow/scripts", sys.argv[1] + "/tests/delphi"]
from pathlib import Path
from conftest import carried
from coproduction.delphi.settings import DelphiSettings
settings = DelphiSettings.model_validate(json.loads(sys.argv[3]))
found = carried(Path(sys.argv[2]), settings)
for name in ("decisions", "summary", "change"):
    getattr(found, name).to_csv(sys.argv[4] + f"_{name}.csv", index=False)
"""
KEYS = {"decisions": ["statement"], "summary": ["round", "statement"], "change": ["statement", "before", "after"]}


def of_unisante(folder: Path, source: Path, joined: bool) -> None:
    """Statements, panel, rounds and the exports; `joined`: items of one name are one statement."""
    listed: dict[str, list[int]] = {}
    people: set[str] = set()
    for number in (2, 3):
        table = pd.read_csv(source / f"dft{number}_data_clean.csv", dtype=str, keep_default_na=False)
        items = [c.removesuffix("_type1") for c in table if c.endswith("_type1")]
        if joined:
            table = table.rename(columns=lambda c, n=number: c.replace(f"dft{n}_", ""))
            items = [item.replace(f"dft{number}_", "") for item in items]
        for item in items:
            listed.setdefault(item, []).append(number)
        people |= set(table["record_id"])
        table.to_csv(folder / f"round{number}.csv", index=False)
    rows = [f"{name},{name},{min(at)},{max(at)}\n" for name, at in listed.items()]
    head = "statement,text,first_round,last_round\n"
    (folder / "statements.csv").write_text(head + "".join(rows))
    (folder / "panel.csv").write_text("panellist,group\n" + "".join(f"{p},all\n" for p in sorted(people)))
    (folder / "rounds.csv").write_text("round,file,status\n2,round2.csv,closed\n3,round3.csv,closed\n")


def differences(name: str, before: Path, now: Path) -> tuple[int, list[str]]:
    """Cells of the columns that both have, and those that differ, in words."""
    tables = [
        pd.read_csv(f"{path}_{name}.csv", dtype=str, keep_default_na=False).set_index(KEYS[name])
        for path in (before, now)
    ]
    columns = [c for c in tables[0] if c in tables[1]]
    told = []
    if set(tables[0].index) != set(tables[1].index):
        told.append(f"{name}: other rows")
    one, other = (t[columns].sort_index() for t in tables)
    other = other.reindex(one.index)
    for column in columns:
        for key in one.index[(one[column] != other[column]).to_numpy()]:
            told.append(f"{name} {key} {column}: {one.loc[key, column]} -> {other.loc[key, column]}")
    return one.size, told


def main(other: str, data: str) -> None:
    source = Path(data) / "delphi" / "unisante_demo"
    for case in ("items of each round", "items of both rounds", "bundled study"):
        for rule in ("agreement", "rand", "iqr"):
            with tempfile.TemporaryDirectory() as name:
                folder, settings = Path(name), json.dumps({"consensus": {"rule": rule}})
                if case == "bundled study":
                    shutil.copytree(HERE / "data" / "demo" / "delphi", folder, dirs_exist_ok=True)
                else:
                    of_unisante(folder, source, case == "items of both rounds")
                paths = [folder / "other", folder / "this"]
                for library, path in zip((other, HERE), paths, strict=True):
                    args = [sys.executable, "-c", WORK, str(library), name, settings, str(path)]
                    subprocess.run(args, check=True, cwd=folder)
                found = [differences(table, *paths) for table in KEYS]
                cells, told = (sum(n for n, _ in found), [line for _, lines in found for line in lines])
                verdicts = [line for line in told if " verdict:" in line or " decision:" in line]
                print(f"{case}, rule {rule}: {cells} cells, {len(told)} differ, {len(verdicts)} of verdict or decision")
                print(*[f"  {line}" for line in told[:60]], sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
