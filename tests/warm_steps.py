"""The process from which steps are forked, itself forked from one that has loaded the packages of all steps.

A run starts it with a Python of its own, which loads pandas and others anew: for the two steps of a test that
takes longer than the steps. Here each test process keeps one that has loaded them. Nothing of the library is
loaded in it, so that each run has that of its checkout. tests/core/test_forks.py and the study at once on one core
have the start as it is.

Run as a script this module is what keeps the packages.
"""

import atexit
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import types
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 1 << 20  # bytes of a message


@cache
def kept() -> str:
    """The address of the process that has loaded the packages, which is started with the first call."""
    from coproduction.core import forks

    folder = tempfile.TemporaryDirectory(prefix="steps")
    address = str(Path(folder.name) / "kept")
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listening.bind(address)
    listening.listen()
    modules = json.dumps([module for some in forks.LOADED.values() for module in some])
    process = subprocess.Popen(
        [sys.executable, "-P", __file__, str(listening.fileno()), modules],
        pass_fds=[listening.fileno()],
        stdin=subprocess.DEVNULL,
        env=os.environ | dict.fromkeys(forks.THREADS, "1"),
    )
    listening.close()

    def end() -> None:
        process.terminate()
        process.wait()
        folder.cleanup()

    atexit.register(end)
    return address


def use(address: str) -> None:
    """From here on this process, which runs Snakemake, has the server of its steps forked."""
    start = subprocess.Popen

    class Popen(start):  # type: ignore[misc, valid-type]
        def __new__(cls, args: Any, *given: Any, **more: Any) -> Any:
            if isinstance(args, list) and str(args[2:3]).endswith("core/forks.py']"):
                return Forked(address, args[2:], **more)
            return super().__new__(cls)

    subprocess.Popen = Popen  # type: ignore[misc]


class Forked:
    """A forked process, of which its end can be waited for."""

    def __init__(self, address: str, args: list[str], pass_fds: list[int], stdin: int, env: dict[str, str]) -> None:
        assert stdin == subprocess.DEVNULL
        order = {"script": args[0], "folder": str(Path.cwd()), "environment": dict(env)}
        self._open = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._open.connect(address)
        socket.send_fds(self._open, [json.dumps(order).encode()], [*pass_fds, 1, 2])

    def wait(self) -> None:
        """Wait until it closes what it was started through."""
        self._open.recv(1)
        self._open.close()


def _serve(listening: socket.socket, modules: list[str]) -> None:
    signal.signal(signal.SIGCHLD, _ended)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for module in modules:
        with suppress(ImportError):
            importlib.import_module(module)
    while True:
        connection, _ = listening.accept()
        message, descriptors, _, _ = socket.recv_fds(connection, LONGEST, 3)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        if os.fork() == 0:
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
            _become(json.loads(message), *descriptors)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
        connection.close()
        for descriptor in descriptors:
            os.close(descriptor)


def _ended(*_: object) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become(order: dict[str, Any], orders: int, out: int, err: int) -> None:
    """Go on as the script that a run has asked for, and end with it."""
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environment"])
        main = types.ModuleType("__main__")
        main.__file__ = order["script"]
        sys.modules["__main__"] = main
        sys.argv = [order["script"], str(orders)]
        exec(compile(Path(order["script"]).read_bytes(), order["script"], "exec"), main.__dict__)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(0)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), json.loads(sys.argv[2]))
