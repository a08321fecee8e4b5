"""In which language a text of some length is, and how sure that is.

py3langid tells 140 languages apart by sequences of letters, offline and the same every time (Lui and Baldwin 2012,
Proceedings of the ACL 2012 System Demonstrations, 25-30). langdetect draws at random, lingua and fastText bring models of
many megabytes. For titles, which are too short for it, see `methods.duplicates.languages`. The library
is loaded where it is first asked, since that takes a second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

SURE = 0.9  # certainty below which nothing is said


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
    for text in texts:
        middle = text.find(" ", len(text) // 2)
        halves = [_surely(half) for half in (text[:middle], text[middle:])] if middle > 0 else []
        codes = [code for code, _ in halves]
        if all(codes) and len(set(codes)) == 1:  # the text need not be read once more
            yield Language(codes[0], min(certainty for _, certainty in halves))
        else:
            yield Language(*_surely(text), tuple(codes) if all(codes) else ())


def name_of_language(code: str) -> str:
    """The English name of a language; the code where it has none here.

    >>> name_of_language("de"), name_of_language("xx")
    ('German', 'xx')
    """
    return _names().get(code, code)


def _surely(text: str) -> tuple[str, float]:
    code, certainty = _identifier().classify(text)
    certainty = round(float(certainty), 4)
    return (code if certainty >= SURE and code != NO_LANGUAGE else ""), certainty


NO_LANGUAGE = "zxx"  # ISO 639: no linguistic content


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _names() -> dict[str, str]:
    listed = pd.read_csv(Path(__file__).with_suffix(".csv"), dtype=str, keep_default_na=False)
    return dict(zip(listed["code"], listed["name"], strict=True))
