"""What people write for a decision, in the languages of Europe (`decision_words.csv`), and what it means.

A word stands for one decision only, whatever the language: words that mean yes in one language and no in
another are left out of the list, and a cell with one is asked about. Accents may be missing.
"""

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

LONG = 5  # letters of a decision that may have a remark behind it
SAYING = ("incl", "excl", "ein", "aus", "uit", "ins", "esc", "acc", "rej", "rel", "irr", "ink", "eks", "exk")
# behind a decision these leave it open: "exclude unless in English"
OPEN = set(
    "if unless probably perhaps possibly doubtful likely tbc tbd discuss wenn falls eventuell evtl wohl sauf".split()
)
NOT_SURE = re.compile(
    r"\bnot (?:entirely |quite |so )?sure\b|\bnicht sicher\b|\bpas s[uû]r\b|\bto be (?:discussed|confirmed|checked)\b"
)
ALONE = {"relevant"}  # counts by itself only: "relevant as background" includes nothing
STROKES = str.maketrans("łøđı", "lodi")  # letters that are no base letter with an accent


def plain_word(text: str) -> str:
    """Small letters without accents and outer blanks, the dots of whole numbers left out.

    >>> plain_word(" Peut-Être "), plain_word("1.0"), plain_word("1,0"), plain_word("ausschließen")
    ('peut-etre', '1', '1', 'ausschliessen')
    """
    text = " ".join(text.replace("’", "'").casefold().split()).translate(STROKES)
    text = text.removesuffix(".0").removesuffix(",0")
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _listed() -> dict[str, str]:
    """The decision of each word, as it is compared."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return {plain_word(row["word"]): row["decision"] for row in csv.DictReader(file)}


_LISTED = _listed()
DECISIONS = {word: decision for word, decision in _LISTED.items() if decision != "none"}
_NOTHING = frozenset(word for word, decision in _LISTED.items() if decision == "none")
TOLD = {word for word in DECISIONS if len(word) >= LONG} - ALONE


@lru_cache(maxsize=50_000)
def says_nothing(cell: str) -> bool:
    """Whether a cell is empty or only says that there is no decision yet, as `NA` of R or `not screened`.

    >>> says_nothing("NA"), says_nothing("Not screened"), says_nothing("no")
    (True, True, False)
    """
    return not cell or plain_word(cell) in _NOTHING


@lru_cache(maxsize=50_000)
def decision_in(cell: str, allowed: tuple[str, ...]) -> tuple[str, str]:
    """The decision in a cell and the remark behind it; no decision where it is not clear. Kept, since cells recur.

    >>> decision_in("exclude - good background", ("include", "exclude"))
    ('exclude', 'good background')
    >>> decision_in("oui", ("include", "exclude")), decision_in("exclude?", ("include", "exclude"))
    (('include', ''), ('', ''))
    """
    plain = plain_word(cell)
    if plain in DECISIONS:
        return (DECISIONS[plain], "") if DECISIONS[plain] in allowed else ("", "")
    first, *further_words = re.findall(r"\w+", plain) or [""]
    if first not in TOLD or DECISIONS[first] not in allowed or not plain.startswith(first) or "?" in plain:
        return "", ""
    if (TOLD | OPEN) & set(further_words) or NOT_SURE.search(plain):
        return "", ""
    return DECISIONS[first], _behind(cell, first)


def _behind(cell: str, first: str) -> str:
    """What is written behind the first word, which may be longer than its plain form."""
    first_word = re.search(r"\w+", cell.strip())
    return cell.strip()[first_word.end() if first_word else len(first) :].strip(" -–—:,.;()")


def says_so(cell: str) -> bool:
    """Whether a cell names inclusion or exclusion itself, which yes, no and numbers do not.

    >>> says_so("Excluded"), says_so("no")
    (True, False)
    """
    first = next(iter(re.findall(r"\w+", plain_word(cell))), "")
    return first in TOLD | ALONE and first.startswith(SAYING)
