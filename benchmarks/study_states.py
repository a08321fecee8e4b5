"""Walk a study from an empty folder to the finished one, and print what each state says of itself.

    python benchmarks/study_states.py FOLDER

FOLDER, which must not exist, becomes a study as `make new` lays it out; the files of the bundled study
are then put into it, state by state, in an order in which a team may work. Each state is a whole run,
which must end well; what its status says is printed. Twelve runs take a quarter of an hour.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
DEMO = HOUSE / "data" / "demo"
STATES = {
    "a new study": [],
    "statements and panel": ["delphi/statements.csv", "delphi/panel.csv", "delphi/rounds.csv"],
    "a first round": ["delphi/round1.csv"],
    "transcripts": ["interviews/transcripts", "interviews/participants.csv"],
    "documents without a register": ["desk/documents"],
    "register and indicators": ["desk/register.csv", "desk/indicators.csv", "desk/codebook.csv"],
    "coded transcripts": ["interviews/coded", "interviews/identities.csv"],
    "the data structure": ["interviews/gioia.csv", "interviews/propositions.csv"],
    "searches": ["searches"],
    "decisions on titles": ["screening/title_abstract.csv", "screening/criteria.csv"],
    "decisions on full texts": ["screening"],
    "all rounds and configurations": ["delphi", "qca"],
    "judgements and advice": ["ecosystem", "report", "interviews", "desk"],
}


def put(names: list[str], study: Path) -> None:
    """Copy files and folders of the bundled study into the study."""
    for name in names:
        target = study / name
        if (DEMO / name).is_dir():
            shutil.copytree(DEMO / name, target, dirs_exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(DEMO / name, target)


def command(*words: str) -> subprocess.CompletedProcess:
    """Run study.py with these words."""
    return subprocess.run([sys.executable, "study.py", *words], cwd=HOUSE, capture_output=True, text=True, check=False)


def main(folder: str) -> int:
    study = Path(folder).resolve()
    command("new", str(study)).check_returncode()
    for state, names in STATES.items():
        put(names, study)
        began = time.monotonic()
        done = command("run", str(study), "--cores", "2")
        status = (study / "results" / "status" / "status.md").read_text(encoding="utf-8")
        print(f"## {state} ({time.monotonic() - began:.0f} s)\n\n{status.partition('## Awaited')[0]}", flush=True)
        if done.returncode:
            print(done.stdout[-3000:])
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
