"""Contacts of people in documents: names, e-mail addresses and telephone numbers, which must not get out.

Signs of each kind (a literal word, digits) are looked for before any pattern of it, which most pages need not see
then.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from coproduction.core import identities
from coproduction.core.text import normalise
from coproduction.methods.resemblance import Pieces

# Telephone numbers by the word, the plus or the two zeros before them: documents are full of other numbers.
_CALLED = r"""
    tel tél telephone telefon téléphone teléfono telefono telefone telefoon tlf tfn puh phone ph fax telefax mobile
    mobil mobiel móvil mob cell handy gsm hotline puhelin tálr tālr tālrunis telefón telefonas teil guthán τηλ τηλέφωνο
    φαξ тел телефон факс ☎ ☏ 📞
""".split()
_ADDRESS = identities.SHAPES["an e-mail address"]
# (at) for @, (dot) for a full stop, blanks around the sign, the wide sign of East Asian letters
_WRITTEN_OUT = re.compile(
    r"\w[\w.+-]*(?:\s?[\[({]at[\])}]\s?|\s?[@＠]\s?|\sat\s(?=[\w-]+\s(?:dot|punkt|punto)\s))"
    r"\w[\w-]*(?:(?:\.|\s?[\[({](?:dot|punkt|punto|point)[\])}]\s?|\s(?:dot|punkt|punto|point)\s)\w[\w-]*)*"
    r"(?:\.|\s?[\[({](?:dot|punkt|punto|point)[\])}]\s?|\s(?:dot|punkt|punto|point)\s)[^\W\d_]{2,}",
    re.IGNORECASE,
)
_WRITTEN_OUT_SIGN = re.compile(r"[@＠]|[\[({]at[\])}]|\sat\s[\w-]+\s(?:dot|punkt|punto|point)\s", re.IGNORECASE)
_TELEPHONE = re.compile(
    rf"(?<!\w)(?P<called>(?:{'|'.join(_CALLED)})\.?(?:\s?(?:number|nummer|no\.|nr\.|n°))?)(?:\s?\([^()\d]{{1,20}}\))?[\s:]{{0,4}}"
    r"(?!(?:19|20)\d\d\b\D{1,3}(?:19|20)\d\d\b)\(?[+\d](?:[ ()/.-]{0,2}\d){5,14}"
    r"|(?<![\w+])(?:\+|00[ ]?)[1-9](?:[ ()/.-]{0,2}\d){6,13}(?!\d)"
    r"|(?:(?<=^)|(?<=[\n|•,;]\s)|(?<=[\n|•,;]))[TMF][.:]?\s\(?0\d{1,4}\)?(?:[ /.-]\d{2,8}){1,4}(?!\d)",
    re.IGNORECASE,
)
_AT = ("@", "＠", "[at", "(at", "{at", " dot ", " punkt ")
_DIGITS = re.compile(r"\d(?:[ ()/.-]{0,2}\d){4,}")
DIGITS = 5  # at least are in each telephone number
BEFORE = 60  # signs within which a number's word is before it
_CALLS = re.compile(rf"\+|00|\b[TMF][.:]?\s\(?0|(?<!\w)(?:{'|'.join(_CALLED)})(?!\w)", re.IGNORECASE)
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]*"
_BODIES = (
    r"(?:\w+\s)?\w*(?:agen|author|behörd|bureau|cent[er]|commission|council|committee|department|direct|divis|europe|"
    r"federa|found|govern|institu|minist|municip|national|office|organi[sz]|parliament|press|project|region|secretar|"
    r"section|service|social|team|unit|universi|verein)\w*"
)
# One of these is in whatever _TURN_CUE finds, in small letters; looking for them costs next to nothing
_TURN_WORDS = ("onta", "ansprech", "interlocuteur", "referente", "osoba", "yhteyshenkil", "kapcsolattart")
# Whoever is named as the person to turn to
_CALLED_PERSON = (
    r"(?:contact person|person to contact|your contact|ansprechpartner(?:in)?|ansprechperson|kontaktperson|"
    r"contactpersoon|personne (?:de|à) contact(?:er)?|interlocuteur|persona de contacto|persona di contatto|referente|"
    r"pessoa de contacto|osoba (?:do kontaktu|kontaktowa)|kontaktní osoba|kontaktná osoba|yhteyshenkilö|kontaktisik|"
    r"kapcsolattartó|persoană de contact)\s?[:–-]\s{0,2}"
)
_CONTACT = r"\b(?:contacts?|kontakt|contacto|contatto|contatti|contato)\s?:\s{0,2}"
_TURN_CUE = re.compile(rf"{_CALLED_PERSON}|{_CONTACT}", re.IGNORECASE)
_TURN_TO = re.compile(
    rf"(?P<called>(?i:{_CALLED_PERSON}))"
    rf"(?:(?:[Dd]r|[Pp]rof|[Mm]rs?|[Mm]s|[Mm]me|[Mm]lle|[Hh]err|[Ff]rau|[Ss]r|[Ss]ra|[Ii]ng|[Mm]ag)\.?\s){{0,3}}"
    rf"{_NAME}(?:\s(?:(?:van|von|de|der|den|di|da|la|le|af|zu)\s){{0,2}}{_NAME}){{1,3}}"
    # or behind 'Contact:' alone, where the words are two names before a bracket, an address or the end of the line
    rf"|(?P<also>(?i:{_CONTACT}))"
    rf"(?:(?:[Dd]r|[Pp]rof|[Mm]rs?|[Mm]s|[Mm]me)\.?\s){{0,2}}(?!(?i:{_BODIES}))"
    rf"{_NAME}\s(?:(?:van|von|de|der|den|di|da|la|le)\s){{0,2}}(?!(?i:{_BODIES})){_NAME}"
    r"(?=\s?(?:\(|<|\[e-mail|[,;–-]|(?i:e-?mail|tel|phone)|$|\n))"
)
# anna.alder@, anna.van.alder@
_ADDRESSED = re.compile(r"(?<![\w.])([^\W\d_]{2,})((?:[._][^\W\d_]+){0,3})[._]([^\W\d_]{3,})\s?@", re.IGNORECASE)
_INITIAL = re.compile(r"(?<![\w.-])([^\W\d_])[._]?([^\W\d_]{3,})\s?@", re.IGNORECASE)  # a.alder@, aalder@
_OF_NOBODY = frozenset(
    """
    admin communication communications contact contacts enquiries feedback help helpdesk hello info kontakt library mail
    media news newsletter office policy post postbox presse press privacy publications research secretariat service
    statistics support team webmaster
    """.split()
)
NAMED = "[name]"
ADDRESS, CALL, TURN, _DIGIT = 1, 2, 4, 8  # signs of what a text may have


@dataclass(frozen=True)
class Names:
    """Names that are sought: their pattern, what replaces a match, and words (plain) of which each match holds one."""

    pattern: re.Pattern
    replaced: Callable[[re.Match], str]
    words: list[str]


def listed_names(key: identities.Key | None) -> Names | None:
    """The names that people listed, each with its pseudonym."""
    pattern = key.pattern() if key else None
    if pattern is None or key is None:
        return None
    pseudonyms = key.pseudonyms
    words = sorted({_without_accents(name.split()[0]) for name in key.names})
    return Names(pattern, lambda match: pseudonyms[int((match.lastgroup or "n0")[1:])], words)


def people_with_addresses(texts: list[str]) -> Names | None:
    """Finds the names of those whose address (anna.alder@…) a document has, however they are accented."""
    pairs = {pair for text in texts if "@" in text for pair in _ADDRESSED.findall(text)}
    short = {pair for text in texts if "@" in text for pair in _INITIAL.findall(text)}
    short = {(first, last) for first, last in short if f"{first}{last}".lower() not in _OF_NOBODY}
    if not pairs and not short:
        return None
    pieces = []
    for first, between, last in sorted({(_any_accent(a), _between(b), _any_accent(c)) for a, b, c in pairs}):
        pieces += [rf"{first}(?:\s+\w\.?)?{between}\s+{last}|{last},\s*{first}"]
    for first, last in sorted({(_any_accent(first), _any_accent(last)) for first, last in short}):
        pieces += [rf"{first}[\w.’-]*(?:\s+\w\.?)?\s+{last}|{last},\s*{first}[\w.’-]*"]
    lasts = sorted({_without_accents(last) for *_, last in pairs | short})

    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(pieces)})(?!\w)", re.IGNORECASE)
    return Names(pattern, lambda _: NAMED, lasts)


def _between(parts: str) -> str:
    """A pattern for what is between two dots of an address: 'vander' is 'van der', 'marie' may be left out."""
    words = [r"\s?".join(map(_any_accent, word)) for word in re.findall(r"[^\W_]+", parts)]
    return "".join(rf"(?:\s+{word})?" for word in words)


def _without_accents(text: str) -> str:
    """A form that the spellings of a name have in common, whatever `_any_accent` allows."""
    return normalise(text).replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _any_accent(name: str) -> str:
    """A pattern for the name with or without its accents (Müller, Mueller and Muller)."""
    plain = {"ae": "(?:ä|ae)", "oe": "(?:ö|ø|oe)", "ue": "(?:ü|ue)", "ss": "(?:ß|ss)"}
    single = {"a": "aáàâäãåą", "c": "cçćč", "e": "eéèêëęě", "i": "iíìîïı", "l": "lł", "n": "nñńň", "o": "oóòôöõøő"}
    single |= {"s": "sšśș", "u": "uúùûüůű", "y": "yýÿ", "z": "zžźż", "r": "rř", "d": "dď", "t": "tťț", "g": "gğ"}
    return re.sub(
        "|".join([*plain, "."]),
        lambda match: plain.get(match[0]) or f"[{single.get(match[0], re.escape(match[0]))}]",
        name.lower(),
    )


class Signs:
    """What the pieces of text between blanks may be part of: looked for once in each piece, whatever many texts have it."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self._known = np.zeros(0, dtype=np.uint8)
        self._plain: list[str] = []

    def of(self, codes: np.ndarray) -> int:
        """The signs (ADDRESS, CALL, TURN) that a text has, by the numbers of its pieces."""
        if len(self._known) < len(self.pieces):
            new = np.fromiter(map(_signs, self.pieces.in_order[len(self._known) :]), dtype=np.uint8)
            self._known = np.append(self._known, new)
        piece_signs = self._known[codes]
        all_signs = int(np.bitwise_or.reduce(piece_signs)) if len(piece_signs) else 0
        if all_signs & (_DIGIT | CALL) == _DIGIT:  # a number may have blanks within it
            digits = piece_signs & _DIGIT
            all_signs |= CALL if (digits[1:] & digits[:-1]).any() else 0
        return all_signs

    def named(self, names: Names | None, coded: list[np.ndarray]) -> list[bool]:
        """Which of several texts, by the numbers of their pieces, may have one of the names."""
        if names is None or not coded:
            return [False] * len(coded)
        self._plain += map(_without_accents, self.pieces.in_order[len(self._plain) :])
        codes = np.unique(np.concatenate(coded)).tolist()
        every = "\n".join([self._plain[code] for code in codes])
        words = [word for word in names.words if word in every]
        holds_name = np.zeros(len(self._plain), dtype=bool)
        if words:
            holds_name[[code for code in codes if any(word in self._plain[code] for word in words)]] = True
        return [bool(holds_name[codes_of_text].any()) for codes_of_text in coded]


def _signs(piece: str) -> int:
    low, digits = piece.lower(), sum(map(str.isdecimal, piece)) if not piece.isalpha() else 0
    signs = (_DIGIT if digits else 0) | (CALL if digits >= DIGITS else 0)
    if any(sign.strip() in low for sign in _AT):
        signs |= ADDRESS
    return signs | (TURN if any(word in low for word in _TURN_WORDS) else 0)


def without_contacts(
    text: str, listed: Names | None = None, people: Names | None = None, signs: int = ADDRESS | CALL | TURN
) -> tuple[str, int]:
    """`text` without listed names, e-mail addresses, telephone numbers and `people`; how many were replaced.

    Only what a text has signs of is looked for.
    """
    total = 0
    if signs & ADDRESS and "@" in text:
        text, n = _ADDRESS.subn("[e-mail address]", text)
        total += n
    if signs & ADDRESS and _is_near(_AT, _WRITTEN_OUT_SIGN, text):
        text, n = _WRITTEN_OUT.subn("[e-mail address]", text)
        total += n
    if signs & CALL and _calls(text):
        text, n = _TELEPHONE.subn(lambda match: f"{match['called'] or ''} [telephone number]", text)
        total += n
    if people is not None:
        text, n = people.pattern.subn(people.replaced, text)
        total += n
    if signs & TURN and _is_near(_TURN_WORDS, _TURN_CUE, text):
        text, n = _TURN_TO.subn(lambda match: f"{match['called'] or match['also']}{NAMED}", text)
        total += n
    if listed is not None:
        text, n = listed.pattern.subn(listed.replaced, text)
        total += n
    return text, total


def _calls(text: str) -> bool:
    """Whether a run of digits is a telephone number, by the words and signs before it."""
    for run in _DIGITS.finditer(text):
        start = max(run.start() - BEFORE, 0)
        if _CALLS.search(text, start, run.end()) and _TELEPHONE.search(text, start, run.end()):
            return True
    return False


def _is_near(signs: Iterable[str], pattern: re.Pattern, text: str) -> bool:
    """Whether the pattern, which is longer than BEFORE nowhere, matches around one of the signs in the text."""
    low = text.lower()
    for sign in signs:
        place = low.find(sign)
        while place >= 0:
            if pattern.search(low, max(place - BEFORE, 0), place + BEFORE):
                return True
            place = low.find(sign, place + 1)
    return False
