"""Fuzzy Delphi: ratings as triangular fuzzy numbers, judged by distance or by max-min.

By distance: how far the ratings are from their mean, and a score. Distance of two triangular numbers by the vertex method (Chen 2000, doi:10.1016/S0165-0114(97)00377-1);
consensus where the distance is at most 0.2 (Cheng and Lin 2002, doi:10.1016/S0377-2217(01)00280-6) for
at least 75 % of the panel (Chu and Hwang 2008, doi:10.1016/j.eswa.2007.05.034); the score is the mean
of the three corners of the mean fuzzy number, accepted from an alpha-cut of 0.5 on.

By max-min (Ishikawa et al. 1993, doi:10.1016/0165-0114(93)90251-C): each panellist has a low and a high
value. The quartiles of the low values are the corners of one triangular number (C1, M1, D1), those of
the high values of another (C2, M2, D2); the value is where the smaller of both memberships is largest,
their crossing, and the stretch from C2 to D1 that belongs to both is the grey zone. The paper itself was
not at hand; the definition is the one by which later studies cite it.

Packages for fuzzy sets (scikit-fuzzy, pyfuzzy) have membership functions, not these sums.
"""

import numpy as np

from coproduction.methods.distributions import quantile

# Numbers in common use: five points after Cheng and Lin, seven as in published questionnaires.
USUAL = {
    5: [(0, 0, 0.2), (0, 0.2, 0.4), (0.2, 0.4, 0.6), (0.4, 0.6, 0.8), (0.6, 0.8, 1)],
    7: [(0, 0, 0.1), (0, 0.1, 0.3), (0.1, 0.3, 0.5), (0.3, 0.5, 0.7), (0.5, 0.7, 0.9), (0.7, 0.9, 1), (0.9, 1, 1)],
}


def usual_numbers(size: int) -> np.ndarray:
    """Fuzzy number of each point of a scale of `size` points (points, 3): usual, else evenly spread.

    Evenly spread means corners one step to the left and right of the point, cut at 0 and 1.

    >>> usual_numbers(5)[4].tolist()
    [0.6, 0.8, 1.0]
    """
    if size in USUAL:
        return np.array(USUAL[size], float)
    at = np.linspace(0, 1, size)
    step = 1 / max(size - 1, 1)
    return np.clip(np.stack([at - step, at, at + step], axis=1), 0, 1)


def distance(numbers: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Vertex distance of fuzzy numbers (…, 3) from another: root of the mean squared difference.

    >>> round(distance(np.array([0.6, 0.8, 1]), np.array([0.4, 0.6, 0.8])).item(), 6)
    0.2
    """
    return np.sqrt(((numbers - mean) ** 2).mean(axis=-1))


def judge(
    counts: np.ndarray, fuzzy: np.ndarray, threshold: float, agreement: float, least_score: float
) -> dict[str, np.ndarray]:
    """Mean number, mean distance, share within the threshold and score of statements.

    counts: ratings at each point (statements, points); fuzzy: numbers of the points (points, 3).
    A statement is accepted where mean distance, share and score all meet their limits.

    >>> found = judge(np.array([[0, 0, 0, 2, 2]]), usual_numbers(5), 0.2, 0.75, 0.5)
    >>> found["accepted"].tolist(), found["score"].round(3).tolist()
    (['yes'], [0.7])
    """
    n = counts.sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = counts @ fuzzy / n[:, None]
        away = distance(fuzzy[None, :, :], mean[:, None, :])
        d = (counts * away).sum(1) / n
        within = (counts * (away <= threshold + 1e-9)).sum(1) / n
        score = mean.mean(1)
    accepted = (d <= threshold + 1e-9) & (within >= agreement - 1e-9)
    accepted &= score >= least_score - 1e-9
    columns = dict(m1=mean[:, 0], m2=mean[:, 1], m3=mean[:, 2], distance=d, within=within)
    return columns | dict(score=score, accepted=np.where(n == 0, "", np.where(accepted, "yes", "no")))


def max_min(low: np.ndarray, high: np.ndarray) -> dict[str, np.ndarray]:
    """Where two triangular numbers (…, 3) cross: value, membership, grey zone and consensus.

    low, high: lower quartile, median and upper quartile of the panellists' low and high values, so that
    each corner of `low` is at most that of `high`. `grey` is the width D1 - C2 of the grey zone, 0 where
    the numbers do not overlap: then no membership is shared, and the value is the middle of both
    medians. Consensus ("yes", "no") where the grey zone is narrower than the medians are apart, or where
    there is none. NaN and "" where a corner is NaN.

    Source: Ishikawa et al. (1993), doi:10.1016/0165-0114(93)90251-C; value without overlap and consensus
    as in the grey-zone tests of later studies.

    >>> found = max_min(np.array([0.3, 0.5, 0.7]), np.array([0.6, 0.7, 0.9]))
    >>> [round(found[name].item(), 3) for name in ("value", "membership", "grey")]
    [0.633, 0.333, 0.1]
    """
    low, high = np.asarray(low, float), np.asarray(high, float)
    (_, m1, d1), (c2, m2, _) = np.moveaxis(low, -1, 0), np.moveaxis(high, -1, 0)
    grey, falling, rising = np.maximum(d1 - c2, 0), d1 - m1, m2 - c2
    sides, overlap = falling + rising, d1 > c2
    with np.errstate(invalid="ignore", divide="ignore"):
        crossing = (d1 * rising + c2 * falling) / sides
        shared = (d1 - c2) / sides
    meet = m1 == m2
    value = np.where(meet, m1, np.where(overlap, crossing, (m1 + m2) / 2))
    membership = np.where(meet, 1.0, np.where(overlap, shared, 0.0))
    known = ~np.isnan(low).any(-1) & ~np.isnan(high).any(-1)
    agreed = (grey == 0) | (grey < m2 - m1 - 1e-9)
    columns = dict(value=value, membership=membership, grey=grey)
    columns = {name: np.where(known, numbers, np.nan) for name, numbers in columns.items()}
    return columns | dict(consensus=np.where(known, np.where(agreed, "yes", "no"), ""))


def judge_max_min(
    counts: np.ndarray, fuzzy: np.ndarray, least: float, quartiles: str = "linear"
) -> dict[str, np.ndarray]:
    """Both numbers, crossing and grey zone of statements, and whether they are accepted.

    counts: ratings at each point (statements, points); fuzzy: numbers of the points (points, 3), whose
    outer corners are the low and the high value of a panellist who gave that rating. A statement is
    accepted where there is consensus and the value is at least `least`; `quartiles` is one of
    distributions.QUANTILES. Empty where nobody rated.

    Source: see max_min.

    >>> found = judge_max_min(np.array([[0, 0, 0, 2, 2]]), usual_numbers(5), 0.5)
    >>> found["value"].round(3).tolist(), found["accepted"].tolist()
    ([0.7], ['yes'])
    """
    columns: dict[str, np.ndarray] = {}
    ends = {}
    for end, corner in (("low", fuzzy[:, 0]), ("high", fuzzy[:, 2])):
        order = np.argsort(corner, kind="stable")
        ends[end] = np.stack([quantile(counts[:, order], q, corner[order], quartiles) for q in (0.25, 0.5, 0.75)], -1)
        names = (f"{end}_q1", f"{end}_median", f"{end}_q3")
        columns |= dict(zip(names, ends[end].T, strict=True))
    columns |= max_min(ends["low"], ends["high"])
    enough = (columns["consensus"] == "yes") & (columns["value"] >= least - 1e-9)
    accepted = np.where(columns["consensus"] == "", "", np.where(enough, "yes", "no"))
    return columns | dict(accepted=accepted)
