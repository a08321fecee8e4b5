"""The figure of the databases' overlap."""

import pandas as pd
from coproduction.core import figures
from coproduction.literature.figures import count_overlap, draw_overlap

from .chain import Chain


def test_overlap_counts_each_record_once_and_is_drawn(two):
    overlap = count_overlap(two.records)
    assert overlap["databases"].tolist() == ["Rivers;Trees"]
    assert overlap["records"].sum() == len(two.records)
    many = pd.DataFrame({"databases": [f"D{i};D{i + 1}" for i in range(30)], "records": range(30)})
    with figures.style():
        assert len(draw_overlap(many).axes) == 2


def test_nothing_yet_is_drawn_as_a_sentence():
    assert draw_overlap(count_overlap(Chain([]).records)).axes
