"""Draw the passages by condition and document, the countries by rank and on a map, and all indicators."""

from coproduction.core.factors import read_factors
from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.desk import figures, tables, tile_map
from coproduction.desk.settings import DeskSettings


@step(tables, settings=DeskSettings)
def draw_desk(given):
    factors, dimensions = read_factors(given.factors), given.settings.dimensions
    counting = given.passages[given.passages["counts"] == "yes"]
    passages = figures.shown_passages(counting, given.documents, factors)
    ranks = figures.shown_countries(given.scores)
    values = figures.shown_indicators(given.normalised, given.scores, given.coverage)
    tiles = tile_map.shown_tiles(given.scores, given.country_groups)
    return {
        "passages_map": Drawn(figures.draw_passages(passages, dimensions), passages),
        "countries": Drawn(figures.draw_countries(ranks, dimensions), ranks),
        "tiles": Drawn(figures.draw_tiles(tiles), tiles),
        "indicators": Drawn(figures.draw_indicators(values, given.coverage, dimensions), values),
    }
