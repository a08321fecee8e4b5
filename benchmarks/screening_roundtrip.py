"""The way to ASReview and back, with ASReview itself.

    PYTHONPATH=workflow/scripts python benchmarks/screening_roundtrip.py ASREVIEW_PYTHON [FOLDER]

ASREVIEW_PYTHON is the interpreter of an environment with ASReview 2 or 3; FOLDER holds the results
of a study (results, as `make` leaves it). The data set that the workflow writes goes into a project
of ASReview LAB, or is imported as a whole project (version 3), with the labels that are settled as prior knowledge; records are answered there; the
project file and the exports come back as a reviewer's decisions. Printed is, for each file that came
back, how many of the answers given there are counted under the right record.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from coproduction.core import tables
from coproduction.literature.tables import RECORDS
from coproduction.screening.exporting import to_asreview, to_project, to_ris
from coproduction.screening.intake import Files, read_adjudications, read_criteria, read_retrieval, read_stage
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.settling import Settled, settle_study
from coproduction.screening.tables import CRITERIA, FULL_TEXTS, STATES

SCRIPT = Path(__file__).with_name("screening_roundtrip_asreview.py")


def settle(records: pd.DataFrame, files: list[Path]) -> Settled:
    """What one reviewer's files come to."""
    rows, sources = read_stage([str(path) for path in files], "title_abstract")
    none = read_stage([], "full_text")[0]
    stages = {"title_abstract": rows, "full_text": none}
    given = Files(
        read_criteria([]), stages, read_adjudications([]), read_retrieval([]), sources, tables.empty(FULL_TEXTS)
    )
    return settle_study(records, given, ScreeningSettings(reviewers_title_abstract=1))


def screen(python: str, data: Path, answers: dict[str, int], folder: Path, steps: int) -> dict:
    """Let ASReview show and take `steps` answers; its version and what was answered by title."""
    known = folder / "answers.json"
    known.write_text(json.dumps(answers), encoding="utf-8")
    subprocess.run([python, SCRIPT, data, known, folder, str(steps)], check=True, cwd=folder)
    return json.loads((folder / "said.json").read_text(encoding="utf-8"))


def compare(records: pd.DataFrame, said: dict[str, int], path: Path) -> dict:
    """How the decisions in a file that came back fit what was answered."""
    settled = settle(records, [path])
    by_title = dict(zip(records["title"], records["record"], strict=True))
    wanted = {by_title[title]: ("exclude", "include")[label] for title, label in said.items()}
    counted = dict(zip(settled.decisions["record"], settled.decisions["decision"], strict=True))
    source = settled.sources.iloc[0].to_dict()
    return {
        "file": path.name,
        "form": source["form"],
        "answered": len(wanted),
        "right": sum(counted.get(record) == decision for record, decision in wanted.items()),
        "too many": len(set(counted) - set(wanted)),
        "given labels passed over": source["given"],
        "unmatched": source["unmatched"],
        "changed minds": int((settled.findings["finding"] == "changed mind").sum()),
    }


def version(python: str) -> int:
    """The first number of ASReview's version."""
    command = [python, "-c", "import asreview; print(asreview.__version__)"]
    with tempfile.TemporaryDirectory() as folder:  # ASReview keeps a cache in the folder where it is loaded
        asked = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    return int(asked.stdout.split(".")[0])


def main(python: str, results: str = "results") -> None:
    """Each data set through ASReview; one line per file that comes back."""
    records = tables.read_result(Path(results) / "literature" / "records.csv", RECORDS)
    standing = tables.read_result(Path(results) / "screening" / "states.csv", STATES)
    records = records[~records["title"].duplicated(keep=False)]
    standing = standing[standing["record"].isin(records["record"])]
    outcome = standing.set_index("record")["title_abstract"]
    answers = {
        title: int(outcome[record] == "included")
        for record, title in zip(records["record"], records["title"], strict=True)
    }
    half = standing["record"] < sorted(standing["record"])[len(standing) // 2]
    known = standing.assign(title_abstract=standing["title_abstract"].where(half, "not screened"))
    unread = standing.assign(state="not screened")
    labelled = to_asreview(records, known)
    criteria = tables.read_result(Path(results) / "screening" / "criteria.csv", CRITERIA)
    given = {
        "asreview.csv": labelled.to_csv(index=False).encode(),
        "records.ris": to_ris(records, unread, "title_abstract").encode(),
        "project.asreview": to_project(labelled, criteria),
    }
    if version(python) < 3:
        del given["project.asreview"]
    rows = []
    for name, content in given.items():
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / name
            data.write_bytes(content)
            back = screen(python, data, answers, Path(folder), 40)
            for path in sorted(Path(folder).glob("ann.*")):
                row = compare(records, back["said"], path)
                rows.append({"ASReview": back["version"], "went in": name} | row)
    print(pd.DataFrame(rows).to_string(index=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
