"""Which records cite the same works, beside a comparison of every reference with every other."""

import random
from collections import defaultdict

import pytest
from coproduction.core import tables
from coproduction.formats.references.cited import read_work
from coproduction.literature.importing import import_files
from coproduction.literature.merging import merge_records
from coproduction.literature.shared_references import Lists, link_references
from coproduction.literature.tables import OTHER_FIELDS, REFERENCES, SEARCHES

WOS = """FN Clarivate Web of Science
VR 1.0
{}EF
"""


def entry(number, title, cites=(), **more):
    said = {"AU": "Alder, B", "TI": title, "PY": "2019"} | more
    lines = ["PT J", *(f"{tag} {value}" for tag, value in said.items())]
    for i, reference in enumerate(cites):
        lines.append(("CR " if not i else "   ") + reference)
    return "\n".join([*lines, f"UT WOS:{number:015}", "ER", "", ""])


def linked(tmp_path, *files):
    """REFERENCES of exports in which every entry is a work of its own."""
    imported = import_files([(name, text.encode()) for name, text in files], tables.empty(SEARCHES))
    clusters = imported.entries[["file", "number", "entry"]].assign(cluster=imported.entries["entry"])
    records, _, record_of = merge_records(imported.entries, clusters)
    path = tmp_path / "other_fields.csv"
    tables.write_csv(imported.other_fields, path, OTHER_FIELDS)
    references = link_references(Lists(path, imported.entries, record_of, records))
    tables.conforming(references, REFERENCES)
    return references, dict(zip(records["title"], records["record"], strict=True))


def test_works_that_one_record_alone_cites_are_left_out(tmp_path):
    shared = "Ash B, 2001, J CARE, V3, P5, DOI 10.5555/jc.1"
    text = WOS.format(
        entry(1, "One", [shared, "Birch C, 1999, CARE, V1, P1"]) + entry(2, "Two", [shared]) + entry(3, "Three")
    )
    references, ids = linked(tmp_path, ("wos.txt", text))
    assert references["record"].tolist() == sorted([ids["One"], ids["Two"]])
    assert references["work"].nunique() == 1
    assert set(references["reference"]) == {shared}


def test_databases_write_one_work_in_several_ways(tmp_path):
    """With DOI and place, with the place alone, with the DOI alone."""
    wos = WOS.format(entry(1, "One", ["ASH B, 2001, J CARE, V3, P5, DOI 10.5555/jc.1"]))
    scopus = (
        '"Authors","Title","Year","References","EID"\n'
        '"Oak, D.","Two","2020","Ash, B., Birch, C., On care (2001) J. Care, 3 (1), pp. 5-9; Elm, E., X (1990) Y","1"\n'
        '"Fir, D.","Three","2020","Ash B., On care, https://doi.org/10.5555/JC.1","2"\n'
    )
    references, ids = linked(tmp_path, ("wos.txt", wos), ("scopus.csv", scopus))
    assert set(references["record"]) == {ids["One"], ids["Two"], ids["Three"]}
    assert references["work"].nunique() == 1


def test_a_place_with_two_numbers_joins_neither(tmp_path):
    place = "Ash B, 2001, J CARE, V3, P5"
    cites = [[f"{place}, DOI 10.5555/jc.1"], [f"{place}, DOI 10.5555/jc.2"], [place], [place]]
    text = WOS.format("".join(entry(i, f"Work {i}", own) for i, own in enumerate(cites)))
    references, ids = linked(tmp_path, ("wos.txt", text))
    assert set(references["record"]) == {ids["Work 2"], ids["Work 3"]}


def test_records_that_cite_records(tmp_path):
    one = entry(1, "One", DI="10.5555/one", SO="CARE", VL="3", BP="5")
    two = entry(2, "Two", ["Alder B, 2019, CARE, V3, P5", "Alder B, 2019, CARE, V3, P9"], SO="CARE", VL="3", BP="9")
    references, ids = linked(tmp_path, ("wos.txt", WOS.format(one + two)))
    assert references[["record", "cited_record"]].values.tolist() == [[ids["Two"], ids["One"]]]  # not itself


def test_numbers_of_openalex(tmp_path):
    text = (
        "id,doi,title,publication_year,authorships.author.display_name,referenced_works\n"
        "https://openalex.org/W1000001,,One,2001,Ann Ash,\n"
        "https://openalex.org/W1000002,,Two,2002,Ann Ash,https://openalex.org/W1000001|https://openalex.org/W1000009\n"
        "https://openalex.org/W1000003,,Three,2003,Ann Ash,https://openalex.org/W1000009\n"
    )
    references, ids = linked(tmp_path, ("works.csv", text))
    assert len(references) == 3
    assert set(references.loc[references["record"] == ids["Two"], "cited_record"]) == {ids["One"], ""}


def test_without_lists_there_is_nothing(tmp_path):
    references, _ = linked(tmp_path, ("wos.txt", WOS.format(entry(1, "One") + entry(2, "Two"))))
    assert references.empty


@pytest.mark.parametrize("seed", range(5))
def test_like_a_comparison_of_every_reference_with_every_other(tmp_path, seed):
    """Works as sets of references, joined step by step: same DOI; same place, where it has one DOI at most."""
    chance = random.Random(seed)
    works = [
        (f"ash{chr(97 + i)} b, {2000 + i % 3}, care, v{i % 4 + 1}, p{i % 5 + 1}", f"10.5555/{i}") for i in range(40)
    ]
    lists = []
    for _ in range(12):
        own = chance.sample(works, 9)
        lists.append([place + (f", doi {doi}" if chance.random() < 0.5 else "") for place, doi in own])
    text = WOS.format("".join(entry(i, f"Work {i}", [r.upper() for r in own]) for i, own in enumerate(lists)))
    references, ids = linked(tmp_path, ("wos.txt", text))

    said = [(i, read_work(reference.upper())) for i, own in enumerate(lists) for reference in own]
    dois = defaultdict(set)
    for _, work in said:
        if work.doi:
            dois[work.place].add(work.doi)

    def same(a, b):
        one, other = ({w.doi} if w.doi else dois[w.place] for w in (a, b))
        if len(one) == 1 and len(other) == 1:
            return one == other
        return a.place == b.place and not (a.doi or b.doi)

    expected = set()
    for i, a in said:
        expected |= {(min(i, j), max(i, j)) for j, b in said if i != j and same(a, b)}
    of = defaultdict(set)
    for record, work in zip(references["record"], references["work"], strict=True):
        of[work].add(record)
    number = {record: int(title.split()[1]) for title, record in ids.items()}
    found = {(i, j) for who in of.values() for i in map(number.get, who) for j in map(number.get, who) if i < j}
    assert found == expected
