"""Negation: whether a word of a sentence is within the reach of a cue such as 'no' or 'lack of'.

The rule of NegEx with cues that are handed over. The packages that hold it (negspacy, medspaCy) need
a language model and cues of clinical language.
"""

import re
from collections.abc import Iterable
from functools import cache

REACH = 6  # words between a cue and what it negates
_WORD = re.compile(r"[\w'’]+|[;:()]|,(?=\s+(?:and|so|then|where|when)\b)")
BEFORE = """
no|not|none|never|neither|nor|without|lack of|lacks|lacked|lacking|absence of|absent|free of|fail to|
fails to|failed to|failure to|little|few|hardly|barely|scarcely|cannot|can't|don't|doesn't|didn't|
isn't|aren't|wasn't|weren't|won't|insufficient|missing|deny|denies|denied|instead of|rather than
"""
AFTER = "lacking|missing|absent|not exist|not available|unavailable|not in place|insufficient"
NO_NEGATION = "not only|not just|not merely|no doubt|not least|no less|nothing but|not necessarily"
ENDS = ",|but|however|although|though|whereas|while|because|which|except|unless|;|:|(|)"
_ENDS = frozenset(ENDS.split("|"))
_NONE_PADDED = [f" {phrase} " for phrase in NO_NEGATION.split("|")]


def listed(cues: str) -> list[str]:
    """The cues of a list that is separated by |.

    >>> listed("no|lack of")
    ['no', 'lack of']
    """
    return [" ".join(cue.split()) for cue in cues.split("|") if cue.strip()]


def negation(
    sentence: str,
    start: int,
    end: int,
    before: Iterable[str] = tuple(listed(BEFORE)),
    after: Iterable[str] = tuple(listed(AFTER)),
) -> str:
    """The cue that negates the words from `start` to `end` of a sentence; '' where there is none.

    A cue counts within six words, unless a word that ends its reach (but, which, a colon) comes
    between. A cue behind the words (`after`) counts likewise.

    Source: Chapman et al. (2001), doi:10.1006/jbin.2001.1029

    >>> negation("There is no legal basis for public trust.", 28, 40)
    'no'
    >>> negation("Not only trust matters.", 9, 14)
    ''
    """
    ahead = _reach(_words(sentence[:start])[::-1])[::-1]
    behind = _reach(_words(sentence[end:]))
    return _last_in(ahead, tuple(before)) or _last_in(behind, tuple(after))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _reach(words: list[str]) -> list[str]:
    """The words up to the first that ends the reach of a cue."""
    stop = next((n for n, word in enumerate(words[:REACH]) if word in _ENDS), REACH)
    return words[:stop]


def _last_in(words: list[str], cues: tuple[str, ...]) -> str:
    if _first_words(cues).isdisjoint(words):  # so it is of most sentences
        return ""
    padded = f" {' '.join(words)} "
    for phrase in _NONE_PADDED:
        padded = padded.replace(phrase, " ")
    places = {cue: padded.rfind(f" {cue} ") for cue in cues if cue in padded}
    cue = max(places, key=lambda name: (places[name], len(name)), default="")
    return cue if cue and places[cue] >= 0 else ""


@cache
def _first_words(cues: tuple[str, ...]) -> frozenset[str]:
    return frozenset(cue.split(" ", 1)[0] for cue in cues)
