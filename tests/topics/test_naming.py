"""Names stay with the words they were given for, not with the number of a topic."""

import pandas as pd
import pytest
from coproduction.core.tables import conforming, empty
from coproduction.topics.facts import name_of
from coproduction.topics.naming import matched_names, names_form, titles_of
from coproduction.topics.tables import NAMED_TOPICS, PEOPLE_TOPICS, TOPIC_NAMES_FORM

TOPICS = pd.DataFrame(
    {
        "topic": ["T1", "T2", "T3"],
        "terms": ["care;home;older;relatives", "city;residents;council;votes", "data;open;platform"],
    }
)


def names(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "terms"])


def test_a_name_follows_its_terms_to_another_number():
    given = names(("Cities", "residents;city;council;budget"), ("Care", "care;older;home;time"))
    named = matched_names(given, TOPICS)
    assert name_of(named) == {"T2": "Cities", "T1": "Care"}
    conforming(named, NAMED_TOPICS)
    assert titles_of(TOPICS, named) == {"T1": "Care", "T2": "Cities", "T3": "data, open, platform"}
    form = names_form(TOPICS, named)
    assert form["name"].tolist() == ["Care", "Cities", ""]
    conforming(form, TOPIC_NAMES_FORM)


def test_a_name_whose_terms_have_gone_keeps_no_topic():
    named = matched_names(names(("Schools", "pupils;teachers;school;class")), TOPICS)
    assert named.loc[0, "state"] == "no longer fits"
    assert named.loc[0, "topic"] == ""
    assert named.loc[0, "agreement"] == 0
    assert name_of(named) == {}
    assert titles_of(TOPICS, named)["T1"] == "care, home, older"
    assert titles_of(TOPICS.iloc[:0], named) == {}


def test_two_names_never_share_a_topic():
    given = names(("Care", "care;home;older;relatives"), ("Home care", "care;home;older;hours"))
    named = matched_names(given, TOPICS)
    assert named["state"].tolist() == ["fits", "no longer fits"]


@pytest.mark.parametrize("topics", [TOPICS, TOPICS.iloc[:0]])
def test_without_names_or_topics_nothing_is_named(topics):
    assert matched_names(empty(PEOPLE_TOPICS), topics).empty
    named = matched_names(names(("Care", "care;home")), TOPICS.iloc[:0])
    assert named["state"].tolist() == ["no longer fits"]
