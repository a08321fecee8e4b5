"""Words: how text is normalised and how a factor's terms are found in it.

Matching is literal on word boundaries, because people must be able to see why a passage counts for
a factor; stemmers and embeddings were left out for that reason.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")


def one_line(value: str) -> str:
    """`value` with every run of white space as one blank."""
    return _SPACE.sub(" ", value).strip()


def normalise(value: str) -> str:
    """Lower case, without accents, letters and digits only, single blanks: for comparing."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    plain = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return one_line(plain)


def split_list(value: str) -> list[str]:
    """The entries of a cell that are separated by semicolons, without blanks and empty ones."""
    return [entry.strip() for entry in value.split(";") if entry.strip()]


def plural_of(noun: str) -> str:
    """records of record, countries of country; a noun that ends in s stays as it is."""
    if not noun or noun.endswith("s"):
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


@dataclass(frozen=True)
class Hit:
    """A term found in a text: which, for which factor, and where (offsets in code points)."""

    factor: str
    term: str
    start: int
    end: int


class TermIndex:
    """Finds the terms of all factors in a text in one pass per factor.

    A term matches whole words, whatever the case; `*` stands for any word ending; blanks match any
    white space and hyphens match hyphens, dashes or a blank.
    """

    def __init__(self, terms: dict[str, Iterable[str]]) -> None:
        self._patterns = {
            factor: re.compile("|".join(map(_pattern, sorted(words, key=_longest))), re.IGNORECASE)
            for factor, words in ((factor, list(some)) for factor, some in terms.items())
            if words
        }

    def find(self, content: str) -> list[Hit]:
        """All hits in `content`, by position, then factor."""
        hits = [
            Hit(factor, one_line(match.group()).lower(), match.start(), match.end())
            for factor, pattern in self._patterns.items()
            for match in pattern.finditer(content)
        ]
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.factor))


def _longest(term: str) -> tuple[int, str]:
    return -len(term), term


def _pattern(term: str) -> str:
    pieces = re.escape(one_line(term)).replace(r"\*", r"\w*")
    pieces = pieces.replace(r"\ ", r"\s+").replace(r"\-", r"[-\u2010-\u2014\s]")
    return rf"\b{pieces}\b"
