"""Names that may be left in the texts: forms of the key's names, and every other capitalised word.

The key replaces names as people wrote them. What may be the same name in another case, spelling or
script, and what else is written with a capital within a sentence, is shown with its context for people
to decide: a row of identities.csv, or a word that names nobody. Named-entity recognition (spaCy,
Stanza, Presidio) was left out: it needs a model for each language and still misses names, while the
words of a study that begin with a capital are few enough to be read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import accounting, people_tables
from coproduction.core.identities import Key
from coproduction.interviews.tables import NAMES_NOBODY, NO_NAMES, PRIVATE_NAMES, TO_DECIDE
from coproduction.methods.name_forms import NameForms

CONTEXT = 40  # characters on each side
SHORTEST = 3  # letters of a word of the key that other words are compared with
NOUNS = 0.12  # share of words within sentences with a capital from which a language writes nouns so
SAMPLE, ENOUGH = 20_000, 100  # characters that are looked at for that, and words that tell
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_TOKEN = re.compile(r"\[[^\]\n]*\]")
_COMMON = (
    "mr mrs ms miss dr prof professor sir madam lady herr frau herrn pan pani panie pana panu państwo "
    "ks mgr inż doktor pán paní rouva herra monsieur madame signor signora senhor senhora señor señora "
    "пан пані др проф the and von van der den de la le di da of"
)
_TITLES = frozenset(_COMMON.split())
_BEGINS = re.compile(r"(?:^|[.?!…:;\n\t][\"”’»)\]]*|[\"“„«»(\[–—-])\s*$")


@dataclass(frozen=True)
class _Seen:
    """Where a word was seen: in which texts, how often, the first time with what is around it."""

    times: int
    transcripts: tuple[str, ...]
    context: str
    within: bool


def read_no_names(path: str | Path | None) -> set[str]:
    """The words of no_names.csv, in lower case; none where there is no file."""
    if not path:
        return set()
    return set(people_tables.read_people_table(path, NO_NAMES)["find"].str.casefold())


def names_left(texts: Mapping[str, str], key: Key, speakers: Iterable[str], nobody: set[str]) -> pd.DataFrame:
    """PRIVATE_NAMES: words of the pseudonymised texts that may name somebody, the likeliest first.

    speakers: names of speakers that were replaced; nobody: words that people found to name nobody
    """
    capitalised, lower = _capitalised(texts)
    forms, rows_of = _forms(key, speakers)
    rows: list[dict[str, Any]] = []
    for word, occurrences in capitalised.items():
        alike = forms.alike(word)
        if alike:
            listed, pseudonym = rows_of[alike[0]]
            why = f"{alike[1]}: {listed}"
        elif occurrences.within and not lower[word.casefold()]:
            why, pseudonym = "a capital within a sentence", ""
        elif _BEHIND_TITLE.search(occurrences.context):
            why, pseudonym = "behind a title", ""
        else:
            continue
        state = NAMES_NOBODY if word.casefold() in nobody else TO_DECIDE
        rows.append(
            {
                "find": word,
                "replace": pseudonym,
                "state": state,
                "alike": bool(alike),
                "why": why,
                "times": occurrences.times,
                "transcripts": ";".join(occurrences.transcripts),
                "context": occurrences.context,
            }
        )
    rows.sort(key=lambda row: (not row["alike"], row["find"].casefold(), row["find"]))
    for row in rows:
        row["alike"] = "yes" if row["alike"] else "no"
    return accounting.table(rows, PRIVATE_NAMES)


_BEHIND_TITLE = re.compile(r"(?:Herrn?|Frau|Dr\.|Prof\.|Professor(?:in)?|Familie) (?:[\w.]+ )?→", re.IGNORECASE)


def _forms(key: Key, speakers: Iterable[str]) -> tuple[NameForms, dict[str, tuple[str, str]]]:
    """The single words of all names, and for each where it is listed and what replaces it."""
    words: dict[str, tuple[str, str]] = {}
    for name, pseudonym, row in zip(key.names, key.pseudonyms, key.rows, strict=True):
        for word in _words_of(name):
            words.setdefault(word, (f"row {row} of {Path(key.file).name}", pseudonym))
    for name in speakers:
        for word in _words_of(name):
            words.setdefault(word, ("a speaker in private/speakers.csv", ""))
    return NameForms(words), words


def _words_of(name: str) -> list[str]:
    words = _WORD.findall(name)
    return [w for w in words if len(w) >= SHORTEST and w[0].isupper() and w.casefold() not in _TITLES]


def _capitalised(texts: Mapping[str, str]) -> tuple[dict[str, _Seen], Counter]:
    """Each word with a capital by its writing, and how often words occur without."""
    places_of_words: dict[str, list] = {}
    lower: Counter = Counter()
    for transcript, text in texts.items():
        hidden = _TOKEN.sub(lambda match: " " * len(match.group()), text)
        everywhere = _writes_nouns_so(hidden)
        lower.update(word for word in _WORD.findall(hidden) if not word[0].isupper())
        for match in _WORD.finditer(hidden):
            if hidden[match.start()].isupper() and not _is_common(word := match.group()):
                before = hidden[max(0, match.start() - 25) : match.start()]
                within = _BEHIND_TITLE.search(f"{before}→") is not None
                within |= not everywhere and _BEGINS.search(before) is None
                places_of_words.setdefault(word, []).append((transcript, match.span(), within))
    occurrences = {}
    for word, places in places_of_words.items():
        transcript, (start, end), _ = next((p for p in places if p[2]), places[0])
        text = texts[transcript]
        around = f"{text[max(0, start - CONTEXT) : start]}→{text[start : end + CONTEXT]}"
        occurrences[word] = _Seen(
            len(places),
            tuple(dict.fromkeys(place[0] for place in places)),
            " ".join(around.split()),
            any(place[2] for place in places),
        )
    return occurrences, lower


def _is_common(word: str) -> bool:
    """Whether a word with a capital is a title, an abbreviation or the English I."""
    short = len(word) <= SHORTEST and word.isupper()
    return len(word) == 1 or short or word.startswith(("I'", "I’")) or word.casefold() in _TITLES


def _writes_nouns_so(text: str) -> bool:
    """Whether so many words within sentences have a capital that it must be the nouns (German)."""
    inside = [
        word[0].isupper()
        for sentence in re.split(r"[.?!…:\n]\s*", text[:SAMPLE])
        for word in _WORD.findall(sentence)[1:]
    ]
    return len(inside) >= ENOUGH and sum(inside) / len(inside) > NOUNS
