"""Days and times as ISO text, so that they sort: the one rule for all files.

Tools write ISO (LimeSurvey, Qualtrics, REDCap), month first (SurveyMonkey, Microsoft Forms in
English) or day first; which of the two a column means is settled by the whole column, never stamp
by stamp. pandas' own parser guesses per value and was left out for that reason.

`as_iso` reads the stamps of survey tools, of which the order is known or follows from the rows.
`as_times` reads what people and table programs write: where a stamp has two readings, neither counts.
"""

import re
from datetime import datetime, timedelta

YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
YEAR_LAST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?", re.IGNORECASE)

# The first letters of the months in English, German, French, Spanish, Italian, Portuguese and Dutch.
MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan gen ene",
            "feb fév fev",
            "mar mär mrz mrt",
            "apr avr abr",
            "may mai mei mag",
            "jun juin giu",
            "jul juil lug",
            "aug aoû aou ago",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez déc dic",
        ),
        start=1,
    )
    for month in names.split()
}
_DAY_NAMED = re.compile(
    r"^(\d{1,2})(?:\.|st|nd|rd|th)?[ \-/]+(?:de )?([^\W\d_]{3,})\.?,?[ \-/]+(?:de )?(\d{4})(?!\d)", re.I
)
_MONTH_NAMED = re.compile(r"^([^\W\d_]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)", re.I)

_OFFSET = re.compile(
    r":\d{2}(?:\.\d+)?(?: ?[ap]\.?m\.?)? ?(?:Z|(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?|UTC|GMT)$", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?|\d{10}|\d{13}")
# Numbers from and below, what they count from and in: days of table programs, seconds and milliseconds of computers.
_COUNTED = (
    (36526, 73050, datetime(1899, 12, 30), "days"),
    (946684800, 4102444800, datetime(1970, 1, 1), "seconds"),
    (946684800000, 4102444800000, datetime(1970, 1, 1), "milliseconds"),
)
MIDNIGHT = " 00:00:00"  # what table programs add to a day


def as_iso(stamps: list[str], order: str = "auto") -> list[str]:
    """ISO text (YYYY-MM-DD HH:MM:SS) of each stamp; what is no date stays as it is.

    *order* is "day", "month" or "auto": day first where some first number is above 12, or where
    only so the stamps grow from row to row; else month first. Stamps at different distances from world time
    are told in that, as in `as_times`.

    >>> as_iso(["2026-01-02T23:30:00+01:00", "2026-01-02T23:00:00Z"])
    ['2026-01-02 22:30:00', '2026-01-02 23:00:00']
    >>> as_iso(["Feb 09, 2026 9:00:00 pm", "later"])
    ['2026-02-09 21:00:00', 'later']
    """
    in_figures = [_in_figures(stamp.strip()) for stamp in _of_numbers(stamps)]
    day_first = order == "day" or (order == "auto" and _day_first(in_figures))
    times = [_iso(stamp, day_first) for stamp in in_figures]
    return [time or stamp for time, stamp in zip(_at_one_distance(times, stamps), stamps, strict=True)]


def _of_numbers(stamps: list[str]) -> list[str]:
    """Stamps all of which are numbers as table programs and computers count time, as days; others as they are.

    >>> _of_numbers(["46054.5", "46055"]), _of_numbers(["1769936400"]), _of_numbers(["12", "46055"])
    (['2026-02-01 12:00:00', '2026-02-02 00:00:00'], ['2026-02-01 09:00:00'], ['12', '46055'])
    """
    filled = [stamp for stamp in stamps if stamp.strip()]
    if not filled or not all(map(_NUMBER.fullmatch, filled)):
        return stamps
    for first, last, begin, unit in _COUNTED:
        if all(first <= float(stamp) < last for stamp in filled):
            days = [begin + timedelta(**{unit: float(stamp)}) if stamp.strip() else None for stamp in stamps]
            return [day.isoformat(sep=" ", timespec="seconds") if day else "" for day in days]
    return stamps


def order_is_open(stamps: list[str]) -> bool:
    """Whether nothing in the stamps of a column says if the day or the month comes first.

    >>> order_is_open(["1/2/2026", "1/3/2026"]), order_is_open(["1/2/2026", "13/2/2026"]), order_is_open(["1.2.2026"])
    (True, False, False)
    """
    matches = [m for m in (YEAR_LAST.match(stamp.strip()) for stamp in stamps) if m]
    if not matches or any("." in m.group(0) or max(int(m.group(1)), int(m.group(2))) > 12 for m in matches):
        return False
    readings = [[_iso(m.string.strip(), first) for m in matches] for first in (True, False)]
    return readings[0] != readings[1] and len({reading == sorted(reading) for reading in readings}) == 1


def _day_first(stamps: list[str]) -> bool:
    matches = [m for m in (YEAR_LAST.match(s.strip()) for s in stamps) if m]
    if any("." in m.group(0) for m in matches):
        return True  # 24.11.2026 is never month first
    if any(int(m.group(1)) > 12 for m in matches):
        return True
    if any(int(m.group(2)) > 12 for m in matches):
        return False
    month = [_iso(m.string.strip(), False) for m in matches]
    day = [_iso(m.string.strip(), True) for m in matches]
    return month != sorted(month) and day == sorted(day)


def _iso(stamp: str, day_first: bool) -> str:
    text = stamp.strip()
    if match := YEAR_FIRST.match(text):
        year, month, day = match.groups()
    elif match := YEAR_LAST.match(text):
        one, two, year = match.groups()
        day, month = (one, two) if day_first else (two, one)
        year = year if len(year) == 4 else f"20{year}"
    else:
        return ""
    hour, minute, second = _clock(text[match.end() :])
    try:
        moment = datetime(int(year), int(month), int(day), hour, minute, second)
    except ValueError:
        return ""
    return moment.isoformat(sep=" ")


def _clock(rest: str) -> tuple[int, int, int]:
    match = CLOCK.search(rest)
    if not match:
        return 0, 0, 0
    hour, half = int(match.group(1)), (match.group(4) or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(match.group(2)), int(match.group(3) or 0)


def as_times(cells: list[str]) -> list[str]:
    """YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS where a clock is given; "" for what cannot be told.

    The cells are those of one column. Where they have been written at different distances from world time, they are
    told in that; with the same one they stay as they are.

    >>> as_times(["2026-01-28T23:30:00-05:00", "2026-01-29T01:00:00+01:00"])
    ['2026-01-29 04:30:00', '2026-01-29 00:00:00']
    >>> as_times(["2026-01-28T10:00:00Z", "28.01.2026 9:05", "28.1.2026 00:00", "1/2/2026", "45748"])
    ['2026-01-28 10:00:00', '2026-01-28 09:05:00', '2026-01-28', '', '']
    >>> as_times(["28-Jan-2026", "Jan 28, 2026 10:05 AM"])
    ['2026-01-28', '2026-01-28 10:05:00']
    >>> as_times(["1/2/2026", "1/28/2026"])
    ['2026-01-02', '2026-01-28']
    """
    plain = [_in_figures(cell.strip()) for cell in cells]
    order = _order(plain)
    times = [_time(cell, order) for cell in plain]
    return _at_one_distance(times, plain)


def _at_one_distance(times: list[str], written: list[str]) -> list[str]:
    """The times in world time where they have been written at different distances from it; else as they are."""
    away = [_minutes_ahead(cell.strip()) for cell in written]
    if len(set(away) - {None}) < 2:
        return times
    return [_earlier(time, minutes) for time, minutes in zip(times, away, strict=True)]


def _minutes_ahead(cell: str) -> int | None:
    """By how many minutes a time is ahead of world time; None where it does not say so.

    >>> _minutes_ahead("2026-01-28T10:00:00+01:00"), _minutes_ahead("10:00Z"), _minutes_ahead("2026-01-28 10:00")
    (60, 0, None)
    >>> _minutes_ahead("2026/01/28 11:30:00 PM GMT+2"), _minutes_ahead("2026/01/28 10:00:00 PM UTC")
    (120, 0)
    """
    match = _OFFSET.search(cell)
    if not match:
        return None
    sign, hours, minutes = match.groups()
    return (int(hours) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1) if sign else 0


def _earlier(time: str, minutes: int | None) -> str:
    if not minutes or not time:
        return time
    return (datetime.fromisoformat(time) - timedelta(minutes=minutes)).isoformat(sep=" ")


def _in_figures(cell: str) -> str:
    """A day whose month has a name, year first and in figures; others as they are.

    >>> _in_figures("28-Jan-2026 10:00"), _in_figures("Jan 28, 2026"), _in_figures("1. März 2026")
    ('2026-01-28 10:00', '2026-01-28', '2026-03-01')
    """
    if match := _DAY_NAMED.match(cell):
        day, name, year = match.groups()
    elif match := _MONTH_NAMED.match(cell):
        name, day, year = match.groups()
    else:
        return cell
    month = MONTHS.get(name.lower()[:4], MONTHS.get(name.lower()[:3]))
    return f"{year}-{month:02}-{int(day):02}{cell[match.end() :]}" if month else cell


def _order(cells: list[str]) -> str:
    """Whether slashes put the day or the month first in this column; "" where both fit."""
    matches = [match for match in map(YEAR_LAST.match, cells) if match and "." not in match[0]]
    if any(int(match[1]) > 12 for match in matches):
        return "day"
    return "month" if any(int(match[2]) > 12 for match in matches) else ""


def _time(cell: str, order: str) -> str:
    match = YEAR_LAST.match(cell)
    if match and len(match[3]) < 4:
        return ""
    if match and "." not in match[0] and not order and match[1] != match[2]:
        return ""
    stamp = _iso(cell, order != "month") or cell
    if stamp == cell and MIDNIGHT not in stamp and len(stamp) != len("2026-01-28 10:00:00"):
        return ""
    return stamp if CLOCK.search(cell) and not stamp.endswith(MIDNIGHT) else stamp[:10]
