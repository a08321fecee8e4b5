"""What a cell of a rating question means: a point of the scale, no opinion, not shown, or nothing.

A cell is understood as a whole. Codes and labels that carry their code need no setting; labels in
words are understood where they are one of the common sets in `label_sets.py` (lowest first, as many
words as the scale has points) or are named by people. Two numbers, a range, a date or a thousand (`5-7`, `9-May`, `7,000`) are no rating, however their beginning looks.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from coproduction.core.text import normalise
from coproduction.formats.surveys.label_sets import families_of, words_of_ends
from coproduction.formats.surveys.not_ratings import BEFORE, BEHIND, MONTHS

RATED, NO_OPINION, MISSING, NOT_ASKED = "rated", "no opinion", "missing", "not asked"
REFUSED = "refused"
# Not 7,000 or 7.000, which may be thousands.
NUMBER = r"[+-]?\d+(?:[.,]\d{1,2})?|[+-]?0?\.\d+|[+-]?\d+\.\d{4,}"
DECIMAL = re.compile(r"^([+-]?\d{1,2}[.,]\d+)\s*(%?)$")  # on a scale of decimals no thousands
PLAIN = re.compile(rf"^({NUMBER})\s*(%?)$")
CODE_FIRST = re.compile(r"^([+-]?\d+)(?:[.)]?\s+|\s*[-–—=:(\[]\s*|[.)]\s*)(\D+)$")
CODE_LAST = re.compile(r"^(\D+?)(?:\s+|\s*[-–—=:(\[]\s*)(\d+)\s*[)\]]?$")
LABELLED = re.compile(  # a point and its word, or several in a legend: "1 (low)", "1 = low, 5 = high", "low (1)"
    r"(?<![\w.,])(?P<first>\d{1,3})(?:\s*[-–—=:.)(\[]+\s*|\s+)(?P<after>[^\W\d][^\d,;()\[\]=:–—…/]*)[)\]]?"
    r"|(?P<before>[^\W\d][^\d,;()\[\]=:–—…/]*?)\s*[=:(\[]\s*(?P<last>\d{1,3})(?![\w.,])[)\]]?"
)
JOINS = re.compile(r" (to|bis|till|a|and|und|et|y|e)$")  # between the two ends of a legend
NUMBERED = re.compile(r"[+-]?\d+(?:\.\d+)?")  # a label that is a number
TOOLS_CODE = re.compile(r"^AO?(\d{1,3})$")  # LimeSurvey numbers answers A1, A2 … or AO01, AO02 …


class NotOneRating(ValueError):
    """A cell with a number in it that is no single rating: this cell alone is refused."""


@dataclass(frozen=True)
class AnswerKey:
    """The points of a rating question and the words its cells may hold.

    The points go from `lowest` to `highest` by `step`. `labels` are words of points, `no_opinion`
    words and phrases (several words may be part of a longer answer), `missing` and `not_asked` whole
    cells. With `ranks` the first rank, 1, has the most points. `codes` says what LimeSurvey's codes
    A1, A2 … mean: places of the points ("lowest first", "highest first"), the points themselves
    ("as numbered", A0 is 0), or nothing: then A7 is 7 on whole points from 1 on, and asked about
    elsewhere (from 0 on and with decimals the seventh point is not 7). `ends` says in words what the
    lowest and the highest point mean.
    """

    lowest: float
    highest: float
    step: float = 1
    labels: Mapping[str, float] = field(default_factory=dict)
    no_opinion: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    ranks: bool = False
    codes: str = ""
    ends: tuple[str, str] = ("", "")

    @property
    def points(self) -> int:
        """How many points the scale has."""
        return round((self.highest - self.lowest) / self.step) + 1

    def with_words_of(self, cells: Iterable[str]) -> "AnswerKey":
        """The key with the common labels that these cells are in, where they are in one set."""
        return replace(self, labels={**labels_of(cells, self), **_normalised(self.labels)})

    def parse(self, cell: str) -> tuple[str, float | None]:
        """Status and rating of a cell: a code (7, 7.0), a label with its code, or a known word.

        Raises NotOneRating for a cell with numbers that are no single rating, and ValueError, in
        words for people, for anything else and for points outside the scale.

        >>> AnswerKey(1, 9, no_opinion=("don't know",)).parse("9 (essential)")
        ('rated', 9)
        """
        if "<" in cell or "&" in cell:
            cell = html.unescape(re.sub(r"<[^<>]+>", " ", cell))
        cell = cell.strip().replace("\u2212", "-")  # the minus sign of word processors
        word, folded_cell = normalise(cell), cell.casefold()
        labels = _normalised(self.labels)
        if word in labels:
            return self._on_scale(labels[word])
        if word and word in self._ends:
            return self._on_scale((self.lowest, self.highest)[self._ends.index(word)])
        if status := self._unrated(cell, word, folded_cell):
            return status, None
        if match := PLAIN.match(cell) or (self.step < 1 and DECIMAL.match(cell)):
            return self._plain(match[1], bool(match[2]), cell)
        if match := TOOLS_CODE.match(cell):
            return self._of_code(int(match[1]), cell)
        return self._labelled(cell)

    def turned(self, cell: str) -> str:
        """The label of a cell or legend that puts a word of one end of the scale at the other; empty without one.

        Known are the words of the ends of the common sets and of this scale; cells and points that
        `labels` explains are not looked at.

        >>> AnswerKey(1, 5).turned("1 (very important)"), AnswerKey(1, 5).turned("5 (very important)")
        ('1 (very important)', '')
        """
        explained = _normalised(self.labels)
        if self.ranks or not re.search(r"\d", cell) or normalise(cell) in explained:
            return ""
        low, high = words_of_ends()
        end_words = tuple(map(normalise, self.ends))
        for match in LABELLED.finditer(cell):
            point, word = match["first"] or match["last"], normalise(match["after"] or match["before"])
            word = JOINS.sub("", word)
            place = (float(point) - self.lowest) / (self.highest - self.lowest)
            speaks_low, speaks_high = word in low or word == end_words[0], word in high or word == end_words[1]
            if (
                word
                and point not in explained
                and ((0 <= place < 1 / 3 and speaks_high) or (2 / 3 < place <= 1 and speaks_low))
            ):
                return match[0].strip(" ,;")
        return ""

    def _unrated(self, cell: str, word: str, folded_cell: str) -> str:
        """The status of a cell that is no rating; empty where it may be one."""
        if self._is_point(cell):
            return ""
        if not folded_cell or folded_cell in _folded(self.missing):
            return MISSING
        if folded_cell in _folded(self.not_asked):
            return NOT_ASKED
        if not _says(word, self.no_opinion):
            return ""
        if self._has_a_point(cell) and not _is_one_of(word, self.no_opinion):
            raise NotOneRating(f"'{cell[:60]}' is both a rating and 'no opinion'")
        return NO_OPINION

    def _plain(self, digits: str, percent: bool, cell: str) -> tuple[str, float]:
        """A bare number; a percentage where the scale goes from 0 to 100, or to 1."""
        value = float(digits.replace(",", "."))
        if percent:
            if (self.lowest, self.highest) not in ((0, 100), (0, 1)):
                raise NotOneRating(f"'{cell[:60]}' is a percentage, the scale is {self._scale}")
            value = value / 100 if self.highest == 1 else value
        return self._on_scale(self._meant(value))

    def _of_code(self, code: int, cell: str) -> tuple[str, float]:
        """LimeSurvey's code of an answer, by its place in the list of answers or by its number."""
        if not self.codes and self._explained:
            raise ValueError(
                f"'{cell}' is a code of LimeSurvey, and the settings say that numbers mean other points; say in "
                f"delphi.answer_codes whether the lowest or the highest point comes first"
            )
        if not self.codes and (self.lowest, self.step) != (1, 1):
            raise ValueError(
                f"'{cell}' is a code of LimeSurvey that does not show which point of the scale "
                f"{self._scale} it is; say in delphi.answer_codes whether the lowest or the highest "
                f"point comes first, or that the codes are numbered like the points"
            )
        if self.codes == "as numbered":
            return self._on_scale(code)
        if not 1 <= code <= self.points:
            raise ValueError(
                f"'{cell}' is a code of LimeSurvey for none of the {self.points} points of the "
                f"scale; say in delphi.answer_labels or delphi.no_opinion what it means, or in "
                f"delphi.answer_codes that the codes are numbered like the points"
            )
        at = self.points - code if self.codes == "highest first" else code - 1
        return self._on_scale(self.lowest + self.step * at)

    def _labelled(self, cell: str) -> tuple[str, float]:
        """A label that carries its code before or behind it."""
        if match := CODE_FIRST.match(cell):
            digits, words = match[1], normalise(match[2]).split()
            another = words[:1] and words[0] in BEHIND
        elif match := CODE_LAST.match(cell):
            digits, words = match[2], normalise(match[1]).split()
            another = words[-1:] and words[-1] in BEFORE
        else:
            kind = NotOneRating if re.search(r"\d", cell) else ValueError
            raise kind(f"'{cell[:60]}' is not a rating")
        if not words or another or (len(words) == 1 and words[0] in MONTHS):
            raise NotOneRating(f"'{cell[:60]}' is not a single rating")
        return self._on_scale(self._meant(float(digits)))

    @property
    def _explained(self) -> dict[float, float]:
        """The numbers that `labels` explains, as on a scale that runs the other way, by what they mean."""
        return {float(label): point for label, point in self.labels.items() if NUMBERED.fullmatch(label.strip())}

    def _meant(self, number: float) -> float:
        """The point that a number means, alone or with its words: '1', '1.0' and '1 (best)' are the same answer."""
        return self._explained.get(number, number)

    def _on_scale(self, point: float) -> tuple[str, float]:
        if not self.lowest <= point <= self.highest:
            raise ValueError(f"the rating {point:g} is outside the scale {self._scale}")
        at = (point - self.lowest) / self.step
        if abs(at - round(at)) > 1e-6:
            raise ValueError(
                f"the rating {point:g} lies between two points of the scale {self._scale}; if these "
                f"are meant, set delphi.scale.step"
            )
        value = self.lowest + round(at) * self.step
        value = self.lowest + self.highest - value if self.ranks else value
        return RATED, round(value, 9) if value % 1 else int(value)

    @property
    def _ends(self) -> tuple[str, ...]:
        """The words of the lowest and the highest point, normalised; none where both are the same."""
        ends = tuple(map(normalise, self.ends))
        return ends if len(set(ends)) == len(ends) else ()

    @property
    def _scale(self) -> str:
        steps = f" by {self.step:g}" if self.step != 1 else ""
        return f"{self.lowest:g}-{self.highest:g}{steps}"

    def _has_a_point(self, cell: str) -> bool:
        """Whether one of the numbers in a longer answer is a point, so that it may be a rating."""
        return any(self.lowest <= float(n) <= self.highest for n in re.findall(r"\d+", cell))

    def _is_point(self, cell: str) -> bool:
        """Whether the cell is the bare number of a point: 99 is no code for 'no opinion' up to 100."""
        match = PLAIN.match(cell)
        if not match:
            return False
        return self.lowest <= float(match[1].replace(",", ".")) <= self.highest


def _normalised(labels: Mapping[str, float]) -> dict[str, float]:
    return {normalise(label): point for label, point in labels.items()}


@cache
def _folded(entries: tuple[str, ...]) -> frozenset[str]:
    return frozenset(entry.casefold() for entry in entries)


def _says(word: str, phrases: Iterable[str]) -> bool:
    """Is the cell one of the phrases, or does it contain one of several words?

    'X – Don't know or do not recognise this item' says "don't know"; the short 'NO' must be all.
    """
    return any(word == phrase or (" " in phrase and f" {phrase} " in f" {word} ") for phrase in map(normalise, phrases))


def _is_one_of(word: str, phrases: Iterable[str]) -> bool:
    return word in map(normalise, phrases)


def label_beside(cell: str) -> tuple[str, str] | None:
    """The number of a cell that begins with one, and the words behind it, normalised; None for no such cell.

    >>> label_beside("7 because staff are few")
    ('7', 'because staff are few')
    """
    match = CODE_FIRST.match(cell)
    return (match[1], normalise(match[2])) if match and normalise(match[2]) else None


def labels_of(cells: Iterable[str], key: AnswerKey) -> dict[str, float]:
    """The labels of a round in words (normalised) with their points; empty where they are unknown.

    A set is taken only where it has as many words as the scale has points and holds every word of
    the round that is neither a number nor known otherwise; none where two such sets give these words
    other points ("very important" is the fourth of one scale, the fifth of another). Panellists may answer in
    several languages: sets that share no word are told apart, and each word must be in one of them. On a scale of
    two points `no` beside its `yes` is the lower one, not 'no opinion'.
    """
    words, words_of_round = set(), set()
    for cell in set(cells):
        words_of_round.add(normalise(html.unescape(re.sub(r"<[^<>]+>", " ", cell))))
        try:
            key.parse(cell)
        except ValueError:
            words.add(normalise(html.unescape(re.sub(r"<[^<>]+>", " ", cell))))
    words = {word for word in words if word and not re.search(r"\d", word)}
    words_of_round = words or (words_of_round if key.points == 2 else set())
    labels: dict[str, float] = {}
    for family in families_of(key.points):
        labels |= _labels_in(family, words, words_of_round, key)
    return labels if words <= set(labels) else {}


def _labels_in(
    family: list[tuple[str, ...]], words: set[str], words_of_round: set[str], key: AnswerKey
) -> dict[str, float]:
    """The labels of the one set of a language that holds all words of the round in that language."""
    of_family = {word for ordered in family for word in ordered}
    words, words_of_round = words & of_family, words_of_round & of_family
    fitting = [ordered for ordered in family if words <= set(ordered) and words_of_round & set(ordered)]
    places = {tuple(sorted((word, ordered.index(word)) for word in words)) for ordered in fitting}
    if len(places) != 1:
        return {}
    return {word: key.lowest + key.step * place for place, word in enumerate(fitting[0])}
