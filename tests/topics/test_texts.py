"""Texts: notices and headings go, what an abstract is about stays."""

import pandas as pd
import pytest
from coproduction.topics.texts import modelled_texts, plain_abstract

WORDS = "Trust grows slowly where staff stay."


@pytest.mark.parametrize(
    "notice",
    [
        "(C) 2020 Elsevier Ltd. All rights reserved.",
        "© 2019, The Author(s).",
        "Copyright (c) 2005 S. Karger AG, Basel",
        "(c) 2022 Author(s). All article content, except where otherwise noted, is licensed under a "
        "Creative Commons Attribution (CC BY) license (http://creativecommons.org/licenses/by/4.0/).",
        "(PsycINFO Database Record (c) 2016 APA, all rights reserved)",
        "Crown Copyright (C) 2011 Published by Elsevier Ltd.",
        "(C) 2008 Elsevier Masson SAS. Tous droits reserves.",
        "2007 Wiley-Liss, Inc",
        "Published by Elsevier B.V.",
        "All rights reserved.",
        "2021.",
        "Copyright",
    ],
)
def test_a_notice_at_the_end_goes(notice):
    assert plain_abstract(f"{WORDS} {notice}") == WORDS


@pytest.mark.parametrize(
    "abstract",
    [
        "Copyright law in 2001 changed how authors publish. All rights matter.",
        "We compare rules of copyright in 21 states. The reform of 2019 helped small libraries.",
        "Services differ in (a) time, (b) money and (c) Targeted help in towns of any size.",
        "Two guidelines published by the ministry in 2010 were compared by their readers.",
        "The reform came in 2019. Staff left.",
    ],
)
def test_an_abstract_about_such_things_keeps_its_words(abstract):
    assert plain_abstract(abstract) == abstract


@pytest.mark.parametrize(
    ("abstract", "words"),
    [
        ("Purpose: Trust matters. Findings: It grows.", "Trust matters. It grows."),
        ("Design/methodology/approach – Ten cases.", "Ten cases."),
        ("The purpose: none. Results vary.", "The purpose: none. Results vary."),
    ],
)
def test_headings_of_parts_go(abstract, words):
    assert " ".join(plain_abstract(abstract).split()) == words


def test_title_abstract_and_keywords_are_one_text():
    record = pd.DataFrame({"title": ["On care"], "abstract": [WORDS], "keywords": ["care; trust"]})
    assert modelled_texts(record) == [f"On care. {WORDS} care.  trust"]
