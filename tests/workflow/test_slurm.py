"""The bundled study through `profiles/slurm`, on a real Slurm of one node.

It takes two and a half minutes on two processors, five on busy ones, and root, and so runs only where
COPRODUCTION_SLURM names a Python that has the packages of requirements/test.txt and snakemake-executor-plugin-slurm, for example

    COPRODUCTION_SLURM=cluster/bin/python python -m pytest tests/workflow/test_slurm.py
"""

import os
import subprocess
import time

import pytest
import slurm_node

from .conftest import contents, duplicate

PYTHON = os.environ.get("COPRODUCTION_SLURM", "")
REASON = slurm_node.why_not() if PYTHON else "COPRODUCTION_SLURM does not name a Python with the plugin"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(REASON), reason=REASON)]
STEP, BEFORE, AFTER = "calibrate_sets", "desk/values.csv", "qca/solutions.csv"


@pytest.fixture
def slurm(tmp_path):
    with slurm_node.slurm_node(tmp_path / "slurm"):
        yield


def start(checkout, *options):
    command = [PYTHON, "-m", "snakemake", "--profile", "profiles/slurm", *options]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, cwd=checkout.path, text=True, **piped)


def end(run):
    said, _ = run.communicate(timeout=900)
    return run.returncode, said


def with_more(checkout, lines):
    """Put lines before those of the script of a step; returns how to take them away again."""
    script = checkout.path / "workflow" / "scripts" / f"{STEP}.py"
    good = script.read_text(encoding="utf-8")
    script.write_text(f"{lines}\n{good}", encoding="utf-8")
    return lambda: script.write_text(good, encoding="utf-8")


def jobs(checkout):
    """The numbers of the jobs with several steps whose logs are kept: those that are running or have failed."""
    return [path.stem for path in (checkout.path / ".snakemake" / "slurm_logs").glob("group_study_*/*.log")]


def test_the_study_has_the_same_bytes_after_a_cancelled_job(slurm, fresh, finished):
    results = fresh.path / "results"
    mend = with_more(fresh, f"import time\nopen({str(fresh.path / 'asleep')!r}, 'w').close()\ntime.sleep(900)\n")
    run = start(fresh, "--retries", "0")
    while run.poll() is None and not (fresh.path / "asleep").exists():
        time.sleep(0.5)
    (job,) = jobs(fresh)
    subprocess.run(["scancel", job], check=True)
    status, said = end(run)
    assert status != 0
    told = said.split("What to fix:")[-1]
    assert f"The step {STEP} was stopped from outside" in told, said[-3000:]
    assert told.count("was stopped from outside") <= 2  # with another at work on the second processor
    assert "make CORES=1" not in told
    assert "Traceback" not in said
    assert (results / BEFORE).is_file()  # of the same job, before
    assert not (results / AFTER).exists()
    kept = (results / BEFORE).stat().st_mtime_ns

    mend()
    status, said = end(start(fresh))
    assert status == 0, said[-3000:]
    assert (results / BEFORE).stat().st_mtime_ns == kept
    assert contents(results) == contents(finished.path / "results")
    assert fresh.planned() == set()
    assert jobs(fresh) == [job]


def test_a_job_that_needs_more_memory_gets_it(slurm, fresh):
    """Slurm ends it above 1,000 MB (OverMemoryKill), and the second try has 2,000."""
    with_more(
        fresh,
        f"import time\nprint(file=open({str(fresh.path / 'tries')!r}, 'a'))\nx = b'x' * 1_300_000_000\ntime.sleep(5)\n",
    )
    status, said = end(start(fresh, "--", "results/qca/calibrated.csv"))
    assert status == 0, said[-3000:]
    assert (fresh.path / "tries").read_text() == "\n\n"
    assert len(jobs(fresh)) == 1  # that of the first try
    notes = fresh.path / "results" / "logs"
    assert (notes / "desk/read_indicators.made.json").stat().st_mtime < (
        notes / f"qca/{STEP}.made.json"
    ).stat().st_mtime


def test_a_broken_file_is_told_once_and_earlier_results_stay(slurm, finished, tmp_path):
    """A file is not mended by a second try."""
    again = duplicate(finished, tmp_path / "again")
    before = contents(again.path / "results")
    panel = again.path / "data" / "demo" / "delphi" / "panel.csv"
    panel.write_text("", encoding="utf-8")
    status, said = end(start(again))
    assert status != 0
    assert "delphi/panel.csv" in said.split("What to fix:")[-1]
    assert "Trying to restart" not in said
    after = contents(again.path / "results")
    assert {name for name in before if name not in after} == set()
