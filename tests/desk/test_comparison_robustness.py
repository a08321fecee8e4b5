"""All choices at once, components, and groups of countries."""

import numpy as np
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.tables import empty
from coproduction.desk import comparison, comparison_robustness, tables
from coproduction.desk.settings import DIMENSIONS, DeskSettings
from desk.conftest import SETTINGS, book, small


@pytest.fixture(scope="module")
def varied(demo):
    settings = SETTINGS.model_copy(update={"uncertainty_draws": 500})
    scores = demo.compared.scores
    return comparison_robustness.vary(demo.values, demo.codebook, scores, settings, 1), settings


def test_every_ranked_country_has_a_range(demo, varied):
    (ranks, choices), _ = varied
    merged = ranks.merge(demo.compared.scores, on=["dimension", "country"], suffixes=("", "_scores"))
    assert len(merged) == len(ranks) == 5 * 31
    known = merged[merged["score"].notna()]
    assert (known["low"] <= known["median"]).all()
    assert (known["median"] <= known["high"]).all()
    assert (known["rank"] == known["rank_scores"]).all()
    assert ranks["upper_third"].dropna().between(0, 1).all()
    assert set(choices["choice"]) == set(comparison_robustness.CHOICES)
    assert choices["share"].dropna().between(0, 1).all()


def test_the_same_seed_gives_the_same_draws_and_no_draws_none(demo, varied):
    (ranks, _), settings = varied
    again, _ = comparison_robustness.vary(demo.values, demo.codebook, demo.compared.scores, settings, 1)
    assert ranks.equals(again)
    none = settings.model_copy(update={"uncertainty_draws": 0})
    nothing, _ = comparison_robustness.vary(demo.values, demo.codebook, demo.compared.scores, none, 1)
    assert nothing.empty


def test_components_of_each_dimension(demo):
    found = comparison_robustness.components(demo.values, demo.codebook, SETTINGS)
    assert set(found["dimension"]) == set(DIMENSIONS)
    first = found[found["component"] == 1].groupby("dimension")
    loaded = (found["loading"] ** 2).groupby([found["dimension"], found["component"]]).sum()
    eigen = found.groupby(["dimension", "component"])["eigenvalue"].first()
    np.testing.assert_allclose(loaded, eigen)
    assert (first["share"].first() > 0.3).all()


def test_groups_of_countries_beside_a_given_classification(demo):
    found, numbers = comparison_robustness.group_countries(demo.values, {}, 1, demo.codebook, SETTINGS)
    assert len(found) == 31
    assert (numbers["chosen"] == "yes").sum() == 1
    assert numbers["given"].isna().all()
    given = dict(zip(found["country"], found["group"].astype(str), strict=True))
    _, numbers = comparison_robustness.group_countries(demo.values, given, 1, demo.codebook, SETTINGS)
    assert numbers.loc[numbers["chosen"] == "yes", "given"].iloc[0] == pytest.approx(1)


def test_too_few_countries_form_no_groups():
    values = small({("AUT", "a"): 1, ("BEL", "a"): 2})
    found, numbers = comparison_robustness.group_countries(values, {}, 1, book(a="social"), SETTINGS)
    assert found.empty
    assert numbers.empty
    assert comparison_robustness.components(values, book(a="social"), SETTINGS).empty
    nothing = empty(tables.VALUES)
    assert comparison_robustness.group_countries(nothing, {}, 1, book(a="social"), SETTINGS)[0].empty
    assert comparison_robustness.vary(nothing, book(a="social"), empty(tables.SCORES), SETTINGS, 1)[0].empty


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("Utopia,Nordic\n", "row 2, column 'country': 'Utopia' is not a country"),
        ("FIN,Nordic\nFinland,Baltic\n", "row 3, column 'country': Finland is in two groups"),
        ("FIN,\n", "column 'group'"),
    ],
)
def test_a_classification_that_cannot_be_is_named(tmp_path, rows, words):
    path = tmp_path / "country_groups.csv"
    path.write_text("country,group\n" + rows, encoding="utf-8")
    with pytest.raises(StudyError, match=r"country_groups\.csv") as caught:
        comparison_robustness.read_groups(path)
    assert words in str(caught.value)


def test_a_classification_is_read_and_may_be_missing(tmp_path):
    path = tmp_path / "country_groups.csv"
    path.write_text("country,group\nFinland,Nordic\nEL,South\n", encoding="utf-8")
    assert comparison_robustness.read_groups(path) == {"FIN": "Nordic", "GRC": "South"}
    assert comparison_robustness.read_groups(None) == {}


@pytest.mark.parametrize("how", ["median", "neighbours"])
def test_imputed_values_are_marked_and_measured_ones_stay(demo, how):
    settings = SETTINGS.model_copy(update={"imputation": how})
    found = comparison.compare(demo.values, demo.codebook, settings, 1)
    real = found.normalised[found.normalised["imputed"] == "no"]
    assert len(real) == (demo.values["outcome"] == "used").sum()
    gaps = found.normalised[found.normalised["imputed"] == "yes"]
    assert len(gaps) == 31 * 21 - len(real)
    assert gaps["year"].isna().all()
    assert gaps["value"].notna().all()
    counted = found.scores.set_index(["dimension", "country"])["indicators"]
    plain = demo.compared.scores.set_index(["dimension", "country"])["indicators"]
    assert (counted == plain).all()


def test_weights_of_dimensions_and_a_geometric_overall_score():
    values = small(
        {
            (c, i): v
            for c, i, v in [
                ("AUT", "a", 0),
                ("BEL", "a", 50),
                ("CZE", "a", 100),
                ("AUT", "b", 100),
                ("BEL", "b", 50),
                ("CZE", "b", 0),
            ]
        }
    )
    codebook = book(a="political", b="social")
    twice = DeskSettings(dimension_weights={"political": 3}, weight_draws=0)
    found = comparison.compare(values, codebook, twice, 1).scores
    own = found[found["dimension"] == "overall"].set_index("country")["score"]
    assert own.to_dict() == pytest.approx({"AUT": 25, "BEL": 50, "CZE": 75})
    other = DeskSettings(overall_aggregation="geometric", weight_draws=0)
    found = comparison.compare(values, codebook, other, 1).scores
    own = found[found["dimension"] == "overall"].set_index("country")["score"]
    assert own.to_dict() == pytest.approx({"AUT": 10, "BEL": 50.5, "CZE": 10})


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"dimension_weights": {"cultural": 1}}, "'cultural' in dimension_weights is not a dimension"),
        ({"dimension_weights": {"social": 0}}, "greater than 0"),
        ({"normalisation": "zscore", "overall_aggregation": "geometric"}, "no geometric mean"),
    ],
)
def test_settings_that_cannot_be_are_named(setting, words):
    with pytest.raises(ValueError, match=words):
        DeskSettings(**setting)
