"""What all tests share."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from coproduction.core import study_files
from coproduction.core.prose import Templates
from hypothesis import settings

# The same examples on every run, so that a red test is the change's own fault;
# HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

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
