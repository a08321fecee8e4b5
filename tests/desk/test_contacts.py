"""Contacts of people in documents: what is replaced, and what only looks like one."""

import pytest
from coproduction.core import identities
from coproduction.desk import contacts
from coproduction.methods.resemblance import Pieces

REPLACED = [
    ("Mina at one point wrote to anna at example dot org", "Mina at one point wrote to [e-mail address]"),
    ("Write to anna.alder@example.org now.", "Write to [e-mail address] now."),
    ("Tel.: +43 1 234 567-89, room 5", "Tel. [telephone number], room 5"),
    ("Phone 0123 456789", "Phone [telephone number]"),
    ("In 2014 2015 2016 the sum was 12 345 678 euros.", None),
    ("Call +49 30 1234567 today", "Call  [telephone number] today"),
    ("Telefon: 030 1234-567", "Telefon [telephone number]"),
    ("Tél. : 01 23 45 67 89", "Tél. [telephone number]"),
    ("Phone number: 020 7946 0018", "Phone number [telephone number]"),
    ("Write to anna.alder(at)example.org", "Write to [e-mail address]"),
    ("Mobile 2019 2020 2021 and telework 2020 2021 2022", None),
    ("☎ 030 1234567", "☎ [telephone number]"),
    ("Tel. (direct): 02 299 11 11", "Tel. [telephone number]"),
    ("Τηλ. 210 1234567", "Τηλ. [telephone number]"),
    ("тел. 02 123 45 67", "тел. [telephone number]"),
    ("Puhelin 09 1234 5678", "Puhelin [telephone number]"),
    ("Town hall | T 020 7946 0018", "Town hall |  [telephone number]"),
    ("Write to anna.alder [at] example [dot] org", "Write to [e-mail address]"),
    ("Write to anna.alder at example dot org", "Write to [e-mail address]"),
    ("Write to anna.alder @ example.org", "Write to [e-mail address]"),
    ("Write to anna.alder＠example.org", "Write to [e-mail address]"),
    ("Contact person: Anna Alder, Ministry", "Contact person: [name], Ministry"),
    ("Ansprechpartnerin: Dr. Anna van den Alder", "Ansprechpartnerin: [name]"),
    ("Osoba kontaktowa – Anna Łęska-Alder", "Osoba kontaktowa – [name]"),
    ("Contact persons were named in all towns.", None),
    ("Contact: Anna Alder (Project Officer for Towns)", "Contact: [name] (Project Officer for Towns)"),
    ("Kontakt: Dr. Anna Alder, Abteilung 3", "Kontakt: [name], Abteilung 3"),
    ("Contact: European Commission, Brussels", None),
    ("Contact: Town Council, Unit 3", None),
    ("Contact: Ministry of Health", None),
    ("Contact: Research Office (room 3)", None),
    ("5 items @ 2.50 euros, at noon dot dot", None),
    ("T 1 and M 5 of 2019 and 0.5 in F 3", None),
]


@pytest.mark.parametrize(("text", "shown"), REPLACED)
def test_addresses_and_numbers_of_people_are_replaced(text, shown):
    found, n = contacts.without_contacts(text)
    assert found == (shown or text)
    assert n == (shown is not None)


def test_people_whose_address_a_document_has_are_not_named():
    texts = [
        "Write to Ana Lópes (ana.lopes@example.org).",
        "LOPES, Ana and Jörg Müller spoke; Ana Birch and lopes did not.",
    ]
    people = contacts.people_with_addresses([*texts, "joerg.mueller@example.org"])
    assert [contacts.without_contacts(text, None, people) for text in texts] == [
        ("Write to [name] ([e-mail address]).", 2),
        ("[name] and [name] spoke; Ana Birch and lopes did not.", 2),
    ]
    assert contacts.people_with_addresses(["info@example.org", "no address"]) is None
    people = contacts.people_with_addresses(["a.alder@example.org, kbirch@example.org"])
    told = contacts.without_contacts("Anna Alder, K. Birch and Birch, Karl; Otto Alder and Info Point.", None, people)
    assert told == ("[name], [name] and [name]; Otto Alder and Info Point.", 3)


def test_names_of_the_key_are_replaced():
    key = identities.Key(("Anna Alder", "Birch"), ("[official 1]", "[official 2]"), (2, 3))
    listed = contacts.listed_names(key)
    found, n = contacts.without_contacts("Anna Alder met Birch under a birch.", listed)
    assert (found, n) == ("[official 1] met [official 2] under a birch.", 2)


def test_names_of_several_parts_are_not_named():
    texts = [
        "Niels Van der Alder and Alder, Niels; Ana B. Birch; niels.vander.alder@example.org, ana.marie.birch@x.org"
    ]
    people = contacts.people_with_addresses(texts)
    told, n = contacts.without_contacts(texts[0], None, people)
    assert told.startswith("[name] and [name]; [name]; ")
    assert n == 5


def test_the_mailbox_of_a_unit_names_nobody():
    assert contacts.people_with_addresses(["UNIT-BENCHMARK-EGOV@example.org"]) is None


TEXTS = [text for text, _ in REPLACED]


@pytest.mark.parametrize("text", TEXTS)
def test_the_signs_of_a_text_leave_nothing_out(text):
    signs = contacts.Signs(Pieces())
    codes = signs.pieces.codes(text)
    assert contacts.without_contacts(text, signs=signs.of(codes)) == contacts.without_contacts(text)


@pytest.mark.parametrize(
    ("name", "address"), [("Anna Alder", "anna.alder"), ("Jörg Müller", "joerg.mueller"), ("Łucja Aßmann", "l.assmann")]
)
def test_pages_with_names_are_found_by_their_pieces(name, address):
    signs = contacts.Signs(Pieces())
    texts = ["Nobody here.", f"Then ({name}) spoke.", ""]
    coded = [signs.pieces.codes(text) for text in texts]
    listed = contacts.listed_names(identities.Key((name,), ("[official]",), (2,)))
    people = contacts.people_with_addresses([f"{address}@example.org"])
    for names in (listed, people):
        assert signs.named(names, coded) == [False, True, False]
        assert names.pattern.search(texts[1])
    assert signs.named(None, coded) == [False] * 3
