"""Words in the words around them: cut to a length, and marked between » and «."""

from coproduction.core.text import one_line


def shorten(content: str, around: int, longest: int) -> str:
    """`content` on one line; of a longer one the part around a position, with ellipses."""
    if len(content) <= longest:
        return one_line(content)
    first = max(0, min(around - longest // 2, len(content) - longest))
    piece = content[first : first + longest]
    piece = piece if first == 0 else piece.partition(" ")[2]
    piece = piece if first + longest >= len(content) else piece.rpartition(" ")[0]
    before, after = "… " if first else "", " …" if first + longest < len(content) else ""
    return one_line(before + piece + after)


def marked(words: str, excerpt: str, longest: int) -> str:
    """`words` on one line with the excerpt between » and «, shortened around it; empty without more than it."""
    words, inner = one_line(words), one_line(excerpt).strip("… ")
    at = words.find(inner)
    if not inner or at < 0 or words == inner:
        return ""
    whole = f"{words[:at]}»{inner}«{words[at + len(inner) :]}"
    return shorten(whole, at + len(inner) // 2, max(longest, len(inner) + 80))
