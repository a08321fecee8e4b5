"""What programs do to the cells of a table. All works are invented for these tests (illustrative)."""

import io
from datetime import datetime

import openpyxl
import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.references.table_cells import plain_cells
from coproduction.literature.importing import read_file
from hypothesis import given
from hypothesis import strategies as st


def only(text):
    one = read_file("export.csv", text.encode())
    assert (len(one.entries), one.refused) == (1, [])
    return one.entries[0], {row["tag"]: row["value"] for row in one.other}


def test_lists_of_a_script():
    entry, other = only(
        "title,authors,year,venue,doi,fields of study\n"
        '"[\'Doors of care\']","[\'Béla Alder\', \'Ann Birch\']",2020,J Doors,10.5555/s.1,"[""Care"", ""Trust""]"\n'
    )
    assert (entry["title"], entry["authors"], entry["keywords"]) == (
        "Doors of care",
        "Alder, Béla; Birch, Ann",
        "Care; Trust",
    )
    assert other["authors (as written)"] == "['Béla Alder', 'Ann Birch']"


def test_objects_of_a_script_are_kept_beside_their_names():
    entry, other = only(
        "title,author,issued,container-title,language\n"
        "Doors,\"[{'given': 'Béla', 'family': 'Alder', 'ORCID': '1'}, {'name': 'River Group'}]\","
        "\"{'date-parts': [[2020, 3]]}\",\"['Journal of Doors']\",\"{'code': 'en', 'name': 'English'}\"\n"
    )
    assert {name: entry[name] for name in ("authors", "year", "source", "language")} == {
        "authors": "Alder, Béla; River Group",
        "year": "2020",
        "source": "Journal of Doors",
        "language": "English",
    }
    assert "ORCID" in other["author (as written)"]


@pytest.mark.parametrize("title", ["[Doors of care]", "{Doors}", "[Doors] and keys [2]", "Doors ['a'] and"])
def test_brackets_that_are_no_list(title):
    assert plain_cells([("title", title)]) == [("title", title)]


@pytest.mark.parametrize(
    ("tag", "cell", "said"),
    [
        ("Pages", "10-Nov", "10-11"),
        ("Pages", "11-Oct", "10-11"),
        ("Pages", "10. Nov", "10-11"),
        ("Page range", "Jan-15", "1-15"),
        ("Pages", "2024-11-10", "10-11"),
        ("Pages", "S1-S9", "S1-S9"),
        ("Pages", "10-e11", "10-e11"),
        ("Issue", "3-Apr", "3-Apr"),  # may be the day of a weekly, or 3-4
        ("Issue", "Mar-Apr", "Mar-Apr"),
        ("Volume", "1900-01-12", "12"),
        ("Year", "1905-07-12", "2020"),
        ("Year", "1905-01-02", "1905-01-02"),
        ("Year", "2020-03-04", "2020-03-04"),
        ("Title", "10-Nov", "10-Nov"),
        ("Year", "0000-13-45", "0000-13-45"),
        ("Pages", "1900-02-30", "1900-02-30"),
        ("Volume", "0000-00-00", "0000-00-00"),
    ],
)
def test_what_became_a_day(tag, cell, said):
    assert plain_cells([(tag, cell)])[0] == (tag, said)
    assert plain_cells([(tag, cell)])[1:] == ([] if said == cell else [(f"{tag} (as written)", cell)])


@given(
    st.sampled_from(["Title", "Year", "Pages", "Volume", "Issue", "authors", "dc.title[en]"]),
    st.text(max_size=30) | st.from_regex(r"\d{1,4}[-. ][A-Za-z0-9]{1,3}(-\d\d)?|[\[{].{0,20}[\]}]", fullmatch=True),
)
def test_any_cell_gives_text(tag, cell):
    assert all(isinstance(value, str) for _, value in plain_cells([(tag, cell)]))


def test_lists_within_lists_without_end():
    cell = "[" * 5000 + "]" * 5000
    assert plain_cells([("authors", cell)]) == [("authors", cell)]


def test_days_in_a_workbook():
    book = openpyxl.Workbook()
    book.active.append(["Title", "Authors", "Year", "Volume", "Pages"])
    book.active.append(["Doors", "Alder, B.", 2020, 12, datetime(2024, 11, 10)])
    for column in "CD":
        book.active[f"{column}2"].number_format = "yyyy-mm-dd"
    memory = io.BytesIO()
    book.save(memory)
    entry = read_file("export.xlsx", memory.getvalue()).entries[0]
    assert (entry["year"], entry["volume"], entry["pages"]) == ("2020", "12", "10-11")


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for state, rows in sheets:
        sheet = book.create_sheet()
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    memory = io.BytesIO()
    book.save(memory)
    return read_file("export.xlsx", memory.getvalue())


HEAD = ["Authors", "Title", "Year", "Source title"]
ONE, TWO = ["Alder, B.", "Doors", 2020, "J Doors"], ["Birch, C.", "Keys", 2021, "J Keys"]


def test_a_hidden_sheet_is_listed():
    one = workbook(("visible", [HEAD, ONE]), ("hidden", [HEAD, TWO]))
    assert [entry["title"] for entry in one.entries] == ["Doors"]
    assert [(row["reason"], row["lines"]) for row in one.outside] == [("hidden sheet", 2)]
    assert len(workbook(("visible", [HEAD, ONE]), ("visible", [HEAD, TWO])).entries) == 2


@pytest.mark.parametrize("row", [["Total", 2], ["Summe", None, 2], ["count:", 2, "100 %"]])
def test_the_sum_of_a_table_is_no_entry(row):
    one = workbook(("visible", [HEAD, ONE, TWO, row]))
    assert (len(one.entries), one.outside[0]["reason"]) == (2, "below the table")


def test_a_title_of_figures_is_one():
    assert workbook(("visible", [HEAD, ["Alder, B.", 1984, 1949, "J"]])).entries[0]["title"] == "1984"


def test_a_row_whose_cells_stand_under_other_names_is_refused():
    text = "Titel;Autor/in;Jahr;Zeitschrift\nDoors;Alder, B;2020;J\nKeys;Alder, B; Birch, C;2020;J\n"
    one = read_file("export.csv", text.encode())
    assert [entry["title"] for entry in one.entries] == ["Doors"]
    assert one.refused[0]["reason"] == (
        "the row has 5 cells under 4 column names, and 'Birch, C' is in the column 'Jahr': put cells that contain the separator in "
        "quotation marks"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Título;Autores;Ano;Periódico;Palavras-chave;Resumo\nD;Alder, B;2020;J;k;A\n",
        "Titolo;Autori;Anno;Rivista;Parole chiave;Riassunto\nD;Alder, B;2020;J;k;A\n",
        "Titre;Auteur(s);Année;Revue;Mots-clés;Résumé\nD;Alder, B;2020;J;k;A\n",
        "Titel;Författare;År;Tidskrift;Nyckelord;Sammanfattning\nD;Alder, B;2020;J;k;A\n",
        "Tytuł;Autorzy;Rok;Czasopismo;Słowa kluczowe;Streszczenie\nD;Alder, B;2020;J;k;A\n",
        "Başlık;Yazarlar;Yıl;Dergi;Anahtar kelimeler;Özet\nD;Alder, B;2020;J;k;A\n",
        "Название;Авторы;Год;Журнал;Ключевые слова;Аннотация\nD;Alder, B;2020;J;k;A\n",
        "题名;作者;年;刊名;关键词;摘要\nD;Alder, B;2020;J;k;A\n",
        "Paper title;Author(s);Year of publication;Journal name;Keywords;Abstract\nD;Alder, B;2020;J;k;A\n",
    ],
)
def test_names_of_columns_in_other_languages(text):
    entry, other = only(text)
    fields = ("title", "authors", "year", "source", "keywords", "abstract")
    assert [entry[name] for name in fields] == ["D", "Alder, B", "2020", "J", "k", "A"]
    assert other == {}


def test_rows_in_quotation_marks_are_named():
    with pytest.raises(StudyError, match="each row of the table is one cell"):
        read_file("export.csv", b'"Title,Authors,Year"\n"Doors,""Alder, B."",2020"\n')


def test_a_table_of_dspace():
    entry, _ = only(
        "id,dc.contributor.author[],dc.date.issued[],dc.description.abstract[en],dc.identifier.doi[],dc.subject[en],"
        "dc.title[en],dc.type[]\n"
        '12,"Alder, Béla::virtual::1::600||Birch, Ann",2019-03,Doors matter.,10.5555/r.1,care||trust,Doors of care,Article\n'
    )
    assert {name: entry[name] for name in ("authors", "year", "abstract", "doi", "keywords", "title", "type")} == {
        "authors": "Alder, Béla; Birch, Ann",
        "year": "2019",
        "abstract": "Doors matter.",
        "doi": "10.5555/r.1",
        "keywords": "care; trust",
        "title": "Doors of care",
        "type": "article",
    }
