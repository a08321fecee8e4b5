"""Words that may be another form of a name: inflected, spelt otherwise, or written in another script.

Endings of the languages are a table beside this module (base form, other forms), which says why a word
was taken; a stemmer (snowballstemmer) was tried and left out: it has no Polish, Czech or Ukrainian,
and it stems words, not names (Marek and Marka get two stems). Morphological dictionaries
(Morfeusz, pymorphy) know common first names only and are one heavy package for each language.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

ENDINGS = Path(__file__).with_suffix(".csv")
LANGUAGES = {
    "pl": "Polish",
    "de": "German",
    "uk": "Ukrainian",
    "fi": "Finnish",
    "cs": "Czech",
    "sk": "Slovak",
    "lt": "Lithuanian",
    "sv": "Swedish",
    "en": "English",
}
STEM, SHORT_STEM = 3, 2  # letters that no ending takes away: at least, and of longer names
ONE_EDIT, TWO_EDITS = 5, 9  # letters of a name before so many may differ
_OTHER_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ʼ": "'", "’": "'"}
)
_MARKS = re.compile("[\u0300-\u0305\u0307-\u036f]")  # not that of ї and й, which are letters
_LATIN = str.maketrans(  # the Ukrainian national system of 2010, and what Russian and Belarusian add
    {
        "а": "a",
        "б": "b",
        "в": "v",
        "г": "h",
        "ґ": "g",
        "д": "d",
        "е": "e",
        "є": "ie",
        "ж": "zh",
        "з": "z",
        "и": "y",
        "і": "i",
        "ї": "i",
        "й": "i",
        "к": "k",
        "л": "l",
        "м": "m",
        "н": "n",
        "о": "o",
        "п": "p",
        "р": "r",
        "с": "s",
        "т": "t",
        "у": "u",
        "ф": "f",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ь": "",
        "ю": "iu",
        "я": "ia",
        "ы": "y",
        "э": "e",
        "ё": "e",
        "ъ": "",
        "ў": "u",
        "'": "",
    }
)


def folded(word: str) -> str:
    """A word in lower case without accents.

    >>> folded("Łukasz"), folded("Müller")
    ('lukasz', 'muller')
    """
    plain = word.casefold().translate(_OTHER_LETTERS)
    if plain.isascii() or re.search("[\u0400-\u04ff]", plain):
        return plain
    return _MARKS.sub("", unicodedata.normalize("NFD", plain))


@cache
def _forms() -> dict[str, dict[str, str]]:
    """By ending of a form: the endings of the base form it may stand for, with their language."""
    bases_by_ending: dict[str, dict[str, str]] = {}
    with ENDINGS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in row["forms"].split():
                bases = bases_by_ending.setdefault(folded(form), {})
                bases.setdefault(folded(row["base"]), row["language"])
    return bases_by_ending


def base_forms(word: str) -> dict[str, str]:
    """What the base form of a word may be, folded, with the language whose endings say so.

    >>> base_forms("Markowi")["marek"], base_forms("Virtaselle")["virtanen"]
    ('pl', 'fi')
    """
    plain = folded(word).removesuffix("'s").rstrip("'")
    languages_by_base = {plain: "de"} if plain != folded(word) else {}
    longest = max(map(len, _forms()))
    for length in range(min(longest, len(plain) - SHORT_STEM) + 1):
        stem, ending = plain[: len(plain) - length], plain[len(plain) - length :]
        for base, language in _forms().get(ending, {}).items():
            if len(stem) >= STEM or len(stem + base) > STEM:
                languages_by_base.setdefault(stem + base, language)
    return languages_by_base


class NameForms:
    """Names, each told again from another form of it.

    names: what each stands for (the whole name) by the single words of it

    >>> forms = NameForms(["Marek", "Virtanen"])
    >>> forms.alike("Markiem"), forms.alike("Virtannen"), forms.alike("Maria")
    (('Marek', 'a form in Polish'), ('Virtanen', 'spelt alike'), None)
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {folded(name): name for name in reversed(list(names))}
        self._latin = {plain.translate(_LATIN): plain for plain in self._names}
        # no form differs from its base form in the first two letters
        self._begin = {plain[:SHORT_STEM] for plain in self._names}
        self._begin_latin = {latin[:n] for latin in self._latin for n in range(len(latin) + 1)}
        self._by_letter: dict[str, list[str]] = {}
        for latin in self._latin:
            self._by_letter.setdefault(latin[:1], []).append(latin)

    def alike(self, word: str) -> tuple[str, str] | None:
        """The name that a word may be a form of, and why; None where it is like none."""
        plain = folded(word)
        if plain in self._names:
            return self._names[plain], "in other letters"
        begins = plain[:SHORT_STEM]
        latin = plain.translate(_LATIN)
        near = begins in self._begin or begins.translate(_LATIN) in self._begin_latin
        bases = base_forms(word) if near else {}
        for base, language in bases.items():
            if base in self._names:
                return self._names[base], f"a form in {LANGUAGES[language]}"
        if name := self._latin.get(latin):
            return self._names[name], "in another script"
        for base in bases:
            other = base.translate(_LATIN)
            if other != base and other in self._latin:
                return self._names[self._latin[other]], "in another script"
        return self._spelt_alike(latin)

    def _spelt_alike(self, latin: str) -> tuple[str, str] | None:
        for name in self._by_letter.get(latin[:1], []):
            plain = self._latin[name]
            least = min(len(name), len(latin))
            allowed = 0 if least < ONE_EDIT else 1 if least < TWO_EDITS else 2
            distance = OSA.distance(name, latin, score_cutoff=allowed)
            if allowed and distance <= allowed:
                return self._names[plain], "spelt alike"
        return None
