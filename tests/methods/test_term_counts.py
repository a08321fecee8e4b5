"""Counting of words and pairs by grouping, beside counting one by one."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from coproduction.methods.relevance_model import Model
from coproduction.methods.term_counts import FEW, Text, blocks_of, count_terms
from coproduction.methods.text_features import make_features
from methods.texts_of_two_themes import texts


def counted_singly(texts_of_numbers, width):
    """Records and times of each code."""
    found = {}
    for record, numbers in enumerate(texts_of_numbers):
        codes = [number * width for number in numbers]
        codes += [first * width + second + 1 for first, second in pairwise(numbers)]
        for code, times in Counter(codes).items():
            found.setdefault(code, []).append((record, times))
    return found


@pytest.mark.parametrize("records", [FEW, 60])
@pytest.mark.parametrize("block", [7, 10**6])
def test_counts_are_those_made_one_by_one(monkeypatch, records, block):
    monkeypatch.setattr("coproduction.methods.term_counts.BLOCK", block)
    random = np.random.default_rng(5)
    many = random.integers(0, 9, records)  # some have no word
    numbers = [random.integers(0, 12, count).tolist() for count in many]
    ids = np.array([number for row in numbers for number in row], dtype=np.int32)
    text = Text(ids, np.repeat(np.arange(records, dtype=np.int32), many), np.ones(len(ids), dtype=bool), records)
    found, alone = {}, {}
    for low, high in blocks_of(ids, 12):
        codes, spread, owners, times, once, repeated = count_terms(text, low, high, 13)
        entries = zip(owners.tolist(), times.tolist(), strict=True)
        found |= {code: [next(entries) for _ in range(count)] for code, count in zip(codes, spread, strict=True)}
        for record, count in zip(once.tolist(), repeated.tolist(), strict=True):
            alone.setdefault(record, []).append(count)
    expected = counted_singly(numbers, 13)
    kept = {code: rows for code, rows in expected.items() if records <= FEW or 1 < len(rows) <= 0.95 * records}
    assert list(found) == sorted(kept)
    assert found == kept
    single = [rows[0] for code, rows in expected.items() if len(rows) == 1 and code not in kept]
    assert sorted((record, count) for record, counts in alone.items() for count in counts) == sorted(single)


def test_counting_in_blocks_changes_nothing(monkeypatch):
    whole = make_features(texts(), Model().kinds)
    monkeypatch.setattr("coproduction.methods.term_counts.BLOCK", 40)
    parts = make_features(texts(), Model().kinds)
    assert (parts.similar != whole.similar).nnz == 0
    assert parts.named().tolist() == whole.named().tolist()
