"""What forbids a merge whatever the score: each with the reason that people read."""

import numpy as np

from coproduction.methods.duplicates import wording
from coproduction.methods.duplicates.compared import GENERAL, LONG, Features
from coproduction.methods.duplicates.wording import SOURCE_EQUAL

PAGE_EQUAL = 4.0  # weight of the first page alone; more where the last one is equal too
# Reasons against a merge that do not make two works related either.
HEADINGS = ("a general heading in another place", "the same heading in another issue")
DIFFERENT = "different works under one number"
VERSION = "versions of one work by their DOIs"
PART = "parts of one volume under its DOI"
TRANSLATION = "a translation"
STRANGERS = "no author in common"  # with much else in common, people should look
UNTITLED = "one has no title"
ANOTHER_WORD = "a word of the titles differs"
UNLIKE = "the titles under one number differ"
ANOTHER_PLACE = "one title by the same authors in another place"
ANOTHER_KIND = "works of two kinds with little more than the title in common"
ANOTHER_PAGE = "a word of the titles and the pages differ"
# people decide where else it would be a merge or nearly one
ASKED = (UNTITLED, ANOTHER_WORD, UNLIKE, ANOTHER_PLACE, ANOTHER_KIND, ANOTHER_PAGE)
_KINDS = ("article", "book", "chapter", "dataset", "report")  # of which a work is one
_IN_VOLUMES = ("chapter", "book", "conference paper")
UNRELATED = HEADINGS
# Several works under one number, or versions of one: linked, so that people see it.
NUMBERED = (DIFFERENT, PART, VERSION)


def reasons(f: Features, a, b, w: dict[str, np.ndarray], title: np.ndarray) -> np.ndarray:
    """The first reason that applies to each pair (positions `a`, `b`), empty where none does.

    `w` are the weights of the fields (negative: they disagree), `title` the similarity of titles.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> from coproduction.methods.duplicates.same_work import score_pairs
    >>> f = features_of(["house report part 1", "house report part 2"], numbers=["1", "2"])
    >>> score_pairs(f, np.array([(0, 1)])).veto.tolist()
    ['the numbers in the titles differ']
    """
    same_number = (w["doi"] > 0) | (w["pmid"] > 0)
    here = (w["pages"] > 0) & (w["volume"] >= 0)
    conference = f.meeting[a] ^ f.meeting[b]
    preprint = (f.kind[a] == "preprint") ^ (f.kind[b] == "preprint")
    strangers = (w["authors"] <= -2) & (w["first author"] < -1)
    rules = {
        PART: (w["doi"] > 0) & (w["pmid"] <= 0) & _part_of_one(f, a, b, w, title),
        DIFFERENT: same_number & _another_work(f, a, b, w, title),
        UNLIKE: (w["doi"] > 0) & (w["pmid"] <= 0) & _unlike(f, a, b, w, title),
        VERSION: (f.doi_stem[a] == f.doi_stem[b]) & (w["doi"] < 0) & (title >= 0.5),
        "one is a correction, reply or comment": f.notice[a] != f.notice[b],
        "the numbers in the titles differ": _numbers(f, a, b, w, title) & ~same_number,
        ANOTHER_PLACE: _another_place(f, a, b, w, title) & ~same_number,
        HEADINGS[0]: _general(f, a, b) & _elsewhere(f, a, b, w) & ~same_number,
        HEADINGS[1]: _recurring(f, a, b, w) & ~same_number,
        STRANGERS: strangers & ~same_number,
        "preprint and published version": preprint & ~same_number,
        "thesis and published version": _thesis(f, a, b) & ~same_number,
        "conference and journal version": conference & _elsewhere_printed(f, a, b, w) & ~here & ~same_number,
        "the same title in another journal": _other_journal(w) & (title >= 0.92) & ~same_number,
        TRANSLATION: _translated(f, a, b, title) & ~same_number,
        UNTITLED: np.isnan(title) & ~same_number,
        ANOTHER_KIND: _another_kind(f, a, b, w) & ~same_number,
        ANOTHER_PAGE: _another_page(f, a, b, w, title) & ~same_number,
        ANOTHER_WORD: wording.another_word(f, a, b, title, w),
    }
    veto = np.full(len(a), "", dtype=object)
    for reason, applies in rules.items():
        veto[(veto == "") & np.asarray(applies, dtype=bool)] = reason
    return veto


def _another_work(f: Features, a, b, w, title) -> np.ndarray:
    """Abstracts of a supplement often carry its DOI: the number alone does not make them one.

    A title in another language is a translated one where all pages and authors are the same.
    """
    contradicted = (w["abstract"] < 0) | (w["authors"] < 0) | (w["pages"] < 0)
    people = (w["authors"] > 2) & (w["first author"] > 0)
    here = people & (w["pages"] > PAGE_EQUAL) & (w["volume"] > 0) & (w["year"] >= 0)
    here &= (f.tongue[a] != "") & (f.tongue[b] != "") & (f.tongue[a] != f.tongue[b]) & (w["abstract"] >= 0)
    return ~here & ((title < 0.5) | ((title < 0.75) & contradicted))


def _thesis(f: Features, a, b) -> np.ndarray:
    """A thesis and what its author printed of it elsewhere."""
    published = np.isin(f.kind[a], ("article", "conference paper", "chapter"))
    published |= np.isin(f.kind[b], ("article", "conference paper", "chapter"))
    return ((f.kind[a] == "thesis") ^ (f.kind[b] == "thesis")) & published


def _another_kind(f: Features, a, b, w) -> np.ndarray:
    """Whether one is an article and the other a report, book or data, and no place or text joins them."""
    kinds = np.isin(f.kind[a], _KINDS) & np.isin(f.kind[b], _KINDS) & (f.kind[a] != f.kind[b])
    place = (w["pages"] > 0) | (w["volume"] > 0) | (w["source"] > 0)
    return kinds & ~place & (w["abstract"] <= 3)


def _another_page(f: Features, a, b, w, title) -> np.ndarray:
    """Whether titles that differ a little are on other pages ("… in Austria", "… in Australia")."""
    spans = (f.span[a] != "") & (f.span[b] != "") & (f.span[a] != f.span[b])
    return spans & (w["pages"] < 0) & (w["abstract"] <= 3) & (title >= 0.92) & (title < 0.995)


def _unlike(f: Features, a, b, w, title) -> np.ndarray:
    """Alike titles under one DOI that a number or a word of their own tells apart, and no page joins."""
    numbers = (f.numbers[a] != f.numbers[b]) & (f.numbers[a] != "") & (f.numbers[b] != "")
    pages = _other_page(f, a, b)
    words = wording.own_words(f, a, b, np.where((w["doi"] > 0) & pages, title, 0), 0.75)
    return (numbers | words) & (w["pages"] <= 0) & (w["abstract"] <= 3)


def _other_page(f: Features, a, b) -> np.ndarray:
    return (f.page[a] != f.page[b]) & (f.page[a] != "") & (f.page[b] != "")


def _part_of_one(f: Features, a, b, w, title) -> np.ndarray:
    """Books and their chapters, proceedings, supplements and parts often share one DOI.

    Then the DOI does not make them one where the pages contradict under another title, numbers tell
    parts apart, chapters have other titles and nothing else says that they are one, or chapters under
    a heading that many have ("Introduction") are on other pages or by others.
    """
    whole = title >= 0.995
    spans = (f.span[a] != "") & (f.span[b] != "") & (f.span[a] != f.span[b])
    apart = (w["pages"] < 0) & spans & ~whole & (f.numbers[a] == f.numbers[b])
    parts = (f.numbers[a] != f.numbers[b]) & (w["pages"] < 0) & ~whole
    inside = np.isin(f.kind[a], _IN_VOLUMES) & np.isin(f.kind[b], _IN_VOLUMES)
    books = (f.kind[a] == "book") & (f.kind[b] == "book")  # not often two under one number
    unlike = inside & ((title < 0.92) | wording.own_words(f, a, b, title)) & (w["pages"] <= 0) & ~books
    book = (f.kind[a] == "book") ^ (f.kind[b] == "book")
    volume = book & inside & (title < 0.92)
    heading = inside & ~books & _general(f, a, b) & (w["pages"] <= 0) & ((w["pages"] < 0) | (w["authors"] < 0))
    return (apart & (title < 0.98)) | parts | ((unlike | heading) & (w["abstract"] <= 3)) | volume


def _numbers(f, a, b, w, title) -> np.ndarray:
    """Whether numbers in the titles tell two works apart (part 1 and 2, reports of two years).

    Not in the same place, and not where one title only has a number more (the mark of a footnote)
    in the same issue.
    """
    apart = np.flatnonzero(f.numbers[a] != f.numbers[b])
    left, right = f.numbers[a[apart]], f.numbers[b[apart]]
    one_more = np.zeros(len(a), dtype=bool)
    one_more[apart] = [
        set(x.split()) < set(y.split()) or set(y.split()) < set(x.split()) for x, y in zip(left, right, strict=True)
    ]
    issue = (w["volume"] > 0) & (w["issue"] > 0) & (w["source"] > 0) & (w["pages"] >= 0)
    footnote = one_more & issue & (title >= 0.92) & (w["authors"] > 0) & (w["doi"] >= 0)
    return (f.numbers[a] != f.numbers[b]) & ~(w["pages"] > 0) & ~footnote


def _general(f, a, b) -> np.ndarray:
    return (f.words[a] <= GENERAL) & (f.words[b] <= GENERAL)


def _another_place(f, a, b, w, title) -> np.ndarray:
    """The same title by the same authors in the same year, where only the place says something else.

    Databases err in issues and pages, and journals print a corrected text again. Not what recurs
    ("Editorial"), nor a short title whose page or number is another one.
    """
    people = (w["authors"] > 2) & (w["first author"] > 0) & (w["year"] > 0) & (title >= 0.96)
    short = _general(f, a, b)
    one = ~short & _recurring(f, a, b, w)
    other = short & _elsewhere(f, a, b, w) & (w["source"] > 0) & (w["pages"] >= 0) & (w["doi"] >= 0)
    comparable = people & (one | other)
    return wording.without_recurring(f, a, comparable)


def _elsewhere(f, a, b, w) -> np.ndarray:
    """Whether anything says another place; page 524 is not in two issues of one volume."""
    large = np.array([len(p) > 2 and (len(p) > 3 or p >= "200") for p in f.page[a]], dtype=bool)
    through = (w["pages"] > PAGE_EQUAL) & (w["volume"] > 0) & large
    return ((w["issue"] < 0) & ~through) | (w["pages"] < 0) | (w["doi"] < 0)


def _recurring(f, a, b, w) -> np.ndarray:
    """The same heading in another issue of the volume.

    Not a long one in an entry without pages beside one with them: exports leave pages out and err
    in issues, but what recurs recurs with its pages or always without. The same abstract settles it.
    """
    short = np.minimum(f.words[a], f.words[b]) < LONG
    nowhere = (f.page[a] == "") & (f.page[b] == "") & (w["abstract"] <= 3)
    moved = (w["pages"] < 0) | ((w["pages"] == 0) & (short | nowhere))
    return (w["volume"] > 0) & (w["issue"] < 0) & moved


def _elsewhere_printed(f, a, b, w) -> np.ndarray:
    """Other names of where it appeared, also alike ones ("Journal of …", "Workshop of …")."""
    by_name = (f.kind[a] == "conference paper") == (f.kind[b] == "conference paper")
    named = f.meeting_name[a] ^ f.meeting_name[b]
    alike = (w["source"] < SOURCE_EQUAL) & (w["source"] > 0) & (w["volume"] <= 0)
    half = (w["source"] == 0) & (w["volume"] <= 0) & named
    for k in np.flatnonzero(half):
        half[k] = bool(f.source[a[k]] and f.source[b[k]])
    return (w["source"] < 0) | ((by_name | named) & alike) | half


def _other_journal(w) -> np.ndarray:
    """Abstracts of meetings are printed in two journals; each is a report of its own."""
    return (w["source"] < 0) & (w["volume"] < 0) & ~(w["pages"] > 0)


def _translated(f, a, b, title) -> np.ndarray:
    left, right = f.language[a], f.language[b]
    known = (left != "") & (right != "")
    return known & (left != right) & (title < 0.75)
