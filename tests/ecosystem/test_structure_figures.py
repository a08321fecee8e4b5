"""The drawing of the levels and the maps: nothing covers anything, nothing is left out."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core import figures, tables
from coproduction.ecosystem import influences, structure
from coproduction.ecosystem.map_figures import draw_map
from coproduction.ecosystem.settings import StructureSettings
from coproduction.ecosystem.structure_figures import draw_structure, layout
from coproduction.ecosystem.tables import RELATIONS, STRUCTURE

SETTINGS = StructureSettings(structure_draws=50)


@pytest.fixture(scope="module", params=[2, 20])
def drawn(request):
    """Two tables of a structure with long arrows, groups and shared places."""
    number, random = request.param, np.random.default_rng(3)
    values = np.zeros((5, number, number))
    for a in range(number):
        for b in range(number):
            strong = random.random() < (0.15 if a < b else 0.02)
            values[:, a, b] = np.nan if a == b else 3 if strong or (a, b) == (0, 1) else 0
    ids = [f"f{place:02}" for place in range(number)]
    judged = influences.Judged(ids, list("ABCDE"), values)
    names = {name: f"A condition with a rather long name {name}" for name in ids}
    rows, pairs, _ = structure.tables_of(judged, names, SETTINGS, seed=1)
    return rows, pairs


def boxes(figure):
    """The places of all words, in pixels."""
    figure.draw_without_rendering()
    texts = [text for axes in figure.axes for text in axes.texts] + figure.texts
    found = [(text.get_text(), text.get_window_extent()) for text in texts]
    return [(words, box) for words, box in found if words.strip()]


def covered(found):
    return [
        (one, other)
        for place, (one, a) in enumerate(found)
        for other, b in found[:place]
        if a.x0 < b.x1 - 1 and b.x0 < a.x1 - 1 and a.y0 < b.y1 - 1 and b.y0 < a.y1 - 1
    ]


def test_no_words_cover_each_other_and_every_factor_is_there(drawn):
    rows, pairs = drawn
    with figures.style():
        for figure in (draw_structure(rows, pairs), draw_map(rows, "half", "")):
            found = boxes(figure)
            assert covered(found) == []
            shown = " ".join(words.replace("\n", " ") for words, _ in found)
            assert [name for name in rows["factor"] if name not in shown] == []
            figures.plt.close(figure)


def test_arrows_go_one_level_at_a_time_and_down(drawn):
    rows, pairs = drawn
    columns, chains = layout(rows, pairs)
    factors = [factor for column in columns for node in column for factor in node.factors]
    assert sorted(factors) == sorted(rows["factor"])
    for chain in chains:
        assert [node.level for node in chain] == list(range(chain[0].level, chain[-1].level - 1, -1))
    kept = pairs[pairs["skeleton"] == "yes"]
    assert len(chains) <= len(kept)
    assert (len(chains) > 0) == (len(kept) > 0)


def test_without_dematel_the_map_says_so(drawn):
    rows, _ = drawn
    nothing = dict.fromkeys(["given", "received", "prominence", "relation"], np.nan)
    with figures.style():
        figure = draw_map(rows.assign(**nothing), "mean", "no degrees were given")
        assert any("no degrees were given" in words for words, _ in boxes(figure))
        figures.plt.close(figure)


def test_without_experts_both_say_what_is_awaited():
    nothing = pd.DataFrame(tables.empty(STRUCTURE)), tables.empty(RELATIONS)
    with figures.style():
        for figure in (draw_structure(*nothing), draw_map(nothing[0], "half", "")):
            assert "no expert has judged" in boxes(figure)[0][0]
            figures.plt.close(figure)
