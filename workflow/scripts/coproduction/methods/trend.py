"""Whether a share grows over the years.

pymannkendall has the test too; SciPy's Kendall tau with its exact distribution is the same for a series
without ties in time, and is there already.
"""

from dataclasses import dataclass

import numpy as np
import scipy

DRAWN = 5_000_000  # rows of values that are drawn at once
LEAST_YEARS = 4  # with three, the smallest two-sided p is 1/3: nothing could be found


@dataclass(frozen=True)
class Trend:
    """slope: change a year (Theil-Sen), p: two-sided; both NaN where nothing can be tested."""

    slope: float
    p: float


def trend(years: np.ndarray, values: np.ndarray) -> Trend:
    """The monotonic trend of a yearly series by the Mann-Kendall test, and its slope.

    years, values: one value a year, in any order. NaN with fewer than four years or equal values. The
    p-value is exact where no two values are equal, else by the normal approximation.

    Source: Mann (1945), Econometrica 13, 245-259, doi:10.2307/1907187; slope: Sen (1968), JASA 63,
    1379-1389, doi:10.1080/01621459.1968.10480934.

    >>> trend(np.array([2019, 2020, 2021, 2022]), np.array([0.1, 0.2, 0.3, 0.4]))
    Trend(slope=0.1, p=0.0833)
    """
    years, values = np.asarray(years, float), np.asarray(values, float)
    if len(years) < LEAST_YEARS or np.ptp(values) == 0:
        return Trend(float("nan"), float("nan"))
    p = float(scipy.stats.kendalltau(years, values).pvalue)
    slope = float(scipy.stats.theilslopes(values, years).slope)
    return Trend(round(slope, 6), round(p, 4))


def mean_interval(values: np.ndarray, draws: int, seed: int, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Lower and upper limits of the mean of each column by the percentile bootstrap over rows.

    values: units x columns; NaN limits without rows. Rows are drawn with replacement.

    Source: Efron (1979), Annals of Statistics 7, 1-26, doi:10.1214/aos/1176344552.

    >>> low, high = mean_interval(np.array([[0.0], [1.0]] * 50), 200, 1)
    >>> bool(0.35 < low[0] < 0.5 < high[0] < 0.65)
    True
    """
    n, columns = values.shape
    if not n:
        return np.full(columns, np.nan), np.full(columns, np.nan)
    rng = np.random.default_rng(seed)
    equal, at_once = np.full(n, 1 / n), max(1, DRAWN // n)
    several = [min(at_once, draws - start) for start in range(0, draws, at_once)]
    means = np.concatenate([rng.multinomial(n, equal, size=size) @ values / n for size in several])
    tail = (1 - level) / 2
    low, high = np.quantile(means, [tail, 1 - tail], axis=0)
    return low, high
