"""Statistics as their publishers hand them out, from the file to the values of the study; invented values unless real."""

import openpyxl
import pandas as pd
import pytest
from coproduction.core import tables
from coproduction.core.errors import StudyError
from coproduction.desk import downloads, indicators

WORLD_BANK = """"Data Source","World Development Indicators",

"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",
"Austria","AUT","Example (%)","EX.AMP.LE","1.5","2.5",
"Korea, Rep.","KOR","Example (%)","EX.AMP.LE","3","..",
"Small states","SST","Example (%)","EX.AMP.LE","4","4",
"Atlantis","ATX","Example (%)","EX.AMP.LE","5","5",
"Austria","AUT","Other","OT.HER","9","9",
"""


def codebook(**series):
    """Indicators by id, each with the series of the publisher."""
    rows = [
        {"indicator": name, "series": asked, "name": name, "dimension": "social", "direction": "higher_better"}
        for name, asked in series.items()
    ]
    return pd.DataFrame(rows, columns=["indicator", "series", "name", "dimension", "direction"])


@pytest.fixture
def download(tmp_path):
    def download(text, name="a.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return download


def values_of(path, book, countries=(), settled=None):
    """VALUES with outcomes, and what was read."""
    read = downloads.read([path], book, settled)
    return indicators.read_values([], book, list(countries), 2000, settled, read), read


def test_every_value_of_a_named_series_has_one_outcome(download):
    path = download(WORLD_BANK)
    values, read = values_of(path, codebook(example="EX.AMP.LE"))
    assert values[["file", "row", "country", "year", "value", "outcome"]].to_numpy().tolist() == [
        ["downloads/a.csv", 4, "AUT", 2019, 1.5, "superseded by a later year"],
        ["downloads/a.csv", 4, "AUT", 2020, 2.5, "used"],
        ["downloads/a.csv", 5, "KOR", 2019, 3.0, "used"],
        ["downloads/a.csv", 6, "Small states", 2019, 4.0, "aggregate, not a country"],
        ["downloads/a.csv", 6, "Small states", 2020, 4.0, "aggregate, not a country"],
        ["downloads/a.csv", 7, "Atlantis", 2019, 5.0, "not a known country"],
        ["downloads/a.csv", 7, "Atlantis", 2020, 5.0, "not a known country"],
    ]
    file = read.files.iloc[0]
    assert (file["rows"], file["notes"], file["series"], file["series_used"]) == (5, 1, 2, 1)
    assert (file["values"], file["without_value"], file["unknown_places"]) == (7, 1, "Atlantis")
    assert read.series[["series", "title", "values", "indicators"]].to_numpy().tolist() == [
        ["EX.AMP.LE", "Example (%)", 8, "example"],
        ["OT.HER", "Other", 2, ""],
    ]


def test_what_people_settle_in_countries_csv_counts(download):
    settled = {"atlantis": "ISL"}
    values, read = values_of(download(WORLD_BANK), codebook(example="EX.AMP.LE"), settled=settled)
    assert (values["country"] == "ISL").sum() == 2
    assert read.files["unknown_places"].tolist() == [""]


def test_an_indicator_without_series_goes_by_its_id(download):
    values, _ = values_of(download("Entity,Code,Year,trust\nAustria,AUT,2020,3\n"), codebook(trust=""))
    assert values[["country", "value", "outcome"]].to_numpy().tolist() == [["AUT", 3.0, "used"]]


def test_without_a_codebook_the_series_are_listed(download):
    values, read = values_of(download(WORLD_BANK), codebook())
    assert values.empty
    assert read.series["series"].tolist() == ["EX.AMP.LE", "OT.HER"]


def test_values_beside_the_table_of_people_must_not_contradict_it(download, tmp_path):
    table = tmp_path / "indicators.csv"
    table.write_text("country,indicator,year,value\nAUT,example,2020,2.5\nAUT,example,2019,7\n")
    book = codebook(example="EX.AMP.LE")
    read = downloads.read([download(WORLD_BANK)], book)
    with pytest.raises(StudyError, match=r"AUT has several values for 'example' in 2019 .*row 4 of downloads/a.csv"):
        indicators.read_values([table], book, [], 2000, None, read)
    table.write_text("country,indicator,year,value\nAUT,example,2020,2.5\n")
    values = indicators.read_values([table], book, [], 2000, None, read)
    assert values[values["country"] == "AUT"]["outcome"].tolist() == [
        "used",
        "superseded by a later year",
        "repeated line",
    ]


def test_two_rows_of_one_country_are_one_question_and_none_outside_the_comparison(download):
    path = download("country,2019,2020,2021\nCzech Rep.,1,0,3\nCzech Republic,2,5,3\nAustria,4,4,4\n", "trust.csv")
    with pytest.raises(
        StudyError, match=r"CZE .* 2019 and 1 more \(also in row 3\).*'Czech Rep.' and 'Czech Rep"
    ) as error:
        values_of(path, codebook(trust=""))
    assert (error.value.row, len(error.value.parts)) == (2, 1)
    values, _ = values_of(path, codebook(trust=""), countries=["AUT"])
    assert values[values["outcome"] == "used"]["value"].tolist() == [4.0]
    settled, _ = values_of(path, codebook(trust=""), settled={"czech rep.": ""})
    assert settled[settled["country"] == "CZE"]["value"].tolist() == [2.0, 5.0, 3.0]


def test_one_place_under_the_names_of_two_countries_is_asked_about(download):
    path = download("Entity,Code,Year,trust\nAustria,AUS,2020,3\n")
    with pytest.raises(StudyError, match="'AUS' and 'Austria', which are two") as error:
        downloads.read([path], codebook(trust=""))
    assert error.value.file == str(path)
    read = downloads.read([path], codebook(trust=""), {"aus": "AUT"})
    assert read.values["country"].tolist() == ["AUT"]


@pytest.mark.parametrize(
    ("text", "said", "row"),
    [
        ("geo,TIME_PERIOD,OBS_VALUE\nAT,2020-Q1,1\n", "parts of a year", 2),
        ('geo,TIME_PERIOD,OBS_VALUE\nAT,2020,1\nBE,2020,"1,234"\n', "'1,234', where numbers", 3),
        ("geo,TIME_PERIOD,OBS_VALUE\nAT,2020,high\n", "'high', where numbers", 2),
    ],
)
def test_what_is_no_yearly_number_is_named_with_its_row(download, text, said, row):
    path = download(text, "trust.csv")
    with pytest.raises(StudyError, match=said) as error:
        downloads.read([path], codebook(trust=""))
    assert (error.value.file, error.value.row) == (str(path), row)
    assert downloads.read([path], codebook(other="")).values.empty  # nobody asked for it


def test_values_of_two_years_at_once_are_left_out_where_others_are_yearly(download):
    values, _ = values_of(download("country,year,trust\nAUT,2012-2013,1\nAUT,2015,2\n"), codebook(trust=""))
    assert values["outcome"].tolist() == ["not for a single year", "used"]


def test_a_table_without_years_says_what_it_lacks(download):
    with pytest.raises(StudyError, match="to which year") as error:
        downloads.read([download("country-code,country-name,index\nAUT,Austria,0.7\n")], codebook())
    assert "as in index?year=2020 (it holds index)" in error.value.remedy


def test_all_series_that_are_not_told_apart_are_named_at_once(download):
    path = download(
        "country,year,value,unit,variable\nAUT,2020,1,EUR,a\nAUT,2020,2,DKK,a\nAUT,2020,1,EUR,b\nAUT,2020,2,DKK,b\n"
    )
    with pytest.raises(StudyError) as error:
        downloads.read([path], codebook(one="a", two="b", three="a?unit=EUR"))
    assert [part.problem.partition(":")[0][-9:] for part in error.value.parts] == ["named 'a'", "named 'b'"]


def test_all_files_at_fault_are_named_at_once(download):
    paths = [download("a,b\n1,2\n", "one.csv"), download("x", "two.pdf"), download(WORLD_BANK)]
    with pytest.raises(StudyError) as error:
        downloads.read(paths, codebook())
    assert [part.file for part in error.value.parts] == [str(path) for path in paths[:2]]


def test_decimal_commas_are_told_by_the_series(download):
    values, _ = values_of(download('country,year,trust\nAUT,2020,"0,847"\nBEL,2020,"1,022"\n'), codebook(trust=""))
    assert values["value"].tolist() == [0.847, 1.022]


def test_the_tables_hold_to_their_schemas(download, tmp_path):
    read = downloads.read([download(WORLD_BANK)], codebook(example="EX.AMP.LE"))
    for form, table in ((downloads.DOWNLOADS, read.files), (downloads.DOWNLOADED_SERIES, read.series)):
        tables.write_csv(table, tmp_path / "made.csv", form)


def test_real_governance_indicators_as_handed_out(shared_data):
    """The World Bank's file of governance indicators beside its own cells, read by pandas."""
    path = shared_data / "indicators" / "wb_WGIData.csv"
    values, read = values_of(path, codebook(corruption="CC.EST", law="Rule of Law: Estimate"))
    raw = pd.read_csv(path, encoding="utf-8-sig")
    own = raw[raw["Indicator Code"].isin(["CC.EST", "RL.EST"])]
    assert len(values) == own.loc[:, "1996":"2022"].notna().sum().sum()
    assert read.files["series"].tolist() == [raw["Indicator Code"].nunique()]
    denmark = own[(own["Country Code"] == "DNK") & (own["Indicator Code"] == "CC.EST")]
    used = values[(values["country"] == "DNK") & (values["indicator"] == "corruption") & (values["outcome"] == "used")]
    assert used[["year", "value"]].to_numpy().tolist() == [[2022, denmark["2022"].item()]]
    assert read.files["unknown_places"].tolist() == ["Netherlands Antilles"]
    assert set(values.loc[values["outcome"] == "not a known country", "country"]) == {"Netherlands Antilles"}


def test_real_files_of_other_publishers(shared_data):
    """Every file with countries, years and values offers its series; the cells it offers are those it has."""
    folder = shared_data / "indicators"
    names = ["owid_World_Happiness_Report_2022.csv", "gapminder_internet_users.csv", "ti_cpi_wide.csv"]
    read = downloads.read([folder / name for name in names], codebook(i="internet_users", t="ti_cpi_wide"))
    filled = [pd.read_csv(folder / name, dtype=str, encoding="latin-1").iloc[:, 1:] for name in names]
    cells = [filled[0].iloc[:, -1].notna().sum(), filled[1].iloc[:, -1].notna().sum(), filled[2].notna().sum().sum()]
    assert read.series["values"].tolist() == cells
    assert read.files["series_used"].tolist() == [0, 1, 1]
    assert len(read.values) == cells[1] + cells[2]


UNDATED = "Country,EGDI,OSI\nAustria,0.8,0.9\nBelgium,0.7,\n"


def test_a_table_of_one_year_is_read_where_people_say_which(download):
    path = download(UNDATED, "egdi_2022.csv")
    values, read = values_of(path, codebook(example="EGDI?year=2022"))
    assert values[["row", "country", "year", "value", "outcome"]].to_numpy().tolist() == [
        [2, "AUT", 2022, 0.8, "used"],
        [3, "BEL", 2022, 0.7, "used"],
    ]
    assert read.series[["series", "values", "indicators"]].to_numpy().tolist() == [
        ["EGDI", 2, "example"],
        ["OSI", 1, ""],
    ]


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("egdi_2022.csv", "EGDI", "as in EGDI[?]year=2022"),
        ("egdi_2020_2022.csv", "OSI", "as in OSI[?]year=2020"),
        ("egdi.csv", "other", "as in EGDI[?]year=2020"),
        ("egdi.csv", "EGDI?year=22", "'22' is not a year"),
    ],
)
def test_of_which_year_a_table_is_is_asked_with_what_to_write(name, asked, said, download):
    with pytest.raises(StudyError, match=said):
        downloads.read([download(UNDATED, name)], codebook(example=asked))


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_a_workbook_is_told_by_what_is_in_it(tmp_path, name):
    book = openpyxl.Workbook()
    for row in (["Country", "Trust\n2019", "Trust\n2020"], ["Austria", 5, 6]):
        book.active.append(row)
    book.save(tmp_path / "made.xlsx")
    (tmp_path / "made.xlsx").rename(tmp_path / name)
    values, _ = values_of(tmp_path / name, codebook(trust="Trust"))
    assert values[["year", "value"]].to_numpy().tolist() == [[2019, 5], [2020, 6]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html><table><tr><td>Country</td></tr></table></html>", "a page of the web under the name of a workbook"),
        ("Country\t2019\nAustria\t5\n", "a text file under the name of a workbook"),
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "in the XML of Excel 2003",
        ),
    ],
)
def test_what_is_no_workbook_is_called_what_it_is(download, content, said):
    with pytest.raises(StudyError, match=said):
        values_of(download(content, "a.xls"), codebook(a="a"))


def test_percentages_in_a_download_need_their_unit(download):
    path = download("Country,2019\nAustria,45%\nBelgium,50\n")
    with pytest.raises(StudyError, match=r"Name its unit in codebook\.csv"):
        values_of(path, codebook(a="a"))
    values, _ = values_of(path, codebook(a="a").assign(unit="% of adults"))
    assert values["value"].tolist() == [45, 50]


def test_what_a_publisher_says_below_the_table_may_have_commas(download):
    values, read = values_of(
        download("Country,2019\nAustria,5\nSource: OECD, 2023, p. 5\n* break, see notes, 2\n"), codebook(a="a")
    )
    assert values["value"].tolist() == [5]
    assert read.files["notes"].tolist() == [2]


def test_the_outlook_of_the_monetary_fund(download):
    path = download(
        "WEO Country Code,ISO,WEO Subject Code,Country,Subject Descriptor,Units,Scale,2019,2020,Estimates Start After\n"
        '122,AUT,EXAMPLE,Austria,An example,Euro,Billions,"1,234.5",n/a,2019\n'
        '124,BEL,EXAMPLE,Belgium,An example,Euro,Billions,400.1,"1,001",2019\n'
    )
    values, _ = values_of(path, codebook(a="EXAMPLE"))
    assert values[["country", "year", "value"]].to_numpy().tolist() == [
        ["AUT", 2019, 1234.5],
        ["BEL", 2019, 400.1],
        ["BEL", 2020, 1001],
    ]


def test_what_the_world_bank_says_of_its_table_is_listed(download):
    """It lies beside the table in the archive, and was taken for a table without years."""
    text = '"Country Code","Region","SpecialNotes","TableName",\n"AUT","Europe","none","Austria",\n'
    values, read = values_of(download(text, "Metadata_Country_API_EX.csv"), codebook(a="a"))
    assert values.empty
    assert read.files["remark"].tolist() == [downloads.NO_LAYOUT]


def test_a_download_that_was_cut_off_is_named(download):
    """The last value was counted as missing."""
    text = "Country,Year,Value,Flag\nAustria,2019,5,\nBelgium,2019,6,\nFrance,20"
    with pytest.raises(StudyError, match=r"row 4: a\.csv ends within a row, which has 2 of 4 cells"):
        values_of(download(text), codebook(a="a"))
    values, _ = values_of(download("Country,Year,Value,Flag\nAustria,2019,5,\nLast update,1 March\n"), codebook(a="a"))
    assert values["value"].tolist() == [5]


def test_a_mark_behind_the_year_of_a_row_is_one_of_its_value(download):
    values, _ = values_of(download("Country,Year,Value\nAustria,2019p,6\nBelgium,2019 (e),7\n"), codebook(a="a"))
    assert values[["year", "value", "flag"]].to_numpy().tolist() == [[2019, 6, "p"], [2019, 7, "e"]]


@pytest.mark.parametrize(
    ("rows", "joined", "asked", "read"),
    [
        (
            (["Country", "Sex", 2019, 2020], ["Austria", "T", 5, 6], [None, "F", 7, 8]),
            ("A2:A3",),
            "a?sex=F",
            [[3, "AUT", 2019, 7], [3, "AUT", 2020, 8]],
        ),
        (  # headings too
            (["Country", "Rate", None], [None, 2019, 2020], ["Austria", 5, 6]),
            ("A1:A2", "B1:C1"),
            "Rate",
            [[3, "AUT", 2019, 5], [3, "AUT", 2020, 6]],
        ),
    ],
)
def test_cells_joined_downwards_hold_for_all_their_rows(tmp_path, rows, joined, asked, read):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in joined:
        book.active.merge_cells(cells)
    book.save(tmp_path / "a.xlsx")
    values, _ = values_of(tmp_path / "a.xlsx", codebook(a=asked))
    assert values[["row", "country", "year", "value"]].to_numpy().tolist() == read
