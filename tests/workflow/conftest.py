"""Copies of the checkout in which the running workflow is tried.

Two ways to the bundled study serve all tests: at once on one core, and on two cores in two steps, of which
the first is a study that is under way. Whichever worker needs one first makes it; what a test changes is a
copy of its own.
"""

import fcntl
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from snakemake_forked import snakemake

DEMO = Path("data/demo")
NOT_BEGUN = ["interviews", "delphi"]
GERMAN = {  # one template, one section and the words of the renderer
    "techniques/topics/results.md.j2": "Es gibt {{ topics }} Themen in {{ records }} Einträgen.",
    "sections/introduction.qmd": "Unter welchen Bedingungen beginnt Koproduktion?",
    "_language.yml": "crossref-tbl-title: Tabelle",
}
# What is awaited is set as PDF in a study in which nothing is there, German in tests/report/test_pandoc.py.
HALF_BEGUN = ["--config", "language=de", "report={formats: [html, docx]}"]
PARTS = ["CITATION.cff", "Snakefile", "config", "data", "envs", "profiles", "report", "workflow"]


@dataclass
class Checkout:
    """A checkout and the snakemake command in it."""

    path: Path

    def snakemake(self, *args: str, cores: int = 1, **more: Any) -> subprocess.CompletedProcess:
        """Run snakemake; standard error is in `stdout` as a person sees it on screen. `more` as in `snakemake_forked`."""
        return snakemake(["--cores", str(cores), *args], self.path, **more)

    def planned(self, *args: str) -> set[str]:
        """The rules that a run would carry out now (without `all`)."""
        return set(self.reasons(*args))

    def reasons(self, *args: str) -> dict[str, str]:
        """The rules that a run would carry out now, each with Snakemake's reason."""
        done = self.snakemake("--dry-run", *args)
        assert done.returncode == 0, done.stdout[-3000:]
        table = re.search(r"^job +count\n-+ +-+\n(.*?)^total ", done.stdout, re.M | re.S)
        rules = {line.split()[0] for line in table[1].splitlines()} if table else set()
        said = dict(re.findall(r"^Job \d+: (.*)\nReason: (.*)$", done.stdout, re.M))
        return {rule: said[self.messages[rule]] for rule in rules - {"all"}}

    def plan(self, name: str, edits: list[tuple[str, Callable[[Path], None]]]) -> dict[str, str]:
        """The reasons after some edits, which are taken back; kept under `name` for other workers."""
        kept = self.path / "plans" / f"{name}.json"
        kept.parent.mkdir(exist_ok=True)
        with (self.path / "edited.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                kept.write_text(json.dumps(self._planned_with(edits)))
        return json.loads(kept.read_text())

    def _planned_with(self, edits: list[tuple[str, Callable[[Path], None]]]) -> dict[str, str]:
        paths = [self.path / name for name, _ in edits]
        before = [(p.read_bytes(), p.stat()) if p.exists() else None for p in paths]
        time.sleep(0.01)
        try:
            for path, (_, edit) in zip(paths, edits, strict=True):
                path.parent.mkdir(parents=True, exist_ok=True)
                edit(path)
            return self.reasons()
        finally:
            for path, was in zip(paths, before, strict=True):
                if was is None:
                    path.unlink()
                else:
                    path.write_bytes(was[0])
                    os.utime(path, ns=(was[1].st_atime_ns, was[1].st_mtime_ns))

    @cached_property
    def messages(self) -> dict[str, str]:
        """The message of each rule, which stands for it in Snakemake's output."""
        rules = [path.read_text() for path in (self.path / "workflow" / "rules").glob("*.smk")]
        stated = r'^rule (\w+):$.*?^    message:\n        "(.*?)"$'
        return dict(re.findall(stated, "\n".join(rules), re.M | re.S))

    @cached_property
    def followers(self) -> dict[str, set[str]]:
        """The rules that read what a rule makes."""
        done = self.snakemake("--rulegraph", "--quiet", "all")
        names = dict(re.findall(r'^\s*(\d+)\[label = "(\w+)"', done.stdout, re.M))
        found: dict[str, set[str]] = {}
        for rule, follower in re.findall(r"^\s*(\d+) -> (\d+)", done.stdout, re.M):
            found.setdefault(names[rule], set()).add(names[follower])
        return found

    def first_of(self, rules: set[str]) -> set[str]:
        """Those of these rules that come after none of the others."""
        later = {rule for one in rules for rule in self.with_followers([one]) - {one}}
        return rules - later

    def with_followers(self, rules: Iterable[str]) -> set[str]:
        """These rules and all that come after them (without `all`)."""
        found, waiting = set(), set(rules)
        while waiting:
            rule = waiting.pop()
            found.add(rule)
            waiting |= self.followers.get(rule, set()) - found
        return found - {"all"}


def shared_folder(tmp_path_factory) -> Path:
    """The folder that all workers share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def copied(root: Path, to: Path, shared: Path | None = None) -> Checkout:
    """A copy of what a run needs, with its times kept, and what an earlier run has read of the code."""
    to.mkdir(parents=True)
    earlier = sorted(shared.glob("*/.snakemake/kept.json")) if shared else []
    for file in earlier[0].parent.glob("kept*.json") if earlier else []:
        (to / ".snakemake").mkdir(exist_ok=True)
        shutil.copy2(file, to / ".snakemake")
    for part in PARTS:
        source = root / part
        if source.is_dir():
            shutil.copytree(source, to / part)  # with the bytecode, which some hundred processes need not make again
        else:
            shutil.copy2(source, to / part)
    return Checkout(to)


def duplicate(checkout: Checkout, to: Path) -> Checkout:
    """A copy with results and Snakemake's memory of them."""
    if shutil.which("cp"):  # in a quarter of the time
        subprocess.run(["cp", "-a", checkout.path, to], check=True)
        shutil.rmtree(to / ".snakemake" / "locks", ignore_errors=True)
    else:
        shutil.copytree(checkout.path, to, symlinks=True, ignore=shutil.ignore_patterns("locks"))
    return Checkout(to)


def made_once(
    tmp_path_factory, name: str, make: Callable[[Path], Checkout], *options: str, cores: int, warm: bool = True
) -> Checkout:
    """A checkout that `make` lays out, as a run leaves it, made by whichever worker asks first."""
    shared = shared_folder(tmp_path_factory)
    place = Checkout(shared / name)
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place.path / "finished").exists():
            shutil.rmtree(place.path, ignore_errors=True)
            done = make(place.path).snakemake(*options, cores=cores, warm=warm)
            assert done.returncode == 0, done.stdout[-5000:]
            (place.path / "finished").touch()
    return place


@pytest.fixture(scope="session")
def finished(root, tmp_path_factory) -> Checkout:
    """A checkout in which the bundled study has been run on one core; tests leave it as it is."""
    shared = shared_folder(tmp_path_factory)
    return made_once(tmp_path_factory, "on_one_core", lambda to: copied(root, to, shared), cores=1, warm=False)


@pytest.fixture(scope="session")
def half_begun(root, tmp_path_factory) -> Checkout:
    """The study before two techniques have begun, with some words in German, run on two cores."""

    def make(to: Path) -> Checkout:
        place = copied(root, to, shared_folder(tmp_path_factory))
        for technique in NOT_BEGUN:
            shutil.rmtree(place.path / DEMO / technique)
        for name, text in GERMAN.items():
            path = place.path / DEMO / "report" / "de" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n", encoding="utf-8")
        return place

    return made_once(tmp_path_factory, "half_begun", make, *HALF_BEGUN, cores=2)


@pytest.fixture(scope="session")
def twin(root, half_begun, tmp_path_factory) -> Checkout:
    """What becomes of it when the files that were awaited have come: the bundled study, on two cores."""

    def make(to: Path) -> Checkout:
        place = duplicate(half_begun, to)
        (to / "finished").unlink()
        shutil.rmtree(to / DEMO / "report" / "de")
        for technique in NOT_BEGUN:
            shutil.copytree(root / DEMO / technique, to / DEMO / technique)
        return place

    return made_once(tmp_path_factory, "on_two_cores", make, cores=2)


@pytest.fixture(scope="session")
def edited(finished, tmp_path_factory) -> Checkout:
    """A copy of the finished checkout that all workers share, for edits that are taken back."""
    place = finished.path.with_name("edited")
    with place.with_name("edited.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "finished").exists():
            shutil.rmtree(place, ignore_errors=True)
            duplicate(finished, place)
    return Checkout(place)


@pytest.fixture
def fresh(root, tmp_path, tmp_path_factory) -> Checkout:
    """A checkout without results."""
    return copied(root, tmp_path / "checkout", shared_folder(tmp_path_factory))


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
