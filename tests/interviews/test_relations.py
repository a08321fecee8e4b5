"""Concepts by interview and concepts together."""

from itertools import combinations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from coproduction.core import accounting, figures, tables
from coproduction.interviews import relations
from coproduction.interviews.relations_report import relations_part
from coproduction.interviews.tables import BY_INTERVIEW, QUOTES, TOGETHER
from coproduction.interviews.themes_figure import draw_themes
from hypothesis import given
from hypothesis import strategies as st


def quotes(rows):
    """Quotes of (concept, transcript, turn)."""
    made = [
        {"concept": c, "theme": "T", "dimension": "D", "transcript": t, "turn": n, "text": "x",
         "start": i, "end": i + 1}
        for i, (c, t, n) in enumerate(rows)
    ]  # fmt: skip
    return accounting.table(made, QUOTES)


def test_turns_with_both_are_counted_once_and_by_interview():
    made = relations.together(
        quotes(
            [
                ("A", "P1", 1), ("A", "P1", 1), ("B", "P1", 1), ("A", "P1", 3), ("B", "P2", 3),
                ("A", "P2", 4), ("B", "P2", 4), ("C", "P2", 9), ("C", "P1", None), ("A", "P1", None),
            ]
        )
    )  # fmt: skip
    assert made.to_dict("records") == [
        {"first": "A", "second": "B", "turns_first": 3, "turns_second": 3, "turns_both": 2,
         "interviews_both": 2, "closeness": 0.5}
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["P1", "P2"]),
                          st.integers(1, 3)), max_size=20))  # fmt: skip
def test_closeness_is_the_jaccard_index_of_the_turns(rows):
    made = relations.together(quotes(rows)).set_index(["first", "second"])
    for a, b in combinations(sorted({r[0] for r in rows}), 2):
        one = {r[1:] for r in rows if r[0] == a}
        two = {r[1:] for r in rows if r[0] == b}
        if one & two:
            assert made.loc[(a, b), "closeness"] == pytest.approx(
                len(one & two) / len(one | two), abs=1e-6
            )
        else:
            assert (a, b) not in made.index


def test_every_concept_meets_every_coded_interview(made):
    table = relations.by_interview(made["structure"], made["quotes"], made["transcripts"])
    assert table[["concept", "transcript", "quotes"]].values.tolist() == [
        ["Being asked", "P01", 1],
        ["No hours", "P01", 0],
    ]
    assert table["quotes"].sum() == len(made["quotes"])
    text = "\n".join(relations_part(table, relations.together(made["quotes"])))
    assert "1 of 2 themes is spoken of in all 1 interview" in text
    assert "In the fewest interviews (0) stands *Work*." in text


def wide(themes, interviews):
    return pd.DataFrame(
        [
            {"dimension": f"A dimension with a long name {t // 4}", "concept": f"c{t}",
             "theme": f"A theme {t} named in more words than a line has room for, so it is long",
             "transcript": f"P{i:02d}", "quotes": (t * i) % 5}
            for t in range(themes) for i in range(interviews)
        ]
    )  # fmt: skip


@pytest.mark.parametrize(("themes", "interviews"), [(1, 1), (13, 10), (20, 40)])
def test_the_figure_has_every_label_within_it_and_none_over_another(themes, interviews):
    with figures.style():
        figure = draw_themes(relations.by_theme(wide(themes, interviews)))
        figure.canvas.draw()
        axes = figure.axes[0]
        for labels in (axes.get_yticklabels(), axes.get_xticklabels()):
            boxes = [label.get_window_extent() for label in labels if label.get_text()]
            assert len(boxes) in (themes, interviews)
            for one, other in combinations(boxes, 2):
                assert not one.overlaps(other)
            assert all(box.x0 >= 0 and box.y0 >= 0 for box in boxes)
        names = [t for t in axes.texts if t.get_text().startswith("A dimension")]
        assert all(t.get_window_extent().x1 <= figure.bbox.x1 for t in names)
        plt.close(figure)


def test_nothing_coded_gives_no_rows_and_says_what_is_awaited():
    assert relations.together(tables.empty(QUOTES)).empty
    assert relations_part(tables.empty(BY_INTERVIEW), tables.empty(TOGETHER)) == []
    assert draw_themes(relations.by_theme(tables.empty(BY_INTERVIEW))) is not None
