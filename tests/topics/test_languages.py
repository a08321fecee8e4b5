"""Languages of abstracts: those in others are left out and listed, what is not sure stays."""

import pandas as pd
import pytest
from coproduction.core.tables import conforming
from coproduction.topics.language_effect import effect
from coproduction.topics.languages import languages, left_out
from coproduction.topics.model import fit_topics
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import LANGUAGE_EFFECT, LANGUAGES

pytest.importorskip("py3langid", reason="comes with requirements/run.txt")

ENGLISH = "Residents and staff plan the services of their town together, and trust grows where both stay."
FRENCH = "Les habitants et les agents organisent ensemble les services sociaux de la commune et en discutent."
GERMAN = "Die Menschen im Quartier gestalten die sozialen Dienste gemeinsam mit den Fachkräften der Stadt."


def records(*abstracts):
    rows = [{"record": f"r{n}", "abstract": text, "language": "English"} for n, text in enumerate(abstracts)]
    return pd.DataFrame(rows, columns=["record", "abstract", "language"])


def found(*abstracts, **settings):
    made = languages(records(*abstracts), TopicsSettings(**settings))
    conforming(made, LANGUAGES)
    return made


def test_abstracts_in_other_languages_are_left_out_and_listed():
    made = found(ENGLISH, FRENCH, GERMAN, "")
    assert made["language"].tolist() == ["en", "fr", "de", ""]
    assert made["outcome"].tolist() == ["modelled", "left out", "left out", "no abstract"]
    assert left_out(made) == {"r1", "r2"}


def test_what_is_not_sure_is_modelled():
    made = found("Trust", "12 %", "co-production")
    assert made["language"].tolist() == ["", "", ""]
    assert made["outcome"].unique().tolist() == ["modelled"]


def test_an_abstract_with_its_translation_is_modelled():
    made = found(f"{2 * ENGLISH} {2 * FRENCH}", f"{2 * GERMAN} {2 * FRENCH}")
    assert made["halves"].tolist() == ["en;fr", "de;fr"]
    assert made["outcome"].tolist() == ["modelled", "left out"]


def test_a_publishers_notice_does_not_decide():
    assert found(f"{FRENCH} (C) 2020 Elsevier Ltd. All rights reserved.")["language"].tolist() == ["fr"]


def test_the_settings_say_which_languages_are_the_studys():
    assert left_out(found(ENGLISH, FRENCH, languages=["fr"])) == {"r0"}
    assert left_out(found(ENGLISH, FRENCH, languages=["en", "fr"])) == set()
    assert left_out(found(ENGLISH, FRENCH, other_languages="modelled")) == set()
    with pytest.raises(ValueError, match="languages"):
        TopicsSettings(languages=["English"])
    with pytest.raises(ValueError, match="languages"):
        TopicsSettings(languages=[])


def test_no_records_give_no_rows():
    assert found().empty


def test_records_in_other_languages_have_an_outcome_of_their_own_and_no_say_in_the_topics():
    themes = ["nurses visit older residents at home", "tenants renew housing estate with the city"]
    abstracts = [theme for theme in themes for _ in range(6)] + [FRENCH] * 6
    corpus = records(*abstracts).assign(title="", keywords="")
    settings = TopicsSettings(n_topics=3, stop_words=[])
    other = left_out(languages(corpus, settings))
    assert len(other) == 6
    own, of_all = fit_topics(corpus, settings, 2, other), fit_topics(corpus, settings, 3)
    assert own.documents["outcome"].value_counts().to_dict() == {"assigned": 12, "other language": 6}
    alone = fit_topics(corpus[~corpus["record"].isin(other)], settings, 2)
    pd.testing.assert_frame_equal(own.topics, alone.topics)
    compared = effect(own.topics, of_all.topics)
    conforming(compared, LANGUAGE_EFFECT)
    assert compared["agreement"].tolist() == [1, 1]


def test_the_effect_names_topics_without_a_like():
    topics = pd.DataFrame({"topic": ["T1", "T2"], "terms": ["trust;care", "city;housing"]})
    compared = effect(topics, topics.iloc[:1])
    assert compared["agreement"].tolist() == [1, 0]
    assert compared["terms_of_all"].tolist() == ["trust;care", ""]
