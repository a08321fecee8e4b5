"""Finding terms in texts, and normalising words."""

import re
import unicodedata

import pytest
from coproduction.core.text import _NORMAL, TermIndex, normalise, plural_of, split_list
from hypothesis import given
from hypothesis import strategies as st


def test_terms_match_whole_words_endings_and_dashes():
    index = TermIndex({"trust": ["trust*"], "coop": ["co-operation"], "fund": ["public funding"]})
    hits = index.find("Trusting citizens; mistrust; Co\u2010operation needs public\n funding.")
    assert [(h.factor, h.term) for h in hits] == [
        ("trust", "trusting"),
        ("coop", "co\u2010operation"),
        ("fund", "public funding"),
    ]
    assert hits[0].start == 0
    assert hits[0].end == 8


def test_the_longest_term_wins_within_a_factor():
    index = TermIndex({"f": ["digital", "digital skills"]})
    assert [hit.term for hit in index.find("digital skills")] == ["digital skills"]


def test_factors_without_terms_find_nothing():
    assert TermIndex({"f": []}).find("anything") == []


def test_normalising_drops_case_accents_and_signs():
    assert normalise("  Café – Zürich!  ") == "cafe zurich"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("दिन", "दान"),  # day, gift
        ("শিশু", "শাশী"),
        ("கல்வி", "கலவை"),
        ("ป่า", "ปา"),
        ("かぎ", "かき"),  # key, oyster
    ],
)
def test_words_that_differ_in_vowels_alone_are_two_words(one, other):
    assert normalise(one) != normalise(other)
    assert normalise(unicodedata.normalize("NFD", one)) == normalise(one)
    assert " " not in normalise(one)


def test_vowels_that_may_be_written_or_not_are_left_out():
    assert normalise("العَرَبِيَّة") == normalise("العربية")
    assert normalise("עִבְרִית") == normalise("עברית")


def test_lists_are_split_at_semicolons():
    assert split_list(" a; b ;;c") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("record", "records"),
        ("country", "countries"),
        ("survey", "surveys"),
        ("", ""),
        ("pair of codes", "pairs of codes"),
    ],
)
def test_plurals(noun, many):
    assert plural_of(noun) == many


def one_pattern_per_factor(terms, content):
    """The definition: within a factor the longest term that begins at a place, then the rest."""
    found = []
    for factor, words in terms.items():
        pieces = [
            re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace(r"\-", r"[-\u2010-\u2014\s]")
            for word in sorted(words, key=lambda word: (-len(word), word))
        ]
        pattern = re.compile("|".join(rf"\b{piece}\b" for piece in pieces), re.IGNORECASE)
        found += [(m.start(), m.end(), factor) for m in pattern.finditer(content)]
    return sorted(found)


WORDS = st.sampled_from(
    ["trust", "Trusting", "MASS", "maß", "maſs", "istanbul", "İstanbul", "Σας", "co", "op", "a", "b"]
)
TERMS = st.lists(
    st.builds(
        lambda words, gaps, end: "".join(map("".join, zip(words, gaps, strict=False))) + words[-1] + end,
        st.lists(WORDS, min_size=1, max_size=3),
        st.lists(st.sampled_from([" ", "-", "* "]), min_size=2, max_size=2),
        st.sampled_from(["", "*"]),
    ),
    min_size=1,
    max_size=5,
)
TEXTS = st.lists(
    st.one_of(WORDS, st.sampled_from([" ", "\n", "-", "\u2011", ".", "'s", "es", "\u0301"])), max_size=30
).map("".join)


@given(st.fixed_dictionaries({"f": TERMS, "g": TERMS}), TEXTS)
def test_one_pass_finds_what_a_pattern_per_factor_finds(terms, content):
    hits = TermIndex(terms).find(content)
    assert [(h.start, h.end, h.factor) for h in hits] == one_pattern_per_factor(terms, content)


# What the scripts of South and South-East Asia, Thaana and Japanese write their words with beside letters.
VOWELS = re.compile("[\u07a6-\u07b0\u0900-\u1aaf\u1b00-\u1ccf\u3099\u309a\ua800-\uabff\U00011000-\U00011fff]")


def normal_form_of_the_whole(value: str) -> str:
    """The normal form step by step: case, letters without a decomposition, accents, signs, blanks."""
    text = value.casefold()
    for letter, plain in {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"}.items():
        text = text.replace(letter, plain)
    text = re.sub("[\u00ad\u200b\u200c\u200d\u2060\ufeff]", "", text)
    text = unicodedata.normalize("NFKD", text)
    marks = [c for c in set(text) if unicodedata.category(c)[0] == "M" and VOWELS.match(c)]
    text = "".join(c for c in text if c in marks or not unicodedata.combining(c))
    return " ".join(re.sub(rf"[^\w{''.join(marks)}]+|_+", " ", text).split())


def test_every_character_is_put_in_its_normal_form_by_itself():
    for start in range(0, 0x30000, 0x1000):
        texts = [f"A{chr(code)}b" for code in range(start, start + 0x1000)]
        whole = normal_form_of_the_whole(" | 0 | ".join(texts)).split(" 0 ")
        assert len(whole) == len(texts)
        for text, form in zip(texts, whole, strict=True):
            assert normalise(text) == form, ascii(text)


@given(st.text())
def test_a_text_has_the_normal_form_of_its_characters(text):
    assert normalise(text) == normal_form_of_the_whole(text)


def test_the_short_way_of_normalising_gives_what_every_character_gives():
    signs = [chr(code) for code in (*range(1, 0x2200), 0x3042, 0x4E00, 0x1F600)]
    for sign in signs:
        for written in (f"a{sign}B", f"Xy {sign} z_{sign}", sign):
            letters = written.translate(_NORMAL).split()
            assert normalise(written) == " ".join(letters), repr(written)
