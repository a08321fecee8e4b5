"""From each value that is compared to its indicator, year, source and row: for links, and for tables on paper."""

from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core import markdown as md

ACROSS = 6  # indicators side by side in a table on paper
PAGE = "evidence"  # the page to which the links of all documents lead


def of_values(
    normalised: pd.DataFrame, values: pd.DataFrame, codebook: pd.DataFrame, scores: pd.DataFrame
) -> dict[str, Any]:
    """Each value with all that is known of it, by country; the sources of the indicators; tables for paper.

    normalised, values, codebook, scores: NORMALISED, VALUES, CODEBOOK and SCORES
    """
    if normalised.empty:
        return {"values": [], "sources": [], "value_tables": []}
    number = {name: place for place, name in enumerate(codebook["indicator"], start=1)}
    used = values.loc[values["outcome"] == "used", ["country", "indicator", "file", "row", "flag"]]
    real = normalised[normalised["imputed"] == "no"]
    share = (100 * real.groupby("indicator")["normalised"].rank(pct=True)).round()
    about = codebook[["indicator", "name", "unit", "source"]]
    trail = normalised.assign(percentile=share).merge(used, on=["country", "indicator"], how="left")
    trail = trail.merge(about, on="indicator", how="left").assign(number=trail["indicator"].map(number))
    names = countries.short_names(trail["country"]) | dict(zip(scores["country"], scores["name"], strict=True))
    by_country = dict(list(trail.sort_values("number", kind="stable").groupby("country")))
    order = sorted(by_country, key=lambda code: names[code])
    return {
        "values": [
            {"country": code, "name": names[code], "rows": [*map(_row, by_country[code].itertuples())]}
            for code in order
        ],
        "sources": [_source(entry, number[entry.indicator]) for entry in codebook.itertuples(index=False)],
        "value_tables": _tables(trail, codebook, {code: names[code] for code in order}),
    }


def _row(entry: Any) -> dict[str, Any]:
    imputed = entry.imputed == "yes"
    return {
        "anchor": _anchor(entry.country, entry.number),
        "number": entry.number,
        "indicator": entry.name,
        "value": md.significant(entry.value),
        "unit": entry.unit,
        "year": "" if pd.isna(entry.year) else str(int(entry.year)),
        "flag": "" if pd.isna(entry.flag) else entry.flag,
        "imputed": imputed,
        "percentile": None if pd.isna(entry.percentile) else int(entry.percentile),
        "source": entry.source,
        "place": "" if imputed or pd.isna(entry.row) else f"{entry.file}, row {entry.row}",
    }


def _source(entry: Any, number: int) -> dict[str, Any]:
    entries = {
        name: str(getattr(entry, name))
        for name in ("name", "dimension", "unit", "source", "licence", "url", "retrieved")
    }
    return entries | {"number": number, "favourable": "high" if entry.direction == "higher_better" else "low"}


def _anchor(country: str, number: int) -> str:
    return f"value-{country}-{number}"


def country_link(country: str, name: str) -> str:
    """The name of a country as Markdown, with a link to its values.

    >>> country_link("AUT", "Austria")
    '[Austria](evidence#values-AUT){.fact}'
    """
    return f"[{md.escape(name)}]({PAGE}#values-{country}){{.fact}}"


def _tables(trail: pd.DataFrame, codebook: pd.DataFrame, names: dict[str, str]) -> list[dict[str, Any]]:
    """The values of each dimension with their years, some indicators a table; each links to its trail."""
    cells = {(entry.country, entry.indicator): _cell(entry) for entry in trail.itertuples()}
    with_values, tables = set(trail["indicator"]), list[dict[str, Any]]()
    for dimension in dict.fromkeys(trail["dimension"]):
        of_dimension = codebook[(codebook["dimension"] == dimension) & codebook["indicator"].isin(with_values)]
        parts = -(-len(of_dimension) // ACROSS)
        each = -(-len(of_dimension) // max(parts, 1)) or 1  # about as many in each
        for start in range(0, len(of_dimension), each):
            part = of_dimension.iloc[start : start + each]
            rows = [
                {"country": country_link(code, name)} | {i: cells.get((code, i), "–") for i in part["indicator"]}
                for code, name in names.items()
            ]
            heads = {"country": "Country"} | {
                entry.indicator: entry.name.split(" (", maxsplit=1)[0] for entry in part.itertuples(index=False)
            }
            tables.append(
                {"label": f"desk-values-{len(tables) + 1}", "dimension": dimension, "heads": heads, "rows": rows}
            )
    return tables


def _cell(entry: Any) -> str:
    year = "imputed" if entry.imputed == "yes" else "" if pd.isna(entry.year) else str(int(entry.year))
    flag = "" if pd.isna(entry.flag) or not entry.flag else md.escape(entry.flag)
    notes = ", ".join(filter(None, [year, flag]))
    value_text = md.significant(entry.value) + (f" ({notes})" if notes else "")
    return f"[{value_text}]({PAGE}#{_anchor(entry.country, entry.number)}){{.fact}}"
