"""Words that say that a value is missing, in the languages of exports (missing.csv)."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

_SIGNS_AROUND = " \t\n[](){}<>.,;:!?*\"'\u2013\u2014\u2015-\uff08\uff09\u3010\u3011\u3002"
_DASHES = " .?*#-\u2013\u2014\u2015\u2026"
_EMPTY = ("[]", "{}", "()", '""', "''")
_NOUNS = (
    "abstract",
    "author",
    "title",
    "keyword",
    "source",
    "date",
    "doi",
    "affiliation",
    "summary",
    "year",
    "author name",
    "author id",
)
_ENDINGS = ("available", "provided", "found", "given", "listed", "specified", "supplied", "stated")


def _words_for_missing() -> tuple[frozenset[str], frozenset[str]]:
    """The words of missing.csv in lower case, without signs around them: in all fields, and not in titles."""
    words: dict[str, set[str]] = {"yes": set(), "no": set()}
    with (Path(__file__).parent / "missing.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words[row["titles"]].update(w.strip(_SIGNS_AROUND) for w in row["words"].split("; "))
    for noun in (form for one in _NOUNS for form in (one, f"{one}s")):
        words["yes"].update((f"no {noun}", f"no-{noun}", f"{noun} unavailable", f"there is no {noun}"))
        for ending in _ENDINGS:
            words["yes"].update(f"no {noun} {verb}{ending}" for verb in ("", "is ", "was "))
            words["yes"].update(f"{noun} {verb}not {ending}" for verb in ("", "is ", "are ", "was "))
    return frozenset(words["yes"]), frozenset(words["no"])


_MISSING, _UNSAID = _words_for_missing()
MISSING_SIGNS = frozenset(_SIGNS_AROUND + "#\\<\u2026") | {""}


def _begins(word: str) -> Iterator[str]:
    """The first three letters of a value that is this word, in any case, also with a sign behind it."""
    ends = product(*({letter, letter.upper()} for letter in word[:3]))
    for begin in map("".join, ends):
        yield begin
        if len(word) < 3:
            yield from ((begin + sign)[:3] for sign in _SIGNS_AROUND)


# The first three letters of what only says that there is none; other values need no look.
MISSING_BEGINS = frozenset(begin for word in _MISSING for begin in _begins(word)) | {"Cop"}

UNSAID_BEGINS = frozenset(word[:2] for word in _UNSAID | _MISSING)  # in lower case


def is_missing(value: str) -> bool:
    """Whether a value only says that there is none, as "[No abstract available]", "NA" or "n.d.".

    EBSCO writes whose property the article is where it has no abstract.

    >>> is_missing("[No abstract available]"), is_missing("NA"), is_missing("Na, Li")
    (True, True, False)
    """
    if value[:13] == "Copyright of " and " is the property of " in value[:250]:
        return True
    if len(value) > 50 or not (value[:3] in MISSING_BEGINS or value[:1] in MISSING_SIGNS):
        return False
    bare = value.strip(_SIGNS_AROUND).lower()
    return bare in _MISSING or value in _EMPTY or not value.strip(_DASHES)


@lru_cache(maxsize=50_000)
def is_unsaid(value: str) -> bool:
    """The same with words that are titles too ("Unknown", "Missing"); kept, since values recur.

    >>> is_missing("Unknown"), is_unsaid("Unknown")
    (False, True)
    """
    return len(value) < 50 and (value.strip(_SIGNS_AROUND).lower() in _UNSAID or is_missing(value))


# Sentences in the place of an abstract, some of them as publishers' pages have them.
_NO_ABSTRACT = re.compile(
    r"\W*(?:sorry, )?(?:"
    r"(?:there is )?no (?:\w+ )?abstract\b(?: is| was| has been)?(?: currently| yet)?"
    r" (?:available|provided|supplied|given|found|included|submitted|prepared|for this)\b"
    r"|(?:an |the |this )?abstract (?:is |was |has |of this \w+ is |for this \w+ is )?(?:currently )?"
    r"(?:not|un)(?: been| yet)? ?(?:available|provided|supplied|included)\b"
    r"|this \w+ (?:has no|does not (?:have|contain|include) an?|is published without an?) abstract\b"
    r"|first page (?:preview|of the article)\b)",
    re.IGNORECASE,
)


_NOUN = (
    r"(?:abstrac?k?t|zusammenfassung|kurzfassung|r[ée]sum[ée]|resumen|resumo|riassunto|sommario|samenvatting|sammanfattning"
    r"|sammendrag|tiivistelmää?|streszczeni[ae]|özet|povzet(?:ek|ka)|sažet(?:ak|ka))"
)
# The same in other languages, as nothing but one short sentence.
_NOT_THERE = re.compile(
    rf"\W*(?:(?:kein|keine|pas de|pas d'|aucun|sans|sin|no hay|no contiene|sem|n[ãa]o h[áa]|nessun|senza|geen|ingen|intet|inget|ei|brak)"
    rf" {_NOUN}\b[^.;:]{{0,40}}"
    rf"|(?:l'|le |el |o |il |de )?{_NOUN} (?:ist |est |es |is |is nog |è |er )?(?:nicht|non|no|n[ãa]o|niet|ikke|ej|inte|není|nie|saknas|mangler)\b"
    rf"[^.;:]{{0,40}}|(?:article )?no {_NOUN}|要旨なし|抄録なし)\W*\Z",
    re.IGNORECASE,
)
_ONLY_ABOUT = re.compile(
    r"\W*(?:abstracts?|zusammenfassung|r[ée]sum[ée]|resumen|resumo"
    r"|(?:an? |the )?abstract (?:is )?available from (?:the )?(?:authors?|publisher)|abstract withheld[\w ]{0,30}"
    r"|(?:please )?(?:see|view|read|refer to|consult) (?:the )?(?:full[- ]?text|full article|full paper|pdf|article)[\w ]{0,40}"
    r"|to access this (?:article|content)\b[^.]{0,120}|(?:not provided by|not available from) (?:the )?publisher"
    r"|(?:the )?publisher (?:does|did) not provide (?:an )?abstract|not available in english)\W*\Z",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"\bpublished by\b|\bon behalf of\b|\btrading as\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.])\s+")
_NOTICE = re.compile(r"\W*(?:copyright\b|psycinfo database record\b|©|\(c\))", re.IGNORECASE)
_OF_NOTICE = re.compile(
    r"copyright|©|\(c\)|\b(?:19|20)\d\d\b|all rights reserved|rights? reserved|published (?:online )?by|publishing|publishers?"
    r"|\bthe authors?\b(?:\(s\))?|\b(?:inc|ltd|llc|gmbh|b\.?v|s\.?a|plc|limited|group|press|university|society|association|international)\b"
    r"|psycinfo|database record|\bapa\b|[^\w\s]",
    re.IGNORECASE,
)


def _is_notice(text: str) -> bool:
    """Whether a text is a notice of copyright and nothing else: each of its sentences, and few names are left of it."""
    return bool(_NOTICE.match(text)) and all(
        _OF_NOTICE.match(sentence)
        and len(_OF_NOTICE.sub(" ", sentence).split()) < (12 if _PUBLISHED.search(sentence) else 5)
        for sentence in _SENTENCE.split(text.strip())
    )


def is_no_abstract(text: str) -> bool:
    """Whether a short text says that there is no abstract, or is a notice of copyright in its place.

    >>> is_no_abstract("An abstract is not available for this content so a preview has been provided.")
    True
    >>> is_no_abstract("© 2020 The Author(s). Published by Elsevier Ltd."), is_no_abstract("Zusammenfassung nicht verfügbar")
    (True, True)
    >>> is_no_abstract("© 2020 The Authors. Doors and keys matter to citizens who care."), is_no_abstract("Resumen: no hay.")
    (False, False)
    """
    if len(text) >= 300:
        return False
    if _NO_ABSTRACT.match(text):
        return True
    return len(text) < 200 and bool(_NOT_THERE.match(text) or _ONLY_ABOUT.match(text) or _is_notice(text))


NO_NAMES = frozenset(
    [
        "anonymous",
        "anonymous a",
        "anonymous, a",
        "anonym",
        "anon",
        "anónimo",
        "anonyme",
        "anonimo",
        "anônimo",
        "аноним",
        "na, na",
        "na na",
        "n.n",
        "n. n",
        "no authors",
        "unknown author",
        "author unknown",
        "unbekannt",
        "inconnu",
        "no authorship indicated",
        "no author",
        "various",
        "various authors",
        "author",
        "authors",
    ]
)


def is_nobody(name: str) -> bool:
    """Whether a name is none: "Anonymous", "N. N.", or a word for missing.

    >>> is_nobody("[Anonymous]"), is_nobody("Noone, A.")
    (True, False)
    """
    bare = name.strip(_SIGNS_AROUND).lower()
    family, comma, given = bare.partition(", ")
    if bare in NO_NAMES or is_unsaid(name):
        return True
    if not comma:
        return False
    return f"{family} {given}" in NO_NAMES or f"{given} {family}" in NO_NAMES or (family == given and is_nobody(family))
