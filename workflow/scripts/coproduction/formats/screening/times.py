"""When decisions were made, as exports say it and as table programs rewrite it.

A stamp is read where it has one reading: the year first, points (always the day first), or slashes
whose order the column itself settles. What has two readings is left to people.
"""

from coproduction.formats.surveys.times import CLOCK, YEAR_LAST, as_iso

MIDNIGHT = " 00:00:00"  # what table programs add to a day


def as_times(cells: list[str]) -> list[str]:
    """YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS where a clock is given; "" for what cannot be told.

    The cells are those of one column.

    >>> as_times(["2026-01-28T10:00:00Z", "28.01.2026 9:05", "28.1.2026 00:00", "1/2/2026", "45748"])
    ['2026-01-28 10:00:00', '2026-01-28 09:05:00', '2026-01-28', '', '']
    >>> as_times(["1/2/2026", "1/28/2026"])
    ['2026-01-02', '2026-01-28']
    """
    order = _order([cell.strip() for cell in cells])
    return [_time(cell.strip(), order) for cell in cells]


def _order(cells: list[str]) -> str:
    """Whether slashes put the day or the month first in this column; "" where both fit."""
    found = [match for match in map(YEAR_LAST.match, cells) if match and "." not in match[0]]
    if any(int(match[1]) > 12 for match in found):
        return "day"
    return "month" if any(int(match[2]) > 12 for match in found) else ""


def _time(cell: str, order: str) -> str:
    match = YEAR_LAST.match(cell)
    if match and len(match[3]) < 4:
        return ""
    if match and "." not in match[0] and not order and match[1] != match[2]:
        return ""
    (stamp,) = as_iso([cell], order or "day")
    if stamp == cell and MIDNIGHT not in stamp and len(stamp) != len("2026-01-28 10:00:00"):
        return ""
    return stamp if CLOCK.search(cell) and not stamp.endswith(MIDNIGHT) else stamp[:10]
