"""Check every value of the indicators and choose those that are compared."""

from coproduction.core.countries import settled_in
from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.desk import downloads, indicators, tables
from coproduction.desk.settings import DeskSettings


@step(tables, settings=DeskSettings)
def read_indicators(given):
    factors, own = set(read_factors(given.factors)["id"]), next(iter(given.study_codebook), None)
    codebook = indicators.read_codebook(own, factors, given.settings.dimensions)
    chosen = given.settings.countries, given.settings.oldest_year
    settled = settled_in(next(iter(given.countries), None))
    downloaded = downloads.read(given.downloaded, codebook, settled)
    values = indicators.read_values(given.indicators, codebook, *chosen, settled, downloaded)
    return {
        "values": values,
        "codebook": codebook.drop(columns="series"),
        "coverage": indicators.coverage(values, codebook),
        "changes": indicators.changes(values, codebook),
        "downloads": downloaded.files,
        "downloaded_series": downloaded.series,
    }
