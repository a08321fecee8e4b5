"""When may screening stop? Statements about what ranked screening has not shown yet.

Nothing here excludes a record: the functions say how strong the evidence is that a recall target
has been reached, and people decide. The Python package buscarpy implements the same rule; it
brings plotting and pandas copies along for a dozen lines, so the rule is written here and checked
against buscarpy's values in the tests.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

IN_A_ROW = "irrelevant in a row"
STRETCHES = 250  # final stretches at which the biased urn is looked at, at most


@dataclass(frozen=True)
class Estimate:
    """A number with the limits of its confidence interval."""

    value: float
    low: float
    high: float


def missed_target_p(
    labels: ArrayLike, total: int, recall: float, ends: np.ndarray | None = None, odds: float = 1.0
) -> float:
    """p of the hypothesis that fewer than `recall` of the relevant records were found.

    `labels`: 1 relevant, 0 not, in the order of screening. `total`: size of the whole set. Every
    final stretch of the screened records is treated as a random draw from what was then left (an
    assumption on the safe side as long as the ranking is not worse than chance), and the smallest
    p counts. 1 where nothing relevant has been found, 0 where everything has been screened.
    `ends`: numbers of records after which the order is known, such as those of whole days (all of
    them if None); only stretches that begin there are looked at, which makes p larger, never smaller.
    `odds`: how many times likelier a relevant record is taken to be drawn than an irrelevant one
    (Fisher's noncentral urn, which is quick; Wallenius' gives a smaller p); 1 makes no use of the ranking.

    Source: Callaghan and Müller-Hansen (2020), doi:10.1186/s13643-020-01521-4.

    >>> round(missed_target_p([1] * 10 + [0] * 90, total=150, recall=0.95), 4)
    0.3571
    """
    labels = np.asarray(labels, dtype=np.int64)
    if not 0 < recall < 1:
        raise ValueError("the recall target must lie between 0 and 1")
    if len(labels) > total:
        raise ValueError("more records were screened than exist")
    n_found = int(labels.sum())
    if n_found == 0 or len(labels) == 0:
        return 1.0
    if len(labels) == total:
        return 0.0
    drawn, relevant_drawn = _longest_stretches(labels, ends)
    before = n_found - relevant_drawn
    least_missed = np.floor(n_found / recall + 1 - before)  # relevant ones left under H0
    n_left = total - (len(labels) - drawn)
    if odds == 1:
        return float(scipy.stats.hypergeom.cdf(relevant_drawn, n_left, least_missed, drawn).min())
    some = np.unique(np.linspace(0, len(drawn) - 1, STRETCHES).round().astype(int))
    relevant_drawn, n_left, least_missed, drawn = (part[some] for part in (relevant_drawn, n_left, least_missed, drawn))
    urn = scipy.stats.nchypergeom_fisher.cdf(relevant_drawn, n_left, least_missed, drawn, odds)
    return float(np.nanmin(urn))


def _longest_stretches(labels: np.ndarray, ends: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Sizes of the longest final stretches with 0, 1, 2, ... relevant records, and these numbers.

    The shorter ones with as many relevant records need no look: with the records left unscreened
    and the relevant ones missed under H0 the same, a longer stretch makes few finds less likely.
    """
    starts = np.append(np.flatnonzero(labels)[::-1] + 1, 0)
    if ends is not None:
        sure = np.append(0, ends[ends < len(labels)])
        known = np.append(0, labels.cumsum())[sure]
        starts = sure[np.unique(known, return_index=True)[1]][::-1]  # the first with as many found
    relevant = labels.sum() - np.append(0, labels.cumsum())[starts]
    return len(labels) - starts, relevant


def trace_p(
    labels: ArrayLike, total: int, recall: float, step: int, ends: np.ndarray | None = None, odds: float = 1.0
) -> list[tuple[int, float]]:
    """(screened, p) after every `step` records and after the last one, as far as `ends` allow.

    >>> [(end, round(p, 2)) for end, p in trace_p([1] * 10 + [0] * 90, 150, 0.95, 50)]
    [(50, 0.71), (100, 0.36)]
    """
    labels = np.asarray(labels)
    marks = {*range(step, len(labels), step), len(labels)} - {0}
    if ends is not None:  # the last sure one before each mark
        marks = {int(ends[ends <= mark].max()) for mark in marks if (ends <= mark).any()}
    return [(end, missed_target_p(labels[:end], total, recall, ends, odds)) for end in sorted(marks)]


def knee_ratio(labels: ArrayLike) -> float:
    """How many times more relevant records there were per record read before the knee than after it.

    The knee is the point of the curve of finds that lies farthest above the straight line from its
    beginning to its end. Infinite where nothing relevant has been found.

    Source: Cormack and Grossman (2016), doi:10.1145/2911451.2911510.

    >>> round(knee_ratio([1, 1, 1, 1] + [0] * 16), 1)
    16.0
    """
    finds = np.asarray(labels, dtype=int).cumsum()
    records_read = np.arange(1, len(finds) + 1)
    if not len(finds) or not finds[-1]:
        return math.inf
    knee = int(np.argmax(finds - finds[-1] * records_read / len(records_read)))
    after = (1 + finds[-1] - finds[knee]) / max(len(records_read) - records_read[knee], 1)
    return float(finds[knee] / records_read[knee] / after)


def knee_reached(labels: ArrayLike) -> bool:
    """Whether the curve of finds has its knee behind it, without the rule's least number of records.

    Source: Cormack and Grossman (2016), doi:10.1145/2911451.2911510: a ratio of 156 less the number
    of relevant records found, at least 6.

    >>> knee_reached([1] * 10 + [0] * 1500), knee_reached([1] * 10 + [0] * 100)
    (True, False)
    """
    n_found = int(np.sum(np.asarray(labels, dtype=int)))
    return n_found > 0 and knee_ratio(labels) >= max(6, 156 - n_found)


def poisson_left(labels: ArrayLike, total: int, confidence: float = 0.95) -> Estimate:
    """How many relevant records are left, if finds follow a Poisson process of falling rate.

    The rate is a power of the number of records read, fitted by maximum likelihood to the places of
    the finds; the upper limit is the Poisson quantile of what it expects in the rest. Not a number
    with fewer than three finds.

    Source: Stevenson and Bin-Hezam (2023), doi:10.1145/3631990, with the power law; its fit: Crow
    (1974), Reliability analysis for complex, repairable systems.

    >>> left = poisson_left([1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0], total=40)
    >>> (round(left.value, 1), left.high)
    (5.0, 9.0)
    """
    labels = np.asarray(labels, dtype=int)
    places = np.flatnonzero(labels) + 1
    n, n_found = len(labels), len(places)
    if n_found < 3 or n == 0:
        return Estimate(math.nan, 0.0, float(total - n))
    spread = float(np.log(n / places).sum())
    power = n_found / spread if spread > 0 else 1.0
    n_left = n_found * ((total / n) ** power - 1)
    return Estimate(n_left, 0.0, float(scipy.stats.poisson.ppf(confidence, n_left)))


def quant_recall(seen: ArrayLike, left: ArrayLike, deviations: float = 0) -> float:
    """Recall by the model's own probabilities of relevance, less some standard deviations of the estimate.

    `seen`: probabilities of the records screened, `left`: of those not screened. The sum over the screened
    ones divided by the sum over all; its variance as if each record were relevant by chance with its
    probability.

    Source: Yang, Lewis and Frieder (2021), doi:10.1145/3469096.3469873 (Quant, and QuantCI with two deviations).

    >>> round(quant_recall([0.9, 0.8, 0.1], [0.1, 0.1]), 3)
    0.9
    >>> round(quant_recall([0.9, 0.8, 0.1], [0.1, 0.1], deviations=1), 3)
    0.464
    """
    seen, left = np.asarray(seen, dtype=float), np.asarray(left, dtype=float)
    known, total = float(seen.sum()), float(seen.sum() + left.sum())
    if total <= 0:
        return math.nan
    of_seen = float((seen * (1 - seen)).sum())
    of_all = of_seen + float((left * (1 - left)).sum())
    variance = known**2 / total**4 * of_all + of_seen / total**2
    return float(known / total - deviations * math.sqrt(variance))


def chao_total(times: ArrayLike, confidence: float = 0.95) -> Estimate:
    """How many there are in all, from how often each that was found was found: a lower bound.

    `times`: of each relevant record how many of several independent searches (models that were trained
    side by side on records of their own) found it. found + f1**2 / (2 f2), f1 and f2 being the numbers of
    those found once and twice, f1 (f1 - 1) / 2 where none was found twice; the limits are those of a lognormal.

    Source: Chao (1987), doi:10.2307/2531532; as a stopping rule: Bron, van der Heijden, Feelders and Siebes
    (2024), doi:10.1145/3724116.

    >>> chao_total([1, 1, 1, 1, 2, 2, 3, 3]).value
    12.0
    """
    times = np.asarray(times, dtype=int)
    n_found, once, twice = len(times), int((times == 1).sum()), int((times == 2).sum())
    if not n_found:
        return Estimate(math.nan, math.nan, math.nan)
    if twice:
        ratio = once / twice
        missed, variance = once * ratio / 2, twice * (ratio**2 / 2 + ratio**3 + ratio**4 / 4)
    else:
        missed = once * (once - 1) / 2
        total = n_found + missed
        variance = missed + once * (2 * once - 1) ** 2 / 4 - once**4 / (4 * total)
    if not missed:
        return Estimate(float(n_found), float(n_found), float(n_found))
    z = scipy.stats.norm.ppf((1 + confidence) / 2)
    spread = math.exp(z * math.sqrt(math.log(1 + max(variance, 0) / missed**2)))
    return Estimate(n_found + missed, n_found + missed / spread, n_found + missed * spread)


def trailing_irrelevant(labels: ArrayLike, ends: np.ndarray | None = None) -> int:
    """How many of the screened records, counted from the last, are irrelevant.

    Where the order is known at `ends` only, those after the end of the last stretch with a relevant
    record, so never more than there were.

    >>> trailing_irrelevant([1, 0, 1, 0, 0])
    2
    """
    labels = np.asarray(labels, dtype=int)
    relevant = np.flatnonzero(labels)
    last = int(relevant[-1]) + 1 if len(relevant) else 0
    if last and ends is not None:
        last = int(ends[np.searchsorted(ends, last)])
    return len(labels) - last


def relevant_left(sample: int, relevant: int, left: int, confidence: float = 0.95) -> Estimate:
    """How many of `left` unscreened records are relevant, from a random sample of them.

    `sample` of the `left` records were drawn at random and `relevant` of those were relevant. The
    interval is exact for a finite population: it holds the numbers that a hypergeometric test at
    (1 - confidence) / 2 on either side does not reject. The sampled records count among `left`.

    Source: Buonaccorsi (1987), The American Statistician 41: 215-218, doi:10.1080/00031305.1987.10475481.

    >>> relevant_left(sample=50, relevant=1, left=200)
    Estimate(value=4.0, low=1.0, high=19.0)
    """
    if not 0 <= relevant <= sample <= left:
        raise ValueError("a sample holds at most as many records as there are")
    if sample == 0:
        return Estimate(math.nan, 0.0, float(left))
    alpha = (1 - confidence) / 2
    possible = np.arange(relevant, left - (sample - relevant) + 1)
    upper = scipy.stats.hypergeom.cdf(relevant, left, possible, sample) > alpha
    lower = scipy.stats.hypergeom.sf(relevant - 1, left, possible, sample) > alpha
    fitting = possible[upper & lower]
    return Estimate(relevant * left / sample, float(fitting[0]), float(fitting[-1]))


def estimate_recall(found: int, before: int, rest: Estimate) -> Estimate:
    """Recall of all `found` relevant records, from a random sample of what had not been screened.

    `before`: relevant ones found when the sample was begun; `rest`: what `relevant_left` says of the
    records that were left then. Recall is found / (before + rest), so the limits change places; what
    has been found is relevant, so there are never fewer. Not a number where nothing has been found.

    >>> round(estimate_recall(found=40, before=40, rest=relevant_left(50, 1, 200)).value, 3)
    0.909
    """

    def share(remaining: float) -> float:
        return found / max(before + remaining, found) if found else math.nan

    return Estimate(share(rest.value), share(rest.high), share(rest.low))


@dataclass(frozen=True)
class Check:
    """One heuristic: what it asks for, what is there, whether it is met (None: unknown)."""

    name: str
    wanted: str
    there: str
    met: bool | None


def check_heuristics(
    labels: Sequence[int] | np.ndarray,
    total: int,
    *,
    share: float,
    run: int,
    expected: float | None,
    keys: tuple[int, int],
    ends: np.ndarray | None = None,
) -> list[Check]:
    """The SAFE heuristics of ranked screening.

    At least `share` of all records screened, all key papers found (`keys`: found, known), twice the
    `expected` number of relevant records screened (None where no random sample gives the number) and
    `run` irrelevant records in a row at the end.

    Source: Boetje and van de Schoot (2024), doi:10.1186/s13643-024-02502-7.

    >>> checks = check_heuristics([1, 0, 1] + [0] * 60, 200, share=0.1, run=50, expected=None, keys=(2, 2))
    >>> [check.met for check in checks]
    [True, True, None, True]
    """
    screened, tail = len(labels), trailing_irrelevant(labels, ends)
    twice = None if expected is None or math.isnan(expected) else 2 * expected
    found_keys, known_keys = keys
    return [
        Check(
            "share screened",
            f"at least {math.ceil(share * total)} records",
            f"{screened} records",
            screened >= share * total,
        ),
        Check(
            "key papers",
            f"all {known_keys}" if known_keys else "key papers are named",
            f"{found_keys} found" if known_keys else "none named",
            found_keys == known_keys if known_keys else None,
        ),
        Check(
            "twice the expected number",
            "a random sample" if twice is None else f"at least {math.ceil(twice)} records",
            "no sample" if twice is None else f"{screened} records",
            None if twice is None else screened >= twice,
        ),
        Check(IN_A_ROW, f"at least {run} records", f"{tail} records", tail >= run),
    ]
