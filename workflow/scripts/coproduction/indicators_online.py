"""Series of indicators by API, when people ask for them and never within a run: `python study.py indicators`.

What a service answers is frozen in `desk/online/` of the study folder, and its values are added to
`desk/indicators_online.csv`, which is read like the table that people keep. What is frozen is not asked
again. What an indicator means, whether high values favour the outcome and which conditions it describes
stays with people, in `codebook.csv`.
"""

import datetime
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from coproduction.config import Config
from coproduction.core import countries, study_files, tables
from coproduction.core.errors import StudyError
from coproduction.core.factors import read_factors
from coproduction.core.prose import noun
from coproduction.core.text import some
from coproduction.desk.indicators import countries_of_study, read_codebook
from coproduction.desk.settings import SERIES, SeriesSettings, filters_of
from coproduction.desk.tables import INDICATORS
from coproduction.formats import series, services
from coproduction.search_online import add_lines

FOLDER = Path("desk") / "online"
FILE = "desk/indicators_online.csv"
NAMES = {"worldbank": "World Bank", "eurostat": "Eurostat"}


def fetch(
    config: Config,
    which: Sequence[str] = (),
    client: services.Client | None = None,
    today: str = "",
    say: Callable[[str], None] = print,
) -> int:
    """Fetch the series that `which` names (empty: all of the settings) and that are not there yet."""
    online = config.desk.online
    client = client or services.Client(pause=online.pause, named=False, settings="desk.online.series")
    today = today or datetime.date.today().isoformat()
    names = _names_to_fetch(config, which)
    places = _places(config)
    for name in names:
        earlier_files = sorted((Path(config.study) / FOLDER).glob(f"{name}_[0-9]*.json"))
        if earlier_files:
            say(
                f"{name}: already fetched ({earlier_files[-1].name}); remove the file and its lines in {FILE} to "
                "fetch it again"
            )
            continue
        fetched = _fetched(client, online, name, list(places), int(today[:4]))
        _freeze(config, name, fetched, today, places, say)
    return 0


def _names_to_fetch(config: Config, which: Sequence[str]) -> list[str]:
    """The indicators to fetch; each must have a series in the settings and a line in the codebook."""
    series_of_settings = config.desk.online.series
    if not series_of_settings:
        raise StudyError(
            "the setting 'desk.online.series' is empty",
            remedy="List each series there under its indicator, such as trust: worldbank:CODE or eurostat:CODE?unit=PC",
        )
    unknown = [name for name in which if name not in series_of_settings]
    if unknown:
        raise StudyError(
            f"'{unknown[0]}' is not in the setting 'desk.online.series'", remedy=f"It has {some(series_of_settings)}"
        )
    book = next(iter(study_files.present(Path(config.study), "desk/codebook.csv")), None)
    codebook = read_codebook(book, set(read_factors(config.factors)["id"]), config.desk.dimensions)
    listed = set(codebook["indicator"])
    missing = [name for name in which or series_of_settings if name not in listed]
    if missing:
        raise StudyError(
            f"the indicator '{missing[0]}' of the setting 'desk.online.series' is not in codebook.csv",
            file=Path(config.study) / "desk" / "codebook.csv",
            remedy="Add a row for it first: what it measures, its dimension, and whether high values are favourable",
        )
    return list(which or series_of_settings)


def _places(config: Config) -> dict[str, str]:
    """The names of the countries of the comparison, by ISO3 code."""
    names = config.desk.countries
    if not names:
        raise StudyError(
            "the setting 'desk.countries' is empty, but the services are queried for the countries of the comparison",
            remedy="List them there, as ISO codes or in English",
        )
    return {code: countries.title(code) for code in countries_of_study(names)}


def _fetched(client: services.Client, online: SeriesSettings, name: str, places: list[str], year: int) -> series.Series:
    specification = online.series[name]
    form = SERIES.fullmatch(specification)
    assert form is not None, "the settings were checked"
    service, code = form.group(1), form.group(2)
    years = online.first_year, min(online.last_year, year)
    if service == "worldbank":
        return series.worldbank(client, online.worldbank, code, places, *years)
    filters = dict(part.split("=", 1) for part in filters_of(specification))
    return series.eurostat(client, online.eurostat, code, filters, *years)


def _freeze(
    config: Config, name: str, fetched: series.Series, today: str, places: dict[str, str], say: Callable[[str], None]
) -> None:
    """Keep the answers and add the values of the countries of the comparison; say what came and what did not."""
    specification = config.desk.online.series[name]
    codes = countries.iso3({value.country for value in fetched.values})
    of_countries = [value for value in fetched.values if codes.get(value.country) in places]
    filled = sorted(
        (value for value in of_countries if value.value is not None),
        key=lambda value: (codes[value.country], value.year),
    )
    about = {
        "series": specification,
        "date": today,
        "title": fetched.title,
        "unit": fetched.unit,
        "updated": fetched.updated,
        "answers": fetched.answers,
    }
    rows = [
        {
            "country": codes[value.country],
            "indicator": name,
            "year": str(value.year),
            "value": format(value.value, ".12g"),
            "flag": value.flag,
        }
        for value in filled
    ]
    if rows:
        path = Path(config.study) / FOLDER / f"{name}_{today}.json"
        tables.write_text(json.dumps(about, ensure_ascii=False, indent=1), path)
        add_lines(config, FILE, list(INDICATORS.columns), rows, say)
    for line in _summary(specification, fetched, of_countries, filled, codes, places):
        say(f"{name}: {line}")
    say(f"{name}: write {today} in the column 'retrieved' of codebook.csv")


def _summary(
    specification: str,
    fetched: series.Series,
    of_countries: list[series.Value],
    filled: list[series.Value],
    codes: dict[str, str],
    places: dict[str, str],
) -> Iterator[str]:
    """What came, where from, and what of it does not count, in lines."""
    years = sorted({value.year for value in filled})
    span = f", {years[0]} to {years[-1]}" if years else ""
    details = "; ".join(filter(None, (fetched.title, fetched.unit, fetched.updated and f"updated {fetched.updated}")))
    with_values = {codes[value.country] for value in filled}
    service = NAMES[specification.partition(":")[0]]
    yield f"{service}: {_count(len(filled), 'value')} of {len(with_values)} of {_count(len(places), 'country')}{span} ({details})"
    not_counted = {
        "flagged by the service (column flag)": sum(bool(value.flag) for value in filled),
        "without a number": len(of_countries) - len(filled),
        "for other countries and regions, left out": len(fetched.values) - len(of_countries),
    }
    yield from (f"{_count(number, 'value')} {words}" for words, number in not_counted.items() if number)
    without = [title for code, title in places.items() if code not in with_values]
    if without:
        yield f"no value for {some(without, 6)}"


def _count(number: int, what: str) -> str:
    return f"{number} {noun(number, what)}"
