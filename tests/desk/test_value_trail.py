"""From each value to its indicator, year, source and row."""

import pytest
from coproduction.core.tables import empty
from coproduction.desk import comparison, tables, value_trail
from desk.conftest import SETTINGS, book, small


@pytest.fixture(scope="module")
def trail(demo):
    found = demo.compared
    return value_trail.of_values(found.normalised, demo.values, demo.codebook, found.scores)


def test_each_value_has_its_source_its_year_and_its_row(demo, trail):
    rows = {row["anchor"]: row | {"country": own["country"]} for own in trail["values"] for row in own["rows"]}
    assert len(rows) == len(demo.compared.normalised) == sum(len(own["rows"]) for own in trail["values"])
    used = demo.values[demo.values["outcome"] == "used"]
    number = {code: n for n, code in enumerate(demo.codebook["indicator"], start=1)}
    about = demo.codebook.set_index("indicator")
    for entry in used.itertuples():
        row = rows[f"value-{entry.country}-{number[entry.indicator]}"]
        assert row["year"] == str(entry.year)
        assert row["place"] == f"indicators.csv, row {entry.row}"
        assert float(row["value"].replace(",", "").replace("\u2212", "-")) == pytest.approx(entry.value, rel=0.006)
        assert (row["indicator"], row["source"]) == tuple(about.loc[entry.indicator, ["name", "source"]])
    assert [own["number"] for own in trail["sources"]] == list(range(1, len(demo.codebook) + 1))


def test_tables_for_paper_hold_every_value_once(demo, trail):
    shown = [cell for part in trail["value_tables"] for row in part["rows"] for cell in list(row.values())[1:]]
    links = [cell for cell in shown if cell != "–"]
    assert len(links) == len(set(links)) == len(demo.compared.normalised)
    assert all(len(part["heads"]) <= value_trail.ACROSS + 1 for part in trail["value_tables"])
    assert len({part["label"] for part in trail["value_tables"]}) == len(trail["value_tables"])


def test_imputed_values_and_marks_of_the_publisher_are_told():
    values = small({("AUT", "a"): 1, ("BEL", "a"): 2, ("DEU", "a"): 4, ("AUT", "b"): 1, ("BEL", "b"): 3})
    values = values.assign(file="online.csv", flag=["", "p", "", "b|d", ""])
    settings = SETTINGS.model_copy(update={"imputation": "median", "minimum_share": 0.1})
    codebook = book(a="social", b="social")
    found = comparison.compare(values, codebook, settings, 1)
    told = value_trail.of_values(found.normalised, values, codebook, found.scores)
    (part,) = told["value_tables"]
    cells = {row["country"].split("]")[0].strip("["): row for row in part["rows"]}
    assert cells["Belgium"]["a"].startswith("[2 (2020, p)](evidence#value-BEL-1)")
    assert cells["Austria"]["b"].startswith("[1 (2020, b\\|d)](evidence#value-AUT-2)")
    assert cells["Germany"]["b"].startswith("[2 (imputed)](evidence#value-DEU-2)")
    rows = {row["anchor"]: row for own in told["values"] for row in own["rows"]}
    imputed = rows["value-DEU-2"]
    assert (imputed["imputed"], imputed["place"], imputed["year"], imputed["percentile"]) == (True, "", "", None)
    assert rows["value-BEL-1"]["flag"] == "p"


def test_many_indicators_of_a_dimension_are_several_tables():
    names = [f"i{n}" for n in range(13)]
    values = small({(code, name): n for n, code in enumerate(["AUT", "BEL", "DEU"]) for name in names})
    codebook = book(**dict.fromkeys(names, "social"))
    found = comparison.compare(values.assign(file="t.csv", flag=""), codebook, SETTINGS, 1)
    told = value_trail.of_values(found.normalised, values.assign(file="t.csv", flag=""), codebook, found.scores)
    assert [len(part["heads"]) - 1 for part in told["value_tables"]] == [5, 5, 3]


def test_nothing_compared_has_no_trail():
    nothing = [empty(table) for table in (tables.NORMALISED, tables.VALUES, tables.CODEBOOK, tables.SCORES)]
    assert value_trail.of_values(*nothing) == {"values": [], "sources": [], "value_tables": []}
