"""What the report says of the searches, and what became of every entry."""

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.literature.settings import LiteratureSettings

TECHNIQUE = "literature"
_LINES_SHOWN = 5  # lines of refused entries that the report names for each reason


def methods(settings: LiteratureSettings, imports: pd.DataFrame) -> str:
    """The method note, from the settings and the formats met."""
    found = sorted({f for f in imports["format"] if f})
    formats = f" (here: {', '.join(found)})" if found else ""
    return md.paragraphs(
        "Searches are reported after PRISMA-S [@rethlefsen2021]. The databases' exports were read "
        f"as downloaded{formats}; for each file, the entries found are those read plus those "
        "refused, and the records read are set against the hits that the database stated.",
        "Entries were compared within blocks that share a DOI, a PubMed number, (parts of) the "
        "title, first author and year, or volume and page; each with its "
        f"{settings.window} nearest neighbours by title [@hernandez1995]. A pair's score adds the "
        "weight of evidence of title, authors, year, source, volume, issue, pages, DOI, PubMed "
        "number and abstract [@fellegi1969]. Pairs were merged from a score of "
        f"{settings.merge_score:g} on, unless a rule forbids it: corrections and replies, parts of a "
        "series, preprints, and conference and journal versions of a work are linked, not merged. "
        f"Pairs with a score from {settings.review_score:g} to {settings.merge_score:g} were put "
        "before the reviewers, whose decisions to merge or keep apart take precedence. A merged "
        "record takes each field from the entry that has it best, and keeps its origin.",
    )


def results(
    imports: pd.DataFrame,
    entries: pd.DataFrame,
    records: pd.DataFrame,
    pairs: pd.DataFrame,
    refused: pd.DataFrame,
) -> str:
    """The results: searches, flow from files to unique records, overlap; or what is awaited."""
    if imports.empty:
        return md.paragraphs(
            "No searches yet: the exports of the databases and `searches/searches.csv` are awaited."
        )
    if entries.empty:
        none = "The exports hold no entry that can be read."
        return md.paragraphs(_search_table(imports), none, _refusals(refused))
    return md.paragraphs(
        _lead(imports, entries, records, pairs),
        _search_table(imports),
        _flow_table(imports, entries, records, pairs),
        _refusals(refused),
        _overlap(records),
        _notes(imports),
    )


def _lead(imports, entries, records, pairs) -> str:
    files = int((imports["found"] > 0).sum())
    duplicates = len(entries) - len(records)
    refused = int(imports["refused"].sum())
    lost = f"{refused:,} could not be read (@tbl-literature-refused), and " if refused else ""
    several = int(records["databases"].str.contains(";", regex=False).sum())
    return (
        f"{md.plural(imports['database'].nunique(), 'source')} gave "
        f"{md.plural(int(imports['found'].sum()), 'entry', 'entries')} in "
        f"{md.plural(files, 'file')} (@tbl-literature-searches). "
        f"{lost}{duplicates:,} ({md.percent(duplicates, len(entries))} of those read) were "
        "duplicates, which leaves "
        f"{md.plural(len(records), 'unique record')} (@tbl-literature-flow). "
        f"{f'{several:,}' if several else 'None'} of them {'was' if several == 1 else 'were'} "
        "found in more than one source (@fig-literature-overlap)."
    )


def _search_table(imports: pd.DataFrame) -> str:
    shown = imports[["database", "platform", "date", "query", "hits", "read", "refused"]].copy()
    names = {
        "database": "Database", "platform": "Platform", "date": "Date", "query": "Search string",
        "hits": "Hits", "read": "Read", "refused": "Refused",
    }  # fmt: skip
    unsaid = [names[name].lower() for name in names if (shown[name].astype("string") == "").all()]
    caption = (
        "Searches after PRISMA-S, with the hits that the database stated, and the entries of its "
        "file that were read and refused."
    )
    if unsaid:
        caption += f" Not stated in `searches/searches.csv`: {', '.join(unsaid)}."
    return md.table(
        shown, caption, "literature-searches", names, widths=[4, 4, 3, 11, 2, 2, 3],
    )  # fmt: skip


def _flow_table(imports, entries, records, pairs) -> str:
    n = pairs["outcome"].value_counts()
    rows = [
        ("Entries found in the files", int(imports["found"].sum())),
        ("Refused", int(imports["refused"].sum())),
        ("Read", len(entries)),
        (
            "  of these after structure, characters or markup were put right",
            int(imports["mended"].sum()),
        ),
        ("Merged into another as duplicates", len(entries) - len(records)),
        ("Unique records", len(records)),
        (
            "Pairs that people decided on",
            int(n.get("decided: merge", 0) + n.get("decided: keep", 0)),
        ),
        ("Doubtful pairs that await a decision", int(n.get("doubtful", 0))),
        ("Pairs of related works, linked", int(n.get("linked", 0))),
    ]
    table = pd.DataFrame(rows, columns=["step", "n"])
    return md.table(
        table, "From exported files to unique records.", "literature-flow",
        {"step": "Step", "n": "Number"}, widths=[8, 2],
    )  # fmt: skip


def _refusals(refused: pd.DataFrame) -> str:
    """Files and reasons of the refused entries, with the lines on which the first ones begin."""
    if refused.empty:
        return ""
    rows = [
        {"file": file, "reason": reason, "n": len(lines), "lines": _first_lines(lines.tolist())}
        for (file, reason), lines in refused.groupby(["file", "reason"], sort=True)["line"]
    ]
    return md.table(
        pd.DataFrame(rows),
        "Entries that could not be read. Each one is in `results/literature/refused.csv`.",
        "literature-refused",
        {"file": "File", "reason": "Reason", "n": "Entries", "lines": "On the lines"},
        widths=[6, 9, 2, 5],
    )


def _first_lines(lines: list[int]) -> str:
    shown = ", ".join(str(line) for line in sorted(lines)[:_LINES_SHOWN])
    return shown + (" …" if len(lines) > _LINES_SHOWN else "")


def _overlap(records: pd.DataFrame) -> str:
    databases = {d for names in records["databases"] for d in names.split(";")}
    return md.figure(
        "figures/literature/overlap",
        "Unique records by the databases that have them.",
        "literature-overlap",
        f"Bars of the number of unique records for each combination of {len(databases)} databases.",
    )


def _notes(imports: pd.DataFrame) -> str:
    amiss = imports[imports["note"] != ""]
    if amiss.empty:
        return ""
    lines = [
        f"- {', '.join(map(md.escape, rows['file']))}: {md.escape(note)}"
        for note, rows in amiss.groupby("note", sort=False)
    ]
    return md.callout("note", "Stated hits and files that do not fit together", "\n".join(lines))


def status(imports: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """How far the import and the decisions on doubtful pairs are."""
    there = int((imports["found"] > 0).sum())
    missing = imports.loc[imports["note"] == "the file is not in searches/", "file"].tolist()
    awaited = ""
    if imports.empty:
        awaited = "the exports of the databases, from whoever runs the searches"
    elif missing:
        awaited = f"the exports {', '.join(missing)}, from whoever runs the searches"
    elif (imports["note"] == "not described in searches.csv").any():
        awaited = "searches.csv (database, platform, date, query, file, hits)"
    n = pairs["outcome"].value_counts()
    decided = int(n.get("decided: merge", 0) + n.get("decided: keep", 0))
    doubtful = int(n.get("doubtful", 0))
    rows = [
        accounting.status_row(
            TECHNIQUE, "Database exports", there, len(imports), "file", awaited,
            "searches/" if awaited else "",
        )
    ]  # fmt: skip
    if decided + doubtful:
        question = (
            f"decisions on {md.plural(doubtful, 'pair')} of results/literature/review_pairs.csv"
        )
        rows.append(
            accounting.status_row(
                TECHNIQUE, "Decisions on doubtful duplicates", decided, decided + doubtful, "pair",
                f"{question}, from the reviewers" if doubtful else "",
                "searches/duplicate_decisions.csv" if doubtful else "",
            )
        )  # fmt: skip
    return accounting.table(rows, accounting.STATUS)


def account(imports: pd.DataFrame, entries: pd.DataFrame, record_of: pd.Series) -> pd.DataFrame:
    """Where every entry of every file went; the first entry of a record is the one that counts."""
    duplicate = pd.Series(record_of.to_numpy()).duplicated().to_numpy()
    merged = entries["file"][duplicate].value_counts()
    unique = entries["file"][~duplicate].value_counts()
    rows = []
    for file, refused in zip(imports["file"], imports["refused"], strict=True):
        outcomes = {
            "refused": int(refused),
            "merged as duplicate": int(merged.get(file, 0)),
            "unique": int(unique.get(file, 0)),
        }
        rows += accounting.account_rows(TECHNIQUE, "record", file, outcomes)
    return accounting.table(rows, accounting.ACCOUNT)
