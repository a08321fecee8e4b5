"""Forms of names: what grammars of the languages give, and names that are other names."""

import pytest
from coproduction.methods.name_forms import NameForms

FORMS = {  # declensions as school grammars of the languages have them
    "Marek": "Marka Markowi Markiem Marku",
    "Jan": "Jana Janowi Janem",
    "Anna": "Anny Annie Annę Anną Anno",
    "Monika": "Moniki Monice Monikę Moniką",
    "Jadwiga": "Jadwigi Jadwidze Jadwigę",
    "Barbara": "Barbary Barbarze Barbarą",
    "Beata": "Beaty Beacie Beatę",
    "Magda": "Magdy Magdzie",
    "Kasia": "Kasi Kasię Kasią Kasiu",
    "Paweł": "Pawła Pawłowi Pawłem Pawle",
    "Piotr": "Piotra Piotrowi Piotrem Piotrze",
    "Kowalski": "Kowalskiego Kowalskiemu Kowalskim Kowalscy",
    "Wiśniewska": "Wiśniewskiej Wiśniewską",
    "Nowak": "Nowaka Nowakowi Nowakiem Nowaku Nowakowie",
    "Zieliński": "Zielińskiego Zielińskim",
    "Wójcik": "Wójcika Wójcikowi Wójcikiem",
    "Weber": "Webers Weberschen Weberin",
    "Schmidt": "Schmidts Schmidt's Schmidtsche",
    "Olena": "Olenas",
    "Олена": "Олени Олені Олену Оленою",
    "Шевченко": "Шевченка Шевченку Шевченкові Шевченком",
    "Іван": "Івана Іванові Івану Іваном",
    "Ковальчук": "Ковальчука Ковальчукові Ковальчуком",
    "Андрій": "Андрія Андрію Андрієві Андрієм",
    "Ольга": "Ольги Ользі Ольгу Ольгою",
    "Петренко": "Petrenko",
    "Virtanen": "Virtasen Virtaselle Virtasesta Virtasta",
    "Pekka": "Pekan Pekalle Pekkaa Pekalta",
    "Matti": "Matin Matille Mattia Matilla",
    "Korhonen": "Korhosen Korhoselta",
    "Markus": "Markuksen Markukselle",
    "Novák": "Nováka Novákovi Novákem Nováková Novákové",
    "Nováková": "Novákové Novákovou",
    "Petr": "Petra Petrovi Petrem",
    "Eliška": "Elišky Elišce Elišku Eliškou",
    "Klára": "Kláry Kláře Kláru Klárou",
    "Svoboda": "Svobody Svobodovi Svobodu Svobodou",
}
CASES = [(name, form) for name, forms in FORMS.items() for form in forms.split()]


@pytest.mark.parametrize(("name", "form"), CASES)
def test_a_form_is_told_from_its_name(name, form):
    found = NameForms([name]).alike(form)
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize("spelt", ["Wisniewska", "Wiśniewka", "Wiszniewska", "WIŚNIEWSKA"])
def test_a_name_is_told_in_another_spelling(spelt):
    assert NameForms(["Wiśniewska"]).alike(spelt)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Marek", "Maria"),
        ("Anna", "Antek"),
        ("Nowak", "Nowa"),
        ("Jan", "Janina"),
        ("Weber", "Wagner"),
        ("Petr", "Pavel"),
        ("Olga", "Olaf"),
        ("Matti", "Mari"),
        ("Birch", "Berlin"),
        ("Іван", "Ірина"),
        ("Larch", "Large"),
        ("Willow", "Wilson"),
        ("Ana", "Ann"),
    ],
)
def test_another_name_is_no_form(name, other):
    assert NameForms([name]).alike(other) is None
