"""Rules of consensus side by side, from counts (…, K) of the ratings of each statement.

Every rule gives one of VERDICTS for each histogram: agreement (a share of ratings at one end of the
scale), iqr (a narrow interquartile range and the median at one end), rand and classic (RAND/UCLA), and
comet. The RAND/UCLA and COMET rules are in no maintained Python library.
"""

from dataclasses import dataclass

import numpy as np

from coproduction.methods.distributions import Scale, median, quantile, share

RULES = ("agreement", "iqr", "rand", "classic", "comet")
VERDICTS = ("in", "out", "split", "none", "refused", "no ratings")
CHUNK = 400_000  # bootstrap histograms held at a time: some 30 MB


@dataclass(frozen=True)
class Limits:
    """The limits of the rules: shares, widths, quantile types (see `distributions.QUANTILES`).

    denominator: `rated` (those who rated) or `responded` (all who were asked and responded), for the
    rule agreement; iqr: None where no width is usual on the scale.
    """

    scale: Scale
    agreement: float = 0.75
    denominator: str = "rated"
    iqr: float | None = 2.0
    split: float = 0.3
    quartiles: str = "linear"
    percentiles: str = "linear"
    rescale: bool = False


def verdicts(counts: np.ndarray, name: str, limits: Limits, responded: np.ndarray | None = None) -> np.ndarray:
    """Verdict of the rule *name* for each histogram (…,), as an array of words.

    *responded* (…,) is the number who were asked and responded, used by the rule `agreement` when
    its denominator says so. A rule that was not made for the scale, or for so many ratings, is
    refused.

    >>> limits = Limits(Scale(1, 9, 3, 7))
    >>> verdicts(np.array([0, 0, 0, 0, 4, 0, 12, 0, 0]), "agreement", limits).item()
    'in'
    """
    words = np.array(VERDICTS, object)[_codes(counts, name, limits, responded)]
    return np.asarray(words, object)


def _codes(counts: np.ndarray, name: str, limits: Limits, responded: np.ndarray | None = None) -> np.ndarray:
    """The verdicts as places in VERDICTS."""
    shape = counts.shape[:-1]
    if not made_for(name, limits):
        return np.full(shape, VERDICTS.index("refused"), np.int8)
    into, out = _METHODS[name](counts, limits, responded)
    codes = np.where(is_split(counts, limits), np.int8(2), np.int8(3))
    codes = np.where(into, np.int8(0), np.where(out, np.int8(1), codes))
    n = counts.sum(-1)
    if name == "classic":
        codes = np.where((n >= 8) & (n <= 16), codes, np.int8(VERDICTS.index("refused")))
    return np.where(n > 0, codes, np.int8(VERDICTS.index("no ratings")))


def made_for(name: str, limits: Limits) -> bool:
    """Is the rule defined on this scale, or its rescaling allowed?

    >>> made_for("rand", Limits(Scale(1, 5, 2, 4)))
    False
    """
    if name == "iqr":
        return limits.iqr is not None
    return name == "agreement" or fits(limits)


def fits(limits: Limits) -> bool:
    """Are RAND/UCLA and COMET defined on this scale, or rescaling allowed?

    >>> fits(Limits(Scale(1, 5, 2, 4), rescale=True))
    True
    """
    return limits.scale.is_nine_point or limits.rescale


def is_split(counts: np.ndarray, limits: Limits) -> np.ndarray:
    """At least the set share of ratings at each end of the scale.

    >>> is_split(np.array([4, 0, 2, 0, 4]), Limits(Scale(1, 5, 2, 4))).item()
    True
    """
    low, high = share(counts, limits.scale.low), share(counts, limits.scale.high)
    level = limits.split - 1e-9
    with np.errstate(invalid="ignore"):
        return (low >= level) & (high >= level)


def _agreement(counts, limits: Limits, responded):
    base = responded if limits.denominator == "responded" else None
    # A share such as 12/16 = 0.75 must reach a threshold of 0.75 in floating point too.
    level = limits.agreement - 1e-9
    high = share(counts, limits.scale.high, base)
    low = share(counts, limits.scale.low, base)
    with np.errstate(invalid="ignore"):
        return high >= level, low >= level


def _iqr(counts, limits: Limits, _responded):
    points, method = limits.scale.points, limits.quartiles
    spread = quantile(counts, 0.75, points, method) - quantile(counts, 0.25, points, method)
    middle = median(counts, points)
    with np.errstate(invalid="ignore"):
        narrow = spread <= (limits.iqr or 0) + 1e-9  # None: the rule is refused before
        high, low = middle >= limits.scale.favourable_from, middle <= limits.scale.unfavourable_to
    return narrow & high, narrow & low


def on_nine(counts: np.ndarray, limits: Limits) -> np.ndarray:
    """The counts on 1 to 9: as they are, or visibly rescaled.

    >>> on_nine(np.array([1, 0, 0, 0, 2]), Limits(Scale(1, 5, 2, 4), rescale=True)).tolist()
    [1, 0, 0, 0, 0, 0, 0, 0, 2]
    """
    return counts if limits.scale.is_nine_point else nine_points(counts, limits.scale)


def _rand(counts, limits: Limits, _responded):
    counts = on_nine(counts, limits)
    panel_agreement, third = rand(counts, limits.percentiles), tertile(counts)
    with np.errstate(invalid="ignore"):
        return (third == 2) & ~panel_agreement.disagreement, (third == 0) & ~panel_agreement.disagreement


def _classic(counts, limits: Limits, _responded):
    """Appropriate or inappropriate needs its third and no disagreement, as in the manual."""
    counts = on_nine(counts, limits)
    _, disagree = rand_classic(counts)
    third = tertile(counts)
    return (third == 2) & (disagree == 0), (third == 0) & (disagree == 0)


def _comet(counts, limits: Limits, _responded):
    counts = on_nine(counts, limits)
    points = np.arange(1, 10)
    high, low = share(counts, points >= 7), share(counts, points <= 3)
    with np.errstate(invalid="ignore"):
        into = (high >= 0.70 - 1e-9) & (low < 0.15 - 1e-9)
        return into, (low >= 0.70 - 1e-9) & (high < 0.15 - 1e-9)


_METHODS = {"agreement": _agreement, "iqr": _iqr, "rand": _rand, "classic": _classic, "comet": _comet}


def chances(
    counts: np.ndarray, without: np.ndarray, limits: Limits, draws: int, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """For each rule the share of bootstrap draws (S, 4) that end in, out, split and none.

    Panellists are drawn with replacement (Efron 1979, doi:10.1214/aos/1176344552). A verdict
    depends on the histogram only, so a draw is multinomial over the points of the scale and "asked
    but did not rate" (*without*, (S,)): the cost does not grow with the panel. All rules judge the
    same draws. Draws that a rule refuses or in which nobody rates are left out of its shares.

    >>> limits = Limits(Scale(1, 9, 3, 7))
    >>> certain = np.array([[0, 0, 0, 0, 0, 0, 0, 0, 12]])
    >>> drawn = chances(certain, np.array([0]), limits, 100, np.random.default_rng(1))
    >>> drawn["agreement"].tolist()
    [[1.0, 0.0, 0.0, 0.0]]
    """
    full = np.concatenate([counts, np.asarray(without)[:, None]], axis=1)
    n = full.sum(1)
    shares_by_rule = {name: np.full((len(counts), 4), np.nan) for name in RULES}
    rated = np.flatnonzero(counts.sum(1) > 0)
    step = max(1, CHUNK // draws)
    for start in range(0, len(rated), step):
        rows = rated[start : start + step]
        share = full[rows] / n[rows, None]
        drawn = rng.multinomial(n[rows, None], share[:, None, :], size=(len(rows), draws))
        asked = np.broadcast_to(n[rows, None], (len(rows), draws))
        for name in RULES:
            codes = _codes(drawn[..., :-1], name, limits, asked)
            ended = np.stack([(codes == place).sum(1) for place in range(4)], 1)
            with np.errstate(invalid="ignore"):
                shares_by_rule[name][rows] = ended / ended.sum(1, keepdims=True)
    return shares_by_rule


def certainty(shares: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """From the shares (S, 4) of one rule the share that ended as the verdict *observed* (S,) did.

    >>> certainty(np.array([[0.7, 0, 0, 0.3]]), np.array(["in"])).tolist()
    [0.7]
    """
    place = np.array([VERDICTS.index(v) for v in observed], int)
    known = place < 4
    same_share = shares[np.arange(len(observed)), np.where(known, place, 0)]
    return np.where(known, same_share, np.nan)


def hinges_on_one(counts: np.ndarray, without: np.ndarray, name: str, limits: Limits) -> np.ndarray:
    """Number of panellists (S,) whose absence alone would change the verdict.

    Leaving out any of those who chose one point has the same effect, so K + 1 cases (one for those
    who did not rate) cover everybody. A panel that gets too small for the rule changes no verdict.

    >>> counts = np.array([[0, 0, 0, 0, 1, 0, 3, 0, 0]])  # 3 of 4 is just 75 %
    >>> hinges_on_one(counts, np.array([0]), "agreement", Limits(Scale(1, 9, 3, 7))).tolist()
    [3]
    """
    full = np.concatenate([counts, np.asarray(without)[:, None]], axis=1)
    k = full.shape[-1]
    observed = verdicts(counts, name, limits, full.sum(-1))
    without_one = np.maximum(full[:, None, :] - np.eye(k, dtype=int)[None], 0)
    verdicts_without = verdicts(without_one[..., :-1], name, limits, without_one.sum(-1))
    changed = (
        (verdicts_without != observed[:, None]) & (verdicts_without != "refused") & (observed[:, None] != "refused")
    )
    return np.where(changed, full, 0).sum(1)


@dataclass(frozen=True)
class Rand:
    """RAND/UCLA appropriateness method on the scale 1 to 9, all arrays (…,)."""

    p30: np.ndarray
    p70: np.ndarray
    ipr: np.ndarray
    centre: np.ndarray
    asymmetry: np.ndarray
    ipras: np.ndarray
    index: np.ndarray

    @property
    def disagreement(self) -> np.ndarray:
        return self.ipr > self.ipras


def rand(counts: np.ndarray, method: str) -> Rand:
    """Interpercentile range adjusted for symmetry (Fitch et al. 2001, RAND MR-1269).

    IPRAS = 2.35 + 1.5 AI, where AI is the distance of the centre of the 30th and 70th percentile
    from 5. Disagreement: IPR > IPRAS; disagreement index = IPR / IPRAS. The constants were fitted
    on the scale 1 to 9; counts must have 9 points. The manual does not name a quantile type.

    >>> ratings = np.bincount([4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9], minlength=10)[1:]
    >>> found = rand(ratings, "linear")
    >>> found.ipr.item(), round(found.ipras.item(), 2)
    (1.0, 6.1)
    """
    if counts.shape[-1] != 9:
        raise ValueError("the RAND/UCLA constants hold on the scale 1 to 9 only")
    points = np.arange(1, 10)
    p30 = quantile(counts, 0.3, points, method)
    p70 = quantile(counts, 0.7, points, method)
    centre = (p30 + p70) / 2
    asymmetry = np.abs(5 - centre)
    ipras = 2.35 + 1.5 * asymmetry
    return Rand(p30, p70, p70 - p30, centre, asymmetry, ipras, (p70 - p30) / ipras)


def rand_classic(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Classic RAND/UCLA agreement and disagreement by panel size, as 1, 0 or NaN (not defined).

    Fitch et al. (2001) tabulate panels of 8 to 16. Disagreement: at least 3 (8-10 panellists),
    4 (11-13) or 5 (14-16) ratings in each extreme third; agreement: at most one fewer outside the
    third that holds the median.

    >>> [x.item() for x in rand_classic(np.array([3, 0, 0, 0, 0, 0, 0, 0, 5]))]
    [0.0, 1.0]
    """
    n = counts.sum(-1)
    limit = (n + 1) // 3
    known = (n >= 8) & (n <= 16)
    thirds = counts.reshape(*counts.shape[:-1], 3, 3).sum(-1)
    inside = np.take_along_axis(thirds, tertile(counts)[..., None], -1)[..., 0]
    agree = n - inside <= limit - 1
    disagree = (thirds[..., 0] >= limit) & (thirds[..., 2] >= limit)
    return np.where(known, agree, np.nan), np.where(known, disagree, np.nan)


def tertile(counts: np.ndarray) -> np.ndarray:
    """Third of the scale 1 to 9 that holds the median: 0, 1 or 2.

    A median of 3.5 or 6.5 lies between two thirds and is counted to the higher one, as RAND's manual
    (Fitch et al. 2001) is understood; its wording was not at hand to confirm this. Practice differs:
    EPAGE (1999) calls every median above 3 and below 7 uncertain, so 6.5 stays in the middle there.

    >>> tertile(np.array([0, 0, 4, 4, 0, 0, 0, 0, 0])).item()  # a median of 3.5
    1
    """
    middle = median(counts, np.arange(1, 10))
    return np.where(middle < 3.5, 0, np.where(middle < 6.5, 1, 2))


def nine_points(counts: np.ndarray, scale: Scale) -> np.ndarray:
    """Move counts on any scale to 1 to 9, each point to the nearest one after linear stretching.

    >>> nine_points(np.array([1, 0, 2, 0, 3]), Scale(1, 5, 2, 4)).tolist()
    [1, 0, 0, 0, 2, 0, 0, 0, 3]
    """
    place = 1 + (scale.points - scale.lowest) / (scale.highest - scale.lowest) * 8
    moved = np.zeros((*counts.shape[:-1], 9), dtype=counts.dtype)
    for source, target in enumerate(np.floor(place + 0.5).astype(int) - 1):
        moved[..., target] += counts[..., source]
    return moved
