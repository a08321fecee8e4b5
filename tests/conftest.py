"""What all tests share."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

import one_thread  # noqa: F401 (before whatever loads NumPy)
import pytest
from coproduction.core import study_files
from coproduction.core.prose import Templates
from hypothesis import settings

# The same examples on every run, so that a red test is the change's own fault;
# HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_configure() -> None:
    """Nothing that is collected is thrown away: the search for cycles in it took a quarter of the collection."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on cycles are looked for again, seldom, and never in what was collected, which stays to the end."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """What is left is looked through once, not again by each of pytest's own looks for what was not closed."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[Any]:
    """Of several workers the first at a module prepares its asserts and keeps them; the others wait and read them."""
    if fcntl is None or not isinstance(collector, pytest.Module) or "PYTEST_XDIST_WORKER" not in os.environ:
        return (yield)
    with collector.path.open("rb") as module:
        fcntl.flock(module, fcntl.LOCK_EX)
        return (yield)


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """No figure of pyplot is kept for the modules that follow."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot and (nextitem is None or nextitem.path != item.path):
        pyplot.close("all")


ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files that are not part of the project; tests that use them skip where they are absent.

    The folder is named by COPRODUCTION_DATA or lies beside the checkout as shared/data.
    """
    places = [os.environ.get("COPRODUCTION_DATA"), ROOT.parent / "shared" / "data"]
    for place in places:
        if place and Path(place).is_dir():
            return Path(place)
    pytest.skip("the folder of real files (COPRODUCTION_DATA) is not on this machine")


@pytest.fixture(scope="session")
def prose(root) -> Callable[[str], Templates]:
    """The house's own templates of a technique."""

    def of(technique: str) -> Templates:
        return Templates(study_files.templates([root / "report"], technique))

    return of


@pytest.fixture
def only_on_paper(monkeypatch):
    """Figures are saved as PDF alone: how they look on a screen is not asked here, and takes as long to draw."""
    from matplotlib.figure import Figure

    save = Figure.savefig

    def savefig(figure, path, *given, format=None, **more):
        if format == "svg":
            Path(path).touch()
        else:
            save(figure, path, *given, format=format, **more)

    monkeypatch.setattr(Figure, "savefig", savefig)
