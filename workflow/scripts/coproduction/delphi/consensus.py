"""The rules of consensus as the study's settings have them, and what they and their verdicts are called.

The deciding rule is chosen in the settings before the data are seen; all rules are reported.
"""

from coproduction.delphi.settings import DelphiSettings
from coproduction.methods.consensus import Limits
from coproduction.methods.distributions import Scale

RULE_NAMES = {
    "agreement": "agreement",
    "iqr": "IQR",
    "rand": "RAND/UCLA",
    "classic": "RAND/UCLA by panel size",
    "comet": "COMET",
}
CALLED = {
    "in": "consensus in",
    "out": "consensus out",
    "split": "split",
    "none": "no consensus",
    "refused": "rule not designed for this scale or panel",
    "too few": "too few ratings",
    "no ratings": "no ratings",
}


def scale_of(settings: DelphiSettings) -> Scale:
    """The scale with its decisive ends."""
    scale = settings.scale
    ends = (scale.unfavourable_to, scale.favourable_from)
    return Scale(scale.lowest, scale.highest, *ends, step=scale.step)


def limits_of(settings: DelphiSettings) -> Limits:
    """The limits of all rules."""
    rules = settings.consensus
    return Limits(
        scale=scale_of(settings),
        agreement=rules.agreement,
        denominator=rules.denominator,
        iqr=settings.iqr_limit,
        split=rules.split,
        quartiles=rules.quartiles,
        percentiles=rules.percentiles,
        rescale=rules.rescale,
    )
