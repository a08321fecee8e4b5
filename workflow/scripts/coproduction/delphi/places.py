"""Which column of a round file is what: by the statement's id in its name, or by its wording."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from coproduction.core.text import normalise

RATING, COMMENT, NO_OPINION = "rating", "comment", "no opinion"
COMMENT_WORDS = {
    "com", "comm", "comment", "comments", "commentaire", "commentaires", "kommentar", "kommentare",
    "comentario", "comentariu", "commento", "remark", "remarks", "reason", "reasons", "why", "text",
    "feedback", "rationale", "justification", "explain",
}  # fmt: skip
BARE = {  # words that a column may have which holds nothing but the comment on the rating before it
    "please", "add", "any", "your", "on", "this", "the", "a", "for", "of", "rating", "answer", "if",
    "you", "wish", "optional", "or", "and", "other", "specify", "free", "response", "item",
    "statement", "suggestions", "suggestion", "open", "ended", "votre", "ihr", "zu",
}  # fmt: skip
NO_OPINION_WORDS = re.compile(
    r"no[ _-]?op(in|inion)?\b|don'?t[ _]?know|(^|[ _])dk($|[ _])|sans[ _]avis"
)
ROUND = re.compile(
    r"(?<![a-z0-9])(?:round|runde|ronda|tour|wave|delphi|dft|rd|r)[ _.-]?(\d{1,2})(?![a-z0-9])"
)
CHECKBOX = re.compile(r"___\w+$")
SHORT_TITLE = 20  # characters that a cut title must have to be taken for the wording's beginning


@dataclass(frozen=True)
class Place:
    """What a column holds (rating, comment, no opinion) of which statement; `round` if it says."""

    role: str
    statement: str
    round: int | None = None


class Finder:
    """Finds the place of a column.

    `wordings` are the statements (STATEMENTS) with all versions; `ask_comment` is how the study's
    own questionnaire asks for comments.
    """

    def __init__(self, wordings: pd.DataFrame, ask_comment: str = "") -> None:
        ids = sorted(set(wordings["statement"]), key=lambda s: (-len(s), s))
        self._ids = [(statement, _pattern(statement)) for statement in ids]
        texts = [
            (normalise(t), s) for s, t in zip(wordings["statement"], wordings["text"], strict=True)
        ]
        self._ask_comment = normalise(ask_comment)
        self._known: dict[str, str] = {}
        self._texts = sorted({(t, s) for t, s in texts if t}, key=lambda e: (-len(e[0]), e))

    def place(self, column: str, title: str) -> Place | None:
        """By the longest id in the name, else the longest wording in the title, else its beginning.

        A box of a REDCap checkbox (name___1) is no rating.
        """
        if CHECKBOX.search(column):
            return None
        for statement, pattern in self._ids:
            match = pattern.search(column)
            if match:
                around = f"{column[: match.start()]} {column[match.end() : match.end() + 14]}"
                return Place(_role(around), statement, _round(around))
        plain = normalise(title)
        statement, wording = self._by_wording(plain)
        if not statement:
            return None
        around = plain.replace(wording, " ")
        if self._ask_comment and self._ask_comment in around:
            return Place(COMMENT, statement, _round(around))
        return Place(_role(around), statement, _round(around))

    def statement(self, cell: str) -> str:
        """The statement that a cell names by its id or its wording; empty where there is none."""
        if cell not in self._known:  # a table with one row per answer names each thousands of times
            self._known[cell] = self._statement(cell)
        return self._known[cell]

    def _statement(self, cell: str) -> str:
        for statement, pattern in self._ids:
            if pattern.fullmatch(cell.strip()):
                return statement
        return self._by_wording(normalise(cell))[0] or self._named_in(cell)

    def _named_in(self, cell: str) -> str:
        hits = [s for s, pattern in self._ids if pattern.match(cell.strip())]
        return hits[0] if hits else ""

    def _by_wording(self, plain: str) -> tuple[str, str]:
        for wording, statement in self._texts:
            if f" {wording} " in f" {plain} ":
                return statement, wording
        # LimeSurvey and others cut long texts: the beginning counts where only one statement has it.
        begun = {
            s
            for wording, s in self._texts
            if len(plain) >= SHORT_TITLE and wording.startswith(plain)
        }
        return (begun.pop(), plain) if len(begun) == 1 else ("", "")


def _pattern(statement: str) -> re.Pattern:
    """The id as a whole word, whatever its case, with or without punctuation and leading zeros."""
    # LimeSurvey's codes have no punctuation: z_s1 comes back as zs1.
    names = {statement, "".join(c for c in statement if c.isalnum())} - {""}
    pieces = [re.sub(r"(?<!\d)0*(\d+)", r"0*\1", re.escape(name)) for name in sorted(names)]
    if statement.isdigit():
        # A bare number is an id only where the name says so: '12.', '[12]', 'Q12', 'item 12'.
        word = r"(?:^|[\[(]|\b(?:q|item|statement|question|s|no)[ _.]?)"
        return re.compile(rf"{word}(?:{'|'.join(pieces)})(?=$|[\])._: )])", re.IGNORECASE)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(pieces)})(?![^\W_])", re.IGNORECASE)


def _role(around: str) -> str:
    around = around.lower().replace("’", "'")
    if NO_OPINION_WORDS.search(around):
        return NO_OPINION
    words = set(re.findall(r"[^\W\d_]+", around))
    return COMMENT if words & COMMENT_WORDS else RATING


def _round(around: str) -> int | None:
    match = ROUND.search(around.lower())
    return int(match.group(1)) if match else None


def bare_comment(column: str) -> bool:
    """Does the column hold comments without saying on what ('Comments2', 'Please explain')?"""
    words = set(re.findall(r"[^\W\d_]+", column.lower()))
    return bool(words & COMMENT_WORDS) and words <= COMMENT_WORDS | BARE
