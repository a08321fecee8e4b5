"""TRUE and FALSE, as table programs write them in the languages of Europe."""

# As Excel names its two truth values in the languages in which it is installed, also without their accents.
YES = frozenset(
    """
    true wahr vrai verdadero vero verdadeiro waar sant sann sand tosi prawda pravda igaz adevărat adevarat doğru dogru
    истина істина
    """.split()
)
NO = frozenset(
    """
    false falsch faux falso onwaar falskt falsk usann epätosi epatosi fałsz falsz nepravda hamis fals yanlış yanlis
    ложь хибність
    """.split()
)


def truth_of(cell: str) -> bool | None:
    """Whether a cell says true or false; None where it says neither.

    >>> truth_of("WAHR"), truth_of("False"), truth_of("1")
    (True, False, None)
    """
    word = cell.strip().casefold()
    return True if word in YES else False if word in NO else None


def yes_or_no(cell: str) -> bool | None:
    """The same, also of 1 and 0, yes and no.

    >>> yes_or_no("1"), yes_or_no("no"), yes_or_no("falso"), yes_or_no("perhaps")
    (True, False, False, None)
    """
    word = cell.strip().casefold()
    return {"1": True, "yes": True, "0": False, "no": False}.get(word, truth_of(word))
