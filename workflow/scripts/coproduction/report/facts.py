"""What the report is told of the study as a whole: how far it is, and what it answers."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from coproduction.core import countries
from coproduction.core.accounting import how_far
from coproduction.core.tables import plain
from coproduction.core.vocabulary import REJECTED, TECHNIQUES, UNDECIDED
from coproduction.report.settings import ReportSettings

PIECE = ["factor", "technique", "kind", "source", "locator", "excerpt", "value", "note", "direction", "context"]
_BRACKETS = re.compile(r" \(([^()]*)\)")
_PATH = re.compile(r"[\w-]/[\w-]")
SURE = 0.95  # share of the draws in which a condition leads, from which its lead is called firm
TOO_LITTLE = "too little evidence"  # the band of a condition that nobody can judge yet
APART = 0.5  # standings of two techniques (0 to 1) that lie so far apart disagree


def facts(status: pd.DataFrame, illustrative: bool) -> dict[str, Any]:
    """The steps of each technique in the order of the study, for the notice and the summary."""
    rows = [row | {"awaited_in_words": in_words(row["awaited"])} for row in plain(status)]
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
                "state": how_far((step["state"], step["done"]) for step in technique_steps),
                "steps": technique_steps,
            }
            for name, technique_steps in steps.items()
            if technique_steps
        ],
    }


def in_words(awaited: str) -> str:
    """What is awaited, for readers: without the files that are named in brackets for the team.

    >>> in_words("16 responses, from the panel (round open; whom to remind: results/reminders.csv)")
    '16 responses, from the panel (round open)'
    """

    def without_paths(match: re.Match[str]) -> str:
        parts = [part for part in match[1].split("; ") if not _PATH.search(part)]
        return f" ({'; '.join(parts)})" if parts else ""

    return _BRACKETS.sub(without_paths, awaited)


def basis(facts_of: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What the answer rests on, in numbers that are 0 while there is nothing.

    told: what each technique tells, by technique (its facts.json)
    """
    desk, qca, literature = facts_of.get("desk", {}), facts_of.get("qca", {}), facts_of.get("literature", {})
    screening, interviews, delphi = (
        facts_of.get("screening", {}),
        facts_of.get("interviews", {}),
        facts_of.get("delphi", {}),
    )
    flow, compared = screening.get("flow", {}), desk.get("compared")
    answered = [row for row in delphi.get("closed_rounds", []) if row["responded"]]
    return {
        "documents": desk.get("read", 0),
        "indicators": desk["indicators"] if compared else 0,
        "countries": desk["covered_countries"] if compared else 0,
        "cases": qca.get("analysed_cases", 0),
        "sources": literature.get("databases", 0),
        "found": literature.get("found", 0),
        "unique": literature.get("unique", 0),
        "screened": flow.get("screened", 0),
        "begun": flow.get("partial", 0) + flow.get("conflict", 0),
        "included": (screening.get("included") or {}).get("studies", 0),
        "interviews": (interviews.get("participants") or {}).get("read", 0),
        "rounds": len(answered),
        "panellists": max((row["responded"] for row in answered), default=0),
        "experts": (facts_of.get("ecosystem", {}).get("basis") or {}).get("experts", 0),
    }


def across(ecosystem: Mapping[str, Any], leading: list[dict[str, Any]]) -> dict[str, Any]:
    """What the model says beyond strength and confidence, for the discussion.

    ecosystem: what the ecosystem tells; leading: the conditions that the first page names
    """
    lead = {factor["id"] for factor in leading}
    firm = [row for row in ecosystem.get("firm", []) if row["factor"] in lead]
    drivers = [row["factor"] for row in ecosystem.get("drivers", [])]
    gaps = ecosystem.get("gaps") or {}
    return {
        "drawn": len(firm),
        "firm": sum(row["leads"] >= SURE for row in firm),
        "dissonant": ecosystem.get("dissonant_factors", 0),
        "drivers": len(drivers),
        "leading_drivers": len(lead.intersection(drivers)),
        "compared": ecosystem.get("code_pairs", 0),
        "silent_known": len(gaps["silent_known"]) if gaps.get("any") else 0,
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
    sufficient = supported[supported["band"] != TOO_LITTLE]
    most = sufficient if len(sufficient) else supported
    leading = most[most["rank"] <= settings.leading].head(settings.leading)
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
    advice_rows = [] if advice is None else plain(advice[advice["factor"] == row["id"]])
    return {
        name: row[name]
        for name in ("id", "name", "level", "strength", "band", "confidence", "lines", "sources", "verdict")
    } | {
        "definition": definitions.get(row["id"], ""),
        "speaking": [
            {"id": name, "technique": title, "sources": int(row[f"sources_{name}"])}
            for name, title in titles.items()
            if row.get(f"sources_{name}")
        ],
        "reasons": row["judgement"] or row["reasons"],
        "quote": plain(quotes[["source", "excerpt"]].head(1)),
        "advice": advice_rows,
    }


def _divided(supported: pd.DataFrame, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Conditions on which two techniques lie far apart, the widest gap first."""
    gaps = []
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
            gaps.append({"name": row["name"], "high": high, "low": low, "gap": gap})
    return sorted(gaps, key=lambda each: -each["gap"])[:3]


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
    columns = ("id", "name", "level", "dimension", "rank", "strength", "band", "confidence")
    factors = [
        {name: factor[name] for name in columns}
        | {"reasons": factor["judgement"] or factor["reasons"], "verdict": factor["verdict"]}
        for factor in model["factors"]
    ]
    pieces = trace.loc[trace["technique"] != "", PIECE]
    places = {"desk": documents, "interviews": transcripts}
    country_of = {
        (technique, source): countries.title(country)
        for technique, table in places.items()
        for source, country in zip(table.iloc[:, 0], table["country"], strict=True)
        if country
    }
    title_of_source = {
        "desk": dict(zip(documents["document"], documents["title"], strict=True)),
        "literature": dict(zip(records["record"], records["title"], strict=True)),
    }
    titles = {**TECHNIQUES, **titles}
    sources = {
        f"{titles.get(technique, technique)}|{source}": title_of_source[technique][source]
        for technique, source in zip(pieces["technique"], pieces["source"], strict=True)
        if title_of_source.get(technique, {}).get(source)
    }
    ids = zip(pieces["technique"], pieces["source"], strict=True)
    pieces = pieces.assign(
        excerpt=pieces["context"].where(pieces["context"] != "", pieces["excerpt"]),
        country=[country_of.get(pair, "") for pair in ids],
        technique=[titles.get(name, name) for name in pieces["technique"]],
    )
    return {"factors": factors, "sources": sources, "pieces": plain(pieces.drop(columns="context"))}
