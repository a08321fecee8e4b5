"""Steps forked from one process that has loaded the heavy packages already.

Most steps of a small study take less time than Python needs to load pandas for them. On Linux they are
therefore forked from a server, which is started with the first step that asks for it, loads a package
or a module of the library when the first step that uses it is due, and ends with the run. Each step runs
the code as it is at its start: where a file of the library has changed since it was loaded, the server
refuses the steps that need it, and they are started without it. As for any other process, the status of
a step is its own, and its processor time counts for the run.

Run as a script this module is the server; it imports nothing of the library.
"""

import atexit
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
import types
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

# What is loaded for a step which uses the package: what the steps would load of it themselves.
LOADED = {
    "pandas": ["snakemake.iocontainers", "snakemake.logging", "pandas"],
    "pydantic": ["pydantic.main", "pydantic.fields", "pydantic.functional_validators"],  # `pydantic` itself loads none
    "country_converter": ["country_converter"],
    "krippendorff": ["krippendorff"],
    "jinja2": ["jinja2"],
    "networkx": ["networkx"],
    "rapidfuzz": ["rapidfuzz.fuzz", "rapidfuzz.process"],
    "scipy": ["scipy.optimize", "scipy.sparse", "scipy.stats"],
    "matplotlib": [
        "fontTools.subset",
        "matplotlib.backends.backend_pdf",
        "matplotlib.backends.backend_svg",
        "matplotlib.pyplot",
    ],
    "sklearn": ["sklearn.decomposition", "sklearn.feature_extraction.text", "sklearn.linear_model"],
}
# By these Snakemake limits the threads of packages to those of a step. What is loaded in the server keeps
# to one; a step with more starts threads or processes of its own.
THREADS = [f"{name}_NUM_THREADS" for name in ("OMP", "GOTO", "OPENBLAS", "MKL", "NUMEXPR")]
THREADS += ["VECLIB_MAXIMUM_THREADS"]
LONGEST = 1 << 20  # bytes of a message


def possible() -> bool:
    """Whether steps can be forked here: elsewhere than on Linux forks do not suit loaded packages."""
    return sys.platform == "linux"


@dataclass(frozen=True)
class Library:
    """What a script imports of the library: modules, the files behind them, and the folder that Python looks in."""

    folder: str = ""
    modules: Collection[str] = ()
    files: Collection[str] = ()


NOTHING = Library()


class Forks:
    """The server as those who start steps see it; steps may be started from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def start(
        self, script: str, packages: Collection[str], environment: Mapping[str, str], library: Library = NOTHING
    ) -> "Started":
        """Start a script in a fork that has the `packages` loaded, as far as `LOADED` names them, and the library.

        Raises an OSError where that cannot be: the server has ended, or has loaded what has changed since.
        """
        modules = [module for name in LOADED if name in packages for module in LOADED[name]]
        request = {"script": script, "modules": modules, "environment": dict(environment), "library": asdict(library)}
        message = json.dumps(request)
        read_end, write_end = os.pipe()
        try:
            with self._lock:
                socket.send_fds(self._server(), [message.encode()], [write_end])
        finally:
            os.close(write_end)
        return Started(read_end)

    def _server(self) -> socket.socket:
        if self._socket is None:
            ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            process = subprocess.Popen(
                [sys.executable, "-P", __file__, str(its.fileno())],
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                env=os.environ | dict.fromkeys(THREADS, "1"),
            )
            its.close()
            atexit.register(_end, ours, process)
            self._socket = ours
        return self._socket


class Started:
    """A step at work: its process id and, when it has ended, its status as `subprocess` has it.

    Known then are its processor seconds, and the most memory that it had, in MB, with the packages that
    it shares with other steps.
    """

    def __init__(self, read_end: int) -> None:
        self.seconds, self.memory = 0.0, 0
        self._told = os.fdopen(read_end, encoding="ascii")
        first = self._told.readline()
        if not first:
            raise ChildProcessError("the process from which steps are forked has ended, or refuses this one")
        self.pid = int(first)

    def wait(self) -> int:
        """Wait for the end of the step; negative where a signal ended it."""
        with self._told:
            last = self._told.readline().split()
        if not last:
            return -int(signal.SIGKILL)
        self.seconds, self.memory = float(last[1]), int(last[2]) // 1024
        return int(last[0])


def _end(ours: socket.socket, process: subprocess.Popen) -> None:
    """Let the server end and wait for it, so that its processor time counts."""
    ours.close()
    process.wait()


class _Server:
    """Forks steps as it is told, until nobody is there to tell it more."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._running: dict[int, int] = {}  # where the status of each process is waited for
        self._stamps: dict[str, list[int]] = {}  # size and time of each file of the library when it was loaded

    def serve(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the steps hear it themselves
        signal.signal(signal.SIGCHLD, self._ended)
        gc.disable()  # what packages create stays
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._orders, LONGEST, 1)
            if not message:
                break
            order = json.loads(message)
            if self._loaded(order["modules"], **order["library"]):
                gc.freeze()
                self._fork(order, descriptors[0])
            else:
                os.close(descriptors[0])
        self._end_all()

    def _loaded(self, packages: list[str], folder: str, modules: list[str], files: list[str]) -> bool:
        """Load what a step uses; False where a file of the library is no longer what was loaded."""
        now = {file: _stamp(file) for file in files}
        if any(self._stamps.get(file, stamp) != stamp for file, stamp in now.items()):
            return False
        self._stamps |= now
        if folder and folder not in sys.path:
            sys.path.append(folder)
        for module in [*packages, *modules]:
            with suppress(Exception):  # the step will say so itself, if it needs it
                importlib.import_module(module)
        return True

    def _end_all(self) -> None:
        """End the steps of a run that was killed: they would write into the results of the next one."""
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        pids = list(self._running)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        for pid in pids:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    def _fork(self, order: dict[str, Any], tells: int) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        pid = os.fork()
        if pid == 0:
            for descriptor in (self._orders.fileno(), tells, *self._running.values()):
                os.close(descriptor)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
            _run(order)
        os.write(tells, f"{pid}\n".encode())
        self._running[pid] = tells
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])

    def _ended(self, *_: object) -> None:
        """Tell how the steps that have ended did so. Another one may end meanwhile, for which this runs within itself."""
        for pid in list(self._running):
            try:
                ended, status, usage = os.wait4(pid, os.WNOHANG)
            except ChildProcessError:  # told already, within this
                continue
            if ended:
                tells = self._running.pop(pid)
                used = f"{usage.ru_utime + usage.ru_stime:.2f} {usage.ru_maxrss}"
                with suppress(OSError):  # nobody waits any more
                    os.write(tells, f"{os.waitstatus_to_exitcode(status)} {used}\n".encode())
                os.close(tells)


def _stamp(file: str) -> list[int]:
    try:
        state = os.stat(file)
    except OSError:
        return []
    return [state.st_size, state.st_mtime_ns]


def _run(order: dict[str, Any]) -> None:
    """Run the script as Python would run it by its name, and end the process."""
    status = 1
    try:
        gc.enable()
        os.environ.update(order["environment"])
        script = order["script"]
        main = types.ModuleType("__main__")
        main.__file__ = script
        sys.modules["__main__"] = main
        sys.argv = [script]
        sys.path.insert(0, str(Path(script).resolve().parent))
        exec(compile(Path(script).read_bytes(), script, "exec"), main.__dict__)
        status = 0
    except SystemExit as end:
        status = _status_of(end.code)
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with suppress(Exception):
                stream.flush()
        os._exit(status)  # nothing that is loaded needs to be taken apart


def _status_of(code: str | int | None) -> int:
    if isinstance(code, str):
        print(code, file=sys.stderr)
        return 1
    return code or 0


if __name__ == "__main__":
    _Server(socket.socket(fileno=int(sys.argv[1]))).serve()
