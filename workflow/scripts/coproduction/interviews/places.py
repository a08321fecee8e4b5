"""Where a coded quote is in the transcript: its words decide, its stated place helps.

QDA programs count positions differently (line ends of two characters, code units instead of code
points, texts as they were before pseudonyms), so a place is believed only when the words there are
the quote. Otherwise the quote is looked for nearby, then in the whole transcript, and taken only
where it occurs once. Fuzzy search was left out: a quote that differs is for a person to look at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction.core import accounting
from coproduction.core.identities import Key
from coproduction.formats.transcripts import canonical
from coproduction.interviews.pseudonyms import Replacement, pseudonymise, to_pseudonymised
from coproduction.interviews.tables import NO_TRANSCRIPT, SEGMENTS

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
    text: str,
    quote: str,
    start: int | None,
    end: int | None,
    key: Key,
    replacements: list[Replacement],
    window: int,
) -> Place:
    """The place of a quote, with outcome 'at its place', 'found elsewhere' or 'refused'.

    The stated place may count in the text before or after pseudonyms; without a quote the stated
    place is all there is and must lie within the text.
    """
    if not quote.strip():
        return _place_alone(text, start, end)
    wanted = pseudonymise(canonical(quote), key)[0].strip()
    stated = [] if start is None else [start, to_pseudonymised(start, replacements)]
    indent = len(quote) - len(quote.lstrip())
    for begin in dict.fromkeys(place + indent for place in stated):
        if text[begin : begin + len(wanted)] == wanted:
            return Place(begin, begin + len(wanted), "at its place")
    return _searched(text, wanted, stated, window)


def _searched(text: str, wanted: str, stated: list[int], window: int) -> Place:
    """The only place of the words, or the only one near where they were stated."""
    found = [match.span() for match in _pattern(wanted).finditer(text)]
    if len(found) == 1:
        return _found(found[0], stated)
    if not found:
        return _refused("the words are not in the transcript")
    near = [span for span in found if any(abs(span[0] - s) <= window for s in stated)]
    if len(near) == 1:
        return _found(near[0], stated)
    way = "not once near the place" if stated else "and no place is given"
    return _refused(f"the words occur {len(found)} times in the transcript, {way}")


def _place_alone(text: str, start: int | None, end: int | None) -> Place:
    if start is None or end is None or not 0 <= start < end <= len(text):
        return _refused(f"the place lies outside the transcript of {len(text)} characters")
    if not text[start:end].strip():
        return _refused("the place holds no words")
    return Place(start, end, "at its place")


def _found(span: tuple[int, int], stated: list[int]) -> Place:
    if not stated:
        return Place(*span, "found elsewhere", "no place was given")
    moved = min((span[0] - s for s in stated), key=abs)
    way = "the same place, other characters" if moved == 0 else f"{abs(moved)} characters " + (
        "later" if moved > 0 else "earlier"
    )  # fmt: skip
    return Place(*span, "found elsewhere", way)


def _refused(reason: str) -> Place:
    return Place(None, None, "refused", reason)


def _pattern(wanted: str) -> re.Pattern:
    """The quote, whatever the white space between its words and the shape of marks."""
    pieces = [
        "".join(_ALIKE.get(character, re.escape(character)) for character in word)
        for word in wanted.split()
    ]
    return re.compile(r"\s+".join(pieces))


def place_segments(
    handed_in: Sequence[dict],
    texts: pd.DataFrame,
    turns: pd.DataFrame,
    replaced: pd.DataFrame,
    aliases: dict[str, str],
    key: Key,
    window: int,
) -> pd.DataFrame:
    """SEGMENTS: each segment with its place in the pseudonymised text, or refused with the reason.

    `aliases` gives the id of a transcript by other names that coders may use (its file).
    """
    by_id = dict(zip(texts["transcript"], texts["text"], strict=True))
    names = {name.casefold(): name for name in by_id}
    names |= {Path(alias).stem.casefold(): t for alias, t in aliases.items() if t in by_id}
    moves = {t: _moves(replaced[replaced["transcript"] == t]) for t in by_id}
    rows, seen = [], set()
    for entry in handed_in:
        transcript = transcript_of(entry["transcript"], names)
        transcript = transcript or transcript_of(entry["within"], names)
        place = _place(entry, transcript, by_id, moves, key, window)
        row = _row(entry, transcript, place, by_id, key)
        same = tuple(row[name] for name in ("transcript", "start", "end", "code", "coder"))
        if place.outcome != "refused" and same in seen:
            row |= {"outcome": "repeated", "reason": "the same segment was handed in before"}
        seen.add(same)
        rows.append(row | {"turn": _turn(row, turns)})
    return accounting.table(rows, SEGMENTS)


def transcript_of(named: str, names: dict[str, str]) -> str:
    """The id of the transcript that is meant by a file name, an id or a participant."""
    base = Path(named.replace("\\", "/")).name.casefold()
    return names.get(base) or names.get(Path(base).stem, "")


def _place(entry, transcript, by_id, moves, key, window) -> Place:
    if entry["refused"]:
        return Place(None, None, "refused", entry["refused"])
    if not transcript:
        return Place(None, None, "refused", NO_TRANSCRIPT)
    start, end = entry["start"], entry["end"]
    return find_place(
        by_id[transcript],
        entry["text"],
        None if start is None else int(start),
        None if end is None else int(end),
        key,
        moves[transcript],
        window,
    )


def _moves(rows: pd.DataFrame) -> list[Replacement]:
    return [
        Replacement(int(r.raw_start), int(r.raw_end), int(r.start), int(r.end), r.pseudonym)
        for r in rows.itertuples(index=False)
    ]


def _row(entry: dict, transcript: str, place: Place, by_id: dict[str, str], key: Key) -> dict:
    def clean(value):
        return " ".join(pseudonymise(str(value or ""), key)[0].split())

    words = entry["text"] if place.start is None else by_id[transcript][place.start : place.end]
    return {
        "segment": f"{entry['file']}:{entry['row']}",
        "file": entry["file"],
        "row": entry["row"],
        "transcript": transcript or clean(Path(entry["transcript"]).stem),
        "start": place.start,
        "end": place.end,
        "text": clean(words),
        "code": clean(entry["code"]),
        "coder": clean(entry["coder"]),
        "memo": clean(entry["memo"]),
        "outcome": place.outcome,
        "reason": place.reason,
    }


def _turn(row: dict, turns: pd.DataFrame) -> int | None:
    """The turn that the segment shares most characters with (the earliest of equals)."""
    if row["start"] is None:
        return None
    own = turns[turns["transcript"] == row["transcript"]]
    low, high = own["start"].clip(lower=row["start"]), own["end"].clip(upper=row["end"])
    shared = (high - low).astype(int)
    return int(own.loc[shared.idxmax(), "turn"]) if len(own) and shared.max() > 0 else None
