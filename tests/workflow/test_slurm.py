"""A part of the bundled study through `profiles/slurm`, on a real Slurm of one node.

It takes minutes and root, and so runs only where COPRODUCTION_SLURM names a Python that has the packages of
requirements/test.txt and snakemake-executor-plugin-slurm, for example

    COPRODUCTION_SLURM=cluster/bin/python python -m pytest tests/workflow/test_slurm.py
"""

import os
import subprocess
import time

import pytest
import slurm_node

from .conftest import contents, copied

PYTHON = os.environ.get("COPRODUCTION_SLURM", "")
REASON = slurm_node.why_not() if PYTHON else "COPRODUCTION_SLURM does not name a Python with the plugin"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(REASON), reason=REASON)]
TARGET, STEP = "results/qca/calibrated.csv", "calibrate_sets"


@pytest.fixture
def slurm(tmp_path):
    with slurm_node.slurm_node(tmp_path / "slurm"):
        yield


def start(checkout):
    command = [PYTHON, "-m", "snakemake", "--profile", "profiles/slurm", "--retries", "0", "--", TARGET]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, cwd=checkout.path, text=True, **piped)


def test_the_cluster_makes_the_same_bytes_also_after_a_cancelled_job(slurm, fresh, root, tmp_path):
    script = fresh.path / "workflow" / "scripts" / f"{STEP}.py"
    good = script.read_text(encoding="utf-8")
    script.write_text(f"import time\n\ntime.sleep(900)\n{good}", encoding="utf-8")
    run = start(fresh)
    log = fresh.path / ".snakemake" / "slurm_logs" / f"rule_{STEP}"
    while run.poll() is None and not any(log.glob("*.log")):
        time.sleep(0.5)
    time.sleep(3)
    (job,) = [path.stem for path in log.glob("*.log")]
    subprocess.run(["scancel", job], check=True)
    said, _ = run.communicate(timeout=300)
    assert run.returncode != 0
    assert f"The step {STEP} was ended from outside" in said.split("What to fix:")[-1], said[-3000:]
    assert "Traceback" not in said
    script.write_text(good, encoding="utf-8")
    again = start(fresh)
    said, _ = again.communicate(timeout=600)
    assert again.returncode == 0, said[-3000:]
    alone = copied(root, tmp_path / "alone")
    assert alone.snakemake(TARGET).returncode == 0
    made = contents(fresh.path / "results")
    assert made == contents(alone.path / "results")
    assert len(made) > 3
