"""How the engine starts a step: what it keeps of what the step took, also of one that ends at once."""

import subprocess
import time
from types import SimpleNamespace

import pytest
from coproduction import engine
from coproduction.core import forks
from snakemake.benchmark import BenchmarkRecord

pytestmark = pytest.mark.skipif(not forks.possible(), reason="steps are forked on Linux only")


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Starts a step of the given code, and looks at it when a step that takes no time has ended; its record."""
    plain = forks.Forks.start

    def start_and_pause(*given):
        step = plain(*given)
        time.sleep(0.2)
        return step

    monkeypatch.setattr(forks.Forks, "start", start_and_pause)
    monkeypatch.setattr(engine, "library_behind", lambda script: ([], []))
    monkeypatch.setattr(engine, "third_party", lambda script: [])

    def start(code):
        script = tmp_path / "step.py"
        script.write_text(code, encoding="utf-8")
        apart = dict.fromkeys(("conda_env", "container_img", "env_modules", "shadow_dir"))
        record = BenchmarkRecord()
        job = SimpleNamespace(rulename="a_rule", threads=1, resources={}, bench_record=record, **apart)
        engine.Engine(SimpleNamespace(is_main_process=False), lambda name: script, {})._start(job, str(script), False)
        return record

    return start


def test_a_step_that_has_ended_before_anybody_looked_at_it_is_no_failure(start):
    """Snakemake asks for the process of a step: it was gone, and the run failed."""
    assert start("").data_collected


def test_what_a_step_took_is_what_the_system_counted(start):
    record = start("import time\nkept = bytearray(300_000_000)\nwhile time.process_time() < 0.3:\n    pass\n")
    assert 0.25 < record.cpu_time < 5
    assert 286 < record.max_rss < 800
    row = record.to_tsv(False).split("\t")
    assert len(row) == len(BenchmarkRecord.get_header(False))
    assert float(row[0]) > 0
    assert row[3] == "-"  # what is not known is not given


def test_a_step_that_fails_is_told(start):
    with pytest.raises(subprocess.CalledProcessError):
        start("raise SystemExit(1)")
