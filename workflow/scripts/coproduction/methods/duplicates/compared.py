"""What is compared when two entries are held side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

STOP = frozenset(
    """
        a an and as at by for from in into of on or the to with de la le les des du der die das und el los las del
        en y e et im zur
    """.split()
)
LONG = 8  # significant words from which a title is hardly a heading that recurs
GENERAL = 3  # words in a title that may head many works ("Editorial introduction")


@dataclass(frozen=True)
class Features:
    """Parallel lists and arrays, one element per entry, in the order of the table."""

    title: np.ndarray  # normalised words
    words: np.ndarray  # how many words of the title are no stop words
    numbers: np.ndarray  # numbers and Roman numerals of the title, sorted, as text
    notice: np.ndarray  # erratum, reply, comment … or empty
    heads: np.ndarray  # the title before its first colon, dash, question mark or full stop
    authors: np.ndarray  # normalised family names
    names: np.ndarray  # all words of the names but initials
    first_author: np.ndarray
    year: np.ndarray  # 0 where missing
    source: np.ndarray
    initials: np.ndarray  # of the source's words
    volume: np.ndarray
    issue: np.ndarray
    page: np.ndarray  # first page, digits
    page_number: np.ndarray  # the same as a number, -9 where there is none
    span: np.ndarray  # first and last page of works of three pages and more
    doi: np.ndarray
    doi_stem: np.ndarray  # without the number of the version that some servers write behind it
    pmid: np.ndarray
    kind: np.ndarray  # type of work
    meeting: np.ndarray  # a conference paper by its type or by the name of where it appeared
    meeting_name: np.ndarray  # the same by the name alone
    ahead: np.ndarray  # published ahead of print: pages from 1, no volume yet
    language: np.ndarray  # two letters, empty where unknown or several
    tongue: np.ndarray  # the language in which the title is written, empty where unknown
    other_title: np.ndarray  # a second title in brackets ("Titre [Title]"), normalised
    bracketed: np.ndarray  # a title in square brackets: MEDLINE's sign of a translated title
    abstract: np.ndarray  # first 300 characters, normalised
    full_abstract: np.ndarray  # as it stands
    people: np.ndarray  # how many authors are named
    said: np.ndarray  # a number that is equal where all fields but abstract and accession are


def object_array(values: Iterable[object]) -> np.ndarray:
    """Any values as an array of objects.

    >>> object_array(["a", ""]).dtype
    dtype('O')
    """
    return np.array(list(values), dtype=object)


def significant(title: str, count: int) -> list[str]:
    """The first `count` words of a normalised title that are no stop words.

    >>> significant("the work of citizens and staff", 2)
    ['work', 'citizens']
    """
    words = [w for w in title.split() if w not in STOP]
    return words[:count]


def features_of(title: Sequence[str], **known: Sequence) -> Features:
    """Features of entries of which nothing is known but normalised titles and what is named.

    >>> f = features_of(["citizens as partners", "doors"], year=[2019, 0])
    >>> f.words.tolist(), f.year.tolist(), f.doi.tolist()
    ([2, 1], [2019, 0], ['', ''])
    """
    count = len(title)
    missing = {
        **dict.fromkeys(("year", "people"), np.zeros(count, dtype=np.int32)),
        **dict.fromkeys(("meeting", "meeting_name", "ahead", "bracketed"), np.zeros(count, dtype=bool)),
        "page_number": np.full(count, -9),
        "said": np.arange(count),
    }
    columns = {f.name: missing.get(f.name, object_array([""] * count)) for f in fields(Features)}
    columns |= {"title": object_array(title), "words": np.array([len(significant(t, 99)) for t in title])}
    for name, values in known.items():
        columns[name] = object_array(values) if columns[name].dtype == object else np.array(values)
    return Features(**columns)
