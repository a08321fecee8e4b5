"""What panellists read can be said in another language, and ranks are asked for as ranks."""

import html
import re

import pandas as pd
import pytest
from coproduction.delphi import feedback, questionnaire
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.texts import TEXTS, fields
from coproduction.formats.surveys.writing_questionnaires import as_limesurvey, as_qualtrics
from delphi.test_next_round import as_limesurvey_reads, form, paper_form, paper_sheet, sheet
from pydantic import ValidationError

ASKED = pd.DataFrame(dict(statement=["S1", "S2"], text=["Leaders support it", "There is money"]))
RANKS = dict(
    scale=dict(lowest=1, highest=2, unfavourable_to=1, favourable_from=2),
    ranking=dict(use=True, answers="ranks", top=1),
)


def marked() -> dict[str, str]:
    """Each text replaced by its key and the words that are filled in."""
    return {key: f"«{key}»" + "".join(f"{{{name}}}" for name in sorted(fields(text))) for key, text in TEXTS.items()}


def sheets(pages, settings: DelphiSettings) -> list[str]:
    told = feedback.Item(
        "S1",
        "Leaders support it",
        own="7",
        rating=7,
        median=7.0,
        q1=6.0,
        q3=8.0,
        n=9,
        counts=[0, 0, 0, 0, 0, 2, 4, 2, 1],
        groups=[("policy", 7.0)],
        comments=["aye"],
        mine=["so"],
    )
    items = [told, feedback.Item("S2", "There is money")]
    return [sheet(pages, "D1", items, 3, settings), *paper_sheet(pages, "D1", items, 3, settings)]


def forms(pages, settings: DelphiSettings) -> list[str]:
    exported = [make(questionnaire.survey(ASKED, 3, settings)) for make in (as_limesurvey, as_qualtrics)]
    return [*exported, *(make(pages, ASKED, 3, settings) for make in (form, paper_form))]


def test_every_text_that_panellists_read_can_be_replaced(pages):
    settings = DelphiSettings(language="es", texts=marked())
    ranks = DelphiSettings(**RANKS, texts=marked())
    shown = " ".join([*sheets(pages, settings), *forms(pages, settings), *forms(pages, ranks)])
    one = feedback.intro("D1", 1, settings)
    unrated = [feedback._own_rating_in_words(status, None, settings) for status in feedback.UNRATED]
    everything = " ".join([shown, one, *unrated])
    assert [key for key in TEXTS if f"«{key}»" not in everything] == []
    left = [text for text in TEXTS.values() if not fields(text) and len(text) > 12 and text in shown]
    assert left == []
    for page in (sheets(pages, settings)[0], form(pages, ASKED, 3, settings)):
        assert '<html lang="es">' in page
    survey, _ = as_limesurvey_reads(as_limesurvey(questionnaire.survey(ASKED, 3, settings)))
    assert survey["language"] == "es"


def test_texts_cannot_break_a_page(pages):
    settings = DelphiSettings(texts=dict.fromkeys(TEXTS, 'a </script> <b> "quote"'))
    page = form(pages, ASKED, 3, settings)
    assert page.count("</script>") == 1
    assert "<b>" not in re.sub(r"<script>.*", "", page, flags=re.S)
    assert html.escape("a </script> <b>") in sheets(pages, settings)[0]
    assert "<b> " not in sheets(pages, settings)[0]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"ask_coment": "¿Por qué?"}, "there is no text 'ask_coment'. Did you mean 'ask_comment'"),
        ({"rate": "¿{escala}?"}, "'rate' has {escala}; words in braces here: highest"),
        ({"save": "{0.__class__}"}, "words in braces here: none"),
        ({"save": "Guardar }"}, "the braces of 'save' do not match"),
        ({"save": " "}, "'save' is empty"),
    ],
)
def test_texts_are_checked(texts, message):
    with pytest.raises(ValidationError, match=re.escape(message)):
        DelphiSettings(texts=texts)


def test_answers_in_the_studys_own_words_come_back(small, carry):
    words = dict(no_opinion="Sin opinión", ask_comment="Si lo desea: ¿por qué?")
    table = (
        "token;Valore [Leaders support it];Valore [There is money];"
        "Si lo desea: ¿por qué? [Leaders support it]\nD1;7;Sin opinión;porque sí\n"
    )
    rated = carry(small(r1_csv=table), DelphiSettings(texts=words)).ratings.set_index("statement")
    assert rated["rating"].fillna(0).to_dict() == {"S1": 7, "S2": 0}
    assert rated["status"].to_dict() == {"S1": "rated", "S2": "no opinion"}
    assert rated.loc["S1", "comment"] == "porque sí"


def test_comments_come_back_under_the_question_of_now_and_that_of_earlier_versions(small, carry):
    for asked in (TEXTS["ask_comment"], "If you wish: why? Please name no persons or places."):
        table = f"token;Rate [Leaders support it];{asked} [Leaders support it]\nD1;7;leaders matter\n"
        rated = carry(small(r1_csv=table), DelphiSettings()).ratings.set_index("statement")
        assert (rated.loc["S1", "rating"], rated.loc["S1", "comment"]) == (7, "leaders matter")


def test_a_ranking_is_asked_as_one(small, carry):
    settings = DelphiSettings(**RANKS)
    _, questions = as_limesurvey_reads(as_limesurvey(questionnaire.survey(ASKED, 1, settings)))
    assert {name: q["type"] for name, q in questions.items()} == {"RANK": "R", "COM": "Q"}
    assert questions["RANK"]["A"] == questions["COM"]["SQ"] == ASKED.set_index("statement")["text"].to_dict()
    assert questions["RANK"]["SQ"] == {}
    back = "token,RANK[1],RANK[2],COM[S1],COM[S2]\nD1,S2,S1,,first things first\n"
    rated = carry(small(r1_csv=back), settings).ratings.set_index("statement")
    assert rated["rating"].to_dict() == {"S1": 1, "S2": 2}  # points: the first rank has the most
    assert rated.loc["S2", "comment"] == "first things first"


def test_codes_of_ranked_statements_fit_the_answers_of_limesurvey():
    long = pd.DataFrame(dict(statement=["trust_between", "S2"], text=["One", "Two"]))
    _, questions = as_limesurvey_reads(as_limesurvey(questionnaire.survey(long, 1, DelphiSettings(**RANKS))))
    assert list(questions["RANK"]["A"]) == ["X001", "S2"]


def test_forms_that_ask_statement_by_statement_call_rank_1_the_first(pages):
    settings = DelphiSettings(**RANKS)
    for text in forms(pages, settings)[1:]:
        assert "1 = first: essential" in text
        assert "not important, 2" not in text
    assert "\n1 (first)\n" in as_qualtrics(questionnaire.survey(ASKED, 1, settings))
    assert "1 = first, 2 = last" in form(pages, ASKED, 1, settings)
    assert "from 1 (first) to 2 (last)" in feedback.intro("D1", 2, settings)
