"""Negated and affirmed terms."""

import pytest
from coproduction.methods.negation import negation


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("There is no TERM in the town.", "no"),
        ("They acted without any clear TERM.", "without"),
        ("The absence of TERM slows the work.", "absence of"),
        ("A lack of political TERM was reported.", "lack of"),
        ("The council doesn’t offer TERM.", "doesn't"),
        ("Neither funds nor TERM were there.", "nor"),
        ("TERM is still lacking in most towns.", "lacking"),
        ("TERM does not exist here.", "not exist"),
        ("No town was found, but TERM was.", ""),
        ("Not only TERM but also funds matter.", ""),
        ("There is no doubt that TERM matters.", ""),
        ("No plan was made in the first of the seven long years, when TERM grew.", ""),
        ("It ended without a word, and TERM was spoken of openly.", ""),
        ("TERM matters.", ""),
        ("The people who know nothing of it say TERM.", ""),
    ],
)
def test_cues_and_their_reach(sentence, cue):
    start = sentence.index("TERM")
    assert negation(sentence, start, start + 4) == cue


def test_cues_of_another_language():
    sentence = "Es gibt keine Finanzierung."
    assert negation(sentence, 14, 26, before=["keine", "ohne"], after=[]) == "keine"
