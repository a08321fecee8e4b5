"""The search for cycles of objects, paused while many small ones are made; and memory that is not needed any more."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


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


def return_memory() -> None:
    """Return to the machine what is free: glibc keeps it, between what is in use, for arrays up to 32 MB.

    Large steps call it between their parts, since what is kept counts with what the next part needs.

    >>> return_memory()
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None  # glibc's alone
    if trim is not None:
        trim(0)
