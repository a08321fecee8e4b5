"""Records of topics by journal and country: every record counted, unsure names left out."""

import pandas as pd
import pytest
from coproduction.core.tables import conforming
from coproduction.topics.distribution import countries_of, distribution
from coproduction.topics.tables import DISTRIBUTION, DOCUMENTS

DOCUMENTS_GIVEN = pd.DataFrame(
    [
        ("a", "T1", 0.9, "assigned", "0.9;0.1"),
        ("b", "T1", 0.8, "assigned", "0.8;0.2"),
        ("c", "T2", 0.7, "assigned", "0.3;0.7"),
        ("d", "T2", 0.5, "below threshold", "0.5;0.5"),
        ("e", "", None, "no abstract", ""),
    ],
    columns=list(DOCUMENTS.columns),
)
RECORDS = pd.DataFrame(
    [
        ("a", "Care  Journal", "Univ Oslo, Oslo, Norway; Univ Lund, Lund, Sweden; Univ Oslo, Oslo, Norway"),
        ("b", "Care Journal", "Univ Oslo, Oslo, Norway"),
        ("c", "", "Somewhere, Atlantis"),
        ("d", "Cities", ""),
        ("e", "Cities", "Univ Rome, Rome, Italy"),
    ],
    columns=["record", "source", "affiliations"],
)


def made(studied=None, settled=None):
    found = distribution(DOCUMENTS_GIVEN, RECORDS, studied or {}, settled or {})
    conforming(found, DISTRIBUTION)
    return found


def rows(found, kind):
    own = found[found["kind"] == kind]
    return {(r.value, r.topic): (r.documents, r.fraction) for r in own.itertuples(index=False)}


def test_every_modelled_record_is_counted_once_by_journal_and_in_parts_by_country():
    found = made()
    assert rows(found, "journal") == {
        ("Care Journal", "T1"): (2, 2),
        ("Cities", ""): (1, 1),
        ("not stated", "T2"): (1, 1),
    }
    assert rows(found, "country of the authors") == {
        ("Norway", "T1"): (2, 1.5),
        ("Sweden", "T1"): (1, 0.5),
        ("not stated", "T2"): (1, 1),
        ("not stated", ""): (1, 1),
    }
    assert found.groupby("kind")["fraction"].sum().to_dict() == {"country of the authors": 4, "journal": 4}


def test_countries_studied_are_counted_among_included_studies_alone():
    found = made({"a": "France; UK", "c": "22 European countries", "e": "Italy"})
    assert rows(found, "country studied") == {
        ("France", "T1"): (1, 0.5),
        ("United Kingdom", "T1"): (1, 0.5),
        ("not stated", "T2"): (1, 1),
    }


def test_spellings_of_a_journal_are_one():
    spelt = RECORDS.assign(source=["CARE & JOURNAL", "Care and Journal", "Care & journal", "Care and Journal", ""])
    assert {value for value, _ in rows(distribution(DOCUMENTS_GIVEN, spelt, {}, {}), "journal")} == {"Care and Journal"}


def test_names_of_countries_as_databases_write_them_in_addresses():
    written = [
        "Univ Hull, Hull, N Humberside, England",
        "Acad Sci, Beijing, Peoples R China.",
        "A, Sarajevo, Bosnia & Herceg",
    ]
    found = distribution(DOCUMENTS_GIVEN, RECORDS.assign(affiliations=[*written, "", ""]), {}, {})
    values = {value for value, _ in rows(found, "country of the authors")}
    assert values == {"United Kingdom", "China", "Bosnia and Herzegovina", "not stated"}


def test_what_people_settled_is_a_country():
    assert ("Greece", "T2") in rows(made(settled={"atlantis": "GRC"}), "country of the authors")


def test_a_kind_that_no_record_states_is_left_out():
    found = distribution(DOCUMENTS_GIVEN, RECORDS.assign(affiliations=""), {}, {})
    assert set(found["kind"]) == {"journal"}
    nothing = distribution(DOCUMENTS_GIVEN.iloc[4:], RECORDS, {}, {})
    assert nothing.empty
    assert list(nothing.columns) == list(DISTRIBUTION.columns)


@pytest.mark.parametrize(
    ("addresses", "countries"),
    [
        ("Department of Care, University of Essen, Essen, Germany; Kakogawa, Hyogo, Japan", ["Germany", "Japan"]),
        ("[Poe, A.; Roe, B.] CSIR, Natl Inst Oceanog, Goa, India.", ["India"]),
        ("[Poe, A.] Univ Tehran, Tehran, Iran. [Roe, B.] Stanford Univ, Stanford, CA 94305 USA.", ["Iran", "USA"]),
        ("Stanford Univ, Stanford, CA USA", ["USA"]),
        ("Nanjing Institute, Nanjing, China.; Institute of Botany, Chinese Academy, Beijing, China.", ["China"]),
        ("UNIV ROCHESTER,ROCHESTER,NY 14627. INST PHYS,BELGRADE,YUGOSLAVIA.", ["YUGOSLAVIA"]),
        ("Univ Rochester, Rochester, NY 14627", ["USA"]),
        (
            "Academy, Beijing, China. Electronic address: lyh@rcees.ac.cn; Academy, Hunan, China. x_1@hunau.edu.cn.",
            ["China"],
        ),
        ("University of Nowhere", []),
        ("", []),
    ],
)
def test_the_country_is_the_last_part_of_an_address(addresses, countries):
    assert countries_of(addresses) == countries
