"""DEMATEL, ISM and MICMAC against published examples and slow definitions."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from coproduction.methods import dematel, ism
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

SQUARE = st.integers(2, 7).flatmap(lambda n: arrays(np.int8, (n, n), elements=st.sampled_from([0, 0, 0, 1])))


def blocks(text):
    """The worked examples of the reference output: direct, normalised, total, sums, threshold."""
    for part in text.split("####")[1:]:
        if "-- threshold" not in part:
            continue
        direct, *rest = re.split(r"\n-- [^\n]*\n", part.split("\n", 1)[1])
        number = sum(bool(re.match(r"K\d", line)) for line in direct.splitlines())
        yield [
            rows(direct, "K", number),
            *(rows(piece, "C", number) for piece in rest[:-1]),
            float(rest[-1].split()[-1]),
        ]


def rows(piece, letter, number):
    """A printed matrix, whose columns may be broken over several blocks."""
    lines = [
        line.split()[1:]
        for line in piece.splitlines()
        if re.match(rf"{letter}\d+ +\S*\d", line) and not re.match(rf"{letter}\d+ +{letter}", line)
    ]
    pieces = [np.array(lines[at : at + number], float) for at in range(0, len(lines), number)]
    return np.hstack(pieces)


def test_dematel_gives_the_numbers_of_the_reference(shared_data):
    text = (shared_data / "ism" / "DEMATEL_expected_output.txt").read_text()
    found = list(blocks(text))
    assert len(found) >= 2
    for direct, normalised, total, sums, threshold in found:
        assert dematel.normalised(direct) == pytest.approx(normalised, abs=5.1e-6)
        # the reference goes on with five decimals
        same = dematel.total_relation(normalised)
        assert same == pytest.approx(total, abs=1e-8)
        assert same.mean() == pytest.approx(threshold, abs=1e-8)
        got = dematel.totals(direct)
        table = np.column_stack([got.given, got.received, got.prominence, got.relation])
        assert table == pytest.approx(sums, abs=5e-4)
        given, received = same.sum(axis=1), same.sum(axis=0)
        exact = np.column_stack([given, received, given + received, given - received])
        assert exact == pytest.approx(sums, abs=1e-7)


def test_dematel_reads_the_same_from_the_file_of_the_example(shared_data):
    direct = pd.read_csv(shared_data / "ism" / "medicaldevice.csv").to_numpy(float)
    assert dematel.totals(direct).relation.argmax() == 3


def test_the_total_relation_is_the_sum_over_all_chains():
    direct = np.array([[0, 3, 1], [0, 0, 4], [1, 0, 0]], float)
    scaled, power, total = direct / 5, direct / 5, np.zeros((3, 3))
    for _ in range(400):
        total, power = total + power, power @ scaled
    assert dematel.totals(direct).total == pytest.approx(total, abs=1e-12)


@pytest.mark.parametrize(
    ("direct", "words"),
    [
        (np.zeros((3, 3)), "no factor has any influence"),
        (4 * (1 - np.eye(4)), "do not diminish"),
        (np.array([[0, 2.0], [2, 0]]), "spectral radius 1"),
        (np.array([[0, 3, 0], [3, 0, 0], [0, 1.0, 0]])[:2, :2], "do not diminish"),
    ],
)
def test_a_sum_without_a_limit_is_said(direct, words):
    with pytest.raises(dematel.NoTotalRelation, match=words):
        dematel.totals(direct)


def test_ism_gives_the_reference(shared_data):
    example = json.loads((shared_data / "ism" / "ism_example.json").read_text())
    reach = ism.reachability(np.array(example["initial"], bool))
    assert reach.astype(int).tolist() == example["final_reachability"]
    found = {f"A{place}": int(level) for place, level in enumerate(ism.levels(reach), start=1)}
    assert found == example["levels"]
    assert reach.sum(axis=1).tolist() == example["driving"]
    assert reach.sum(axis=0).tolist() == example["dependence"]


def reaches(direct, start):
    """Depth first, as one would with a finger."""
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for other in range(len(direct)):
            if direct[here][other] and other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


@given(SQUARE)
def test_reachability_and_levels_by_sets(direct):
    reach = ism.reachability(direct)
    sets = {a: reaches(direct, a) for a in range(len(direct))}
    assert [set(np.flatnonzero(row)) for row in reach] == list(sets.values())
    before = {a: {b for b in sets if a in sets[b]} for a in sets}
    left, level, expected = set(sets), 0, {}
    while left:
        level += 1
        top = {a for a in left if sets[a] & left == sets[a] & before[a] & left}
        expected |= dict.fromkeys(top, level)
        left -= top
    assert ism.levels(reach).tolist() == [expected[a] for a in range(len(direct))]


@given(SQUARE)
def test_the_skeleton_keeps_what_reaches_and_nothing_more(direct):
    words, reach = ism.skeleton(direct), ism.reachability(direct)
    drawn = (words == "yes") | (words == ism.CYCLE)
    assert (ism.reachability(drawn) == reach).all()
    for a, b in np.argwhere(words == "yes"):
        without = drawn & ~np.outer(reach[a] & reach[:, a], reach[b] & reach[:, b])
        assert b not in reaches(without, a)
    assert ((words != "") == (direct.astype(bool) & ~np.eye(len(direct), dtype=bool))).all()


def test_the_quadrants():
    driving, dependence = np.array([4, 4, 1, 1]), np.array([1, 4, 4, 1])
    expected = [ism.DRIVER, ism.LINKAGE, ism.DEPENDENT, ism.AUTONOMOUS]
    assert ism.quadrants(driving, dependence, "half") == expected
    assert ism.quadrants(driving, dependence, "mean") == expected
    everyone = np.array([3, 3, 3])
    assert set(ism.quadrants(everyone, everyone, "half")) == {ism.LINKAGE}
    assert set(ism.quadrants(everyone, everyone, "mean")) == {ism.AUTONOMOUS}
