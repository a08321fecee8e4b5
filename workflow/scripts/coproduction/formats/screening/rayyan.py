"""Decisions made in Rayyan: the articles file of its export, as CSV or RIS, and the log beside it.

Rayyan keeps everything in the notes: `RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo"=>"Excluded"} |
RAYYAN-LABELS: a,b | RAYYAN-EXCLUSION-REASONS: c,d | USER-NOTES: {"Ann"=>["…"]}`, after what the
record had there before; other versions write `{"Ann"=>true}` or JSON. Reasons are those of all
reviewers together: where one reviewer excluded the record they are that reviewer's, otherwise
nobody can tell whose they are.

The articles say neither when anything was decided nor in which order. `customizations_log.csv`
does: one event per row (article, user, time, key, value), with the reasons of each user. Users of the
log have an e-mail address, those of the notes a name; who is who follows from their decisions.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coproduction.core.days import as_times
from coproduction.core.errors import StudyError

WORDS = {
    "included": "include",
    "excluded": "exclude",
    "maybe": "maybe",
    "true": "include",
    "false": "exclude",
    "undecided": "",
    "null": "",
    "nil": "",
}
LOGGED = {"1": "include", "0": "maybe", "-1": "exclude"}
LOG_COLUMNS = {"article_id", "created_at", "key", "value"}
SURE = 0.9  # share of a user's decisions that the notes must repeat under one name
_REASON = "__EXR__"
_SECTION = re.compile(r"(RAYYAN-INCLUSION|RAYYAN-LABELS|RAYYAN-EXCLUSION-REASONS|USER-NOTES):\s*")
_NAME = r'"((?:[^"\\]|\\.)*)"\s*(?:=>|:)\s*'
_PAIR = re.compile(_NAME + r'(?:"((?:[^"\\]|\\.)*)"|(\w+))')
_NOTES = re.compile(_NAME + r"\[(.*?)\]")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ARTICLE = re.compile(r"rayyan-(\d+)")
_CURLY = str.maketrans("“”„‟", '""""')
_SINGLE = re.compile(r"(?<=[{,\s>:])'([^'\"]*)'(?=\s*(?:=>|[:,}]))")


@dataclass
class _Event:
    """What a user has come to on one article."""

    decision: str = ""
    time: str = ""
    reasons: dict[str, bool] = field(default_factory=dict)


Log = dict[str, dict[str, _Event]]  # user → article → what they came to
Said = list[tuple[dict, str]]  # of each article where it is and its notes


def is_rayyan(notes: pd.Series, keys: pd.Series) -> bool:
    """Whether these columns come from Rayyan."""
    return bool(
        notes.str.contains("RAYYAN-", regex=False).any() or (len(keys) and keys.str.startswith("rayyan-").all())
    )


def is_log(table: pd.DataFrame) -> bool:
    """Whether the table is a log of Rayyan; older ones lack the times."""
    names = {name.lower() for name in table}
    return {"article_id", "key", "value"} <= names


def read_log(table: pd.DataFrame, path: Path) -> Log:
    """The last word of each user on each article; StudyError where a time cannot be told.

    A log without times is passed over: it would say nothing that the articles do not.
    """
    low = {name.lower(): name for name in table}
    if not set(low) >= LOG_COLUMNS or table.empty:
        return {}
    user_column = next((low[name] for name in ("user_email", "user_id", "user_name") if name in low), None)
    times = as_times(table[low["created_at"]].tolist())
    if "" in times:
        place = times.index("")
        raise StudyError(
            f"'{table[low['created_at']].iloc[place]}' is not a readable time",
            file=path,
            row=int(table.index[place]),
            column="created_at",
            remedy="Export the log again and do not save it in a spreadsheet program",
        )
    events = table.assign(time=times).sort_values("time", kind="stable")
    log: Log = defaultdict(lambda: defaultdict(_Event))
    for row in events.to_dict("records"):
        event = log[row[user_column] if user_column else ""][str(row[low["article_id"]])]
        key, value = str(row[low["key"]]).strip('"'), str(row[low["value"]])
        if key == "included":
            event.decision, event.time = LOGGED.get(value, ""), row["time"]
        elif _REASON in key:
            event.reasons[key.replace(_REASON, "")] = value == "1"
    return log


def said_in_table(table: pd.DataFrame) -> Said:
    """The articles of the CSV."""
    low = {name.lower(): name for name in table}
    articles = []
    for number, cells in zip(table.index, table.to_dict("records"), strict=True):
        value = {name: cells[column] for name, column in low.items()}
        place = {
            "places": [value.get("key", ""), value.get("notes", "")],
            "doi": value.get("doi", ""),
            "title": value.get("title", ""),
            "year": value.get("year", ""),
            "row": int(number),
        }
        articles.append((place, value.get("notes", "")))
    return articles


def said_in_ris(entries: list[dict]) -> Said:
    """The articles of the RIS file."""
    articles = []
    for entry in entries:
        notes = " | ".join(entry.get("notes", []))
        place = {
            "places": [str(entry.get("id", "")), notes],
            "doi": entry.get("doi", ""),
            "title": entry.get("title") or entry.get("primary_title", ""),
            "year": str(entry.get("year") or entry.get("publication_year", "")),
            "row": entry["line"],
        }
        articles.append((place, notes))
    return articles


def read_articles(articles_said: Said, path: Path, log: Log) -> list[dict]:
    """A row for each reviewer and article; one without decision where nobody decided."""
    articles = [_article(place) for place, _ in articles_said]
    parts = [split_notes(notes) for _, notes in articles_said]
    decided = [
        _decided(note_parts.get("RAYYAN-INCLUSION", ""), path, place["row"])
        for note_parts, (place, _) in zip(parts, articles_said, strict=True)
    ]
    users = _users(log, dict(zip(articles, decided, strict=True)))
    return [
        row
        for (place, _), note_parts, decisions, article in zip(articles_said, parts, decided, articles, strict=True)
        for row in _decisions(
            place,
            note_parts,
            decisions,
            {name: log[user][article] for name, user in users.items() if article in log[user]},
        )
    ]


def _article(place: dict) -> str:
    """Rayyan's number of the article."""
    match = _ARTICLE.search(place["places"][0])
    return match[1] if match else ""


def _decided(inclusion: str, path: Path, row: int) -> dict[str, str]:
    """Reviewer → decision, for those who have one; StudyError for what cannot be read."""
    text = _SINGLE.sub(r'"\1"', inclusion.translate(_CURLY))
    decision_of = {name: _word(quoted or bare, path, row) for name, quoted, bare in _PAIR.findall(text)}
    if _PAIR.sub("", text).strip(" {},;\n"):
        raise StudyError(
            f"'{inclusion[:80]}' does not show who decided what",
            file=path,
            row=row,
            column="notes",
            remedy="Export the file again and do not save it in a spreadsheet program",
        )
    return {name: decision for name, decision in decision_of.items() if decision}


def _users(log: Log, decided: dict[str, dict[str, str]]) -> dict[str, str]:
    """Name in the notes → user of the log, where their decisions leave no doubt."""
    names = sorted({name for decisions_of_article in decided.values() for name in decisions_of_article})
    users_of: dict[str, list[str]] = defaultdict(list)
    for user, events in log.items():
        logged_decisions = {a: event.decision for a, event in events.items() if event.decision and a in decided}
        agreements = Counter(
            name
            for article, decisions_of_article in logged_decisions.items()
            for name in names
            if decided[article].get(name) == decisions_of_article
        )
        fitting = [name for name in names if logged_decisions and agreements[name] >= SURE * len(logged_decisions)]
        if len(fitting) == 1:
            users_of[fitting[0]].append(user)
    return {name: users[0] for name, users in users_of.items() if len(users) == 1}


def _decisions(
    place: dict, parts: dict[str, str], decision_of: dict[str, str], logged: dict[str, _Event]
) -> list[dict]:
    notes_of = {
        name: "; ".join(_QUOTED.findall(inner))
        for name, inner in _NOTES.findall(parts.get("USER-NOTES", "").translate(_CURLY))
    }
    labels = parts.get("RAYYAN-LABELS", "")
    excluders = sum(decision == "exclude" for decision in decision_of.values())
    blank = place | {"reviewer": "", "decision": "", "reason": "", "date": "", "note": ""}
    rows = []
    for name, decision in decision_of.items():
        event = logged.get(name, _Event())
        own_reasons = [reason for reason, applies in event.reasons.items() if applies]
        shared = parts.get("RAYYAN-EXCLUSION-REASONS", "").replace(_REASON, "")
        of_team = decision == "exclude" and excluders > 1 and not own_reasons
        rows.append(
            blank
            | {
                "reviewer": name,
                "decision": decision,
                "reason": (",".join(own_reasons) or shared) if decision == "exclude" else "",
                "date": event.time if event.decision == decision else "",
                "note": "; ".join(filter(None, (notes_of.get(name, ""), labels))),
                "scope": "reason of the team" if of_team else "own",
            }
        )
    return rows or [blank]


def split_notes(notes: str) -> dict[str, str]:
    """The parts of a notes field by their name."""
    pieces = _SECTION.split(notes)
    return {
        name: value.strip().removesuffix("|").strip() for name, value in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def _word(value: str, path: Path, row: int) -> str:
    if value.lower() not in WORDS:
        raise StudyError(
            f"'{value}' is not a decision of Rayyan",
            file=path,
            row=row,
            column="notes",
            remedy="It is Included, Excluded or Maybe: export the file again",
        )
    return WORDS[value.lower()]
