"""What the report is told of the screening: numbers, names and rows, by the names of the templates."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from coproduction.core.text import split_list
from coproduction.methods.agreement import describe_kappa
from coproduction.methods.relevance_model import Model
from coproduction.screening.settings import ScreeningSettings

OF_TEAMS = frozenset(["Colandr", "Covidence", "EPPI-Reviewer"])  # forms of sources that say what a team came to
NAMED = 3  # conditions that the text says are named most
STAGE_WORDS = {"title_abstract": "title and abstract", "full_text": "full text"}
OPEN = {"unscreened": "not yet screened", "partial": "decided by too few reviewers", "conflict": "in conflict"}


def facts(
    *,
    criteria: pd.DataFrame,
    flow: pd.DataFrame,
    agreement: pd.DataFrame,
    conflicts: pd.DataFrame,
    findings: pd.DataFrame,
    sources: pd.DataFrame,
    basis: pd.DataFrame,
    stop: pd.DataFrame,
    measures: pd.DataFrame,
    included: pd.DataFrame,
    full_texts: pd.DataFrame,
    queue: pd.DataFrame,
    settings: ScreeningSettings,
    seed: int,
    excluded_full_texts: pd.DataFrame | None = None,
    studies: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The facts of the templates of the screening; the tables are those of the same names.

    studies: what `study_facts` says of the included studies, where anything is known of them
    """
    return {
        "settings": settings.model_dump(mode="json"),
        "seed": seed,
        "model": asdict(Model()),
        "criteria": criteria[["criterion", "kind", "label", "text"]],
        "flow": numbers_of_flow(flow),
        "reasons": _reasons(flow, "excluded at full text"),
        "early_reasons": _reasons(flow, "excluded on title and abstract"),
        "excluded_full": _excluded_full(excluded_full_texts),
        "studies": studies,
        "full_texts": _full_texts(full_texts),
        "sources": _sources(sources),
        "agreement": {
            "stages": _stages(agreement),
            "rows": _agreement_rows(agreement),
            "reasons": _reason_rows(agreement, criteria),
        },
        "conflicts": _counted(conflicts, "stage"),
        "findings": sorted(_counted(findings, "finding"), key=lambda row: row["finding"]),
        "queue": len(queue),
        "basis": basis.iloc[0].to_dict(),
        "replay": _replay(measures),
        "stop": _stop(stop),
        "included": _included(included),
    }


def numbers_of_flow(flow: pd.DataFrame) -> dict[str, Any]:
    arms = flow[flow["arm"].isin(["databases", "others"])]

    def total(box: str, *items: str) -> int:
        rows = arms[arms["box"] == box]
        return int((rows[rows["item"].isin(items)] if items else rows)["n"].sum())

    waiting = total("not finished")
    automation = total("removed before screening", "automation tools")
    numbers = {
        "identified": total("identified"),
        "by_citations": total("identified", "citation"),
        "duplicates": total("removed before screening", "duplicates"),
        "refused": total("removed before screening", "other reasons"),
        "automation": automation,
        "unique": total("screened") + waiting + automation,
        "screened": total("screened"),
        "unscreened": total("not finished", "not screened"),
        "partial": total("not finished", "partly screened"),
        "conflict": total("not finished", "in conflict"),
        "decided": total("screened") + waiting - total("not finished", "not screened"),
        "excluded": total("excluded"),
        "sought": total("sought", "reports"),
        "awaited": total("sought", "awaited"),
        "not_retrieved": total("sought", "not retrieved"),
        "assessed": total("assessed", "reports"),
        "assessing": total("assessed", "in assessment"),
        "excluded_full": total("excluded at full text"),
        "included": total("included"),
    }
    still = [{"n": numbers[key], "state": words} for key, words in OPEN.items() if numbers[key]]
    return numbers | {"open": still}


def _reasons(flow: pd.DataFrame, box: str) -> list[dict]:
    rows = flow[flow["box"] == box].groupby("item", sort=False)["n"].sum()
    ordered = sorted(rows.items(), key=lambda item: (-item[1], item[0]))
    return [{"reason": reason, "n": int(n)} for reason, n in ordered]


def _full_texts(full_texts: pd.DataFrame) -> dict[str, Any] | None:
    """The PDFs that are there, and those that nobody can place."""
    if full_texts.empty:
        return None
    placed = full_texts["record"] != ""
    return {
        "files": len(full_texts),
        "records": full_texts.loc[placed, "record"].nunique(),
        "unmatched": full_texts.loc[~placed, "file"].tolist(),
    }


def _sources(sources: pd.DataFrame) -> dict[str, Any] | None:
    """Where the decisions come from, and what was not counted of them."""
    if sources.empty:
        return None
    forms = sources.groupby("form").size()
    sums = {name: int(sources[name].sum()) for name in ("by_doi", "by_title", "unmatched")}
    return sums | {
        "files": len(sources),
        "forms": [{"form": form, "n": int(n)} for form, n in forms.items()],
        "of_a_team": not OF_TEAMS.isdisjoint(forms.index),
    }


def _stages(agreement: pd.DataFrame) -> list[dict]:
    """Agreement on the decisions of each stage: of the one pair, or of all where there are more."""
    decided = agreement[agreement["measured"] == "decisions"]
    rows = decided.groupby("stage", sort=False).tail(1).to_dict("records")
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        | {"words": describe_kappa(row["kappa"])}
        for row in rows
    ]


def _agreement_rows(agreement: pd.DataFrame) -> pd.DataFrame:
    agreement = agreement[~agreement["measured"].str.startswith("reason ")]
    pair = agreement["first"] + ", " + agreement["second"]
    table = pd.DataFrame(
        {
            "stage": agreement["stage"].map(STAGE_WORDS),
            "measured": agreement["measured"],
            "reviewers": agreement["first"].where(agreement["first"] == "all", pair),
            "records": agreement["records"],
            "agreement": 100 * agreement["agreement"],
        }
    )
    for name in ("kappa", "pabak", "ac1"):
        table[name] = [_interval(row, name) for row in agreement.to_dict("records")]
    return table


def _reason_rows(agreement: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """Agreement on each reason: of the one pair of reviewers, or of all where there are more."""
    rows = agreement[agreement["measured"].str.startswith("reason ")]
    rows = rows.groupby(["stage", "measured"], sort=False).tail(1)
    labels = dict(zip(criteria["criterion"], criteria["label"], strict=True))
    codes = rows["measured"].str.removeprefix("reason ")
    return pd.DataFrame(
        {
            "stage": rows["stage"].map(STAGE_WORDS),
            "reason": codes.map(lambda code: labels.get(code, code)),
            "records": rows["records"],
            "agreement": 100 * rows["agreement"],
            "kappa": [_interval(row, "kappa") for row in rows.to_dict("records")],
            "ac1": [_interval(row, "ac1") for row in rows.to_dict("records")],
        }
    )


def _interval(row: dict, name: str) -> str:
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    if pd.isna(value):
        return "–"
    return f"{value:.2f}" + (f" ({low:.2f} to {high:.2f})" if pd.notna(low) else "")


def _counted(table: pd.DataFrame, column: str) -> list[dict]:
    """How many rows have each value, the most frequent first."""
    return [{column: value, "n": int(n)} for value, n in table[column].value_counts().items()]


def _replay(measures: pd.DataFrame) -> dict[str, Any] | None:
    row = measures[measures["measure"] == "WSS@95"]
    if row.empty:
        return None
    return {"wss95": float(row["value"].iloc[0]), "starts": int(measures["starts"].iloc[0])}


def _stop(stop: pd.DataFrame) -> dict[str, Any]:
    rows = stop.set_index("statement")
    rule, recall = rows.loc["stopping rule, p"], rows.loc["recall from a random sample"]
    is_estimated = pd.notna(recall["value"])
    return {
        "left": int(rows.loc["records in all", "value"] - rows.loc["records screened", "value"]),
        "wanted": rule["wanted"],
        "there": rule["there"],
        "met": rule["met"],
        "order": rows.loc["order of the decisions", "there"].split(":")[0],
        "recall": recall[["value", "low", "high"]].to_dict() if is_estimated else None,
        "rows": stop.loc[stop["met"] != "", ["statement", "wanted", "there", "met", "worth"]],
    }


def _included(included: pd.DataFrame) -> dict[str, Any] | None:
    if included.empty:
        return None
    years = pd.to_numeric(included["year"], errors="coerce").dropna()
    rows = pd.DataFrame(
        {
            "authors": [short_authors(authors) for authors in included["authors"]],
            "year": included["year"],
            "title": included["title"],
            "source": included["source"],
            "factors": included["factor_names"],
        }
    )
    return {
        "reports": len(included),
        "studies": included["study"].nunique(),
        "first_year": int(years.min()) if len(years) else None,
        "last_year": int(years.max()) if len(years) else None,
        "named": [{"name": name, "n": int(n)} for name, n in _named(included["factor_names"]).head(NAMED).items()],
        "rows": rows,
    }


def _named(cells: pd.Series) -> pd.Series:
    """How many reports name each condition, the most first."""
    names = cells.map(split_list).explode().dropna()
    return names.value_counts().sort_index().sort_values(ascending=False, kind="stable")


def _excluded_full(excluded: pd.DataFrame | None) -> pd.DataFrame | None:
    """The reports excluded in full text, each with its reason."""
    if excluded is None or excluded.empty:
        return None
    return pd.DataFrame(
        {
            "authors": [short_authors(authors) for authors in excluded["authors"]],
            "year": excluded["year"],
            "title": excluded["title"],
            "source": excluded["source"],
            "reason": excluded["label"],
        }
    )


def short_authors(authors: str) -> str:
    names = [name.split(",")[0].strip() for name in authors.split(";") if name.strip()]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " & ".join(names) or "Anonymous"
