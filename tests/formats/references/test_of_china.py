"""Exports of CNKI and Wanfang in their forms, and in the encodings in which they come."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.literature.importing import read_file

REFWORKS = (
    "RT Journal Article\nSR 1\nA1 李娜;王伟\nAD 河流大学;\nT1 公共服务的合作生产研究\nJF 门与钥匙\nYR 2019\n"
    "IS 02\nOP 1-12\nK1 合作;生产\nAB 我们在三个城镇了解家庭照顾的情况。\nDS CNKI\n"
)


def read(text, encoding="utf-8"):
    return read_file("cnki.txt", text.encode(encoding))


def test_a_blank_before_the_colon_and_one_author_a_line():
    """As Wanfang writes it."""
    text = (
        "{Reference Type}: Journal Article \n{Title}:合作生产\n{Translated Title}: Co-production\n"
        "{Author}: 李娜\n{Author}: 王伟\n{Journal}: 门\n{Year}: 2020\n{Volume} : 9\n{Issue}: 1\n"
        "{Pages}: 117-118\n"
    )
    entry = read(text).entries[0]
    assert (entry["authors"], entry["year"], entry["volume"]) == ("李娜; 王伟", "2020", "9")
    assert entry["pages"] == "117-118"


def test_refworks_of_cnki_has_all_pages_under_one_tag():
    entry = read(REFWORKS).entries[0]
    assert (entry["authors"], entry["pages"], entry["issue"]) == ("李娜; 王伟", "1-12", "02")


def test_endnote_of_cnki_with_names_on_one_line():
    text = "%0 Journal Article\n%A 李娜 %A 王伟\n%T 合作生产\n%J 门\n%D 2005\n%P 81-89+91\n%W CNKI\n"
    entry = read(text).entries[0]
    assert (entry["authors"], entry["pages"]) == ("李娜; 王伟", "81-89+91")


def test_estudy_of_cnki():
    text = (
        "DataType: 1\nTitle-题名: 合作生产\nAuthor-作者: 李娜;王伟;\nSource-刊名: 门\nYear-年: 2019\n"
        "Keyword-关键词: 合作;生产\nSummary-摘要: 摘要\nPeriod-期: 02\nRoll-卷: 16\nPage-页码: 1-9\n\n"
        "DataType: 2\nTitle-题名: 论文\nAuthor-作者: 王伟\nYear-年: 2018\n"
    )
    first, second = read(text).entries
    assert (first["authors"], first["year"], first["abstract"]) == ("李娜; 王伟", "2019", "摘要")
    assert (first["volume"], first["issue"], first["pages"]) == ("16", "02", "1-9")
    assert second["title"] == "论文"


def test_gb_18030_is_read():
    one = read(REFWORKS, "gb18030")
    assert one.encoding == "gb18030"
    assert one.entries == read(REFWORKS).entries


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("współpraca obywateli i urzędów w mieście, która łączy ludzi", "cp1250"),
        ("граждане как партнёры в уходе на дому", "cp1251"),
        ("공공서비스 공동생산에 관한 연구와 시민의 참여 그리고 지역사회 돌봄의 과제", "cp949"),
        ("公共サービスの共同生産に関する研究と市民の参加について", "cp932"),
    ],
)
def test_other_code_pages_are_asked_about(words, encoding):
    text = f"TY  - JOUR\nTI  - {words}\nAB  - {words * 3}\nER  - \n"
    with pytest.raises(StudyError, match="save it as UTF-8"):
        read(text, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - Bürger als Träger: Ämter, Gebäude, Straßen\nAU  - Łęcka\nER  - \n",
        "TY  - JOUR\nTI  - Les élèves « à côté » – où ?\nER  - \n",
    ],
)
def test_western_code_pages_are_read_as_before(text):
    assert read_file("x.ris", text.encode("cp1252", "replace")).encoding == "windows-1252"


def test_damaged_utf_8_is_no_other_code_page():
    data = REFWORKS.encode()
    one = read_file("x.txt", data[: data.rindex(b"\n\n" if b"\n\n" in data else b"\nDS") - 4])
    assert one.entries[0]["authors"] == "李娜; 王伟"


@pytest.mark.parametrize(
    "text", ['1,Citizens,"Alder, B.",2019\n2,Doors,"Birch, C.",2020\n', "Τίτλος;Συγγραφέας;Έτος\nΠόρτες;Ελάτη;2019\n"]
)
def test_a_table_without_names_asks_for_columns(text):
    with pytest.raises(StudyError, match=r"has recognisable column names.*literature\.columns"):
        read(text)


def test_a_list_of_references_is_no_json():
    with pytest.raises(StudyError, match="not in any of the supported formats"):
        read("[1]李娜.合作生产研究[J].门,2019,16(02):1-9.\n[2]王伟.论文[D].河流大学,2018.\n")
