"""What the report is told of the searches."""

from typing import Any

import pandas as pd

from coproduction.literature.settings import LiteratureSettings

LINES_SHOWN = 5  # lines of refused entries that the report names for each reason
SEARCH_COLUMNS = {
    "database": "Database",
    "platform": "Platform",
    "date": "Date",
    "query": "Search string",
    "hits": "Hits",
    "read": "Read",
    "refused": "Refused",
}
# Fields of which the report shows how many entries have them.
COUNTED = {
    "abstract": "Abstract",
    "authors": "Authors",
    "year": "Year",
    "source": "Source",
    "pages": "Pages",
    "doi": "DOI",
    "keywords": "Keywords",
    "type": "Type",
}


def facts(
    imports: pd.DataFrame,
    entries: pd.DataFrame,
    records: pd.DataFrame,
    pairs: pd.DataFrame,
    refused: pd.DataFrame,
    links: pd.DataFrame,
    field_counts: pd.DataFrame,
    merges_to_check: pd.DataFrame,
    settings: LiteratureSettings,
    corrections: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Numbers, names and rows for the templates of the literature, by the names they use there."""
    outcomes = pairs["outcome"].value_counts()
    searches = imports[list(SEARCH_COLUMNS)]
    empty = [name for name in searches if (searches[name].astype("string") == "").all()]
    return {
        "settings": settings.model_dump(mode="json"),
        "formats": sorted(set(imports["format"]) - {""}),
        "searches": searches.drop(columns="query"),
        "queries": searches.loc[searches["query"].astype("string") != "", ["database", "query"]],
        "search_columns": SEARCH_COLUMNS,
        "not_stated": [SEARCH_COLUMNS[name].lower() for name in empty],
        "databases": int(imports["database"].nunique()),
        "files": int((imports["found"] > 0).sum()),
        "found": int(imports["found"].sum()),
        "refused": int(imports["refused"].sum()),
        "read": len(entries),
        "repaired": int(imports["repaired"].sum()),
        "merged": len(entries) - len(records),
        "unique": len(records),
        "in_several": int(records["databases"].str.contains(";", regex=False).sum()),
        "decided": int(outcomes.filter(like="decided: ").sum()),
        "doubtful": int(outcomes.get("doubtful", 0)),
        "linked": len(links),
        "field_counts": field_counts[["file", "entries", *COUNTED]],
        "field_columns": {"file": "File", "entries": "Entries", **COUNTED},
        "without": _without(field_counts),
        "merged_pairs": _pairs(merges_to_check[merges_to_check["to_change"] == "keep"]),
        "unmerged_pairs": _pairs(merges_to_check[merges_to_check["to_change"] == "merge"]),
        "refusals": _refusals(refused),
        "having_databases": len({d for names in records["databases"] for d in names.split(";")}),
        "remarks": _remarks(imports),
        "corrections": _corrections(corrections),
    }


def _corrections(corrections: pd.DataFrame | None) -> list[dict[str, Any]]:
    """What people corrected in the records, with the outcome."""
    if corrections is None:
        return []
    return corrections[["record", "field", "who", "date", "note", "outcome"]].to_dict("records")


def _refusals(refused: pd.DataFrame) -> list[dict[str, Any]]:
    """Files and reasons of the refused entries, with the lines on which the first ones begin."""
    return [
        {"file": file, "reason": reason, "n": len(lines), "lines": _first_lines(lines.tolist())}
        for (file, reason), lines in refused.groupby(["file", "reason"], sort=True)["line"]
    ]


def _first_lines(lines: list[int]) -> str:
    numbers = ", ".join(str(line) for line in sorted(lines)[:LINES_SHOWN])
    return numbers + (" …" if len(lines) > LINES_SHOWN else "")


def _remarks(imports: pd.DataFrame) -> list[dict[str, Any]]:
    """What does not fit together, each with the files of which it is true."""
    amiss = imports[imports["note"] != ""]
    return [{"files": rows["file"].tolist(), "note": note} for note, rows in amiss.groupby("note", sort=False)]


def _without(field_counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Files in which no entry has an abstract or keywords: screening and topics live on them."""
    return [
        {"file": row["file"], "fields": [n for n in ("abstract", "keywords") if not row[n]]}
        for row in field_counts.to_dict("records")
        if row["entries"] and not (row["abstract"] and row["keywords"])
    ]


def _pairs(pairs: pd.DataFrame) -> list[dict[str, Any]]:
    """Pairs with both entries in one line each."""
    return [
        {
            "pair": row["pair"].replace("+", " + "),
            "score": float(row["score"]),
            "first": _in_words(row, "first"),
            "second": _in_words(row, "second"),
            "reason": row["reason"] or row["evidence"],
        }
        for row in pairs.to_dict("records")
    ]


def _in_words(row: dict[str, Any], side: str) -> str:
    """Authors (year). Title. Source volume, pages. DOI."""
    cells = {name: row[f"{side}_{name}"] for name in ("title", "authors", "year", "source", "volume")}
    names = cells["authors"].split("; ")
    authors = names[0] + (" et al." if len(names) > 1 else "")
    volume_words = " ".join(filter(None, (cells["source"], cells["volume"])))
    pages, doi = row[f"{side}_pages"], row[f"{side}_doi"]
    place = ", ".join(filter(None, (volume_words, f"p. {pages}" if pages else "", f"doi:{doi}" if doi else "")))
    head = f"{authors} ({cells['year'] or 'no year'})".strip()
    return ". ".join(filter(None, (head, cells["title"], place)))
