"""The figures: nothing overlaps, everything fits the page, empty states say what is awaited."""

import io
import zipfile
from itertools import combinations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from coproduction.core import figures, people_tables, tables
from coproduction.core.figures import LETTERS
from coproduction.interviews import figures as drawing
from coproduction.interviews import process_figure, relations
from coproduction.interviews import structure_figure as tree
from coproduction.interviews.process_figure import draw_process
from coproduction.interviews.structure_table import word_table
from coproduction.interviews.tables import BY_INTERVIEW, GIOIA, PROCESS, SATURATION, STRUCTURE
from docx import Document
from lxml import etree
from matplotlib.patches import FancyBboxPatch, Rectangle


def structure(n, words="A concept that people named in their own words", themes=3, dims=9):
    rows = [
        {
            "concept": f"{words} {i}",
            "theme": f"Theme of what was said {i // themes}",
            "dimension": f"Aggregate dimension {i // dims}",
            "factors": "",
            "segments": i,
            "transcripts": i,
            "state": "in use" if i % 5 else "concept without code",
        }
        for i in range(n)
    ]
    return pd.DataFrame(rows)


def drawn(shown, look="colour"):
    with figures.style():
        figure = tree.draw_structure(shown, look)
        figure.draw_without_rendering()
    return figure


def check_layout(figure):
    """Boxes do not overlap, texts stay within the page and texts do not overlap each other."""
    axes = figure.axes[0]
    boxes = [p.get_window_extent() for p in axes.patches if isinstance(p, FancyBboxPatch | Rectangle)]
    texts = [t.get_window_extent() for t in axes.texts]
    for kind in (boxes, texts):
        for one, other in combinations(kind, 2):
            assert not one.overlaps(other)
    page = figure.bbox
    placed = [*boxes, *texts]
    assert all(b.x0 >= 0 and b.x1 <= page.x1 + 1 and b.y0 >= 0 and b.y1 <= page.y1 for b in placed)
    plt.close(figure)


def test_the_bundled_structure_fits_a_page(root):
    gioia = people_tables.read_people_table(root / "data/demo/interviews/gioia.csv", GIOIA)
    shown = tree.figure_structure(gioia.assign(segments=1, transcripts=10, state="in use"))
    figure = drawn(shown)
    width, height = figure.get_size_inches()
    assert width == figures.DOUBLE
    assert height <= 9
    sizes = {t.get_fontsize() for t in figure.axes[0].texts}
    assert sizes == {LETTERS}
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
    check_layout(drawn(tree.figure_structure(structure(n, words))))


@pytest.mark.parametrize("look", ["colour", "classic"])
@pytest.mark.parametrize("n", [46, 87])
def test_many_concepts_go_on_over_pages_that_fit(n, look):
    words = "A concept in the words of the people who were asked, and in many of them"
    shown = tree.figure_structure(structure(n, words))
    pages = tree.pages(shown, look)
    assert len(pages) > 1
    assert [c for page in pages for c in page["concept"]] == list(shown["concept"])
    for page in pages:
        figure = drawn(page, look)
        assert figure.get_size_inches()[1] <= tree.TALLEST
        assert {t.get_fontsize() for t in figure.axes[0].texts} == {LETTERS}
        check_layout(figure)
    overview = tree.draw_in_report(shown, look)
    assert overview.axes[0].texts[0].get_text() == "Second-order themes"
    plt.close("all")


def test_a_theme_of_more_than_a_page_is_divided_and_says_so():
    shown = tree.figure_structure(structure(90, "A concept", themes=90, dims=90))
    pages = tree.pages(shown)
    assert sum(len(page) for page in pages) == 90
    assert set(pages[1]["theme"]) == {"Theme of what was said 0 (continued)"}
    assert set(pages[1]["dimension"]) == {"Aggregate dimension 0 (continued)"}


def test_the_classic_look_has_one_box_for_the_concepts_of_a_theme_and_no_colour():
    shown = tree.figure_structure(structure(9))
    figure = drawn(shown, "classic")
    boxes = figure.axes[0].patches
    assert len(boxes) == 3 + 3 + 1
    assert {box.get_facecolor() for box in boxes} == {(1, 1, 1, 1)}
    assert {box.get_edgecolor() for box in boxes} == {(0, 0, 0, 1)}
    plt.close(figure)


def test_words_of_the_pages_stay_words(tmp_path):
    with figures.style():
        made = tree.drawn_pages(tree.figure_structure(structure(9)))
        assert list(made) == ["colour_1", "classic_1"]
        made["classic_1"].save(*(str(tmp_path / f"a.{kind}") for kind in ("svg", "pdf", "csv")))
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "people named in their own" in svg
    plt.close("all")


def test_the_structure_is_a_table_in_word_with_the_same_bytes():
    shown = tree.figure_structure(structure(9))
    content = word_table(shown)
    rows = Document(io.BytesIO(content)).tables[0].rows
    assert len(rows) == 1 + 3
    assert rows[1].cells[0].text.startswith("• A concept that people named in their own words 0 (0)")
    assert rows[3].cells[2].text == "Aggregate dimension 0"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(("concepts", "sheets"), [(9, 1), (87, 3)])
def test_boxes_in_word_can_be_moved_and_hold_every_name(concepts, sheets):
    shown = tree.figure_structure(structure(concepts))
    with zipfile.ZipFile(io.BytesIO(word_table(shown))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    anchors = body.findall(".//{*}anchor")
    assert len({a.find("{*}docPr").get("id") for a in anchors}) == len(anchors)
    words = "\n".join("".join(box.itertext()) for box in body.iter("{*}txbxContent"))
    names = {*shown["concept"], *shown["theme"], *shown["dimension"]}
    assert [name for name in names if name not in words] == []
    assert words.count("Aggregate dimensions") == len(tree.pages(shown, tree.CLASSIC)) >= sheets
    sizes = {size.get(f"{{{size.nsmap['w']}}}val") for box in body.iter("{*}txbxContent") for size in box.iter("{*}sz")}
    assert sizes == {"16"}  # half points
    right = [int(a.findtext(".//{*}posOffset")) + int(a.find("{*}extent").get("cx")) for a in anchors]
    assert max(right) <= 6.95 * 914_400


def test_a_theme_taller_than_its_concept_has_room():
    made = structure(4, "Short", themes=1, dims=1)
    made["theme"] = [f"A theme with so many words that it needs four lines or even five {i}" for i in range(4)]
    made["dimension"] = [f"A dimension with a long name that needs many lines here {i}" for i in range(4)]
    check_layout(drawn(tree.figure_structure(made)))


def test_themes_of_one_dimension_stand_together_whatever_the_order_of_the_file():
    mixed = structure(6, themes=1, dims=1).assign(dimension=list("ABABAB"), theme=list("xyxyzy"))
    shown = tree.figure_structure(mixed)
    assert list(shown["dimension"]) == list("AAABBB")
    assert list(shown["theme"]) == list("xxzyyy")


def test_codes_without_a_place_are_not_drawn():
    made = structure(3)
    made.loc[1, ["theme", "dimension", "state"]] = ["", "", "code without concept"]
    assert len(tree.figure_structure(made)) == 2


def test_empty_states_say_what_is_awaited():
    with figures.style():
        one = tree.draw_structure(tree.figure_structure(tables.empty(STRUCTURE)))
        two = drawing.draw_saturation(tables.empty(SATURATION))
        three = drawing.draw_themes(relations.by_theme(tables.empty(BY_INTERVIEW)))
    assert "Themes by interview" in three.axes[0].texts[0].get_text()
    assert "interviews/gioia.csv" in one.axes[0].texts[0].get_text()
    assert "coded interviews" in two.axes[0].texts[0].get_text()
    plt.close("all")


def wide(themes, interviews):
    return pd.DataFrame(
        [
            {
                "dimension": f"A dimension with a long name {t // 4}",
                "concept": f"c{t}",
                "theme": f"A theme {t} named in more words than a line has room for, so it is long",
                "transcript": f"P{i:02d}",
                "quotes": (t * i) % 5,
            }
            for t in range(themes)
            for i in range(interviews)
        ]
    )


@pytest.mark.parametrize(("themes", "interviews"), [(1, 1), (13, 10), (20, 40)])
def test_the_figure_has_every_label_within_it_and_none_over_another(themes, interviews):
    with figures.style():
        figure = drawing.draw_themes(relations.by_theme(wide(themes, interviews)))
        figure.draw_without_rendering()
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


PAIRS = [("A long theme", "B"), ("B", "C"), ("A long theme", "C"), ("C", "A long theme"), ("D", "B")]


def propositions(pairs):
    rows = [
        {
            "number": n,
            "begins": a,
            "ends": b,
            "relation": "enables",
            "both": 3,
            "begins_only": 1,
            "proposition": "A sentence that says so in many words, and goes on for more than a line "
            "of the page has room for"
            if n % 2
            else "",
        }
        for n, (a, b) in enumerate(pairs, start=1)
    ]
    return pd.DataFrame(rows, columns=[*rows[0]] if rows else [*PROCESS.columns])


def test_the_process_model_has_boxes_apart_and_every_proposition():
    chain = [(f"Theme number {n}", f"Theme number {n + 1}") for n in range(5)]
    for pairs in (PAIRS, PAIRS[:1], chain):
        names = {name: name[:1] for pair in pairs for name in pair}
        with figures.style():
            figure = draw_process(propositions(pairs), names)
            figure.draw_without_rendering()
        axes = figure.axes[0]
        boxes = [p.get_window_extent() for p in axes.patches if isinstance(p, FancyBboxPatch)]
        assert len(boxes) == len(names)
        assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
        assert all(b.x0 >= 0 and b.x1 <= figure.bbox.x1 + 1 and b.y0 >= 0 for b in boxes)
        words = [t.get_text() for t in axes.texts]
        assert {f"P{n}" for n in range(1, len(pairs) + 1)} <= set(words)
        assert {t.get_fontsize() for t in axes.texts} == {LETTERS}
        assert words[-1].replace("\n", " ").count("(both: 3") >= 1
        plt.close(figure)


def test_ways_pass_no_box_of_a_column_between():
    columns, back, ways = process_figure._columns(PAIRS)
    assert back == {("C", "A long theme")}
    (way,) = ways.values()
    assert way[0] in columns[1]


def test_an_empty_process_model_says_what_is_awaited():
    with figures.style():
        figure = draw_process(propositions([]), {})
    assert "propositions.csv" in figure.axes[0].texts[0].get_text()
    plt.close(figure)
