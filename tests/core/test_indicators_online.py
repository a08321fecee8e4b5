"""Series by API: frozen in the study folder, read beside what people keep; services on this computer."""

import json

import pytest
from coproduction import command, indicators_online
from coproduction.config import load_config
from coproduction.core.errors import StudyError
from coproduction.desk import indicators
from coproduction.formats.services import Client
from service_server import served

CODEBOOK = """indicator,name,dimension,direction,unit,source,licence,url,retrieved,factors
trust,Trust,political,higher_better,%,World Bank,CC BY 4.0,,2026-01-01,
risk,Risk,social,lower_better,%,Eurostat,CC BY 4.0,,2026-01-01,
"""
# Two countries, two years and two units; the cell of Greece in 2020 is missing, one is an estimate.
CUBE = {
    "version": "2.0",
    "class": "dataset",
    "label": "People at risk",
    "updated": "2026-02-03T11:00:00+0100",
    "id": ["freq", "unit", "geo", "time"],
    "size": [1, 2, 3, 2],
    "dimension": {
        "freq": {"category": {"index": {"A": 0}, "label": {"A": "Annual"}}},
        "unit": {"category": {"index": {"PC": 0, "THS": 1}, "label": {"PC": "Percentage", "THS": "Thousand"}}},
        "geo": {"category": {"index": {"EU27_2020": 0, "EL": 1, "AT": 2}}},
        "time": {"category": {"index": {"2019": 0, "2020": 1}}},
    },
    "value": {"0": 20.5, "1": 21, "2": 30.1, "4": 17.25, "5": 16},
    "status": {"5": "e", "3": ":"},
}


class Statistics:
    """Answers as the two services do; `asked` holds path and parameters of each request."""

    def __init__(self, cells, page=3, cube=None):
        self.cells, self.page, self.cube = cells, page, cube or CUBE
        self.faults, self.asked, self.stated = [], [], None

    def answer(self, path, query):
        """State and content of the answer."""
        if path.startswith("/data/"):
            return self._eurostat(path.removeprefix("/data/"), query)
        _, _, codes, _, code = path.split("/")
        if code not in self.cells:
            said = [{"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}]
            return 200, [{"message": said}]
        rows = [row for row in self.cells[code] if row["countryiso3code"] in codes.split(";")]
        stated = len(rows) if self.stated is None else self.stated
        start = (int(query["page"]) - 1) * self.page
        about = {"page": int(query["page"]), "pages": -(-len(rows) // self.page), "total": stated}
        return 200, [about | {"lastupdated": "2026-02-01"}, rows[start : start + self.page] or None]

    def _eurostat(self, code, query):
        if code != "ilc_x":
            return 404, {"error": [{"status": 404, "label": "ERR_NOT_FOUND"}]}
        if "mailto" in query:
            return 400, {"error": [{"status": 400, "label": "unknown dimension mailto"}]}
        if query.get("unit") == "PC":
            keep = {place: value for place, value in self.cube["value"].items() if int(place) < 6}
            unit = {"category": {"index": {"PC": 0}, "label": {"PC": "Percentage"}}}
            dimension = self.cube["dimension"] | {"unit": unit}
            return 200, self.cube | {"size": [1, 1, 3, 2], "value": keep, "dimension": dimension}
        return 200, self.cube


def cell(country, year, value, flag=""):
    """A value as the World Bank states it."""
    return {
        "indicator": {"id": "SI.X", "value": "Trust in others"},
        "country": {"id": country[:2], "value": country},
        "countryiso3code": country,
        "date": str(year),
        "value": value,
        "unit": "",
        "obs_status": flag,
        "decimal": 1,
    }


CELLS = {"SI.X": [cell("AUT", year, year / 1000, "E" if year == 2019 else "") for year in range(2015, 2020)]}
CELLS["SI.X"] += [cell("GRC", 2019, None), cell("GRC", 2018, 1.5)]


@pytest.fixture
def study(tmp_path):
    """A study with a codebook of two indicators."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "codebook.csv").write_text(CODEBOOK, encoding="utf-8")
    return tmp_path


def fetched(study, service=None, which=(), countries=("AUT", "Greece", "MLT"), **series):
    """What is said when series are fetched on 1 March 2026."""
    said = []
    with served(service or Statistics(CELLS)) as base:
        online = {"series": series, "worldbank": base, "eurostat": base}
        desk = {"countries": list(countries), "online": online}
        config = load_config({"study": str(study), "results": str(study / "results"), "desk": desk})
        client = Client(pause=0, sleep=lambda seconds: None, named=False, settings="desk.online.series")
        indicators_online.fetch(config, which, client, "2026-03-01", said.append)
    return said


def read(study):
    """The rows as the workflow reads them."""
    book = indicators.read_codebook(study / "desk" / "codebook.csv", set())
    paths = sorted((study / "desk").glob("indicators*.csv"))
    return indicators.read_values(paths, book, [], 2000)


def test_values_of_the_world_bank_come_page_by_page_and_are_read_like_those_of_people(study):
    (study / "desk" / "indicators.csv").write_text("country,indicator,year,value\nAUT,risk,2020,16\n", encoding="utf-8")
    service = Statistics(CELLS)
    said = fetched(study, service, trust="worldbank:SI.X")
    assert said[0] == (
        "trust: World Bank: 6 values of 2 of 3 countries, 2015 to 2019 (Trust in others; updated 2026-02-01)"
    )
    assert said[1:4] == [
        "trust: 1 value flagged by the service (column flag)",
        "trust: 1 value without a number",
        "trust: no value for Malta",
    ]
    assert [query["page"] for _, query, _ in service.asked] == ["1", "2", "3"]
    assert service.asked[0][1]["date"] == "2000:2026"
    values = read(study)
    own = values[values["file"] == "indicators_online.csv"]
    assert own[["country", "year", "value", "flag", "outcome"]].values.tolist()[-2:] == [
        ["AUT", 2019, 2.019, "E", "used"],
        ["GRC", 2018, 1.5, "", "used"],
    ]
    assert values["file"].tolist() == ["indicators.csv"] + ["indicators_online.csv"] * 6
    frozen = json.loads((study / "desk/online/trust_2026-03-01.json").read_text(encoding="utf-8"))
    assert sum(len(rows) for _, rows in frozen["answers"]) == 7


def test_a_cube_of_eurostat_is_read_cell_by_cell(study):
    said = fetched(study, risk="eurostat:ilc_x?unit=PC")
    assert said[0].startswith("risk: Eurostat: 3 values of 2 of 3 countries, 2019 to 2020 (People at risk; Percentage;")
    assert "risk: 1 value without a number" in said
    assert "risk: 2 values for other countries and regions, left out" in said
    assert read(study)[["country", "year", "value", "flag"]].values.tolist() == [
        ["AUT", 2019, 17.25, ""],
        ["AUT", 2020, 16, "e"],
        ["GRC", 2019, 30.1, ""],
    ]


def test_cells_may_come_as_a_list(study):
    cube = CUBE | {
        "value": [1.5, None, 2.5, None, 3.5, None],
        "status": ["", "", "p", "", "", ""],
        "size": [1, 1, 3, 2],
    }
    cube["dimension"] = CUBE["dimension"] | {"unit": {"category": {"label": {"PC": "Percentage"}}}}
    fetched(study, Statistics(CELLS, cube=cube), risk="eurostat:ilc_x")
    assert read(study)[["country", "value", "flag"]].values.tolist() == [["AUT", 3.5, ""], ["GRC", 2.5, "p"]]


def test_what_is_frozen_is_not_asked_again(study):
    fetched(study, trust="worldbank:SI.X")
    before = (study / "desk/indicators_online.csv").read_bytes()
    service = Statistics(CELLS)
    said = fetched(study, service, trust="worldbank:SI.X")
    assert "already fetched (trust_2026-03-01.json)" in said[0]
    assert (service.asked, (study / "desk/indicators_online.csv").read_bytes()) == ([], before)
    said = fetched(study, which=["risk"], trust="worldbank:SI.X", risk="eurostat:ilc_x?unit=PC")
    assert said[0].startswith("risk: Eurostat")


def test_faults_on_the_way_are_repeated(study):
    service = Statistics(CELLS)
    service.faults = [(429, {"Retry-After": "1"}), "cut", (503, {}), None, "reset"]
    fetched(study, service, trust="worldbank:SI.X")
    assert len(read(study)) == 6
    assert len(service.asked) == 7


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ({"risk": "eurostat:ilc_x"}, r"several values for each country and year \(unit: PC, THS\)"),
        ({"risk": "eurostat:none"}, "Eurostat has no series none"),
        ({"trust": "worldbank:NONE"}, "no series NONE: The provided parameter value is not valid"),
        ({"other": "worldbank:SI.X"}, "'other' of the setting 'desk.online.series' is not in codebook.csv"),
        ({}, "'desk.online.series' is empty"),
    ],
)
def test_what_cannot_be_fetched_is_said_and_leaves_nothing(study, series, message):
    with pytest.raises(StudyError, match=message):
        fetched(study, **series)
    assert not (study / "desk/indicators_online.csv").exists()


def test_an_answer_with_less_than_stated_is_refused(study):
    service = Statistics(CELLS)
    service.stated = 9
    with pytest.raises(StudyError, match=r"stated 9 values of SI\.X and gave 7"):
        fetched(study, service, trust="worldbank:SI.X")


def test_series_by_quarter_are_refused(study):
    cells = {"SI.X": [cell("AUT", "2019Q1", 1)]}
    with pytest.raises(StudyError, match=r"not yearly \('2019Q1'\)"):
        fetched(study, Statistics(cells), trust="worldbank:SI.X")


def test_countries_must_be_named(study):
    with pytest.raises(StudyError, match=r"'desk\.countries' is empty"):
        fetched(study, countries=(), trust="worldbank:SI.X")


def test_a_value_that_people_have_otherwise_is_named(study):
    (study / "desk" / "indicators.csv").write_text("country,indicator,year,value\nAUT,trust,2019,7\n", encoding="utf-8")
    fetched(study, trust="worldbank:SI.X")
    with pytest.raises(
        StudyError, match=r"AUT has several values for 'trust' in 2019 \(also in row 6 of indicators_on"
    ):
        read(study)


def test_a_misspelt_series_is_a_mistake_of_the_settings():
    for written in ("worldbank", "oecd:X", "eurostat:x?PC"):
        with pytest.raises(StudyError, match="is no series"):
            load_config({"desk": {"online": {"series": {"trust": written}}}})


def test_the_command_asks_for_the_series(study, capsys):
    (study / "study.yaml").write_text(f"study: {study}\nresults: {study}/results\n", encoding="utf-8")
    assert command.main(["indicators", str(study)]) == 1
    assert "'desk.online.series' is empty" in capsys.readouterr().err
