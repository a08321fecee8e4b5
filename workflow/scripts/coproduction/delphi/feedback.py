"""What each panellist is told before the next round, and what is not.

Shows the own rating, the distribution, median and interquartile range of all, medians of groups
that are large enough, and the comments without name or group. Nothing on a page tells who another
panellist is: comments come in an order that depends on their text only, words that people asked to
withhold and pseudonyms, addresses and numbers are taken out, and file names are salted.
"""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pandas as pd

from coproduction.delphi.questionnaire import ends
from coproduction.delphi.settings import DelphiSettings

UNRATED = {
    "absent": "did_not_answer",
    "missing": "left_empty",
    "no opinion": "had_no_opinion",
    "not asked": "was_not_asked",
}
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
    sorted_ratings = ratings.sort_values(["round", "panellist", "statement"])
    if (sorted_ratings["rating"].dropna() % 1 == 0).all():
        sorted_ratings = sorted_ratings.assign(rating=sorted_ratings["rating"].astype("Int64"))
    content = sorted_ratings[["round", "panellist", "statement", "status", "rating", "comment"]].to_csv()
    return hashlib.sha256(content.encode()).hexdigest()


def cleaned(comment: str, panellists: list[str], withhold: list[str]) -> str:
    """The comment without pseudonyms, addresses, long numbers and the words to withhold."""
    text = TRACES.sub(WITHHELD, " ".join(comment.split()))
    words = _any_of(tuple(w for w in [*panellists, *withhold] if w))
    return words.sub(WITHHELD, text) if words else text


@lru_cache(maxsize=1)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds these words, kept for all comments of a panel."""
    if not words:
        return None
    pattern = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """What a sheet says of one statement; without `counts` it is new or reworded."""

    statement: str
    text: str
    own: str = ""
    rating: float | None = None
    median: float = float("nan")
    q1: float = float("nan")
    q3: float = float("nan")
    n: int = 0
    counts: list[int] = field(default_factory=list)
    groups: list[tuple[str, float]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class StatementFeedback:
    """What all sheets say of one statement, and the answers and comments they pick from."""

    item: Item
    answers: dict[str, tuple[str, float | None]] = field(default_factory=dict)
    comments: list[tuple[str, str]] = field(default_factory=list)  # panellist, as the others see it
    own: dict[str, str] = field(default_factory=dict)


def prepare(
    statements: pd.DataFrame,
    ratings: pd.DataFrame,
    summary: pd.DataFrame,
    groups: pd.DataFrame,
    settings: DelphiSettings,
) -> list[StatementFeedback]:
    """The statements of the next round (questionnaire.next_statements), for the sheets of everybody.

    *ratings* and *summary* are those of the closed rounds.
    """
    by = dict(list(ratings.groupby(["round", "statement"])))
    results = summary.set_index(["round", "statement"]).to_dict("index")
    people = sorted(set(ratings["panellist"]))
    prepared = []
    for entry in statements.to_dict("records"):
        item = Item(entry["statement"], entry["text"])
        if pd.isna(entry["round"]):
            prepared.append(StatementFeedback(item))
            continue
        key = (int(entry["round"]), entry["statement"])
        result, last = results[key], by[key]
        item = replace(
            item,
            median=float(result["median"]),
            q1=float(result["q1"]),
            q3=float(result["q3"]),
            n=int(result["n"]),
            counts=[int(c) for c in result["counts"].split(";")],
            groups=_groups(groups, *key, settings),
        )
        prepared.append(_with_answers(item, last, people, settings))
    return prepared


def _with_answers(item: Item, last: pd.DataFrame, people: list[str], settings) -> StatementFeedback:
    answers = {
        who: (status, None if pd.isna(rating) else whole(rating))
        for who, status, rating in last[["panellist", "status", "rating"]].to_numpy()
    }
    if not settings.comments_in_feedback:
        return StatementFeedback(item, answers)
    comments_written = last.loc[last["comment"].str.strip() != "", ["panellist", "comment"]].to_numpy()
    shown_comments = [(who, cleaned(text, people, settings.withhold_words)) for who, text in comments_written]
    # An order that depends on the text only: neither place nor time tells who wrote what.
    shown_comments.sort(key=lambda pair: hashlib.sha256(pair[1].encode()).hexdigest())
    return StatementFeedback(
        item, answers, shown_comments, {who: " ".join(text.split()) for who, text in comments_written}
    )


def items(panellist: str, prepared: list[StatementFeedback], settings: DelphiSettings) -> list[Item]:
    """The statements as one panellist sees them."""
    return [_item(panellist, one, settings) for one in prepared]


def _item(panellist: str, prepared: StatementFeedback, settings: DelphiSettings) -> Item:
    if not prepared.item.counts:
        return prepared.item
    status, rating = prepared.answers.get(panellist, ("absent", None))
    item = replace(
        prepared.item,
        own=_own_rating_in_words(status, rating, settings),
        rating=rating,
        comments=[text for who, text in prepared.comments if who != panellist],
        mine=[prepared.own[panellist]] if panellist in prepared.own else [],
    )
    return _as_ranks(item, settings) if settings.ranking.given else item


def _as_ranks(item: Item, settings: DelphiSettings) -> Item:
    """Points turned back into the ranks that panellists gave."""
    both = settings.scale.lowest + settings.scale.highest
    rating = None if item.rating is None else _as_rank(item.rating, settings)
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


def ratings(prepared: list[StatementFeedback], settings: DelphiSettings) -> set[float | None]:
    """All ratings that are somebody's own on a sheet, and None of who gave none."""
    own_ratings = {rating for answered in prepared for _, rating in answered.answers.values()} | {None}
    if not settings.ranking.given:
        return own_ratings
    return {None if rating is None else _as_rank(rating, settings) for rating in own_ratings}


def _as_rank(rating: float, settings: DelphiSettings) -> float:
    return whole(settings.scale.lowest + settings.scale.highest - rating)


def counted(comments: list[str]) -> list[str]:
    """The comments, each wording once and with the number of its panellists where there are several.

    >>> counted(["so it is", "no", "so it is"])
    ['so it is (×2)', 'no']
    """
    return [text if n == 1 else f"{text} (×{n})" for text, n in Counter(comments).items()]


def _own_rating_in_words(status: str, rating: float | None, settings: DelphiSettings) -> str:
    return str(rating) if rating is not None else settings.say(UNRATED[status])


def whole(value: float) -> float:
    """A whole number as such."""
    return int(value) if value == int(value) else float(value)


def plain(value: float) -> str:
    """A number as people write it; a dash where there is none."""
    return "–" if pd.isna(value) else f"{value:g}"


def _groups(groups: pd.DataFrame, number: int, statement: str, settings) -> list[tuple[str, float]]:
    """Medians of groups; none at all where hiding one group would let it be worked out."""
    of_statement = groups[(groups["round"] == number) & (groups["statement"] == statement)]
    large = of_statement[of_statement["n"] >= settings.small_group]
    if len(of_statement) - len(large) == 1 or len(large) < 2:
        return []
    return [(g, float(m)) for g, m in zip(large["group"], large["median"], strict=True)]


def intro(panellist: str, n_statements: int, settings: DelphiSettings) -> str:
    """What the sheet says first, as plain text."""
    key = "one_asked" if n_statements == 1 else "many_asked"
    low, high = ends(settings)
    return settings.say(
        "sheet_intro",
        panellist=panellist,
        asked=settings.say(key, number=n_statements),
        lowest=settings.scale.lowest,
        highest=settings.scale.highest,
        lowest_label=low,
        highest_label=high,
    )


def numbers(item: Item, settings: DelphiSettings) -> list[tuple[str, str]]:
    """The numbers beside the chart by their names, the own rating first."""
    say = settings.say
    half = say("from_to", low=plain(item.q1), high=plain(item.q3))
    return [
        (say("your_rating"), item.own),
        (say("median_of_all"), plain(item.median)),
        (say("middle_half"), half),
        (say("ratings"), str(item.n)),
        *((say("median_of_group", group=group), plain(value)) for group, value in item.groups),
    ]
