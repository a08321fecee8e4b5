"""The search for cycles is paused and comes back, also after an error."""

import gc

import pytest
from coproduction.core.garbage_collection import OBJECTS, collector_paused, look_seldom


def _broken():
    assert not gc.isenabled()
    raise ValueError("broken")


def test_the_search_for_cycles_comes_back_after_an_error():
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), collector_paused():
        _broken()
    assert gc.isenabled()


def test_what_was_switched_off_before_stays_so():
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_is_loaded_is_left_out_of_the_search_which_goes_on_for_the_rest():
    before = gc.get_threshold()
    try:
        look_seldom()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] == OBJECTS
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
