"""How alike two entries are: a sum of weights, one per field, that anybody can check.

The model is that of Fellegi and Sunter (1969, doi:10.1080/01621459.1969.10501049): each field adds
the logarithm (base 2) of how much more often its degree of agreement occurs among duplicates than
among other pairs; a missing value adds nothing. Two thresholds divide pairs into the same, doubtful
and different; what must not be merged whatever the score has a reason of its own.

Peers: bib-dedupe (CoLRev), a list of hand-written conditions, and ASySD (Hair et al. 2023,
doi:10.1186/s12915-023-01686-z) in R were measured beside this model in
benchmarks/literature_dedup.py. Neither says of a pair why it was merged and how near it came.
"""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from coproduction.methods.duplicates import vetoes, wording
from coproduction.methods.duplicates.compared import GENERAL, LONG, Features

# Degree of agreement (from, weight): the first line whose bound the similarity reaches counts.
TITLE = ((0.995, 9.0), (0.96, 7.5), (0.92, 5.0), (0.86, 2.0), (0.75, -2.0), (0.5, -7.0), (0, -12.0))
AUTHORS = ((0.95, 3.0), (0.8, 2.0), (0.6, 0.5), (0.4, -2.0), (0, -5.0))
FIRST_AUTHOR = ((0.99, 1.5), (0.8, 0.5), (0, -2.5))
SOURCE = ((0.95, 2.5), (0.8, 1.5), (0.6, 0.0), (0, -2.0))
ABSTRACT = ((0.95, 6.0), (0.85, 3.5), (0.6, 0.0), (0, -4.0))
YEAR = {0: 1.5, 1: 0.0, 2: -2.0}  # difference in years; more: -4
VOLUME = (2.0, -3.0)  # equal, different
ISSUE = (1.0, -1.0)
PAGE = (4.0, -3.5)
SPAN = 6.0  # first and last page of a work of three pages and more
LONG_TITLE = 1.5  # how much more equal titles of many words say
DOI = (14.0, -6.0)
PMID = (16.0, -8.0)
EVERY_FIELD = 5.0  # no field tells two entries apart but their numbers in the databases
PRIOR = -12.0
ANOTHER_JOURNAL = 0.7  # similarity of a journal whose name is within another one's
# Words that databases add to the name of a journal: editions, places, what it belongs to.
ADDED_TO_JOURNALS = frozenset(
    """
        the online print ed edition version official society association basel london england oxford new york
        bethesda md usa us uk switzerland suppl supplement part section series a b c proceedings baltimore
        philadelphia pa chicago ill conference print electronic berlin germany amsterdam netherlands of journal j
        and for in clinical research
    """.split()
)
SIMILAR = 0.92  # similarity of titles from which two works are worth linking


@dataclass(frozen=True)
class Scores:
    """Per pair: the weight of each field, their sum with the prior, and the veto if any."""

    weights: dict[str, np.ndarray]
    score: np.ndarray
    veto: np.ndarray  # text, empty where nothing forbids a merge
    title: np.ndarray  # similarity of the titles, 0–1, NaN where one is missing
    head: np.ndarray  # whether the main titles are the same
    tongues: np.ndarray  # whether they are in different languages, as far as is known
    twin: np.ndarray  # whether the title and what else is known agree, though that is little

    @property
    def sure(self) -> np.ndarray:
        """Pairs that may join in spite of different DOIs in their clusters."""
        w = self.weights
        place = (w["pages"] > 0) & (w["volume"] > 0) & (w["first author"] > 0)
        number = (w["doi"] > 0) | (w["pmid"] > 0)
        return number | (w["same text"] > 0) | (place & (w["title"] >= 7.5))

    @property
    def same_authors(self) -> np.ndarray:
        """Pairs whose authors agree as far as they are known."""
        return (self.weights["authors"] >= 0) & (self.weights["first author"] >= -0.5)

    @property
    def translated(self) -> np.ndarray:
        """Pairs of different languages by the same authors that may be one work and a translation.

        The same abstract says so, or the same issue of a journal that prints two languages.
        """
        w = self.weights
        issue = (w["volume"] > 0) & (w["issue"] > 0) & (w["source"] > 2) & (w["year"] >= 0)
        authors = (w["authors"] > 2) & (w["first author"] >= 0)
        return self.tongues & authors & (issue | (w["abstract"] > 3))

    @property
    def elsewhere_titled(self) -> np.ndarray:
        """Pairs in the same place under other titles (translations, mostly).

        By the same authors in a journal of that name, or on all the same pages, where the names of
        authors or of the journal may be missing or written in another way.
        """
        w = self.weights
        place = (w["pages"] > 0) & (w["volume"] > 0) & (w["year"] >= 0) & (w["doi"] >= 0)
        span, journal, authors = w["pages"] >= SPAN, w["source"] > 0, w["authors"] > 2
        two_agree = (authors & journal) | (span & journal & (w["authors"] >= 0)) | (span & authors)
        return place & two_agree & (w["title"] < 2)

    def worth_keeping(self, review_score: float) -> np.ndarray:
        """Positions of the pairs of which something is said; the many others are just different."""
        related = (self.title >= SIMILAR) | self.head | self.translated
        near = (self.score >= review_score) | self.elsewhere_titled | self.twin
        numbered = np.isin(self.veto, vetoes.NUMBERED)
        return np.flatnonzero(near | (related & self.same_authors) | numbered)

    def take(self, chosen: np.ndarray) -> "Scores":
        weights = {name: values[chosen] for name, values in self.weights.items()}
        rest = (self.score, self.veto, self.title, self.head, self.tongues, self.twin)
        return Scores(weights, *(values[chosen] for values in rest))


def joined(parts: list[Scores]) -> Scores:
    """The scores of several lists of pairs, one after the other.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["citizens as partners in care"] * 3)
    >>> parts = [score_pairs(f, np.array([pair])) for pair in ((0, 1), (1, 2))]
    >>> joined(parts).weights["title"].tolist()
    [5.0, 5.0]
    """
    weights = {n: np.concatenate([p.weights[n] for p in parts]) for n in parts[0].weights}
    rest = ("score", "veto", "title", "head", "tongues", "twin")
    return Scores(weights, *(np.concatenate([getattr(p, n) for p in parts]) for n in rest))


def evidence(scores: Scores, chosen: np.ndarray) -> list[str]:
    """The weights that are not zero of each pair in `chosen`, as text.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["citizens as partners in care"] * 2, year=[2019, 2021])
    >>> evidence(score_pairs(f, np.array([(0, 1)])), np.array([0]))
    ['title +5.0; year -2.0']
    """
    names = list(scores.weights)
    matrix = np.column_stack([scores.weights[n][chosen] for n in names])
    return ["; ".join(f"{n} {w:+.1f}" for n, w in zip(names, row, strict=True) if w) for row in matrix]


def score_pairs(f: Features, pairs: np.ndarray, workers: int = 1) -> Scores:
    """Scores of candidate pairs (positions, shape (m, 2)).

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["citizens as partners in care"] * 2, doi=["10.5555/a", "10.5555/a"])
    >>> scores = score_pairs(f, np.array([(0, 1)]))
    >>> scores.weights["doi"].tolist(), scores.score.tolist(), scores.veto.tolist()
    ([14.0], [7.0], [''])
    """
    a, b = pairs[:, 0], pairs[:, 1]
    authors = _authors(f, a, b, workers)
    weights = {
        "title": np.zeros(len(a)),
        "authors": _graded(authors, AUTHORS),
        "first author": _graded(similarity(f.first_author, a, b, fuzz.ratio, workers, 80), FIRST_AUTHOR),
        "year": _year(f.year[a], f.year[b]),
        "source": _graded(_source(f, a, b, workers), SOURCE),
        "volume": _equal(f.volume, a, b, VOLUME),
        "issue": _equal(f.issue, a, b, ISSUE),
        "pages": _equal(f.page, a, b, PAGE),
        "doi": _equal(f.doi, a, b, DOI),
        "pmid": _equal(f.pmid, a, b, PMID),
        "abstract": _graded(similarity(f.abstract, a, b, fuzz.ratio, workers, 60), ABSTRACT),
    }
    _place_by_columns(f, a, b, weights)
    title = _titles(f, a, b, weights, workers)
    weights["title"] = _title_weight(f, a, b, title)
    _weigh_together(f, a, b, weights, title, authors)
    weights["same text"] = _despite_the_place(f, a, b, weights)
    equal = (f.said[a] == f.said[b]) & (weights["abstract"] >= 0)
    weights["every field"] = np.where(equal, EVERY_FIELD, 0.0)
    score = PRIOR + np.sum(list(weights.values()), axis=0)
    veto = vetoes.reasons(f, a, b, weights, title)
    head, twin = _same_head(f, a, b), _twin(f, a, weights, title)
    return Scores(weights, score, veto, title, head, _tongues(f, a, b), twin)


def _twin(f: Features, a, w: dict, title: np.ndarray) -> np.ndarray:
    """Whether title and authors, or title, year and journal, are the same and nothing contradicts.

    A short title alone gives little evidence ("Shared desks" in a row of Google Scholar).
    """
    people = (w["authors"] > 2) & (w["first author"] > 0)
    nobody = (w["authors"] == 0) & (w["first author"] == 0)
    journal = nobody & (w["year"] > 0) & (w["source"] >= SOURCE[0][1])
    alike = (title >= 0.995) & (people | journal)
    for field in ("year", "volume", "issue", "pages", "doi", "pmid", "abstract"):
        alike &= w[field] >= 0
    alike &= (w["source"] >= 0) | (w["year"] > 0)  # Google Scholar may name the publisher
    return wording.without_recurring(f, a, alike)


def similarity(values: np.ndarray, a, b, scorer, workers: int, least: float = 0) -> np.ndarray:
    """Similarity 0–1 of values[a] and values[b]; NaN where either is empty.

    Below `least` (per cent) nothing depends on how alike they are: it counts as 0, which is found
    faster.

    >>> from rapidfuzz import fuzz
    >>> words = np.array(["care", "cure", ""], dtype=object)
    >>> similarity(words, np.array([0, 0]), np.array([1, 2]), fuzz.ratio, 1).tolist()
    [0.75, nan]
    """
    left, right = values[a], values[b]
    known = np.flatnonzero((left != "") & (right != ""))
    alike = np.full(len(a), np.nan, dtype=np.float32)
    alike[known] = (
        process.cpdist(
            left[known].tolist(),
            right[known].tolist(),
            scorer=scorer,
            score_cutoff=least,
            workers=workers,
            dtype=np.float32,
        )
        / 100
    )
    return alike


def _titles(f: Features, a, b, weights: dict, workers: int) -> np.ndarray:
    """Similarity of titles as written, with words in any order, or as one within the other."""
    title = similarity(f.title, a, b, fuzz.ratio, workers, 50)
    close = title < 0.96
    if close.any():
        again = similarity(f.title, a[close], b[close], fuzz.token_sort_ratio, workers, 50)
        title[close] = np.fmax(title[close], again * 0.99)
    within = wording.title_within(f, a, b, title, weights)
    title = np.where(within > 0, np.fmax(title, within), title)
    for k in np.flatnonzero((title < 0.92) & (weights["pages"] > 0) & (weights["authors"] > 0)):
        for one, other in ((a[k], b[k]), (b[k], a[k])):
            if f.other_title[one]:
                alike = fuzz.ratio(f.other_title[one], f.title[other]) / 100
                title[k] = max(title[k], min(alike, 0.95))
    return title


def _title_weight(f: Features, a, b, title: np.ndarray) -> np.ndarray:
    """A short title says less, a long one more."""
    weight = _graded(title, TITLE)
    shorter = np.minimum(f.words[a], f.words[b])
    weight = np.where((shorter >= LONG) & (title >= 0.96), weight + LONG_TITLE, weight)
    general = (f.words[a] <= GENERAL) & (f.words[b] <= GENERAL)
    return np.where(general, np.minimum(weight, 5.0), weight)


def _authors(f: Features, a, b, workers: int) -> np.ndarray:
    """Similarity of family names, or of all long words of the names where those were swapped."""
    families = similarity(f.authors, a, b, fuzz.token_set_ratio, workers, 40)
    apart = families < 0.8
    if apart.any():
        whole = similarity(f.names, a[apart], b[apart], fuzz.token_set_ratio, workers, 40)
        families[apart] = np.fmax(families[apart], whole * 0.9)
    return families


def _weigh_together(f: Features, a, b, w: dict, title: np.ndarray, authors: np.ndarray) -> None:
    """Weights that depend on each other; changed in place.

    Names are what exports spoil most: the same title in the same place outweighs them. A work of
    several pages in exactly the same place by the same authors is the same under another title when
    databases translated the title (it is in another language, or in brackets as in MEDLINE) or the
    abstract is the same; a translation that was published has a place of its own. The names of
    proceedings vary more than those of journals.
    """

    def at_least(field: str, where: np.ndarray, least: float) -> None:
        w[field] = np.where(where, np.maximum(w[field], least), w[field])

    span = (f.span[a] == f.span[b]) & (f.span[a] != "")
    near = _near(f.page_number, a, b) & (w["volume"] > 0) & (w["issue"] >= 0)
    at_least("pages", span, SPAN)
    at_least("pages", f.ahead[a] ^ f.ahead[b], 0.0)
    at_least("pages", near & (title >= 0.92), 0.0)
    place = (title >= 0.92) & (w["pages"] > 0) & (w["volume"] > 0) & (f.words[a] > GENERAL)
    at_least("authors", place, -2.0)
    at_least("first author", place | (authors >= 0.8), -0.5)
    both = (f.kind[a] == "conference paper") & (f.kind[b] == "conference paper")
    both &= w["volume"] >= 0  # an abstract may be printed by two journals
    at_least("source", both, 0.0)
    exact = span & (w["volume"] > 0) & (w["issue"] >= 0) & (w["source"] > 0) & (w["year"] >= 0)
    said_so = f.bracketed[a] | f.bracketed[b] | (w["abstract"] > 3) | _tongues(f, a, b)
    at_least("title", exact & said_so & (authors >= 0.95) & (w["doi"] >= 0), 0.0)


def _tongues(f: Features, a, b) -> np.ndarray:
    """Whether two titles, or the works by what is said of them, are in different languages."""
    differ = np.zeros(len(a), dtype=bool)
    for of in (f.tongue, f.language):
        differ |= ((of[a] != "") & (of[b] != "") & (of[a] != of[b])).astype(bool)
    return differ


def _same_head(f: Features, a, b) -> np.ndarray:
    return ((f.heads[a] == f.heads[b]) & (f.heads[a] != "")).astype(bool)


def _near(page: np.ndarray, a, b) -> np.ndarray:
    """Whether first pages are known and at most two apart."""
    left, right = page[a], page[b]
    return (left >= 0) & (right >= 0) & (np.abs(left - right) <= 2)


def _despite_the_place(f: Features, a, b, w: dict) -> np.ndarray:
    """What takes back all that the place says against a text that was printed twice."""
    against = sum(np.minimum(w[n], 0.0) for n in ("volume", "issue", "pages", "doi", "pmid"))
    return np.where(wording.printed_twice(f, a, b, w), -against, 0.0)


def _place_by_columns(f: Features, a, b, w: dict) -> None:
    """Volume, issue and year that one column tells of another; changed in place.

    Exports that leave the volume out may move what follows by one column: volume and issue of one
    entry then stand as issue and first page of the other. The same issue of a journal is of one
    year, also where an entry has none.
    """
    moved = np.zeros(len(a), dtype=bool)
    for one, other in ((a, b), (b, a)):
        without_volume = (f.volume[one] == "") & (f.issue[one] != "") & (f.page[one] != "")
        moved |= without_volume & (f.issue[one] == f.volume[other]) & (f.page[one] == f.issue[other])
    moved &= (w["source"] > 0) & (w["year"] > 0)
    for field, weight in (("volume", VOLUME[0]), ("issue", ISSUE[0]), ("pages", 0.0)):
        w[field] = np.where(moved, np.maximum(w[field], weight), w[field])
    issue = (w["volume"] > 0) & (w["issue"] > 0) & (w["source"] >= SOURCE[0][1])
    unknown = (f.year[a] == 0) | (f.year[b] == 0)
    w["year"] = np.where(issue & unknown, YEAR[0], w["year"])


def _source(f: Features, a, b, workers: int) -> np.ndarray:
    """Similarity of journals; an abbreviation ("Nat Rev Nephrol") counts by its initials."""
    alike = similarity(f.source, a, b, fuzz.token_set_ratio, workers, 60)
    initials = (f.initials[a] == f.initials[b]) & np.array([len(x) > 1 for x in f.initials[a]], bool)
    alike = np.where(initials, np.fmax(alike, 0.85), alike)
    journals = ~(f.meeting[a] & f.meeting[b])  # names of proceedings vary more
    for k in np.flatnonzero((alike >= 0.95) & journals & _differ(f.source, a, b)):
        if _another_journal(f.source[a[k]], f.source[b[k]]):
            alike[k] = ANOTHER_JOURNAL
    return alike


def _differ(values: np.ndarray, a, b) -> np.ndarray:
    return (values[a] != values[b]).astype(bool)


def _another_journal(one: str, other: str) -> bool:
    """Whether one name begins the other, which goes on with words that make it another journal.

    "Public Administration" and "Public Administration Review"; not what databases add, such as the
    place or the edition.
    """
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if shorter == longer[: len(shorter)]:
        more = longer[len(shorter) :]
    elif shorter == longer[-len(shorter) :]:
        more = longer[: -len(shorter)]
    else:
        return False
    return bool(more) and not set(more) & ADDED_TO_JOURNALS and len(more) < 4


def _graded(similarity: np.ndarray, grades) -> np.ndarray:
    weight = np.zeros(len(similarity))
    for bound, value in reversed(grades):
        weight[similarity >= bound] = value
    return weight


def _equal(values: np.ndarray, a, b, weights: tuple[float, float]) -> np.ndarray:
    left, right = values[a], values[b]
    known = (left != "") & (right != "")
    return np.where(known, np.where(left == right, *weights), 0.0).astype(float)


def _year(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    apart = np.abs(left - right)
    weight = np.select([apart == k for k in YEAR], list(YEAR.values()), -4.0)
    return np.where((left > 0) & (right > 0), weight, 0.0)
