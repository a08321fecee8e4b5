"""What a text is to the ranking model: sparse vectors of words, word pairs and parts of words.

Words get numbers and pairs of neighbours the codes that follow from them, so that counting is
grouping whole numbers, which compares none of them: the same matrix as scikit-learn's TfidfVectorizer gives (tests), in a tenth
of its time and memory, which is what 100,000 records ask for. scikit-learn itself is not loaded, which alone takes
half a second and 55 MB.
Sentence embeddings were considered and left out: they need model weights from elsewhere, cost
minutes instead of seconds without a graphics card, and cannot say which terms speak for or against
a record.
"""

import importlib.util
import itertools
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from coproduction.core.garbage_collection import return_memory
from coproduction.methods.relevance_model import Kind
from coproduction.methods.sparse_rows import (
    ENTRIES,
    chosen_columns,
    inverse_frequencies,
    side_by_side,
    spread,
    unit_rows,
)
from coproduction.methods.term_counts import FEW, Text, blocks_of, count_terms, is_telling
from coproduction.methods.word_numbers import parts_of_words, read_words

NO_TERM = -1
DAMPED = 0.1  # of what a count says in the Bayes part


@dataclass(frozen=True)
class Terms:
    """The columns of one kind: codes in rising order and their inverse document frequencies.

    The code of a word is its number times one more than there are words, that of a pair the same
    plus one and the number of the second word; that of a part is its number. Words and parts are
    numbered in the order of the alphabet.
    """

    kind: Kind
    codes: np.ndarray
    idf: np.ndarray


@dataclass(frozen=True)
class Features:
    """Vectors of n records.

    similar: csr (n, p), for the distance-based part; the inner product of two rows is the
    weighted mean of their cosine similarities in each kind of term (between 0 and 1). Its columns
    are those of `kinds`, one kind after the other, and behind them as many as there are `works` which
    records cite, which have `works_share` of the mean. counts: csr (n, q), damped counts of the words
    `counted` (codes) for the Bayes part. words: the vocabulary. parts: those of its words by their letters, where
    they are at hand.
    """

    similar: sparse.csr_matrix
    counts: sparse.csr_matrix
    kinds: tuple[Terms, ...]
    counted: np.ndarray
    words: np.ndarray
    works: int = 0
    works_share: float = 0.0
    parts: Mapping[int, sparse.csr_matrix] = field(default_factory=dict, compare=False, repr=False)

    def take(self, rows: np.ndarray) -> "Features":
        """The features of some of the records; frequencies stay those of all."""
        return replace(self, similar=self.similar[rows], counts=self.counts[rows])

    def citing(self) -> int:
        """How many of the records are linked with others by what they cite."""
        if not self.works:
            return 0
        return int(np.count_nonzero(np.diff(self.similar[:, -self.works :].indptr)))

    def named(self) -> np.ndarray:
        """Code of each column of `similar`; NO_TERM for parts of words and for works."""
        codes = [np.full(len(terms.codes), NO_TERM) if terms.kind.letters else terms.codes for terms in self.kinds]
        return np.concatenate([*codes, np.full(self.works, NO_TERM)]) if codes else np.zeros(0, dtype=np.int64)

    def name(self, code: int) -> str:
        """The term with this code in words."""
        first, second = divmod(int(code), len(self.words) + 1)
        return f"{self.words[first]} {self.words[second - 1]}" if second else str(self.words[first])


def make_features(records: pd.DataFrame | Iterable[pd.DataFrame], kinds: tuple[Kind, ...]) -> Features:
    """Features of `records` (columns title, abstract, keywords; empty texts allowed), whole or in pieces.

    >>> texts = pd.DataFrame({"title": ["home care", "home visits"], "abstract": ["", ""]})
    >>> features = make_features(texts, (Kind("words", "all", 0, 1.0),))
    >>> [features.name(code) for code in features.named()]
    ['care', 'home', 'home care', 'home visits', 'visits']
    >>> features.similar.shape
    (2, 5)
    """
    words, text = _read([records] if isinstance(records, pd.DataFrame) else records)
    blocks, terms, inside = [], [], {}
    total = sum(kind.share for kind in kinds)
    counts = np.zeros(0, dtype=np.int64), sparse.csr_matrix((text.n, 0), dtype=np.float32)
    for kind in kinds:
        text_of_kind, more = text, np.zeros(1)
        if kind.text == "title":
            text_of_kind = Text(text.ids[text.in_title], text.owner[text.in_title], text.in_title, text.n)
        if kind.letters:
            inside[kind.letters] = parts_of_words(words, kind.letters)
            codes, idf, matrix = _weigh_parts(text_of_kind, inside[kind.letters])
        else:
            codes, idf, matrix, single, alone = _weigh_words(text_of_kind, words)
            counts = single if kind.text == "all" else counts
            more = alone * (1 + np.log((1 + text.n) / 2)) ** 2 if kind.alone else more
        matrix = unit_rows(matrix, more)
        matrix.data *= np.float32(np.sqrt(kind.share / total))
        blocks.append(matrix)
        terms.append(Terms(kind, codes, idf))
        del matrix, text_of_kind
        return_memory()
    del text
    return_memory()
    similar = side_by_side(blocks)
    return Features(similar, counts[1], tuple(terms), counts[0], words, parts=inside)


def text_of(features: Features, text: str) -> Features:
    """The features of one text that belongs to no record (title and abstract), in the columns of these.

    Words and pairs that no record has count in its length as those of a single record do; the frequencies stay those of
    the records.

    >>> texts = pd.DataFrame({"title": ["home care", "home visits"], "abstract": ["", ""]})
    >>> features = make_features(texts, (Kind("words", "all", 0, 1.0),))
    >>> text_of(features, "care at home").similar.shape
    (1, 5)
    """
    words_of_text, ids, _ = read_words([text])
    places = [bisect_left(features.words, word) for word in words_of_text]
    known = [
        at < len(features.words) and features.words[at] == word for at, word in zip(places, words_of_text, strict=True)
    ]
    unknown = [i for i in dict.fromkeys(ids.tolist()) if not known[i]]
    numbers = np.array(places, dtype=np.int64)
    numbers[unknown] = -1 - np.arange(len(unknown))
    ids = numbers[ids]
    total = sum(terms.kind.share for terms in features.kinds)
    records = features.similar.shape[0]
    rows = [_row_of(ids, features, terms, records) for terms in features.kinds]
    parts = [row * np.sqrt(terms.kind.share / total) for row, terms in zip(rows, features.kinds, strict=True)]
    text_row = np.concatenate(parts) * np.sqrt(1 - features.works_share)
    row = sparse.csr_matrix(np.append(text_row, np.zeros(features.works))[None, :], dtype=np.float32)
    single = _times(ids[ids >= 0] * (len(features.words) + 1), features.counted)
    counted = sparse.csr_matrix(_damped(single)[None, :], dtype=np.float32)
    return replace(features, similar=row, counts=counted)


def add_text(features: Features, text: str) -> Features:
    """The features with one more row, that of a text which belongs to no record.

    >>> texts = pd.DataFrame({"title": ["home care", "home visits"], "abstract": ["", ""]})
    >>> features = add_text(make_features(texts, (Kind("words", "all", 0, 1.0),)), "care at home")
    >>> features.similar.shape
    (3, 5)
    """
    words_of_text = text_of(features, text)
    similar = sparse.vstack([features.similar, words_of_text.similar], format="csr")
    counts = sparse.vstack([features.counts, words_of_text.counts], format="csr")
    return replace(features, similar=similar, counts=counts)


def _row_of(ids: np.ndarray, features: Features, terms: Terms, records: int) -> np.ndarray:
    """TF-IDF vector of a text whose unknown words have numbers below 0, of unit length with what only it has."""
    known, alone, letters = ids[ids >= 0], np.zeros(0), terms.kind.letters
    if letters:
        inside = features.parts[letters] if letters in features.parts else parts_of_words(features.words, letters)
        codes = inside[known].indices
    else:
        width = len(features.words) + 1
        pairs = np.stack([ids[:-1], ids[1:]], axis=1)
        both = (pairs >= 0).all(axis=1)
        of_pairs = np.where(both, pairs[:, 0] * width + pairs[:, 1] + 1, NO_TERM)
        codes = np.concatenate([known * width, of_pairs[both]])
        if terms.kind.alone and records > FEW:
            alone = np.concatenate([_repeats(pairs[~_among(of_pairs, terms.codes)]), _repeats(ids[ids < 0][:, None])])
    times = _times(codes, terms.codes)
    row = np.where(times > 0, 1 + np.log(np.maximum(times, 1)), 0) * terms.idf
    more = (1 + np.log(np.maximum(alone, 1))) * (1 + np.log((1 + records) / 2))
    length = np.sqrt((row**2).sum() + (more**2).sum())
    return row / length if length else row


def _repeats(rows: np.ndarray) -> np.ndarray:
    """How often each different row comes."""
    return np.unique(rows, axis=0, return_counts=True)[1]


def _among(codes: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Which of the codes are among `columns` (rising)."""
    if not len(columns):
        return np.zeros(len(codes), dtype=bool)
    return columns[np.searchsorted(columns, codes).clip(max=len(columns) - 1)] == codes


def _times(codes: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """How often each of `columns` (rising) is among the codes."""
    known = codes[_among(codes, columns)]
    return np.bincount(np.searchsorted(columns, known), minlength=len(columns))


def _texts_of(records: pd.DataFrame) -> Iterator[str]:
    """Of each record the title, then abstract and keywords."""
    titles, *rest = (records[name].fillna("").tolist() for name in ("title", "abstract", "keywords") if name in records)
    bodies = map(" ".join, zip(*rest, strict=True)) if rest else [""] * len(records)
    return itertools.chain.from_iterable(zip(titles, bodies, strict=True))


def _read(records: Iterable[pd.DataFrame]) -> tuple[np.ndarray, Text]:
    """The vocabulary in alphabetical order, and the words of title, abstract and keywords."""
    words, ids, many = read_words(itertools.chain.from_iterable(map(_texts_of, records)))
    texts = np.arange(len(many), dtype=np.int32)  # even: titles, odd: the rest
    owner, in_title = (np.repeat(a, many) for a in (texts // 2, texts % 2 == 0))
    return words, Text(ids, owner, in_title, len(many) // 2)


def _weigh_parts(text: Text, inside: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray, sparse.csr_matrix]:
    """Codes, inverse document frequencies and sublinear TF-IDF of the parts of words.

    Their counts follow from those of the words and the parts inside each.
    """
    ends = np.searchsorted(text.owner, np.arange(text.n + 1))
    ones = np.ones(len(text.ids), dtype=np.float32)
    matrix = sparse.csr_matrix((ones, text.ids, ends), (text.n, inside.shape[0])) @ inside
    many = spread(matrix)
    telling = np.flatnonzero(is_telling(many, text.n))
    matrix, idf = chosen_columns(matrix, telling), inverse_frequencies(many[telling], text.n)
    np.log(matrix.data, out=matrix.data)
    matrix.data += 1
    for start in range(0, matrix.nnz, ENTRIES):
        matrix.data[start : start + ENTRIES] *= idf[matrix.indices[start : start + ENTRIES]]
    return telling, idf, matrix


def _weigh_words(
    text: Text, words: np.ndarray
) -> tuple[np.ndarray, np.ndarray, sparse.csr_matrix, tuple[np.ndarray, sparse.csr_matrix], np.ndarray]:
    """Codes, inverse document frequencies and sublinear TF-IDF of the single words and the pairs of neighbours.

    With them codes and damped counts of the single words that are no stop words, and how much each text has that no other
    has, the sum of the squares of 1 + ln count (n,). Counted block by block of the alphabet, so that the memory needed
    stays a fraction of the text, and weighed term by term, while the records of a term are side by side.
    """
    n, width = text.n, len(words) + 1
    alone, telling = np.zeros(n, dtype=np.float32), ~_silent(words)
    codes, singles, idfs = ([np.zeros(0, dtype=kind)] for kind in (np.int64, np.int64, np.float32))
    blocks, damped = ([sparse.csr_matrix((n, 0), dtype=np.float32)] for _ in range(2))
    for low, high in blocks_of(text.ids, len(words)):
        codes_of_block, many, owners, times, once, repeated = count_terms(text, low, high, width)
        alone += np.bincount(once, (1 + np.log(repeated)) ** 2, minlength=n).astype(np.float32)
        values = np.log(times.astype(np.float32)) + 1
        idfs.append(inverse_frequencies(many, n))
        codes.append(codes_of_block)
        blocks.append(_of_columns(values * np.repeat(idfs[-1], many), owners, many, n))
        counted = (codes_of_block % width == 0) & telling[codes_of_block // width]
        entries = np.repeat(counted, many)
        singles.append(codes_of_block[counted])
        damped.append(_of_columns(DAMPED * values[entries], owners[entries], many[counted], n))
    single = np.concatenate(singles), side_by_side(damped)
    return np.concatenate(codes), np.concatenate(idfs), side_by_side(blocks), single, alone


def _of_columns(values: np.ndarray, rows: np.ndarray, many: np.ndarray, n: int) -> sparse.csr_matrix:
    """The matrix (n, p) of values column by column, `many` in each."""
    return sparse.csc_matrix((values, rows, np.append(0, many.cumsum())), (n, len(many))).tocsr()


@cache
def stop_words() -> frozenset[str]:
    """The English stop words of scikit-learn, from the file of that list alone.

    >>> "the" in stop_words()
    True
    """
    package = importlib.util.find_spec("sklearn")
    places = package.submodule_search_locations if package else None
    path = Path(places[0], "feature_extraction", "_stop_words.py") if places else Path()
    if path.is_file() and (spec := importlib.util.spec_from_file_location("stop_words", path)) and spec.loader:
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return frozenset(module.ENGLISH_STOP_WORDS)
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # in a release that keeps the list elsewhere

    return frozenset(ENGLISH_STOP_WORDS)


def _silent(words: np.ndarray) -> np.ndarray:
    """Which of the words are stop words."""
    silent = np.zeros(len(words), dtype=bool)
    for word in stop_words():
        at = bisect_left(words, word)
        silent[at : at + 1] |= words[at : at + 1] == word
    return silent


def _damped(times: np.ndarray) -> np.ndarray:
    """DAMPED times 1 + ln count, 0 for none."""
    return np.where(times > 0, DAMPED * (1 + np.log(np.maximum(times, 1))), 0).astype(np.float32)


def write_features(features: Features, path: str | Path) -> None:
    """Write the features to a file, whole or not at all; the same features give the same bytes.

    A plain NumPy archive, not compressed: it is read in less than a second at 100,000 texts.

    >>> import tempfile
    >>> features = make_features(pd.DataFrame({"title": ["home care"]}), (Kind("words", "all", 0, 1.0),))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_features(features, f"{folder}/vectors.npz")
    ...     again = read_features(f"{folder}/vectors.npz", (Kind("words", "all", 0, 1.0),))
    >>> again.words.tolist()
    ['care', 'home']
    """
    arrays: dict[str, Any] = {"words": np.frombuffer("\n".join(features.words).encode(), dtype=np.uint8)}
    for name, matrix in (("similar", features.similar), ("counts", features.counts)):
        arrays |= {
            f"{name}.data": matrix.data,
            f"{name}.indices": matrix.indices,
            f"{name}.indptr": matrix.indptr,
            f"{name}.shape": np.array(matrix.shape),
        }
    arrays["counted"] = features.counted
    for i, terms in enumerate(features.kinds):
        arrays |= {f"codes.{i}": terms.codes, f"idf.{i}": terms.idf}
    if features.works:
        arrays["works"] = np.array([features.works, features.works_share])
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        np.savez(file, **arrays)
    os.replace(part, path)


def read_features(path: str | Path, kinds: tuple[Kind, ...]) -> Features:
    """The features as `write_features` has written them; `kinds` as they were made with.

    >>> read_features("no such file", ())
    Traceback (most recent call last):
    FileNotFoundError: [Errno 2] No such file or directory: 'no such file'
    """
    with np.load(path, allow_pickle=False) as arrays:
        text = arrays["words"].tobytes().decode()
        words = np.array(text.split("\n") if text else [], dtype=object)
        terms = tuple(Terms(kind, arrays[f"codes.{i}"], arrays[f"idf.{i}"]) for i, kind in enumerate(kinds))
        similar, counts = (_matrix(arrays, name) for name in ("similar", "counts"))
        works, share = arrays.get("works", (0, 0.0))
        return Features(similar, counts, terms, arrays["counted"], words, int(works), float(share))


def _matrix(arrays: Mapping[str, np.ndarray], name: str) -> sparse.csr_matrix:
    parts = tuple(arrays[f"{name}.{part}"] for part in ("data", "indices", "indptr"))
    return sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}.shape"]))
