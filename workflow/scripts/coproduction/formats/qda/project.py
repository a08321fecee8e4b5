"""What a project of a program for qualitative data analysis (QDA) holds, whatever its file.

Codes and sources are told apart by what the program tells them apart by (GUID, number), never by
name alone: two sources may bear one name, and a code may be called like one below another code.
"""

from dataclasses import dataclass, field

from coproduction.core.text import one_line


@dataclass(frozen=True)
class Code:
    """A code, the codes above it (joined by ' / ') and its definition."""

    name: str
    group: str = ""
    description: str = ""


@dataclass(frozen=True)
class Source:
    """A text of a project; `problem` says why it has none. `within`: its recording or PDF."""

    name: str
    text: str = ""
    problem: str = ""
    within: str = ""


@dataclass(frozen=True)
class Coding:
    """A code given to text[start:end] of a source (its key), or to what is no text.

    coder is empty where the project names nobody. problem: why it cannot be placed, such as a code
    for an area of a page. group: the codes above the code.
    """

    source: str
    start: int
    end: int
    text: str
    code: str
    coder: str
    memo: str = ""
    problem: str = ""
    group: str = ""


@dataclass(frozen=True)
class Memo:
    """A note of a project and what it is about: its kind and name; of a segment also its words."""

    about: str
    name: str
    title: str
    text: str
    author: str
    place: str = ""
    words: str = ""


@dataclass(frozen=True)
class Project:
    """What is read from a project: codes, sources by key, codings in their order, memos.

    others: what else the project holds, by kind. remarks: how positions were understood where they
    are not those of the standard.
    """

    codes: list[Code] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    codings: list[Coding] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def words_of(text: str | None) -> str:
    """What a program keeps in a field, on one line; empty where it keeps nothing."""
    return one_line(text or "")
