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
        "[ABSTRACT FROM AUTHOR]",
        "(Author abstract)",
        "Copyright of River Review is the property of Bank Press and its content may not be copied or emailed to "
        "multiple sites or posted to a list without the holder's express written permission. However, users may "
        "print, download, or email articles for individual use. This abstract may be abridged. No warranty is given "
        "about the accuracy of the copy. Users should refer to the original published version of the material for "
        "the full abstract. (Copyright applies to all Abstracts.)",
        "[ABSTRACT FROM AUTHOR]; Copyright of River Review is the property of Bank Press and its content may not be "
        "copied.",
        "This is an open access article under the CC BY license (http://creativecommons.org/licenses/by/4.0/).",
        "Alle Rechte vorbehalten.",
        "Todos los derechos reservados.",
        "Adapted from the source document.",
        "Reprinted by permission of the publisher.",
        "PROSPERO registration number CRD42020000000.",
        "Clinical trial registration: NCT00000000.",
        "Published 2019. This article is a U.S. Government work and is in the public domain in the USA.",
        "Published in 2019 by River and Sons",
        "Taylor & Francis Group, LLC",
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
        "Services differ in (a) time, (b) money and (c) Targeted help of the Association in 2001.",
        "Open access articles are read more. This open access movement grew.",
        "We interviewed staff of River Care Ltd.",
        "The trial was registered, and its results were adapted from the protocol.",
        "Permission was given. The plan was reprinted by people of the town.",
    ],
)
def test_an_abstract_about_such_things_keeps_its_words(abstract):
    assert plain_abstract(abstract) == abstract


@pytest.mark.parametrize(
    ("abstract", "words"),
    [
        ("Purpose: Trust matters. Findings: It grows.", "Trust matters. It grows."),
        ("Design/methodology/approach – Ten cases.", "Ten cases."),
        ("Trust matters. Funding: None. Keywords: trust, care", "Trust matters. None. trust, care"),
        ("The purpose: none. Results vary.", "The purpose: none. Results vary."),
    ],
)
def test_headings_of_parts_go(abstract, words):
    assert " ".join(plain_abstract(abstract).split()) == words


def test_title_abstract_and_keywords_are_one_text():
    record = pd.DataFrame({"title": ["On care"], "abstract": [WORDS], "keywords": ["care; trust"]})
    assert modelled_texts(record) == [f"On care. {WORDS} care.  trust"]
