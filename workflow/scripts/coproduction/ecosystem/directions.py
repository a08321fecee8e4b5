"""Which way each piece of evidence points: proposed by a rule, settled by people.

A word of the codebook in a sentence says that the sentence may be about a condition, not that the
condition favours anything. Each piece is therefore *favours*, *hinders*, *mixed* or *not about it*. The
rule looks at the words around the condition: it proposes and gives its ground. What a machine has matched
(passages, studies) stays *unread*, and is shown apart, until a person settles it in
`ecosystem/directions.csv`; what people have coded or rated counts as the rule reads it until they say
otherwise. Topics follow the studies they are made of.

What a person settles is a *unit*: a passage, a study, a statement, or a concept of the interviews with all
its segments. Polarity lexicons such as VADER were left out: they measure the mood of a text, not what
it says of a condition.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.accounting import concept_of, unit_of
from coproduction.core.errors import nearest
from coproduction.core.text import TermIndex, one_line
from coproduction.core.vocabulary import REJECTED, UNDECIDED
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import DIRECTIONS, FAVOURS, HINDERS, MIXED, NOT_ABOUT, READ_STATES, SETTLED, UNREAD

REJECTED_PASSAGE = "rejected"  # as people judge passages in the desk research
WINDOW = 4  # words before the condition in which a negation speaks of it
SHORTEST = 4  # words of a sentence; fewer are a heading, a list or a label
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_IMPRINT = re.compile(r"@\S+\.\w|https?://|www\.|\bISBN\b|\bISSN\b|\btel\.|©\s*\d{4}\s*\S+\s*$", re.I)


class Proposer:
    """The rule that proposes a direction for words about a condition."""

    def __init__(self, index: TermIndex, settings: EcosystemSettings) -> None:
        self._index = index
        self._hindering = _one_of(settings.hindering_words)
        self._absence = _one_of(settings.absence_words)

    def of_text(self, factor: str, words: str) -> tuple[str, str]:
        """Direction and ground for a sentence of a document or an abstract."""
        text = one_line(words).replace("’", "'")
        hits = [hit for hit in self._index.find(text) if hit.factor == factor]
        if len(_WORD.findall(text)) < SHORTEST or not re.search(r"[.!?]\W*$", text):
            return NOT_ABOUT, "not a sentence: a heading, a list of words or a title"
        if _IMPRINT.search(text):
            return NOT_ABOUT, "an address or an imprint"
        hit = hits[0] if hits else None
        rest = text if hit is None else f"{text[: hit.start]} {text[hit.end :]}"
        before = "" if hit is None else " ".join(text[: hit.start].split()[-WINDOW:])
        absent, hindering = self._absence.search(before), self._hindering.search(rest)
        if absent and hindering:
            return FAVOURS, f"its absence (“{absent[0]}”) is said to hinder (“{hindering[0]}”)"
        if absent:
            return MIXED, f"said to be absent (“{absent[0]}”); a person must decide what follows from this"
        if hindering:
            return HINDERS, f"beside a word for hindrance (“{hindering[0]}”)"
        return FAVOURS, "no word for hindrance or absence beside it"

    def of_concept(self, concept: str) -> tuple[str, str]:
        """Direction and ground for a concept of the interviews, by its label."""
        match = self._absence.search(concept) or self._hindering.search(concept)
        if match:
            return (MIXED, f"a word for hindrance or absence (“{match[0]}”); a person must decide which")
        return FAVOURS, "no word for hindrance or absence in the concept"

    def of_statement(self, words: str, verdict: str) -> tuple[str, str]:
        """Direction and ground for a statement that a panel rated."""
        if verdict == REJECTED:
            return NOT_ABOUT, "the panel agreed that it does not matter"
        open_ = "; no consensus in the panel" if verdict == UNDECIDED else ""
        hindering = self._hindering.search(words)
        if hindering:
            return HINDERS, f"the statement mentions hindrance (“{hindering[0]}”){open_}"
        return FAVOURS, f"the statement mentions its presence{open_}"


def _one_of(words: Sequence[str]) -> re.Pattern:
    """Whole words or phrases; `*` stands for any ending. Nothing is found where there are none."""
    parts = [re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b" if parts else r"(?!)", re.IGNORECASE)


def with_directions(
    evidence: pd.DataFrame, directions: pd.DataFrame, index: TermIndex, settings: EcosystemSettings
) -> pd.DataFrame:
    """The pieces of evidence with unit, proposal and ground, direction, state and reader.

    evidence: of all techniques; directions: what people settled (PEOPLE_DIRECTIONS). `direction` is empty
    while a piece is unread, and for kinds that point nowhere (indicators, configurations).
    """
    proposer = Proposer(index, settings)
    settled_rows = directions.set_index("unit")
    rows = []
    for piece in evidence.to_dict("records"):
        unit = unit_of(*(piece[name] for name in ("kind", "factor", "source", "excerpt", "note")))
        proposed, ground = _proposal(piece, proposer)
        is_settled = unit in settled_rows.index
        state = SETTLED if is_settled else settings.reading.get(piece["kind"], "listed")
        direction = settled_rows.loc[unit, "direction"] if is_settled else proposed if state in READ_STATES else ""
        reader = settled_rows.loc[unit, "reader"] if is_settled else ""
        rows.append((unit, proposed, ground, direction, state, reader))
    names = ["unit", "proposed", "ground", "direction", "state", "reader"]
    table = evidence.reset_index(drop=True).join(pd.DataFrame(rows, columns=names, dtype=str))
    return _topics_follow(table)


def _proposal(piece: Mapping, proposer: Proposer) -> tuple[str, str]:
    kind = piece["kind"]
    if kind == "quote":
        return proposer.of_concept(concept_of(piece["note"]))
    if kind == "rating":
        return proposer.of_statement(piece["excerpt"], piece["verdict"])
    if kind in ("passage", "study"):
        return proposer.of_text(piece["factor"], piece["excerpt"])
    return "", ""


def _topics_follow(table: pd.DataFrame) -> pd.DataFrame:
    """Topics with the direction of their studies that have been read; unread where none has."""
    is_read = (table["kind"] == "study") & table["state"].isin(READ_STATES)
    read_studies = table.loc[is_read, ["factor", "source", "direction"]]
    directions_by_study: dict[tuple[str, str], set[str]] = {}
    for factor, study, direction in read_studies.itertuples(index=False):
        directions_by_study.setdefault((factor, study), set()).add(direction)
    cells = {name: table[name].tolist() for name in ("factor", "note", "direction", "state", "ground")}
    topics = (table["kind"] == "topic") & (table["state"] != SETTLED)
    for place in np.flatnonzero(topics):
        studies = cells["note"][place].split("studies: ")[-1].split(", ")
        study_directions = [directions_by_study.get((cells["factor"][place], name), set()) for name in studies]
        direction = together(set().union(*study_directions))
        cells["direction"][place], cells["state"][place] = direction, SETTLED if direction else UNREAD
        cells["ground"][place] = "as in those of its studies that have been read"
    return table.assign(**{name: tables.words_of(cells[name]) for name in ("direction", "state", "ground")})


def together(directions: set[str]) -> str:
    """One direction for several; empty where there is none."""
    sides = directions - {NOT_ABOUT, ""}
    if not sides:
        return NOT_ABOUT if NOT_ABOUT in directions else ""
    return sides.pop() if len(sides) == 1 else MIXED


def direction_form(pieces: pd.DataFrame, factors: pd.DataFrame) -> pd.DataFrame:
    """The form for people: a row per unit, unread ones of the strongest factors first (DIRECTION_FORM)."""
    with_proposal = pieces[(pieces["proposed"] != "")]
    groups = with_proposal.groupby("unit", sort=False)
    form = groups.first().reset_index().assign(pieces=groups.size().to_numpy())
    quotes = form["kind"] == "quote"
    concepts = [concept_of(note) for note in form["note"]]
    form["source"] = form["source"].mask(quotes, pd.Series(concepts, index=form.index, dtype=object))
    order = {name: place for place, name in enumerate(factors["id"])}
    names = dict(zip(factors["id"], factors["name"], strict=True))
    form["name"] = form["factor"].map(names)
    form["rank"] = form["factor"].map(order)
    form["open"] = (form["state"] != UNREAD).astype(int)
    form["direction"] = form["direction"].where(form["state"] == SETTLED, "")
    form["remark"] = ""
    return form.sort_values(["open", "rank", "kind", "source", "locator"], kind="stable")


def what_became_of(settled: pd.DataFrame, pieces: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Each row of the people's file and what became of it (DIRECTIONS).

    said: `settled_rows`; pieces: the evidence with its directions; passages: those of the desk research with
    `judgement`, for units that are no evidence because somebody rejected them there.
    """
    units = set(pieces["unit"])
    cells = [passages[name] for name in ("factor", "document", "excerpt", "judgement")]
    judged = {
        unit_of("passage", factor, source, words, ""): word for factor, source, words, word in zip(*cells, strict=True)
    }
    reasons = {REJECTED_PASSAGE: "passage rejected in desk/judgements.csv"}
    reasons["disputed"] = "passage confirmed in one file and rejected in the other"
    rows = []
    for row in settled.to_dict("records"):
        if not row["direction"]:
            outcome = "left empty"
        elif row["unit"] in units:
            outcome = "used"
        else:
            outcome = reasons.get(judged.get(row["unit"], ""), "not part of the evidence")
        near = nearest(row["unit"], sorted(units)) if outcome == "not part of the evidence" else None
        rows.append({**row, "outcome": outcome, "perhaps": near or ""})
    return accounting.table(rows, DIRECTIONS)
