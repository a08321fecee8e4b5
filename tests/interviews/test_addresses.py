"""Postal addresses as they are written in the countries of the studies; invented, like all names here."""

import doctest

import pytest
from coproduction.interviews import addresses as module
from coproduction.interviews.addresses import addresses

ADDRESSES = [
    "ul. Długa 12/3",
    "ul. Długa 12 m. 3, 00-950 Warszawa",
    "ulicy Jana Pawła 15",
    "al. 3 Maja 7",
    "os. Zielone 4a",
    "00-950 Warszawa",
    "Hauptstraße 5",
    "Bahnhofstr. 12a, 10115 Berlin",
    "Berliner Straße 7",
    "Karl-Birke-Platz 5",
    "Lindenweg 3, 8010 Graz",
    "вул. Хрещатик, 22",
    "вулиця Лесі Українки 5",
    "Mannerheimintie 12, 00100 Helsinki",
    "Kauppakatu 3 A",
    "Náměstí Míru 4",
    "ulice Dlouhá 12, 110 00 Praha",
    "12 rue de la Paix, 75002 Paris",
    "7 bis, avenue Victor Hugo",
    "Via Roma 12, 00184 Roma",
    "calle Mayor 5",
    "Rua Augusta 12, 1100-048 Lisboa",
    "Kerkstraat 5, 1017 GA Amsterdam",
    "Storgatan 5",
    "12 High Street",
    "221b Baker Street, NW1 6XE",
    "SW1A 1AA",
]
OTHERS = [
    "We met in the High Street at 12.",
    "In 2019 Wall Street fell.",
    "During 20 years nothing came.",
    "Platz 5 war frei.",
    "20000 Menschen kamen.",
    "Paragraph 12 and article 5",
    "Chapter 3 of the plan",
    "It cost 500 20 crowns each",
    "the 12 Main problems",
    "Via the town we got 5 tables",
    "the plac where 12 came",
    "COVID-19 and HR 12",
    "rue, he said, 5 times",
    "pages 10-115 of it",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_found_whole(address):
    text = f"She said {address}, and then left."
    assert [text[start:end] for start, end in addresses(text)] == [address]


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_address_stays(text):
    assert list(addresses(text)) == []


def test_the_next_sentence_is_no_part_of_it():
    (place,) = addresses("So: ul. Długa 12, 00-950 Warszawa. She came.")
    assert place == (4, len("So: ul. Długa 12, 00-950 Warszawa"))


def test_the_example_holds():
    assert not doctest.testmod(module).failed
