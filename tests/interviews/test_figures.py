"""The figures: nothing overlaps, everything fits the page, empty states say what is awaited."""

from itertools import combinations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from coproduction.core import figures, people_tables, tables
from coproduction.interviews import figures as drawing
from coproduction.interviews import relations
from coproduction.interviews.tables import BY_INTERVIEW, GIOIA, SATURATION, STRUCTURE
from matplotlib.patches import FancyBboxPatch


def structure(n, words="A concept that people named in their own words", themes=3, dims=9):
    rows = [
        {"concept": f"{words} {i}", "theme": f"Theme of what was said {i // themes}",
         "dimension": f"Aggregate dimension {i // dims}", "factors": "", "segments": i,
         "transcripts": i, "state": "in use" if i % 5 else "concept without code"}
        for i in range(n)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def drawn(shown):
    with figures.style():
        figure = drawing.draw_structure(shown)
        figure.canvas.draw()
    return figure


def check_layout(figure):
    """Boxes do not overlap, texts stay within the page and texts do not overlap each other."""
    axes = figure.axes[0]
    boxes = [p.get_window_extent() for p in axes.patches if isinstance(p, FancyBboxPatch)]
    texts = [t.get_window_extent() for t in axes.texts]
    for kind in (boxes, texts):
        for one, other in combinations(kind, 2):
            assert not one.overlaps(other)
    page = figure.bbox
    placed = [*boxes, *texts]
    assert all(b.x0 >= 0 and b.x1 <= page.x1 + 1 and b.y0 >= 0 and b.y1 <= page.y1 for b in placed)
    plt.close(figure)


def test_the_bundled_structure_fits_a_page(root):
    gioia = people_tables.read_people_csv(root / "data/demo/interviews/gioia.csv", GIOIA)
    shown = drawing.figure_structure(gioia.assign(segments=1, transcripts=10, state="in use"))
    figure = drawn(shown)
    width, height = figure.get_size_inches()
    assert width == figures.DOUBLE
    assert height <= 9
    sizes = {t.get_fontsize() for t in figure.axes[0].texts}
    assert min(sizes) >= 6
    check_layout(figure)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "One"),
        (34, "A concept that people named in their own words"),
        (20, "A concept that somebody has described in so many words that it takes three lines of"),
        (5, "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 2),
        (6, "Costs of $5 to $10 for <50 % & more"),
    ],
)
def test_other_structures_have_no_overlaps(n, words):
    check_layout(drawn(drawing.figure_structure(structure(n, words))))


def test_forty_six_concepts_fit_a_page():
    words = "A concept in the words of the people who were asked"
    figure = drawn(drawing.figure_structure(structure(46, words)))
    assert figure.get_size_inches()[1] <= drawing.TALLEST
    check_layout(figure)


def test_a_theme_taller_than_its_concept_has_room():
    made = structure(4, "Short", themes=1, dims=1)
    made["theme"] = [f"A theme with so many words that it needs four lines or even five {i}"
                     for i in range(4)]  # fmt: skip
    made["dimension"] = [f"A dimension with a long name that needs many lines here {i}"
                         for i in range(4)]  # fmt: skip
    check_layout(drawn(drawing.figure_structure(made)))


def test_themes_of_one_dimension_stand_together_whatever_the_order_of_the_file():
    mixed = structure(6, themes=1, dims=1).assign(dimension=list("ABABAB"), theme=list("xyxyzy"))
    shown = drawing.figure_structure(mixed)
    assert list(shown["dimension"]) == list("AAABBB")
    assert list(shown["theme"]) == list("xxzyyy")


def test_codes_without_a_place_are_not_drawn():
    made = structure(3)
    made.loc[1, ["theme", "dimension", "state"]] = ["", "", "code without concept"]
    assert len(drawing.figure_structure(made)) == 2


def test_empty_states_say_what_is_awaited():
    with figures.style():
        one = drawing.draw_structure(drawing.figure_structure(tables.empty(STRUCTURE)))
        two = drawing.draw_saturation(tables.empty(SATURATION))
        three = drawing.draw_themes(relations.by_theme(tables.empty(BY_INTERVIEW)))
    assert "Themes by interview" in three.axes[0].texts[0].get_text()
    assert "interviews/gioia.csv" in one.axes[0].texts[0].get_text()
    assert "coded interviews" in two.axes[0].texts[0].get_text()
    plt.close("all")


def test_wrapped_words_are_all_there():
    words = "Neighbours know each other and the service knows them"
    lines = drawing.wrap(words, 1.0, 7)
    assert " ".join(lines) == words
    assert len(lines) > 2


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
        figure = drawing.draw_themes(relations.by_theme(wide(themes, interviews)))
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
