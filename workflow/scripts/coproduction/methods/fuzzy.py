"""Fuzzy Delphi: ratings as triangular fuzzy numbers, their distance from the mean, and a score.

Distance of two triangular numbers by the vertex method (Chen 2000, doi:10.1016/S0165-0114(97)00377-1);
consensus where the distance is at most 0.2 (Cheng and Lin 2002, doi:10.1016/S0377-2217(01)00280-6) for
at least 75 % of the panel (Chu and Hwang 2008, doi:10.1016/j.eswa.2007.05.034); the score is the mean
of the three corners of the mean fuzzy number, accepted from an alpha-cut of 0.5 on. Packages for
fuzzy sets (scikit-fuzzy, pyfuzzy) have membership functions, not these sums.
"""

import numpy as np

# Numbers in common use: five points after Cheng and Lin, seven as in published questionnaires.
USUAL = {
    5: [(0, 0, 0.2), (0, 0.2, 0.4), (0.2, 0.4, 0.6), (0.4, 0.6, 0.8), (0.6, 0.8, 1)],
    7: [
        (0, 0, 0.1), (0, 0.1, 0.3), (0.1, 0.3, 0.5), (0.3, 0.5, 0.7), (0.5, 0.7, 0.9),
        (0.7, 0.9, 1), (0.9, 1, 1),
    ],
}  # fmt: skip


def usual_numbers(size: int) -> np.ndarray:
    """Fuzzy number of each point of a scale of `size` points (points, 3): usual, else evenly spread.

    Evenly spread means corners one step to the left and right of the point, cut at 0 and 1.

    >>> usual_numbers(5)[4].tolist()
    [0.6, 0.8, 1.0]
    """
    if size in USUAL:
        return np.array(USUAL[size], float)
    at = np.linspace(0, 1, size)
    step = 1 / (size - 1)
    return np.clip(np.stack([at - step, at, at + step], axis=1), 0, 1)


def distance(given: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Vertex distance of fuzzy numbers (…, 3) from another: root of the mean squared difference.

    >>> round(distance(np.array([0.6, 0.8, 1]), np.array([0.4, 0.6, 0.8])).item(), 6)
    0.2
    """
    return np.sqrt(((given - mean) ** 2).mean(axis=-1))


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
    found = dict(m1=mean[:, 0], m2=mean[:, 1], m3=mean[:, 2], distance=d, within=within)
    return found | dict(score=score, accepted=np.where(n == 0, "", np.where(accepted, "yes", "no")))
