"""What the report is told of the ecosystem."""

from collections import Counter
from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core.accounting import title_of
from coproduction.core.excerpts import shorten
from coproduction.core.tables import plain
from coproduction.core.text import split_list
from coproduction.ecosystem.convergence import strongest_code
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.strength import against_shares, between_techniques
from coproduction.ecosystem.tables import BANDS, CAUSE, CODES, CONTESTED, DISSONANCE, FAVOURS, HINDERS, UNREAD
from coproduction.methods.ism import QUADRANTS

STEADY = 0.8  # share of the samples from which a place in the structure is called steady
NAMED = 3
ENOUGH, VOICE = 50, 130  # characters of a quote that says enough by itself, and of the longest one beside the lines
SHOWN = ["rank", "id", "name", "strength", "side", "confidence", "judgement", "lines", "unread"]
WEIGHED = ["id", "name", "strength", "band", "side", "low", "high", "confidence", "judgement"]
PIECE = ["kind", "source", "locator", "excerpt", "value", "note", "direction", "state"]
FIRM = ["factor", "name", "rank", "rank_low", "rank_high", "leads"]


def facts(
    codebook: pd.DataFrame,
    factors: pd.DataFrame,
    edges: pd.DataFrame,
    trace: pd.DataFrame,
    structure: pd.DataFrame,
    relations: pd.DataFrame,
    basis: dict[str, Any],
    display: pd.DataFrame,
    codes: pd.DataFrame,
    tested: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    beside: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    settings: EcosystemSettings,
) -> dict[str, Any]:
    """Numbers, names and rows for the templates of the ecosystem, by the names they use there.

    tested: the tables of the robustness (ROBUSTNESS, LEFT_OUT, SMALLEST_CHANGE). beside: the pairs by
    technique, the pairs beside the experts' judgements, the fuzzy map (TOGETHER, COMPARED, COGNITIVE_MAP).
    """
    pieces = trace[trace["technique"] != ""]
    return {
        "settings": settings.model_dump(mode="json"),
        "lines_of_evidence": [
            {"line": line, "techniques": [title_of(name) for name in names]} for line, names in settings.lines.items()
        ],
        "codebook": _codebook(codebook),
        **_model(factors, len(pieces), settings),
        **_unread(pieces),
        **_convergence(display, codes),
        "leaders": _leaders(factors, pieces, settings),
        **_robustness(*tested, settings),
        **_agreement(factors, settings),
        **_connections(edges, beside[0], factors, settings),
        **_structure(structure, relations, basis),
        **_compared(beside[1], factors, settings),
        **_map(beside[2]),
        **_trace(pieces, factors, settings),
    }


def _codebook(codebook: pd.DataFrame) -> list[dict[str, Any]]:
    levels = codebook["level"].where(codebook["level"] != "environment", codebook["dimension"])
    conditions = codebook[["id", "name", "definition"]].assign(level=levels)
    references = [{"references": split_list(cell)} for cell in codebook["references"]]
    return [row | more for row, more in zip(plain(conditions), references, strict=True)]


def _model(factors: pd.DataFrame, pieces: int, settings: EcosystemSettings) -> dict[str, Any]:
    supported = factors[factors["sources"] > 0]
    strong = factors[(factors["band"] == "strong") & (factors["side"] != HINDERS)]
    swings = factors.assign(swing=factors["high"] - factors["low"])
    widest = swings.sort_values(["swing", "rank"], ascending=[False, True]).iloc[0]
    means = factors.groupby("level")["strength"].mean().sort_values(ascending=False)
    return {
        "factors": len(factors),
        "supported": len(supported),
        "pieces": pieces,
        "several": int((factors["lines"] >= settings.enough_lines).sum()),
        "strong": list(strong["name"]),
        "sure": list(strong.loc[strong["confidence"].isin(["high", "moderate"]), "name"]),
        "thin": list(strong.loc[strong["confidence"].isin(["low", "very low"]), "name"]),
        "strongest": list(supported["name"].head(NAMED)),
        "against": list(factors.loc[factors["verdict"] == "rejected", "name"]),
        "without": list(factors.loc[factors["lines"] == 0, "name"]),
        "awaited": [
            settings.titles.get(name, name) for name in settings.kinds if factors[f"standing_{name}"].isna().all()
        ],
        "widest": plain(widest[["id", "name", "low", "high"]].to_dict()),
        "mean_strength": [{"level": level, "mean": float(mean)} for level, mean in means.items()],
        "levels": [_level(level, rows) for level, rows in factors.groupby("level", sort=False)],
        "hindering": list(factors.loc[factors["side"] == HINDERS, "name"]),
        "contested": list(factors.loc[factors["side"] == CONTESTED, "name"]),
        "too_little": list(factors.loc[factors["band"] == BANDS[1], "name"]),
        "table": plain(_table(factors)),
    }


def _table(factors: pd.DataFrame) -> pd.DataFrame:
    """The factors with their sources on both sides, the techniques of all lines added up."""
    counts = {
        side: factors.filter(regex=f"^{prefix}_").sum(axis="columns").astype("Int64")
        for side, prefix in (("favouring", "sources"), ("hindering", "hindering"))
    }
    return factors[[*SHOWN, "reasons"]].assign(**counts)


def _unread(pieces: pd.DataFrame) -> dict[str, Any]:
    rows = pieces[(pieces["state"] == UNREAD) & (pieces["counts"] == "yes")]
    sources = rows[["technique", "source"]].drop_duplicates()
    return {"unread": {"pieces": len(rows), "sources": len(sources)}}


def _convergence(display: pd.DataFrame, codes: pd.DataFrame) -> dict[str, Any]:
    """Dissonance first; each factor with its lines and the code that is told first of it."""
    counts = codes["code"].value_counts()
    first = codes.groupby("factor")["code"].agg(strongest_code)
    dissonant = codes.loc[codes["code"] == DISSONANCE, ["name", "line_a", "line_b", "grounds"]]
    return {
        "codes": [{"code": code, "n": int(counts[code])} for code in CODES if code in counts],
        "code_pairs": len(codes),
        "dissonance": plain(dissonant),
        "dissonant_factors": int(codes.loc[codes["code"] == DISSONANCE, "factor"].nunique()),
        "joint": [
            {
                "factor": name,
                "name": rows["name"].iloc[0],
                "lines": plain(rows[["line", "side", "favouring", "hindering", "prominent"]]),
                "code": first.get(name, ""),
            }
            for name, rows in display.groupby("factor", sort=False)
        ],
    }


def _leaders(factors: pd.DataFrame, pieces: pd.DataFrame, settings: EcosystemSettings) -> list[dict[str, str]]:
    """The leading conditions, each with the shortest quote that says enough; none where no interview speaks of it."""
    supported = factors[factors["sources"] > 0]
    leading = supported[supported["rank"] <= settings.leading].head(settings.leading)
    quotes = pieces[(pieces["kind"] == "quote") & (pieces["direction"] == FAVOURS)]
    quotes = quotes.assign(length=quotes["excerpt"].str.len())
    quotes = quotes[quotes["length"] >= ENOUGH].sort_values(["length", "source", "excerpt"])
    leaders = []
    for factor in leading.itertuples(index=False):
        quote = quotes[quotes["factor"] == factor.id].head(1)
        voice = [f"“{shorten(row.excerpt, 0, VOICE)}” ({row.source})" for row in quote.itertuples(index=False)]
        leaders.append({"name": factor.name, "voice": "".join(voice)})
    return leaders


def _robustness(
    firm: pd.DataFrame, left_out: pd.DataFrame, changes: pd.DataFrame, settings: EcosystemSettings
) -> dict[str, Any]:
    lead = set(firm.loc[firm["rank"] <= settings.leading, "factor"])
    dropped = left_out[left_out["factor"].isin(lead) & (left_out["rank"] > settings.leading)]
    counts = dropped.groupby(["kind", "left_out"]).size()
    moved = None
    if len(counts):
        kind, name = counts.idxmax()
        titles = {"technique": settings.titles.get(name, name), "country": countries.title(name)}
        title = titles.get(kind, name)
        moved = {"kind": kind, "left_out": title, "n": int(counts.max())}
    change = plain(changes.head(1))[0] if len(changes) else None
    if change:
        change["technique_title"] = settings.titles.get(change["technique"], change["technique"])
    return {"firm": plain(firm[FIRM]), "change": change, "moved": moved}


def _level(level: str, rows: pd.DataFrame) -> dict[str, Any]:
    best = rows.sort_values("strength", ascending=False, kind="stable").head(NAMED)
    return {"level": level, "best": plain(best[["name", "strength"]])}


def _agreement(factors: pd.DataFrame, settings: EcosystemSettings) -> dict[str, Any]:
    pairs = between_techniques(factors, list(settings.kinds)).dropna(subset="tau")
    for column in ("technique_a", "technique_b"):
        pairs[column] = [settings.titles.get(name, name) for name in pairs[column]]
    pairs = pairs.sort_values("tau", ascending=False, kind="stable")
    return {"agreement": plain(pairs), "robust": plain(against_shares(factors, settings))}


def _connections(
    edges: pd.DataFrame, together: pd.DataFrame, factors: pd.DataFrame, settings: EcosystemSettings
) -> dict[str, Any]:
    """The clear pairs that are shown; the most frequent ones where none is clear. By technique their numbers."""
    connected = edges[edges["units"] > 0]
    clear = connected[connected["clear"] == "yes"]
    listed = (clear if len(clear) else connected).head(settings.edges_shown)
    names = dict(zip(factors["id"], factors["name"], strict=True))
    rows = [
        {
            "a": names[row.factor_a],
            "b": names[row.factor_b],
            "units": int(row.units),
            "association": float(row.association),
            "techniques": ", ".join(title_of(name) for name in split_list(row.techniques)),
        }
        for row in listed.itertuples(index=False)
    ]
    by_technique = [
        {
            "technique": title_of(str(name)),
            "pairs": int((part["units"] > 0).sum()),
            "clear_pairs": int((part["clear"] == "yes").sum()),
        }
        for name, part in together.groupby("technique", sort=False)
    ]
    return {
        "pairs": len(connected),
        "clear_pairs": len(clear),
        "unread_pairs": int((edges["unread"] > 0).sum()),
        "edges": rows,
        "by_technique": by_technique,
    }


def _compared(compared: pd.DataFrame, factors: pd.DataFrame, settings: EcosystemSettings) -> dict[str, Any]:
    """The pairs that texts connect clearly, beside what the experts say of them."""
    names = dict(zip(factors["id"], factors["name"], strict=True))
    arrows = {"a on b": "→", "b on a": "←", "both": "↔", "none": "–", "not judged": "not judged"}
    listed = compared[compared["clear"] == "yes"].head(settings.edges_shown)
    rows = [
        {
            "a": names[row.factor_a],
            "experts": arrows[str(row.experts)],
            "b": names[row.factor_b],
            "units": int(row.units),
            "association": float(row.association),
        }
        for row in listed.itertuples(index=False)
    ]
    return {"side_by_side": rows}


def _map(mapped: pd.DataFrame) -> dict[str, Any]:
    """The factors of the fuzzy cognitive map, the most central first, and the one whose holding changes most."""
    with_effect = mapped[mapped["effect"].notna()]
    most_effective = with_effect.sort_values(["effect", "factor"], ascending=[False, True]).head(1)
    return {"map": plain(mapped), "most_effect": plain(most_effective[["factor", "name", "effect"]])}


def _structure(structure: pd.DataFrame, relations: pd.DataFrame, basis: dict[str, Any]) -> dict[str, Any]:
    rows = plain(structure)
    causes = structure[structure["group"] == CAUSE].sort_values("relation", ascending=False)
    by_prominence = structure.sort_values("prominence", ascending=False, kind="stable")
    return {
        "basis": basis,
        "structure": rows,
        "influences": int((relations["direct"] == "yes").sum()),
        "steady": STEADY,
        "drivers": [row for row in rows if row["quadrant"] == "driver"],
        "fields": {kind: list(structure.loc[structure["quadrant"] == kind, "name"]) for kind in QUADRANTS},
        "causes": list(causes["name"]),
        "central": plain(by_prominence[["name", "prominence"]].head(1))[0] if rows else None,
        "moved_places": _moved(structure),
        "loose": list(structure.loc[structure["same_quadrant"] < STEADY, "name"]),
    }


def _moved(structure: pd.DataFrame) -> list[dict[str, Any]]:
    """The factors whose driving power has another place over chains than directly, the largest moves first."""
    moves = structure.assign(by=structure["direct_driving"] - structure["indirect_driving"])
    moves = moves[moves["by"].notna() & (moves["by"] != 0)]
    moves = moves.assign(size=moves["by"].abs()).sort_values(["size", "factor"], ascending=[False, True])
    return plain(moves[["name", "direct_driving", "indirect_driving"]].head(NAMED))


def _trace(pieces: pd.DataFrame, factors: pd.DataFrame, settings: EcosystemSettings) -> dict[str, Any]:
    """How each factor was weighed and pieces of its evidence, strongest first."""
    has_evidence = factors["id"].isin(pieces["factor"])
    kinds: dict[str, Counter[str]] = {}
    for factor, kind in zip(pieces["factor"], pieces["kind"], strict=True):
        kinds.setdefault(factor, Counter())[kind] += 1
    pieces_by_factor: dict[str, list[dict[str, Any]]] = {}
    for factor, piece in zip(*_shown_pieces(pieces, settings), strict=True):
        pieces_by_factor.setdefault(factor, []).append(piece)
    rows = [
        weighed
        | {
            "n": kinds[weighed["id"]].total(),
            "kinds": [{"kind": kind, "n": n} for kind, n in kinds[weighed["id"]].items()],
            "pieces": pieces_by_factor[weighed["id"]],
        }
        for weighed in plain(factors.loc[has_evidence, [*WEIGHED, "proposed", "reasons"]])
    ]
    return {"unknown": list(factors.loc[~has_evidence, "name"]), "trace": rows}


def _shown_pieces(pieces: pd.DataFrame, settings: EcosystemSettings) -> tuple[list[str], list[dict[str, Any]]]:
    """The pieces that are shown and the factor of each, in the order of all."""
    selected = _varied(pieces, settings.trace_rows)
    configurations = selected["kind"] == "configuration"
    source_words = selected["source"].where(~configurations, selected["source"].str.replace("*", " * "))
    words = [shorten(words, 0, settings.trace_excerpt) for words in selected["excerpt"]]
    return selected["factor"].tolist(), plain(selected[PIECE].assign(excerpt=words, source=source_words))


def _varied(rows: pd.DataFrame, number: int) -> pd.DataFrame:
    """Up to `number` pieces per factor, technique and kind, from as many sources as possible."""
    kind_columns = ["factor", "technique", "kind"]
    again = rows.groupby([*kind_columns, "source"], sort=False).cumcount()
    first = rows.assign(again=again).sort_values("again", kind="stable")
    return first.groupby(kind_columns, sort=False).head(number).sort_index()
