"""Sets and memberships that people keep: what is understood, what is refused."""

import pytest
from coproduction.core import accounting
from coproduction.core.errors import StudyError
from coproduction.desk.tables import VALUES
from coproduction.qca import sets

HEAD = "set,name,role,indicator,exclusion,crossover,inclusion,expected,factors\n"
OUTCOME = "y,Started,outcome,,,,,,\n"


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a b,A,condition,,,,,,\n", "row 2, column 'set': 'a b' cannot be used in an expression"),
        (OUTCOME + "z,Z,outcome,,,,,,\n", "row 3, column 'role': there is a second outcome"),
        ("a,A,condition,gini,,,,,\n", "the anchors are incomplete"),
        ("a,A,condition,gini,1,2,,,\n", "the anchors are incomplete"),
        ("a,A,condition,gini,1,3,2,,\n", "the anchors are neither ascending nor descending"),
        ("a,A,condition,gnii,1,2,3,,\n", "there is no indicator 'gnii' in desk/codebook.csv"),
        ("a,A,condition,,1,2,3,,\n", "there are anchors but no indicator"),
        ("a,A,condition,,,,,,trsut\n", "row 2, column 'factors': 'trsut' is not a factor"),
        ("a,A,condition,,,,,maybe,\n", "row 2, column 'expected': 'maybe' must be one of"),
        ("Always,A,condition,,,,,,\n", "row 2, column 'set': 'Always' stands for a solution without conditions"),
        (OUTCOME + "Y,Not y,condition,,,,,,\n", "row 3, column 'set': 'Y' is almost 'y'"),
        ("a-b,A,condition,,,,,,\na_b,B,condition,,,,,,\n", "row 3, column 'set': 'a_b' is almost 'a-b'"),
        ("a,A,cause,,,,,,\n", "column 'role': 'cause' must be one of: condition, outcome"),
        ("".join(f"c{n},C,condition,,,,,,\n" for n in range(13)), "row 14: this is condition 13"),
    ],
)
def test_sets_that_cannot_be_are_named(tmp_path, rows, words):
    path = written(tmp_path, "sets.csv", HEAD + rows)
    with pytest.raises(StudyError, match=r"sets\.csv") as caught:
        sets.read_sets(path, {"gini"}, {"trust"})
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("FIN,b,0.2\n", "row 2, column 'set': there is no set 'b' in sets.csv"),
        ("FIN,g,0.2\n", "'g' takes its memberships from an indicator"),
        ("FIN,y,1.2\n", "row 2, column 'membership': 1.2 is not between 0 and 1"),
        ("FIN,y,1\nFinland,y,0\n", "row 3, column 'case': 'FIN' already has a membership in 'y'"),
        ("FIN,y,most\n", "'most' is not a number"),
        ("Riverton,y,1\nriverton,y,0.4\n", "row 3, column 'case': 'riverton' is almost 'Riverton'"),
    ],
)
def test_memberships_that_cannot_be_are_named(tmp_path, rows, words):
    text = HEAD + OUTCOME + "g,G,condition,gini,36,30,26,,\n"
    of_study = sets.read_sets(written(tmp_path, "sets.csv", text), {"gini"}, set())
    path = written(tmp_path, "memberships.csv", "case,set,membership\n" + rows)
    with pytest.raises(StudyError, match=r"memberships\.csv") as caught:
        sets.read_memberships(path, of_study)
    assert words in str(caught.value)


PLACES = ["England", "Flanders (Belgium)", "Southern Italy", "Cluj Romania", "Francesca centre"]


def test_cases_that_are_no_countries_keep_their_names(tmp_path):
    of_study = sets.read_sets(written(tmp_path, "sets.csv", HEAD + OUTCOME), set(), set())
    rows = "".join(f"{place},y,1\n" for place in [*PLACES, "Finland"])
    path = written(tmp_path, "memberships.csv", "case,set,membership\n" + rows)
    assert sets.read_memberships(path, of_study)["case"].tolist() == [*PLACES, "FIN"]
    settled = {"england": "GBR", "finland": ""}
    found = sets.read_memberships(path, of_study, settled)["case"].tolist()
    assert found == ["GBR", *PLACES[1:], "Finland"]


def test_cases_are_those_with_an_outcome_and_values_are_calibrated(tmp_path):
    text = HEAD + OUTCOME + "g,Equal,condition,gini,36,30,26,present,\nc,C,condition,gini,,30,,,\n"
    of_study = sets.read_sets(written(tmp_path, "sets.csv", text), {"gini"}, set())
    people = written(tmp_path, "memberships.csv", "case;set;membership\nFinland;y;1\nTown A;y;0.2\n")
    judged = sets.read_memberships(people, of_study)
    used = {"indicator": "gini", "year": 2022, "outcome": "used"}
    values = accounting.table(
        [{"row": 2, "country": "FIN", "value": 26} | used, {"row": 3, "country": "ITA", "value": 35} | used], VALUES
    )
    found = sets.calibrate(of_study, judged, values, 0.95).set_index(["case", "set"])
    assert set(found.index.get_level_values(0)) == {"FIN", "Town A"}
    assert found.loc[("FIN", "g"), "membership"] == pytest.approx(0.95)
    assert found.loc[("FIN", "c"), "membership"] == 0
    assert found.loc[("FIN", "g"), "origin"] == "gini, 2022"
    assert found.loc[("Town A", "g"), "origin"] == "no value of gini"


@pytest.mark.parametrize("cell", ["1,000;2,000", "nan;2", "1;inf", "1;two", "2;1", "10,20", "1,234"])
def test_thresholds_that_are_no_numbers_or_may_be_thousands_are_named(cell, tmp_path):
    path = tmp_path / "sets.csv"
    path.write_text(
        f'set,name,role,indicator,thresholds\na,A,condition,gini,"{cell}"\n{OUTCOME.split(",", maxsplit=1)[0]},Y,outcome,,\n'
    )
    with pytest.raises(StudyError, match="row 2, column 'thresholds': the thresholds"):
        sets.read_sets(path, {"gini"}, set())


def judged(tmp_path, cases, settled=None):
    of_study = sets.read_sets(written(tmp_path, "sets.csv", HEAD + OUTCOME), set(), set())
    rows = "".join(f"{case},y,1\n" for case in cases)
    return sets.read_memberships(
        written(tmp_path, "memberships.csv", "case,set,membership\n" + rows), of_study, settled
    )


def test_two_letters_are_a_country_only_where_all_are(tmp_path):
    """Berlin was Belgium and Lower Saxony Nicaragua among federal states."""
    assert judged(tmp_path, ["AT", "BE", "Riverton"])["case"].tolist() == ["AUT", "BEL", "Riverton"]
    with pytest.raises(StudyError, match="row 2, column 'case': 'BE' would be Belgium, but 'HH' is not a country"):
        judged(tmp_path, ["BE", "HH", "NI"])
    settled = {name.casefold(): "" for name in ("BE", "HH", "NI")}
    assert judged(tmp_path, ["BE", "HH", "NI"], settled)["case"].tolist() == ["BE", "HH", "NI"]
    assert judged(tmp_path, ["HH", "RP"])["case"].tolist() == ["HH", "RP"]
