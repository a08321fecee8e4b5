"""What a heading of a round file names: the rating, a comment or 'no opinion' on which statement.

A heading counts as a whole: what is left after a number, a question before it ("How important? - …"),
brackets, or words that only ask for a comment must be a statement's id, its wording, or the id before
words. A statement's words or id somewhere within other words name nothing surely; such columns are
asked about (`Doubt`).
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from coproduction.core.text import normalise
from coproduction.delphi.heading_words import (
    ASKING,
    COMMENT_WORDS,
    FILLING,
    MOST_WORDS_OF_LABEL,
    NO_OPINION_WORDS,
    NOT_RATINGS,
    NOT_THE_RATING,
    RANKS,
    ROUND_BY_ORDER,
    ROUND_IN_NAME,
    plain_words,
    round_in,
)
from coproduction.formats.surveys.not_ratings import heads_a_total

RATING, COMMENT, NO_OPINION = "rating", "comment", "no opinion"
RANK, CHOICE = ("rank", "choice")  # a place that holds a statement; one point of a scale, ticked or not
# How questionnaires of versions before 0.3 asked for comments.
ASKED_BEFORE = "If you wish: why? Please name no persons or places."
CHECKBOX = re.compile(r"___\w+$")  # a box of REDCap
LEADING_NUMBER = re.compile(
    r"^(?:(?:q|question|frage)?\s*\d+(?:\.\w+)*\s*[.):](?:\s+(?=\S)|(?=[^\s\d]))|\d+\.\d+(?:\.\w+)*\s+(?=[^\W\d]))",
    re.I,
)
# What the points of the scale mean: "(1 = not important; 9 = essential)", "(1-9)".
LEGEND = re.compile(
    r"\s*[(\[]\s*(?:scale|from|rate|von|skala|de)?:?\s*\d{1,3}(?!\d)[^()\[\]]*?(?<!\d)\d{1,3}(?!\d)[^()\[\]]*[)\]]",
    re.I,
)
CODE_AND_TEXT = re.compile(r"^(\w+\[[^\]]*\](?:\[[^\]]*\])?)\.?\s+(.+)$")
BRACKETS = re.compile(r"^(?P<before>.*?)\s*\[(?P<piece>[^\[\]]+)\]\s*(?P<behind>.*)$")
DASHES = re.compile(r"\s+(?:[-–—|]|>{1,2})\s+|:\s+|(?<=\?)\s+|:(?=[A-Z])|(?<=[:?.…])-(?=\S)")
CUT = re.compile(r"\s*(?:\.{2,}|…)$")
TOKEN = re.compile(r"[^\W_]+")
NEARLY = 0.9  # of a heading and a wording that may be the same
SHORT = 20  # characters that a cut wording must have to be taken for its beginning
ITEM_WORDS = (
    "q",
    "item",
    "statement",
    "question",
    "s",
    "no",
    "outcome",
    "thesis",
    "frage",
    "aussage",
    "these",
    "enonce",
)


@dataclass(frozen=True)
class Place:
    """What a column holds (a role) of which statement; `round`, `rank` or `point` if it names one.

    The statement is empty where each row names it: in the column with the role STATEMENT, or in the
    cell itself (RANK). An `open` place is a rating or a comment, as its cells show.
    """

    role: str
    statement: str = ""
    round: int | None = None
    rank: int | None = None
    point: str = ""
    open: bool = False


@dataclass(frozen=True)
class Doubt:
    """A column that may belong to a statement but does not surely; `why` in words for people."""

    why: str
    statement: str = ""
    role: str = RATING


class Headings:
    """Finds what headings and cells name.

    `wordings` are the statements (STATEMENTS) with all versions; `ask_comment` is how the study's
    own questionnaire asks for comments.
    """

    def __init__(self, wordings: pd.DataFrame, ask_comment: str = "", ranks: bool = False) -> None:
        self._ranks = ranks
        self._ids: dict[str, set[str]] = {}
        for statement in sorted(set(wordings["statement"])):
            for key in _keys(statement):
                self._ids.setdefault(key, set()).add(statement)
        # a number may stand behind a word: Outcome 1
        self._longest = max((len(TOKEN.findall(s)) + s.isdigit() for s in wordings["statement"]), default=1)
        self._texts: dict[str, set[str]] = {}
        for statement, text in zip(wordings["statement"], wordings["text"], strict=True):
            for words in {text, LEADING_NUMBER.sub("", text)}:
                self._texts.setdefault(normalise(words), set()).add(statement)
        self._texts.pop("", None)
        self._asked = tuple(filter(None, map(normalise, (ask_comment, ASKED_BEFORE))))
        self._cells: dict[str, str] = {}
        self._named: dict[str, str] = {}

    def place(self, column: str, text: str = "") -> Place | Doubt | None:
        """The place of a column, from its name and the words of a second header row.

        A box of a REDCap checkbox (name___1) is no rating by itself; it may say 'no opinion'.
        """
        if box := CHECKBOX.search(column):
            place = self._by_code(column[: box.start()])
            return place if isinstance(place, Place) and place.role == NO_OPINION else None
        column, text = plain_words(column), plain_words(text)
        if not text and (both := CODE_AND_TEXT.match(column)):
            column, text = both.groups()
        if " " in column:
            of_words = self._by_text(column)
            return of_words if isinstance(of_words, Place) or not text else self._by_text(text) or of_words
        by_code = self._by_code(column)
        if not text:
            return by_code or self._by_text(column)
        return self._by_both(by_code, self._by_text(text))

    def _by_both(self, by_code: Place | Doubt | None, by_text: Place | Doubt | None) -> Place | Doubt | None:
        """What the code and the words say together; where they contradict each other, a doubt."""
        if not isinstance(by_code, Place):
            return by_text or by_code
        if isinstance(by_text, Place):
            if by_code.statement != by_text.statement:
                why = f"the code names {by_code.statement}, the words {by_text.statement}"
                return Doubt(why, by_text.statement, by_text.role)
            return by_code if by_code.role != RATING else by_text
        if not _tells(by_code.statement):
            why = f"the code is that of {by_code.statement}, the words are not its wording"
            return Doubt(why, by_code.statement, by_code.role)
        return by_code

    def named(self, heading: str) -> str:
        """The statement that a heading surely is about; empty for none."""
        if heading not in self._named:  # also asked of the cells of the first rows
            place = self.place(heading)
            self._named[heading] = place.statement if isinstance(place, Place) else ""
        return self._named[heading]

    def statement(self, cell: str) -> str:
        """The statement that a cell names by its id or its wording; empty where there is none."""
        if cell not in self._cells:  # a table with one row per answer names each thousands of times
            statement_and_rest = self._whole(plain_words(cell))
            self._cells[cell] = statement_and_rest[0] if statement_and_rest and not statement_and_rest[1] else ""
        return self._cells[cell]

    def _by_code(self, code: str) -> Place | Doubt | None:
        """A variable name: the id is one of its parts, the others say the role and the round."""
        tokens = [m.group() for m in TOKEN.finditer(code)]
        hits = self._hits(tokens, code)
        if not hits:
            return None
        statements = {statement for _, _, statement in hits}
        if len(statements) > 1:
            telling = {s for s in statements if _tells(s)}
            if len(telling) != 1:
                return Doubt(f"the name holds {' and '.join(sorted(statements))}")
            hits = [hit for hit in hits if hit[2] in telling]
        start, end, statement = hits[0]
        other_tokens = " ".join([*tokens[:start], " ", *tokens[end:]]).lower()
        words = set(re.findall(r"[^\W\d_]+", other_tokens))
        number = ROUND_IN_NAME.search(other_tokens)
        role = COMMENT if words & COMMENT_WORDS else RATING
        role = NO_OPINION if NO_OPINION_WORDS.search(other_tokens) else role
        if role == RATING and words & RANKS and not self._ranks:
            return Doubt(f"the column may hold the rank of {statement}, not its rating", statement)
        if role == RATING and words & NOT_RATINGS:
            return Doubt(f"the name contains more than {statement}", statement)
        if statement.isdigit() and any(token.isdigit() for token in tokens[end:]):
            return Doubt(f"the name has another number than {statement}", statement)
        return Place(role, statement, int(number.group(1)) if number else None)

    def _hits(self, tokens: list[str], code: str) -> list[tuple[int, int, str]]:
        """Runs of parts that are an id (start, end, statement), the longest, each part once."""
        runs: list[tuple[int, int, str]] = []
        plain = [_canonical(token) for token in tokens]
        for length in range(min(self._longest, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                end = start + length
                if any(start < e and s < end for s, e, _ in runs):
                    continue
                statement = self._id(plain[start:end], tokens[start:end])
                if statement.isdigit() and length == 1 and plain[start].isdigit():
                    before = plain[start - 1] if start else ""
                    alone = len(tokens) == 1 or f"[{tokens[start]}]" in code
                    if not alone and before not in ITEM_WORDS:
                        continue
                if statement:
                    runs.append((start, end, statement))
        return runs

    def _id(self, plain: list[str], tokens: list[str]) -> str:
        """The statement whose id these parts are; empty for none or several."""
        statements = self._ids.get("".join(plain), set())
        if len(statements) > 1:  # S1 and S01 are two statements: as it is written
            statements = {s for s in statements if "".join(TOKEN.findall(s)) == "".join(tokens)}
        return next(iter(statements)) if len(statements) == 1 else ""

    def _by_text(self, text: str) -> Place | Doubt | None:
        """A heading in words: one of its whole parts names a statement."""
        if not text:
            return None
        candidates: list[tuple[str, str]] = []
        for before, piece, behind in _parts(text):
            named = self._whole(piece)
            if named is None or (before == "" and behind and not self._only_asks(behind)):
                continue
            other_words = f"{before} {named[1]} {behind}".strip()
            if not before and not behind:
                return self._with_role(named[0], other_words)
            candidates.append((named[0], other_words))
        statements = {statement for statement, _ in candidates}
        if len(statements) == 1:
            statement, around = min(candidates, key=lambda hit: len(hit[1]))
            return self._not_the_rating(statement, around) or self._with_role(statement, around)
        if len(statements) > 1:
            return Doubt(f"the heading names {' and '.join(sorted(statements))}")
        without_legend = LEGEND.sub("", text).strip()
        return self._piece(text) if without_legend == text else self._by_text(without_legend) or self._piece(text)

    def _not_the_rating(self, statement: str, around: str) -> Doubt | None:
        """A doubt where a few words beside a statement tell of something else than its rating; longer ones instruct."""
        words = re.findall(r"[^\W\d_]+", around.lower())
        if len(words) > MOST_WORDS_OF_LABEL:
            return None
        if set(words) & NOT_THE_RATING or heads_a_total(around):
            why = "how sure somebody is, or an earlier or a common rating"
            return Doubt(
                f"beside {statement} the heading may speak of something else than its rating ({why})", statement
            )
        if set(words) & RANKS and not self._ranks:
            return Doubt(f"the column may hold the rank of {statement}, not its rating", statement)
        return None

    def _with_role(self, statement: str, around: str) -> Place:
        plain = normalise(around)
        lower = around.lower().replace("’", "'")
        at = round_in(lower)
        if NO_OPINION_WORDS.search(lower):
            return Place(NO_OPINION, statement, at)
        if plain.startswith(self._asked):
            return Place(COMMENT, statement, at)
        words = set(re.findall(r"[^\W\d_]+", lower))
        if words & COMMENT_WORDS:
            return Place(COMMENT, statement, at, open=not words <= COMMENT_WORDS | FILLING)
        return Place(RATING, statement, at)

    def _only_asks(self, words: str) -> bool:
        """Do words behind a statement only ask for a comment or a rating, or say 'no opinion'?"""
        lower = words.lower().replace("’", "'")
        if NO_OPINION_WORDS.search(lower) or normalise(words) in self._asked:
            return True
        plain = ROUND_IN_NAME.sub(" ", lower)
        return set(re.findall(r"[^\W_]+", plain)) <= COMMENT_WORDS | FILLING | ASKING

    def _whole(self, piece: str) -> tuple[str, str] | None:
        """The statement that these words are, and what they say more; None for no statement."""
        plain = normalise(piece)
        statements = self._texts.get(plain, set())
        if len(statements) == 1:
            return next(iter(statements)), ""
        if cut := self._cut(piece):
            return cut, ""
        return self._id_first(piece)

    def _id_first(self, piece: str) -> tuple[str, str] | None:
        """The statement whose id begins these words, and what they say more."""
        tokens = list(TOKEN.finditer(piece))
        for length in range(min(self._longest, len(tokens)), 0, -1):
            id_tokens = [token.group() for token in tokens[:length]]
            statement = self._id([_canonical(w) for w in id_tokens], id_tokens)
            if not statement:
                continue
            remainder = re.sub(r"^[\s.:)\]|–—-]+", "", piece[tokens[length - 1].end() :])
            worded = self._texts.get(normalise(remainder), set())
            wording = statement in worded
            if worded and not wording:
                return None  # the id of one statement before the words of another
            if not remainder or wording or self._cut(remainder) == statement:
                return statement, ""
            if self._only_asks(remainder):
                return statement, remainder
            words_behind = set(normalise(remainder).split())
            if heads_a_total(remainder) or (words_behind and words_behind <= NOT_RATINGS):
                return None  # 'S01 mean', 'S01 confidence'
            other_words = [_canonical(token.group()) for token in tokens[length:]]
            named_statements = {s for word in other_words for s in self._ids.get(word, ()) if _tells(s)}
            if _tells(statement) and not named_statements - {statement}:
                return statement, ""
        return None

    def _cut(self, words: str) -> str:
        """The one statement whose wording begins so, where the words say that they are cut."""
        if not CUT.search(words):
            return ""
        plain = normalise(words)
        if len(plain) < SHORT:
            return ""
        with_beginning = {s for text, named in self._texts.items() if text.startswith(plain) for s in named}
        return with_beginning.pop() if len(with_beginning) == 1 else ""

    def _piece(self, text: str) -> Doubt | None:
        """A doubt where a wording or an id that tells is a piece of the heading."""
        plain = f" {normalise(text)} "
        for wording, statements in sorted(self._texts.items(), key=lambda entry: -len(entry[0])):
            if f" {wording} " in plain and (" " in wording or len(wording) > 3):
                statement = sorted(statements)[0]
                return Doubt(f"the heading has the wording of {statement} and other words", statement)
        for token in TOKEN.findall(text):
            statements = {s for s in self._ids.get(_canonical(token), ()) if _tells(s)}
            if statements:
                statement = sorted(statements)[0]
                return Doubt(f"the heading names {statement} among other words", statement)
        if CUT.search(text):
            begins = normalise(text)
            statements = {s for t, named in self._texts.items() if begins and t.startswith(begins) for s in named}
            if len(statements) == 1:
                statement = statements.pop()
                return Doubt(f"the heading is cut off and may be that of {statement}", statement)
        words = set(plain.split())
        alike = [text for text in self._texts if 2 * len(words.intersection(text.split())) >= len(words)]
        likely = difflib.get_close_matches(plain.strip(), alike, 1, NEARLY) if len(plain) > SHORT else []
        if likely and len(self._texts[likely[0]]) == 1:
            statement = next(iter(self._texts[likely[0]]))
            return Doubt(f"the heading is nearly the wording of {statement}", statement)
        return None


def _canonical(token: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", token.casefold())


def _keys(statement: str) -> Iterable[str]:
    """How an id may be written: whatever the case, punctuation and leading zeros.

    A number is an id only where something says so: alone, in brackets, or behind a word (Q12).
    """
    key = "".join(map(_canonical, TOKEN.findall(statement)))
    yield key
    if statement.isdigit():
        yield from (f"{word}{key}" for word in ITEM_WORDS)


def _tells(statement: str) -> bool:
    """Does an id have letters and digits, so that it means nothing else among words?"""
    return any(c.isdigit() for c in statement) and any(c.isalpha() for c in statement)


def _parts(text: str) -> Iterable[tuple[str, str, str]]:
    """The whole parts of a heading that may be a statement: what is before, the part, what follows."""
    yield "", text, ""
    body = LEADING_NUMBER.sub("", text)
    if body != text:
        yield "", body, ""
    if match := BRACKETS.match(body):
        yield match["before"], match["piece"], match["behind"]
        yield "", match["before"], f"{match['piece']} {match['behind']}".strip()
    for dash in DASHES.finditer(body):
        before, behind = body[: dash.start()], body[dash.end() :]
        yield before, behind, ""
        yield "", before, behind
    for pattern in (ROUND_IN_NAME, ROUND_BY_ORDER):
        if match := pattern.match(body.lower()):
            yield body[: match.end()], body[match.end() :].strip(" :-–|"), ""
    words = body.split()
    for k in range(1, min(8, len(words))):
        asking = set(re.findall(r"[^\W_]+", " ".join(words[:k]).casefold()))
        if asking <= COMMENT_WORDS | FILLING:
            yield " ".join(words[:k]), " ".join(words[k:]), ""
    for k in range(1, min(6, len(words))):
        asking = set(re.findall(r"[^\W_]+", " ".join(words[-k:]).casefold()))
        if asking & COMMENT_WORDS and asking <= COMMENT_WORDS | FILLING:
            yield "", " ".join(words[:-k]), " ".join(words[-k:])
