"""When the wording alone says that two entries are one work: a title within another, a text twice.

rapidfuzz finds a title within a longer one in spite of a misspelling; an own search would be the
same algorithm in slower code.
"""

import re

import numpy as np
from rapidfuzz import fuzz

from coproduction.core.text import normalise
from coproduction.methods.duplicates.compared import GENERAL, LONG, Features, significant

WITHIN = 0.93  # similarity of a title within another one
LONG_WITHIN = 0.96  # the same of a long title, as if it were written alike
MISSPELT = 96.0  # per cent from which a long title is found within another in spite of misspellings
SPELT_LIKE = 75.0  # per cent from which two words are one, misspelt or in another form
SAME_ABSTRACT = 6.0
SOURCE_EQUAL = 2.5
ABSTRACT_WORDS = 50  # words of an abstract from which the same ones are the same text
# Further words that make another report of a work: its protocol, what was said of it, a later state.
_ANOTHER = re.compile(
    r"\b(?:protocol|pilot|follow up|comments? (?:on|to)|reply|replies|response|rejoinder|discussion"
    r"|errat\w+|corrig\w+|correction|retract\w+|addendum|supplement\w*|appendix|part|summary"
    r"|abstract|introduction to|update\w*|revis\w+|replication|continued)\b"
)
# Titles of what is printed again and again, each time revised.
_RECURRING = re.compile(
    r"\b(?:annual|yearly|quarterly|monthly|reports?|statistics|survey|index|guidelines?|standards?"
    r"|recommendations?|statement|editorial|editors?|introduction|preface|foreword|news|update"
    r"|call|award|abstracts?|reviewers|members|announcements?)\b"
)


def title_within(f: Features, a, b, title: np.ndarray, w: dict) -> np.ndarray:
    """How alike titles are of which one is the other with words before or after it, else 0.

    Databases cut subtitles off and put headings before titles ("Invited article: …"). It counts on
    the same first page; in the same issue of the same journal by the same authors; under the same
    number, except of chapters; and, when the title is long, in the same year of the same journal by the same authors when no field says
    anything else. Without the page, the further words must not name another report of the work.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["citizens as partners in care", "invited article citizens as partners in care"])
    >>> silent = dict.fromkeys(("issue", "source", "year", "doi", "pmid", "abstract"), np.zeros(1))
    >>> w = silent | dict.fromkeys(("pages", "volume", "authors", "first author"), np.ones(1))
    >>> title_within(f, np.array([0]), np.array([1]), np.array([0.8]), w).tolist()
    [0.93]
    """
    page = (w["pages"] > 0) & (w["volume"] >= 0)
    people = (w["authors"] > 0) & ((w["first author"] > 0) | (w["authors"] >= 2))
    issue = (w["volume"] > 0) & (w["issue"] > 0) & (w["source"] > 0) & (w["pages"] >= 0)
    issue &= people & (w["doi"] >= 0)
    silent = people & (w["first author"] > 0) & (w["source"] >= SOURCE_EQUAL) & (w["year"] > 0)
    for field in ("volume", "issue", "pages", "doi", "pmid", "abstract"):
        silent &= w[field] >= 0
    number = ((w["doi"] > 0) | (w["pmid"] > 0)) & (w["first author"] > 0) & (w["pages"] >= 0)
    number &= (f.kind[a] == f.kind[b]) & (f.kind[a] != "chapter")
    within = np.zeros(len(a))
    for k in np.flatnonzero((page | issue | silent | number) & (title < LONG_WITHIN)):
        shorter, longer = sorted((f.title[a[k]], f.title[b[k]]), key=len)
        words = len(significant(shorter, 99))
        near = issue[k] or number[k]
        if len(shorter) <= 20 or not (page[k] or words >= (GENERAL if near else LONG)):
            continue
        further = _further_words(shorter, longer, misspelt=words >= LONG)
        if further is not None and (page[k] or not _ANOTHER.search(further)):
            within[k] = LONG_WITHIN if words >= LONG else WITHIN
    return within


def _further_words(shorter: str, longer: str, misspelt: bool) -> str | None:
    """The words of the longer title around the shorter one, None where it does not hold it."""
    start = f" {longer} ".find(f" {shorter} ")
    if start >= 0:
        return f"{longer[:start]} {longer[start + len(shorter) :]}"
    if not misspelt:
        return None
    alignment = fuzz.partial_ratio_alignment(shorter, longer, score_cutoff=MISSPELT)
    return f"{longer[: alignment.dest_start]} {longer[alignment.dest_end :]}" if alignment else None


def another_word(f: Features, a, b, title: np.ndarray, w: dict) -> np.ndarray:
    """Whether alike titles have each a word that the other has not, not even misspelt.

    "… in adult patients" and "… in adolescent patients", "… in Germany" and "… in Greece" may be two
    works of a series, unless the place, a number or the abstract says that they are one.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["doors of houses in germany", "doors of houses in greece"])
    >>> w = dict.fromkeys(("pages", "abstract", "doi", "pmid"), np.zeros(1))
    >>> another_word(f, np.array([0]), np.array([1]), np.array([0.93]), w).tolist()
    [True]
    """
    settled = (w["pages"] > 0) | (w["abstract"] > 3) | (w["doi"] > 0) | (w["pmid"] > 0)
    return own_words(f, a, b, np.where(settled, 0, title))


def own_words(f: Features, a, b, title: np.ndarray, least: float = 0.92) -> np.ndarray:
    """Whether each of two titles that are alike (from `least` on) has a word that the other has not,
    not even misspelt.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["doors of houses", "doors of house", "doors of barns"])
    >>> own_words(f, np.array([0, 0]), np.array([1, 2]), np.array([0.95, 0.95])).tolist()
    [False, True]
    """
    differ = np.zeros(len(a), dtype=bool)
    for k in np.flatnonzero((title >= least) & (title < 0.995)):
        one, other = f.title[a[k]], f.title[b[k]]
        differ[k] = _has_a_word_of_its_own(one, other) and _has_a_word_of_its_own(other, one)
    return differ


def _has_a_word_of_its_own(one: str, other: str) -> bool:
    words, joined = set(other.split()), other.replace(" ", "")
    return any(
        word not in joined and not any(fuzz.ratio(word, w) >= SPELT_LIKE for w in words)
        for word in set(one.split()) - words
    )


def without_recurring(f: Features, a, chosen: np.ndarray) -> np.ndarray:
    """The chosen pairs but those whose title is one of what is printed again and again.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["editorial", "doors of houses"])
    >>> without_recurring(f, np.array([0, 1]), np.array([True, True])).tolist()
    [False, True]
    """
    left = chosen.copy()
    for k in np.flatnonzero(chosen):
        left[k] = _RECURRING.search(f.title[a[k]]) is None
    return left


def printed_twice(f: Features, a, b, w: dict) -> np.ndarray:
    """Whether a journal printed the same text twice, so that merging loses nothing of it.

    Title, two authors and more, journal, number of pages and an abstract of fifty words and more are
    the same word for word in another volume. Not under a title of what recurs, such as a yearly
    report or a guideline: there a later text may be a revision.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> said = {"span": ["11-20", "31-40"], "people": [2, 2], "full_abstract": ["word " * 60] * 2}
    >>> f = features_of(["how citizens keep doors together"] * 2, **said)
    >>> w = {"abstract": 6.0, "source": 2.5, "volume": -3.0, "title": 9.0, "first author": 1.5}
    >>> printed_twice(f, np.array([0]), np.array([1]), {n: np.array([v]) for n, v in w.items()}).tolist()
    [True]
    """
    likely = (w["abstract"] >= SAME_ABSTRACT) & (w["source"] >= SOURCE_EQUAL) & (w["volume"] < 0)
    likely &= (w["title"] > 0) & (w["first author"] > 0)
    twice = np.zeros(len(a), dtype=bool)
    for k in np.flatnonzero(likely):
        one, other = a[k], b[k]
        twice[k] = (
            f.title[one] == f.title[other]
            and f.words[one] > GENERAL
            and not _RECURRING.search(f.title[one])
            and f.authors[one] == f.authors[other]
            and f.people[one] > 1
            and f.kind[one] == f.kind[other]
            and _pages(f.span[one]) == _pages(f.span[other]) > 0
            and _same_long_text(f.full_abstract[one], f.full_abstract[other])
        )
    return twice


def _pages(span: str) -> int:
    start, _, end = span.partition("-")
    return int(end) - int(start) + 1 if end else 0


def _same_long_text(one: str, other: str) -> bool:
    words = normalise(one)
    return words.count(" ") >= ABSTRACT_WORDS - 1 and words == normalise(other)
