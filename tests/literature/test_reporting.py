"""What the report says of the searches; every state gives valid fragments and tables."""

import pandas as pd
import pytest
from coproduction.core import accounting, figures
from coproduction.literature import reporting
from coproduction.literature.importing import import_files
from coproduction.literature.matching import find_duplicates
from coproduction.literature.merging import merge_records
from coproduction.literature.overlap import count_overlap, draw_overlap
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import DECISIONS, SEARCHES, table_of

from .test_importing import BIBTEX, RIS

SETTINGS = LiteratureSettings()


def chain(files, searches=()):
    entries, refused, _, _, imports = import_files(files, table_of(list(searches), SEARCHES))
    found = find_duplicates(entries, table_of([], DECISIONS), SETTINGS)
    records, _, record_of = merge_records(entries, found.clusters)
    return imports, entries, records, found.pairs, refused, record_of


@pytest.fixture
def two():
    empty = "TY  - JOUR\nER  - \n"
    searches = [
        {"database": "Rivers", "file": "a.ris", "hits": 3},
        {"database": "Trees", "file": "b.bib", "hits": 5},
    ]
    return chain([("a.ris", (empty + RIS).encode()), ("b.bib", BIBTEX.encode())], searches)


def test_every_entry_is_accounted_for(two):
    imports, entries, _, _, _, record_of = two
    account = reporting.account(imports, entries, record_of)
    accounting.check_account(account)
    left = account.groupby("outcome")["n"].sum().to_dict()
    assert left == {"refused": 1, "merged as duplicate": 2, "unique": 2}


def test_results_give_the_flow_and_the_mismatch(two):
    text = reporting.results(*two[:5])
    assert "5 entries in 2 files" in text
    assert "2 unique records" in text
    assert "b.bib: 2 read of 5 stated" in text
    assert "| a.ris | it has neither title, abstract, DOI nor PubMed number | 1 | 1 |" in text
    assert "Not stated in `searches/searches.csv`: platform, date, search string." in text
    for label in ("@tbl-literature-searches", "@tbl-literature-flow", "@fig-literature-overlap"):
        assert label in text
        assert "{#" + label[1:] in text


def test_methods_follow_the_settings(two):
    text = reporting.methods(LiteratureSettings(merge_score=4.5, window=9), two[0])
    assert "score of 4.5" in text
    assert "9 nearest" in text


def test_nothing_yet_is_a_state():
    imports, entries, records, pairs, refused, record_of = chain([])
    assert "awaited" in reporting.results(imports, entries, records, pairs, refused)
    assert "fig-" not in reporting.results(imports, entries, records, pairs, refused)
    status = reporting.status(imports, pairs)
    assert status["state"].tolist() == ["awaited"]
    assert reporting.account(imports, entries, record_of).empty
    assert draw_overlap(count_overlap(records)).axes


def test_missing_export_is_awaited(two):
    imports, _, _, pairs, *_ = chain(
        [("a.ris", RIS.encode())],
        [
            {"database": "Rivers", "file": "a.ris", "hits": 2},
            {"database": "Trees", "file": "b.bib"},
        ],
    )
    row = reporting.status(imports, pairs).iloc[0]
    assert (row["state"], row["done"], row["total"]) == ("partial", 1, 2)
    assert "b.bib" in row["awaited"]


def test_overlap_counts_each_record_once_and_is_drawn(two):
    records = two[2]
    overlap = count_overlap(records)
    assert overlap["databases"].tolist() == ["Rivers;Trees"]
    assert overlap["records"].sum() == len(records)
    many = pd.DataFrame({"databases": [f"D{i};D{i + 1}" for i in range(30)], "records": range(30)})
    with figures.style():
        assert len(draw_overlap(many).axes) == 2


def test_files_with_the_same_remark_stand_in_one_line():
    imports, *rest = chain([("a.ris", RIS.encode()), ("b.bib", BIBTEX.encode())])
    text = reporting.results(imports, *rest[:4])
    assert text.count("a.ris, b.bib: not described in searches.csv") == 1
