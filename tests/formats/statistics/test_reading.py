"""Files of public statistics as they come from the sites: archives, workbooks, tables; invented values."""

import gzip
import zipfile

import openpyxl
import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.statistics import reading

TABLE = "Country Code,Country Name,2019,2020\nAUT,Austria,1,2\n"


def test_an_archive_gives_each_of_its_tables_and_nothing_else(tmp_path):
    path = tmp_path / "API_X_DS2.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("API_X.csv", TABLE)
        archive.writestr("Metadata_Country_API_X.csv", "Country Code,Region\nAUT,Europe\n")
        archive.writestr("readme.html", "<p>terms</p>")
        archive.writestr("__MACOSX/._API_X.csv", "x")
    found = reading.sheets(path)
    assert [sheet.name for sheet in found] == ["API_X_DS2.zip: API_X.csv", "API_X_DS2.zip: Metadata_Country_API_X.csv"]
    assert found[0].rows[1] == ["AUT", "Austria", "1", "2"]
    assert found[0].lines == [1, 2]


def test_a_packed_table_keeps_the_tabs_that_part_its_cells(tmp_path):
    path = tmp_path / "estat_x.tsv.gz"
    path.write_bytes(gzip.compress(b"freq,unit,geo\\TIME_PERIOD\t2020 \nA,PC,AT\t1.5 b\n"))
    (sheet,) = reading.sheets(path)
    assert sheet.rows == [["freq,unit,geo\\TIME_PERIOD", "2020"], ["A,PC,AT", "1.5 b"]]


def test_all_sheets_of_a_workbook_are_read_with_the_rows_people_see(tmp_path):
    path = tmp_path / "Data.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Data Source", "World Development Indicators"])
    book.active.append([])
    book.active.append(["Country Name", "Country Code", 2020])
    book.create_sheet("Series - Metadata").append(["Code", "Licence"])
    book.save(path)
    data, metadata = reading.sheets(path)
    assert (data.lines, data.rows[1][2], metadata.name) == ([1, 3], "2020", "Data.xlsx: sheet 2")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.zip", b"PK\x03\x04 cut", "cannot be opened"),
        ("a.csv.gz", b"\x1f\x8b cut", "cannot be opened"),
        ("a.xlsx", b"no workbook", "not a readable Excel workbook"),
        ("a.pdf", b"%PDF-1.7", "not a table of statistics"),
        ("a.csv", b'a,b\n"never closed,1\n', "quotation mark"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(StudyError, match=said) as error:
        reading.sheets(path)
    assert error.value.file == str(path)


def test_an_archive_without_tables_is_named(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.pdf", "x")
    with pytest.raises(StudyError, match="contains no table"):
        reading.sheets(path)


def test_what_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    packed, zipped = tmp_path / "a.csv.gz", tmp_path / "a.zip"
    packed.write_bytes(gzip.compress(TABLE.encode()))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.csv", TABLE)
    for path in (packed, zipped):
        with pytest.raises(StudyError, match="larger than 2 GB"):
            reading.sheets(path)
