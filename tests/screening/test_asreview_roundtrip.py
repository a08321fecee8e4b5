"""To ASReview and back, with ASReview itself where it is installed."""

import importlib.util
import os
import subprocess
import sys

import pytest
from coproduction.core import tables
from coproduction.screening.exporting import to_asreview, to_ris
from coproduction.screening.settings import ScreeningSettings
from screening.study_folder import Folder, records, rows


def asreview_python() -> str:
    """An interpreter that has ASReview; the test skips where there is none."""
    python = os.environ.get("COPRODUCTION_ASREVIEW", sys.executable)
    found = subprocess.run([python, "-c", "import asreview.webapp"], check=False)
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
    python = asreview_python()
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
