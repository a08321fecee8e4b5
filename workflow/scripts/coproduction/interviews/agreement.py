"""How far coders agree, over the participant's turns that they both have coded.

The turn is the unit because coders choose where a segment begins and ends. Agreement is looked at in
two ways: code by code (given to the turn or not), and by the whole set of codes that a turn was given.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.interviews.tables import AGREEMENT, OVERALL, used
from coproduction.methods.agreement import Alpha, cohen_kappa, krippendorff_alpha, masi

NOMINAL = "Krippendorff's alpha (nominal)"
SETS = "Krippendorff's alpha (MASI)"


def compare(
    segments: pd.DataFrame, turns: pd.DataFrame, codes: Sequence[str], seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AGREEMENT (per code and pair of coders) and OVERALL (alpha by code and by set of codes)."""
    counted = used(segments)
    own = turns[turns["speaker"] == "participant"]
    units = list(zip(own["transcript"], own["turn"].astype(int), strict=True))
    coded_by = {c: set(rows["transcript"]) for c, rows in counted.groupby("coder", sort=True)}
    given = {(r.coder, r.code, *unit) for r, unit in _touched(counted, own)}
    rows = []
    for first, second in combinations(coded_by, 2):
        shared = coded_by[first] & coded_by[second]
        compared = [unit for unit in units if unit[0] in shared]
        rows += [_row(code, first, second, compared, given) for code in codes if compared]
    made = accounting.table(rows, AGREEMENT)
    return made, _overall(units, codes, coded_by, given, seed)


def _touched(segments: pd.DataFrame, turns: pd.DataFrame):
    """Each segment with each of the participant's turns that it shares characters with."""
    spans = {t: list(rows.itertuples(index=False)) for t, rows in turns.groupby("transcript")}
    for segment in segments.itertuples(index=False):
        for turn in spans.get(segment.transcript, []):
            if segment.start < turn.end and turn.start < segment.end:
                yield segment, (segment.transcript, int(turn.turn))


def _row(code: str, first: str, second: str, units: list, given: set) -> dict:
    pairs = [((first, code, *u) in given, (second, code, *u) in given) for u in units]
    cells = [pairs.count(p) for p in ((True, True), (True, False), (False, True), (False, False))]
    both, one, two, neither = cells
    either = 2 * both + one + two
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
        "kappa": _defined(cohen_kappa(np.array([[both, one], [two, neither]])).value),
    }


def _overall(units, codes, coded_by, given, seed) -> pd.DataFrame:
    """Alpha by code and by set, over the transcripts that at least two coders have coded."""
    coders = {t: [c for c in coded_by if t in coded_by[c]] for t in sorted({t for t, _ in units})}
    turns = [unit for unit in units if len(coders[unit[0]]) >= 2]
    if not turns or not codes:
        return tables.empty(OVERALL)
    pairs = [(code, unit) for unit in turns for code in codes]
    by_code = Alpha([[(c, code, *u) in given for c in coders[u[0]]] for code, u in pairs])
    chosen = [
        [frozenset(code for code in codes if (c, code, *u) in given) for c in coders[u[0]]]
        for u in turns
    ]
    by_set = Alpha(chosen, masi)
    measured = [
        (NOMINAL, by_code, krippendorff_alpha(by_code.counts), [unit for _, unit in pairs]),
        (SETS, by_set, by_set.value(), turns),
    ]
    shared = {t for t, _ in turns}
    about = {
        "coders": ";".join(c for c in coded_by if coded_by[c] & shared),
        "transcripts": len(shared),
    }
    rows = []
    for name, alpha, value, groups in measured:
        low, high = alpha.interval(groups, seed)
        row = {"measure": name, "units": len(groups), "value": value, "low": low}
        rows.append(about | row | {"high": high})
    return accounting.table(rows, OVERALL)


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else value
