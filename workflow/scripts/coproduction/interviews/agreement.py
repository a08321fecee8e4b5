"""How far coders agree, over what they both have coded of the participant's words.

The turn is the unit by default, because coders choose where a segment begins and ends. Agreement is looked
at code by code (given to the unit or not), by the whole set of codes that a unit was given, by the number
of passages in an interview, and by the characters that each marked.
"""

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.text import normalise
from coproduction.interviews.tables import AGREEMENT, DISAGREEMENTS, OVERALL, used
from coproduction.methods.agreement import (
    Alpha,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    masi,
    ratio_alpha,
)
from coproduction.methods.unitizing import Unitizing, merged, overall_alpha, unitizing

_SENTENCE = re.compile(r"\S(?:.|\n)*?(?:[.?!…]+[\"”’»)\]]*(?=\s|$)|\Z)")
FLEISS, AC1 = "Fleiss' kappa", "Gwet's AC1"
UNITIZING = "Krippendorff's alpha (unitizing)"
RATIO = "Krippendorff's alpha (ratio, passages by interview)"
NOMINAL = "Krippendorff's alpha (nominal)"
SETS = "Krippendorff's alpha (MASI)"


def compare(
    segments: pd.DataFrame, turns: pd.DataFrame, codes: Sequence[str], seed: int, unit: str = "turn"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AGREEMENT (per code and pair of coders) and OVERALL (alpha by code and by set of codes).

    unit: what is compared, `turn`, `sentence` or `segment`
    """
    counted = used(segments)
    own = units_of(turns[turns["speaker"] == "participant"], counted, unit)
    units = list(zip(own["transcript"], own["turn"].astype(int), strict=True))
    coded_by = {c: set(rows["transcript"]) for c, rows in counted.groupby("coder", sort=True)}
    given = {(r.coder, r.code, *where) for r, where in _touched(counted, own)}
    spans, lengths = _spans(counted, own)
    rows, parts = [], []
    for first, second in combinations(coded_by, 2):
        shared = coded_by[first] & coded_by[second]
        compared = [where for where in units if where[0] in shared]
        for code in codes if compared else ():
            marked = _unitizing(code, first, second, sorted(shared), spans, lengths)
            parts.append(marked)
            rows.append(_row(code, first, second, compared, given, marked))
    made = accounting.table(rows, AGREEMENT)
    return made, _overall(units, codes, coded_by, given, parts, counted, seed)


def units_of(turns: pd.DataFrame, segments: pd.DataFrame, unit: str) -> pd.DataFrame:
    """What is compared, in the form of turns: the turns, their sentences, or the passages coded in them.

    Passages that overlap are one, whoever marked them.
    """
    if unit == "turn" or turns.empty:
        return turns
    marked: dict[str, list[tuple[int, int]]] = {}
    for row in segments.itertuples(index=False):
        marked.setdefault(row.transcript, []).append((int(row.start), int(row.end)))
    joined = {name: merged(spans) for name, spans in marked.items()}
    rows = []
    for row in turns.itertuples(index=False):
        low, high = int(row.start), int(row.end)
        if unit == "sentence":
            spans = [(low + m.start(), low + m.end()) for m in _SENTENCE.finditer(row.text)]
        else:
            spans = [(max(low, a), min(high, b)) for a, b in joined.get(row.transcript, []) if a < high and low < b]
        rows += [{"transcript": row.transcript, "start": a, "end": b} for a, b in spans]
    made = pd.DataFrame(rows, columns=["transcript", "start", "end"])
    return made.assign(turn=range(1, len(made) + 1))


def _spans(
    segments: pd.DataFrame, units: pd.DataFrame
) -> tuple[dict[tuple[str, str, str], list[tuple[int, int]]], dict[str, int]]:
    """The passages by coder, code and transcript, and how far the compared text of each goes."""
    spans: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for row in segments.itertuples(index=False):
        key = row.coder, row.code, row.transcript
        spans.setdefault(key, []).append((int(row.start), int(row.end)))
    ends = units.groupby("transcript")["end"].max() if len(units) else {}
    lengths = {str(name): int(end) for name, end in ends.items()}
    for (_, _, name), own in spans.items():
        if name in lengths:
            lengths[name] = max(lengths[name], *(end for _, end in own))
    return spans, lengths


def _unitizing(
    code: str, first: str, second: str, shared: Sequence[str], spans: dict, lengths: dict[str, int]
) -> Unitizing:
    """Disagreement of two coders on the passages of a code, all shared transcripts one behind the other."""
    observers: list[list[tuple[int, int]]] = [[], []]
    place = 0
    for name in shared:
        for own, coder in zip(observers, (first, second), strict=True):
            own += [(place + a, place + b) for a, b in spans.get((coder, code, name), [])]
        place += lengths.get(name, 0)
    return unitizing(observers, place)


def disagreements(
    segments: pd.DataFrame, turns: pd.DataFrame, codes: Sequence[str], unit: str, decided: pd.DataFrame
) -> pd.DataFrame:
    """DISAGREEMENTS: what one coder of a pair coded and the other did not, with what each marked there.

    decided: PEOPLE_DISAGREEMENTS, what the team has said of them
    """
    counted = used(segments)
    own = units_of(turns[turns["speaker"] == "participant"], counted, unit)
    begins = {(r.transcript, int(r.turn)): int(r.start) for r in own.itertuples(index=False)}
    coded_by = {c: set(rows["transcript"]) for c, rows in counted.groupby("coder", sort=True)}
    quotes: dict[tuple, dict[str, list[str]]] = {}
    for segment, where in _touched(counted, own):
        mine = quotes.setdefault((segment.coder, where), {})
        mine.setdefault(segment.code, []).append(segment.text)
    told = {
        (r.transcript.casefold(), int(r.unit), normalise(r.code)): r
        for r in decided.dropna(subset=["unit"]).itertuples(index=False)
    }
    rows = []
    for (coder, where), given in sorted(quotes.items(), key=lambda item: (*item[0][1], item[0][0])):
        for other, texts in coded_by.items():
            if other == coder or where[0] not in texts:
                continue
            theirs = quotes.get((other, where), {})
            for code, told_here in sorted(given.items()):
                if code in theirs or code not in codes:
                    continue
                key = (where[0].casefold(), begins[where], normalise(code))
                rows.append(
                    {
                        "transcript": where[0],
                        "unit": begins[where],
                        "code": code,
                        "first": coder,
                        "second": other,
                        "quote_first": " … ".join(told_here),
                        "codes_second": ";".join(sorted(theirs)),
                        "quotes_second": " … ".join(q for _, own in sorted(theirs.items()) for q in own),
                        "decision": told[key].decision if key in told else "",
                        "note": told[key].note if key in told else "",
                    }
                )
    return accounting.table(rows, DISAGREEMENTS)


def _touched(segments: pd.DataFrame, turns: pd.DataFrame):
    """Each segment with each of the participant's turns that it shares characters with."""
    spans = {t: list(rows.itertuples(index=False)) for t, rows in turns.groupby("transcript")}
    for segment in segments.itertuples(index=False):
        for turn in spans.get(segment.transcript, []):
            if segment.start < turn.end and turn.start < segment.end:
                yield segment, (segment.transcript, int(turn.turn))


def _row(code: str, first: str, second: str, units: list, given: set, marked: Unitizing) -> dict[str, object]:
    pairs = [((first, code, *u) in given, (second, code, *u) in given) for u in units]
    cells = [pairs.count(p) for p in ((True, True), (True, False), (False, True), (False, False))]
    both, one, two, neither = cells
    either = 2 * both + one + two
    kappa = cohen_kappa(np.array([[both, one], [two, neither]]))
    counts = np.array([[a + b, 2 - a - b] for a, b in pairs], dtype=float)
    ac1 = gwet_ac1(counts)
    return {
        "code": code,
        "first": first,
        "second": second,
        "turns": len(units),
        "both": both,
        "only_first": one,
        "only_second": two,
        "neither": neither,
        "agreement": (both + neither) / len(units),
        "positive": 2 * both / either if either else None,
        "kappa": _defined(kappa.value),
        "kappa_low": _defined(kappa.low),
        "kappa_high": _defined(kappa.high),
        "ac1": _defined(ac1.value),
        "ac1_low": _defined(ac1.low),
        "ac1_high": _defined(ac1.high),
        "unitizing": _defined(marked.alpha),
    }


def _overall(units, codes, coded_by, given, parts, counted, seed) -> pd.DataFrame:
    """Alpha by code and by set, over the transcripts that at least two coders have coded."""
    coders = {t: [c for c in coded_by if t in coded_by[c]] for t in sorted({t for t, _ in units})}
    turns = [unit for unit in units if len(coders[unit[0]]) >= 2]
    if not turns or not codes:
        return tables.empty(OVERALL)
    pairs = [(code, unit) for unit in turns for code in codes]
    by_code = Alpha([[(c, code, *u) in given for c in coders[u[0]]] for code, u in pairs])
    chosen = [[frozenset(code for code in codes if (c, code, *u) in given) for c in coders[u[0]]] for u in turns]
    by_set = Alpha(chosen, masi)
    measured = [
        (NOMINAL, by_code, krippendorff_alpha(by_code.counts), [unit for _, unit in pairs]),
        (SETS, by_set, by_set.value(), turns),
    ]
    shared = {t for t, _ in turns}
    about = {"coders": ";".join(c for c in coded_by if coded_by[c] & shared), "transcripts": len(shared)}
    rows = []
    for name, alpha, value, groups in measured:
        low, high = alpha.interval(groups, seed)
        row = {"measure": name, "units": len(groups), "value": value, "low": low}
        rows.append(about | row | {"high": high})
    pairs_of = np.array([[sum(unit), len(unit) - sum(unit)] for unit in _units(pairs, coders, given)])
    for name, made in ((FLEISS, fleiss_kappa(pairs_of)), (AC1, gwet_ac1(pairs_of))):
        limits = {"low": _defined(made.low), "high": _defined(made.high)}
        rows.append(about | {"measure": name, "units": len(pairs), "value": _defined(made.value)} | limits)
    rows.append(about | {"measure": RATIO} | _by_counts(counted, codes, coders, shared))
    by_place = overall_alpha([part for part in parts if part.expected])
    rows.append(about | {"measure": UNITIZING, "units": len(codes), "value": _defined(by_place)})
    return accounting.table(rows, OVERALL)


def _units(pairs, coders, given) -> list[list[bool]]:
    return [[(c, code, *u) in given for c in coders[u[0]]] for code, u in pairs]


def _by_counts(counted: pd.DataFrame, codes, coders, shared: set) -> dict[str, object]:
    """Alpha for ratio data of how many passages of a code coders found in each interview."""
    found = counted.groupby(["transcript", "code", "coder"]).size()
    units = [(name, code) for name in sorted(shared) for code in codes]
    everybody = sorted({coder for name in shared for coder in coders[name]})
    ratings = np.full((len(everybody), len(units)), np.nan)
    for column, (name, code) in enumerate(units):
        for row, coder in enumerate(everybody):
            if coder in coders[name]:
                ratings[row, column] = found.get((name, code, coder), 0)
    return {"units": len(units), "value": _defined(ratio_alpha(ratings))}


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else value
