"""Ids of records stay the same."""

from coproduction.literature.stable_ids import record_id


def test_record_id_follows_the_doi_first():
    same = {
        record_id("10.5555/A1", "One title", 2020, "Alder, B."),
        record_id("https://doi.org/10.5555/a1", "Another", "2021", ""),
    }
    assert len(same) == 1
    assert all(i.startswith("r") and len(i) == 11 for i in same)


def test_record_id_without_doi_uses_title_year_author():
    first = record_id("", "Citizens as partners.", 2020, "Alder, Béla")
    assert first == record_id("", "CITIZENS AS PARTNERS", "2020/05", "B. Alder")
    assert first != record_id("", "Citizens as partners", 2021, "Alder, Béla")
