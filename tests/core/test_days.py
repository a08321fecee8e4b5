"""Times of decisions as tools and table programs write them."""

import pytest
from coproduction.core.days import as_times


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2026-01-28 10:00:05", "2026-01-28 10:00:05"),
        ("2026-01-28T10:00:05.120Z", "2026-01-28 10:00:05"),
        ("2026/1/28 10:00", "2026-01-28 10:00:00"),
        ("28.01.2026 10:00", "2026-01-28 10:00:00"),
        ("28.1.2026", "2026-01-28"),
        ("2026-01-28 00:00:00", "2026-01-28"),
        ("28/01/2026 10:00", "2026-01-28 10:00:00"),
        ("1/28/2026 1:05 PM", "2026-01-28 13:05:00"),
        ("3/3/2026", "2026-03-03"),
        ("", ""),
        ("1/2/2026", ""),
        ("1.2.26", ""),
        ("2026-02-30", ""),
        ("45748", ""),
        ("45748.41", ""),
        ("yesterday", ""),
    ],
)
def test_a_stamp_is_read_where_it_has_one_reading(cell, wanted):
    assert as_times([cell]) == [wanted]


def test_slashes_are_settled_by_the_column():
    assert as_times(["1/2/2026", "", "13/2/2026"]) == ["2026-02-01", "", "2026-02-13"]
    assert as_times(["1/2/2026 9:00", "2/13/2026"]) == ["2026-01-02 09:00:00", "2026-02-13"]
