"""How far coders agree, over what they both have coded of the participant's words.

The turn is the unit by default, because coders choose where a segment begins and ends. Agreement is looked
at code by code (given to the unit or not), by the whole set of codes that a unit was given, by the number
of passages in an interview, and by the characters that each marked.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.text import normalise
from coproduction.interviews.tables import AGREEMENT, DISAGREEMENTS, OVERALL, used
from coproduction.methods.agreement import cohen_kappa, fleiss_kappa, gwet_ac1, ratio_alpha
from coproduction.methods.alpha import Alpha, masi_distances, nominal_distances
from coproduction.methods.unitizing import Unitizing, merged, overall_alpha, unitizing

_SENTENCE = re.compile(r"\S(?:.|\n)*?(?:[.?!…]+[\"”’»)\]]*(?=\s|$)|\Z)")
FLEISS, AC1 = "Fleiss' kappa", "Gwet's AC1"
UNITIZING = "Krippendorff's alpha (unitizing)"
RATIO = "Krippendorff's alpha (ratio, passages by interview)"
NOMINAL = "Krippendorff's alpha (nominal)"
SETS = "Krippendorff's alpha (MASI)"
LIMITS = ["kappa_low", "kappa_high", "ac1_low", "ac1_high"]


def compare(
    segments: pd.DataFrame, turns: pd.DataFrame, codes: Sequence[str], seed: int, unit: str = "turn"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AGREEMENT (per code and pair of coders) and OVERALL (alpha by code and by set of codes).

    unit: what is compared, `turn`, `sentence`, `segment` or `character`
    """
    counted = used(segments)
    participant_units = units_of(turns[turns["speaker"] == "participant"], counted, unit)
    coded_by = {str(c): set(rows["transcript"]) for c, rows in counted.groupby("coder", sort=True)}
    codes_given = _codes_given(counted, participant_units, list(coded_by), codes)
    spans, lengths = _spans(counted, participant_units)
    rows, parts = [], []
    for one, two in combinations(range(len(coded_by)), 2):
        first, second = list(coded_by)[one], list(coded_by)[two]
        shared = coded_by[first] & coded_by[second]
        compared = participant_units["transcript"].isin(shared).to_numpy(bool)
        times = participant_units["times"].to_numpy(float)[compared]
        for number, code in enumerate(codes if compared.any() else ()):
            marked = _unitizing(code, first, second, sorted(shared), spans, lengths)
            parts.append(marked)
            pairs = codes_given[[one, two], :, number][:, compared]
            rows.append({"code": code, "first": first, "second": second} | _measured(pairs, times, marked))
    by_code = accounting.table(rows, AGREEMENT)
    if unit == "character":  # neighbours are not independent: no interval is worth its name
        by_code[LIMITS] = None
    return by_code, _overall(participant_units, codes, coded_by, codes_given, parts, counted, seed, unit)


def _codes_given(
    segments: pd.DataFrame, units: pd.DataFrame, coders: Sequence[str], codes: Sequence[str]
) -> np.ndarray:
    """Whether each coder gave each unit each code: (coders, units, codes)."""
    is_given = np.zeros((len(coders), len(units), len(codes)), dtype=bool)
    coder, code = ({name: n for n, name in enumerate(names)} for names in (coders, codes))
    for segment, touched in _touched(segments, units):
        if segment.code in code:
            is_given[coder[segment.coder], touched, code[segment.code]] = True
    return is_given


def units_of(turns: pd.DataFrame, segments: pd.DataFrame, unit: str) -> pd.DataFrame:
    """What is compared: the turns, their sentences, the passages coded in them, or their characters.

    Passages that overlap are one, whoever marked them. Columns transcript, start, end; `times`: how
    many units a row stands for (characters between two places where a passage begins or ends are
    alike); `drawn`: the row, or the turn of the characters, which bootstrapping draws as one.
    """
    marked: dict[str, list[tuple[int, int]]] = {}
    for row in segments.itertuples(index=False):
        marked.setdefault(row.transcript, []).append((int(row.start), int(row.end)))
    joined = {name: merged(spans) for name, spans in marked.items()}
    edges = {name: sorted({place for span in spans for place in span}) for name, spans in marked.items()}
    rows = []
    for number, row in enumerate(turns.itertuples(index=False)):
        low, high = int(row.start), int(row.end)
        if unit == "sentence":
            spans = [(low + m.start(), low + m.end()) for m in _SENTENCE.finditer(row.text)]
        elif unit == "segment":
            spans = [(max(low, a), min(high, b)) for a, b in joined.get(row.transcript, []) if a < high and low < b]
        elif unit == "character":
            edges_of_transcript = edges.get(row.transcript, [])
            spans = list(
                pairwise(
                    [
                        low,
                        *edges_of_transcript[
                            bisect_right(edges_of_transcript, low) : bisect_left(edges_of_transcript, high)
                        ],
                        high,
                    ]
                )
            )
        else:
            spans = [(low, high)]
        rows += [(row.transcript, a, b, b - a if unit == "character" else 1, number) for a, b in spans]
    units = pd.DataFrame(rows, columns=["transcript", "start", "end", "times", "drawn"])
    return units if unit == "character" else units.assign(drawn=range(len(units)))


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
    for (_, _, name), spans_of_coder in spans.items():
        if name in lengths:
            lengths[name] = max(lengths[name], *(end for _, end in spans_of_coder))
    return spans, lengths


def _unitizing(
    code: str, first: str, second: str, shared: Sequence[str], spans: dict, lengths: dict[str, int]
) -> Unitizing:
    """Disagreement of two coders on the passages of a code, all shared transcripts one behind the other."""
    observers: list[list[tuple[int, int]]] = [[], []]
    place = 0
    for name in shared:
        for observer, coder in zip(observers, (first, second), strict=True):
            observer += [(place + a, place + b) for a, b in spans.get((coder, code, name), [])]
        place += lengths.get(name, 0)
    return unitizing(observers, place)


def disagreements(
    segments: pd.DataFrame, turns: pd.DataFrame, codes: Sequence[str], unit: str, decided: pd.DataFrame
) -> pd.DataFrame:
    """DISAGREEMENTS: what one coder of a pair coded and the other did not, with what each marked there.

    decided: PEOPLE_DISAGREEMENTS, what the team has said of them
    """
    counted = used(segments)
    units_compared = units_of(
        turns[turns["speaker"] == "participant"], counted, "turn" if unit == "character" else unit
    )
    where_of = list(zip(units_compared["transcript"], units_compared["start"].astype(int), strict=True))
    coded_by = {c: set(rows["transcript"]) for c, rows in counted.groupby("coder", sort=True)}
    quotes: dict[tuple, dict[str, list[str]]] = {}
    for segment, touched in _touched(counted, units_compared):
        for unit_place in where_of[touched]:
            quotes_by_code = quotes.setdefault((segment.coder, unit_place), {})
            quotes_by_code.setdefault(segment.code, []).append(segment.text)
    decision_of = {
        (r.transcript.casefold(), int(r.unit), normalise(r.code)): r
        for r in decided.dropna(subset=["unit"]).itertuples(index=False)
    }
    rows = []
    for (coder, unit_place), codes_of_first in sorted(quotes.items(), key=lambda item: (*item[0][1], item[0][0])):
        for other, texts in coded_by.items():
            if other == coder or unit_place[0] not in texts:
                continue
            codes_of_second = quotes.get((other, unit_place), {})
            for code, quotes_of_code in sorted(codes_of_first.items()):
                if code in codes_of_second or code not in codes:
                    continue
                key = (unit_place[0].casefold(), unit_place[1], normalise(code))
                rows.append(
                    {
                        "transcript": unit_place[0],
                        "unit": unit_place[1],
                        "code": code,
                        "first": coder,
                        "second": other,
                        "quote_first": " … ".join(quotes_of_code),
                        "codes_second": ";".join(sorted(codes_of_second)),
                        "quotes_second": " … ".join(
                            q for _, units_compared in sorted(codes_of_second.items()) for q in units_compared
                        ),
                        "decision": decision_of[key].decision if key in decision_of else "",
                        "note": decision_of[key].note if key in decision_of else "",
                    }
                )
    return accounting.table(rows, DISAGREEMENTS)


def _touched(segments: pd.DataFrame, units: pd.DataFrame) -> Iterator[tuple[Any, slice]]:
    """Each segment with the units that it shares characters with, as a slice of `units`.

    The units of a transcript are in order and together, as turns.csv has the turns.
    """
    places: dict[str, tuple[int, list[int], list[int]]] = {}
    for number, row in enumerate(units.itertuples(index=False)):
        _, starts, ends = places.setdefault(row.transcript, (number, [], []))
        starts.append(int(row.start))
        ends.append(int(row.end))
    for segment in segments.itertuples(index=False):
        if segment.transcript in places:
            first, starts, ends = places[segment.transcript]
            low, high = bisect_right(ends, int(segment.start)), bisect_left(starts, int(segment.end))
            if low < high:
                yield segment, slice(first + low, first + high)


def _measured(pairs: np.ndarray, times: np.ndarray, marked: Unitizing) -> dict[str, object]:
    """The cells of AGREEMENT; pairs: whether each of two coders gave each unit the code (2, units)."""
    first, second = pairs
    cells = [first & second, first & ~second, ~first & second, ~first & ~second]
    both, one, two, neither = (int(times[cell].sum()) for cell in cells)
    units, either = int(times.sum()), 2 * both + one + two
    kappa = cohen_kappa(np.array([[both, one], [two, neither]]))
    marks = pairs.sum(axis=0)
    ac1 = gwet_ac1(np.stack([marks, 2 - marks], axis=1).astype(float), times=times)
    return {
        "turns": units,
        "both": both,
        "only_first": one,
        "only_second": two,
        "neither": neither,
        "agreement": (both + neither) / units,
        "positive": 2 * both / either if either else None,
        "kappa": _defined(kappa.value),
        "kappa_low": _defined(kappa.low),
        "kappa_high": _defined(kappa.high),
        "ac1": _defined(ac1.value),
        "ac1_low": _defined(ac1.low),
        "ac1_high": _defined(ac1.high),
        "unitizing": _defined(marked.alpha),
    }


def _overall(
    units: pd.DataFrame,
    codes: Sequence[str],
    coded_by: Mapping[str, set[str]],
    codes_given: np.ndarray,
    parts: Sequence[Unitizing],
    counted: pd.DataFrame,
    seed: int,
    unit: str,
) -> pd.DataFrame:
    """Alpha by code and by set, over the transcripts that at least two coders have coded."""
    by_coder = np.array([units["transcript"].isin(names).to_numpy(bool) for names in coded_by.values()])
    twice = by_coder.sum(axis=0) >= 2 if len(by_coder) else np.zeros(len(units), bool)
    if not twice.any() or not codes:
        return tables.empty(OVERALL)
    compared, codes_given, rated = units[twice], codes_given[:, twice], by_coder[:, twice]
    times, drawn = compared["times"].to_numpy(float), compared["drawn"].to_numpy()
    k = len(codes)
    marks = np.where(rated[:, :, None], codes_given, -1).reshape(len(codes_given), -1).T
    by_code = Alpha.of_numbers(marks, nominal_distances(2), np.repeat(times, k))
    sets, chosen = np.unique(codes_given.reshape(-1, k), axis=0, return_inverse=True)
    chosen = np.where(rated, chosen.reshape(rated.shape), -1).T
    by_set = Alpha.of_numbers(chosen, masi_distances(sets), times)
    pairs = int(times.sum()) * k
    measured: list[tuple[str, Alpha, int, np.ndarray]] = [
        (NOMINAL, by_code, pairs, np.repeat(drawn, k)),
        (SETS, by_set, int(times.sum()), drawn),
    ]
    shared = set(compared["transcript"])
    about = {"coders": ";".join(c for c in coded_by if coded_by[c] & shared), "transcripts": len(shared)}
    rows = []
    for name, alpha, n, groups in measured:
        low, high = alpha.interval(groups.tolist(), seed)
        row = {"measure": name, "units": n, "value": _defined(alpha.value()), "low": low}
        rows.append(about | row | {"high": high})
    counts = by_code.counts[:, ::-1]
    for name, measure in ((FLEISS, fleiss_kappa), (AC1, gwet_ac1)):
        coefficient = measure(counts, times=np.repeat(times, k))
        limits = {"low": _defined(coefficient.low), "high": _defined(coefficient.high)} if unit != "character" else {}
        rows.append(about | {"measure": name, "units": pairs, "value": _defined(coefficient.value)} | limits)
    coders = {t: [c for c in coded_by if t in coded_by[c]] for t in shared}
    rows.append(about | {"measure": RATIO} | _by_counts(counted, codes, coders, shared))
    by_place = overall_alpha([part for part in parts if part.expected])
    rows.append(about | {"measure": UNITIZING, "units": k, "value": _defined(by_place)})
    return accounting.table(rows, OVERALL)


def _by_counts(counted: pd.DataFrame, codes, coders, shared: set) -> dict[str, object]:
    """Alpha for ratio data of how many passages of a code coders found in each interview."""
    n_segments = counted.groupby(["transcript", "code", "coder"]).size()
    units = [(name, code) for name in sorted(shared) for code in codes]
    everybody = sorted({coder for name in shared for coder in coders[name]})
    ratings = np.full((len(everybody), len(units)), np.nan)
    for column, (name, code) in enumerate(units):
        for row, coder in enumerate(everybody):
            if coder in coders[name]:
                ratings[row, column] = n_segments.get((name, code, coder), 0)
    return {"units": len(units), "value": _defined(ratio_alpha(ratings))}


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else value
