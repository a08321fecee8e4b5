"""What each panellist is told before the next round, and what is not.

Shows the own rating, the distribution, median and interquartile range of all, medians of groups
that are large enough, and the comments without name or group. Nothing on a page tells who another
panellist is: comments come in an order that depends on their text only, words that people asked to
withhold and pseudonyms, addresses and numbers are taken out, and file names are salted.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

import pandas as pd

from coproduction.delphi.settings import DelphiSettings

WITHHELD = "[…]"
TRACES = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+|\+?\d[\d ()/-]{6,}\d")


def sheet_name(panellist: str, number: int, salt: str) -> str:
    """File name of a sheet without its ending, not to be guessed from the pseudonym without the salt."""
    digest = hashlib.sha256(f"{salt}|{number}|{panellist}".encode()).hexdigest()
    return digest[:16]


def salt_of(ratings: pd.DataFrame, settings: DelphiSettings) -> str:
    """The secret of the file names: the one set, else a digest of ratings that nobody else has.

    A constant would let everybody who knows the workflow work out a panellist's file from the
    pseudonym, and chance would give other names on every run.
    """
    if settings.feedback_salt:
        return settings.feedback_salt
    kept = ratings.sort_values(["round", "panellist", "statement"])
    content = kept[["round", "panellist", "statement", "status", "rating", "comment"]].to_csv()
    return hashlib.sha256(content.encode()).hexdigest()


def cleaned(comment: str, panellists: list[str], withhold: list[str]) -> str:
    """The comment without pseudonyms, addresses, long numbers and the words to withhold."""
    words = [w for w in [*panellists, *withhold] if w]
    text = TRACES.sub(WITHHELD, " ".join(comment.split()))
    if words:
        pattern = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
        text = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", WITHHELD, text, flags=re.IGNORECASE)
    return text


@dataclass(frozen=True)
class Item:
    """What a sheet says of one statement; without `counts` it is new or reworded."""

    statement: str
    text: str
    own: str = ""
    rating: int | None = None
    median: float = float("nan")
    q1: float = float("nan")
    q3: float = float("nan")
    n: int = 0
    counts: list[int] = field(default_factory=list)
    groups: list[tuple[str, float]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)


def items(
    panellist: str,
    asked: pd.DataFrame,
    ratings: pd.DataFrame,
    summary: pd.DataFrame,
    groups: pd.DataFrame,
    settings: DelphiSettings,
) -> list[Item]:
    """The statements of the next round (questionnaire.next_statements) as one panellist sees them.

    *ratings* and *summary* are those of the closed rounds.
    """
    return [
        _item(panellist, entry, ratings, summary, groups, settings)
        for entry in asked.to_dict("records")
    ]


def _item(panellist, entry, ratings, summary, groups, settings: DelphiSettings) -> Item:
    if pd.isna(entry["round"]):
        return Item(entry["statement"], entry["text"])
    number, statement = int(entry["round"]), entry["statement"]
    last = ratings[(ratings["round"] == number) & (ratings["statement"] == statement)]
    result = summary[(summary["round"] == number) & (summary["statement"] == statement)].iloc[0]
    own = last[last["panellist"] == panellist]
    comments, mine = _comments(panellist, last, ratings["panellist"], settings)
    item = Item(
        statement=statement,
        text=entry["text"],
        own=_own(own),
        rating=None if own.empty or pd.isna(own["rating"].iloc[0]) else int(own["rating"].iloc[0]),
        median=float(result["median"]),
        q1=float(result["q1"]),
        q3=float(result["q3"]),
        n=int(result["n"]),
        counts=[int(c) for c in result["counts"].split(";")],
        groups=_groups(groups, number, statement, settings),
        comments=comments,
        mine=mine,
    )
    ranked = settings.ranking.use and settings.ranking.answers == "ranks"
    return _as_ranks(item, settings) if ranked else item


def _as_ranks(item: Item, settings: DelphiSettings) -> Item:
    """Points turned back into the ranks that panellists gave."""
    both = settings.scale.lowest + settings.scale.highest
    rating = None if item.rating is None else both - item.rating
    return replace(
        item,
        own=item.own if rating is None else str(rating),
        rating=rating,
        median=both - item.median,
        q1=both - item.q3,
        q3=both - item.q1,
        counts=item.counts[::-1],
        groups=[(group, both - value) for group, value in item.groups],
    )


def _own(own: pd.DataFrame) -> str:
    if own.empty:
        return "none (you did not answer this round)"
    entry = own.iloc[0]
    if entry["status"] == "rated":
        return str(entry["rating"])
    return {"missing": "none (you left it empty)"}.get(entry["status"], entry["status"])


def plain(value: float) -> str:
    """A number as people write it; a dash where there is none."""
    return "–" if pd.isna(value) else f"{value:g}"


def _groups(groups: pd.DataFrame, number: int, statement: str, settings) -> list[tuple[str, float]]:
    """Medians of groups; none at all where hiding one group would let it be worked out."""
    own = groups[(groups["round"] == number) & (groups["statement"] == statement)]
    large = own[own["n"] >= settings.small_group]
    if len(own) - len(large) == 1 or len(large) < 2:
        return []
    return [(g, float(m)) for g, m in zip(large["group"], large["median"], strict=True)]


def _comments(panellist: str, last: pd.DataFrame, everybody, settings: DelphiSettings):
    """The others' comments, in an order that tells nothing, and the panellist's own."""
    if not settings.comments_in_feedback:
        return [], []
    people = sorted(set(everybody))
    written = last[last["comment"].str.strip() != ""]
    others = written[written["panellist"] != panellist]["comment"]
    texts = [cleaned(c, people, settings.withhold_words) for c in others]
    texts.sort(key=lambda t: hashlib.sha256(t.encode()).hexdigest())
    mine = written[written["panellist"] == panellist]["comment"]
    return texts, [" ".join(t.split()) for t in mine]


def intro(panellist: str, asked: int, settings: DelphiSettings) -> str:
    """What the sheet says first, as plain text."""
    scale = settings.scale
    several = "1 statement is" if asked == 1 else f"{asked} statements are"
    return (
        f"For {panellist}. {several} asked in this round. For each you see your own last rating, how all "
        "panellists rated it, and their comments without names. You may keep your rating or change "
        f"it; both are welcome. The scale runs from {scale.lowest} ({scale.lowest_label}) to "
        f"{scale.highest} ({scale.highest_label})."
    )
