"""What is compared of the entries, computed once per entry from the fields of their records."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from coproduction.core.text import normalise
from coproduction.formats.references.normal import family_name
from coproduction.methods.duplicates.compared import GENERAL, STOP, Features, object_array, significant
from coproduction.methods.duplicates.languages import language_code, language_of

_SOURCE_STOP = STOP | frozenset(["journal", "j", "proceedings", "proc", "conference", "conf", "international", "int"])
COMPARED = tuple("title abstract authors year source volume issue pages doi pmid type language".split())
TELLING = 60  # letters from which an abstract tells works apart or joins them
_FURTHER = ("year", "volume", "issue", "pages", "doi", "pmid", "type")
_NUMBER = re.compile(r"\d+|(?<= part )[ivx]+\b|\b(?:i{2,3}|iv|vi{0,3}|ix)$")
_FIGURE = re.compile(r"\d")
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
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_HEAD = re.compile(r"[^\W\d_]*?(\d+)")
_RANGE = re.compile(r"(?<![\w-])(\d{1,9})-\d{1,9}(?![\w-])")
_SPAN = re.compile(r"[^\W\d_]{0,4}(\d{1,9})-[^\W\d_]{0,4}(\d{1,9})\Z")
_SUBTITLE = re.compile(r"[:?.]\s|\s[–—-]\s|,? part \w+\b", re.IGNORECASE)
_DIVIDING = (": ", "? ", ". ", " – ", " — ", " - ")
_MEETING = re.compile(r"(?<=\S)[.:]? *\(?\bconference:", re.IGNORECASE)
_VERSION = re.compile(
    r"(?:\.pub\d{1,2}|[./]v\d{1,2}|(?<=\A10\.12688/f1000research\.\d{4})\.\d|(?<=\A10\.12688/f1000research\.\d{5})\.\d)\Z"
)
_SINCE = re.compile(r" \((?:1[6-9]|20)\d\d[^()]*\)\Z")
_MEETING_NAME = re.compile(r"\b(?:conference|workshop|symposium|congress)\b")
_SERIES_WORD = re.compile(r"\b(?:no|nr|vol|volume|issue|suppl)\b\.?", re.IGNORECASE)


def build(entries: pd.DataFrame) -> Features:
    """Features of entries with the columns of FIELDS (all text, empty where missing)."""

    def column(name: str) -> list[str]:
        return entries[name].tolist() if name in entries else [""] * len(entries)

    title, kind, pages, doi = column("title"), column("type"), column("pages"), column("doi")
    plain = [_without_notes(t) for t in title]
    normal_titles = [normalise(t) for t in plain]
    same = [w if p is t else "" for w, p, t in zip(normal_titles, plain, title, strict=True)]  # normalised as it stands
    titles = [_without_notice(t) for t in normal_titles]
    families = _families(column("authors"))
    sources = _each(_source, column("source"))
    years = column("year")
    volumes = object_array("" if v == y else v for v, y in zip(_each(_number, column("volume")), years, strict=True))
    first = object_array(_each(_first_page, pages))
    meetings = np.array(_each(lambda s: _MEETING_NAME.search(s) is not None, sources), dtype=bool)
    return Features(
        title=object_array(titles),
        words=np.array([len(significant(t, 99)) for t in titles], dtype=np.int32),
        numbers=object_array(map(_numbers, titles)),
        notice=object_array(map(_notice, normal_titles, kind)),
        heads=object_array(map(_head, title, same)),
        authors=object_array(map(" ".join, families)),
        names=object_array(map(_long_words, column("authors"))),
        first_author=object_array(f[0] if f else "" for f in families),
        year=np.array([int(y) if y.isdigit() else 0 for y in years], dtype=np.int32),
        source=object_array(sources),
        initials=object_array(_each(_initials, sources)),
        volume=volumes,
        issue=object_array(_each(_number, column("issue"))),
        page=first,
        page_number=np.array([int(p) if p and len(p) < 9 else -9 for p in first], dtype=np.int64),
        span=object_array(_each(_span, pages)),
        doi=object_array(doi),
        doi_stem=object_array(map(_stem, doi)),
        pmid=object_array(column("pmid")),
        kind=object_array(kind),
        meeting=meetings | (object_array(kind) == "conference paper"),
        meeting_name=meetings,
        ahead=(first == "1") & (volumes == "") & (object_array(kind) != "chapter"),
        language=object_array(_each(language_code, column("language"))),
        tongue=object_array(language_of((_BRACKETS.sub(" ", t) if "[" in t else t).lower()) for t in title),
        other_title=object_array(map(_other_title, title)),
        bracketed=np.array([t.startswith("[") and "]" in t[-2:] for t in title], bool),
        abstract=object_array(map(_beginning, column("abstract"))),
        full_abstract=object_array(column("abstract")),
        people=np.array([len(f) for f in families], dtype=np.int32),
        said=_content_hashes(titles, families, sources, *map(column, _FURTHER)),
    )


def _each(function: Callable[[str], Any], values: list[str]) -> list:
    """The function of each value, called once for equal ones, which share their result."""
    result_of = {value: function(value) for value in dict.fromkeys(values)}
    return [result_of[value] for value in values]


def _families(authors: list[str]) -> list[list[str]]:
    """The normalised family names of each entry."""
    cached_family = lru_cache(maxsize=500_000)(family_name)
    return [[cached_family(name) for name in names.split("; ") if name] for names in authors]


def _beginning(abstract: str) -> str:
    """The beginning of an abstract; one sentence of a few words may stand before many works."""
    beginning = normalise(abstract[:400])[:300]
    return beginning if len(beginning) >= TELLING else ""


def _numbers(title: str) -> str:
    if not (title[-1:] in "ivx" or " part " in title or _FIGURE.search(title)):  # most, in a third of the time
        return ""
    numbers_found = _NUMBER.findall(title)
    return " ".join(sorted(numbers_found)) if numbers_found else ""


def _content_hashes(*columns: list) -> np.ndarray:
    """A number for what the entries say, equal where all of it is."""
    rows = zip(*columns, strict=True)
    return np.fromiter(
        (hash(tuple(v.lower() if isinstance(v, str) else tuple(v) for v in row)) for row in rows),
        dtype=np.int64,
        count=len(columns[0]),
    )


def _notice(title: str, kind: str) -> str:
    match = _NOTICE.search(title)
    if match and match.group().startswith("retracted"):
        return ""  # the work itself, marked
    if match:
        word = match.group()
        corrects = word[:3] in ("err", "cor", "vol", "aut", "pub") or word[0].isdigit()
        return "correction" if corrects else "other"
    return "correction" if kind == "erratum" else ""


def _without_notice(title: str) -> str:
    """The title that a correction or reply is about ("Erratum to: …", "… (vol 3, pg 7, 2019)")."""
    remaining = _NOTICE.sub("", title).strip().removeprefix("to ").removeprefix("on ")
    return remaining if len(remaining) > 10 else title


def _without_notes(title: str) -> str:
    """The title without the notes that databases append to it in brackets."""
    while "[" in title or title.endswith(")"):
        shorter = _APPENDED.sub("", title)
        if shorter == title or len(shorter) < 10:
            break
        title = shorter
    return title


def _other_title(title: str) -> str:
    """The title in another language that Scopus adds in brackets, or an empty text."""
    match = _BRACKETS.search(title)
    other = normalise(match.group(1)) if match and match.start() > 10 else ""
    return other if len(significant(other, 99)) > GENERAL else ""


def _initials(source: str) -> str:
    return "".join(w[0] for w in source.split() if w not in _SOURCE_STOP)


def _source(name: str) -> str:
    """The words of a journal's name, without the meeting that Embase adds ("Circulation. Conference: …")
    and the year from which it has its name ("Deutsche medizinische Wochenschrift (1946)")."""
    if name.endswith(")"):
        name = _SINCE.sub("", name)
    return normalise(_MEETING.split(name, maxsplit=1)[0].replace("&", " and "))


def _number(text: str) -> str:
    """The leading number of a volume or issue ("Vol. 12 (3)" is 12), empty where it has none."""
    match = _HEAD.search(_SERIES_WORD.sub("", text))
    return match.group(1).lstrip("0") or "0" if match else ""


def _stem(doi: str) -> str:
    """The DOI without the version of a Cochrane review, preprint, data set or article of F1000."""
    return _VERSION.sub("", doi) if doi[-1:].isdigit() else doi


def _first_page(pages: str) -> str:
    """The first page or article number without its letters and leading zeros.

    Databases write the ranges of one work in any order ("233-8, 230-5, 246-51").
    """
    ranges = _RANGE.findall(pages) if pages.count("-") > 1 else []
    if len(ranges) > 1:
        return min((start.lstrip("0") for start in ranges), key=lambda p: (len(p), p))
    match = _HEAD.search(pages.split("-", maxsplit=1)[0])
    return match.group(1).lstrip("0") if match else ""


def _span(pages: str) -> str:
    """ "101-119" of "101-19", "S101-S119" …; empty for works of less than three pages."""
    match = _SPAN.match(pages)
    if not match:
        return ""
    start, end = match.group(1).lstrip("0"), match.group(2).lstrip("0")
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    return f"{start}-{end}" if start and int(end or 0) - int(start) > 1 else ""


def _head(title: str, normalised: str = "") -> str:
    """The normalised main title, or an empty text when it is too short to tell a work.

    normalised: the whole title, where it is known already
    """
    divided = any(map(title.__contains__, _DIVIDING)) or " part " in title.lower()  # quicker than to split
    head = normalise(_SUBTITLE.split(title, maxsplit=1)[0]) if divided else normalised or normalise(title)
    return head if len(significant(head, 99)) > GENERAL else ""


def _long_words(names: str) -> str:
    return " ".join(sorted({w for w in normalise(names).split() if len(w) > 1}))
