"""What is compared when two entries are held side by side, computed once per entry."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coproduction.literature.ids import family_name, normalise_words

_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "der",
        "die",
        "das",
        "und",
        "el",
        "los",
        "las",
        "del",
        "en",
        "y",
        "e",
        "et",
        "im",
        "zur",
    ]
)
_SOURCE_STOP = _STOP | frozenset(
    ["journal", "j", "proceedings", "proc", "conference", "conf", "international", "int"]
)
_NUMBER = re.compile(r"\d+|(?<= part )[ivx]+\b|\b(?:i{2,3}|iv|vi{0,3}|ix)$")
_NOTICE = re.compile(
    r"^(?:errat(?:um|a)|corrigend(?:um|a)|corrections?|retract(?:ion|ed)|expressions? of concern"
    r"|addendum|(?:author|publisher) correction|repl(?:y|ies)|response to|comments? (?:on|to)"
    r"|commentary|letter to|book review|review of)\b"
    r"|\b(?:erratum|corrigendum|retraction|retracted article|reply|authors? repl(?:y|ies)"
    r"|vol \d+ (?:pg?|page) \w+ \d{4}|\d{4} \d+(?: \d+)? \d+ \d+)$"
)
# What databases append: "[Review] [45 refs]", ".[Erratum appears in …]", "(Provisional abstract)".
_APPENDED = re.compile(
    r"[\s.]*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\]|\((?:provisional|structured) [^()]*\)"
    r"|\.?\[erratum[^\[\]]*(?:\[[^\[\]]*)?)\s*\Z",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[^\W\d_]*?(\d+)")
_SPAN = re.compile(r"[^\W\d_]{0,4}(\d{1,9})-[^\W\d_]{0,4}(\d{1,9})\Z")
_SUBTITLE = re.compile(r"[:?.]\s|\s[–—-]\s|,? part \w+\b", re.IGNORECASE)
GENERAL = 3  # words in a title that may head many works ("Editorial introduction")
_SERIES_WORD = re.compile(r"\b(?:no|nr|vol|volume|issue|suppl)\b\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Features:
    """Parallel lists and arrays, one element per entry, in the order of the table."""

    title: list[str]  # normalised words
    words: np.ndarray  # how many words of the title are no stop words
    numbers: np.ndarray  # numbers and Roman numerals of the title, sorted, as text
    notice: np.ndarray  # erratum, reply, comment … or empty
    heads: list[str]  # the title before its first colon, dash, question mark or full stop
    authors: list[str]  # normalised family names
    names: list[str]  # all words of the names but initials
    first_author: np.ndarray
    year: np.ndarray  # 0 where missing
    source: list[str]
    initials: np.ndarray  # of the source's words
    volume: np.ndarray
    issue: np.ndarray
    page: np.ndarray  # first page, digits
    span: np.ndarray  # first and last page of works of three pages and more
    doi: np.ndarray
    pmid: np.ndarray
    kind: np.ndarray  # type of work
    abstract: list[str]  # first 300 characters, normalised


def build(entries: pd.DataFrame) -> Features:
    """Features of entries with the columns of FIELDS (all text, empty where missing)."""

    def column(name: str) -> list[str]:
        return entries[name].tolist() if name in entries else [""] * len(entries)

    written = [normalise_words(_without_notes(t)) for t in column("title")]
    titles = [_without_notice(t) for t in written]
    families = [[family_name(a) for a in names.split("; ") if a] for names in column("authors")]
    sources = [normalise_words(s.replace("&", " and ")) for s in column("source")]
    return Features(
        title=titles,
        words=np.array([len(significant(t, 99)) for t in titles], dtype=np.int32),
        numbers=_array(" ".join(sorted(_NUMBER.findall(t))) for t in titles),
        notice=_array(_notice(t, k) for t, k in zip(written, column("type"), strict=True)),
        heads=[_head(t) for t in column("title")],
        authors=[" ".join(f) for f in families],
        names=[_long_words(names) for names in column("authors")],
        first_author=_array(f[0] if f else "" for f in families),
        year=np.array([int(y) if y.isdigit() else 0 for y in column("year")], dtype=np.int32),
        source=sources,
        initials=_array(_initials(s) for s in sources),
        volume=_array(_number(v) for v in column("volume")),
        issue=_array(_number(v) for v in column("issue")),
        page=_array(_first_page(p) for p in column("pages")),
        span=_array(_span(p) for p in column("pages")),
        doi=_array(column("doi")),
        pmid=_array(column("pmid")),
        kind=_array(column("type")),
        abstract=[normalise_words(a[:400])[:300] for a in column("abstract")],
    )


def _array(values) -> np.ndarray:
    return np.array(list(values), dtype=object)


def _notice(title: str, kind: str) -> str:
    found = _NOTICE.search(title)
    if found:
        word = found.group()
        corrects = word[:3] in ("err", "cor", "vol", "aut", "pub") or word[0].isdigit()
        return "correction" if corrects else "other"
    return "correction" if kind == "erratum" else ""


def _without_notice(title: str) -> str:
    """The title that a correction or reply is about ("Erratum to: …", "… (vol 3, pg 7, 2019)")."""
    rest = _NOTICE.sub("", title).strip().removeprefix("to ").removeprefix("on ")
    return rest if len(rest) > 10 else title


def _without_notes(title: str) -> str:
    """The title without the notes that databases append to it in brackets."""
    while "[" in title or title.endswith(")"):
        shorter = _APPENDED.sub("", title)
        if shorter == title or len(shorter) < 10:
            break
        title = shorter
    return title


def _initials(source: str) -> str:
    return "".join(w[0] for w in source.split() if w not in _SOURCE_STOP)


def _number(text: str) -> str:
    """The leading number of a volume or issue ("Vol. 12 (3)" is 12), else its words."""
    text = _SERIES_WORD.sub("", text)
    found = _HEAD.search(text)
    return found.group(1).lstrip("0") or "0" if found else normalise_words(text)


def _first_page(pages: str) -> str:
    """The first page or article number without its letters and leading zeros."""
    found = _HEAD.search(pages.split("-", maxsplit=1)[0])
    return found.group(1).lstrip("0") if found else ""


def _span(pages: str) -> str:
    """ "101-119" of "101-19", "S101-S119" …; empty for works of less than three pages."""
    found = _SPAN.match(pages)
    if not found:
        return ""
    start, end = found.group(1).lstrip("0"), found.group(2).lstrip("0")
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    return f"{start}-{end}" if start and int(end or 0) - int(start) > 1 else ""


def _head(title: str) -> str:
    """The normalised main title, or an empty text when it is too short to tell a work."""
    head = normalise_words(_SUBTITLE.split(title, maxsplit=1)[0])
    return head if len(significant(head, 99)) > GENERAL else ""


def _long_words(names: str) -> str:
    return " ".join(sorted({w for w in normalise_words(names).split() if len(w) > 1}))


def significant(title: str, count: int) -> list[str]:
    """The first `count` words of a normalised title that are no stop words."""
    words = [w for w in title.split() if w not in _STOP]
    return words[:count]
