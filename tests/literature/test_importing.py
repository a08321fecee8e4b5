"""Import: every entry of every export is read or refused, whatever state the file is in."""

import bz2
import datetime
import gzip
import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest
from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError
from coproduction.formats.references import recognising
from coproduction.literature.importing import exports_in, import_files, read_file
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import SEARCHES

RIS = """TY  - JOUR
TI  - Citizens as partners
AU  - Alder, Béla
AU  - Birch, Ada
PY  - 2019
T2  - Journal of River Studies
VL  - 3
IS  - 2
SP  - 101
EP  - 119
DO  - 10.5555/river.2019.1
KW  - co-production
KW  - care
AB  - First line
second line.
ER  - 

TY  - CHAP
TI  - Trust in bridges
AU  - Danube, C.
PY  - 2020///
ER  - 
"""
BIBTEX = r"""@string{jrs = {Journal of River Studies}}
@article{alder2019,
  title = {{Citizens} as partners},
  author = {Alder, B{\'e}la and Birch, Ada},
  journal = jrs, year = 2019, volume = {3}, number = "2", pages = {101--119},
  doi = {10.5555/river.2019.1}, abstract = {First line
    second line.}, keywords = {co-production; care}
}
@incollection{danube2020,
  title = {Trust in bridges},
  author = {C. Danube},
  date = {2020-05-01},
}
"""
NBIB = """
PMID- 123456
TI  - Citizens as
      partners.
FAU - Alder, Béla
AU  - Alder B
FAU - Birch, Ada
AU  - Birch A
DP  - 2019 Jan
JT  - Journal of River Studies
VI  - 3
IP  - 2
PG  - 101-19
LID - 10.5555/river.2019.1 [doi]
AB  - First line
      second line.
PT  - Journal Article

PMID- 123457
TI  - Trust in bridges.
FAU - Danube, C
DP  - 2020
"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Alder, B
   Birch, A
AF Alder, Béla
   Birch, Ada
TI Citizens as
   partners
SO JOURNAL OF RIVER STUDIES
AB First line
   second line.
DE co-production; care
PY 2019
VL 3
IS 2
BP 101
EP 119
DI 10.5555/river.2019.1
ER

PT S
AU Danube, C
TI Trust in bridges
PY 2020
ER

EF
"""
SCOPUS = """"Authors","Author full names","Title","Year","Source title","Volume","Issue","Page start","Page end","DOI","Abstract","Author Keywords"
"Alder B.; Birch A.","Alder, Béla (57000); Birch, Ada (57001)","Citizens as partners","2019","Journal of River Studies","3","2","101","119","10.5555/river.2019.1","First line second line.","co-production; care"
"Danube C.","Danube, C. (57002)","Trust in bridges","2020","","","","","","","",""
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?><xml><records>
<record><ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style>Alder, Béla</style></author><author><style>Birch, Ada</style></author></authors></contributors>
<titles><title><style>Citizens as partners</style></title>
<secondary-title><style>Journal of River Studies</style></secondary-title></titles>
<pages>101-119</pages><volume>3</volume><number>2</number>
<keywords><keyword>co-production</keyword><keyword>care</keyword></keywords>
<dates><year><style>2019</style></year></dates><abstract>First line second line.</abstract>
<electronic-resource-num>10.5555/river.2019.1</electronic-resource-num></record>
<record><ref-type name="Book Section">5</ref-type><contributors><authors><author>Danube, C.</author>
</authors></contributors><titles><title>Trust in bridges</title></titles>
<dates><year>2020</year></dates></record>
</records></xml>"""
CSL = """[{"type":"article-journal","title":"Citizens as partners","author":[{"family":"Alder",
"given":"Béla"},{"family":"Birch","given":"Ada"}],"issued":{"date-parts":[[2019,1]]},
"container-title":"Journal of River Studies","volume":3,"issue":"2","page":"101-119",
"DOI":"10.5555/river.2019.1","abstract":"First line second line.","keyword":"co-production; care"},
{"type":"chapter","title":"Trust in bridges","author":[{"family":"Danube","given":"C."}],
"issued":{"date-parts":[["2020"]]}}]"""
ZOTERO = """"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Abstract Note","Pages","Issue","Volume","Manual Tags"
"K1","journalArticle","2019","Alder, Béla; Birch, Ada","Citizens as partners","Journal of River Studies","10.5555/river.2019.1","First line second line.","101-119","2","3","co-production; care"
"K2","bookSection","2020","Danube, C.","Trust in bridges","","","","","","",""
"""
REFER = """%0 Journal Article
%T Citizens as partners
%A Alder, Béla
%A Birch, Ada
%D 2019
%J Journal of River Studies
%V 3
%N 2
%P 101-119
%R 10.5555/river.2019.1
%K co-production
care
%X First line second line.

%0 Book Section
%T Trust in bridges
%A Danube, C.
%D 2020
"""
EXPORTS = {
    "RIS": RIS,
    "BibTeX": BIBTEX,
    "PubMed NBIB": NBIB,
    "Web of Science tagged": WOS,
    "CSV": SCOPUS,
    "EndNote XML": ENDNOTE,
    "JSON": CSL,
    "EndNote tagged": REFER,
}


def read(text, name="export.txt"):
    return read_file(name, text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize("form", [*EXPORTS, "Zotero"])
def test_every_format_says_the_same(form):
    one = read(ZOTERO if form == "Zotero" else EXPORTS[form])
    assert one.format == ("CSV" if form == "Zotero" else form)
    first, second = one.entries
    assert first["title"] == "Citizens as partners"
    assert first["authors"] == "Alder, Béla; Birch, Ada"
    assert first["year"] == "2019"
    assert first["source"].lower() == "journal of river studies"
    assert (first["volume"], first["issue"]) == ("3", "2")
    assert first["pages"] == ("101-19" if form == "PubMed NBIB" else "101-119")
    assert first["doi"] == "10.5555/river.2019.1"
    assert first["abstract"] == "First line second line."
    assert first["type"] in ("article", "")
    if form != "PubMed NBIB":
        assert first["keywords"] == "co-production; care"
    assert (second["title"], second["year"]) == ("Trust in bridges", "2020")
    assert second["authors"].startswith("Danube, C")
    assert one.refused == []


@pytest.mark.parametrize("form", list(EXPORTS))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_do_not_matter(form, encoding, newline):
    data = EXPORTS[form].replace("\n", newline).encode(encoding)
    one = read(data)
    assert [e["title"] for e in one.entries] == ["Citizens as partners", "Trust in bridges"]
    assert one.entries[0]["authors"] == "Alder, Béla; Birch, Ada"


def test_ris_without_end_tags_keeps_entries_apart():
    one = read(re.sub(r"ER  - \n", "", RIS))
    assert [e["title"] for e in one.entries] == ["Citizens as partners", "Trust in bridges"]
    assert {e["repaired"] for e in one.entries} == {"the end tag is missing"}
    assert [e["line"] for e in one.entries] == [1, 17]


def test_text_between_entries_is_listed_with_its_line():
    one = read(RIS.replace("\n\nTY  - CHAP", "\n\nTitle: lost, without tags\n\nTY  - CHAP"))
    assert (one.found, one.refused) == (2, [])
    assert one.outside == [
        {"file": "export.txt", "line": 18, "lines": 1, "reason": "between entries", "text": "Title: lost, without tags"}
    ]


def test_entry_that_says_nothing_is_refused():
    one = read("TY  - JOUR\nAU  - Alder, B.\nER  - \n" + RIS)
    assert (one.found, len(one.entries)) == (3, 2)
    assert "neither title" in one.refused[0]["reason"]


def test_brace_that_is_never_closed_harms_one_entry_only():
    one = read(BIBTEX.replace("{{Citizens} as partners}", "{{Citizens as partners"))
    assert one.found == 2
    assert one.entries[1]["title"] == "Trust in bridges"
    assert one.entries[0]["repaired"]


def test_quote_that_is_never_closed_harms_one_row_only():
    rows = SCOPUS.splitlines()
    rows.insert(1, '"Elbe E.","","A title that never ends,2018')
    one = read("\n".join(rows))
    assert [e["title"] for e in one.entries][1:] == ["Citizens as partners", "Trust in bridges"]
    assert one.entries[0]["repaired"] == "a quote is never closed"


def test_web_of_science_table_with_one_cell_more_than_names():
    head = "PT\tAU\tTI\tSO\tPY\tDI\tUT"
    rows = ["J\tAlder, B\tCitizens\tJOURNAL\t2019\t10.5555/a1\tWOS:1\t"] * 2
    one = read("\ufeff" + "\r\n".join([head, *rows, ""]))
    assert one.format == "Web of Science tab-delimited"
    assert [e["source"] for e in one.entries] == ["JOURNAL", "JOURNAL"]


def test_workbook_with_a_title_row():
    book = openpyxl.Workbook()
    for row in (["Search of May"], ["Title", "Authors", "Year"], ["Citizens", "Alder, B.", 2019]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    one = read(buffer.getvalue())
    assert one.format == "Excel"
    assert [(e["title"], e["year"], e["line"]) for e in one.entries] == [("Citizens", "2019", 3)]


def packed(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.4 ...", "a PDF document"),
        (b"\xd0\xcf\x11\xe0...", r"\.xlsx"),
        (gzip.compress(b"RDX3\nX\n\0\0\0\3", mtime=0), r"R data.*write\.csv"),
        (bz2.compress(b"RDX2\nX\n\0\0\0\2"), "R data"),
        (gzip.compress(b"TY  - JOUR", mtime=0), "packed.*Unpack"),
        (b"\x1f\x8b broken", "packed"),
        (b'[{"title": "Rivers", "value": "x"}]', "no bibliographic entries"),
        (b"Dear colleague,\nplease find attached", "not in any of the supported formats"),
        (b"<html><body>Log in</body></html>", "a web page"),
        (b"PK\x03\x04truncated", "not a readable Excel workbook"),
        (packed("records.ris"), "packed.*Unpack"),
        (packed("word/document.xml"), "text document.*RIS"),
        (packed("content.xml", "meta.xml"), r"OpenDocument.*\.xlsx"),
        (packed("library.enl", "library.Data/x"), "EndNote library.*export it as RIS"),
        (b"00714cam a2200205 a 4500001001200000\x1e92005291\x1d", "MARC 21.*MARCXML"),
        (b"03613    a2200469   4500001001000\x1ex", "MARC 21.*RIS"),
        (b'<?xml version="1.0"?><CitaviExchangeData Version="5"/>', "Citavi.*RIS"),
        (b'<?xml version="1.0"?><doi_records><doi_record/></doi_records>', "Crossref.*JSON"),
        (b"Database: Ovid MEDLINE(R)\n\n1. Eels in rivers. Alder B. 2019", "Ovid's.*Medlars"),
    ],
)
def test_file_of_which_nothing_can_be_made_is_named(data, says):
    with pytest.raises(StudyError, match=says) as failed:
        read(data, "lost.txt")
    assert "lost.txt" in str(failed.value)


def test_truncated_json_gives_the_whole_entries_and_names_the_cut():
    one = read(CSL[: CSL.rindex("Danube")])
    assert [e["title"] for e in one.entries] == ["Citizens as partners"]
    assert one.refused[0]["reason"] == "the JSON object is broken or cut off"


def test_values_that_cleaning_changed_are_kept():
    text = RIS.replace("Citizens as partners", "Citizens&#x2019; <i>partners</i> &amp; BÃ¼rger.")
    one = read(text)
    assert one.entries[0]["title"] == "Citizens’ partners & Bürger"
    raw = {c["field"]: c["raw"] for c in one.changes if c["number"] == 1}
    assert raw["title"] == "Citizens&#x2019; <i>partners</i> &amp; BÃ¼rger."


def words_kept(one, number):
    """Everything that the import says of one entry, as one text."""
    record = one.entries[number - 1]
    more = [c["raw"] for c in one.changes if c["number"] == number]
    more += [o["value"] for o in one.other if o["number"] == number]
    return "\n".join([*map(str, record.values()), *more])


@pytest.mark.parametrize("form", list(EXPORTS))
def test_nothing_of_an_entry_is_lost(form):
    one = read(EXPORTS[form])
    plain = recognising.find_format(EXPORTS[form]).read(EXPORTS[form])
    for number, raw in enumerate((raw for raw in plain if not raw.outside), 1):
        kept = words_kept(one, number)
        for tag, value in raw.fields:
            assert all(word in kept for word in value.split()), tag


def test_fields_beyond_those_of_a_record_keep_tag_and_value():
    one = read(RIS.replace("ER  - ", "M1  - 3\nDB  - Rivers Index\nC1  - a\nC1  - b\nER  - ", 1))
    assert [(o["number"], o["tag"], o["value"]) for o in one.other] == [
        (1, "M1", "3"),
        (1, "DB", "Rivers Index"),
        (1, "C1", "a; b"),
    ]


def test_what_was_put_right_is_told_from_what_changed_form():
    text = RIS.replace("Citizens as partners", "BÃ¼rger &amp; partners").replace("101", "pp. 101")
    one = read(text)
    kinds = {c["field"]: c["kind"] for c in one.changes if c["number"] == 1}
    assert kinds["title"] == "characters"
    assert kinds["pages"] == kinds["type"] == "form"
    assert one.repaired == 1


def searches(*rows):
    header = ["database", "platform", "date", "query", "file", "hits"]
    table = pd.DataFrame(rows, columns=header)
    return table.astype({"hits": "Int64"})


def test_hits_that_do_not_match_are_shown():
    stated = searches(
        ("Rivers Index", "River", "2026-01-02", "co*", "a.ris;b.ris", 4),
        ("Trees Index", "Tree", "2026-01-02", "co*", "c.bib", 3),
        ("Lost Index", "Tree", "2026-01-02", "co*", "d.csv", 5),
    )
    files = [("a.ris", RIS.encode()), ("b.ris", RIS.encode()), ("c.bib", BIBTEX.encode())]
    imported = import_files(files, stated)
    entries, refused, imports = imported.entries, imported.refused, imported.imports
    notes = dict(zip(imports["file"], imports["note"], strict=True))
    assert notes == {"a.ris": "", "b.ris": "", "c.bib": "2 read of 3 stated", "d.csv": "the file is not in searches/"}
    assert imports["found"].sum() == len(entries) + len(refused) == 6
    assert set(entries["database"]) == {"Rivers Index", "Trees Index"}
    assert entries["entry"].nunique() < len(entries)  # the same export twice is the same entries


def test_entries_that_were_put_right_are_counted_per_file():
    broken = RIS.replace("ER  - \n", "", 1).replace("Trust in bridges", "Trust &amp; bridges")
    files = [("a.ris", RIS.encode()), ("b.ris", broken.encode())]
    imports = import_files(files, tables.empty(SEARCHES)).imports
    assert dict(zip(imports["file"], imports["repaired"], strict=True)) == {"a.ris": 0, "b.ris": 2}


def test_file_named_by_two_searches_is_an_error():
    stated = searches(("A", "", "", "", "a.ris", 2), ("B", "", "", "", "a.ris", 2))
    with pytest.raises(StudyError, match=r"two searches name the file a\.ris"):
        import_files([("a.ris", RIS.encode())], stated)


def test_files_that_are_no_exports_are_left_out(tmp_path):
    for name in ("a.ris", "searches.csv", "duplicate_decisions.csv", "README.md", ".hidden", "Thumbs.db"):
        (tmp_path / name).write_text("x")
    assert [p.name for p in exports_in(tmp_path)] == ["a.ris"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("database,file\nA", "row has|missing|must not|"),
        ("database;hits\nA;3\n", "'file' is missing"),
        ("database,file,hits\nA,a.ris,many\n", "row 2, column 'hits'"),
        ("database,file,hits\n,a.ris,3\n", "row 2, column 'database'"),
    ],
)
def test_searches_table_names_file_row_and_column(tmp_path, content, says):
    path = tmp_path / "searches.csv"
    path.write_text(content)
    if says.startswith("row has"):
        assert len(people_tables.read_people_table(path, SEARCHES)) == 1
        return
    with pytest.raises(StudyError, match=says) as failed:
        people_tables.read_people_table(path, SEARCHES)
    assert "searches.csv" in str(failed.value)


def test_searches_table_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "searches.csv"
    path.write_bytes("database,file\nŁódź,a.ris\n".encode("cp1250"))
    with pytest.raises(StudyError, match="not valid UTF-8"):
        people_tables.read_people_table(path, SEARCHES)


def _workbook(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_of_a_workbook_as_people_read_them():
    names = ["Title", "Abstract", "Year", "PMID", "DOI", "Last read", "Rank", "Nr"]
    day = datetime.datetime(2019, 5, 31)
    row = ["Citizens", "one_x000D_\ntwo_x0002_ _x005F_", 2019.0, 30123456, "#N/A", day, 0.5, "007"]
    one = read(_workbook([[], names, row]))
    entry = one.entries[0]
    assert (entry["abstract"], entry["year"], entry["pmid"]) == ("one two _", "2019", "30123456")
    assert (entry["doi"], entry["line"]) == ("", 3)
    assert {o["tag"]: o["value"] for o in one.other} == {"Last read": "2019-05-31", "Rank": "0.5", "Nr": "007"}


def test_a_stray_cell_at_the_end_of_a_sheet_costs_nothing():
    book = openpyxl.load_workbook(io.BytesIO(_workbook([["Title", "Year"], ["Citizens", 2019]])))
    book.active["XFD1048576"] = " "
    buffer = io.BytesIO()
    book.save(buffer)
    assert [e["title"] for e in read(buffer.getvalue()).entries] == ["Citizens"]


def test_a_workbook_behind_a_password_is_named():
    protected = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(StudyError, match=r"by a password.*without the password"):
        read(protected)


def test_a_workbook_without_names_asks_for_them():
    rows = [["Bürger als Partner", "Alder, B.", 2019], ["Vertrauen", "Birch, C.", 2020]]
    with pytest.raises(StudyError, match=r"no row of the workbook has recognisable column names.*literature\.columns"):
        read_file("own.xlsx", _workbook(rows))
    rows = [["Werk", "Wer"], ["Citizens", "Alder, B."]]
    with pytest.raises(StudyError, match="Werk, Wer"):
        read_file("own.xlsx", _workbook(rows))
    one = read_file("own.xlsx", _workbook(rows), {"Werk": "title", "Wer": "authors"})
    assert [e["title"] for e in one.entries] == ["Citizens"]


def test_rows_above_the_names_of_a_table_are_listed():
    one = read_file("x.csv", b'Search of 3 May,,\n\ntitle,authors,year\nCitizens,"Alder, B.",2019\n')
    assert len(one.entries) == 1
    assert [(o["line"], o["lines"], o["reason"]) for o in one.outside] == [(1, 1, "above the names of the columns")]


def test_columns_must_name_fields():
    with pytest.raises(ValueError, match="books is not a field"):
        LiteratureSettings(columns={"Werk": "books"})
