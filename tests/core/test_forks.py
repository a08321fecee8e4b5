"""Steps forked from one process: their status, their surroundings, and their code as it is now."""

import os
import resource
import signal
import subprocess
import sys

import pytest
from coproduction.core import forks as forks_module
from coproduction.core.forks import LOADED, Forks, Library, possible

pytestmark = pytest.mark.skipif(not possible(), reason="steps are forked on Linux only")


@pytest.fixture(scope="module")
def forks():
    return Forks()


@pytest.fixture
def run(forks, tmp_path):
    def start(code, packages=(), environment=None):
        script = tmp_path / "script.py"
        script.write_text(code, encoding="utf-8")
        return forks.start(str(script), packages, environment or {}).wait()

    return start


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("", 0),
        ("import sys; sys.exit()", 0),
        ("import sys; sys.exit(3)", 3),
        ("import sys; sys.exit('a sentence')", 1),
        ("1 / 0", 1),
        ("what is this", 1),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
        ("import subprocess; subprocess.run(['false'], check=True)", 1),
        ("import subprocess; subprocess.run(['true'], check=True)", 0),
    ],
)
def test_the_status_is_that_of_a_process_of_its_own(run, tmp_path, code, status):
    assert run(code) == status
    alone = subprocess.run([sys.executable, tmp_path / "script.py"], capture_output=True, check=False)
    assert alone.returncode == status


def test_what_a_step_took_is_known_at_its_end(forks, tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import time\nkept = bytearray(300_000_000)\nwhile time.process_time() < 0.3:\n    pass\n")
    step = forks.start(str(script), (), {})
    assert step.wait() == 0
    assert 0.25 < step.seconds < 5
    assert 286 < step.memory < 800


def test_a_script_runs_as_the_main_module_under_its_name(run, tmp_path):
    (tmp_path / "beside.py").write_text("WORD = 'beside'\n", encoding="utf-8")
    run(
        "import atexit, os, pathlib, sys, beside\n"
        "def last():\n"
        "    words = [__name__, sys.argv[0], __file__, beside.WORD, os.environ['TMPDIR'], os.environ['OMP_NUM_THREADS']]\n"
        "    pathlib.Path(__file__).with_name('told').write_text(' '.join(words))\n"
        "atexit.register(last)\n",
        environment={"TMPDIR": "elsewhere"},
    )
    script = str(tmp_path / "script.py")
    assert (tmp_path / "told").read_text() == f"__main__ {script} {script} beside elsewhere 1"
    assert os.environ.get("TMPDIR") != "elsewhere"


@pytest.fixture
def library(tmp_path):
    """A library of two modules, of which a script imports one, and the other with it."""
    files = [tmp_path / "library_a.py", tmp_path / "library_b.py"]
    files[0].write_text("import os, library_b\nLOADED_BY = os.getpid()\n", encoding="utf-8")
    files[1].write_text("STATUS = 4\n", encoding="utf-8")
    return Library(str(tmp_path), ["library_a"], [*map(str, files)])


LIBRARY_USER = "import os, sys, library_a; sys.exit(library_a.library_b.STATUS + (library_a.LOADED_BY == os.getpid()))"


def test_the_library_is_loaded_before_and_steps_that_need_what_has_changed_since_are_refused(library, tmp_path):
    own, script = Forks(), tmp_path / "script.py"
    script.write_text(LIBRARY_USER, encoding="utf-8")
    assert [own.start(str(script), [], {}, library).wait() for _ in range(2)] == [4, 4]
    before = os.stat(tmp_path / "library_b.py")
    (tmp_path / "library_b.py").write_text("STATUS = 6\n", encoding="utf-8")
    os.utime(tmp_path / "library_b.py", ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    with pytest.raises(OSError, match="refuses"):
        own.start(str(script), [], {}, library)
    assert own.start(str(script), [], {}, Library(str(tmp_path), [], library.files[:1])).wait() == 4
    (tmp_path / "library_b.py").unlink()
    with pytest.raises(OSError, match="refuses"):
        own.start(str(script), [], {}, library)


def test_a_library_that_cannot_be_loaded_is_left_to_the_step(run, library, forks, tmp_path):
    (tmp_path / "library_b.py").write_text("1 / 0\n", encoding="utf-8")
    (tmp_path / "script.py").write_text(
        "try:\n    import library_a\nexcept ZeroDivisionError:\n    raise SystemExit(7)"
    )
    assert forks.start(str(tmp_path / "script.py"), [], {}, library).wait() == 7


def test_packages_are_loaded_before_and_the_library_only_where_it_is_named(run, tmp_path):
    code = "import pathlib, sys\npathlib.Path(__file__).with_name('told').write_text(' '.join(sorted(sys.modules)))\n"
    run(code, ["rapidfuzz", "a_package_that_is_not_there"])
    loaded = (tmp_path / "told").read_text().split()
    assert "rapidfuzz.fuzz" in loaded
    assert not [name for name in loaded if name.split(".")[0] == "coproduction"]
    assert not any(module.startswith("coproduction") for modules in LOADED.values() for module in modules)


def test_each_step_reads_its_code_anew(run, tmp_path):
    module = tmp_path / "beside.py"
    code = "import sys; sys.dont_write_bytecode = True; import beside; sys.exit(beside.STATUS)"
    for status in (4, 5):
        module.write_text(f"STATUS = {status}\n", encoding="utf-8")
        assert run(code) == status


def test_several_steps_run_at_once_and_each_tells_its_own_end(forks, tmp_path):
    started = []
    for number in range(6):
        script = tmp_path / f"{number}.py"
        script.write_text(f"import sys, time; time.sleep({0.3 - 0.05 * number}); sys.exit({number})", encoding="utf-8")
        started.append(forks.start(str(script), [], {}))
    assert len({step.pid for step in started}) == 6
    assert [step.wait() for step in started] == [0, 1, 2, 3, 4, 5]


def test_the_time_of_the_steps_counts_for_the_run(tmp_path):
    """Whoever measures a run must find what its steps took, as with processes of their own."""
    script = tmp_path / "busy.py"
    script.write_text("import time\nwhile time.process_time() < 0.5: pass\n", encoding="utf-8")
    code = f"from coproduction.core.forks import Forks; print(Forks().start({str(script)!r}, [], {{}}).wait())"
    before = _time_of_children()
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ | _path()
    )
    assert done.stdout == "0\n"
    assert _time_of_children() - before > 0.5


def test_without_the_server_steps_cannot_be_forked_and_it_ends_with_who_started_it(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import os, pathlib; pathlib.Path(__file__).with_name('pid').write_text(str(os.getppid()))")
    code = (
        "import os, signal, time\n"
        "from pathlib import Path\n"
        "from coproduction.core.forks import Forks\n"
        "forks = Forks()\n"
        f"forks.start({str(script)!r}, [], {{}}).wait()\n"
        f"os.kill(int(Path({str(script)!r}).with_name('pid').read_text()), signal.SIGKILL)\n"
        "time.sleep(0.2)\n"
        "try:\n"
        f"    forks.start({str(script)!r}, [], {{}})\n"
        "except OSError:\n"
        "    print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ | _path()
    )
    assert done.stdout == "refused\n", done.stderr
    killed = code.replace("signal.SIGKILL", "0").replace("time.sleep(0.2)\n", "os.kill(os.getpid(), signal.SIGKILL)\n")
    subprocess.run([sys.executable, "-c", killed], check=False, env=os.environ | _path())
    server = int((tmp_path / "pid").read_text())
    for _ in range(100):
        if not _alive(server):
            break
        signal.sigtimedwait([], 0.05)
    assert not _alive(server)


def test_a_step_of_a_run_that_was_killed_does_not_go_on(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import os, pathlib, time\n"
        "pathlib.Path(__file__).with_name('pid').write_text(str(os.getpid()))\n"
        "time.sleep(600)\n",
        encoding="utf-8",
    )
    code = (
        "import os, signal, time\n"
        "from pathlib import Path\n"
        "from coproduction.core.forks import Forks\n"
        f"Forks().start({str(script)!r}, [], {{}})\n"
        f"while not Path({str(script)!r}).with_name('pid').exists(): time.sleep(0.01)\n"
        "time.sleep(0.1)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=False, env=os.environ | _path())
    step = int((tmp_path / "pid").read_text())
    for _ in range(200):
        if not _alive(step):
            break
        signal.sigtimedwait([], 0.05)
    assert not _alive(step)


def _time_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _path():
    return {"PYTHONPATH": os.pathsep.join(sys.path)}


def _alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_steps_that_end_while_the_end_of_another_is_told_are_each_told_once(monkeypatch):
    """Where two end at once, the second signal comes while the first is handled: the server ended with both steps."""
    server = forks_module._Server(orders=None)  # type: ignore[arg-type]
    told = {}
    for status in (0, 3):
        reads, writes = os.pipe()
        pid = os.fork()
        if pid == 0:
            os._exit(status)
        server._running[pid], told[pid] = writes, (reads, status)
    for pid in told:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    plain, within = os.wait4, []

    def wait4(pid, options):
        if not within:
            within.append(pid)
            server._ended()  # the second signal
        return plain(pid, options)

    monkeypatch.setattr(forks_module.os, "wait4", wait4)
    server._ended()
    assert server._running == {}
    for reads, status in told.values():
        with os.fdopen(reads) as heard:
            assert heard.read().split()[0] == str(status)


def test_many_steps_that_end_at_once_all_have_their_status(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import time\n\ntime.sleep(0.2)\nraise SystemExit(3)\n", encoding="utf-8")
    server = Forks()
    for _ in range(3):
        steps = [server.start(str(script), (), {}) for _ in range(20)]
        assert [step.wait() for step in steps] == [3] * 20
