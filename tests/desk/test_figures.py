"""The figures of the desk research."""

import matplotlib.pyplot as plt
import pandas as pd
from coproduction.core import figures as core_figures
from coproduction.core.tables import empty
from coproduction.desk import figures, tables


def test_figures_of_the_demo_and_of_nothing(demo):
    spots, documents, factors = demo.passages, demo.documents, demo.factors
    coverage, found = demo.coverage, demo.compared
    scores, normalised = empty(tables.SCORES), empty(tables.NORMALISED)
    with core_figures.style():
        shown = figures.shown_passages(spots, documents, factors)
        assert shown["passages"].sum() == len(spots)
        figures.draw_passages(shown)
        axes = figures.draw_countries(figures.shown_countries(found.scores)).axes
        assert [ax.get_title() for ax in axes][-1] == "Overall"
        heat = figures.shown_indicators(found.normalised, found.scores, coverage)
        figures.draw_indicators(heat, coverage)
        none = figures.shown_passages(spots.head(0), documents.head(0), factors)
        for figure in (
            figures.draw_passages(none),
            figures.draw_countries(figures.shown_countries(scores)),
            figures.draw_indicators(figures.shown_indicators(normalised, scores, coverage.head(0)), coverage.head(0)),
        ):
            words = figure.axes[0].texts[0].get_text()
            assert "awaited" in words or "No " in words
    plt.close("all")


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
        figure = figures.draw_indicators(heat, mixed)
        heads = [text.get_text() for text in figure.axes[0].texts]
        renderer = figure.canvas.get_renderer()
        lefts = [label.get_window_extent(renderer).x0 for label in figure.axes[0].get_xticklabels()]
    plt.close("all")
    assert len(heads) == len(set(mixed["dimension"]))
    assert min(lefts) >= 0
