"""Identifiers of bibliographic records: DOI, PubMed number and the record id of this study.

A record id depends on nothing but the record itself: a new export, another order of files or
another machine gives the same id, so decisions that people made about it stay valid.
"""

import hashlib
import re
import unicodedata
from urllib.parse import unquote

# The suffix is anything but white space (ISO 26324); what stops it in exports is trimmed after.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/[^\s\"<>\x00-\x1f]+", re.ASCII)
_DOI_TAIL = ".,;:'’”]}*"
_YEAR = re.compile(  # also in front of month and day, as in 20190531
    r"(?<!\d)(?:1[5-9]\d\d|20\d\d|21[0-4]\d)(?=(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))?(?!\d))"
)
_NOT_WORD = re.compile(r"[\W_]+")
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")  # invisible
)


def normalise_doi(text: str) -> str:
    """The first DOI in `text` in lower case without resolver, prefix or trailing punctuation.

    Empty when there is none. DOIs compare without regard to case (DOI Handbook, 2.4).
    """
    text = unquote(str(text or "").strip()) if "%" in str(text or "") else str(text or "")
    found = _DOI.search(text)
    if not found:
        return ""
    doi = found.group().lower()
    for stop in ("[doi]", "&lt;", "&gt;", "&quot;"):
        doi = doi.split(stop)[0]
    doi = doi.rstrip(_DOI_TAIL)
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(_DOI_TAIL)
    return doi


def normalise_words(text: str) -> str:
    """`text` as lower-case words: letters and digits of any script, accents off, one space."""
    text = str(text or "").casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(_NOT_WORD.sub(" ", text).split())


def normalise_year(text: object) -> str:
    """The first four-digit year between 1500 and 2149 in `text`, or an empty string."""
    found = _YEAR.search(str(text or ""))
    return found.group() if found else ""


def family_name(author: str) -> str:
    """The normalised family name of "Family, Given", "Given Family" or "Family GI"."""
    author = str(author or "").strip()
    if "," in author:
        return normalise_words(author.split(",")[0])
    words = author.split()
    if len(words) > 1 and words[-1].isupper() and len(words[-1].strip(".")) <= 3:
        return normalise_words(" ".join(words[:-1]))
    return normalise_words(words[-1]) if words else ""


def record_id(doi: str, title: str, year: object, first_author: str) -> str:
    """ "r" and ten hexadecimal digits that identify a record by what it says.

    The DOI decides where there is one, else title, year and the first author's family name.
    """
    key = normalise_doi(doi)
    if not key:
        parts = (
            normalise_words(title),
            normalise_year(year),
            family_name(first_author),
        )
        key = "|".join(parts)
    return "r" + hashlib.sha256(key.encode()).hexdigest()[:10]
