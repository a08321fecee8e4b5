"""Parts of a document that are no running text: contents, references, glossary, questionnaire, imprint.

Told by their headings, in the languages of the European Union and its neighbours (`document_parts.csv`, where * stands
for any words), and by the shape of their lines; a passage there is shown apart and counts only where people confirm
it, so that a wrong guess can be seen and undone.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

TEXT = "text"
_NUMBER = r"(?:(?:annex|appendix|chapter|anhang|kapitel|annexe|chapitre|anexo|allegato|bijlage|bilaga|bilag)\s+)?(?:[\divx]+|[a-z])?(?:\.\d+)*[.:)]?\s*"
_NUMBERED = re.compile(
    r"(?:(?:annex|appendix|chapter|anhang|kapitel|annexe|chapitre|anexo|allegato|bijlage|bilaga|bilag|liite|příloha|"
    r"príloha|melléklet|anexa|παράρτημα|prilog|priloga|lisa|priedas|pielikums|приложение|додаток|vedlegg|załącznik)"
    r"(?:\s+(?:[\divx]+|[a-z])(?!\w))?(?!\w)|\d+|[ivx]+(?![^\W\d_])|[a-z](?=[.:)\s]))(?:\.\d+)*[.:)]?\s*",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.[ ]?){4}[. ]*\d+\.?$|\t\d+$")  # dots before the number of a page
_IMPRINT = re.compile(
    r"\bISBN\b|\bISSN\b|©|\(c\) \d{4}|\b(?:contacts?|kontakt|contacto|contatto|contato)\s?:.*\[(?:e-mail|telephone)",
    re.IGNORECASE,
)
_IMPRINT_SIGNS = ("isbn", "issn", "©", "(c) ", "[e-mail", "[telephone")
_IMPRINT_WORDS = (
    "all rights reserved",
    "catalogue number",
    "reproduction is authori",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "tutti i diritti riservati",
    "todos os direitos reservados",
    "alle rechten voorbehouden",
    "wszelkie prawa zastrzeżone",
)
_SIGNS = (*_IMPRINT_WORDS, *_IMPRINT_SIGNS)
_ANEW, _BEGUN = re.compile(rf"(?:{_NUMBER})[A-ZÄÖÜ]"), re.compile(r"\d|annex|appendix", re.IGNORECASE)
ONE_PAGE = {"imprint", "contents"}  # they end with their page
QUESTIONS = 5  # paragraphs of a page that ask, from which it is a questionnaire
LONGEST_HEADING = 70
_ENTRY = re.compile(r"\(?\b(?:1[89]|20)\d\d[a-z]?\b\)?|\bdoi\b|https?://|\bet al\b", re.IGNORECASE)


class Span(NamedTuple):
    """A paragraph by the offsets of its first character and behind its last one, and its part."""

    start: int
    end: int
    part: str


def parts(pages: Iterable[tuple[str, str]], is_wanted: Sequence[object] | None = None) -> list[list[Span]]:
    """The paragraphs of each page of one document, each with its part.

    pages: heading of the section ('' where there is none) and text (paragraphs on lines of their
    own). A part begins at its heading and ends at the next heading; a list of references also runs
    on over pages as long as its paragraphs look like entries. Paragraphs are told of pages that are `is_wanted` (true), or
    of all.
    """
    spans_of_pages, part = [], TEXT
    for number, (heading, text) in enumerate(pages):
        if heading:
            part = _kind(heading) or TEXT
        elif part in ONE_PAGE:
            part = TEXT
        before = []  # the part that each line continues
        lines = text.split("\n")
        for raw_line in lines:
            line = raw_line.strip() if raw_line else ""
            heads, kind = _heading(line) if len(line) <= LONGEST_HEADING and line else (False, "")
            if heads:
                part = kind or TEXT
            elif part == "references" and len(line) > 2 * LONGEST_HEADING and not _ENTRY.search(line):
                part = TEXT
            before.append(part)
        spans_of_pages.append(_spans(text, lines, before) if is_wanted is None or is_wanted[number] else [])
    return spans_of_pages


def _spans(text: str, lines: list[str], parts_of_lines: list[str]) -> list[Span]:
    """The paragraphs of a page; some tell their part by themselves, whatever part they continue."""
    low = text.lower()  # words are looked for on the page before any line of it
    may_tell = "\t" in text or ".." in text or ". ." in text or any(sign in low for sign in _SIGNS)
    questions = text.count("?") >= QUESTIONS and sum(line.rstrip().endswith("?") for line in lines if "?" in line)
    spans, start = [], 0
    for line, part in zip(lines, parts_of_lines, strict=True):
        end = start + len(line)
        if line:
            line_part = (_of_line(line.strip()) if may_tell else "") or part
            if line_part == TEXT and questions >= QUESTIONS and line.rstrip().endswith("?"):
                line_part = "questionnaire"
            spans.append(Span(start, end, line_part))
        start = end + 1
    return spans


@dataclass(frozen=True)
class _Headings:
    """The part by each heading in small letters: whole ones, those that go on, those with words before them."""

    whole: dict[str, str]
    begun: dict[str, str]
    ended: dict[str, str]


@cache
def _headings() -> _Headings:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["heading"].casefold(), row["part"]) for row in csv.DictReader(file)]
    return _Headings(
        {heading: part for heading, part in rows if "*" not in heading},
        {heading[:-1]: part for heading, part in rows if heading.endswith("*")},
        {heading[1:]: part for heading, part in rows if heading.startswith("*")},
    )


def _kind(line: str) -> str:
    """The part of which this line is a heading, with or without a number before it; '' where it is none."""
    plain = line.strip().rstrip(".:").casefold()
    number = _NUMBERED.match(plain)
    return _part_of(plain) or (_part_of(plain[number.end() :].strip()) if number else "")


def _part_of(heading: str) -> str:
    headings = _headings()
    part = headings.whole.get(heading, "")
    if not part and heading.startswith(tuple(headings.begun)):
        part = next(part for words, part in headings.begun.items() if heading.startswith(words))
    if not part and heading.endswith(tuple(headings.ended)):
        part = next(part for words, part in headings.ended.items() if heading.endswith(words))
    return part


def _of_line(line: str) -> str:
    """The part that a line tells by itself; words are looked for before any pattern, which costs a tenth."""
    if line.rstrip(".")[-1:].isdigit() and _LEADERS.search(line):
        return "contents"
    low = line.lower()
    if any(words in low for words in _IMPRINT_WORDS):
        return "imprint"
    return "imprint" if any(sign in low for sign in _IMPRINT_SIGNS) and _IMPRINT.search(line) else ""


def _heading(line: str) -> tuple[bool, str]:
    """Whether a short line is one of the headings, or one that begins anew and ends no sentence; its part."""
    kind = _kind(line)
    if kind:
        return True, kind
    first = line[:1]
    begun = (first.isdecimal() or first in ("a", "A")) and line[-1] not in ".,;?!" and _BEGUN.match(line)
    return bool(begun and _ANEW.match(line)) and not _ENTRY.search(line), ""


def part_at(spans: list[Span], place: int) -> str:
    """The part of the paragraph that holds the character `place`."""
    return next((span.part for span in spans if place < span.end), TEXT)
