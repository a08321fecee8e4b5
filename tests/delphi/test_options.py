"""Ranking-type, fuzzy and real-time Delphi against published and hand-made values."""

import json

import numpy as np
import pandas as pd
import pytest
from coproduction.core import accounting, figures
from coproduction.delphi import feedback, figures_options, options, questionnaire
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods import fuzzy, ranking_type

SEVEN = dict(lowest=1, highest=7, unfavourable_to=2, favourable_from=6)


def long(table, number=1, statements=None):
    """Ratings (RATINGS) from a table of statement × panellist; NaN is missing."""
    rows = [
        dict(
            round=number,
            panellist=f"P{k:02}",
            group="panel",
            version=1,
            statement=(statements or [f"S{i + 1:02}" for i in range(len(table))])[i],
            status="missing" if np.isnan(value) else "rated",
            rating=None if np.isnan(value) else int(value),
            comment="",
        )
        for (i, k), value in np.ndenumerate(np.asarray(table, float))
    ]
    return accounting.table(rows, forms.RATINGS)


def ranked(top=3, **more):
    return DelphiSettings(ranking=dict(use=True, top=top), **more)


def by_place(small, carry, content):
    settings = DelphiSettings(
        scale=dict(lowest=1, highest=2, unfavourable_to=1, favourable_from=2),
        ranking=dict(use=True, answers="ranks", top=1),
    )
    return carry(small(r1_csv=content), settings)


REVISED = (
    "expert,item,rating,timestamp\n"
    "D1,S1,1,2026-03-01 10:00\nD2,S1,9,2026-03-01 11:00\nD3,S1,7,2026-03-02 09:00\n"
    "D1,S1,5,2026-03-03 10:00\nD1,S1,5,2026-03-04 10:00\nD2,S2,4,2026-03-04 12:00\n"
)


def test_ranks_take_the_highest_rating_first_and_only_panellists_without_gaps():
    table = options.ranks(long([[9, 7, 9], [7, 7, np.nan], [1, 2, 3]]), 1)
    assert list(table.columns) == ["P00", "P01"]
    assert table["P00"].tolist() == [1, 2, 3]
    assert table["P01"].tolist() == [1.5, 1.5, 3]


def test_one_opinion_and_no_agreement_at_all():
    same = long(np.tile([[9], [7], [5], [3], [1]], (1, 6)))
    order, rounds = options.rank(same, {1: "closed"}, ranked())
    row = rounds.iloc[0]
    assert (row["w"], row["overlap"], row["level"]) == (1, 1, "unusually strong")
    assert row["p_permuted"] == pytest.approx(1 / (ranking_type.DRAWS + 1), abs=0.002)
    assert order["place"].tolist() == [1, 2, 3, 4, 5]
    cycle = np.array([[(i + k) % 5 + 1 for k in range(5)] for i in range(5)])
    _, none = options.rank(long(cycle), {1: "closed"}, ranked(top=1))
    assert none.iloc[0]["w"] == pytest.approx(0)
    assert none.iloc[0]["p_permuted"] == 1
    assert none.iloc[0]["overlap"] == 0
    assert none.iloc[0]["level"] == "very weak"


def test_rounds_are_compared_on_the_statements_they_share():
    one = long(np.tile([[9], [8], [7], [2]], (1, 4)), 1, ["A", "B", "C", "D"])
    two = long(np.tile([[1], [9], [8], [7]], (1, 4)), 2, ["A", "B", "C", "E"])
    order, rounds = options.rank(pd.concat([one, two]), {1: "closed", 2: "closed", 3: "open"}, ranked(top=2))
    last = rounds.set_index("round").loc[2]
    assert last["same_top"] == pytest.approx(0.5)  # A and B before, B and C now
    assert last["tau"] == pytest.approx(-1 / 3)
    place = order[order["round"] == 2].set_index("statement")["place_before"]
    assert place[["A", "B", "C"]].tolist() == [1, 2, 3]
    assert np.isnan(place["E"])


def test_without_the_option_nothing_is_ranked():
    order, rounds = options.rank(long([[9, 7], [1, 2]]), {1: "closed"}, DelphiSettings())
    assert order.empty
    assert rounds.empty


@pytest.mark.parametrize(
    "content",
    [
        "token,RANK[1],RANK[2]\nD1,S2,S1\nD2,S1,S2\n",
        "token;Order them [Rank 1];Order them [Rank 2]\nD1;There is money;Leaders support it\n"
        "D2;Leaders support it;There is money\n",
        "token,Q1_S1,Q1_S2\nD1,2,1\nD2,1,2\n",
    ],
)
def test_ranks_by_item_and_by_place_become_points(content, small, carry):
    found = by_place(small, carry, content)
    points = found.ratings.set_index(["panellist", "statement"])["rating"]
    assert points[[("D1", "S2"), ("D1", "S1"), ("D2", "S1"), ("D2", "S2")]].tolist() == [2, 1, 2, 1]
    assert found.unmatched.empty
    order, _ = options.rank(found.ratings, found.rounds, found.settings)
    assert order["mean_rank"].tolist() == [1.5, 1.5]
    asked = questionnaire.next_statements(found.statements, found.decisions, 2)
    told = feedback.items(
        "D1", feedback.prepare(asked, found.ratings, found.summary, found.groups, found.settings), found.settings
    )
    assert {item.statement: item.own for item in told} == {"S1": "2", "S2": "1"}


def test_fuzzy_numbers_as_published(shared_data):
    """Seven-point numbers of a published questionnaire; distances, shares and scores of two items."""
    given = json.loads((shared_data / "delphi" / "fuzzy_delphi.json").read_text())
    settings = DelphiSettings(scale=SEVEN, fuzzy=dict(use=True))
    numbers = options.fuzzy_numbers(settings)
    assert numbers.tolist() == [given["scale"][str(p)] for p in range(1, 8)]
    for item in given["items"].values():
        counts = np.bincount(item["ratings"], minlength=8)[1:][None].astype(float)
        found = {name: value[0] for name, value in options.fuzzy_of(counts, settings).items()}
        assert [found["m1"], found["m2"], found["m3"]] == pytest.approx(item["mean"])
        assert found["distance"] == pytest.approx(item["d_mean"], abs=1e-6)
        assert found["within"] == pytest.approx(item["pct_le_02"])
        assert found["score"] == pytest.approx(item["defuzz"], abs=1e-6)
        away = fuzzy.distance(numbers[np.array(item["ratings"]) - 1], np.array(item["mean"]))
        assert away == pytest.approx(item["d"], abs=1e-6)


def test_fuzzy_by_hand():
    """Four ratings on five points: 5, 5, 4, 4. Mean (.5, .7, .9); each is .1 away, score .7."""
    settings = DelphiSettings(scale=dict(lowest=1, highest=5, unfavourable_to=2, favourable_from=4))
    found = options.fuzzy_of(np.array([[0, 0, 0, 2, 2], [0] * 5]), settings)
    assert [found[k][0] for k in ("m1", "m2", "m3", "distance", "within", "score")] == pytest.approx(
        [0.5, 0.7, 0.9, 0.1, 1, 0.7]
    )
    assert found["accepted"].tolist() == ["yes", ""]
    strict = settings.model_copy(update={"fuzzy": settings.fuzzy.model_copy(update={"score": 0.71})})
    assert options.fuzzy_of(np.array([[0, 0, 0, 2, 2]]), strict)["accepted"] == ["no"]


def test_max_min_is_chosen_by_a_setting_and_told(small, carry, words):
    """Three ratings on 1 to 9 (7, 8, 9): low corners .625, .75, .875, high .875, 1, 1."""
    settings = DelphiSettings(fuzzy=dict(use=True, method="max-min"))
    found = carry(small(), settings)
    judged = options.judge_fuzzily(found.summary, settings).set_index("statement")
    first = judged.loc["S1"]
    assert [first[f"low_{q}"] for q in ("q1", "median", "q3")] == [0.6875, 0.75, 0.8125]
    assert [first[f"high_{q}"] for q in ("q1", "median", "q3")] == [0.9375, 1, 1]
    assert (first["value"], first["membership"], first["grey"]) == (0.875, 0, 0)
    assert (first["consensus"], first["accepted"], first["place"]) == ("yes", "yes", 1)
    assert first["score"] == pytest.approx((0.75 + 0.875 + 0.958333) / 3, abs=1e-5)
    assert judged.loc["S2", "accepted"] == "no"  # one rating, of 2
    assert "accepts 1 of 2 statements" in words("options", found)
    assert "@ishikawa1993" in words("methods", found)
    assert "chenglin2002" not in words("methods", found)
    with figures.style():
        figure, data = figures_options.draw_fuzzy(judged.reset_index(), settings)
    assert data["statement"].tolist() == ["S1", "S2"]
    assert {"member", "grey"} <= {text.get_text() for text in figure.get_axes()[0].texts}


@pytest.mark.parametrize("method", ["distance", "max-min"])
def test_a_statement_that_nobody_rated_has_no_fuzzy_number_and_a_reason(method, small, carry, words):
    settings = DelphiSettings(fuzzy=dict(use=True, method=method))
    found = carry(small(r1_csv="token,IMP[S1],IMP[S2]\nD1,7,\nD2,8,\nD3,9,\n"), settings)
    empty = options.judge_fuzzily(found.summary, settings).set_index("statement").loc["S2"]
    assert empty[["m1", "score", "value", "grey", "place"]].isna().all()
    assert (empty["accepted"], empty["reason"]) == ("", "nobody rated the statement")
    assert "S1 has the highest" in words("options", found)
    with figures.style():
        _, data = figures_options.draw_fuzzy(found.fuzzy, settings)
    assert len(data) == 2


def test_fuzzy_numbers_of_other_scales_are_spread_evenly_or_set():
    nine = options.fuzzy_numbers(DelphiSettings())
    assert nine[0].tolist() == [0, 0, 0.125]
    assert nine[4].tolist() == [0.375, 0.5, 0.625]
    assert nine[8].tolist() == [0.875, 1, 1]
    with pytest.raises(ValueError, match="each point of the scale"):
        DelphiSettings(fuzzy=dict(numbers={1: (0, 0, 1)}))
    with pytest.raises(ValueError, match="low ≤ middle"):
        DelphiSettings(fuzzy=dict(numbers={p: (0.5, 0.2, 1) for p in range(1, 10)}))


def test_the_state_over_time_is_each_panellists_last_answer(small, carry):
    found = carry(small(r1_csv=REVISED), DelphiSettings(real_time=True))
    table = options.follow(found.revisions, found.settings)
    own = table[table["statement"] == "S1"]
    assert own["moment"].str[:10].tolist() == [f"2026-03-0{day}" for day in (1, 2, 3, 4)]
    assert own["n"].tolist() == [2, 3, 3, 3]
    assert own["median"].tolist() == [5, 7, 7, 7]
    assert own["iqr"].tolist() == [4, 4, 2, 2]
    assert own["answers"].tolist() == [2, 3, 4, 5]
    assert own["revised"].tolist() == [0, 0, 1, 1]  # the fourth answer repeats the third
    last = found.summary.set_index("statement").loc["S1"]
    assert own.iloc[-1]["median"] == last["median"]
    assert options.follow(found.revisions.assign(submitted=""), found.settings).empty


def test_many_moments_are_thinned():
    stamps = pd.Series([f"2026-{m:02}-{d:02} 10:00:00" for m in range(1, 13) for d in range(1, 29)])
    chosen = options.moments(stamps)
    assert len(chosen) == options.MOST
    assert chosen[-1] == "2026-12-28 23:59:59"
    short = pd.Series(["2026-01-01 10:00:00", "2026-01-01 12:00:00", "2026-01-01 10:00:00"])
    assert options.moments(short) == ["2026-01-01 10:00:00", "2026-01-01 12:00:00"]


def test_figures_and_words_of_options_in_use_and_not(small, carry, words):
    settings = ranked(top=1, fuzzy=dict(use=True), real_time=True)
    found = carry(small(r1_csv=REVISED.replace("D2,S2", "D1,S2,5,2026-03-04 11:00\nD2,S2")), settings)
    order, rounds = options.rank(found.ratings, found.rounds, settings)
    judged, followed = (options.judge_fuzzily(found.summary, settings), options.follow(found.revisions, settings))
    text = words("results", found)
    for name in ("ranking", "fuzzy", "convergence"):
        assert f"#fig-delphi-{name}" in text
    cited = words("methods", found)
    for key in ("schmidt1997", "chenglin2002", "chuhwang2008", "gordonpease2006"):
        assert f"@{key}" in cited
    unused = DelphiSettings()
    none = (accounting.table([], forms.RANKING), accounting.table([], forms.RANKING_ROUNDS))
    empty = (accounting.table([], forms.FUZZY), accounting.table([], forms.CONVERGENCE))
    without = carry(small(), unused)
    assert words("options", without).strip() == ""
    assert "schmidt1997" not in words("methods", without)
    with figures.style():
        for figure, data in (
            figures_options.draw_ranking(order, rounds),
            figures_options.draw_fuzzy(judged, settings),
            figures_options.draw_convergence(followed),
        ):
            assert figure.get_axes()
            assert len(data)
        for figure, data in (
            figures_options.draw_ranking(*none),
            figures_options.draw_fuzzy(empty[0], unused),
            figures_options.draw_convergence(empty[1]),
        ):
            assert figures_options.UNUSED in figure.get_axes()[0].texts[0].get_text()
            assert data.empty
