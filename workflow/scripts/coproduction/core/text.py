"""Words: how text is normalised and how a factor's terms are found in it.

Matching is literal on word boundaries, because people must be able to see why a passage counts for
a factor; stemmers and embeddings were left out for that reason.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_WORD = re.compile(r"\w+")
_NOT_WORD = re.compile(r"[\W_]+")
_ATTRIBUTE = re.compile(r" (?:of|in|that|without|for) ")  # what follows a noun does not change in its plural
_ASCII_WORDS = bytes(ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else 32 for i in range(256))
_PLAIN = str.maketrans(  # letters that no decomposition makes plain; invisible signs go
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
MOST_KEPT = 500_000  # pieces of text without a term that an index remembers
# Signs that Unicode calls marks and that make a word what it is, as vowels in the scripts of India and of South-East Asia
# do; \w and isalnum leave them out. Accents, and vowels that Arabic and Hebrew may write or not, are none.
_OF_WORDS = (
    (0x07A6, 0x07B0),
    (0x0900, 0x1AAF),
    (0x1B00, 0x1CCF),
    (0x3099, 0x309A),
    (0xA800, 0xABFF),
    (0x11000, 0x11FFF),
)
_SCRIPTS = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _OF_WORDS)}]")
_LETTERS_I = str.maketrans("İı", "ii")  # match i without regard to case, but fold otherwise


def one_line(value: str) -> str:
    """`value` with every run of white space as one blank."""
    return " ".join(value.split())


class _Plain(dict):
    """For each character what it is in a normal form; found when it is first met."""

    def __missing__(self, code: int) -> str:
        text = chr(code).casefold().translate(_PLAIN)
        text = "".join(map(_plain_sign, unicodedata.normalize("NFKD", text)))
        self[code] = text
        return text


def is_vowel_mark(sign: str) -> bool:
    """Whether a sign is no letter for Unicode, but a mark that words are told apart by."""
    return unicodedata.category(sign)[0] == "M" and any(first <= ord(sign) <= last for first, last in _OF_WORDS)


@cache
def vowel_marks() -> str:
    """All such marks, for a class of a pattern."""
    return "".join(
        chr(code) for first, last in _OF_WORDS for code in range(first, last + 1) if is_vowel_mark(chr(code))
    )


def has_vowel_marks(text: str) -> bool:
    """Whether a text may have such marks."""
    return not text.isascii() and _SCRIPTS.search(text) is not None


def _plain_sign(sign: str) -> str:
    """A letter, a digit or a mark of words as it is; nothing for an accent; else a blank."""
    if is_vowel_mark(sign):
        return sign
    return "" if unicodedata.combining(sign) else _NOT_WORD.sub(" ", sign)


_NORMAL = _Plain()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def normalise(value: str) -> str:
    """Lower case, without accents, letters and digits of any script, single blanks: for comparing.

    >>> normalise("Łódź: co\u00adproduction, “Næss”"), normalise("दिन") == normalise("दान")
    ('lodz coproduction naess', False)
    """
    text = str(value or "")
    if not text.isascii():  # mostly a few letters with accents
        plain = _BEYOND_ASCII.sub(_plain_run, text)
        if not plain.isascii():
            return " ".join(text.translate(_NORMAL).split())
        text = plain
    if text.isalnum():
        return text.lower()
    # bytes are translated and split in half of the time
    return b" ".join(text.encode("ascii").translate(_ASCII_WORDS).split()).decode("ascii")


def _plain_run(match: re.Match) -> str:
    """Letters of another alphabet in their normal form; as they are where it has capitals (of ™)."""
    plain = match.group().translate(_NORMAL)
    return plain if plain.islower() or plain.isspace() or not plain else match.group()


def split_list(value: str) -> list[str]:
    """The entries of a cell that are separated by semicolons, without blanks and empty ones."""
    return [entry.strip() for entry in value.split(";") if entry.strip()]


def some(names: Iterable[object], shown: int = 3, more: str = "and {:,} more") -> str:
    """The first names and the number of the others: 'a, b, c and 2 more'; thousands have a comma."""
    words = [str(name) for name in names]
    rest = f" {more.format(len(words) - shown)}" if len(words) > shown else ""
    return ", ".join(words[:shown]) + rest


def plural_of(noun: str) -> str:
    """records of record, countries of country, codes in a set of code in a set; s stays as it is."""
    if attribute := _ATTRIBUTE.search(noun):
        return plural_of(noun[: attribute.start()]) + noun[attribute.start() :]
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


@dataclass(frozen=True)
class _Term:
    """A term of a factor; its first word is `head`, or begins with it where the head is `open`."""

    factor: str
    rank: int
    pattern: re.Pattern
    head: str
    open: bool


@dataclass(frozen=True)
class _Begun:
    """Terms that a word may begin, and one pattern that tells whether it begins any."""

    terms: tuple[_Term, ...]
    any_of: re.Pattern


_Heads = list[tuple[int, _Begun]]  # by the places of their words


class TermIndex:
    """Finds the terms of all factors in one pass over the words of a text.

    A term matches whole words, whatever the case; `*` stands for any word ending; blanks match any
    white space and hyphens match hyphens, dashes or a blank. Within a factor hits do not overlap,
    and the longest term wins. A term is tried only where its first word occurs
    (benchmarks/desk_text.md: how much faster that is than a pattern for each factor).
    """

    def __init__(self, terms: dict[str, Iterable[str]]) -> None:
        self._by_head: dict[tuple[str, bool], list[_Term]] = {}
        for factor, words_of_factor in terms.items():
            for rank, words in enumerate(sorted(map(one_line, words_of_factor), key=_longest)):
                term = _term(factor, rank, words)
                self._by_head.setdefault((term.head, term.open), []).append(term)
        self._lengths = sorted({len(head) for head, is_open in self._by_head if is_open})
        self._kept: dict[tuple[_Term, ...], _Begun] = {}
        self._of_piece: dict[str, _Heads] = {}  # what may begin a term in a piece of text between blanks
        self._others: set[str] = set()  # pieces without any

    def find(self, content: str) -> list[Hit]:
        """All hits in `content`, by position, then factor.

        Most words begin no term: the different pieces between blanks are looked up first, then the places of the
        few pieces that may hold one.
        """
        heads: list[tuple[int, _Begun]] = []
        for piece in set(content.split()).difference(self._others):
            starts = self._of_piece.get(piece) or self._starts_in_piece(piece)
            for start in _places(piece, content) if starts else ():
                heads += [(start + offset, begun) for offset, begun in starts]
        heads.sort(key=_place)
        hits: list[Hit] = []
        ends: dict[str, int] = {}
        for start, begun in heads:
            for term in begun.terms if begun.any_of.match(content, start) else ():
                match = start >= ends.get(term.factor, 0) and term.pattern.match(content, start)
                if match:
                    ends[term.factor] = match.end()
                    words = one_line(match.group()).lower()
                    hits.append(Hit(term.factor, words, start, match.end()))
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.factor))

    def _starts_in_piece(self, piece: str) -> _Heads:
        """Each word of a piece that may begin a term, by its place; kept, as texts say the same again."""
        words = [(word.start(), self._begun(word[0])) for word in _WORD.finditer(piece)]
        starts = [(start, begun) for start, begun in words if begun]
        if starts:
            self._of_piece[piece] = starts
        else:
            if len(self._others) >= MOST_KEPT:
                self._others.clear()
            self._others.add(piece)
        return starts

    def _begun(self, word: str) -> _Begun | None:
        """The terms that may begin with this word; None where there are none."""
        terms = tuple(self._candidates(word))
        if terms and terms not in self._kept:
            pattern = "|".join(term.pattern.pattern for term in terms)
            self._kept[terms] = _Begun(terms, re.compile(pattern, re.IGNORECASE))
        return self._kept.get(terms)

    def _candidates(self, word: str) -> list[_Term]:
        """Terms that may begin with this word."""
        key = _key(word)
        candidates = list(self._by_head.get((key, False), ()))
        for length in self._lengths:
            candidates += self._by_head.get((key[:length], True), ()) if length <= len(key) else ()
        return sorted(candidates, key=lambda term: term.rank)


def _places(piece: str, content: str) -> list[int]:
    """Where `content` has this piece between blanks."""
    places, start = [], content.find(piece)
    while start >= 0:
        end = start + len(piece)
        if (not start or content[start - 1].isspace()) and (end == len(content) or content[end].isspace()):
            places.append(start)
        start = content.find(piece, end)
    return places


def _place(head: tuple[int, _Begun]) -> int:
    return head[0]


def _term(factor: str, rank: int, words: str) -> _Term:
    first = _WORD.match(words)
    head = first.group() if first else ""
    is_open = words[len(head) : len(head) + 1] == "*"
    return _Term(factor, rank, re.compile(_pattern(words), re.IGNORECASE), _key(head), is_open)


def _key(word: str) -> str:
    """Two words that match each other whatever the case have the same key."""
    return word.lower() if word.isascii() else word.translate(_LETTERS_I).casefold()


def _longest(term: str) -> tuple[int, str]:
    return -len(term), term


def _pattern(term: str) -> str:
    pieces = re.escape(term).replace(r"\*", r"\w*")
    pieces = pieces.replace(r"\ ", r"\s+").replace(r"\-", r"[-\u2010-\u2014\s]")
    return rf"\b{pieces}\b"
