"""The last gate: whether anything that is to be shown holds the name of somebody.

All results, logs, archives, figures and the report itself are searched for each name that people
list and each identity that the workflow was told. A hit names the file and the place and what to do,
never the name, and all hits are told at once.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables
from coproduction.core.edited_results import ASIDE, PRIVATE
from coproduction.core.errors import StudyError
from coproduction.core.identities import SHORT_NAME, Key, unaccented
from coproduction.core.text import split_list
from coproduction.formats.transcripts.speakers import is_generic
from coproduction.report.tables import RELEASED

FORMS_OF = {"searches": "literature", "topics.xlsx": "topics"}  # folders of the study, by those of results
LINES = 3  # of a file that are named for one hit
SHOWN = 40  # hits in the message; the number of the others is said
Texts = Callable[[Path], Iterator[tuple[str, str]]]


@dataclass(frozen=True)
class Identity:
    """A name to look for, what a message calls it, and where it may be (folders of the results)."""

    name: str
    called: str
    let_through: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Hit:
    """An identity in a part of a file, on its first lines (none: it stretches over several)."""

    file: str
    part: str
    lines: tuple[int, ...]
    called: str

    @property
    def words(self) -> str:
        """The hit as a line of a message."""
        line = "lines " if len(self.lines) > 1 else "line " if self.lines else ""
        place = ", ".join(filter(None, [self.part, line + ", ".join(map(str, self.lines))]))
        return f"{self.file}{f' ({place})' if place else ''}: {self.called}"


def of_keys(keys: Iterable[Key]) -> list[Identity]:
    """The names that people list in their keys."""
    return [
        Identity(name, f"the name in row {row} of {_short(key.file)}", frozenset(split_list(where)))
        for key in keys
        for name, row, where in zip(key.names, key.rows, key.also_in, strict=True)
    ]


def of_panellists(files: Sequence[str]) -> list[Identity]:
    """Names and addresses by which survey tools know panellists; plain numbers identify nobody."""
    identities = []
    for path in files:
        rows, lines = people_tables.read_people_rows(path)
        for cells, line in zip(rows[1:], lines[1:], strict=True):
            identifying = [cell for cell in cells if "@" in cell or re.search(r"[^\W\d]{2,} [^\W\d]{2,}", cell)]
            identities += [Identity(cell, f"an identity in row {line} of {_short(path)}") for cell in identifying]
    return identities


def of_speakers(table: pd.DataFrame) -> list[Identity]:
    """The names of speakers as the transcripts write them."""
    named = table[(table["state"] == "speaker") & ~table["speaker"].map(_names_nobody)]
    return [
        Identity(row.speaker, f"the speaker in row {number + 2} of {PRIVATE}/speakers.csv")
        for number, row in zip(named.index, named.itertuples(index=False), strict=True)
    ]


def of_identifiers(table: pd.DataFrame) -> list[Identity]:
    """The identifiers that became tokens; links and dates may be public and are left out."""
    personal = table[~table["token"].str.startswith(("[LINK_", "[DATE_", "[CASE_"))]
    return [
        Identity(row.identifier, f"{row.token} of {PRIVATE}/identifiers.csv")
        for row in personal.itertuples(index=False)
    ]


def _names_nobody(label: str) -> bool:
    return " " not in label or is_generic(label)


def _short(path: str) -> str:
    return "/".join(Path(path).parts[-2:])


@dataclass
class _SearchTerm:
    """An identity prepared for searching."""

    identity: Identity
    plain: str
    folded: str = field(default="")
    word: re.Pattern | None = None

    @cached_property
    def longest(self) -> str:
        """The longest word of it in small letters: a text without that does not hold it."""
        return max(self.plain.casefold().split(), key=len, default="")

    def within(self, text: str, folded: str) -> bool:
        """Whether the text holds it: long names also within a word and in capitals.

        Names of several words and addresses are found whatever the case; single words in lower case
        are let through, because 'birch' may be the tree.
        """
        if self.word:
            return self.word.search(text) is not None
        if self.folded:
            return self.folded in folded
        return self.plain in text or self.plain.upper() in text


def _search_term(identity: Identity) -> _SearchTerm:
    plain = unaccented(" ".join(identity.name.split()))
    if len(plain) < SHORT_NAME:
        return _SearchTerm(identity, plain, word=re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)"))
    whatever_case = " " in plain or "@" in plain or any(c.isdigit() for c in plain)
    return _SearchTerm(identity, plain, plain.casefold() if whatever_case else "")


def _is_result(path: Path, folder: Path) -> bool:
    """Whether a searched file counts: there are as many logs as runs, which says nothing."""
    return path.relative_to(folder).parts[0] not in ("logs", "benchmarks")


def search(
    folder: Path, identities: Iterable[Identity], texts_in: Texts, passed_over: Sequence[Path] = ()
) -> tuple[int, list[Hit]]:
    """How many files of a results folder were searched, and every hit in them.

    What people changed in a result and the workflow put aside (`set_aside/`) is theirs and no result.
    texts_in: the words within a file as (part, text); passed_over: files that are not searched
    """
    searched = [_search_term(identity) for identity in _merged(identities)]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = [path for path in files if path.relative_to(folder).parts[0] not in (PRIVATE, ASIDE)]
    files = [path for path in files if path not in passed_over]
    hits: list[Hit] = []
    contents_searched: set[tuple] = set()
    for path in files:
        name = path.relative_to(folder).as_posix()
        possible_here = [one for one in searched if not _let_through(one.identity, name)]
        if not possible_here:
            continue
        hits += dict.fromkeys(_hits(name, [("name of the file", name)], possible_here))
        content = (hashlib.sha256(path.read_bytes()).digest(), *map(id, possible_here))
        if content not in contents_searched:  # the build of the report holds copies
            hits += dict.fromkeys(_hits(name, texts_in(path), possible_here))
        contents_searched.add(content)
    return sum(_is_result(path, folder) for path in files), hits


def _merged(identities: Iterable[Identity]) -> list[Identity]:
    """Each name once; what people let through for it holds wherever it comes from."""
    allowed: dict[str, frozenset[str]] = {}
    first: dict[str, Identity] = {}
    for one in identities:
        name = " ".join(one.name.split())
        allowed[name.casefold()] = allowed.get(name.casefold(), frozenset()) | one.let_through
        first.setdefault(name, one)
    return [Identity(name, one.called, allowed[name.casefold()]) for name, one in first.items() if name]


def _let_through(identity: Identity, file: str) -> bool:
    """A name that is public in one folder is so in the report, which shows what the folders hold.

    The forms show what their technique's folder holds (`forms/screening/title_abstract.xlsx`).
    """
    allowed = identity.let_through
    folder = file.removeprefix("forms/").split("/", maxsplit=1)[0]
    return bool(allowed) and (FORMS_OF.get(folder, folder) in allowed or file.startswith("report/"))


def _hits(file: str, texts: Iterable[tuple[str, str]], searched: Sequence[_SearchTerm]) -> Iterator[Hit]:
    for part, text in texts:
        plain = unaccented(text)
        folded = plain.casefold()
        possible = [term for term in searched if term.longest in folded]
        if not possible:  # of nearly all texts: to squeeze them takes ten times as long
            continue
        squeezed = " ".join(plain.split())
        folded = squeezed.casefold()
        for term in possible:
            if term.within(squeezed, folded):
                yield Hit(file, part, _lines(plain, term), term.identity.called)


def _lines(text: str, term: _SearchTerm) -> tuple[int, ...]:
    """The first lines that hold it."""
    numbers = []
    for number, line in enumerate(text.split("\n"), start=1):
        squeezed = " ".join(line.split())
        if term.within(squeezed, squeezed.casefold()):
            numbers.append(number)
            if len(numbers) == LINES:
                break
    return tuple(numbers)


def refuse(hits: Sequence[Hit]) -> None:
    """Raise one StudyError that lists all hits; nothing where there are none."""
    if not hits:
        return
    listed = "\n".join(f"  {hit.words}" for hit in hits[:SHOWN])
    remainder = f"\n  and {len(hits) - SHOWN} more" if len(hits) > SHOWN else ""
    raise StudyError(
        f"the report is not released: the results contain names or identities of people\n{listed}{remainder}\n",
        remedy="Add the form that is used there to identities.csv, correct the file of the study that "
        "it comes from, or, where the name is that of an author or a place in public sources, write "
        "the folder of the results (such as literature) into the column also_in of its row",
    )


def released(searched: int, identities: Sequence[Identity]) -> pd.DataFrame:
    """RELEASED: what was searched for whom before the report was released."""
    allowed = sorted({where for one in identities for where in one.let_through})
    row = {"files": searched, "identities": len(identities), "let_through": ";".join(allowed)}
    return accounting.table([row | {"hits": 0}], RELEASED)
