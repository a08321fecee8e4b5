"""What counts as a tick in a cell of a sheet: one list for columns of decisions and for columns of reasons."""

import re

from coproduction.core.truth import truth_of
from coproduction.screening.decision_words import decision_in, plain_word, says_nothing, says_so
from coproduction.screening.tables import ANSWERS

_TICKED = frozenset("x 1 ✓ ✔ √ 🗸 ☑ ✅ ☒ 🗹".split())
_EMPTY = frozenset("- – — ☐ □ ▢ 0".split()) | {""}
_BOX = re.compile(r"[(\[]\s*(.?)\s*[)\]]\Z")
_SHOWN_AS = str.maketrans("", "", "\ufe0e\ufe0f")  # whether a sign is drawn as text or as a picture


def is_ticked(cell: str) -> bool | None:
    """Whether a cell is a tick; None where it is neither a tick nor empty.

    >>> is_ticked("X"), is_ticked("✔️"), is_ticked("[x]"), is_ticked("yes"), is_ticked("WAHR")
    (True, True, True, True, True)
    >>> is_ticked(""), is_ticked("[ ]"), is_ticked("0"), is_ticked("no"), is_ticked("NA"), is_ticked("wrong year")
    (False, False, False, False, False, None)
    """
    word = plain_word(cell).translate(_SHOWN_AS)
    box = _BOX.match(word)
    word = box[1] if box else word
    if word in _TICKED:
        return True
    if word in _EMPTY or says_nothing(cell):
        return False
    decision = decision_in(cell, ANSWERS)[0]
    if decision in ("include", "exclude") and not says_so(cell):
        return decision == "include"
    return truth_of(cell)
