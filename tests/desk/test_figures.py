"""The figures of the desk research."""

import matplotlib.pyplot as plt
import pandas as pd
import printing
import pytest
from coproduction.core import figures as core_figures
from coproduction.core.tables import empty
from coproduction.desk import comparison, figures, tables
from coproduction.desk.settings import DIMENSIONS
from desk.conftest import SETTINGS


def test_figures_of_the_demo_and_of_nothing(demo):
    spots, documents, factors = demo.passages, demo.documents, demo.factors
    coverage, found = demo.coverage, demo.compared
    scores, normalised = empty(tables.SCORES), empty(tables.NORMALISED)
    with core_figures.style():
        shown = figures.shown_passages(spots, documents, factors)
        assert shown["passages"].sum() == len(spots)
        figures.draw_passages(shown, DIMENSIONS)
        axes = figures.draw_countries(figures.shown_countries(found.scores), DIMENSIONS).axes
        assert [ax.get_title() for ax in axes][-1] == "Overall"
        heat = figures.shown_indicators(found.normalised, found.scores, coverage)
        figures.draw_indicators(heat, coverage, DIMENSIONS)
        none = figures.shown_passages(spots.head(0), documents.head(0), factors)
        for figure in (
            figures.draw_passages(none, DIMENSIONS),
            figures.draw_countries(figures.shown_countries(scores), DIMENSIONS),
            figures.draw_indicators(
                figures.shown_indicators(normalised, scores, coverage.head(0)), coverage.head(0), DIMENSIONS
            ),
        ):
            words = figure.axes[0].texts[0].get_text()
            assert "awaited" in words or "No " in words
    plt.close("all")


@pytest.mark.usefixtures("only_on_paper")
def test_eight_dimensions_have_their_room_and_their_colours(demo, tmp_path):
    names = [*DIMENSIONS, "ecological", "legal", "organisational", "demographic"]
    codes = list(demo.codebook["indicator"])
    own = dict(zip(codes, (names[n * len(names) // len(codes)] for n in range(len(codes))), strict=True))
    codebook = demo.codebook.assign(dimension=demo.codebook["indicator"].map(own))
    found = comparison.compare(demo.values, codebook, SETTINGS.model_copy(update={"dimensions": names}), 1)
    coverage = demo.coverage.assign(dimension=demo.coverage["indicator"].map(own))
    factors = demo.factors.assign(dimension=[names[n % len(names)] for n in range(len(demo.factors))])
    heat = figures.shown_indicators(found.normalised, found.scores, coverage)
    drawn = {
        "countries": (figures.draw_countries, figures.shown_countries(found.scores)),
        "indicators": (lambda shown, of: figures.draw_indicators(shown, coverage, of), heat),
        "passages": (figures.draw_passages, figures.shown_passages(demo.passages, demo.documents, factors)),
    }
    for name, (draw, shown) in drawn.items():
        paths = [tmp_path / f"{name}.{kind}" for kind in ("svg", "pdf", "csv")]
        with core_figures.style():
            core_figures.Drawn(draw(shown, names), shown).save(*map(str, paths))
        faults = {kind: getattr(printing, kind)(paths[1]) for kind in ("too_small", "cut", "touching")}
        assert not any(faults.values()), (name, faults)
    words, _ = printing.letters_of(tmp_path / "countries.pdf")
    assert "Overall" in {letters.words.strip() for letters in words}


def test_many_documents_are_drawn_by_kind(demo):
    many = pd.concat([demo.documents.head(8)] * 5, ignore_index=True)
    many["document"] = [f"N{n}" for n in range(len(many))]
    copies = demo.passages.assign(document="N0")
    shown = figures.shown_passages(copies, many, demo.factors)
    assert set(shown["document"]) == set(demo.documents.head(8)["type"])
    assert shown["passages"].sum() == len(copies)


def test_indicators_are_grouped_by_dimension_in_whatever_order_the_codebook_has_them(demo):
    found = demo.compared
    mixed = demo.coverage.sort_values("indicator")
    heat = figures.shown_indicators(found.normalised, found.scores, mixed)
    with core_figures.style():
        figure = figures.draw_indicators(heat, mixed, DIMENSIONS)
        heads = [text.get_text() for text in figure.axes[0].texts]
        renderer = figure.canvas.get_renderer()
        lefts = [label.get_window_extent(renderer).x0 for label in figure.axes[0].get_xticklabels()]
    plt.close("all")
    assert len(heads) == len(set(mixed["dimension"]))
    assert min(lefts) >= 0


def test_a_dimension_wider_than_its_columns_is_named_whole():
    columns = ["political"] * 8 + ["economic"] * 5 + ["social"] * 7 + ["technological"] * 2
    figure, ax = plt.subplots()
    figures._mark_dimensions(ax, columns, 0.16, core_figures.colours_of(DIMENSIONS))
    heights = {text.get_text(): text.xyann[1] for text in ax.texts}
    assert list(heights) == ["Political", "Economic", "Social", "Technological"]
    assert heights["Technological"] > 0 == heights["Social"]
    plt.close(figure)
