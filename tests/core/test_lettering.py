"""Words of figures: how wide they are and where they break."""

import pytest
from coproduction.core import figures
from coproduction.core.lettering import SIZE, fitted, fitted_apart, width_of, wrapped


@pytest.mark.parametrize("words", ["Trust", "Culture of volunteering and civic engagement", "fiscal − 10 %"])
def test_measured_width_is_that_of_the_drawn_words(words):
    with figures.style():
        figure = figures.plt.figure(figsize=(6, 1))
        drawn = figure.text(0, 0, words, size=SIZE)
        box = drawn.get_window_extent()
        assert width_of(words) == pytest.approx(box.width / figure.dpi, rel=0.03)
        figures.plt.close(figure)


def test_lines_hold_all_words_in_the_width():
    words = "Intermediaries who span the boundaries between citizens and organisations"
    lines = wrapped(words, 1.1)
    assert " ".join(lines) == words
    assert all(width_of(line) <= 1.1 for line in lines)


def test_a_word_that_is_too_long_is_divided():
    lines = wrapped("Selbstwirksamkeitserwartungen", 0.8)
    assert len(lines) > 1
    assert "".join(line.removesuffix("-") for line in lines) == "Selbstwirksamkeitserwartungen"
    assert wrapped("", 1) == [""]


def test_names_that_begin_alike_are_not_cut_alike():
    same = "Willingness of those concerned to take part in decisions across organisational boundaries"
    names = [f"{same} and levels", f"{same} and countries", "Trust", "Trust", f"{same} and levels"]
    lines = fitted_apart(names, 1.6, 2)
    assert ["\n".join(found).split()[-1] for found in lines] == ["levels", "countries", "Trust", "Trust", "levels"]
    assert all(found[0].startswith("Willingness of") for found in lines if len(found) > 1)
    assert all(width_of(line) <= 1.6 for found in lines for line in found)
    assert all(len(found) <= 2 for found in lines)
    one = fitted_apart(["A" * 60 + " x", "A" * 60 + " y"], 0.5, 1)
    assert one == [["… x"], ["… y"]]


def test_what_finds_no_room_is_left_out_with_a_sign():
    words = "Intermediaries who span the boundaries between citizens and organisations"
    lines = fitted(words, 1.1, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width_of(line) <= 1.1 for line in lines)
    assert fitted("short", 1.1, 2) == ["short"]
