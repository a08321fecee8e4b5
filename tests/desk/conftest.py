"""The bundled desk folder, read; small tables of values and codebooks."""

from types import SimpleNamespace

import pandas as pd
import pytest
from coproduction.core.factors import read_factors, term_index
from coproduction.desk import comparison, documents, indicators, passages
from coproduction.desk.settings import DeskSettings

SETTINGS = DeskSettings(weight_draws=50)


@pytest.fixture(scope="session")
def demo(root):
    """The tables of the bundled study."""
    desk = root / "data" / "demo" / "desk"
    factors = read_factors(root / "config" / "factors.csv")
    codebook = indicators.read_codebook(desk / "codebook.csv", set(factors["id"]))
    values = indicators.read_values([desk / "indicators.csv"], codebook, [], 2015)
    files = sorted((desk / "documents").iterdir())
    read = documents.read_documents(desk, desk / "register.csv", files, "")
    return SimpleNamespace(
        factors=factors,
        codebook=codebook,
        values=values,
        coverage=indicators.coverage(values, codebook),
        changes=indicators.changes(values, codebook),
        compared=comparison.compare(values, codebook, SETTINGS, 1),
        documents=read.documents,
        similar=read.similar_documents,
        passages=passages.find_passages(read.pages, term_index(factors), 400),
    )


def small(rows):
    """VALUES in use from {(country, indicator): value}."""
    table = pd.DataFrame(
        [(c, i, 2020, float(v), "used") for (c, i), v in rows.items()],
        columns=["country", "indicator", "year", "value", "outcome"],
    )
    return table.assign(row=range(2, len(table) + 2)).astype({"year": "Int64", "row": "Int64"})


def book(**dimensions):
    return pd.DataFrame(
        [(name, name, dim, "higher_better") for name, dim in dimensions.items()],
        columns=["indicator", "name", "dimension", "direction"],
    ).assign(unit="", source="S", licence="", url="", retrieved="", factors="", weight=1.0)
