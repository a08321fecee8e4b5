"""TRUE and FALSE, as table programs write them in the languages of Europe."""

YES = frozenset("true wahr vrai verdadero vero verdadeiro waar sant prawda".split())
NO = frozenset("false falsch faux falso onwaar falskt fałsz falsz".split())


def truth_of(cell: str) -> bool | None:
    """Whether a cell says true or false; None where it says neither.

    >>> truth_of("WAHR"), truth_of("False"), truth_of("1")
    (True, False, None)
    """
    word = cell.strip().casefold()
    return True if word in YES else False if word in NO else None
