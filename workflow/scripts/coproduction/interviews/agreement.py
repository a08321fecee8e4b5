"""How far coders agree, over the participant's turns that they both have coded.

The turn is the unit because coders choose where a segment begins and ends; whether a code is given
to a turn is a yes or no. `krippendorff` and `statsmodels` have the same measures; they are written
out here because the workflow then needs neither and says what it computes, and the tests compare
with them.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from coproduction import progress, tables
from coproduction.interviews.coding import used
from coproduction.interviews.tables import AGREEMENT, OVERALL

DRAWS = 1000


def cohen_kappa(both: int, only_first: int, only_second: int, neither: int) -> float:
    """Cohen's kappa of two coders on yes or no; NaN where chance alone explains everything.

    Cohen (1960), Educational and Psychological Measurement 20(1), 37-46,
    doi:10.1177/001316446002000104.
    """
    n = both + only_first + only_second + neither
    if n == 0:
        return float("nan")
    observed = (both + neither) / n
    first, second = (both + only_first) / n, (both + only_second) / n
    expected = first * second + (1 - first) * (1 - second)
    return float("nan") if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(ratings: np.ndarray) -> float:
    """Krippendorff's alpha for nominal data; NaN where it is not defined.

    ratings: coders x units, NaN where a coder did not rate a unit. Units with fewer than two ratings
    do not count. Hayes and Krippendorff (2007), Communication Methods and Measures 1(1), 77-89,
    doi:10.1080/19312450709336664.
    """
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = np.array([(ratings == value).sum(axis=0) for value in values], dtype=float)
    if counts.size == 0:
        return float("nan")
    counts = counts[:, counts.sum(axis=0) >= 2]
    per_unit = counts.sum(axis=0)
    n = per_unit.sum()
    if n < 2:
        return float("nan")
    same = ((counts * (counts - 1)).sum(axis=0) / (per_unit - 1)).sum()
    totals = counts.sum(axis=1)
    expected = n * n - (totals**2).sum()
    return float("nan") if expected == 0 else float(1 - (n - 1) * (n - same) / expected)


def alpha_interval(ratings: np.ndarray, groups: np.ndarray, seed: int) -> tuple[float, float]:
    """Percentile interval (95 %) of alpha from drawing groups of units with replacement.

    The groups are turns, because the codes of one turn are not independent. Efron and Tibshirani
    (1993), An Introduction to the Bootstrap. NaN where there are fewer than two groups.
    """
    names = np.unique(groups)
    if len(names) < 2:
        return float("nan"), float("nan")
    members = [np.flatnonzero(groups == name) for name in names]
    random = np.random.default_rng(seed)
    drawn = [
        krippendorff_alpha(ratings[:, np.concatenate([members[i] for i in picked])])
        for picked in random.integers(0, len(names), size=(DRAWS, len(names)))
    ]
    kept = np.array([value for value in drawn if not np.isnan(value)])
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.quantile(kept, [0.025, 0.975])
    return float(low), float(high)


def compare(
    segments: pd.DataFrame, turns: pd.DataFrame, codes: Sequence[str], seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AGREEMENT (per code and pair of coders) and OVERALL (alpha over all pairs of turn and code)."""
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
    made = progress.table(rows, AGREEMENT) if rows else tables.empty(AGREEMENT)
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
        "kappa": _defined(cohen_kappa(*cells)),
    }


def _overall(units, codes, coded_by, given, seed) -> pd.DataFrame:
    """Alpha over the transcripts that at least two coders have coded; a coder's others are missing."""
    coders = list(coded_by)
    shared = {t for t, _ in units if sum(t in coded_by[c] for c in coders) >= 2}
    cells = [(code, *unit) for unit in units if unit[0] in shared for code in codes]
    if not cells:
        return tables.empty(OVERALL)
    ratings = np.array(
        [
            [float((c, *cell) in given) if cell[1] in coded_by[c] else np.nan for cell in cells]
            for c in coders
        ]
    )
    index = {unit: n for n, unit in enumerate(dict.fromkeys(cell[1:] for cell in cells))}
    groups = np.array([index[cell[1:]] for cell in cells])
    low, high = alpha_interval(ratings, groups, seed)
    row = {
        "measure": "Krippendorff's alpha (nominal)",
        "coders": ";".join(c for c in coders if coded_by[c] & shared),
        "transcripts": len(shared),
        "units": len(cells),
        "value": _defined(krippendorff_alpha(ratings)),
        "low": _defined(low),
        "high": _defined(high),
    }
    return progress.table([row], OVERALL)


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else value
