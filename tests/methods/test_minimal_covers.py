"""All smallest covers beside a slow search through every choice of sets."""

import itertools

import numpy as np
import pytest
from coproduction.methods import minimal_covers
from hypothesis import given
from hypothesis import strategies as st

MOST = 10**6


def slow(sets: list[int], rows: int) -> list[list[int]]:
    """Every choice of sets, the smaller ones first."""
    for size in range(len(sets) + 1):
        found = [
            list(places)
            for places in itertools.combinations(range(len(sets)), size)
            if sum(1 << row for row in range(rows) if any(sets[p] >> row & 1 for p in places)) == (1 << rows) - 1
        ]
        if found:
            return found
    return []


def covers_of(sets, rows: int, most: int) -> tuple[list[list[int]], bool]:
    found, complete = minimal_covers.smallest_covers(sets, rows, most)
    return found.tolist(), complete


def drawn(chance, rows: int, n: int, share: float) -> list[int]:
    held = chance.random((n, rows)) < share
    return sorted({sum(1 << int(row) for row in np.flatnonzero(own)) for own in held})


@pytest.mark.parametrize("seed", range(60))
def test_all_smallest_covers_are_found_once(seed):
    chance = np.random.default_rng(seed)
    rows = int(chance.integers(1, 14))
    sets = drawn(chance, rows, int(chance.integers(1, 12)), chance.uniform(0.1, 0.7))
    assert covers_of(sets, rows, MOST) == (slow(sets, rows), True)


def test_more_rows_than_bits_of_a_machine_word():
    chance = np.random.default_rng(3)
    sets = [sum(1 << row for row in range(90) if (row * p) % 7 < 3) for p in range(1, 7)]
    sets += drawn(chance, 90, 6, 0.4)
    assert covers_of(sets, 90, MOST) == (slow(sets, 90), True)


def test_sets_within_others_and_rows_that_come_with_others():
    # 0 and 1 hold the same of what row 0 and row 2 need; row 1 comes with row 0
    sets = [0b0011, 0b0111, 0b1100, 0b1000]
    assert covers_of(sets, 4, MOST) == (slow(sets, 4), True)
    assert slow(sets, 4) == [[0, 2], [1, 2], [1, 3]]


def test_without_rows_and_with_a_row_in_no_set():
    assert covers_of([], 0, MOST) == ([[]], True)
    assert covers_of([0b01], 2, MOST) == ([], True)


def test_more_covers_than_are_listed():
    sets = [1 << row | 1 << other for row, other in itertools.combinations(range(8), 2)]
    whole, complete = covers_of(sets, 8, MOST)
    assert complete
    assert len(whole) == 105
    part, complete = covers_of(sets, 8, 10)
    assert not complete
    assert len(part) == 10
    assert {tuple(cover) for cover in part} < {tuple(cover) for cover in whole}


def test_one_smallest_by_integer_programming(monkeypatch):
    chance = np.random.default_rng(5)
    tables = [(chance.random((12, 9)) < 0.35).astype(np.float32) for _ in range(8)]
    tables = [table for table in tables if table.any(axis=0).all()]
    plain = [len(minimal_covers.one_smallest(table)) for table in tables]
    monkeypatch.setattr(minimal_covers, "BLOCKS", 0)
    solved = [minimal_covers.one_smallest(table) for table in tables]
    assert [len(own) for own in solved] == plain
    assert all(table[list(own)].any(axis=0).all() for table, own in zip(tables, solved, strict=True))
    assert len(plain) > 3


def test_a_search_that_is_too_long_says_so(monkeypatch):
    monkeypatch.setattr(minimal_covers, "EFFORT", 1)
    sets = [1 << row | 1 << other for row, other in itertools.combinations(range(8), 2)]
    found, complete = covers_of(sets, 8, MOST)
    assert not complete
    assert found
    assert all(len(cover) == 4 for cover in found)


@given(st.lists(st.lists(st.integers(0, 4000), min_size=11, max_size=11), min_size=1, max_size=30))
def test_rows_of_numbers_are_put_in_order_once_each(rows):
    table = np.array([*rows, *rows[:3]], dtype=np.int32)
    assert minimal_covers.in_order(table, 4001).tolist() == np.unique(table, axis=0).tolist()
