"""Postal addresses in what people say, by their shape: a street with a number, a postcode with a place.

libpostal was left out: it needs a C library and two gigabytes of data; pyap knows English-speaking
countries only. A street counts with a number alone, so that "the High Street" is none; a postcode
alone counts where no number of another kind looks like it.
"""

import re
from collections.abc import Iterator

_CAPITAL = r"[^\W\d_a-zà-öø-ÿа-яієїґąćęłńóśźżěščřžýůďťňöäüå]"
_NAME = rf"{_CAPITAL}[\w'’.-]*"
_HOUSE = r"\d{1,4}(?!\d)(?:[ ]?[a-zA-Z](?![\w.]))?(?:[ ]?/[ ]?\d{1,4}|,?[ ]m(?:ieszk)?\.[ ]?\d{1,4})?"
_SMALL = r"(?:de la|de los|de las|del|della|delle|dei|de l['’]|du|des|de|d['’]|di|da|do|dos|das)"
_BEFORE = (  # the word for a street precedes its name: ul. Długa 12
    r"(?:ul\.|ulica|ulicy|ulicę|al\.|aleja|alei|os\.|osiedle|osiedlu|pl\.|plac|placu|ulice|ulici|"
    r"náměstí|nám\.|вул\.|вулиця|вулиці|просп\.|проспект|бульв\.|площа|пров\.|улица|"
    r"via|viale|piazza|corso|calle|c/|avenida|avda\.|plaza|paseo|rua|travessa|praça|largo)"
)
_FRENCH = r"(?:rue|avenue|boulevard|bd|place|chemin|impasse|allée|quai|square)"
_BEHIND = (  # the word ends the name: Hauptstraße 5, Mannerheimintie 12
    r"(?:straße|strasse|str\.|allee|gasse|weg|platz|damm|ufer|straat|laan|gracht|plein|dreef|"
    r"gatan|vägen|gränd|gata|veien|vegen|gade|vej|katu|kuja|polku|gatvė)"
)
_APART = r"(?:Straße|Strasse|Str\.|Allee|Platz|Weg|Gasse|Chaussee|Damm|Ufer)"
_ENGLISH = (
    r"(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Close|Square|Court|Terrace|Crescent|Gardens|"
    r"Boulevard|Place|Row|Mews)"
)
_UK = r"[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}"
_CODE = rf"(?:[A-Z]{{1,3}}-)?(?:\d{{2}}-\d{{3}}|\d{{3}}[ ]?\d{{2}}|\d{{4,5}}(?:-\d{{3}})?(?:[ ][A-Z]{{2}})?|{_UK})"
_TOWN_NAME = rf"{_CAPITAL}[\w'’-]*"
_PLACE = rf"{_TOWN_NAME}(?:[ ](?:am|an der|nad|pod|sur|upon)[ ]{_TOWN_NAME}|[ -]{_TOWN_NAME}){{0,2}}"
_TOWN = rf"(?:(?:,[ ]?|[ ]|\n){_CODE}(?:,?[ ]{_PLACE})?)?"
_STREETS = [
    rf"\b(?i:{_BEFORE})[ ]?(?:{_SMALL}[ ]?|\d{{1,2}}[ ])?{_NAME}"
    rf"(?:[ ](?:{_SMALL}[ ]?|\d{{1,2}}[ ])?{_NAME}){{0,3}},?[ ]"
    rf"(?:nr?\.?º?[ ]?|č\.[ ]?|буд\.[ ]?|№[ ]?)?{_HOUSE}",
    rf"\b\d{{1,4}}(?:[ ]?(?:bis|ter))?,?[ ](?i:{_FRENCH})[ ](?:{_SMALL}[ ]?)?{_NAME}(?:[ -](?:{_SMALL}[ ]?)?{_NAME}){{0,3}}",
    rf"\b{_CAPITAL}[\w'’-]{{3,}}{_BEHIND}[ ]{_HOUSE}",
    rf"\b[A-ZÄÖÜ][\w-]*(?:er|-)[ ]?{_APART}[ ]{_HOUSE}",
    rf"\b{_NAME}(?:in|n)[ ](?:tie|katu)[ ]{_HOUSE}",
    rf"\b[A-ZÅÄÖ][\w-]{{4,}}tie[ ]{_HOUSE}",
    rf"\b(?!(?:19|20)\d\d)\d{{1,4}}[A-Za-z]?,?[ ](?:{_NAME}[ ]){{1,3}}{_ENGLISH}(?!\w)",
]
_ALONE = [
    rf"\b\d{{2}}-\d{{3}}[ ]{_PLACE}",  # Poland
    rf"\b\d{{4}}-\d{{3}}[ ]{_PLACE}",  # Portugal
    rf"\b[1-9]\d{{3}}[ ][A-Z]{{2}},?[ ]{_PLACE}",  # the Netherlands
    rf"\b{_UK}\b",
    rf"\b(?:PL|CZ|SK|D|A|CH|F|I|E|B|FI|UA|LT|LV|EE|SE|DK)-\d{{4,5}}[ ]{_PLACE}",
]
ADDRESS = re.compile("|".join([f"(?:{street}){_TOWN}" for street in _STREETS] + _ALONE))


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where postal addresses are in a text.

    >>> text = "She lives at ul. Długa 12/3, 00-950 Warszawa, not in the High Street."
    >>> [text[start:end] for start, end in addresses(text)]
    ['ul. Długa 12/3, 00-950 Warszawa']
    """
    yield from (match.span() for match in ADDRESS.finditer(text))
