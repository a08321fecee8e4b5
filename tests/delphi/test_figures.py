"""Figures that stay readable for any number of statements and lose none of them."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from coproduction.core import accounting, figures
from coproduction.delphi import asked_again, change_between_rounds, figures_change, figures_flow, panel, shown
from coproduction.delphi import figures as drawing
from coproduction.delphi import summary as judging
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings

SMALLEST, TALLEST = 6.4, 9.4  # points and inches: readable and on one page when printed


@pytest.fixture(scope="module", params=[20, 60])
def many(request):
    """A Delphi of so many statements with long wordings, three closed rounds and drop-outs."""
    rng = np.random.default_rng(3)
    n, people = request.param, [f"D{i:02d}" for i in range(14)]
    rows = []
    for s in range(n):
        ratings = np.clip(np.rint(rng.normal(rng.uniform(2, 9), rng.uniform(0.5, 2.5), 14)), 1, 9)
        for number in (1, 2, 3):
            ratings = np.clip(ratings + rng.integers(-1, 2, 14) * (rng.random(14) < 0.2), 1, 9)
            rows += [
                dict(
                    round=number,
                    panellist=p,
                    group="a",
                    statement=f"Q{s:03d}",
                    version=1,
                    status="rated",
                    rating=int(ratings[i]),
                    comment="",
                )
                for i, p in enumerate(people)
                if number < 3 or i % 4
            ]
    statements = [
        dict(
            statement=f"Q{s:03d}",
            version=1,
            text="A rather long wording of a statement " * 6,
            factor="",
            first_round=1,
            last_round=None,
        )
        for s in range(n)
    ]
    settings, rounds = DelphiSettings(bootstrap=100), dict.fromkeys((1, 2, 3), "closed")
    ratings = accounting.table(rows, forms.RATINGS)
    summary, _ = judging.judge(ratings, rounds, settings)
    change = change_between_rounds.compare(ratings, rounds, settings)
    people = accounting.table([dict(panellist=p, group="a") for p in people], forms.PANEL)
    submissions = accounting.table(
        [
            dict(round=r, panellist=p, submitted=f"2026-0{r}-{1 + i:02d} 10:00", outcome="counts")
            for r in rounds
            for i, p in enumerate(people["panellist"])
            if r < 3 or i % 4
        ],
        forms.SUBMISSIONS,
    )
    flow = panel.flow(submissions, people, rounds)
    statements = accounting.table(statements, forms.STATEMENTS)
    decided = asked_again.decide(statements, summary, change, flow, rounds, settings)
    with figures.style():
        yield {
            "n": n,
            "ratings": ratings,
            "distribution": drawing.draw_distribution(summary, decided, settings),
            "change": figures_change.draw_change(change, summary, decided, settings),
            "statements": figures_flow.draw_statements(ratings, change, summary, decided, rounds, settings),
            "map": [drawing.draw_map(summary, decided, settings)],
            "alluvial": [figures_flow.draw_alluvial(ratings, rounds, settings)],
            "flow": [figures_flow.draw_flow(submissions, people, rounds)],
        }
    plt.close("all")


@pytest.mark.parametrize("name", ["distribution", "change", "statements"])
def test_every_statement_stands_on_one_page(many, name):
    pages = [set(data["statement"]) for _, data in many[name]]
    assert sum(map(len, pages)) == len(set.union(*pages)) == many["n"]
    assert (len(pages) > 1) == (many["n"] > 40 or name == "distribution")


@pytest.mark.parametrize("name", ["distribution", "change", "statements", "map", "alluvial", "flow"])
def test_words_are_readable_within_the_page_and_the_figure(many, name):
    for figure, _ in many[name]:
        width, height = figure.get_size_inches()
        assert width <= figures.DOUBLE
        assert height <= TALLEST
        renderer = figure.canvas.get_renderer()
        words = [t for t in figure.findobj(plt.Text) if t.get_text().strip() and t.get_visible()]
        assert min(t.get_fontsize() for t in words) >= SMALLEST
        limits = figure.bbox.expanded(1.12, 1.06)  # the saved figure is cut to what is drawn
        for text in words:
            box = text.get_window_extent(renderer)
            assert limits.x0 <= box.x0, text.get_text()
            assert box.x1 <= limits.x1, text.get_text()


def test_wordings_of_neighbours_do_not_overlap(many):
    for figure, _ in many["distribution"]:
        renderer = figure.canvas.get_renderer()
        words = [t for t in figure.findobj(plt.Text) if t.get_text().startswith("Q")]
        boxes = sorted((t.get_window_extent(renderer) for t in words), key=lambda b: b.y0)
        assert all(low.y1 <= high.y0 + 0.5 for low, high in itertools.pairwise(boxes))
        bars = figure.axes[0].get_window_extent(renderer).x0
        assert all(box.x1 <= bars for box in boxes)


def test_alluvial_carries_every_rating_of_both_rounds(many):
    _, data = many["alluvial"][0]
    ratings = many["ratings"]
    for (before, after), part in data.groupby(["before", "after"]):
        for side, number in (("from", before), ("to", after)):
            rated = part[part[side] != ""].groupby(side)["ratings"].sum()
            wanted = ratings[ratings["round"] == number]["rating"].value_counts()
            assert {int(k): v for k, v in rated.items()} == wanted.to_dict()


def test_small_alluvials_count_each_panellist_once(many):
    data = many["statements"][0][1]
    per_step = data.groupby(["statement", "before", "after"])["panellists"].sum()
    assert (per_step == 14).all()


def test_pages_are_few_and_equally_filled():
    assert shown.pages(list(range(120)), 14)[0] == list(range(13))
    sizes = [len(p) for p in shown.pages(list(range(121)), 40)]
    assert sum(sizes) == 121
    assert max(sizes) - min(sizes) <= 1
    assert shown.pages([], 10) == []


@pytest.mark.parametrize("rule", ["rand", "iqr", "agreement"])
def test_a_scale_for_which_rules_were_not_made_is_drawn_and_said(small, carry, words, rule):
    scale = dict(lowest=1, highest=7, unfavourable_to=2, favourable_from=6)
    consensus = dict(rule=rule, min_ratings=1)
    settings = DelphiSettings(scale=scale, consensus=consensus, bootstrap=100)
    found = carry(small(r1_csv="token,IMP[S1],IMP[S2]\nD1,7,2\nD2,6,NO\nD3,6,1\n"), settings)
    with figures.style():
        drawn, data = drawing.draw_distribution(found.summary, found.decisions, settings)[0]
        spots, _ = drawing.draw_map(found.summary, found.decisions, settings)
    plt.close(drawn)
    plt.close(spots)
    wanted = {"refused"} if rule != "agreement" else {"in", "out"}
    assert set(data["verdict"]) == wanted
    text = words("results", found)
    unfit = text.split(" not apply to this scale.")[0].rsplit("). ", 1)[-1]
    assert "RAND/UCLA" in unfit
    assert "IQR" in unfit
    assert len(unfit) < 80


def test_long_ids_beside_a_spot_stay_within_the_frame_and_say_how_many_there_are():
    ids = [f"dft2_a_s{n}" for n in range(9)]
    assert drawing._listed(ids).split("\n")[-1] == "and 6 more"
    assert drawing._listed(ids[:4]) == "\n".join(ids[:4])
    frame = (0, 0, 100, 100)
    _, box, _ = drawing._free_place(50, 5, 3, 40, 30, [(47, 2, 53, 8)], frame)
    assert box[1] >= 0
    _, box, _ = drawing._free_place(95, 50, 3, 40, 30, [(92, 47, 98, 53)], frame)
    assert box[2] <= 100


def test_the_measure_of_stability_names_its_points_also_where_none_are_set():
    assert figures_change.measure_of(DelphiSettings())[2] == "Share moved by ≤ 1 point"
    narrow = dict(lowest=1, highest=5, unfavourable_to=2, favourable_from=4)
    assert figures_change.measure_of(DelphiSettings(scale=narrow))[2] == "Share moved by ≤ 0 points"


def test_responses_of_one_day_are_counted_on_an_axis_of_whole_days():
    figure, axes = plt.subplots()
    figures_flow._by_day(axes, {1: np.zeros(6)}, {1: "closed"})
    assert axes.get_xlim() == (0, 1)
    assert all(tick == round(tick) for tick in axes.get_xticks())
    plt.close(figure)
