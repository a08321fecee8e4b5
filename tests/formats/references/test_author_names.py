"""Names of authors, however they are strung together. All are invented for these tests (illustrative)."""

import pytest
from coproduction.formats.references.author_names import bibtex_authors, order_name, split_authors

LISTS = {
    # commas within and between names, with "and" before the last
    "Alder, B., Birch, C. and Cedar, D.": ["Alder, B.", "Birch, C.", "Cedar, D."],
    "Alder, Béla, Birch, Ann and Cedar, Di": ["Alder, Béla", "Birch, Ann", "Cedar, Di"],
    "Béla Alder, Ann Birch and Carl Cedar": ["Alder, Béla", "Birch, Ann", "Cedar, Carl"],
    "Alder B, Birch C and Cedar D": ["Alder, B", "Birch, C", "Cedar, D"],
    "Alder, Birch, and Cedar": ["Alder", "Birch", "Cedar"],
    "Alder, Béla and Birch, Ann": ["Alder, Béla", "Birch, Ann"],
    "García López, Ana María and World Bank": ["García López, Ana María", "World Bank"],
    "Alder, Béla, Jr. and Birch, Ann": ["Alder, Béla, Jr.", "Birch, Ann"],
    # "and" of other languages, and strokes
    "Ana Ruiz y José Ortega": ["Ruiz, Ana", "Ortega, José"],
    "Anna Elm und Bo Fir": ["Elm, Anna", "Fir, Bo"],
    "José Ortega y Gasset": ["Ortega y Gasset, José"],
    "Miguel de Cedro y Robledo": ["de Cedro y Robledo, Miguel"],
    "Bundesamt für Wald und Wiese": ["Bundesamt für Wald und Wiese"],
    "Alder, Béla / Birch, Ann": ["Alder, Béla", "Birch, Ann"],
    "Bela Alder/Ann Birch": ["Alder, Bela", "Birch, Ann"],
    # signs of other scripts
    "张三，李四": ["张三", "李四"],
    "张三；李四": ["张三", "李四"],
    "张三、李四": ["张三", "李四"],
    "山田 太郎; 佐藤 花子": ["山田, 太郎", "佐藤, 花子"],
    "Петров И. И.; Сидоров А. А.": ["Петров, И. И.", "Сидоров, А. А."],
    "Петров И.И., Сидоров А.А.": ["Петров, И.И.", "Сидоров, А.А."],
    "Novák Š., Łoś Ż.": ["Novák, Š.", "Łoś, Ż."],
    # what is no part of a name
    "Alder, B. https://orcid.org/0000-0001-2345-6789; Birch, C.": ["Alder, B.", "Birch, C."],
    "Alder, B. (ORCID: 0000-0001-2345-678X); Birch, C.": ["Alder, B.", "Birch, C."],
    "Alder, Béla*; Birch, Ann†": ["Alder, Béla", "Birch, Ann"],
    "Béla Alder, PhD; Ann Birch, M.Sc.": ["Alder, Béla", "Birch, Ann"],
    "Alder, Béla, 1967-; Birch, Ann, 1950-2020": ["Alder, Béla", "Birch, Ann"],
    "Alder, Dr. Béla; Birch, PhD": ["Alder, Béla", "Birch"],
    "Alder, Béla, author.; Birch, Ann, editor.": ["Alder, Béla", "Birch, Ann"],
}
NAMES = {
    "ALDER Béla": "ALDER, Béla",
    "DE LA CRUZ María": "DE LA CRUZ, María",
    "Béla ALDER": "ALDER, Béla",
    "JRR Alder": "Alder, JRR",
    "Alder B": "Alder, B",
    "Prof. Dr. Béla Alder": "Alder, Béla",
    "Alder, Dr. Béla": "Alder, Béla",
    "Anna van 't Elm": "van 't Elm, Anna",
    "Ali bin Elm": "bin Elm, Ali",
    "Statistics Norway": "Statistics Norway",
    "Royal College of Trees": "Royal College of Trees",
    "Public Health Rivers": "Public Health Rivers",
    "Statistisches Bundesamt": "Statistisches Bundesamt",
    "Ministère de la Santé": "Ministère de la Santé",
    "Organización Mundial de la Salud": "Organización Mundial de la Salud",
    "Elm Rivers Corporation": "Elm Rivers Corporation",
    "Ed Alder": "Alder, Ed",
    "Charity Elm": "Elm, Charity",
    "Robert Service": "Service, Robert",
}


@pytest.mark.parametrize("value", list(LISTS))
def test_names_of_one_value(value):
    assert split_authors([value]) == LISTS[value]


@pytest.mark.parametrize("name", list(NAMES))
def test_the_family_name_comes_first(name):
    assert order_name(name) == NAMES[name]


def test_bibtex_keeps_what_is_in_braces():
    assert bibtex_authors("ALDER Béla and {Public Health of Rivers and Elms}") == [
        "ALDER, Béla",
        "{Public Health of Rivers and Elms}".strip("{}"),
    ]
