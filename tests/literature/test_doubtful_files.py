"""Files in searches/ that may be no exports, or are there twice."""

import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.literature.importing import import_files
from coproduction.literature.tables import SEARCHES

ONE = b"TY  - JOUR\nTI  - Trust in care\nAU  - Rowan, D.\nPY  - 2020\nDO  - 10.5555/a\nER  - \n"
TWO = b"TY  - JOUR\nTI  - Money in care\nAU  - Elm, K.\nPY  - 2021\nDO  - 10.5555/b\nER  - \n"
REGISTER = b"document,file,title,issuer,year\nD01,a.pdf,A strategy for care,Ministry,2020\n"


def read(files, *listed):
    searches = pd.DataFrame([{"database": "x", "file": name} for name in listed])
    return import_files(files.items(), searches.reindex(columns=list(SEARCHES.columns), fill_value=""))


@pytest.mark.parametrize("name", ["scopus (1).ris", "scopus-DESKTOP-1's conflicted copy.ris", "scopus - Kopie.ris"])
def test_a_copy_that_a_program_made_is_asked_about(name):
    with pytest.raises(StudyError) as caught:
        read({"scopus.ris": ONE + TWO, name: ONE + TWO}, "scopus.ris")
    assert f"searches/{name}: each of its 2 entries is in scopus.ris too" in str(caught.value)
    assert "list it in searches/searches.csv" in str(caught.value)


def test_of_two_alike_that_nobody_listed_the_longer_name_is_the_copy():
    with pytest.raises(StudyError, match=r"a \(1\)\.ris: each of its 1 entries is in a\.ris too"):
        read({"a.ris": ONE, "a (1).ris": ONE})


def test_an_export_that_was_cut_and_exported_again_is_asked_about():
    with pytest.raises(StudyError, match=r"part\.ris: each of its 1 entries is in whole\.ris too"):
        read({"part.ris": TWO, "whole.ris": ONE + TWO})


def test_what_people_list_counts_and_so_does_what_differs():
    assert len(read({"a.ris": ONE, "b.ris": ONE}, "a.ris", "b.ris").entries) == 2
    assert len(read({"a.ris": ONE, "b.ris": ONE.replace(b"2020", b"2019")}).entries) == 2


def test_a_table_with_nothing_but_titles_is_asked_about():
    with pytest.raises(StudyError, match=r"register\.csv: its 1 entries have titles, but neither authors"):
        read({"register.csv": REGISTER})
    assert len(read({"register.csv": REGISTER}, "register.csv").entries) == 1


def test_a_table_of_which_nobody_knows_the_columns_is_asked_about():
    table = b"No;Otsake;Tegijad;Koht;DOI\n1;Uksed;Alder, B;Tartu;10.5555/d.1\n"
    with pytest.raises(
        StudyError, match=r"none of its 1 entries has a title.*: No, Otsake, Tegijad, Koht\. Assign them"
    ):
        read({"a.csv": table})
    assert len(read({"a.csv": table}, "a.csv").entries) == 1
    assert len(read({"dois.csv": b"DOI,PMID\n10.5555/d.1,\n"}).entries) == 1  # nothing is left unread


def test_all_that_is_odd_is_asked_at_once():
    with pytest.raises(StudyError) as caught:
        read({"a.ris": ONE, "b (1).ris": ONE, "register.csv": REGISTER})
    assert "2 problems" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "sign"),
    [
        (
            "articles.csv",
            b'key,title,year,authors,notes\nrayyan-1,Trust,2020,"Rowan, D","RAYYAN-INCLUSION: {""Ann""=>""Included""}"\n',
            "its notes have 'RAYYAN-INCLUSION'",
        ),
        ("a.ris", ONE.replace(b"ER  -", b"N1  - ASReview_relevant\nER  -"), "its notes have 'ASReview'"),
        ("c.csv", b'Title,Authors,Covidence #,Notes\nTrust,"Rowan, D",#1,\n', "a column 'Covidence #'"),
        ("q.csv", b'title,authors,Decision\nTrust,"Rowan, D",include\n', "a column 'Decision'"),
    ],
)
def test_an_export_of_a_screening_tool_is_asked_about(name, content, sign):
    with pytest.raises(StudyError, match=sign):
        read({name: content})
    assert len(read({name: content}, name).entries) == 1
