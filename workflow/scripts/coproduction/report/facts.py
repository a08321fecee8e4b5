"""What the report is told of the study as a whole: how far it is, and what it answers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core.accounting import how_far
from coproduction.core.tables import plain
from coproduction.core.vocabulary import REJECTED, TECHNIQUES, UNDECIDED
from coproduction.report.settings import ReportSettings

PIECE = ["factor", "technique", "kind", "source", "locator", "excerpt", "value", "note", "direction", "context"]
APART = 0.5  # standings of two techniques (0 to 1) that lie so far apart disagree


def facts(status: pd.DataFrame, illustrative: bool) -> dict[str, Any]:
    """The steps of each technique in the order of the study, for the notice and the summary."""
    rows = plain(status)
    names = [*TECHNIQUES, *sorted(set(status["technique"]) - set(TECHNIQUES))]
    steps = {name: [row for row in rows if row["technique"] == name] for name in names}
    return {
        "illustrative": illustrative,
        "steps": len(status),
        "done": int((status["state"] == "done").sum()),
        "awaited": int((status["awaited"] != "").sum()),
        "techniques": [
            {
                "technique": name,
                "title": TECHNIQUES.get(name, name),
                "state": how_far((step["state"], step["done"]) for step in own),
                "steps": own,
            }
            for name, own in steps.items()
            if own
        ],
    }


def answer(
    factors: pd.DataFrame,
    codebook: pd.DataFrame,
    trace: pd.DataFrame,
    advice: pd.DataFrame | None,
    titles: Mapping[str, str],
    settings: ReportSettings,
) -> dict[str, Any]:
    """The leading conditions with what speaks for them, and where the techniques disagree.

    factors, trace: FACTORS and TRACE of the ecosystem
    codebook: the conditions as people define them
    advice: ADVICE, what people write for the policy brief; None without it
    titles: the techniques in the words of the report
    """
    supported = factors[factors["sources"] > 0]
    leading = supported[supported["rank"] <= settings.leading].head(settings.leading)
    definitions = dict(zip(codebook["id"], codebook["definition"], strict=True))
    return {
        "question": settings.question,
        "factors": len(factors),
        "supported": len(supported),
        "leading": [_condition(row, definitions, trace, advice, titles) for row in plain(leading)],
        "divided": _divided(supported, titles),
        "rejected": supported.loc[supported["verdict"] == REJECTED, "name"].tolist(),
        "undecided": leading.loc[leading["verdict"] == UNDECIDED, "name"].tolist(),
        "lines_of_advice": 0 if advice is None else len(advice),
        "hindering": supported.loc[supported["side"] == "hinders", "name"].tolist(),
        "contested": supported.loc[supported["side"] == "contested", "name"].tolist(),
        "unsupported": factors.loc[factors["sources"] == 0, "name"].tolist(),
    }


def _condition(
    row: dict[str, Any],
    definitions: Mapping[str, str],
    trace: pd.DataFrame,
    advice: pd.DataFrame | None,
    titles: Mapping[str, str],
) -> dict[str, Any]:
    quotes = trace[(trace["factor"] == row["id"]) & (trace["kind"] == "quote")]
    own = [] if advice is None else plain(advice[advice["factor"] == row["id"]])
    return {
        name: row[name]
        for name in ("id", "name", "level", "strength", "band", "confidence", "lines", "sources", "verdict")
    } | {
        "definition": definitions.get(row["id"], ""),
        "speaking": [
            {"technique": title, "sources": int(row[f"sources_{name}"])}
            for name, title in titles.items()
            if row.get(f"sources_{name}")
        ],
        "reasons": row["judgement"] or row["reasons"],
        "quote": plain(quotes[["source", "excerpt"]].head(1)),
        "advice": own,
    }


def _divided(supported: pd.DataFrame, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Conditions on which two techniques lie far apart, the widest gap first."""
    found = []
    for row in plain(supported):
        standings = {
            title: row[f"standing_{name}"] for name, title in titles.items() if row.get(f"standing_{name}") is not None
        }
        if len(standings) < 2:
            continue
        high = max(standings, key=lambda title: standings[title])
        low = min(standings, key=lambda title: standings[title])
        gap = standings[high] - standings[low]
        if gap >= APART:
            found.append({"name": row["name"], "high": high, "low": low, "gap": gap})
    return sorted(found, key=lambda each: -each["gap"])[:3]


def explorable(
    model: Mapping[str, Any],
    trace: pd.DataFrame,
    titles: Mapping[str, str],
    documents: pd.DataFrame,
    transcripts: pd.DataFrame,
    records: pd.DataFrame,
) -> dict[str, Any]:
    """The conditions and their evidence, for the figure that readers explore.

    model: the content of model.json; trace: TRACE; titles: the techniques in the words of the report
    documents, transcripts, records: DOCUMENTS, TRANSCRIPTS, RECORDS: where the sources are from, and
        their titles
    """
    shown = ("id", "name", "level", "dimension", "rank", "strength", "band", "confidence")
    factors = [
        {name: factor[name] for name in shown}
        | {"reasons": factor["judgement"] or factor["reasons"], "verdict": factor["verdict"]}
        for factor in model["factors"]
    ]
    pieces = trace.loc[trace["technique"] != "", PIECE]
    places = {"desk": documents, "interviews": transcripts}
    known = {
        (technique, source): countries.title(country)
        for technique, table in places.items()
        for source, country in zip(table.iloc[:, 0], table["country"], strict=True)
        if country
    }
    called = {
        "desk": dict(zip(documents["document"], documents["title"], strict=True)),
        "literature": dict(zip(records["record"], records["title"], strict=True)),
    }
    titles = {**TECHNIQUES, **titles}
    sources = {
        f"{titles.get(technique, technique)}|{source}": called[technique][source]
        for technique, source in zip(pieces["technique"], pieces["source"], strict=True)
        if called.get(technique, {}).get(source)
    }
    ids = zip(pieces["technique"], pieces["source"], strict=True)
    pieces = pieces.assign(
        excerpt=pieces["context"].where(pieces["context"] != "", pieces["excerpt"]),
        country=[known.get(pair, "") for pair in ids],
        technique=[titles.get(name, name) for name in pieces["technique"]],
    )
    return {"factors": factors, "sources": sources, "pieces": plain(pieces.drop(columns="context"))}
