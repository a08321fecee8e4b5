"""Widths of columns: few lines, no divided words, the same each time."""

import pytest
from coproduction.core import column_widths as cw


def lines(head, body, shares):
    """Lines of all rows of a table whose columns have these shares of the page."""
    across = cw.ROOM if len(head) <= cw.MOST else cw.DENSE
    columns = [cw._Column([row[place] for row in [head, *body]]) for place in range(len(head))]
    units = [max(1, round((share * across - cw.BESIDE) / cw.UNIT)) for share in shares]
    found = [column.lines(width)[0].tolist() for column, width in zip(columns, units, strict=True)]
    return sum(map(max, zip(*found, strict=True)))


def test_a_long_column_gets_the_room_that_short_ones_do_not_need():
    head = ["Set", "Name", "Role", "Memberships", "Expected"]
    body = [
        [
            "started",
            "Co-production of social services has started (illustrative)",
            "outcome",
            "judged by the team",
            "–",
        ],
        ["voice", "Citizens have a say", "condition", "voice_accountability, anchors 0.6, 1.1, 1.5", "present"],
        ["capacity", "Capable administration", "condition", "government_effectiveness, anchors 0.5, 1.1", "present"],
    ]
    alike = [0.2] * 5
    found = cw.column_widths(head, body, alike)
    assert sum(found) == pytest.approx(1)
    assert lines(head, body, found) < lines(head, body, alike)


def test_no_word_is_divided_where_another_column_has_room():
    head = ["Of", "Reviewers", "Words"]
    body = [["calibration", "R1", "here is room enough for a column that gives some of it away " * 2]] * 3
    columns = [cw._Column([row[place] for row in [head, *body]]) for place in range(3)]
    shares = cw.column_widths(head, body, [1, 1, 30])
    for column, share in zip(columns, shares, strict=True):
        counted, more = column.lines(round((share * cw.ROOM - cw.BESIDE) / cw.UNIT))
        assert more == pytest.approx(cw.INSIDE * counted.sum())


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (["a"], []),
        (["a", "b"], [["", ""]]),
        ([str(n) for n in range(70)], [["x" * 40] * 70]),
        (["a", "b"], [["w" * 500, "v" * 500]]),
        (["a", "b"], [["one", "two"]] * 2000),
    ],
)
def test_any_table_has_widths(head, body):
    found = cw.column_widths(head, body)
    assert len(found) == len(head)
    assert min(found) > 0
    assert sum(found) == pytest.approx(1)
    assert found == cw.column_widths(head, body)


def test_marks_of_markdown_take_no_room():
    assert cw.plain(r"**[Trust](supplement#evidence-trust){.condition}** \| `a_b.csv` a\_b") == "Trust | a_b.csv a_b"
