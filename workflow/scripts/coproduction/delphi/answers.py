"""What a cell of a rating means: a point of the scale, no opinion, not shown, or nothing.

Codes and labels that carry their code need no setting; labels in words are understood where they
are one of the common sets below (as many words as the scale has points) or stand in the settings.
"""

from __future__ import annotations

import re

from coproduction.core.text import normalise
from coproduction.delphi.settings import DelphiSettings

LEADING = re.compile(r"^\s*(-?\d+)(?:(?:[.,]0+)?(?![\d.,])|[.)]\s+(?=\D))")
TRAILING = re.compile(r"(?:^\D*[\(\[](\d+)[\)\]]\s*$)|(?:^\D+[-–—=:\s]\s*(\d+)\s*$)")
# Lowest first. Agreement in five languages, importance, likelihood: as survey tools offer them.
LABEL_SETS = [
    "strongly disagree|disagree|neither agree nor disagree|agree|strongly agree",
    "strongly disagree|disagree|neutral|agree|strongly agree",
    "strongly disagree|disagree|undecided|agree|strongly agree",
    "strongly disagree|disagree|somewhat disagree|neither agree nor disagree|somewhat agree|agree|"
    "strongly agree",
    "strongly disagree|disagree|slightly disagree|neither agree nor disagree|slightly agree|agree|"
    "strongly agree",
    "not at all important|slightly important|moderately important|very important|"
    "extremely important",
    "not important|slightly important|moderately important|important|very important",
    "very unimportant|unimportant|neither important nor unimportant|important|very important",
    "very unlikely|unlikely|neither likely nor unlikely|likely|very likely",
    "pas du tout d'accord|pas d'accord|ni d'accord ni pas d'accord|d'accord|tout à fait d'accord",
    "pas du tout d'accord|plutôt pas d'accord|neutre|plutôt d'accord|tout à fait d'accord",
    "stimme überhaupt nicht zu|stimme nicht zu|weder noch|stimme zu|stimme voll zu",
    "trifft überhaupt nicht zu|trifft eher nicht zu|teils teils|trifft eher zu|trifft voll zu",
    "totalmente en desacuerdo|en desacuerdo|ni de acuerdo ni en desacuerdo|de acuerdo|"
    "totalmente de acuerdo",
    "per niente d'accordo|poco d'accordo|né d'accordo né in disaccordo|d'accordo|molto d'accordo",
    "dezacord total|dezacord|nici acord nici dezacord|acord|acord total",
]


def parse_answer(
    cell: str, settings: DelphiSettings, labels: dict[str, int] | None = None
) -> tuple[str, int | None]:
    """Status and rating of a cell: a code (7, 7.0), a label with its code, or a known word.

    *labels* are the words of the round (labels_of). Raises ValueError, in words for people, for
    anything else and for points outside the scale.
    """
    word = normalise(cell)
    if not cell.strip() or cell.strip().casefold() in _words(settings.missing):
        return "missing", None
    if cell.strip().casefold() in _words(settings.not_asked):
        return "not asked", None
    own = {normalise(label): value for label, value in settings.answer_labels.items()}
    none = [*settings.no_opinion, settings.say("no_opinion")]
    known = (labels or {}) | own
    if word not in own and not _a_point(word, settings) and _says(word, none):
        return "no opinion", None
    if word in known:
        return _on_scale(known[word], settings)
    match = LEADING.match(cell) or TRAILING.match(cell)
    if not match:
        raise ValueError(f"'{cell[:60]}' is not a rating")
    return _on_scale(int(next(g for g in match.groups() if g)), settings)


def _on_scale(given: int, settings: DelphiSettings) -> tuple[str, int]:
    scale = settings.scale
    if not scale.lowest <= given <= scale.highest:
        raise ValueError(f"the rating {given} is outside the scale {scale.lowest}-{scale.highest}")
    if settings.ranking.given:
        given = scale.lowest + scale.highest - given  # points: the first rank has the most
    return "rated", given


def _a_point(word: str, settings: DelphiSettings) -> bool:
    return word.isdigit() and settings.scale.lowest <= int(word) <= settings.scale.highest


def _words(entries: list[str]) -> set[str]:
    return {entry.casefold() for entry in entries}


def _says(word: str, phrases: list[str]) -> bool:
    """Is the cell one of the phrases, or does it contain one of several words?

    'X – Don't know or do not recognise this item' says "don't know"; the short 'NO' must be all.
    """
    for phrase in map(normalise, phrases):
        if word == phrase or (" " in phrase and f" {phrase} " in f" {word} "):
            return True
    return False


def labels_of(cells: list[str], settings: DelphiSettings) -> dict[str, int]:
    """The labels of a round in words (normalised) with their points; empty where they are unknown.

    A set is taken only where it has as many words as the scale has points and holds every word of
    the round that is neither number nor known otherwise.
    """
    size = settings.scale.highest - settings.scale.lowest + 1
    words = set()
    for cell in set(cells):
        try:
            parse_answer(cell, settings)
        except ValueError:
            words.add(normalise(cell))
    words = {word for word in words if word and not word.isdigit()}
    for entry in LABEL_SETS:
        ordered = [normalise(label) for label in entry.split("|")]
        if words and len(ordered) == size and words <= set(ordered):
            return {word: settings.scale.lowest + k for k, word in enumerate(ordered)}
    return {}
