"""What the report says of how the Delphi was judged, from its settings."""

from __future__ import annotations

from coproduction.core import markdown as md
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.statistics import QUANTILES


def methods(settings: DelphiSettings, on_record: str = "") -> str:
    """The method note; *on_record* says whether the rules were fixed before the data."""
    return md.paragraphs(
        _ratings(settings),
        _consensus(settings, on_record),
        _certainty(settings),
        _stability(settings),
        _tests(),
    )


def _pc(share: float) -> str:
    return f"{100 * share:g} %"


def _ratings(settings: DelphiSettings) -> str:
    scale = settings.scale
    return (
        f"Panellists rated each statement from {scale.lowest} ({scale.lowest_label}) to "
        f"{scale.highest} ({scale.highest_label}); 'no opinion' was an answer of its own and is "
        "kept apart from empty cells and from statements that were not asked. Of several "
        f"submissions of one panellist the {settings.double_submissions} counts."
    )


def _consensus(settings: DelphiSettings, on_record: str) -> str:
    chosen = settings.consensus
    return (
        f"{_rule(settings)} A statement without consensus is called split when at least "
        f"{_pc(chosen.split)} of the ratings lie at each end of the scale. Beside this deciding "
        "rule all others are reported: percent agreement [@diamond2014], interquartile range "
        "[@vondergracht2012], the median with the interpercentile range adjusted for symmetry and "
        "the table of panel sizes of the RAND/UCLA method [@fitch2001], and the 70/15 rule of the "
        "COMET handbook [@williamson2017]. "
        f"Quartiles are of type {QUANTILES[chosen.quartiles][0]} and the 30th and 70th percentile "
        f"of type {QUANTILES[chosen.percentiles][0]} of Hyndman and Fan [@hyndman1996], because "
        "neither source names a type and types differ by up to a point with panels of this size. "
        f"{_scale(settings)}The deciding rule, the stability criterion and the limits have the "
        f"digest `{settings.fixed_rules}`. {on_record}"
    ).strip()


def _rule(settings: DelphiSettings) -> str:
    chosen, scale = settings.consensus, settings.scale
    ends = (
        f"{scale.favourable_from}–{scale.highest} (in) or "
        f"{scale.lowest}–{scale.unfavourable_to} (out)"
    )
    base = {"rated": "those who rated the statement", "responded": "those who were asked"}
    return {
        "agreement": f"Consensus is reached when at least {_pc(chosen.agreement)} of "
        f"{base[chosen.denominator]} rate it {ends}.",
        "iqr": "Consensus is reached when the interquartile range is at most "
        f"{md.number(settings.iqr_limit)} and the median lies at {ends}.",
        "rand": "Consensus is reached when the median lies in the upper (in) or lower (out) third "
        "of the scale and the interpercentile range does not exceed the one adjusted for symmetry.",
        "classic": "Consensus is reached when the median lies in the upper (in) or lower (out) "
        "third of the scale and there is no disagreement by the table of panel sizes.",
        "comet": "Consensus is reached when at least 70 % rate it at one end of the scale and less "
        "than 15 % at the other.",
    }[chosen.rule]


def _scale(settings: DelphiSettings) -> str:
    pieces = []
    if settings.iqr_limit is None:
        pieces.append(
            "No interquartile range is usual on this scale, so that rule was not applied."
        )
    if (settings.scale.lowest, settings.scale.highest) != (1, 9):
        made = "RAND/UCLA and COMET are made for the scale 1 to 9 and were "
        if settings.consensus.rescale:
            pieces.append(f"{made}computed on ratings moved linearly to that scale.")
        else:
            pieces.append(f"{made}not applied.")
    return "".join(f"{piece} " for piece in pieces)


def _certainty(settings: DelphiSettings) -> str:
    return (
        "How sure a verdict is was judged by drawing panellists with replacement "
        f"({settings.bootstrap:,} draws, seed {settings.seed}) [@efron1979] and by leaving out each "
        "panellist in turn. Two camps are hinted at by Sarle's bimodality coefficient "
        "[@pfister2013]. Groups of the panel were compared by Kruskal-Wallis tests [@kruskal1952] "
        "and each group with all others by Cliff's delta [@cliff1993]; with up to 60 ratings p is "
        "from permutations."
    )


def _stability(settings: DelphiSettings) -> str:
    chosen = settings.stability
    point = "point" if chosen.within == 1 else "points"
    rule = {
        "individual": f"at least {_pc(chosen.individual)} of them moved by at most "
        f"{chosen.within} {point}",
        "net_change": f"the net change of the distribution is at most {_pc(chosen.net_change)} "
        "[@scheibe1975]",
        "variation": f"the coefficient of variation changes by at most {chosen.variation:g}",
        "kappa": f"linearly weighted kappa is at least {chosen.kappa:g} [@cohen1968]",
    }[chosen.rule]
    return (
        "Stability between two rounds is judged on panellists who rated the same wording in both: "
        f"{rule}. A statement is settled only when it is stable and has reached consensus or is "
        "split: consensus alone is no reason to stop [@vondergracht2012]. No statement is asked in "
        f"more than {settings.max_rounds} rounds, and a round with a response below "
        f"{_pc(settings.min_response)} ends the Delphi."
    )


def _tests() -> str:
    return (
        "Beside the criterion stand the share of unchanged ratings, weighted kappa [@cohen1968], "
        "net change [@scheibe1975], the chi-square tests of group stability [@dajani1979] and of "
        "individual stability [@chaffin1980], the former also for pairs [@stuart1955], exact "
        "signed-rank tests with zeros [@pratt1959] and exact McNemar tests, rank correlations and, "
        "from three rounds on, Friedman tests; the table of change says for each statement what "
        "these cannot show with so few pairs. Tests were adjusted over the statements after Holm "
        "[@holm1979] and Benjamini and Hochberg [@benjamini1995]. Concordance over all statements "
        "is Kendall's W with correction for ties [@kendall1939]."
    )
