"""Series of indicators on the net: the World Bank (Indicators API, version 2) and Eurostat (API Statistics 1.0).

Asked through the client of `services`, which repeats what fails and says where it ends. wbgapi 1.0.14,
eurostat 1.1.1 and pyjstat 2.4.0 were looked at: the first two repeat no request and hand over tables in place
of the answers, which are to be kept as they came; of JSON-stat only the order of cells matters here, which
numpy knows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coproduction.core.errors import StudyError
from coproduction.core.text import some
from coproduction.formats.services import Client

PAGE = 1000  # values of a page of the World Bank
_YEAR = re.compile(r"\d{4}")


@dataclass
class Value:
    """One value as the service states it: its code of the country, the year, the number, its flag."""

    country: str
    year: int
    value: float | None
    flag: str


@dataclass
class Series:
    """What a service gave: the values, what it says of the series, and its answers as they came."""

    values: list[Value]
    title: str
    unit: str
    updated: str
    answers: list[Any]


def worldbank(client: Client, base: str, code: str, countries: Sequence[str], first: int, last: int) -> Series:
    """The yearly values of an indicator for countries (ISO3 codes).

    Raises StudyError where the service refuses the code or a country, gives fewer values than it states,
    or where the series is not yearly.
    """
    address = f"{base}/country/{';'.join(countries)}/indicator/{code}"
    answers: list[Any] = []
    rows: list[dict[str, Any]] = []
    about: dict[str, Any] = {}
    pages, number = 1, 0
    while number < pages:
        number += 1
        query = {"format": "json", "date": f"{first}:{last}", "per_page": PAGE, "page": number}
        answer = client.get(address, query, form=list)
        about = answer[0] if answer and isinstance(answer[0], dict) else {}
        if not answer or len(answer) < 2 or "message" in about:
            raise _refused("the World Bank", code, _words(about.get("message")))
        answers.append(answer)
        rows += answer[1] or []
        pages = min(int(about.get("pages") or 1), 1000)
    stated = int(about.get("total") or 0)
    if len(rows) != stated:
        raise StudyError(
            f"the World Bank stated {stated} values of {code} and gave {len(rows)}",
            remedy="Try again with the same command; nothing of this series was kept",
        )
    values = [
        Value(
            row.get("countryiso3code") or row["country"]["id"],
            _year(str(row["date"]), code),
            row["value"],
            str(row.get("obs_status") or ""),
        )
        for row in rows
    ]
    first_row = rows[0] if rows else {}
    title = (first_row.get("indicator") or {}).get("value", "")
    return Series(values, title, str(first_row.get("unit") or ""), str(about.get("lastupdated") or ""), answers)


def eurostat(client: Client, base: str, code: str, filters: Mapping[str, str], first: int, last: int) -> Series:
    """The yearly values of a data set of Eurostat for all countries, one cell for each country and year.

    filters: the value of each further dimension (unit, age, sex …) that has more than one
    Raises StudyError where the service refuses the request, where a dimension still has several values
    (they are named), and where the series is not yearly.
    """
    query = {"format": "JSON", "lang": "EN", "geoLevel": "country", "sinceTimePeriod": first, "untilTimePeriod": last}
    answer = client.get(f"{base}/data/{code}", query | dict(filters))
    if answer is None or "error" in answer or "warning" in answer or "id" not in answer:
        raise _refused("Eurostat", code, _words(answer))
    names, sizes = list(answer["id"]), [int(size) for size in answer["size"]]
    codes = {name: _codes(answer["dimension"][name]["category"]) for name in names}
    _check_dimensions(code, codes)
    cells, flags = _by_place(answer.get("value")), _by_place(answer.get("status"))
    values = []
    for place in sorted(set(cells) | set(flags)):
        at = dict(zip(names, np.unravel_index(place, sizes), strict=True))
        year = _year(codes["time"][at["time"]], code)
        values.append(Value(codes["geo"][at["geo"]], year, cells.get(place), str(flags.get(place) or "")))
    units = answer["dimension"].get("unit", {}).get("category", {}).get("label", {})
    return Series(
        values,
        str(answer.get("label") or ""),
        next(iter(units.values()), ""),
        str(answer.get("updated") or "")[:10],
        [answer],
    )


def _codes(category: Mapping[str, Any]) -> list[str]:
    """The codes of a dimension in their order; a dimension of one value may have labels alone."""
    index = category.get("index", list(category.get("label", {})))
    return sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)


def _by_place(cells: Any) -> dict[int, Any]:
    """Cells of JSON-stat by their place: given as a list, or as an object that leaves places out."""
    if isinstance(cells, dict):
        return {int(place): cell for place, cell in cells.items() if cell is not None}
    return {place: cell for place, cell in enumerate(cells or []) if cell is not None}


def _check_dimensions(code: str, codes: Mapping[str, Sequence[str]]) -> None:
    missing = {"geo", "time"} - set(codes)
    if missing:
        raise StudyError(
            f"the data set {code} of Eurostat has no dimension '{sorted(missing)[0]}'",
            remedy="Choose a data set by country and year",
        )
    several = {name: values for name, values in codes.items() if name not in ("geo", "time") and len(values) > 1}
    if several:
        named = "; ".join(f"{name}: {some(values, 8)}" for name, values in several.items())
        example = "&".join(f"{name}={values[0]}" for name, values in several.items())
        raise StudyError(
            f"the data set {code} of Eurostat has several values for each country and year ({named})",
            remedy=f"Specify which one, as in eurostat:{code}?{example}",
        )


def _year(year_text: str, code: str) -> int:
    if not _YEAR.fullmatch(year_text):
        raise StudyError(f"the series {code} is not yearly ('{year_text}')", remedy="Choose a yearly series")
    return int(year_text)


def _refused(service: str, code: str, reason: str) -> StudyError:
    return StudyError(
        f"{service} has no series {code}{': ' + reason if reason else ''}",
        remedy="Correct the code or its filters in the setting desk.online.series",
    )


def _words(content: Any) -> str:
    """The sentences in what a service says of a request that it refuses."""
    if isinstance(content, dict):
        return _words(content.get("value") or content.get("label") or content.get("error") or content.get("warning"))
    if isinstance(content, list):
        return "; ".join(filter(None, (_words(entry) for entry in content)))
    return " ".join(content.split()) if isinstance(content, str) else ""
