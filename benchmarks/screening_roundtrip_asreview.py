"""A person's screening in ASReview, through the interface of ASReview LAB itself.

Called by `screening_roundtrip.py` in ASReview's own environment, as
`python screening_roundtrip_asreview.py DATA ANSWERS.json FOLDER STEPS`. DATA is a data set that the
workflow wrote (CSV or RIS) or a whole project (.asreview); ANSWERS.json says for each title 1 or 0. The script makes a project with
DATA or imports it, as the web page would, answers STEPS records in the order in which ASReview shows them, changes
its mind about the last of them, leaves a note, and exports the project file and the decisions to
FOLDER. `said.json` there holds what was answered. Nothing here is used by the workflow.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ["ASREVIEW_PATH"] = tempfile.mkdtemp(prefix="asreview")

from asreview import __version__
from asreview.webapp.app import create_app


def screen(data: Path, answers: dict[str, int], folder: Path, steps: int) -> None:
    """Answer `steps` records and export what came out."""
    app = create_app(testing=True, authentication=False, secret_key="k", salt="s")
    lab = app.test_client()
    project = f"/api/projects/{_make_project(lab, data)}"
    said: dict[str, int] = {}
    _choose_priors(lab, project, answers, said)
    for _ in range(steps):
        shown = lab.get(f"{project}/get_record").json["result"]
        said[shown["title"]] = _answer(lab, project, shown, answers[shown["title"]])
    seen = f"{project}/record/{shown['record_id']}/note"
    assert lab.put(seen, data={"note": "seen in ASReview"}).status_code < 300
    _change_mind(lab, project, said)
    _export(lab, project, folder, data.suffix)
    (folder / "said.json").write_text(
        json.dumps({"version": __version__, "said": said}, ensure_ascii=False), encoding="utf-8"
    )


def _make_project(lab, data: Path) -> str:
    """The number of a project that has `data` as its data set, or is `data`."""
    whole = data.suffix == ".asreview"
    with data.open("rb") as file:
        form = {"file": (file, data.name)} if whole else {"mode": "oracle", "file": (file, data.name)}
        place = f"/api/projects/{'import' if whole else 'create'}"
        made = lab.post(place, data=form, content_type="multipart/form-data")
    assert made.status_code == (200 if whole else 201), made.json
    return made.json["data"]["id"] if whole else made.json["id"]


def _choose_priors(lab, project: str, answers: dict[str, int], said: dict[str, int]) -> None:
    """Where the data set brought no labels, choose one relevant and one irrelevant record."""
    stats = lab.get(f"{project}/labeled_stats").json
    if stats["n"] == 0:
        for wanted in (1, 0):
            titles = [title for title, label in answers.items() if label == wanted]
            hit = next(hit for title in titles for hit in _search(lab, project, title))
            said[hit["title"]] = _answer(lab, project, hit, wanted)
    trained = lab.post(f"{project}/train")
    assert trained.status_code == 200, trained.json


def _search(lab, project: str, title: str) -> list[dict]:
    """The records of the project with exactly this title."""
    hits = lab.get(f"{project}/search", query_string={"q": title, "n_max": 20}).json["result"]
    return [hit for hit in hits if hit["title"] == title]


def _answer(lab, project: str, record: dict, label: int) -> int:
    form = {"record_id": record["record_id"], "label": label, "retrain_model": "1"}
    if record.get("tags_form") and not label:
        form["tags"] = json.dumps(_first_ticked(record["tags_form"]))
    answer = lab.post(f"{project}/record/{record['record_id']}", data=form)
    assert answer.status_code == 200, answer.data
    return label


def _first_ticked(groups: list[dict]) -> list[dict]:
    """The tags of the project as the page sends them, the first of each group ticked."""
    return [
        group | {"values": [value | {"checked": number == 0} for number, value in enumerate(group["values"])]}
        for group in groups
    ]


def _change_mind(lab, project: str, said: dict[str, int]) -> None:
    """The other label for the record answered last."""
    title = list(said)[-1]
    hits = lab.get(f"{project}/labeled", query_string={"per_page": 500}).json["result"]
    record = next(h for h in hits if h["title"] == title)
    said[title] = 1 - said[title]
    form = {"record_id": record["record_id"], "label": said[title]}
    changed = lab.put(f"{project}/record/{record['record_id']}", data=form)
    assert changed.status_code == 200, changed.data


def _export(lab, project: str, folder: Path, ending: str) -> None:
    whole = lab.get(f"{project}/export_project")
    (folder / "ann.asreview").write_bytes(whole.data)
    for form in ["csv", "xlsx", *(["ris"] if ending == ".ris" else [])]:
        asked = {"format": form, "collections": ["relevant", "irrelevant", "not_seen"]}
        table = lab.get(f"{project}/export_dataset", query_string=asked)
        assert table.status_code == 200, table.data
        (folder / f"ann.{form}").write_bytes(table.data)


if __name__ == "__main__":
    data, answers, folder, steps = sys.argv[1:]
    known = json.loads(Path(answers).read_text(encoding="utf-8"))
    screen(Path(data), known, Path(folder), int(steps))
