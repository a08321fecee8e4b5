"""Words in the words around them: cut to a length, and marked between » and «."""

from coproduction.core.text import one_line


def shorten(content: str, around: int, longest: int) -> str:
    """`content` on one line; of a longer one at most `longest` characters around a position, cut between words.

    >>> shorten("Where the mayor changes, projects tend to end.", 10, 20)
    'Where the mayor …'
    >>> shorten("Where the mayor changes, projects tend to end.", 30, 20)
    '… changes, projects …'
    """
    if len(content) <= longest:
        return one_line(content)
    start = max(0, min(around - longest // 2, len(content) - longest))
    end = start + longest
    if start:
        start = content.find(" ", start, around) + 1 or start
    if end < len(content) and " " in content[around + 1 : end]:
        end = content.rfind(" ", max(start, around + 1), end)
    return one_line(("… " if start else "") + content[start:end] + (" …" if end < len(content) else ""))


def marked(words: str, excerpt: str, longest: int) -> str:
    """`words` on one line with the excerpt between » and «, shortened around it; empty without more than it."""
    words, inner = one_line(words), one_line(excerpt).strip("… ")
    at = words.find(inner)
    if not inner or at < 0 or words == inner:
        return ""
    marked_text = f"{words[:at]}»{inner}«{words[at + len(inner) :]}"
    return shorten(marked_text, at + len(inner) // 2, max(longest, len(inner) + 80))
