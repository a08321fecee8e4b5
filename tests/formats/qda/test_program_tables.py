"""Tables of coded segments as QDA programs export them."""

import openpyxl
import pytest
from coproduction.core.people_tables import read_people_rows
from coproduction.formats.qda.program_tables import known_columns, programs, rows_of


def rows_in(path):
    rows, lines = read_people_rows(path)
    return [
        (r["row"], r["transcript"], r["text"], r["code"], r["coder"], r["memo"], r["refused"])
        for r in rows_of(rows, lines, known_columns(rows[0]), path.name)
    ]


TABLES = {
    "qualcoder.csv": (
        [
            ["File", "Coder", "Coded", "Id", "Codename", "Coded_Memo", "Category"],
            ["P01.txt", "Ann", "we came", "ctid:3", "Coming", "look", "Theme"],
            ["map.png", "Ann", "image", "imid:4", "Coming", "", "Theme"],
        ],
        [
            (2, "P01.txt", "we came", "Coming", "Ann", "look", ""),
            (
                3,
                "map.png",
                "image",
                "Coming",
                "Ann",
                "",
                "the code was applied to a picture or recording, not to the words of a transcript",
            ),
        ],
    ),
    "qualcoder_cases.csv": (
        [
            ["Case", "Filename", "Coder", "Coded", "Id", "Codename", "Coded_Memo"],
            ["Town", "P01.txt", "Ann", "we came", "ctid:3", "Coming", ""],
        ],
        [(2, "P01.txt", "we came", "Coming", "Ann", "", "")],
    ),
    "taguette.csv": (
        [
            ["id", "document", "tag", "content"],
            ["1", "P01", "being asked", "we were asked"],
            ["1", "P01", "time, hours", "we were asked"],
            ["2", "P01", "", "we came"],
        ],
        [
            (2, "P01", "we were asked", "being asked", "taguette", "", ""),
            (3, "P01", "we were asked", "time, hours", "taguette", "", ""),
            (4, "P01", "we came", "(no code)", "taguette", "", "it was not coded"),
        ],
    ),
    "maxqda.xlsx": (
        [
            [
                "Color",
                "Comment",
                "Document group",
                "Document name",
                "Code",
                "Beginning",
                "End",
                "Weight score",
                "Segment",
                "Created by",
            ],
            ["●", "look", "Towns", "P01", "Belief\\Being asked", "4", "4", "0", "we came", "Ann"],
            ["●", "", "Towns", "P01", "Belief > Being asked", "4", "4", "0", "", "Ann"],
        ],
        [
            (2, "P01", "we came", "Being asked", "Ann", "look", ""),
            (3, "P01", "", "Being asked", "Ann", "", "the row contains no words"),
        ],
    ),
    "maxqda_de.csv": (
        [
            ["Farbe", "Kommentar", "Dokumentname", "Code", "Anfang", "Ende", "Segment", "Autor"],
            ["●", "", "P01", "Größe", "4", "4", "wir kamen", "Ann"],
        ],
        [(2, "P01", "wir kamen", "Größe", "Ann", "", "")],
    ),
    "maxqda_pl.csv": (
        [
            ["Kolor", "Komentarz", "Nazwa dokumentu", "Kod", "Segment", "Utworzone przez"],
            ["●", "uwaga", "P01", "Zaufanie", "byliśmy", "Ann"],
        ],
        [(2, "P01", "byliśmy", "Zaufanie", "Ann", "uwaga", "")],
    ),
    "atlas_es.csv": (
        [
            ["ID", "Documento", "Contenido de la cita", "Comentario", "Códigos", "Creado por"],
            ["1:1", "P01", "vinimos", "", "Confianza", "Ben"],
        ],
        [(2, "P01", "vinimos", "Confianza", "Ben", "", "")],
    ),
    "atlas.xlsx": (
        [
            ["ID", "Document", "Quotation Name", "Quotation Content", "Comment", "Codes", "Reference", "Created by"],
            ["1:1", "P01", "we", "we came", "", "Being asked\nTime, hours", "4 - 4", "Ben"],
        ],
        [(2, "P01", "we came", "Being asked", "Ben", "", ""), (2, "P01", "we came", "Time, hours", "Ben", "", "")],
    ),
    "dedoose.xlsx": (
        [
            [
                "Media Title",
                "Excerpt Range",
                "Excerpt Creator",
                "Excerpt Copy",
                "Codes Applied Combined",
                "Code: Belief Applied",
                "Code: Belief\\Time, hours Applied",
                "Code: Other Applied",
            ],
            ["P01.docx", "3-10", "cy", "we came", "Belief, Time, hours", "True", "True", "False"],
        ],
        [(2, "P01.docx", "we came", "Belief", "cy", "", ""), (2, "P01.docx", "we came", "Time, hours", "cy", "", "")],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_and_code_comes_in(tmp_path, name):
    cells, wanted = TABLES[name]
    path = tmp_path / name
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in cells:
            book.active.append(row)
        book.save(path)
    else:
        path.write_text("\n".join(";".join(f'"{c}"' for c in row) for row in cells), "utf-8")
    assert rows_in(path) == wanted


def test_dedoose_without_columns_of_codes_is_split_at_commas(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text('Media Title,Excerpt Copy,Codes Applied Combined\nP01,we came,"Belief, Time, Belief"\n')
    assert [row[3] for row in rows_in(path)] == ["Belief", "Time"]


def test_a_table_of_no_known_program_has_none():
    assert known_columns(["transcript", "start", "end", "text", "code", "coder"]) is None
    assert known_columns([]) is None


def test_every_program_has_headings_for_document_words_and_codes():
    for known in programs():
        assert all(known.headings[f] for f in ("document", "text", "code")), known.program


def test_two_codes_of_one_quotation_are_two_segments(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Document,Quotation Content,Codes\nP01,we came,"Belief\nTime"\n')
    rows, lines = read_people_rows(path)
    made = rows_of(rows, lines, known_columns(rows[0]), path.name)
    assert [(row["row"], row["part"], row["code"]) for row in made] == [(2, ".1", "Belief"), (2, ".2", "Time")]


def test_codes_of_one_name_below_different_codes_stay_two(tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(
        "Document name,Code,Segment\nP01,Costs > Time,we came\nP01,Benefits\\Time,we went\nP01,Costs > Money,we stayed\n"
    )
    assert [row[3] for row in rows_in(path)] == ["Costs / Time", "Benefits / Time", "Money"]


def test_dedoose_is_known_by_a_column_for_each_code(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("Media Title,Excerpt Copy,Code: Belief Applied,Code: Time Applied\nP01,we came,True,False\n")
    assert [row[3] for row in rows_in(path)] == ["Belief"]


def test_a_column_of_a_code_may_speak_another_language_and_what_is_neither_is_said(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text(
        "Media Title,Excerpt Copy,Code: Belief Applied,Code: Time Applied\nP01,we came,VERO,FALSO\nP01,we went,True,perhaps\n"
    )
    rows, lines = read_people_rows(path)
    made = rows_of(rows, lines, known_columns(rows[0]), path.name)
    assert [(row["code"], row["refused"][:36]) for row in made] == [
        ("Belief", ""),
        ("Belief", "'perhaps' under 'Code: Time Applied'"),
    ]
