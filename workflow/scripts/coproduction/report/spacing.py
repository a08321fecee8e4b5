"""Spaces at which no line ends: between a number and its sign of per cent, and around "=" and "<" before a number."""

import re

NO_BREAK = "\u00a0"
_CODE = r"`[^`\n]*`"
_PER_CENT = r"(?<=[\d}]) (?=%)"  # a brace ends the link of a number
_RELATION = r"(?<=\b[a-zA-Zα-ω]) (?=\[?[=<>] )|(?<=[=<>]) (?=\[?[−-]?\d)"
_SPACES = re.compile(rf"({_CODE})|{_PER_CENT}|{_RELATION}")


def bound(text: str) -> str:
    """`text`, Markdown, with spaces that hold a statistic together; code stays as it is.

    >>> bound("88 % (p = 0.03); `a = 1`").replace(NO_BREAK, "~")
    '88~% (p~=~0.03); `a = 1`'
    """
    return _SPACES.sub(lambda space: space[1] or NO_BREAK, text)
