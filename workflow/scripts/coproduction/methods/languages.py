"""In which language a text of some length is, and how sure that is.

py3langid tells 140 languages apart by sequences of letters, offline and the same every time (Lui and Baldwin 2012,
Proceedings of the ACL 2012 System Demonstrations, 25-30). langdetect draws at random, lingua and fastText bring models of
many megabytes. For titles, which are too short for it, see `methods.duplicates.languages`. The library
is loaded where it is first asked, since that takes a second. It goes through one text after the other in
Python; here its model is asked of a thousand texts at once, one byte of each at a time, which takes a fifth of the time
(the tests compare the answers).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import scipy

SURE = 0.9  # certainty below which nothing is said
TEXTS = 1000  # that are read at once


@dataclass(frozen=True)
class Language:
    """code: of ISO 639, two letters where there are two, empty where nothing is sure.

    certainty: 0 to 1, of the text, or of its less sure half where both are surely in that language
    parts: the codes of the first and the second half, where those are sure and not the same
    """

    code: str
    certainty: float
    parts: tuple[str, ...] = ()


def identified(texts: Iterable[str]) -> Iterator[Language]:
    """The language of each text.

    A text whose halves are surely in different languages (an abstract followed by its translation) has both.

    >>> [found.code for found in identified(["Die Stadt und ihre Bürger gestalten soziale Dienste gemeinsam", "12"])]
    ['de', '']
    """
    remaining = iter(texts)
    while batch := list(islice(remaining, TEXTS)):
        yield from _identified(batch)


def _identified(texts: list[str]) -> Iterator[Language]:
    middles = [text.find(" ", len(text) // 2) for text in texts]
    both = [part for text, at in zip(texts, middles, strict=True) if at > 0 for part in (text[:at], text[at:])]
    answers = iter(_surely(both))
    halves = [[next(answers), next(answers)] if at > 0 else [] for at in middles]
    agreed = [len({code for code, _ in pair}) == 1 and bool(pair[0][0]) for pair in halves]
    wholes = iter(_surely([text for text, same in zip(texts, agreed, strict=True) if not same]))
    for pair, same in zip(halves, agreed, strict=True):
        codes = tuple(code for code, _ in pair)
        if same:  # the text need not be read once more
            yield Language(codes[0], min(certainty for _, certainty in pair))
        else:
            yield Language(*next(wholes), codes if all(codes) else ())


def name_of_language(code: str) -> str:
    """The English name of a language; the code where it has none here.

    >>> name_of_language("de"), name_of_language("xx")
    ('German', 'xx')
    """
    return _names().get(code, code)


def _surely(texts: Sequence[str]) -> list[tuple[str, float]]:
    certainties = [(code, round(certainty, 4)) for code, certainty in classified(texts)]
    return [(code if c >= SURE and code != NO_LANGUAGE else "", c) for code, c in certainties]


NO_LANGUAGE = "zxx"  # ISO 639: no linguistic content


def classified(texts: Sequence[str]) -> list[tuple[str, float]]:
    """The likeliest language of each text and its probability, as `classify` of py3langid with `norm_probs` has them.

    Naive Bayes: the sequences of letters that an automaton finds in a text, the logarithm of 1 and how often each is
    there, times its weight for each language; scaled by the root of the bytes. Sums are taken in another order, so that
    probabilities may differ in the fourth decimal.

    >>> [code for code, _ in classified(["Die Stadt und ihre Bürger", "The town and its residents"])]
    ['de', 'en']
    """
    if not texts:
        return []
    model = _model()
    encoded = [_encoded(text) for text in texts]
    order = sorted(range(len(texts)), key=lambda place: -len(encoded[place]))
    lengths = np.array([len(encoded[place]) for place in order])
    states = _states(model, b"".join(encoded[place] for place in order), lengths)
    sequence_counts = _counted(model.found.take(states), lengths, len(model.weights))
    scores = _weighed(sequence_counts, model.weights) + model.prior
    scores[np.diff(sequence_counts.indptr) == 0] = 0  # nothing is known of such a text
    scores *= (1 / np.sqrt(np.maximum(lengths, 1))).astype(np.float32)[:, None]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    for second, code in enumerate(model.codes):
        first = model.codes.index(code)
        if first < second:  # Serbian and Uzbek are there in two scripts each
            shares[:, first] += shares[:, second]
            shares[:, second] = 0
    best = shares.argmax(axis=1)
    answers = [(model.codes[n], float(row[n])) for n, row in zip(best.tolist(), shares, strict=True)]
    placed = sorted(zip(order, answers, strict=True))
    return [answer for _, answer in placed]


@dataclass(frozen=True)
class _Model:
    """py3langid's model. following: the state after a row of the automaton and a byte; row: that of each state;
    found: which sequence ends in a state, -1 for none; weights: sequences x languages; prior: of each language."""

    following: np.ndarray
    row: np.ndarray
    found: np.ndarray
    weights: np.ndarray
    prior: np.ndarray
    codes: list[str]


@cache
def _model() -> _Model:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    row = np.asarray(identifier.tk_row).astype(np.int32) * BYTES
    following, sequence_numbers = (
        np.asarray(identifier.tk_nextmove).astype(np.int32),
        np.asarray(identifier.tk_output, np.int32),
    )
    return _Model(
        following,
        row,
        sequence_numbers,
        identifier.nb_ptc.astype(np.float32),
        identifier.nb_pc,
        list(identifier.nb_classes),
    )


BYTES = 256


def _encoded(text: str) -> bytes:
    small = text.lower() if text.isupper() else text
    return unicodedata.normalize("NFC", small).encode("utf-8", errors="surrogatepass")


def _states(model: _Model, letters: bytes, lengths: np.ndarray) -> np.ndarray:
    """The state of the automaton after each byte of texts that follow one another, the longest first."""
    flat = np.frombuffer(letters, dtype=np.uint8)
    states = np.zeros(len(flat), dtype=np.int32)
    place = (lengths.cumsum() - lengths).astype(np.intp)
    state = np.zeros(len(lengths), dtype=np.int32)
    for reaching in np.searchsorted(-lengths, -np.arange(lengths[0])).tolist():  # texts that have such a byte
        here = place[:reaching]
        step = model.row.take(state[:reaching])
        step += flat.take(here)
        state = model.following.take(step)
        states[here] = state
        here += 1
    return states


def _counted(sequence_numbers: np.ndarray, lengths: np.ndarray, sequences: int) -> "scipy.sparse.csr_matrix":
    """The logarithm of 1 and how often each sequence is in each text (texts x sequences)."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    keys = (owner * sequences + sequence_numbers)[sequence_numbers >= 0]
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    times = np.diff(first, append=len(keys)).astype(np.float32)
    owners, which = np.divmod(keys[first], sequences)
    ends = np.searchsorted(owners, np.arange(len(lengths) + 1))
    return scipy.sparse.csr_matrix((np.log1p(times), which.astype(np.int32), ends), shape=(len(lengths), sequences))


def _weighed(sequence_counts: "scipy.sparse.csr_matrix", weights: np.ndarray) -> np.ndarray:
    """The sums of the weights (texts x languages), looked up among those that the texts need, a tenth of all."""
    needed = np.zeros(len(weights), dtype=bool)
    needed[sequence_counts.indices] = True
    place = needed.cumsum(dtype=np.int32)
    place -= 1
    inside = sequence_counts.data, place.take(sequence_counts.indices), sequence_counts.indptr
    sums: np.ndarray = (
        scipy.sparse.csr_matrix(inside, shape=(sequence_counts.shape[0], int(needed.sum()))) @ weights[needed]
    )
    return sums


@cache
def _names() -> dict[str, str]:
    listed = pd.read_csv(Path(__file__).with_suffix(".csv"), dtype=str, keep_default_na=False)
    return dict(zip(listed["code"], listed["name"], strict=True))
