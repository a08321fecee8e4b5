"""To ASReview and back, with ASReview itself where it is installed."""

import importlib.util
import os
import subprocess
import sys

import pandas as pd
import pytest
from coproduction.core import tables
from coproduction.screening.decisions import name_reasons
from coproduction.screening.exporting import to_asreview, to_project, to_ris
from coproduction.screening.intake import read_stage
from coproduction.screening.settings import ScreeningSettings
from screening.study_folder import Folder, records, rows


def asreview_python(folder) -> str:
    """An interpreter that has ASReview; the test skips where there is none."""
    python = os.environ.get("COPRODUCTION_ASREVIEW", sys.executable)
    found = subprocess.run([python, "-c", "import asreview.webapp"], check=False, cwd=folder)
    if found.returncode:
        pytest.skip("ASReview is not installed (COPRODUCTION_ASREVIEW names its interpreter)")
    return python


@pytest.fixture(scope="module")
def roundtrip(root):
    place = root / "benchmarks" / "screening_roundtrip.py"
    spec = importlib.util.spec_from_file_location("screening_roundtrip", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "ris"])
def test_what_is_answered_in_asreview_comes_back_under_the_right_record(form, tmp_path, roundtrip):
    python = asreview_python(tmp_path)
    table = records(24)
    decided = rows(*(f"r{i},A,{d},,," for i, d in enumerate(["include", "exclude"] * 2)))
    study = Folder(tmp_path / "study").write("title_abstract.csv", decided)
    settled = study.settle(ScreeningSettings(reviewers_title_abstract=1), 24)
    data = tmp_path / f"records.{form}"
    if form == "csv":
        tables.write_csv(to_asreview(table, settled.states), data)
    else:
        tables.write_text(to_ris(table, settled.states, "title_abstract"), data)
    answers = {title: int(i % 2 == 0) for i, title in enumerate(table["title"])}
    back = roundtrip.screen(python, data, answers, tmp_path, 8)
    files = sorted(tmp_path.glob("ann.*"))
    assert len(files) == (3 if form == "csv" else 4)
    for path in files:
        result = roundtrip.compare(table, back["said"], path)
        assert result["right"] == result["answered"] == len(back["said"]) >= 8, path.name
        assert (result["too many"], result["unmatched"]) == (0, 0), path.name
        assert result["given labels passed over"] == (4 if form == "csv" else 0), path.name
        assert result["changed minds"] == (path.suffix == ".asreview"), path.name


@pytest.mark.slow
def test_a_project_for_asreview_comes_back_with_reasons(tmp_path, roundtrip):
    python = asreview_python(tmp_path)
    if roundtrip.version(python) < 3:
        pytest.skip("ASReview 2 opens no project of version 3")
    table = records(24)
    criteria = pd.DataFrame({"criterion": ["E1", "E2"], "kind": "exclude", "label": ["No service", "No citizens"]})
    decided = rows(*(f"r{i},A,{d},,," for i, d in enumerate(["include", "exclude"] * 2)))
    study = Folder(tmp_path / "study").write("title_abstract.csv", decided)
    settled = study.settle(ScreeningSettings(reviewers_title_abstract=1), 24)
    data = tmp_path / "project.asreview"
    data.write_bytes(to_project(to_asreview(table, settled.states), criteria))
    answers = {title: int(i % 2 == 0) for i, title in enumerate(table["title"])}
    back = roundtrip.screen(python, data, answers, tmp_path, 16)
    for path in sorted(tmp_path.glob("ann.*")):
        result = roundtrip.compare(table, back["said"], path)
        assert result["right"] == result["answered"] == len(back["said"]) == 16, path.name
        assert (result["too many"], result["unmatched"]) == (0, 0), path.name
        assert result["given labels passed over"] == 4, path.name
        read = name_reasons(read_stage([str(path)], "title_abstract")[0], criteria)
        reasons = dict(zip(read["title"], read["reason"], strict=True))
        excluded = [title for title, label in back["said"].items() if not label and title != list(back["said"])[-1]]
        assert excluded
        assert {reasons[title] for title in excluded} == {"E1"}, path.name
