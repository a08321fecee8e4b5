"""Quotes that people choose, cases that speak against a concept, and what was changed in the codes."""

from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import accounting, people_tables, tables
from coproduction.core.text import normalise, split_list
from coproduction.interviews.gioia import concepts_of
from coproduction.interviews.tables import CHANGES, QUOTE_CHOICE

SHOW, AGAINST = "show", "negative case"
FOUND, GONE = "", "quote no longer exists"


def read_people(path: str | Path | None, form: tables.Table) -> pd.DataFrame:
    """A table that people keep; no rows where there is no file."""
    if not path:
        return tables.empty(form)
    table = people_tables.read_people_table(path, form)
    for name in form.columns:
        if name not in table:
            table[name] = ""
    return table.reset_index(drop=True)


def propose(quotes: pd.DataFrame, n: int, length: int) -> set[int]:
    """The rows of quotes to show, up to `n` for each theme.

    Of different concepts first, then of participants who were quoted least, then short enough for the
    report (`length` characters), then those that most coders chose.
    """
    proposed: list[Any] = []
    rows: set[int] = set()
    of_theme: dict[str, list[Any]] = {}
    for row in quotes.itertuples():
        of_theme.setdefault(row.theme, []).append(row)
    for remaining in of_theme.values():
        picked: list[Any] = []
        while remaining and len(picked) < n:
            ranks = [
                (
                    sum(p.concept == quote.concept for p in picked),
                    sum(p.transcript == quote.transcript for p in [*proposed, *picked]),
                    len(quote.text) > length,
                    -len(split_list(quote.coders)),
                    quote.transcript,
                    quote.start,
                )
                for quote in remaining
            ]
            picked.append(remaining.pop(ranks.index(min(ranks))))
        proposed += picked
        rows |= {int(quote.Index) for quote in picked}
    return rows


def choice(quotes: pd.DataFrame, chosen: pd.DataFrame, n: int, length: int) -> pd.DataFrame:
    """QUOTE_CHOICE: every quote with what is proposed and what people decided; decisions without a quote.

    chosen: CHOSEN_QUOTES. A decision holds for the quote of its concept and transcript that covers
    the place.
    """
    proposed = propose(quotes, n, length)
    undecided = chosen.to_dict("records")
    rows = []
    for quote in quotes.itertuples():
        own_decisions = [entry for entry in undecided if _is_of(entry, quote)]
        undecided = [entry for entry in undecided if not _is_of(entry, quote)]
        decision = own_decisions[-1] if own_decisions else {"use": "", "note": ""}
        rows.append(
            {
                "concept": quote.concept,
                "theme": quote.theme,
                "transcript": quote.transcript,
                "turn": quote.turn,
                "start": quote.start,
                "end": quote.end,
                "text": quote.text,
                "proposed": "yes" if quote.Index in proposed else "no",
                "use": decision["use"],
                "note": decision["note"],
                "state": FOUND,
            }
        )
    for entry in undecided:
        kept_fields = {name: entry[name] for name in ("concept", "transcript", "start", "use", "note")}
        rows.append(kept_fields | {"proposed": "no", "state": GONE})
    return accounting.table(rows, QUOTE_CHOICE)


def _is_of(entry: dict[Any, Any], quote: Any) -> bool:
    same = normalise(entry["concept"]) == normalise(quote.concept)
    same = same and entry["transcript"].casefold() == quote.transcript.casefold()
    return same and not pd.isna(entry["start"]) and quote.start <= entry["start"] < quote.end


def to_show(decided: pd.DataFrame) -> pd.DataFrame:
    """The quotes for the report: those that people chose for a theme, otherwise those proposed."""
    existing = decided[decided["state"] == FOUND]
    by_people = set(existing.loc[existing["use"] == SHOW, "theme"])
    picked = (existing["use"] == SHOW) | (
        ~existing["theme"].isin(by_people) & (existing["proposed"] == "yes") & (existing["use"] == "")
    )
    return existing[picked]


def by_group(quotes: pd.DataFrame, transcripts: pd.DataFrame, names: list[str]) -> list[dict]:
    """For each theme and each value of these columns of the transcripts: interviews and quotes.

    `of` is the number of coded interviews of the group.
    """
    about = transcripts.set_index("transcript")
    coded = [t for t in about.index if t in set(quotes["transcript"])]
    rows = []
    for name in names:
        groups = about.loc[coded, name].replace("", "(not stated)")
        for theme, of_theme in quotes.groupby("theme", sort=False):
            group_of_quote = of_theme["transcript"].map(groups)
            for group in sorted(set(groups)):
                of_group = of_theme[group_of_quote == group]
                rows.append(
                    {
                        "theme": theme,
                        "by": name,
                        "group": group,
                        "interviews": of_group["transcript"].nunique(),
                        "of": int((groups == group).sum()),
                        "quotes": len(of_group),
                    }
                )
    return rows


def changes(recorded: pd.DataFrame, structure: pd.DataFrame) -> pd.DataFrame:
    """CHANGES: what people merged, split and renamed, and whether the data structure shows it.

    told: CODE_CHANGES
    """
    concepts_now = set(concepts_of(structure)["concept"].map(normalise))
    rows = []
    for entry in recorded.to_dict("records"):
        before = [normalise(name) for name in split_list(entry["before"])]
        after = [normalise(name) for name in split_list(entry["after"])]
        missing = [name for name in split_list(entry["after"]) if normalise(name) not in concepts_now]
        still = [n for n in before if n in concepts_now and n not in after]
        state = "in the data structure"
        if missing:
            state = "the new name is not in gioia.csv"
        elif still:
            state = "the old name is still in gioia.csv"
        rows.append(entry | {"state": state})
    return accounting.table(rows, CHANGES)
