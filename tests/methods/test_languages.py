"""Languages of many texts at once: the same as py3langid has for one after the other."""

import pytest

pytest.importorskip("py3langid", reason="comes with requirements/run.txt")

from coproduction.methods import languages
from coproduction.methods.languages import classified, identified

TEXTS = [
    "Residents and staff plan the services of their town together, and trust grows where both stay.",
    "Les habitants et les agents organisent ensemble les services sociaux de la commune.",
    "Die Menschen im Quartier gestalten die sozialen Dienste gemeinsam mit den Fachkräften der Stadt.",
    "Los vecinos y el personal planifican juntos los servicios sociales del municipio.",
    "Становници и запослени заједно планирају социјалне услуге у свом граду.",
    "Stanovnici i zaposleni zajedno planiraju socijalne usluge u svom gradu.",
    "Mahalliy aholi va xodimlar shahar xizmatlarini birgalikda rejalashtiradilar.",
    "Маҳаллий аҳоли ва ходимлар шаҳар хизматларини биргаликда режалаштирадилар.",
    "住民と職員が一緒に町のサービスを計画する。",
    "THE RESIDENTS AND THE STAFF OF THE TOWN",
    "ba ko ri tu me lo vo da si ne",
    "12 % (n = 7)",
    "é",
    "",
    " ",
    "\ud800 half of a sign",
]


@pytest.fixture(scope="module")
def one_by_one():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True).classify


def test_many_texts_have_the_answers_of_one_after_the_other(one_by_one):
    texts = TEXTS + [f"{first} {second}" for first in TEXTS for second in TEXTS]
    said = classified(texts)
    alone = [one_by_one(text) for text in texts]
    assert [code for code, _ in said] == [code for code, _ in alone]
    assert [share for _, share in said] == pytest.approx([share for _, share in alone], abs=5e-4)


def test_how_many_are_read_at_once_decides_nothing(monkeypatch):
    texts = [*TEXTS, f"{TEXTS[0]} {TEXTS[1]}"]
    together = list(identified(texts))
    monkeypatch.setattr(languages, "TEXTS", 3)
    assert list(identified(texts)) == together


def test_both_languages_of_a_text_with_its_translation_are_told():
    (found,) = identified([f"{TEXTS[0]} {TEXTS[0]} {TEXTS[2]} {TEXTS[2]}"])
    assert found.parts == ("en", "de")
    assert [found.code for found in identified(["12 %", ""])] == ["", ""]


def test_no_texts_no_answers():
    assert classified([]) == []
    assert list(identified([])) == []


def test_every_language_of_the_model_has_a_name():
    codes = set(languages._model().codes) - {languages.NO_LANGUAGE}
    assert sorted(code for code in codes if languages.name_of_language(code) == code) == []
    assert [languages.name_of_language(code) for code in ("sn", "gug", "kik")] == [
        "Shona",
        "Paraguayan Guaraní",
        "Kikuyu",
    ]
