"""Copies of the checkout in which the running workflow is tried.

Two whole runs of the bundled study serve all tests: on one core and on two. Whichever worker needs
one first makes it; what a test changes is a copy of its own.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PARTS = ["Snakefile", "config", "data", "envs", "profiles", "report", "workflow"]


@dataclass(frozen=True)
class Checkout:
    """A checkout and the snakemake command in it."""

    path: Path

    def snakemake(self, *args: str, cores: int = 1) -> subprocess.CompletedProcess:
        """Run snakemake; standard error is in `stdout` as a person sees it on screen."""
        return subprocess.run(
            [sys.executable, "-m", "snakemake", "--cores", str(cores), *args],
            cwd=self.path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def planned(self, *args: str) -> set[str]:
        """The rules that a run would carry out now (without `all`)."""
        done = self.snakemake("--dry-run", *args)
        assert done.returncode == 0, done.stdout[-3000:]
        table = re.search(r"^job +count\n-+ +-+\n(.*?)^total ", done.stdout, re.M | re.S)
        rules = {line.split()[0] for line in table[1].splitlines()} if table else set()
        return rules - {"all"}


def copied(root: Path, to: Path) -> Checkout:
    """A copy of what a run needs, with its times kept."""
    to.mkdir(parents=True)
    for part in PARTS:
        source = root / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, to / part, ignore=ignored)
        else:
            shutil.copy2(source, to / part)
    return Checkout(to)


def duplicate(checkout: Checkout, to: Path) -> Checkout:
    """A copy with results and Snakemake's memory of them."""
    ignored = shutil.ignore_patterns("__pycache__", "locks")
    shutil.copytree(checkout.path, to, symlinks=True, ignore=ignored)
    return Checkout(to)


def made_once(root: Path, tmp_path_factory, name: str, cores: int) -> Checkout:
    """The bundled study as a run on `cores` cores leaves it, made by whichever worker asks first."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    place = Checkout(shared / name)
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place.path / "finished").exists():
            shutil.rmtree(place.path, ignore_errors=True)
            done = copied(root, place.path).snakemake(cores=cores)
            assert done.returncode == 0, done.stdout[-5000:]
            (place.path / "finished").touch()
    return place


@pytest.fixture(scope="session")
def finished(root, tmp_path_factory) -> Checkout:
    """A checkout in which the bundled study has been run on one core; tests leave it as it is."""
    return made_once(root, tmp_path_factory, "on_one_core", cores=1)


@pytest.fixture(scope="session")
def twin(root, tmp_path_factory) -> Checkout:
    """Another one, run on two cores, to compare and to copy from."""
    return made_once(root, tmp_path_factory, "on_two_cores", cores=2)


@pytest.fixture(scope="session")
def edited(finished, tmp_path_factory) -> Checkout:
    """This worker's copy of the finished checkout, for edits that are taken back."""
    return duplicate(finished, tmp_path_factory.mktemp("edited") / "checkout")


@pytest.fixture
def fresh(root, tmp_path) -> Checkout:
    """A checkout without results."""
    return copied(root, tmp_path / "checkout")


@pytest.fixture
def again(twin, tmp_path) -> Checkout:
    """A copy of a finished checkout with its results, to change and run again."""
    return duplicate(twin, tmp_path / "checkout")


def contents(folder: Path) -> dict[str, bytes]:
    """Every result by its path; logs and time measurements are no results."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in ("logs", "benchmarks")
    }
