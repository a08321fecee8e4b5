"""Statistics are not torn apart at the end of a line."""

import pytest
from coproduction.report.spacing import NO_BREAK, bound


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("of 16 (94 %) and 88 %.", "of 16 (94~%) and 88~%."),
        ('[25](evidence#x "f"){.fact} % agree', '[25](evidence#x "f"){.fact}~% agree'),
        ("p = 0.144, n = 4; τ = −0.05", "p~=~0.144, n~=~4; τ~=~−0.05"),
        ("p < 0.001 and p [= 0.2](fact)", "p~<~0.001 and p~[=~0.2](fact)"),
        ("in % of all; a word = a word; `n = 4`", "in % of all; a word = a word; `n = 4`"),
        ("a\n\n| 5 % | p |", "a\n\n| 5~% | p |"),
    ],
)
def test_numbers_stay_beside_their_signs(text, together):
    assert bound(text).replace(NO_BREAK, "~") == together
    assert len(bound(text)) == len(text)
