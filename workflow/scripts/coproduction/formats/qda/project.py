"""What a project of a program for qualitative data analysis (QDA) holds, whatever its file."""

from dataclasses import dataclass, field

from coproduction.core.text import one_line


@dataclass(frozen=True)
class Code:
    """A code, the codes above it (joined by ' / ') and its definition."""

    name: str
    group: str = ""
    description: str = ""


@dataclass(frozen=True)
class Coding:
    """A code given to text[start:end] of a source, or to `whole`, which is not text.

    coder is empty where the project names nobody; `within` is the recording or PDF of the text.
    """

    source: str
    start: int
    end: int
    text: str
    code: str
    coder: str
    memo: str = ""
    whole: str = ""
    within: str = ""


@dataclass(frozen=True)
class Memo:
    """A note of a project and what it is about: its kind and name."""

    about: str
    name: str
    title: str
    text: str
    author: str


@dataclass(frozen=True)
class Project:
    """What is read from a project: codes, texts by name of source, codings in their order, memos.

    others: what else the project holds, by kind. remarks: how positions were understood where they
    are not those of the standard.
    """

    codes: list[Code] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    codings: list[Coding] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def words_of(text: str | None) -> str:
    """What a program keeps in a field, on one line; empty where it keeps nothing."""
    return one_line(text or "")
