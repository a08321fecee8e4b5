"""Draws, parts left out and smallest changes: as the model itself would give, one by one."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.core.factors import read_factors, term_index
from coproduction.delphi.tables import RATINGS
from coproduction.ecosystem import model, robustness
from coproduction.ecosystem.directions import with_directions
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import LEFT_OUT, PEOPLE_DIRECTIONS, ROBUSTNESS, SMALLEST_CHANGE

SETTINGS = EcosystemSettings(
    bootstrap_draws=200, leading=3, reading=dict.fromkeys(["passage", "study", "quote", "rating", "topic"], "coded")
)
COLUMNS = ["factor", "technique", "kind", "source", "locator", "excerpt", "note", "verdict", "value"]


def evidence(codebook, seed=4):
    """Random sources for twelve factors, with ratings of a panel of seven."""
    random = np.random.default_rng(seed)
    rows, given = [], []
    for place, factor in enumerate(codebook["id"][:12]):
        for technique, kind, letter in (
            ("desk", "passage", "d"),
            ("literature", "study", "r"),
            ("interviews", "quote", "P"),
        ):
            for n in range(8):
                if random.random() < 0.15 + 0.05 * place:
                    words = "All of this came at the very first, they told us."
                    rows.append((factor, technique, kind, f"{letter}{n}", "", words, "x"))
        if place % 2:
            ratings = random.integers(3, 10, 7)
            value = float(np.median(ratings))
            statement = f"S{place}"
            rows.append((factor, "delphi", "rating", statement, "round 2", "It is there.", "", "supported", value))
            given += [(2, f"D{n}", "a" if n < 4 else "b", statement, int(r)) for n, r in enumerate(ratings)]
    made = accounting.table([dict(zip(COLUMNS, row, strict=False)) for row in rows], accounting.EVIDENCE)
    names = ["round", "panellist", "group", "statement", "rating"]
    return made, tables.typed(pd.DataFrame(given, columns=names), RATINGS.part(*names))


@pytest.fixture(scope="module")
def study(root):
    codebook = read_factors(root / "config" / "factors.csv")
    found, ratings = evidence(codebook)
    return codebook, found, ratings


def weighed(codebook, found):
    nobody = tables.empty(PEOPLE_DIRECTIONS)
    pieces = with_directions(found, nobody, term_index(codebook), SETTINGS)
    factors = model.weigh(codebook, pieces, model.verdicts(found), SETTINGS)
    return factors, model.trace_table(pieces, factors, SETTINGS)


def material(codebook, found, ratings):
    factors, trace = weighed(codebook, found)
    return factors, robustness.gather_material(trace, factors, ratings, SETTINGS)


def test_the_whole_is_the_model(study):
    factors, made = material(*study)
    people = np.ones((1, 7), int)
    for counted in (robustness.measures(made, {}), robustness.measures(made, {}, people)):
        found = robustness.strengths(made, counted)[0]
        assert found == pytest.approx(factors["strength"].to_numpy())


def repeated(found, ratings, drawn):
    """The evidence and ratings with each source and panellist as often as drawn."""
    parts = []
    for (technique, source), n in drawn.items():
        rows = found[(found["technique"] == technique) & (found["source"] == source)]
        parts += [rows.assign(source=f"{source}.{k}") for k in range(n)]
    parts.append(found[found["technique"] == "delphi"])
    return pd.concat(parts, ignore_index=True)


def test_a_draw_is_the_model_of_the_repeated_sources(study):
    codebook, found, ratings = study
    factors, made = material(*study)
    random = np.random.default_rng(11)
    counts = {name: random.integers(0, 3, (1, len(units))) for name, units in made.sources.items()}
    drawn = {
        (name, unit): int(n)
        for name, units in made.sources.items()
        for unit, n in zip(units, counts[name][0], strict=True)
    }
    slow, _ = weighed(codebook, repeated(found, ratings, drawn))
    fast = robustness.strengths(made, robustness.measures(made, counts))[0]
    by_slow = slow.set_index("id")["strength"].reindex(factors["id"])
    assert fast == pytest.approx(by_slow.to_numpy())


def test_panellists_drawn_again_change_the_medians(study):
    codebook, found, ratings = study
    factors, made = material(*study)
    kept = np.array([[3, 0, 0, 1, 1, 0, 2]])
    people = made.panel[1].panellists
    more = pd.concat(
        [ratings[ratings["panellist"] == p] for p, n in zip(people, kept[0], strict=True) for _ in range(n)]
    )
    medians = more.groupby("statement")["rating"].median()
    changed = found.copy()
    rated = changed["kind"] == "rating"
    changed.loc[rated, "value"] = changed.loc[rated, "source"].map(medians).astype(float)
    slow, _ = weighed(codebook, changed)
    fast = robustness.strengths(made, robustness.measures(made, {}, kept))[0]
    assert fast == pytest.approx(slow.set_index("id")["strength"].reindex(factors["id"]).to_numpy())


def test_what_is_left_out_is_the_smaller_model(study):
    codebook, found, ratings = study
    _factors, made = material(*study)
    places = {("desk", f"d{n}"): "FIN" for n in range(4)} | {("interviews", "P1"): "FIN"}
    places |= {("desk", "d5"): "ITA", ("delphi", "D1"): "ITA"}
    left = robustness.left_out_table(made, places)
    tables.conforming(left, LEFT_OUT)
    assert set(zip(left["kind"], left["left_out"], strict=True)) == {
        ("technique", "desk"),
        ("technique", "literature"),
        ("technique", "interviews"),
        ("technique", "delphi"),
        ("country", "FIN"),
        ("country", "ITA"),
        ("panel group", "a"),
        ("panel group", "b"),
    }
    of = np.array([places.get(pair, "") for pair in zip(found["technique"], found["source"], strict=True)])
    smaller = {name: found[found["technique"] != name] for name in ("desk", "literature", "interviews", "delphi")}
    smaller |= {country: found[of != country] for country in ("FIN", "ITA")}
    kept = {group: ratings["group"] != group for group in "ab"} | {"ITA": ratings["panellist"] != "D1"}
    for name, rows in kept.items():
        medians = ratings[rows].groupby("statement")["rating"].median()
        part = smaller.get(name, found)
        values = part["value"].mask(part["kind"] == "rating", part["source"].map(medians))
        smaller[name] = part.assign(value=values.astype(float))
    for name, part in smaller.items():
        slow = weighed(codebook, part)[0].set_index("id")
        fast = left[left["left_out"] == name].set_index("factor")
        assert fast["strength"].to_numpy() == pytest.approx(slow["strength"].reindex(fast.index).to_numpy()), name
        assert fast["rank"].tolist() == slow["rank"].reindex(fast.index).tolist(), name


def test_topics_go_with_the_studies_that_they_follow(study):
    """A topic points where its studies do: without them the smaller study knows nothing of it."""
    codebook, found, ratings = study
    names = sorted(found.loc[found["technique"] == "literature", "source"].unique())
    factor = found.loc[found["technique"] == "literature", "factor"].iloc[0]
    topic = dict(zip(COLUMNS, (factor, "topics", "topic", "T1", "3 of 4 records", "x", "", "", 2.0), strict=True))
    topic["note"] = f"mentioned 2.0 times the others; studies: {', '.join(names)}"
    whole = pd.concat([found, accounting.table([topic], accounting.EVIDENCE)], ignore_index=True)
    _, made = material(codebook, whole, ratings)
    assert "topics" in made.techniques
    left = robustness.left_out_table(made, {})
    for name in ("literature", "topics"):
        slow = weighed(codebook, whole[whole["technique"] != name])[0].set_index("id")["strength"]
        fast = left[left["left_out"] == name].set_index("factor")["strength"]
        assert fast.to_numpy() == pytest.approx(slow.reindex(fast.index).to_numpy()), name


def test_intervals_hold_the_value_and_are_the_same_each_time(study):
    codebook, *_ = study
    _factors, made = material(*study)
    names = dict(zip(codebook["id"], codebook["name"], strict=True))
    left = robustness.left_out_table(made, {})
    one, two = (robustness.robustness_table(made, names, robustness.bootstrap(made, 200, 5), left, 3) for _ in range(2))
    tables.conforming(one, ROBUSTNESS)
    pd.testing.assert_frame_equal(one, two)
    assert (one["rank_low"] <= one["rank_high"]).all()
    assert (one["left_out_low"] <= one["rank"]).all()
    assert (one["left_out_high"] >= one["rank"]).all()
    with_evidence = one[one["strength"] > 0]
    assert (with_evidence["high"] > with_evidence["low"]).all()
    assert one["leads"].max() <= 1


def test_the_smallest_change_takes_the_factor_from_the_lead_and_one_less_does_not(study):
    codebook, *_ = study
    _factors, made = material(*study)
    names = dict(zip(codebook["id"], codebook["name"], strict=True))
    changes = robustness.smallest_changes(made, names, 3)
    tables.conforming(changes, SMALLEST_CHANGE)
    assert len(changes)
    whole = robustness.measures(made, {})
    for row in changes.itertuples():
        place, own = made.techniques.index(row.technique), made.factors.index(row.factor)
        for removed, leads in ((row.removed, False), (row.removed - 1, True)):
            tried = whole.copy()
            tried[0, place, own] -= removed
            found = robustness.strengths(made, tried)[0]
            assert bool((found > found[own]).sum() + 1 <= 3) is leads, (row, removed)


def test_nothing_to_draw_from(root):
    codebook = read_factors(root / "config" / "factors.csv")
    found, ratings = tables.empty(accounting.EVIDENCE), tables.empty(RATINGS)
    _factors, made = material(codebook, found, ratings)
    drawn = robustness.bootstrap(made, 100, 1)
    names = dict(zip(codebook["id"], codebook["name"], strict=True))
    left = robustness.left_out_table(made, {})
    table = robustness.robustness_table(made, names, drawn, left, 8)
    assert (table["strength"] == 0).all()
    assert robustness.smallest_changes(made, names, 8).empty
