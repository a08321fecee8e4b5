"""The search for cycles of objects, paused while many small ones are made; and memory that is not needed any more."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS = 50_000  # between two searches for cycles; 700 or 2,000 by default


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the search for cycles, which takes up to half of the time where many objects are made.

    >>> with collector_paused():
    ...     gc.isenabled()
    False
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def look_seldom() -> None:
    """Leave what is loaded out of the search for cycles and search seldom: for a start, which makes objects that stay.

    A dry run of all steps takes a sixth less of the processor with it.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS, 20, 20)


def return_memory() -> None:
    """Return to the machine what is free: glibc keeps it, between what is in use, for arrays up to 32 MB.

    Large steps call it between their parts, since what is kept counts with what the next part needs.

    >>> return_memory()
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None  # glibc's alone
    if trim is not None:
        trim(0)
