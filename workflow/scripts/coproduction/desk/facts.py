"""What the report is told of the desk research: numbers, names and rows for its templates."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.desk import passage_judgements, tile_map
from coproduction.desk.document_parts import TEXT
from coproduction.desk.handover import place
from coproduction.desk.settings import OVERALL
from coproduction.desk.value_trail import country_link

ALPHA_LOW = 0.6
AGAINST = -0.5  # loading from which an indicator runs against those that make up a component
WITH_ARTICLE = {name: f"the {name}" for name in ("Netherlands", "United Kingdom", "United States", "Philippines")}


def weighted(codebook: pd.DataFrame) -> bool:
    """Whether indicators of one dimension have different weights."""
    weights = codebook.groupby("dimension")["weight"]
    return bool((weights.max() > weights.min()).any())


def of_documents(
    documents: pd.DataFrame, similar: pd.DataFrame, all_passages: pd.DataFrame, factors: pd.DataFrame, quoted: int
) -> dict[str, Any]:
    """What could be read, and what it says of the conditions; `quoted` conditions get an example."""
    readable = documents[documents["state"].isin(["read", "partly read"])]
    unread = documents[documents["state"] != "read"]
    passages = all_passages[all_passages["counts"] == "yes"]
    counts = {
        "documents": len(documents),
        "read": len(readable),
        "words": int(readable["words"].sum()),
        "kinds": int(readable.loc[readable["type"] != "", "type"].nunique()),
        "unread": [
            {"document": row.document or row.file, "state": row.state} for row in unread.itertuples(index=False)
        ],
        "recognised": int(documents["pages_recognised"].sum()),
        "register": _register(documents, passages),
        **_set_aside(documents, similar),
        **_judged(all_passages),
        "passages": len(passages),
        "conditions": len(factors),
    }
    return counts | (_passages(readable, passages, factors, quoted) if len(passages) else {})


def _set_aside(documents: pd.DataFrame, similar: pd.DataFrame) -> dict[str, Any]:
    """Documents whose text is in another, and those that the register leaves out."""
    copies = documents[(documents["same_as"] != "") & (documents["counts"] == "no")]
    near = similar[similar["similarity"] != "identical"]
    near_columns = near[["first", "second", "similarity", "in_first", "in_second"]]
    set_aside = documents[(documents["counts"] == "no") & (documents["document"] != "")]
    return {
        "copies": copies[["document", "same_as"]].to_dict("records"),
        "left_out": sorted(set(set_aside["document"]) - set(copies["document"])),
        "similar": near_columns.assign(**{n: 100 * near_columns[n] for n in ("in_first", "in_second")}),
    }


def _judged(passages: pd.DataFrame) -> dict[str, Any]:
    """What people say of the passages, and those in parts that are no running text."""
    judgement_counts = passages["judgement"].value_counts()
    apart = passages[(passages["part"] != TEXT) & (passages["judgement"] == "")]
    return {
        "found": len(passages),
        "begun": bool((passages["judgement"] != "").any()),
        "confirmed": int(judgement_counts.get(passage_judgements.CONFIRMED, 0)),
        "rejected": int(judgement_counts.get(passage_judgements.REJECTED, 0)),
        "disputed": int(judgement_counts.get(passage_judgements.DISPUTED, 0)),
        "unjudged": int(passage_judgements.open_ones(passages).sum()),
        "settled": int(((passages["judgement"] == "") & (passages["direction"] != "")).sum()),
        "negated": int(((passages["negation"] != "") & (passages["counts"] == "yes")).sum()),
        "apart": [{"part": part, "n": int(n)} for part, n in apart["part"].value_counts().sort_index().items()],
    }


def _register(documents: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    counts = passages.groupby("document").agg(n=("factor", "size"), factors=("factor", "nunique"))
    registered = documents[documents["document"] != ""]
    counts_by_document = counts.reindex(registered["document"]).fillna(0).astype(int)
    return pd.DataFrame(
        {
            "document": registered["document"],
            "title": registered["title"],
            "type": registered["type"],
            "country": registered["country"].map(countries.title),
            "year": registered["year"].map(lambda year: "" if pd.isna(year) else str(year)),
            "state": registered["state"],
            "passages": counts_by_document["n"].to_numpy(),
            "conditions": counts_by_document["factors"].to_numpy(),
        }
    )


def _passages(readable: pd.DataFrame, passages: pd.DataFrame, factors: pd.DataFrame, quoted: int) -> dict[str, Any]:
    spread = passages.groupby("factor")["document"].nunique()
    order = spread.reindex(factors["id"]).fillna(0).astype(int)
    names = factors.set_index("id")["name"]
    return {
        "covered": int((order > 0).sum()),
        "widest": int(order.max()),
        "most": [_in_sentence(names[code]) for code in order[order == order.max()].index],
        "silent": [_in_sentence(names[code]) for code in order[order == 0].index],
        "without_passage": sorted(set(readable["document"]) - set(passages["document"])),
        "quotes": _quotes(passages, names, quoted),
    }


def _in_sentence(name: str) -> str:
    """The name of a condition within a sentence; capitals of abbreviations stay."""
    return name if name[1:2].isupper() else name[0].lower() + name[1:]


def _quotes(passages: pd.DataFrame, names: pd.Series, quoted: int) -> pd.DataFrame:
    """One passage for each of the conditions that most documents speak of."""
    spread = passages.groupby("factor").agg(d=("document", "nunique"), n=("document", "size"))
    spread = spread[spread.index.isin(names.index)]
    chosen = spread.sort_values(["d", "n"], ascending=False, kind="stable").head(quoted).index
    rows = []
    used: set[tuple] = set()
    for code in chosen:
        quote = _telling(passages[passages["factor"] == code], used)
        used.add((quote.document, quote.page, quote.sentence))
        rows.append(
            {
                "condition": names[code],
                "spread": f"{spread.loc[code, 'd']} ({spread.loc[code, 'n']})",
                "excerpt": quote.excerpt,
                "place": f"{quote.document}, {place(quote.unit, quote.page, quote.heading)}",
            }
        )
    return pd.DataFrame(rows, columns=["condition", "spread", "excerpt", "place"])


def _telling(passages: pd.DataFrame, used: set[tuple]) -> Any:
    """A whole sentence of middling length that is no heading and was not quoted before."""

    def dullness(row) -> tuple:
        was_quoted = (row.document, row.page, row.sentence) in used
        is_sentence = row.excerpt[-1] in ".!?" and "|" not in row.excerpt and "…" not in row.excerpt
        return was_quoted, not is_sentence, -row.hits, abs(len(row.excerpt) - 160)

    return min(passages.itertuples(index=False), key=dullness)


def of_countries(
    coverage: pd.DataFrame,
    changes: pd.DataFrame,
    codebook: pd.DataFrame,
    scores: pd.DataFrame,
    consistency: pd.DataFrame,
    normalised: pd.DataFrame,
) -> dict[str, Any]:
    """How the countries compare, on which values, and how far the ranks depend on the method."""
    base = {"compared": bool(scores["score"].notna().any()), "weighted": weighted(codebook)}
    if not base["compared"]:
        return base
    odd = coverage[coverage["remark"] != ""]
    return base | {
        "indicators": len(coverage),
        "covered_countries": int(coverage["of"].max()),
        "first_year": coverage["first_year"].min(),
        "last_year": coverage["last_year"].max(),
        "complete": int((coverage["countries"] == coverage["of"]).sum()),
        "valueless": list(coverage.loc[coverage["countries"] == 0, "name"]),
        "remarks": odd[["name", "remark"]].to_dict("records"),
        "coverage": _coverage(coverage, codebook),
        "leaders": _leaders(scores),
        "unscored": _unscored(scores),
        "ranked_countries": int(scores["country"].nunique()),
        "panels": int(scores["dimension"].nunique()),
        "profiles": _profiles(scores, normalised, coverage),
        "imputed": int((normalised["imputed"] == "yes").sum()),
        "consistency": _consistency(consistency),
        **_stability(consistency),
        **_changes(changes, coverage),
    }


def of_downloads(downloads: pd.DataFrame, series: pd.DataFrame) -> dict[str, Any]:
    """What the files as publishers hand them out hold, and what of it is in use (DOWNLOADS, DOWNLOADED_SERIES)."""
    indicators = {name for cell in series["indicators"] for name in split_list(cell)}
    places = sorted({name for cell in downloads["unknown_places"] for name in split_list(cell)})
    return {
        "downloaded_files": downloads["file"].nunique(),
        "downloaded_series": len(series),
        "downloaded_series_used": int((series["indicators"] != "").sum()),
        "downloaded_indicators": len(indicators),
        "downloaded_unknown": places,
    }


def _coverage(coverage: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    about = codebook.set_index("indicator").loc[coverage["indicator"]]
    years = zip(coverage["first_year"], coverage["last_year"], strict=True)
    return pd.DataFrame(
        {
            "dimension": coverage["dimension"].str.capitalize(),
            "name": coverage["name"],
            "favourable": coverage["direction"].map({"higher_better": "high", "lower_better": "low"}),
            "years": [_years(first, last) for first, last in years],
            "countries": coverage["countries"],
            "source": about["source"].to_numpy(),
            "licence": about["licence"].to_numpy(),
        }
    )


def _years(first, last) -> str:
    if pd.isna(first):
        return "–"
    return str(first) if first == last else f"{first}–{last}"


def _leaders(scores: pd.DataFrame) -> list[dict[str, Any]]:
    """The first three countries and the last of each dimension."""
    leaders = []
    for dimension in dict.fromkeys(scores["dimension"]):
        ranked = scores[(scores["dimension"] == dimension) & scores["rank"].notna()]
        names = ranked.sort_values(["rank", "name"])["name"].replace(WITH_ARTICLE).tolist()
        if names:
            leaders.append({"dimension": dimension, "top": names[:3], "last": names[-1]})
    return leaders


def _unscored(scores: pd.DataFrame) -> list[str]:
    unscored = scores[scores["score"].isna() & (scores["dimension"] != OVERALL)]
    return [f"{row.name} ({row.dimension})" for row in unscored.itertuples(index=False)]


def _profiles(scores: pd.DataFrame, normalised: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """One line a country: ranks with their range over the variants, strengths and weaknesses.

    Strengths are the indicators in which it has its highest percentiles among the countries, if in
    the upper third; weaknesses those with the lowest, if in the lower third.
    """
    panels = sorted(dict.fromkeys(scores["dimension"]), key=lambda name: name != OVERALL)  # it comes first
    lead = scores[scores["dimension"] == panels[0]].sort_values(["rank", "name"])
    named = zip(lead["country"], lead["name"], strict=True)
    table = pd.DataFrame({"Country": [country_link(code, name) for code, name in named]})
    for name in panels:
        of_dimension = scores[scores["dimension"] == name].set_index("country").reindex(lead["country"])
        table[name.capitalize()] = [_rank(row) for row in of_dimension.itertuples()]
    names = dict(zip(coverage["indicator"], coverage["name"], strict=True))
    real = normalised[(normalised["imputed"] == "no") & normalised["normalised"].notna()]
    share = real.groupby("indicator")["normalised"].rank(pct=True)
    real = real.assign(percentile=share, said=real["indicator"].map(names).map(_short))
    real = real.sort_values(["percentile", "indicator"])
    by_country = dict(list(real.groupby("country")))
    empty = real.head(0)
    for title, best in (("Strengths", True), ("Weaknesses", False)):
        table[title] = [_extremes(by_country.get(country, empty), best) for country in lead["country"]]
    return table


def _extremes(percentiles: pd.DataFrame, best: bool, most: int = 2) -> str:
    chosen = (
        percentiles[percentiles["percentile"] > 2 / 3].tail(most).iloc[::-1]
        if best
        else percentiles[percentiles["percentile"] <= 1 / 3].head(most)
    )
    return "; ".join(chosen["said"]) or "–"


def _short(name: str) -> str:
    """The name of an indicator without what is in brackets."""
    return name.split(" (", maxsplit=1)[0]


def _rank(row) -> str:
    return "–" if pd.isna(row.rank) else f"{row.rank} ({row.best_rank}–{row.worst_rank})"


def _consistency(consistency: pd.DataFrame) -> pd.DataFrame:
    columns = """
    dimension indicators complete alpha mean_rho lowest_rho mean_shift largest_shift
    """
    table = consistency[columns.split()]
    return table.assign(dimension=consistency["dimension"].str.capitalize())


def _stability(consistency: pd.DataFrame) -> dict[str, Any]:
    """In which dimensions ranks move least and most, and where indicators do not go together."""
    comparable = consistency.dropna(subset=["mean_shift"])
    if comparable.empty:
        return {"steadiest": None}
    return {
        "steadiest": comparable.loc[comparable["mean_shift"].idxmin()].to_dict(),
        "shakiest": comparable.loc[comparable["mean_shift"].idxmax()].to_dict(),
        "lowest_alpha": ALPHA_LOW,
        "incoherent": list(comparable.loc[comparable["alpha"] < ALPHA_LOW, "dimension"]),
        "opposed": list(comparable.loc[comparable["lowest_rho"] < 0, "dimension"]),
    }


def _changes(changes: pd.DataFrame, coverage: pd.DataFrame) -> dict[str, Any]:
    """How indicators moved, where earlier values are there."""
    rows = []
    for entry in coverage.itertuples(index=False):
        of_indicator = changes[changes["indicator"] == entry.indicator]
        if of_indicator.empty:
            continue
        before, now = of_indicator["year_before"], of_indicator["year"]
        rows.append(
            {
                "indicator": entry.name,
                "earlier": _years(before.min(), before.max()),
                "median": md.significant(of_indicator["value_before"].median()),
                "now": _years(now.min(), now.max()),
                "median_now": md.significant(of_indicator["value"].median()),
                "countries": len(of_indicator),
                "more": int((of_indicator["better"] == 1).sum()),
                "less": int((of_indicator["better"] == -1).sum()),
            }
        )
    if not rows:
        return {"changes": []}
    table = pd.DataFrame(rows)
    up = table["more"] / table["countries"]
    gained, lost = (table.loc[position].to_dict() for position in (up.idxmax(), up.idxmin()))
    return {"changes": table, "gained": gained, "lost": lost}


def of_map(scores: pd.DataFrame, groups: pd.DataFrame) -> dict[str, Any]:
    """How many countries the map in tiles shows, and which have no tile."""
    tiles = tile_map.shown_tiles(scores, groups)
    return {
        "mapped": tile_map.drawn_tiles(tiles),
        "mapped_dimension": "".join(tiles["dimension"].head(1)),
        "without_tile": tile_map.without_tile(tiles),
    }


def of_variation(
    uncertainty: pd.DataFrame,
    choices: pd.DataFrame,
    components: pd.DataFrame,
    groups: pd.DataFrame,
    numbers: pd.DataFrame,
    coverage: pd.DataFrame,
) -> dict[str, Any]:
    """What varying all choices at once, the components and the groups of countries say."""
    names = countries.short_names(uncertainty["country"]) if len(uncertainty) else {}
    last = uncertainty["dimension"].iloc[-1] if len(uncertainty) else ""
    ranked = uncertainty[(uncertainty["dimension"] == last) & uncertainty["median"].notna()]
    width = ranked["high"] - ranked["low"]
    upper = ranked.loc[ranked["upper_third"] >= 0.95, "country"].map(names)
    varied_facts: dict[str, Any] = {
        "varied": len(ranked),
        "varied_dimension": last,
        "width": float(width.median()) if len(ranked) else None,
        "widest_width": float(width.max()) if len(ranked) else None,
        "widest_country": names[ranked.loc[width.idxmax(), "country"]] if len(ranked) else "",
        "upper": sorted(WITH_ARTICLE.get(name, name) for name in upper),
        "choices": choices[(choices["dimension"] == last) & choices["share"].notna()]
        .sort_values("share", ascending=False)[["choice", "share"]]
        .to_dict("records"),
        "against": _against(components, dict(zip(coverage["indicator"], coverage["name"], strict=True))),
        "ungrouped": sorted(names[code] for code in set(names) - set(groups["country"])) if len(groups) else [],
        "components": _components(components, dict(zip(coverage["indicator"], coverage["name"], strict=True))),
        "groups": _groups(groups),
    }
    chosen = numbers[numbers["chosen"] == "yes"]
    if len(chosen):
        varied_facts["silhouette"] = float(chosen["ward"].iloc[0])
        varied_facts["agreement"] = float(chosen["agreement"].iloc[0])
        varied_facts["given_agreement"] = _or_none(chosen["given"].iloc[0])
    return varied_facts


def _or_none(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _components(components: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    rows = []
    for dimension, loadings in components.groupby("dimension", sort=False):
        first = loadings[loadings["component"] == 1]
        strong = first.reindex(first["loading"].abs().sort_values().index)
        weakest = strong["indicator"].iloc[0]
        rows.append(
            {
                "dimension": str(dimension).capitalize(),
                "components": int(loadings["component"].nunique()),
                "share": 100 * float(first["share"].iloc[0]),
                "weakest": f"{names.get(weakest, weakest)} ({md.number(float(strong['loading'].iloc[0]))})",
            }
        )
    return pd.DataFrame(rows, columns=["dimension", "components", "share", "weakest"])


def _against(components: pd.DataFrame, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Indicators whose loading on the first component has the other sign than most: their direction may be wrong."""
    opposed = []
    for dimension, loadings in components[components["component"] == 1].groupby("dimension", sort=False):
        if len(loadings) < 3:
            continue
        sign = 1 if loadings["loading"].sum() >= 0 else -1
        for row in loadings[sign * loadings["loading"] <= AGAINST].itertuples(index=False):
            name = names.get(row.indicator, row.indicator)
            opposed.append({"dimension": str(dimension), "name": name, "loading": sign * float(row.loading)})
    return opposed


def _groups(groups: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            "group": int(number),
            "countries": ", ".join(sorted(members["name"])),
            "n": len(members),
            "silhouette": float(members["silhouette"].mean()),
            "stability": float(members["stability"].iloc[0]),
        }
        for number, members in groups.groupby("group")
    ]
    return pd.DataFrame(rows, columns=["group", "countries", "n", "silhouette", "stability"])
