"""Cells with one comma: other cells of the file tell whether they hold one or two."""

import pytest
from coproduction.formats.references.comma_lists import keywords_at_commas, names_at_commas
from coproduction.literature.importing import read_file

PAIR, LIST = "Béla Alder, Ada Birch", "Bo Elm, Cy Fir, Di Oak"


def test_the_file_parts_names_at_commas():
    assert names_at_commas([PAIR, LIST, "Ada Birch", ""]) == {0: ["Béla Alder", "Ada Birch"]}


@pytest.mark.parametrize(
    "other", ["Alder, Ada", "Bo Elm; Cy Fir", "Bo Elm and Cy Fir", "Ministry of Health, Bo Elm, Cy Fir", "Elm,Bo"]
)
def test_another_way_of_writing_leaves_it_open(other):
    assert names_at_commas([PAIR, LIST, other]) == {}


def test_without_a_list_it_stays_open():
    assert names_at_commas([PAIR, "Ada Birch"]) == {}
    assert keywords_at_commas(["trust, public", "care"]) == {}
    assert keywords_at_commas(["trust, public", "a, b, c", "d; e"]) == {}


def test_a_table_is_read_so_and_keeps_its_raw_values():
    table = f'title,authors,keywords\nOne,"{PAIR}","care, trust"\nTwo,"{LIST}","home and care, b, c"\n'
    imported = read_file("a.csv", table.encode())
    first = imported.entries[0]
    assert (first["authors"], first["keywords"]) == ("Alder, Béla; Birch, Ada", "care; trust")
    raw = {row["field"]: row["raw"] for row in imported.changes if row["number"] == 1}
    assert (raw["authors"], raw["keywords"]) == (PAIR, "care, trust")
