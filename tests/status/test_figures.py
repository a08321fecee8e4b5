"""The figure of the study's design, at every state of the study."""

import pytest
from coproduction.core import accounting
from coproduction.core.accounting import status_row
from coproduction.core.vocabulary import TECHNIQUES
from coproduction.status.figures import draw_design, shown_steps


def drawn(rows):
    status = accounting.table(rows, accounting.STATUS)
    figure = draw_design(status)
    words = " ".join(text.get_text().replace("\n", " ") for text in figure.axes[0].texts)
    return words, shown_steps(status)


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [(0, None, "Documents read: 0"), (2, 3, "Documents read: 2 of 3"), (3, 3, "Documents read: 3")],
)
def test_numbers_are_told_also_where_nobody_knows_of_how_many(done, total, said):
    words, steps = drawn([status_row("desk", "Documents read", done, total, "document")])
    assert said in words
    assert steps["state"].tolist() == ["done" if done == total else "under way" if done else "not begun"]


def test_nothing_has_begun():
    words, steps = drawn([])
    assert words.count("not begun") >= len(TECHNIQUES) - 1
    assert steps.empty
