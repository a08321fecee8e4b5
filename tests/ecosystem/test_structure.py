"""What experts say of influences: reading, pooling, the structure and its stability."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.tables import conforming
from coproduction.ecosystem import influences, structure
from coproduction.ecosystem.judgements import read_influences
from coproduction.ecosystem.settings import StructureSettings
from coproduction.ecosystem.tables import RELATIONS, STRUCTURE
from coproduction.methods import ism

KNOWN = {"trust", "funding", "skills"}
NAMES = {name: name.title() for name in KNOWN}
HEAD = "from,to,rater,influence\n"
NAN = float("nan")
SETTINGS = StructureSettings()


def written(tmp_path, rows, name="influences.csv"):
    path = tmp_path / name
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def chain(raters, strength=3, binary=False):
    """Experts who all see funding → skills → trust."""
    values = np.zeros((raters, 3, 3))
    values[:, 0, 1] = values[:, 1, 2] = 1 if binary else strength
    values[:, range(3), range(3)] = NAN
    return influences.Judged(["funding", "skills", "trust"], [f"E{n}" for n in range(raters)], values)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("trust,fundin,E1,2\n", r"row 2, column 'to': 'fundin' is not a factor. Did you mean 'funding'"),
        ("trust,trust,E1,2\n", "is paired with itself"),
        ("trust,funding,E1,5\n", "row 2, column 'influence': 5 is outside 0 to 4"),
        ("trust,funding,E1,-1\n", "-1 is outside"),
        ('trust,funding,E1,"2,5"\n', "'2.5' is not a whole number"),
        ("trust,funding,E1,2,5\n", "the row has 5 cells, the header 4"),
        ("trust,funding,E1,high\n", "'high' is not a whole number"),
        ("trust,funding,E1,2\ntrust,funding,E1,3\n", "row 3.*'E1' judges 'trust' on 'funding' a second time"),
        ("trust,funding,,2\n", "has no expert"),
        ("trust,funding,E 1,2\nfunding,trust,e1,2\n", "row 3, column 'rater': 'e1' may be the expert 'E 1'"),
    ],
)
def test_bad_input_is_named(tmp_path, rows, words):
    path = written(tmp_path, rows)
    with pytest.raises(StudyError, match=words) as caught:
        read_influences([path], KNOWN)
    assert path.name in str(caught.value)


def test_the_same_pair_twice_is_found_over_two_files(tmp_path):
    paths = [written(tmp_path, "trust,funding,E1,2\n", name) for name in ("influences_a.csv", "influences_b.csv")]
    with pytest.raises(StudyError, match=r"influences_b.csv, row 2"):
        read_influences(paths, KNOWN)


def test_what_is_missing_is_not_judged_and_never_zero(tmp_path):
    rows = "trust,funding,E1,4\ntrust,funding,E2,\nfunding,trust,E1,0\nfunding,trust,E2,3\n"
    table = read_influences([written(tmp_path, rows)], KNOWN)
    judged = influences.judgements_on(table, ["trust", "funding"])
    assert influences.means(judged.values).tolist() == [[0, 4], [1.5, 0]]
    assert influences.shares(judged.values, 2).tolist() == [[0, 1], [0.5, 0]]
    relations = structure.relations_table(judged, structure.analyse(judged.values, False, SETTINGS), SETTINGS)
    first = relations.iloc[0]
    assert (first["from"], first["raters"], first["not_judged"]) == ("trust", 1, 1)
    assert influences.judgements_on(table, ["funding", "skills"]).raters == []


def test_no_file_is_an_empty_table():
    table = read_influences([], KNOWN)
    assert table.empty
    assert influences.judgements_on(table, ["trust", "funding"]).raters == []


def test_the_strongest_with_evidence_are_asked_about_or_those_named():
    ranked = pd.DataFrame({"id": ["trust", "skills", "funding"], "strength": [0.9, 0.5, 0.0]})
    assert influences.factors_asked(ranked, SETTINGS) == ["trust", "skills"]
    named = StructureSettings(structure_factors=["funding", "trust"])
    assert influences.factors_asked(ranked, named) == ["trust", "funding"]
    with pytest.raises(StudyError, match=r"'fundng' is not a factor. Did you mean 'funding'"):
        influences.factors_asked(ranked, StructureSettings(structure_factors=["fundng"]))
    form = influences.form(["trust", "skills", "funding"], NAMES)
    assert len(form) == 6
    assert set(form["influence"]) == {""}


@pytest.mark.parametrize("binary", [False, True])
def test_a_chain_is_found_as_one(binary):
    judged = chain(6, binary=binary)
    assert judged.binary is binary
    found = structure.analyse(judged.values, binary, SETTINGS)
    stable = structure.stability(judged, found, SETTINGS, seed=1)
    table = structure.structure_table(judged, found, stable, NAMES)
    conforming(table, STRUCTURE)
    assert table["factor"].tolist() == ["funding", "skills", "trust"]
    assert table["level"].tolist() == [3, 2, 1]
    assert table["quadrant"].tolist() == [ism.DRIVER, ism.LINKAGE, ism.DEPENDENT]
    assert (table["same_quadrant"] == 1).all()
    assert table["draws"].tolist() == [500] * 3
    relations = structure.relations_table(judged, found, SETTINGS)
    conforming(relations, RELATIONS)
    if binary:
        assert found.totals is None
        assert "not its strength" in found.why
        assert table["relation"].isna().all()
        assert (table["group"] == "").all()
    else:
        assert table["group"].tolist() == ["cause", "", "effect"]
        # X has two cells of 1, X² one: the total of funding on trust is 1 by the chain alone
        assert relations["total"].tolist() == [1.0, 1.0, 1.0]
        assert relations["direct"].tolist() == ["yes", "yes", "no"]


def test_the_threshold_of_dematel_can_be_given():
    judged = chain(2)
    assert structure.analyse(judged.values, False, SETTINGS).alpha == pytest.approx(3 / 9)
    assert structure.analyse(judged.values, False, StructureSettings(dematel_threshold=2)).alpha == 2


def test_equal_judgements_throughout_have_no_dematel_but_an_ism():
    values = np.full((2, 3, 3), 4.0)
    values[:, range(3), range(3)] = NAN
    found = structure.analyse(values, False, SETTINGS)
    assert found.totals is None
    assert "spectral radius 1" in found.why
    assert found.quadrants == [ism.LINKAGE] * 3


def test_with_few_experts_each_is_left_out_once_and_one_alone_says_nothing_of_stability():
    judged = chain(3)
    judged.values[2, 0, 1] = 0  # one expert of three does not see the first arrow: mean 2 → 1.5 or 3
    found = structure.analyse(judged.values, False, SETTINGS)
    stable = structure.stability(judged, found, SETTINGS, seed=1)
    assert stable["draws"].tolist() == [3, 3, 3]
    assert stable["same_level"].tolist() == pytest.approx([1 / 3, 1, 1])
    alone = chain(1)
    nothing = structure.stability(alone, structure.analyse(alone.values, False, SETTINGS), SETTINGS, 1)
    assert nothing["same_quadrant"].isna().all()
    assert nothing["draws"].tolist() == [0, 0, 0]


def test_the_draws_follow_the_seed():
    def drawn(seed):
        return [d.tolist() for d in structure.draws(7, StructureSettings(structure_draws=50), seed)]

    assert drawn(5) == drawn(5)
    assert drawn(5) != drawn(6)
    assert len(drawn(5)) == 50
