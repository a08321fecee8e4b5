"""The map of Europe in tiles."""

import matplotlib.pyplot as plt
import pandas as pd
import printing
import pytest
from coproduction.core import countries
from coproduction.core import figures as core_figures
from coproduction.core.tables import empty
from coproduction.desk import comparison, facts, figures, tables, tile_map
from desk.conftest import SETTINGS, book, small

EU = "AUT BEL BGR HRV CYP CZE DNK EST FIN FRA DEU GRC HUN IRL ITA LVA LTU LUX MLT NLD POL PRT ROU SVK SVN ESP SWE"
NEAR = "ALB BIH CHE GBR ISL MDA MKD MNE NOR SRB TUR UKR XKX"


def tiles_of(*codes):
    found = comparison.compare(small({(code, "a"): n for n, code in enumerate(codes)}), book(a="social"), SETTINGS, 1)
    return tile_map.shown_tiles(found.scores, empty(tables.COUNTRY_GROUPS))


def test_each_country_of_the_union_and_its_neighbours_has_a_tile_of_its_own():
    tiles = tile_map._tiles()
    assert not tiles.duplicated(["column", "row"]).any()
    assert not tiles["country"].duplicated().any()
    assert {*EU.split(), *NEAR.split()} <= set(tiles["country"])
    assert countries.unknown(tiles["country"]) == []
    where = tiles.set_index("country")
    assert where.loc["NOR", "row"] < where.loc["DEU", "row"] < where.loc["ITA", "row"] < where.loc["GRC", "row"] + 1
    assert where.loc["PRT", "column"] < where.loc["FRA", "column"] < where.loc["POL", "column"]


def test_the_map_shows_score_rank_and_group_of_each_country(demo):
    groups = pd.DataFrame({"country": ["NOR", "BGR"], "group": pd.array([1, 2], dtype="Int64")})
    shown = tile_map.shown_tiles(demo.compared.scores, groups)
    own = demo.compared.scores[demo.compared.scores["dimension"] == "overall"].set_index("country")
    assert len(shown) == len(own) == 31
    assert dict(zip(shown["country"], shown["rank"], strict=True)) == own["rank"].to_dict()
    assert shown["column"].notna().all()
    assert shown.set_index("country")["group"].dropna().to_dict() == {"NOR": 1, "BGR": 2}
    with core_figures.style():
        figure = figures.draw_tiles(shown)
    words = [text.get_text() for text in figure.axes[0].texts]
    assert {*shown["country"], *shown["rank"].astype(str), "Overall score", "Group 1", "Group 2"} <= set(words)
    plt.close("all")


def test_countries_without_a_tile_are_named_with_their_rank_in_figure_and_text():
    shown = tiles_of("USA", "ITA", "FRA", "ESP", "LIE")
    assert tile_map.without_tile(shown) == ["Liechtenstein (rank 1)", "United States (rank 5)"]
    assert tile_map.drawn_tiles(shown) == 3
    with core_figures.style():
        words = " ".join(text.get_text() for text in figures.draw_tiles(shown).axes[0].texts)
    assert "Without a tile: Liechtenstein (rank 1), United States (rank 5)." in " ".join(words.split())
    plt.close("all")
    shown = shown.assign(dimension="overall", score=shown["score"])
    told = facts.of_map(shown.assign(dimension="overall"), empty(tables.COUNTRY_GROUPS))
    assert told["without_tile"] == ["Liechtenstein (rank 1)", "United States (rank 5)"]


@pytest.mark.parametrize("codes", [["BRA", "ARG", "CHL", "PRT"], ["ITA", "FRA"], []])
def test_too_few_tiles_are_no_map(codes):
    shown = tiles_of(*codes) if codes else tile_map.shown_tiles(empty(tables.SCORES), empty(tables.COUNTRY_GROUPS))
    assert tile_map.drawn_tiles(shown) == 0
    with core_figures.style():
        words = figures.draw_tiles(shown).axes[0].texts[0].get_text()
    assert "No map" in words or "awaited" in words
    plt.close("all")


@pytest.mark.usefixtures("only_on_paper")
def test_every_tile_can_be_read_on_paper(tmp_path):
    codes = list(tile_map._tiles()["country"])
    shown = tiles_of(*codes, "USA", "LIE", "KOR", "JPN", "AUS", "CAN", "MEX", "CHL", "NZL", "COL", "CRI", "ISR")
    shown["group"] = pd.array([1 + n % 8 for n in range(len(shown))], dtype="Int64")
    shown.loc[3, ["score", "rank"]] = pd.NA
    paths = [str(tmp_path / f"tiles.{kind}") for kind in ("svg", "pdf", "csv")]
    with core_figures.style():
        core_figures.Drawn(figures.draw_tiles(shown), shown).save(*paths)
    faults = {kind: getattr(printing, kind)(tmp_path / "tiles.pdf") for kind in ("too_small", "cut", "touching")}
    assert not any(faults.values()), faults
    assert len(pd.read_csv(paths[2])) == len(codes) + 12
