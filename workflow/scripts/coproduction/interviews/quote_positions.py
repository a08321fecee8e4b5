"""Where a coded quote is in the transcript: its words decide, its stated place helps.

A project brings the text in which its codings were made: it is aligned with the transcript, and each
place is mapped through what was edited since. A table of segments brings words alone, or places that
programs count differently, so a place is believed only when the words there are the quote. Otherwise
the quote is looked for nearby, then in the whole transcript, and taken only where it occurs once.
Fuzzy search was left out: a quote that differs is for a person to look at.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from coproduction.core import accounting
from coproduction.core.identities import Key
from coproduction.core.text import normalise
from coproduction.formats.qda.project import Source
from coproduction.formats.transcripts.files import canonical
from coproduction.interviews.identifiers import Identifiers
from coproduction.interviews.pseudonyms import Replacement, pseudonymise, to_pseudonymised
from coproduction.interviews.tables import NO_POSITION, NO_TRANSCRIPT, SEGMENTS
from coproduction.methods.alignment import Alignment, Mapped

NAMES_A_PERSON = "the code is named after a participant or another person, and is not a concept"
ALIKE_AT_LEAST = 0.5  # share of equal words from which a text of a project is a version of the transcript

_NUMBERED = re.compile(r"^d\s*\d+:\s*")  # as ATLAS.ti writes a document: D 1: P01.docx
_AROUND = re.compile(  # what coders put around the words of a quote
    r"\A(?:[\s\"“”„«»‘’']|[\[(]?(?:…|\.{3})[\])]?)+|(?:[\s\"“”„«»‘’']|[\[(]?(?:…|\.{3})[\])]?)+\Z"
)
_ALIKE = {
    **dict.fromkeys("'\u2018\u2019\u201b\u2032", "['\u2018\u2019\u201b\u2032]"),
    **dict.fromkeys('"\u201c\u201d\u201e\u2033', '["\u201c\u201d\u201e\u2033]'),
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014", "[-\u2010-\u2014]"),
}


@dataclass(frozen=True)
class Place:
    """The place of a quote in the pseudonymised text, or the reason why it has none."""

    start: int | None
    end: int | None
    outcome: str
    reason: str = ""


def find_place(
    text: str, quote: str, start: int | None, end: int | None, key: Key, replacements: list[Replacement], window: int
) -> Place:
    """The place of a quote, with outcome 'at its place', 'found elsewhere' or 'refused'.

    The stated place may count in the text before or after pseudonyms; without a quote the stated
    place is all there is and must lie within the text.
    """
    if not quote.strip():
        return _place_alone(text, start, end)
    quoted_words = pseudonymise(canonical(quote), key)[0].strip()
    stated = [] if start is None else [start, to_pseudonymised(start, replacements)]
    indent = len(quote) - len(quote.lstrip())
    for begin in dict.fromkeys(place + indent for place in stated):
        if text[begin : begin + len(quoted_words)] == quoted_words:
            return Place(begin, begin + len(quoted_words), "at its stated position")
    return _searched(text, quoted_words, stated, window)


def _searched(text: str, quoted_words: str, stated: list[int], window: int) -> Place:
    """The only place of the words, or the only one near where they were stated."""
    spans = [match.span() for match in _pattern(quoted_words).finditer(text)]
    if len(spans) == 1:
        return _elsewhere(spans[0], stated)
    if not spans:
        bare = _AROUND.sub("", quoted_words)
        if bare and bare != quoted_words:  # “we came …”
            return _searched(text, bare, stated, window)
        return _refused("the words are not in the transcript")
    near = [span for span in spans if any(abs(span[0] - s) <= window for s in stated)]
    if len(near) == 1:
        return _elsewhere(near[0], stated)
    way = "but not near the stated position" if stated else "and no position is given"
    return _refused(f"the words occur {len(spans)} times in the transcript, {way}")


def _place_alone(text: str, start: int | None, end: int | None) -> Place:
    if start is None or end is None or not 0 <= start < end <= len(text):
        return _refused(f"the stated position lies outside the transcript of {len(text)} characters")
    if not text[start:end].strip():
        return _refused("there are no words at the stated position")
    return Place(start, end, "at its stated position")


def _elsewhere(span: tuple[int, int], stated: list[int]) -> Place:
    if not stated:
        return Place(*span, "found elsewhere", NO_POSITION)
    moved = min((span[0] - s for s in stated), key=abs)
    way = (
        "the same position, other characters"
        if moved == 0
        else f"{abs(moved)} characters " + ("later" if moved > 0 else "earlier")
    )
    return Place(*span, "found elsewhere", way)


def _refused(reason: str) -> Place:
    return Place(None, None, "refused", reason)


def _pattern(quoted_words: str) -> re.Pattern:
    """The quote, whatever the white space between its words and the shape of marks."""
    pieces = [
        "".join(_ALIKE.get(character, re.escape(character)) for character in word) for word in quoted_words.split()
    ]
    return re.compile(r"\s+".join(pieces))


@dataclass(frozen=True)
class Study:
    """What segments are placed in: the transcripts and what is known of them.

    aliases: the id of a transcript by other names that coders may use (its file); identifiers: those
    that became tokens in the transcripts; countries: that of each transcript
    """

    texts: pd.DataFrame
    turns: pd.DataFrame
    replaced: pd.DataFrame
    aliases: Mapping[str, str]
    key: Key
    window: int
    identifiers: Identifiers | None = None
    countries: Mapping[str, str] = field(default_factory=dict)

    def version(self, text: str, transcript: str) -> tuple[str, list[Replacement]]:
        """A text of a project as the transcript is: without names and identifiers."""
        country = self.countries.get(transcript, "")
        return pseudonymise(text, self.key, self._identified(text, transcript, country))

    def hidden(self, text: str, transcript: str, country: str) -> str:
        """A text without names and identifiers."""
        return pseudonymise(text, self.key, self._identified(text, transcript, country))[0]

    def _identified(self, text: str, transcript: str, country: str) -> list[tuple[int, int, str]]:
        if self.identifiers is None:
            return []
        return self.identifiers.places(text, transcript, country)

    @cached_property
    def by_id(self) -> dict[str, str]:
        """The pseudonymised text of each transcript."""
        return dict(zip(self.texts["transcript"], self.texts["text"], strict=True))

    @cached_property
    def _names(self) -> dict[str, str]:
        names_of_ids = {name.casefold(): name for name in self.by_id}
        files = {Path(alias).stem.casefold(): t for alias, t in self.aliases.items()}
        return names_of_ids | {name: t for name, t in files.items() if t in self.by_id}

    def transcript(self, *named: str) -> str:
        """The id of the transcript that is meant by a file name, an id or a participant."""
        for name in named:
            base = _NUMBERED.sub("", Path(name.replace("\\", "/")).name.casefold())
            if transcript_id := self._names.get(base) or self._names.get(Path(base).stem):
                return transcript_id
        return ""

    def is_person(self, code: str) -> bool:
        """Whether a code is named after a participant, as programs write cases."""
        name = normalise(code)
        return name in self._people or Path(name).stem in self._people

    @cached_property
    def _people(self) -> set[str]:
        return {*map(normalise, [*self.by_id, *self.key.names]), *self._names}

    @cached_property
    def _moves(self) -> dict[str, list[Replacement]]:
        moves: dict[str, list[Replacement]] = {name: [] for name in self.by_id}
        for r in self.replaced.itertuples(index=False):
            places = (int(r.raw_start), int(r.raw_end), int(r.start), int(r.end))
            moves.setdefault(r.transcript, []).append(Replacement(*places, r.pseudonym))
        return moves

    def moves(self, transcript: str) -> list[Replacement]:
        """Where names of the transcript were replaced."""
        return self._moves.get(transcript, [])

    @cached_property
    def _turns(self) -> dict[str, list[tuple[int, int, int, str]]]:
        turns: dict[str, list[tuple[int, int, int, str]]] = {}
        for r in self.turns.itertuples(index=False):
            entry = (int(r.start), int(r.end), int(r.turn), r.speaker)
            turns.setdefault(r.transcript, []).append(entry)
        return {name: sorted(entries) for name, entries in turns.items()}

    def spoken_by(self, transcript: str, start: int, end: int) -> tuple[int | None, str]:
        """The turn that text[start:end] shares most characters with, and who speaks most of it.

        Of equals the earliest turn; nobody where it lies outside of all turns.
        """
        turns = self._turns.get(transcript, [])
        last = bisect_left(turns, (end,))
        first = last
        while first and turns[first - 1][1] > start:
            first -= 1
        shared: dict[str, int] = {}
        most, best = 0, None
        for low, high, number, speaker in turns[first:last]:
            common = min(high, end) - max(low, start)
            if common > 0:
                shared[speaker] = shared.get(speaker, 0) + common
            if common > most:
                most, best = common, number
        return best, max(shared, key=lambda name: (shared[name], name)) if shared else ""


class _Versions:
    """The texts of the projects beside the transcripts: aligned once for each pair."""

    def __init__(self, sources: Mapping[tuple[str, str], Source], study: Study) -> None:
        self._sources, self._study = sources, study
        self._known: dict[tuple, tuple[list[Replacement], Alignment]] = {}

    def place(self, entry: dict, transcript: str) -> Place | None:
        """The place of a coding in the transcript; None where the project's text is another one."""
        source = self._sources.get(entry["text_key"])
        if source is None or not source.text:
            return None
        moves, aligned = self._aligned(entry["text_key"], source, transcript)
        if aligned.likeness < ALIKE_AT_LEAST:
            return None
        if not source.text[entry["start"] : entry["end"]].strip():
            return _refused("there are no words at the stated position")
        start = to_pseudonymised(entry["start"], moves)
        end = to_pseudonymised(entry["end"], moves, end=True)
        mapped = aligned.place(start, end)
        if mapped is None:
            return _refused("its words were removed from the transcript after coding")
        if end <= aligned.first_edit:
            return Place(mapped.start, mapped.end, "at its stated position")
        return _mapped_place(mapped, start)

    def _aligned(
        self, text_key: tuple[str, str], source: Source, transcript: str
    ) -> tuple[list[Replacement], Alignment]:
        which = (text_key, transcript)
        if which not in self._known:
            text, moves = self._study.version(source.text, transcript)
            replaced = [(move.start, move.end) for move in self._study.moves(transcript)]
            aligned = Alignment(text, self._study.by_id[transcript], replaced)
            self._known[which] = moves, aligned
        return self._known[which]


def _mapped_place(mapped: Mapped, start: int) -> Place:
    if not mapped.same:
        return Place(mapped.start, mapped.end, "reworded", "the transcript was edited here")
    moved = mapped.start - start
    if not moved:
        return Place(mapped.start, mapped.end, "at its stated position")
    side = "later" if moved > 0 else "earlier"
    way = f"{abs(moved)} characters {side}: the transcript was edited before it"
    return Place(mapped.start, mapped.end, "found elsewhere", way)


def place_segments(handed_in: Sequence[dict], sources: Mapping[tuple[str, str], Source], study: Study) -> pd.DataFrame:
    """SEGMENTS: each segment with its place in the pseudonymised text, or refused with the reason.

    sources: the texts of the projects by file and key; a coding is mapped through the text that it
    was made in, and looked for by its words where there is none.
    """
    versions = _Versions(sources, study)
    clean = Cleaner(study)
    rows, placed_segments = [], set()
    for entry in handed_in:
        transcript = study.transcript(entry["transcript"], entry["within"])
        place = _place(entry, transcript, versions, study)
        row = _row(entry, transcript, place, study, clean)
        place_and_code = *(row[name] for name in ("transcript", "start", "end", "coder")), normalise(row["code"])
        if place.outcome != "refused" and place_and_code in placed_segments:
            row |= {"outcome": "repeated", "reason": "the same segment was submitted before"}
        placed_segments.add(place_and_code)
        rows.append(row)
    return accounting.table(rows, SEGMENTS)


def _place(entry: dict, transcript: str, versions: _Versions, study: Study) -> Place:
    if entry["refused"]:
        return _refused(entry["refused"])
    if study.is_person(entry["code"]):
        return _refused(NAMES_A_PERSON)
    if not transcript:
        return _refused(NO_TRANSCRIPT)
    if entry["text_key"] is not None and (mapped := versions.place(entry, transcript)):
        return mapped
    start, end = entry["start"], entry["end"]
    return find_place(
        study.by_id[transcript],
        entry["text"],
        None if start is None else int(start),
        None if end is None else int(end),
        study.key,
        study.moves(transcript),
        study.window,
    )


class Cleaner:
    """Words of coders on one line, without names and identifiers; what is said often is cleaned once.

    Telephone numbers without a prefix are told where all interviews are of one country.
    """

    def __init__(self, study: Study) -> None:
        countries = set(study.countries.values()) - {""}
        self._study = study
        self._country = countries.pop() if len(countries) == 1 else ""
        self._known: dict[str, str] = {}

    def __call__(self, value: object) -> str:
        text = str(value or "")
        if text not in self._known:
            self._known[text] = " ".join(self._study.hidden(text, "", self._country).split())
        return self._known[text]


def _row(entry: dict, transcript: str, place: Place, study: Study, clean: Cleaner) -> dict:
    if place.start is None or place.end is None:
        words, turn, speaker = clean(entry["text"]), None, ""
    else:
        words = " ".join(study.by_id[transcript][place.start : place.end].split())
        turn, speaker = study.spoken_by(transcript, place.start, place.end)
    return {
        "segment": f"{entry['file']}:{entry['row']}{entry.get('part', '')}",
        "file": entry["file"],
        "row": entry["row"],
        "transcript": transcript or clean(Path(entry["transcript"]).stem),
        "turn": turn,
        "speaker": speaker,
        "start": place.start,
        "end": place.end,
        "text": words,
        "code": clean(entry["code"]),
        "coder": clean(entry["coder"]),
        "memo": clean(entry["memo"]),
        "outcome": place.outcome,
        "reason": clean(place.reason),
    }
